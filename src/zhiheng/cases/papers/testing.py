"""Papers of sampling and testing: F-18, F-19, F-20, and F-24 where a test's days are told."""

from datetime import date
from typing import Any

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.models import Good, Side
from zhiheng.cases.papers import making, measures
from zhiheng.cases.papers.common import Material, lines
from zhiheng.ledger import api as ledger

PRESENCE = {"PARTY": "当事人", "WITNESS": "当事人不在场，由见证人在场", "NONE": "无人在场"}


def sample(m: Material) -> dict[str, Any]:
    """F-18 抽样取证凭证 (行政处罚法 56)."""
    facts = m.facts
    return {
        **m.base(), "party": m.party(), "officers": m.officers, "sampled_at": m.at.isoformat(),
        "place": facts["sample_place"], "present_person": PRESENCE[str(facts["measure_presence"])],
        "witnesses": facts["measure_witness"], "method": facts["sample_purpose"],
        "samples": [
            {
                "name": row["name"], "batch": row["spec"], "spec": "—", "base": "—",
                "quantity": row["quantity"], "seal_no": row["note"].removeprefix("封条") or "—",
            }
            for row in measures.things(m)
        ],
        "storage": "样品已当场加封，送检前由本机关保管。" if facts["sample_sealed"] else "样品没有加封。",
        "comment": "见签字栏。",
    }  # fmt: skip


def commission(m: Material) -> dict[str, Any]:
    """F-19 检测（鉴定）委托书."""
    facts = m.facts
    sent = goods.chosen_of(goods.held_in(m.case), str(facts["goods_chosen"]))
    return {
        **m.base(), "to_organ": facts["laboratory"],
        "qualification": "资质在有效期内（见检测机构登记）" if facts["laboratory_qualified"] else "资质待核",
        "test_kind": "TEST", "matters": lines(facts["test_matter"]),
        "materials": [_material(good) for good in sent],
        "due_on": facts["test_due"].isoformat(), "cost": "由本机关承担，不向当事人收取。",
        "contact_person": measures.contact(m),
    }  # fmt: skip


def _material(good: Good) -> dict[str, str]:
    return {
        "name": good.name, "quantity": good.amount.replace(" ", ""), "state": good.spec or "完好",
        "seal_no": good.seal_no or "无",
    }  # fmt: skip


def result(m: Material) -> dict[str, Any]:
    """F-20 检测（鉴定）结果告知书; how long one may object depends on the field, 待核."""
    facts = m.facts
    return {
        **m.base(), "party": {"name": m.subject.name}, "tester": facts["laboratory"],
        "report_no": facts["test_report_no"], "report_on": m.on.isoformat(),
        "tested": "、".join(lines(facts["test_matter"])), "result": facts["test_result"],
        "objection_window": "法律、法规、规章规定的期限内",
        "objection_manner": "可以书面提出异议，申请复检或者重新鉴定，并说明理由。",
        "contact_person": measures.contact(m),
    }  # fmt: skip


def told_period(m: Material) -> dict[str, Any]:
    """F-24 检测期间告知书 (行政强制法 25 第三款); none where nothing seized is tested."""
    facts = m.facts
    since, until = facts["testing_from"], facts["testing_until"]
    seizure, end = _seizure_of(m, since, until)
    if not seizure:
        return {}
    return {
        **m.base(), "variant": "TESTING", "party": {"name": m.subject.name}, "measure": seizure,
        "to_organ": facts["laboratory"], "tested": _sent_of(m),
        "matters": facts["test_matter"], "test_from": since.isoformat(),
        "test_until": until.isoformat(), "new_end": end.isoformat(),
        "contact_person": measures.contact(m),
    }  # fmt: skip


def _sent_of(m: Material) -> str:
    sent = Good.objects.filter(pk__in=m.matter.run.facts.get("_sent", [])).order_by("number")
    return "、".join(f"{good.name}{good.amount.replace(' ', '')}" for good in sent)


def _seizure_of(m: Material, since: date, until: date) -> tuple[dict[str, str], date]:
    """The seizure whose things are tested and where its period ends once the days are left out."""
    sent = m.matter.run.facts.get("_sent", [])
    side = Side.objects.filter(
        case=m.case, procedure_id="measure.seizure", closed_on=None, goods__in=sent
    ).select_related("dossier__run").first()  # fmt: skip
    if side is None:
        return {}, until
    clocks = ledger.deadlines_of(side.dossier, running=True)
    clock = next(c for c in clocks if c.rule_id in ("seizure.period", "seizure.extension"))
    end = clock.due_on or until
    kind = "SEAL" if side.dossier.run.facts.get("seizure_kind") == "SEAL" else "SEIZE"
    papers = measures.documents.documents_of(side.dossier)
    number = next((p.number for p in papers if p.code == "F-23" and p.number), "（未编号）")
    told = {"kind": kind, "number": number, "started_on": clock.started_on.isoformat(),
            "ends_on": end.isoformat()}  # fmt: skip
    return told, date.fromordinal(end.toordinal() + (until - since).days + 1)


def period_paper(m: Material) -> dict[str, Any]:
    """F-24, by the step that makes it: an extension, or the days of a test."""
    return told_period(m) if m.taken.step.id == "notify_testing" else measures.period_paper(m)


WRITTEN = {"F-18": sample, "F-19": commission, "F-20": result, "F-24": period_paper}
for _code, _writer in WRITTEN.items():
    making.write(_code, _writer)
