"""A person says whether it is the same act, and whether it is the first: acts, with reasons."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiheng.cases.discretion.answering import FIRST_QUERY
from zhiheng.cases.discretion.elsewhere import earlier_penalties, find_same_acts
from zhiheng.cases.leniency import months_before
from zhiheng.cases.matters import CaseMatter
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures

SAME_ACTS = "_same_acts"
WHAT = {
    "FILED": "是同一行为，对方已先立案", "FINED": "是同一行为，已被罚款",
    "OTHER": "不是同一行为",
}  # fmt: skip
TITLES = {"FILED": "确认同一行为已由他机关立案", "FINED": "确认同一行为已被罚款",
          "OTHER": "确认不是同一行为", "": "收回同一行为的确认"}  # fmt: skip
LONGEST = 120  # months


def not_yours(matter: CaseMatter, *, actor: Actor) -> str:
    """Why this person may not say so now; empty when they may."""
    if strange := matter.outside(actor):
        return strange
    if matter.case.decided_on is not None or matter.run.dossier.closed_at is not None:
        return "本案已经作出决定，不能再改。"
    mine = {each.account_id for each in matter.handlers}
    if actor.account_id in mine or "unit_head" in actor.roles:
        return ""
    return "由本案办案人员或者办案机构负责人确认。"


@transaction.atomic
def confirm(
    matter: CaseMatter, *, hit_pk: int, what: str, reason: str, actor: Actor, at: datetime,
    idempotency_key: str,
) -> ledger.Act:  # fmt: skip
    """Say of a hit that it is, or is not, about the same act; `what` empty takes it back.

    Until the decision it can be said anew or taken back; every time is an act with its reason.

    Raises:
        NotAllowed: not this person's case, or it has been decided.
        Invalid: no reason, no such hit, or no fine has been imposed there.
    """
    run = _held(matter)
    if earlier := _earlier(run, idempotency_key):
        return earlier
    if why := not_yours(matter, actor=actor):
        raise NotAllowed(why, next_step="请回到卷宗页查看最新进展。")
    hits = {hit.pk: hit for hit in find_same_acts(matter.case, actor=actor, on=local_date(at))}
    said = dict(run.facts.get(SAME_ACTS) or {})
    _refuse(hits, said, hit_pk=hit_pk, what=what, reason=reason)
    if what:
        said[str(hit_pk)] = {"what": what, "reason": reason.strip(), "by": actor.name,
                             "at": at.isoformat()}  # fmt: skip
    else:
        del said[str(hit_pk)]
    answers = {each["what"] for each in said.values()}
    run.facts |= {
        SAME_ACTS: said, "_duplicate_confirmed": "FILED" in answers,
        "_fined_confirmed": "FINED" in answers,
    }  # fmt: skip
    act = _record(run, actor, at, "case.same_act", TITLES[what], idempotency_key, {
        "other": hit_pk, "what": what, "reason": reason.strip(),
    })  # fmt: skip
    procedures.refresh_tasks(matter, at=at)
    return act


def _refuse(
    hits: dict[int, Any], said: dict[str, Any], *, hit_pk: int, what: str, reason: str
) -> None:
    fields = {}
    if hit_pk not in hits or (not what and str(hit_pk) not in said):
        fields["hit"] = "请从列出的案件里选一件。"
    elif what == "FINED" and not (hits[hit_pk].decided_on and hits[hit_pk].fine_cents):
        fields["what"] = "那件案件还没有罚款决定，不能确认为已被罚款。"
    elif what == "FILED" and not hits[hit_pk].open:
        fields["what"] = "那件案件已不在办理，不能确认为他机关正在办理。"
    if len(reason.strip()) < 4:
        fields["reason"] = "请写明理由：当事人、行为、时间、地点哪里相同，哪里不同。"
    if fields:
        raise Invalid("还不能确认。", next_step="请改正标红的内容。", fields=fields)


@transaction.atomic
def query_first(
    matter: CaseMatter, *, months: int, actor: Actor, at: datetime, idempotency_key: str
) -> ledger.Act:
    """Ask all agencies whether the party was punished for this item before; keep the answer.

    Args:
        matter: the case.
        months: how far back the list looks.
        actor: who asks.
        at: now.
        idempotency_key: one per form shown.

    Raises:
        NotAllowed: not this person's case, or it has been decided.
        Invalid: no such period.
    """
    run = _held(matter)
    if earlier := _earlier(run, idempotency_key):
        return earlier
    if why := not_yours(matter, actor=actor):
        raise NotAllowed(why, next_step="请回到卷宗页查看最新进展。")
    if not 1 <= months <= LONGEST:
        raise Invalid(
            "回溯期不对。", fields={"months": f"请填 1 至 {LONGEST} 个月，照清单写的期间。"}
        )
    on = local_date(at)
    since = months_before(on, months)
    rows = earlier_penalties(matter.case, since=since, on=on)
    found = {
        "on": on.isoformat(), "since": since.isoformat(), "months": months, "count": len(rows),
        "hits": [{"pk": r["pk"], "agency": r["agency_code"],
                  "on": r["decided_on"].isoformat(), "fine": r["fine_cents"]} for r in rows],
    }  # fmt: skip
    text = json.dumps(found, sort_keys=True)
    found |= {"digest": hashlib.sha256(text.encode()).hexdigest(), "by": actor.name}
    run.facts[FIRST_QUERY] = found
    return _record(run, actor, at, "case.first_query", "查询是否初次违法", idempotency_key, {
        "digest": found["digest"], "months": months, "count": len(rows),
    })  # fmt: skip


def _held(matter: CaseMatter) -> procedures.Run:
    run = procedures.Run.objects.select_for_update().select_related("dossier").get(pk=matter.run.pk)
    run.dossier = ledger.lock_dossier(run.pk)
    matter.run = run
    matter.case.refresh_from_db(fields=["decided_on", "state"])
    return run


def _earlier(run: procedures.Run, key: str) -> ledger.Act | None:
    earlier = ledger.find_act_by_key(key)
    if earlier and earlier.dossier_id != run.pk:
        raise Conflict("这张表单已经用在另一件事上。", next_step="请重新打开本页再填。")
    return earlier


def _record(
    run: procedures.Run, actor: Actor, at: datetime, kind: str, title: str, key: str,
    payload: dict[str, Any],
) -> ledger.Act:  # fmt: skip
    run.updated_at = at
    run.save(update_fields=["facts", "updated_at"])
    role = "unit_head" if "unit_head" in actor.roles else "officer"
    return ledger.record_act(
        dossier=run.dossier, kind=kind, title=title, actor=actor, role=role, occurred_at=at,
        payload=payload, idempotency_key=key,
    )  # fmt: skip
