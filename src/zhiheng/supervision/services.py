"""Explaining a supervision clue, and verifying it: each once, by whom it concerns, on record."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from zhiheng.kernel.ciphers import seal_field
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.procedures.api import SupervisionClue
from zhiheng.supervision.models import OUTCOMES, Explanation, Verification
from zhiheng.supervision.selectors import access_clue, is_within


@transaction.atomic
def explain(
    *, clue_id: int, text: str, actor: Actor, at: datetime, idempotency_key: str
) -> Explanation:
    """The officer who took the step says how it came; once, before it is verified.

    The same key again gives what was written and changes nothing.

    Raises:
        NotFound: no such clue for this person.
        NotAllowed: the step was somebody else's.
        Invalid: nothing was written.
        Conflict: it has been explained or verified already.
    """
    clue = _locked(actor=actor, clue_id=clue_id)
    if clue.actor_id != actor.account_id:
        raise NotAllowed(
            "只有办理这一步的人员可以写情况说明。", next_step="请告诉办理人，由他本人来写。"
        )
    if ledger.find_act_by_key(idempotency_key):
        return Explanation.objects.get(clue=clue)
    if Explanation.objects.filter(clue=clue).exists():
        raise Conflict("您已经写过情况说明。", next_step="说明只写一次，监督员看得到原文。")
    _still_open(clue)
    said = _said(text, "请写明情况，比如为什么晚了、做了哪些补救。")
    act = ledger.record_act(
        dossier=clue.dossier, kind="supervision.explain", title="说明情况", actor=actor,
        occurred_at=at, payload=_sealed(clue, said),
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return Explanation.objects.create(
        clue=clue, text=seal_field(said), account_id=actor.account_id, act=act, at=at
    )


@transaction.atomic
def verify(
    *, clue_id: int, outcome: str, note: str, actor: Actor, at: datetime, idempotency_key: str
) -> Verification:
    """A supervisor says what looking into it has shown: CONFIRMED or DISMISSED, with a note.

    Nobody verifies a step of their own. The same key again gives what was written; of two at
    once the second is told who was first.

    Raises:
        NotFound: no such clue for this person.
        NotAllowed: no supervisor of this region, or the step was the supervisor's own.
        Invalid: no outcome was chosen, or no note written.
        Conflict: somebody has verified it already.
    """
    clue = _locked(actor=actor, clue_id=clue_id)
    if not people.may(actor, "supervision.verify") or not is_within(actor=actor, clue=clue):
        raise NotAllowed("核实监督线索由执法监督员办理。", next_step="请交由执法监督员核实。")
    if clue.actor_id == actor.account_id:
        raise NotAllowed("这一步是您自己办的，应当回避。", next_step="请交由其他监督员核实。")
    if ledger.find_act_by_key(idempotency_key):
        return Verification.objects.get(clue=clue)
    _still_open(clue)
    if outcome not in dict(OUTCOMES):
        raise Invalid(
            "还没有选择结论。", next_step="请选择。", fields={"outcome": "请选择核实结论。"}
        )
    said = _said(note, "请写明核实了什么、依据是什么。")
    act = ledger.record_act(
        dossier=clue.dossier, kind="supervision.verify", title="核实监督线索", actor=actor,
        role=people.Role.SUPERVISOR, occurred_at=at, payload=_sealed(clue, outcome, said),
        idempotency_key=idempotency_key,
    )  # fmt: skip
    procedures.settle(clue, state=outcome)
    return Verification.objects.create(
        clue=clue, outcome=outcome, text=seal_field(said), account_id=actor.account_id, act=act,
        at=at,
    )  # fmt: skip


def _locked(*, actor: Actor, clue_id: int) -> SupervisionClue:
    """The clue as it is now, its dossier locked: whoever else wants to settle it waits."""
    clue = access_clue(actor=actor, clue_id=clue_id)
    dossier = ledger.lock_dossier(clue.dossier_id)
    clue = access_clue(actor=actor, clue_id=clue_id)
    clue.dossier = dossier
    return clue


def _sealed(clue: SupervisionClue, *said: str) -> dict[str, object]:
    """What the record keeps: proof of the words, and nothing that a colleague could read."""
    return {"clue": clue.pk, "sha256": sha256("\n".join(said).encode()).hexdigest()}


def _still_open(clue: SupervisionClue) -> None:
    if clue.state != SupervisionClue.State.PENDING:
        done = clue.verification
        raise Conflict(
            f"{done.account.name}已经核实过这条线索，结论是“{done.get_outcome_display()}”。",
            next_step="请刷新页面查看核实结论。",
        )


def _said(text: str, sentence: str) -> str:
    if not text.strip():
        raise Invalid("还没有写内容。", next_step="请补上再提交。", fields={"text": sentence})
    return text.strip()
