"""抽样检测 (行政处罚法 56, 行政强制法 25): samples, laboratories, and which clocks stand still."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django import forms

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods import services as register
from zhiheng.cases.models import Good, GoodMove, Side
from zhiheng.cases.services.collect import collectors_of
from zhiheng.cases.sides import holding, kinds
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Step
from zhiheng.web.widgets import ClosedSelect, PhotoInput

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

ANY_FILE = {"accept": "image/*,application/pdf", "capture": False}
REASON = "testing"
SENT = "_sent"  # numbers of the things that went to the laboratory


def derived(
    matter: "SideMatter", step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> dict[str, Any]:
    """How many samples, whether the laboratory is accredited today, and that days agree."""
    found = holding.listed(matter, step, values)
    if step.id == "commission":
        sent = holding.chosen(matter, "goods_chosen", values)
        known = {name for name, valid in elements.laboratories(on=on) if valid}
        found |= {
            "laboratory_qualified": values.get("laboratory") in known,
            SENT: [good.pk for good in sent],
        }
    if step.id == "notify_testing":
        _refuse_impossible(values, on)
    return found


def _refuse_impossible(values: Mapping[str, Any], on: date) -> None:
    since, until = values.get("testing_from"), values.get("testing_until")
    if not isinstance(since, date) or not isinstance(until, date):
        return
    wrong = {}
    if until < since:
        wrong["testing_until"] = "检测期间的止日不能早于起日。"
    if since < on:
        wrong["testing_from"] = "告知以前的日子不能扣除，请从今天或者以后算起。"
    if wrong:
        raise Invalid("日期不对。", next_step="请改正标红的内容。", fields=wrong)


def after(matter: "SideMatter", taken: "Taken") -> None:
    """Enter samples, record where they go, let clocks stand still and go on."""
    values, step = taken.values, taken.step.id
    if step == "sample":
        holding.take_in(matter, taken, place=values["sample_place"], keeper="")
    if step == "commission":
        register.move(
            holding.chosen(matter, "goods_chosen", values), kind=GoodMove.Kind.TO_TEST,
            place=values["laboratory"], keeper=values["laboratory"], taken=taken, note="送检",
        )  # fmt: skip
    if step == "notify_testing":
        _stand_still(matter, taken, values["testing_from"], values["testing_until"])
    if step in ("receive_result", "drop"):
        _go_on(matter, taken)
    if step == "receive_result" and (report := taken.extra.get("report_file")):
        _keep_report(matter, taken, report)
    if step in ("finish", "drop"):
        consumed = values.get("sample_end") == "CONSUMED"
        register.end(
            goods.held_by(matter.side), taken=taken,
            state=Good.State.TESTED_CONSUMED if consumed else Good.State.RETURNED,
        )  # fmt: skip


def _keep_report(matter: "SideMatter", taken: "Taken", report: IO[bytes]) -> None:
    """The report is evidence of the case (鉴定意见), to be verified like any other."""
    values = taken.values
    evidence.add_evidence(
        dossier=matter.case.dossier, kind=evidence.EvidenceItem.Kind.EXPERT, file=report,
        title=f"检测报告 {values['test_report_no']}"[:120], source=taken.facts["laboratory"],
        collectors=collectors_of(matter.main, at=taken.at), collected_at=taken.at,
        place=matter.case.place, proves=values["test_result"][:500], actor=taken.actor, at=taken.at,
        idempotency_key=f"{taken.act.pk}/report",
    )  # fmt: skip


def dossiers(matter: "SideMatter") -> Iterator[tuple[ledger.Dossier, Side | None]]:
    """Whose clocks the test may stop: the case's own, and those of seizures whose things are tested."""
    yield matter.main.run.dossier, None
    sent = matter.run.facts.get(SENT, [])
    rows = Side.objects.filter(
        case=matter.case, procedure_id="measure.seizure", closed_on=None, goods__in=sent
    )
    for side in rows.distinct().select_related("dossier"):
        yield side.dossier, side


def _stand_still(matter: "SideMatter", taken: "Taken", since: date, until: date) -> None:
    for dossier, side in dossiers(matter):
        admits = any(
            REASON in clock.computed["rule"]["excludes"] and clock.due_on and clock.due_on >= since
            for clock in ledger.deadlines_of(dossier, running=True)
        )
        if admits:
            ledger.suspend(
                dossier=dossier, reason_code=REASON, from_on=since, until_on=until,
                actor=taken.actor, at=taken.at, document_ref=matter.run.dossier.number,
            )  # fmt: skip
        if side:
            register.refresh_due(side)


def _go_on(matter: "SideMatter", taken: "Taken") -> None:
    """The result came before the day that was told: the rest of the days count again."""
    for dossier, side in dossiers(matter):
        ledger.cut_short(
            dossier=dossier, reason_code=REASON, last_on=taken.on, actor=taken.actor, at=taken.at,
            document_ref=matter.run.dossier.number,
        )  # fmt: skip
        if side:
            register.refresh_due(side)


def more_fields(matter: "SideMatter", step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The list; and laboratories of the register, those without accreditation closed."""
    found = holding.more_fields(matter, step, on)
    if step.id == "receive_result":
        found.append((
            "report_file",
            forms.FileField(
                label="检测报告", required=False, widget=PhotoInput(ANY_FILE),
                help_text="拍照或上传，作为“鉴定意见”存入本案证据，再核实。",
                error_messages={"empty": "这个文件是空的，请重新选择。"},
            ),
        ))  # fmt: skip
    if step.id == "commission":
        rows = elements.laboratories(on=matter.today)
        widget = ClosedSelect()
        widget.closed = frozenset(n for n, ok in rows if not ok)
        choices = [("", "请选择"), *((n, n if ok else f"{n}（资质不在有效期）") for n, ok in rows)]
        found.append((
            "laboratory",
            forms.ChoiceField(
                label="检测、鉴定机构", choices=choices, widget=widget,
                help_text="取自检测机构登记；没有的，先到要素中心登记它的资质。",
                error_messages={"required": "请选择检测、鉴定机构。"},
            ),
        ))  # fmt: skip
    return found


kinds.enter(
    kinds.SideKind(
        procedure="measure.sampling", derived=derived, after=after, more_fields=more_fields,
        panel=holding.panel, digests=register.digests_of,
        hidden=holding.HIDDEN,
    )
)  # fmt: skip
