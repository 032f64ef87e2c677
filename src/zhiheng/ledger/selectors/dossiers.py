"""What happened in a dossier, and which periods run in it."""

from collections.abc import Sequence

from django.db.models import QuerySet

from zhiheng.ledger.models import Act, Deadline, Dossier


def acts_of(dossier: Dossier, *, after_seq: int = 0, limit: int | None = None) -> QuerySet[Act]:
    """The acts of a dossier from the first on; `after_seq` and `limit` page through them."""
    acts = Act.objects.filter(dossier=dossier, seq__gt=after_seq).order_by("seq")
    return acts if limit is None else acts[:limit]


def latest_acts_of(
    dossier: Dossier, *, before_seq: int | None = None, limit: int = 50
) -> Sequence[Act]:
    """The newest acts first; `before_seq` is the last one that was seen."""
    acts = Act.objects.filter(dossier=dossier).order_by("-seq")
    if before_seq is not None:
        acts = acts.filter(seq__lt=before_seq)
    return list(acts[:limit])


def find_act_by_key(idempotency_key: str) -> Act | None:
    """The act that a request with this key has made, if it has; ask before opening a dossier."""
    return (
        Act.objects.select_related("dossier").filter(idempotency_key=idempotency_key).first()
        if idempotency_key
        else None
    )


def find_dossier(number: str) -> Dossier | None:
    """The dossier with this number."""
    return Dossier.objects.filter(number=number).first()


def family_of(dossier: Dossier) -> list[Dossier]:
    """The dossier it came from, itself, and what ran beside it: all that belongs in one file.

    A case that grew out of a clue is no part of the clue's file.
    """
    beside = Dossier.objects.filter(parent=dossier, kind=Dossier.Kind.SIDE).order_by("id")
    before = [dossier.parent] if dossier.parent else []
    return [*before, dossier, *beside]


def deadlines_of(dossier: Dossier, *, running: bool = False) -> list[Deadline]:
    """Periods of a dossier, the nearest end first; `running` leaves out what is over.

    A missed period is running as long as what it asked for has not been done.
    """
    found = Deadline.objects.filter(dossier=dossier).prefetch_related("suspensions")
    if running:
        found = found.filter(ended_at=None).exclude(state=Deadline.State.CANCELLED)
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on, each.id))


def get_deadline(dossier: Dossier, rule_id: str) -> Deadline | None:
    """The latest period of a rule in a dossier, whatever its state."""
    return (
        Deadline.objects.filter(dossier=dossier, rule_id=rule_id)
        .exclude(state=Deadline.State.CANCELLED)
        .order_by("-id")
        .first()
    )
