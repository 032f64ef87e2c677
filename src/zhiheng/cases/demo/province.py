"""A province of cases by COPY, cast from the moulds of played cases (see `moulds`).

Every case has dossier, run, case and two handlers. Open cases also have all their acts, to-dos,
periods and one picture as evidence; of cases that have ended the outline of their acts is kept.
There are no clues, documents and payments. Acts are sealed and wait for the log.
"""

import random
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from zhiheng.cases import policies
from zhiheng.cases.demo import register
from zhiheng.cases.demo.moulds import CLOSED, DECIDED, FILED, SPAN, Mould, cast_moulds
from zhiheng.cases.demo.rows import COLUMNS, LINES, periods_of, tasks_of
from zhiheng.cases.models import Case, Handler
from zhiheng.evidence import api as evidence
from zhiheng.kernel import bulk
from zhiheng.kernel.clock import local_date, now
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

MODELS = (ledger.Dossier, procedures.Run, Case, Handler, ledger.Deadline, ledger.Task,
          evidence.EvidenceItem, ledger.Act)  # fmt: skip
PERIODS, TASKS, PICTURES, ACTS = (model._meta.label_lower for model in MODELS[-4:])
CASES = 1_200_000
DAYS = 1_000  # over which they are spread, the newest reported yesterday
CHUNK = 2_000
REFUSED, WITHDRAWN = 0.015, 0.01
PACE, SPREAD = 1.35, 0.5  # of the logarithm of how much slower than the demonstration a case is
PACES = 4_096
FIRST_HOUR = "01:12:00+00"  # 09:12 in Shanghai


def load(*, seed: int, count: int = CASES) -> dict[str, int]:
    """Copy cases in and build the indexes; returns how many rows of each kind went in."""
    at = now()
    moulds = cast_moulds(on=local_date(at))
    first_act = ledger.last_act_id()
    written: Counter[str] = Counter()
    with bulk.bare(*MODELS):
        foundry = Foundry(moulds, random.Random(seed), local_date(at), count)
        recorded_at = at.isoformat(timespec="microseconds")[:26] + "Z"
        for lines in _ahead(foundry.chunks(recorded_at=recorded_at)):
            _copy(lines, moulds, written)
        ledger.take_numbers("立案", foundry.numbers)
        ledger.queue_acts(after_id=first_act)
    _tidy()
    return {str(model._meta.verbose_name): written[model._meta.label_lower] for model in MODELS}


def _ahead(chunks: Iterator[dict[str, list[str]]]) -> Iterator[dict[str, list[str]]]:
    """Cast the next chunk while the database takes this one."""
    with ThreadPoolExecutor(max_workers=1) as caster:
        ahead = caster.submit(next, chunks, None)
        while (lines := ahead.result()) is not None:
            ahead = caster.submit(next, chunks, None)
            yield lines


def _copy(lines: dict[str, list[str]], moulds: list[Mould], written: Counter[str]) -> None:
    for model in MODELS:
        label, table = model._meta.label_lower, model._meta.db_table
        rows = lines[label]
        if label == ACTS:
            ledger.copy_acts(rows)
        else:
            columns = COLUMNS.get(label) or tuple(next(m.evidence for m in moulds if m.evidence))
            bulk.copy_lines(table=table, columns=columns, lines=rows)
        written[label] += len(rows)


def _tidy() -> None:
    """Let the planner know, and spare the first readers the work of marking rows."""
    tables = ", ".join(model._meta.db_table for model in MODELS)
    with connection.cursor() as cursor:
        cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {tables}")


@dataclass
class Cast:
    """What is settled for one case before its rows are written."""

    mould: Mould
    office: register.Office
    lead: register.Person
    co: register.Person
    grant: register.Competence
    party: register.Party
    reported: date
    pace: list[int]

    def day(self, days: int) -> date:
        """The day that stands for a day of the mould, at this case's pace."""
        return self.reported + timedelta(days=self.pace[days])


def _paced(slower: float) -> list[int]:
    """Days of the mould → days after the report; the proposal comes a day after it always."""
    return [0, *(1 + round(days * slower) for days in range(SPAN))]


