"""Keeping an assessment with the case, replaying it, and tying the report to it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhiheng.cases.discretion.answering import KEPT
from zhiheng.cases.discretion.spread import similar
from zhiheng.cases.discretion.tables import scale_for, table_of
from zhiheng.cases.matters import CaseMatter
from zhiheng.kernel import money
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

STEP = "conclude"
GROUNDS = {"remedied": "REMEDIED", "coerced": "COERCED", "confessed": "CONFESSED",
           "merit": "MERIT", "youth": "MINOR"}  # fmt: skip
NOTHING_DUE = ("no_act", "must_not", "no_fine")


@dataclass(frozen=True)
class Decision:
    """What the person decides: tier code, sum in cents, why; why it differs from the proposal."""

    tier: str
    fine: int
    reason: str
    differs: str = ""


def judge(
    matter: CaseMatter, inputs: Mapping[str, Any], evidence: Mapping[str, Any], *, on: date
) -> rulebook.Assessment:
    """The reading of the case's table for these answers; nothing is kept."""
    table = table_of(matter.case, on=on)
    scale = scale_for(matter.case, table, on=on)
    return rulebook.assess(table, inputs, scale=scale, evidence=evidence)


def differs(found: rulebook.Assessment, *, tier: str, fine: int) -> str:
    """In what a decision departs from the proposal, as a sentence; empty where it does not."""
    if found.outcome in ("open", "conflict"):
        return "平台没有给出唯一的建议。"
    if tier == "NONE" and (found.outcome in NOTHING_DUE or found.may_not):
        return ""
    if tier != found.code:
        return f"平台建议“{rulebook.TIER_TITLES.get(found.code, '不罚款')}”。"
    if found.proposed and not found.proposed.holds(fine):
        low, high = money.yuan(found.proposed.low), money.yuan(found.proposed.high)
        return f"平台建议 {low} 至 {high} 元。"
    return ""


def refuse_unlawful(found: rulebook.Assessment, *, tier: str, fine: int) -> dict[str, str]:
    """What no reason can carry: a sentence per field."""
    if found.outcome in NOTHING_DUE and fine:
        why = found.reasons[0].title if found.reasons else found.title
        return {"decided_fine": f"现在不能罚款：{why}。请填 0，或者先补齐事实。"}
    if tier == "NONE":
        return {"decided_fine": "不予处罚的，罚款填 0。"} if fine else {}
    if not fine:
        return {}
    if tier == "MITIGATED":
        if found.mitigated is None:
            return {"decided_tier": "没有登记减轻的情形，不能减轻处罚。请先核对上面的情形。"}
        if not found.mitigated.holds(fine):
            return {"decided_fine": f"减轻处罚应在 {_span(found.mitigated)} 元。"}
        return {}
    if found.legally and not found.legally.holds(fine):
        return {"decided_fine": f"超出法定幅度 {_span(found.legally)} 元。"}
    return {}


def _span(bounds: rulebook.Bounds) -> str:
    return f"{money.yuan(bounds.low)} 至 {money.yuan(bounds.high)}"


@transaction.atomic
def keep(
    matter: CaseMatter,
    *,
    inputs: Mapping[str, Any],
    evidence: Mapping[str, list[str]],
    decision: Decision,
    actor: Actor,
    at: datetime,
    idempotency_key: str,
) -> ledger.Act:
    """Keep the assessment and the human's decision with the case, as an act.

    Raises:
        NotAllowed: not this person's case, or the investigation is over.
        Invalid: questions are open, the sum is unlawful, or the departure has no reason.
    """
    run = procedures.Run.objects.select_for_update().select_related("dossier").get(pk=matter.run.pk)
    run.dossier = ledger.lock_dossier(run.pk)
    matter.run = run
    if earlier := ledger.find_act_by_key(idempotency_key):
        if earlier.dossier_id != run.pk:
            raise Conflict("这张表单已经用在另一件事上。", next_step="请重新打开本页再填。")
        return earlier
    refuse_stranger(matter, actor=actor)
    on = local_date(at)
    found = judge(matter, inputs, evidence, on=on)
    _refuse(found, decision)
    spread = similar(matter.case, tier=decision.tier, on=on)
    kept = _record(found, inputs, evidence, decision, on=on)
    kept |= {"similar": spread.kept(), "by": actor.name, "at": at.isoformat()}
    run.facts[KEPT] = kept
    run.updated_at = at
    run.save(update_fields=["facts", "updated_at"])
    return ledger.record_act(
        dossier=run.dossier, kind="case.discretion", title="裁量测算", actor=actor, role="officer",
        occurred_at=at, rule_id=found.table.id, rule_version=rulebook.current().version,
        payload={
            "digest": kept["digest"], "table": found.table.digest, "outcome": found.outcome,
            "tier": decision.tier, "fine": decision.fine, "differs": bool(decision.differs),
        },
        idempotency_key=idempotency_key,
    )  # fmt: skip


