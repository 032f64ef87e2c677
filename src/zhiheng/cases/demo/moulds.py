"""Moulds for a province of cases: what a case leaves behind at each stage of the road.

One case is played through the services by the cast and taken back again; at every stage its
facts, acts, to-dos, periods and evidence are kept as text with places to fill: `%(party)s`,
`%(d4)s` for the day that was the fourth after the report. So a million copied cases stand as the
services would have left them, and change when the services or the rulebook do.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from zhiheng.cases.demo.loading import ROAD
from zhiheng.cases.demo.player import ROLE_PERSON, Player
from zhiheng.cases.models import Case
from zhiheng.cases.record_facts import REPORT
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel import bulk
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.deadlines import DeadlineRule
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures

FINE = 800_000
PROPOSED, FILED, DECIDED, CLOSED, ARCHIVED = 1, 3, 18, 27, 28  # days after the report
ITEM, PARTY, CO_HANDLER = "QH-CG-001", "面馆", "zhouzhifa"
ACCOUNT = re.compile(r'("account_id": )(\d+)')
DAY, SUM = re.compile(r"20\d\d-\d\d-\d\d"), re.compile(rf"\b{FINE}\b")
# What is kept of a case that has ended, for the sake of size: its beginning, decision and end.
OUTLINE = ("dossier.open", "case.file", "case.refuse_filing", "case.decide", "case.archive",
           "case.withdraw")  # fmt: skip
OUTLINE_FACTS = ("facts_found", "tier_code", "fine_proposed", "fine_notified", "fine_decided",
                 "discretion_reason", "decision_reason", "paid_in_full", "id_shown")  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A deadline of the mould: from which day, how it stands, and when it ended."""

    id: str
    title: str
    basis: str
    rule: DeadlineRule
    start: int
    state: str
    ended: int | None


@dataclass(frozen=True)
class Mould:
    """A case at one stage, as text with places to fill.

    Attributes:
        state: the procedure's state.
        days: days after the report at which the last group of steps was taken.
        facts: facts of the run, as COPY takes them.
        report: what the digest of the legal review covers.
        acts: all of them; of a case that has ended, its outline.
        tasks: step, title and role of each to-do.
        evidence: the columns of the picture, empty before it is taken.
    """

    state: str
    days: int
    version: int
    facts: str
    report: dict[str, Any]
    acts: list[ledger.ActMould]
    tasks: list[tuple[str, str, str]]
    periods: list[Period]
    evidence: dict[str, str]
    evidence_sha256: str
    final: bool = False


@dataclass
class Marks:
    """What of the played case changes from case to case, and the place that stands for it."""

    start: date
    words: dict[str, str] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """Put places to fill into a text."""
        text = text.replace("%", "%%")
        for word in sorted(self.words, key=len, reverse=True):
            text = text.replace(word, self.words[word])
        text = DAY.sub(lambda found: self._day(found[0]), text)
        return SUM.sub("%(fine)d", text)

    def _day(self, text: str) -> str:
        days = (date.fromisoformat(text) - self.start).days
        return f"%(d{days})s" if 0 <= days < SPAN else text


SPAN = 60  # days after the report that get a place


@cache
def cast_moulds(*, on: date) -> list[Mould]:
    """The moulds of the road in order, then those of cases refused and withdrawn."""
    with transaction.atomic():
        found = [*_along_the_road(on), *_off_the_road(on)]
        transaction.set_rollback(True)
    return found


def _along_the_road(on: date) -> Iterator[Mould]:
    player, marks = _begin(on - timedelta(days=SPAN), prefix="mould/road")
    yield _taken(player, marks, days=PROPOSED)
    for after, steps in ROAD:
        player.move_to(marks.start + timedelta(days=after))
        player.steps(*steps)
        yield _taken(player, marks, days=after, final=after == ROAD[-1][0])


def _off_the_road(on: date) -> Iterator[Mould]:
    for name, steps in (("refused", ["refuse_filing"]), ("withdrawn", ["file", "withdraw"])):
        player, marks = _begin(on - timedelta(days=SPAN), prefix=f"mould/{name}")
        player.move_to(marks.start + timedelta(days=FILED))
        player.steps(*steps)
        yield _taken(player, marks, days=FILED, final=True)


