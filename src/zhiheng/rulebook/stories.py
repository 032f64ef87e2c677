"""Stories: a lawyer's test of a procedure, told day by day with the real guards and calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from zhiheng.kernel.deadlines import Suspension
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.clocks import Running, deadline_facts, due
from zhiheng.rulebook.evaluate import evaluate_step, facts_after, given_errors
from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.findings import Finding, Status, StepReading
from zhiheng.rulebook.tables import Procedure, Story, StoryStep
from zhiheng.rulebook.words import display

STATUS_WORDS = {Status.OFFERED: "可办", Status.WARNED: "提醒", Status.BLOCKED: "不可办"}


@dataclass(frozen=True, slots=True)
class StoryLine:
    """What came of one day of a story.

    Attributes:
        entry: what the story says.
        reading: how the step stood; None for an event or a mere change of facts.
        state: where the matter stands afterwards.
        wrong: sentences that say where the outcome differs from what the story expects.
    """

    entry: StoryStep
    reading: StepReading | None
    state: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryResult:
    """A story and what came of each day."""

    story: Story
    procedure: Procedure
    lines: tuple[StoryLine, ...]

    @property
    def ok(self) -> bool:
        """Whether everything came as the story expects."""
        return not any(line.wrong for line in self.lines)

    @property
    def failures(self) -> list[str]:
        """The sentences for all that came differently, with file and line."""
        return [
            f"{line.entry.place.file}:{line.entry.place.line}: {sentence}"
            for line in self.lines
            for sentence in line.wrong
        ]


@dataclass(slots=True)
class _Matter:
    """A matter in a story: state, facts, clocks."""

    book: Rulebook
    story: Story
    procedure: Procedure
    state: str
    facts: dict[str, Any]
    clocks: dict[str, Running] = field(default_factory=dict)
    pauses: list[Suspension] = field(default_factory=list)

    def live(self, entry: StoryStep) -> StoryLine:
        """Let one day happen."""
        self.facts.update(entry.change)
        self._tick(entry.on, entry.change)
        wrong: list[str] = []
        reading = None
        if entry.event:
            wrong += self._happen(entry)
        if entry.do:
            reading, more = self._do(entry)
            wrong += more
        wrong += self._after(entry)
        return StoryLine(entry, reading, self.state, tuple(wrong))

    def _tick(self, on: date, changed: Mapping[str, Any]) -> None:
        for name, clock in self.clocks.items():
            ends = due(
                self.book,
                name,
                start=clock.started_on,
                suspensions=self.pauses,
                region=self.story.region,
                domain=self.story.domain,
            )
            self.clocks[name] = replace(clock, due_on=ends.due_on)
        known = deadline_facts(self.book, self.procedure.facts, self.clocks, on)
        for name, value in known.items():
            clock_of = self.clocks.get(self.book.all_facts[name].deadline)
            if clock_of is not None and not clock_of.met and name not in changed:
                self.facts[name] = value

    def _happen(self, entry: StoryStep) -> list[str]:
        event = self.procedure.events[entry.event]
        if event.from_ and self.state not in event.from_:
            return [f"事件“{event.title}”在“{self.procedure.states[self.state].title}”不会发生。"]
        if event.when is not None and not event.when.evaluate(
            {name: as_cel(self.facts.get(name)) for name in event.when.variables}
        ):
            return [f"事件“{event.title}”的条件没有成立：{event.when.source}。"]
        self.facts.update(event.sets)
        self.state = event.to or self.state
        return []

    def _do(self, entry: StoryStep) -> tuple[StepReading, list[str]]:
        step = self.procedure.steps[entry.do]
        wrong = list(given_errors(self.book, step, entry.given).values())
        reading = evaluate_step(
            self.book,
            self.procedure,
            step.id,
            self.state,
            self.facts,
            entry.on,
            given=entry.given,
            region=self.story.region,
            domain=self.story.domain,
        )
        wrong += _differences(reading, entry.expect)
        if reading.status is not Status.BLOCKED:
            self.facts = facts_after(self.book, step, self.facts, entry.given)
            self.state = step.target(self.state)
            self._clocks_after(step.id, entry.on)
        return reading, wrong

    def _clocks_after(self, step_id: str, on: date) -> None:
        step = self.procedure.steps[step_id]
        for name in step.clears:
            self.clocks.pop(self.book.all_facts[name].deadline, None)
        for name in step.meets:
            if name in self.clocks:
                self.clocks[name] = replace(self.clocks[name], met=True)
        for name in step.starts:
            self.clocks[name] = Running(on, None)
        if step.suspends:
            self.pauses.append(Suspension(start=on, end=None, reason=step.suspends))
        if step.resumes:
            self.pauses = [_ended(pause, step.resumes, on) for pause in self.pauses]

    def _after(self, entry: StoryStep) -> list[str]:
        wrong = []
        wanted = entry.expect.get("state", self.state)
        if wanted != self.state:
            wrong.append(f"应当到“{wanted}”，现在是“{self.state}”。")
        for name, value in entry.expect.get("facts", {}).items():
            if self.facts.get(name) != value:
                fact = self.book.all_facts[name]
                is_now = display(fact=fact, value=self.facts.get(name))
                wrong.append(
                    f"“{fact.title}”应为{display(fact=fact, value=value)}，现在是{is_now}。"
                )
        return wrong


def run_story(rulebook: Rulebook, story: Story) -> StoryResult:
    """Return what comes of a story under the rulebook."""
    procedure = rulebook.procedure(story.procedure)
    facts = {**rulebook.initial_facts(procedure), **story.facts}
    matter = _Matter(rulebook, story, procedure, procedure.initial, facts)
    return StoryResult(story, procedure, tuple(matter.live(entry) for entry in story.steps))


def _ended(pause: Suspension, reason: str, on: date) -> Suspension:
    """Return a pause that ends the day before it is resumed."""
    if pause.reason != reason or pause.end is not None:
        return pause
    return replace(pause, end=max(on - timedelta(days=1), pause.start))


def _differences(reading: StepReading, expect: Mapping[str, Any]) -> list[str]:
    title = reading.step.title
    blocks = {finding.id for finding in reading.blocks}
    warnings = {finding.id for finding in reading.warnings}
    if expect.get("not_here"):
        return [] if reading.reason else [f"“{title}”在这个状态下本不该出现。"]
    if reading.reason:
        return [reading.reason]
    wrong = [
        f"{name} 应当挡住“{title}”，却没有挡。"
        for name in expect.get("blocked_by", ())
        if name not in blocks
    ]
    wrong += [
        f"{name} 应当对“{title}”提醒，却没有提醒。"
        for name in expect.get("warned_by", ())
        if name not in warnings
    ]
    stays_out = "blocked_by" in expect or expect.get("offered") is False
    if blocks and not stays_out:
        wrong += [f"“{title}”没料到办不了：{f.id} {f.title}（{f.says}）" for f in reading.blocks]
    if not blocks and expect.get("offered") is False:
        wrong.append(f"“{title}”本该办不了，却可以办。")
    return wrong


def narrate(*, result: StoryResult, rulebook: Rulebook) -> Iterator[str]:
    """Yield the lines that `rulebook try` prints."""
    procedure = result.procedure
    yield f"故事：{result.story.title}（{procedure.title} 第 {procedure.version} 版）"
    for line in result.lines:
        entry = line.entry
        for name, value in entry.change.items():
            fact = rulebook.all_facts[name]
            yield f"{entry.on}  〔事实〕{fact.title}：{display(fact=fact, value=value)}"
        if entry.event:
            yield f"{entry.on}  〔事件〕{procedure.events[entry.event].title}"
        if line.reading is not None:
            yield from _told(line, line.reading, rulebook)
        for sentence in line.wrong:
            yield f"            ✗ {sentence}"
    end = procedure.states[result.lines[-1].state].title if result.lines else ""
    yield f"{'通过' if result.ok else '不通过'}：最后在“{end}”。"


def _told(line: StoryLine, reading: StepReading, rulebook: Rulebook) -> Iterator[str]:
    step = reading.step
    given = "，".join(
        f"{rulebook.all_facts[name].title} {display(fact=rulebook.all_facts[name], value=value)}"
        for name, value in line.entry.given.items()
    )
    yield f"{line.entry.on}  {STATUS_WORDS[reading.status]}  {step.title}（{step.id}）{given}"
    if reading.reason:
        yield f"            {reading.reason}"
    for finding in (*reading.blocks, *reading.warnings, *reading.listed):
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    mark = {"block": "挡", "warn": "提醒", "list": "线索"}[finding.mode]
    note = "" if finding.verified else "（待核）"
    yield f"            {mark} {finding.id} {finding.title}〔{finding.article}〕{note}"
    yield f"              {finding.says}"
    facts = "；".join(f"{used.title}＝{used.text}" for used in finding.facts_used.values())
    yield f"              所用事实：{facts}"
    where = "；".join(dict.fromkeys(f"{fix.title} → {fix.where}" for fix in finding.fixed_by))
    if where:
        yield f"              在哪里改：{where}"