def refuse_stranger(matter: CaseMatter, *, actor: Actor) -> None:
    """Only who handles the case, while it is being investigated."""
    if why := not_now(matter, actor=actor):
        raise NotAllowed(why, next_step="请回到卷宗页查看最新进展。")


def not_now(matter: CaseMatter, *, actor: Actor) -> str:
    """Why this person cannot keep an assessment now; empty when they can."""
    step = procedures.procedure_of(matter.run).steps.get(STEP)
    if step is None:
        return "本案的程序没有裁量这一环。"
    if matter.run.dossier.state not in step.from_:
        return "本案已不在调查阶段，测算结果只供查看。"
    return matter.why_not(actor=actor, step=step)


def _refuse(found: rulebook.Assessment, decision: Decision) -> None:
    fields: dict[str, str] = {}
    if found.error:
        raise Invalid(found.error, next_step="请改正后再保存。")
    for question in found.questions:
        fields[question.id] = f"请先回答“{question.title}”。"
    if not fields:
        fields |= refuse_unlawful(found, tier=decision.tier, fine=decision.fine)
    if not decision.reason.strip():
        fields["decided_reason"] = "请写明理由。"
    how = differs(found, tier=decision.tier, fine=decision.fine)
    if how and not fields and not decision.differs.strip():
        fields["differs_reason"] = f"{how}您的决定与它不同，请写明为什么。"
    if fields:
        raise Invalid("还不能保存。", next_step="请补齐标红的内容。", fields=fields)


def _record(
    found: rulebook.Assessment,
    inputs: Mapping[str, Any],
    evidence: Mapping[str, list[str]],
    decision: Decision,
    *,
    on: date,
) -> dict[str, Any]:
    return {
        "table": found.table.id, "digest_table": found.table.digest,
        "rulebook": rulebook.current().version, "on": on.isoformat(),
        "inputs": {name: _plain(value) for name, value in inputs.items() if value is not None},
        "evidence": {name: list(ids) for name, ids in evidence.items() if ids},
        "digest": digest_of(found), "outcome": found.outcome, "title": found.title,
        "code": found.code, "sentences": found.sentences(),
        "proposed": [found.proposed.low, found.proposed.high] if found.proposed else [],
        "tier": decision.tier, "fine": decision.fine, "reason": decision.reason.strip(),
        "differs": decision.differs.strip(),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def digest_of(found: rulebook.Assessment) -> str:
    """The digest of a result: outcome, tier, sums, every sentence."""
    told = {
        "table": found.table.digest, "outcome": found.outcome, "code": found.code,
        "proposed": [found.proposed.low, found.proposed.high] if found.proposed else None,
        "weighed": found.weighed, "sentences": found.sentences(),
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def replay(matter: CaseMatter) -> str:
    """Judge anew what was kept: `same`, `differs`, or `moved` where the table is another now."""
    kept = matter.run.facts.get(KEPT)
    if not kept:
        return ""
    found = judge(matter, kept["inputs"], kept["evidence"], on=date.fromisoformat(kept["on"]))
    if found.table.digest != kept["digest_table"]:
        return "moved"
    return "same" if digest_of(found) == kept["digest"] else "differs"


def with_report(matter: CaseMatter, values: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """What the report keeps of discretion; a report that departs from the assessment says why.

    Raises:
        Invalid: a fine that the assessment rules out, or a departure without a reason.
    """
    tier, fine = str(values.get("tier_code") or ""), values.get("fine_proposed") or 0
    kept = matter.run.facts.get(KEPT)
    fields: dict[str, str] = {}
    if kept and kept["outcome"] in NOTHING_DUE and fine:
        fields["fine_proposed"] = (
            f"裁量测算的结果是“{kept['title']}”，不能拟罚款。请重新测算，或者填 0。"
        )
    elif (
        kept
        and (tier, fine) != (kept["tier"], kept["fine"])
        and not str(values.get("deviation_reason") or "").strip()
    ):
        fields["deviation_reason"] = "与裁量测算时的决定不同，请写明为什么，或者重新测算。"
    if fields:
        raise Invalid("与裁量测算不一致。", next_step="请改正标红的内容。", fields=fields)
    return {"_similar": similar(matter.case, tier=tier, on=on).kept()}


def prefill(run_facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of the closing step that the assessment gave; nothing where none was kept."""
    found: dict[str, Any] = {}
    if kept := run_facts.get(KEPT):
        chosen = [GROUNDS[one] for one in kept["inputs"].get("lighter_found", ()) if one in GROUNDS]
        found |= {
            "tier_code": kept["tier"], "fine_proposed": kept["fine"],
            "discretion_reason": kept["reason"], "deviation_reason": kept["differs"],
            "mitigation_checked": "lighter_found" in kept["inputs"],
        }  # fmt: skip
        if chosen:
            found["mitigation_ground"] = chosen[0]
    return found
