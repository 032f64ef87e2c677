"""What guards that only list find when a step is taken: kept for supervisors (监督线索)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger
from zhiheng.ledger.api import Deadline
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures.models import Run, SupervisionClue
from zhiheng.rulebook.api import Finding, StepReading

MOST_SHOWN = 20
ENTERED_LATE = "“{}”过了期限才登记，所填的日期还在期限内。"
Lapses = Sequence[dict[str, str]]


def keep(
    run: Run, *, act: ledger.Act, reading: StepReading, happened_on: date
) -> list[SupervisionClue]:
    """Keep what the step's guards list, in the step's own transaction.

    A guard that could not be decided lists nobody. A lapse that an earlier step of the dossier
    has listed already is not listed again: whoever acts next is not to blame for it twice.
    """
    found = list({each.id: each for each in reading.listed if not each.error}.values())
    if not found:
        return []
    ended = _ended(run.pk)
    earlier = {
        (guard_id, _key(facts, lapses))
        for guard_id, facts, lapses in SupervisionClue.objects.filter(
            dossier_id=run.pk, guard_id__in=[each.id for each in found]
        ).values_list("guard_id", "facts", "lapses")
    }
    rows = [_row(run, act, reading, finding, ended, happened_on) for finding in found]
    fresh = [row for row in rows if (row.guard_id, _key(row.facts, row.lapses)) not in earlier]
    return SupervisionClue.objects.bulk_create(fresh)


def _key(facts: Sequence[list[str]], lapses: Lapses) -> str:
    """What makes a finding the same as an earlier one: its periods, else its facts."""
    return str(lapses or facts)


def _ended(dossier_id: int) -> dict[str, Deadline]:
    """The latest period of each rule that counts in the dossier."""
    rows = Deadline.objects.filter(dossier_id=dossier_id).order_by("id")
    return {row.rule_id: row for row in rows.exclude(state=Deadline.State.CANCELLED)}


def _row(
    run: Run, act: ledger.Act, reading: StepReading, finding: Finding,
    ended: dict[str, Deadline], happened_on: date,
) -> SupervisionClue:  # fmt: skip
    lapses = _lapses(finding, ended)
    in_time = bool(lapses) and all(str(happened_on) <= lapse["due_on"] for lapse in lapses)
    return SupervisionClue(
        dossier=run.dossier, act=act, guard_id=finding.id, title=finding.title,
        sentence=ENTERED_LATE.format(act.title) if in_time else finding.guard.listed_as,
        facts=_facts(finding), lapses=lapses, basis=finding.article, checked=finding.verified,
        step_id=reading.step.id, procedure_id=act.rule_id.partition("/")[0],
        region_code=act.region_code, agency_code=act.agency_code, actor_id=act.actor_id,
        happened_on=happened_on, acted_on=local_date(act.occurred_at), listed_at=act.occurred_at,
    )  # fmt: skip


def _facts(finding: Finding) -> list[list[str]]:
    """The facts as words; what is personal or free text stays where it is."""
    return [
        [used.title, used.text]
        for name, used in finding.facts_used.items()
        if finding.known[name].type != "text" and not finding.known[name].personal
    ]


def _lapses(finding: Finding, ended: dict[str, Deadline]) -> Lapses:
    """The periods whose end the finding is about."""
    rules = {
        finding.known[name].deadline: None
        for name in finding.guard.when.variables
        if finding.values.get(name) is True
    }
    return [
        {"rule": rule, "title": ended[rule].title, "due_on": str(ended[rule].due_on)}
        for rule in rules
        if rule in ended
    ]


def supervision_clues() -> QuerySet[SupervisionClue]:
    """All of them, with what a screen names; whoever asks narrows them to a reader's reach."""
    return SupervisionClue.objects.select_related("dossier", "act")


def shown_in(dossiers: Iterable[int], *, actor: Actor) -> list[SupervisionClue]:
    """Clues of some dossiers for the screen of a matter, the newest first.

    They are shown to whoever took the step, and to those who may read clues of its agency; a
    colleague reads nothing of it.
    """
    mine = Q(actor_id=actor.account_id)
    within = people.within(people.scope(actor, "supervision.view"))
    rows = SupervisionClue.objects.filter(mine | within, dossier_id__in=list(dossiers))
    return list(rows.select_related("act").order_by("-id")[:MOST_SHOWN])


def settle(clue: SupervisionClue, *, state: str) -> None:
    """Note what supervisors made of it; the database refuses a second time."""
    clue.state = state
    clue.save(update_fields=["state"])
