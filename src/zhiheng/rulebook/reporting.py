"""What the commands print: findings of `verify`, counter-examples as stories, deadlines by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from zhiheng.kernel.deadlines import Due
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.machine import RUNNING, Known
from zhiheng.rulebook.model import DatedValue, Fact, Guard, Parameter
from zhiheng.rulebook.search import Tale
from zhiheng.rulebook.tables import Procedure, Step
from zhiheng.rulebook.verify import Report

UNIT_WORDS = {
    "ND": "日",
    "WD": "个工作日",
    "M": "个月",
    "Y": "年",
    "H": "小时",
    "CNY_cents": "分",
    "percent": "%",
    "count": "",
    "text": "",
}
MODE_WORDS = {"block": "不许办", "warn": "提醒", "list": "列线索"}


def report_lines(*, report: Report, verbose: bool = False) -> Iterator[str]:
    """Yield what `verify` prints: failures with their stories, then the sums."""
    procedure = report.procedure
    yield f"{procedure.title}（{procedure.id} 第 {procedure.version} 版）"
    for proof in report.proofs:
        if proof.ok and not verbose:
            continue
        yield f"  {'✓' if proof.ok else '✗'} {proof.kind} {proof.subject}：{proof.text}"
        if proof.tale is not None:
            yield from tale_lines(tale=proof.tale, procedure=procedure, facts=dict(report.facts))
    kinds = dict.fromkeys(proof.kind for proof in report.proofs)
    for kind in kinds:
        mine = [proof for proof in report.proofs if proof.kind == kind]
        yield f"  {kind}：{sum(proof.ok for proof in mine)}/{len(mine)}"
    effort = report.effort
    yield (
        f"  查遍 {effort.states:,} 个状态、{effort.hops:,} 次推进，"
        f"分 {effort.slices} 个切面，用时 {report.seconds:.1f} 秒。"
    )
    yield "  全部证成。" if report.ok else f"  有 {len(report.failures)} 项没有证成。"


def tale_lines(*, tale: Tale, procedure: Procedure, facts: dict[str, Fact]) -> Iterator[str]:
    """Yield a counter-example in the form of a story file."""
    start = _changed(tale.facts, facts)
    yield f"      procedure: {procedure.id}"
    if start:
        yield f"      facts: {{{', '.join(start)}}}"
    yield "      steps:"
    for step in tale.steps:
        key = {"step": "do", "event": "event"}.get(step.move.kind, "")
        parts = [f"{key}: {step.move.id}"] if key else []
        given = [f"{n}: {_yaml(v)}" for n, v in step.given.items() if not n.startswith(RUNNING)]
        if given:
            parts.append(f"with: {{{', '.join(given)}}}")
        changed = [f"{n}: {_yaml(v)}" for n, v in step.world.items()]
        if step.move.kind == "time":
            changed += [f"{n}: {_yaml(v)}" for n, v in step.move.writes.items()]
        if changed:
            parts.append(f"change: {{{', '.join(changed)}}}")
        yield f"        - {{{', '.join(parts)}}}  # {step.move.title}"


def _changed(values: dict[str, Known], facts: dict[str, Fact]) -> list[str]:
    return [
        f"{name}: {_yaml(value)}"
        for name, value in values.items()
        if name in facts and value != facts[name].initial
    ]


def _yaml(value: Known) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return str(value) if not isinstance(value, tuple) else f"[{', '.join(value)}]"


def due_lines(*, ends: Due, value: DatedValue) -> Iterator[str]:
    """Yield a deadline: the sentence, the article, and each day with why it counted."""
    yield ends.note
    yield f"依据：{'、'.join(basis.text for basis in value.basis) or '（没有登记）'}"
    if not value.checked.verified:
        yield "待核：这个期限还没有经法制人员核对。"
    last = None
    for day in ends.days:
        if last is not None and day.date - last > timedelta(days=1):
            yield "  …"
        yield f"  {day.date}  {'计' if day.counted else '－'}  {day.why}"
        last = day.date
    if ends.due_on is not None:
        yield f"届满：{ends.due_on}"


def guard_lines(*, guard: Guard, book: Rulebook) -> Iterator[str]:
    """Yield one guard as a lawyer reads it."""
    yield f"{guard.id} {guard.title}（{MODE_WORDS[guard.mode]}，{guard.status}）"
    yield f"  条件：{guard.when.source}"
    yield f"  依据：{'、'.join(basis.text for basis in guard.basis) or '（没有）'}"
    yield f"  对办案人说：{guard.says}"
    checked = f"法制人员 {guard.checked.on} 核对" if guard.checked.verified else "待核"
    yield f"  核对：{checked}{'；' + guard.checked.note if guard.checked.note else ''}"
    for name in guard.when.variables:
        fact = book.all_facts[name]
        yield f"  事实：{fact.title}（{name}，{fact.type}）"
    for case in guard.cases:
        yield f"  例：{case.name} → {'符合' if case.holds else '不符合'}"
    for procedure in latest(book):
        places = [
            s.title for s in procedure.steps.values() if guard.id in (*s.guards, *s.guards_after)
        ]
        if places:
            yield f"  用在：{procedure.title}：{'、'.join(places)}"
    yield f"  见 {guard.place.file}:{guard.place.line}"


def parameter_lines(*, parameter: Parameter) -> Iterator[str]:
    """Yield one parameter with all its dated values."""
    yield f"{parameter.id} {parameter.title}"
    if parameter.starts:
        yield f"  自{parameter.starts}起算"
    for value in parameter.values:
        until = f"至 {value.span.until}" if value.span.until else "现行"
        where = f"，地区 {value.region}" if value.region else ""
        basis = "、".join(basis.text for basis in value.basis)
        unit = UNIT_WORDS.get(value.unit, value.unit)
        note = "" if value.checked.verified else "（待核）"
        yield f"  {value.value}{unit}（领域 {value.domain}{where}）自 {value.span.from_}，{until}。{basis}{note}"
    yield f"  见 {parameter.place.file}:{parameter.place.line}"


def procedure_lines(*, procedure: Procedure) -> Iterator[str]:
    """Yield one procedure: its steps by state, with roles, guards and documents."""
    yield f"{procedure.id} {procedure.title} 第 {procedure.version} 版（{procedure.status}）"
    for code, state in procedure.states.items():
        yield f"  【{state.title}】{code}{'（终点）' if state.final else ''}"
        for step in procedure.steps_from(code):
            yield f"    {_step(procedure, step, code)}"
    yield f"  不变式 {len(procedure.invariants)} 条；见 {procedure.place.file}"


def _step(procedure: Procedure, step: Step, code: str) -> str:
    to = procedure.states[step.target(code)].title
    parts = [f"{step.title}（{step.id}，{'/'.join(step.by)}）→ {to}"]
    if step.guards or step.guards_after:
        parts.append("护栏 " + " ".join((*step.guards, *step.guards_after)))
    if step.produces:
        parts.append("文书 " + " ".join(step.produces))
    if step.starts:
        parts.append("起算 " + " ".join(step.starts))
    return "；".join(parts)


def latest(book: Rulebook) -> list[Procedure]:
    """Return the newest version of each procedure."""
    return [book.procedure(name) for name in book.procedures]