def _begin(start: date, *, prefix: str) -> tuple[Player, Marks]:
    item = elements.get_item(ITEM, start)
    subject = elements.find_subjects(PARTY, "339901", start, limit=1)[0]
    player = Player(day=start, fine=FINE, prefix=prefix)
    clue = player.report(
        place=subject.address, description=f"群众反映：{item.name}", target=subject.name
    )
    player.match(clue, item=item, subject=subject)
    player.move_to(start + timedelta(days=PROPOSED))
    player.check(clue)
    case = player.propose(clue, co=CO_HANDLER)
    words = {
        f'"{clue.dossier.number}"': "null", case.number: "%(number)s", case.code: "%(code)s",
        item.code: "%(item_code)s", item.name: "%(item)s", subject.name: "%(party)s",
        subject.address: "%(place)s", subject.legal_representative: "%(person)s",
        case.agency_code: "%(agency)s", case.region_code: "%(region)s",
    }  # fmt: skip
    for role, username in (*ROLE_PERSON.items(), ("co", CO_HANDLER)):
        words[people.Account.objects.get(username=username).name] = f"%({role})s"
    return player, Marks(start, words)


def _taken(player: Player, marks: Marks, *, days: int, final: bool = False) -> Mould:
    """What the case has left behind by now."""
    case = Case.objects.select_related("dossier__run").get(pk=getattr(player.case, "pk", None))
    run, picture = case.dossier.run, evidence.evidence_of(case.dossier).first()
    ids = {a.pk: a.username for a in people.Account.objects.filter(username__in=_usernames())}
    kept = {**procedures.kept_facts(run), **run.facts}
    if picture:
        marks.words |= {f'"evidence":{picture.pk}': '"evidence":%(evidence_id)d'}
    if digest := run.facts.get("_reviewed_digest"):
        marks.words |= {digest: "%(reviewed)s"}
    facts = {n: v for n, v in run.facts.items() if not final or n in OUTLINE_FACTS}
    acts = [a for a in ledger.acts_of(case.dossier) if not final or a.kind in OUTLINE]
    return Mould(
        state=case.state, days=days, version=run.procedure_version,
        facts=marks(bulk.escaped(json.dumps(facts, ensure_ascii=False))),
        report={n: marks(v) if isinstance(v := kept.get(n), str) else v for n in REPORT},
        acts=[
            ledger.ActMould.of(act, seq=seq, mark=marks, actor_id=_place_of(ids, act.actor_id))
            for seq, act in enumerate(acts, start=1)
        ],
        tasks=[(t.step_id, t.title, t.role) for t in ledger.open_tasks_of(case.pk)],
        periods=[] if final else [_period(each, marks) for each in ledger.deadlines_of(case.dossier)],
        evidence=_picture_row(picture, marks, ids) if picture and not final else {},
        evidence_sha256=picture.file_sha256 if picture else "", final=final,
    )  # fmt: skip


def _usernames() -> list[str]:
    return [*ROLE_PERSON.values(), CO_HANDLER]


def _place_of(ids: dict[int, str], account_id: int | None) -> str:
    roles = {username: role for role, username in ROLE_PERSON.items()} | {CO_HANDLER: "co"}
    return f"%({roles[ids[account_id]]}_id)d" if account_id else ""


def _period(deadline: ledger.Deadline, marks: Marks) -> Period:
    rule = deadline.computed["rule"]
    ended = local_date(deadline.ended_at) if deadline.ended_at else None
    return Period(
        id=deadline.rule_id, title=deadline.title, basis=deadline.basis,
        rule=DeadlineRule(**{**rule, "excludes": tuple(rule["excludes"])}),
        start=(deadline.started_on - marks.start).days, state=deadline.state,
        ended=(ended - marks.start).days if ended else None,
    )  # fmt: skip


def _picture_row(
    picture: evidence.EvidenceItem, marks: Marks, ids: dict[int, str]
) -> dict[str, str]:
    """The columns of the one piece of evidence, with its places to fill."""
    row = {}
    for column in (str(each.column) for each in picture._meta.concrete_fields):
        value = getattr(picture, column)
        if isinstance(value, list | dict):
            value = json.dumps(value, ensure_ascii=False)
        row[column] = r"\N" if value is None else marks(bulk.escaped(str(value)))
    row["collectors"] = ACCOUNT.sub(
        lambda found: found[1] + _place_of(ids, int(found[2])), row["collectors"]
    )
    return row | {
        "id": "%(evidence_id)d", "dossier_id": "%(dossier_id)d", "act_id": r"\N",
        "created_by_id": "%(officer_id)d", "idempotency_key": r"\N",
    }  # fmt: skip