class Foundry:
    """Casts the cases one after the other, the oldest first."""

    def __init__(self, moulds: list[Mould], rng: random.Random, today: date, count: int) -> None:
        """Read the registers."""
        self.road, self.refused, self.withdrawn = moulds[:-2], moulds[-2], moulds[-1]
        self.rng, self.today, self.count = rng, today, count
        self.offices = register.offices()
        self.shares = register.shares(self.offices)
        self.paces = [_paced(rng.lognormvariate(PACE, SPREAD)) for _ in range(PACES)]
        self.numbers = ledger.numbers_taken("立案")
        self.ids = bulk.take_range(model=ledger.Dossier, count=count)
        self.picture_ids = iter(bulk.take_range(model=evidence.EvidenceItem, count=count))
        self.days = {id(mould): _days_in(mould) for mould in moulds}

    def chunks(self, *, recorded_at: str) -> Iterator[dict[str, list[str]]]:
        """The lines of a few thousand cases at a time, by model."""
        for start in range(0, self.count, CHUNK):
            lines: dict[str, list[str]] = defaultdict(list)
            for number in range(start, min(start + CHUNK, self.count)):
                cast = self._settle(number)
                values = self._values(cast, dossier_id=self.ids[number])
                values["recorded_at"] = recorded_at
                if cast.mould.evidence:
                    values["evidence_id"] = next(self.picture_ids)
                self._write(cast, values, lines)
            yield lines

    def _settle(self, number: int) -> Cast:
        rng = self.rng
        office = self.offices[bisect(self.shares, rng.random() * self.shares[-1])]
        age = DAYS - (number * DAYS // self.count)
        lead, co = rng.sample(office.officers, 2)
        pace = rng.choice(self.paces)
        return Cast(
            mould=self._mould(age, pace), office=office, lead=lead, co=co,
            grant=rng.choice(office.grants), party=rng.choice(office.parties),
            reported=self.today - timedelta(days=age), pace=pace,
        )  # fmt: skip

    def _mould(self, age: int, pace: list[int]) -> Mould:
        if (chance := self.rng.random()) < REFUSED + WITHDRAWN and pace[FILED] <= age:
            return self.refused if chance < REFUSED else self.withdrawn
        reached = (mould for mould in reversed(self.road) if pace[mould.days] <= age)
        return next(reached, self.road[0])

    def _values(self, cast: Cast, *, dossier_id: int) -> dict[str, Any]:
        """What fills the places of this case's rows."""
        mould, office, party, grant = cast.mould, cast.office, cast.party, cast.grant
        proposed, ended = cast.day(1), cast.day(mould.days)
        year = (office.code, proposed.year)
        self.numbers[year] = sequence = self.numbers.get(year, 0) + 1
        number = f"{office.prefix}罚立〔{proposed.year}〕{sequence:06d}号"
        span = max(0, grant.fine_max - grant.fine_min) * 3 // 10
        fine = grant.fine_min + self.rng.randrange(span + 1) // 10_000 * 10_000
        decided = mould.days >= DECIDED
        values: dict[str, Any] = {f"d{n}": cast.day(n) for n in self.days[id(mould)]}
        values |= {
            "dossier_id": dossier_id, "number": number, "region": office.region,
            "code": policies.case_code(
                region_code=office.region, body_no=office.serial, on=proposed, sequence=sequence
            ),
            "agency": office.code, "state": mould.state, "version": mould.version,
            "title": f"{party.name}涉嫌{grant.item_name}案"[:200], "party": party.name,
            "person": party.person, "place": party.place, "subject_id": party.id,
            "item": grant.item_name, "item_code": grant.item_code, "item_id": grant.item_id,
            "grant_id": grant.grant_id, "fine": fine, "officer": cast.lead.name,
            "officer_id": cast.lead.id, "co": cast.co.name, "co_id": cast.co.id,
            "opened_at": f"{proposed} {FIRST_HOUR}", "moved_at": f"{ended} {FIRST_HOUR}",
            "closed_at": f"{ended} {FIRST_HOUR}" if mould.final else r"\N",
            "proposed_on": proposed, "filed_on": _day(cast, FILED, mould is not self.refused),
            "decided_on": _day(cast, DECIDED), "closed_on": _day(cast, CLOSED),
            "fine_cents": fine if decided else r"\N", "due_on": r"\N",
            "last_seq": len(mould.acts), "terms": ",".join(
                policies.search_terms(number, party.name, grant.item_name, party.place)
            ),
        }  # fmt: skip
        for seat, person in office.seats.items():
            values[seat], values[f"{seat}_id"] = person.name, person.id
        return values

    def _write(self, cast: Cast, values: dict[str, Any], lines: dict[str, list[str]]) -> None:
        mould = cast.mould
        if "%(reviewed)s" in mould.facts:
            report = {n: v % values if isinstance(v, str) else v for n, v in mould.report.items()}
            values["reviewed"] = policies.report_digest(
                report=report, evidence=[mould.evidence_sha256]
            )
        periods, nearest = periods_of(cast, values, today=self.today)
        lines[PERIODS] += periods
        lines[TASKS] += tasks_of(cast, values, due_on=nearest)
        lines[ACTS] += [act.cast(values) for act in mould.acts]
        values["facts"] = mould.facts % values
        for label, line in LINES.items():
            lines[label] += (line % values).split("\n")
        if mould.evidence:
            lines[PICTURES].append("\t".join(mould.evidence.values()) % values)


def _day(cast: Cast, days: int, when: bool = True) -> date | str:
    return cast.day(days) if when and cast.mould.days >= days else r"\N"


def _days_in(mould: Mould) -> set[int]:
    """The days that have a place in a mould."""
    texts = [mould.facts, *(a.content + a.line for a in mould.acts), *mould.evidence.values()]
    return {int(found) for text in texts for found in re.findall(r"%\(d(\d+)\)s", text)}
