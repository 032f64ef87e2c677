"""`manage.py rulebook …`, also `python -m zhiheng.rulebook …`: check, show, verify, try, due, …"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from zhiheng.kernel.deadlines import Suspension
from zhiheng.kernel.errors import ZhihengError
from zhiheng.rulebook import bpmn, diagram, impact, reporting
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.clocks import calendar_of, deadline_rule, due
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.impact import Change
from zhiheng.rulebook.loader import PROJECT_ROOT, default_root, load
from zhiheng.rulebook.problems import RulebookError, UnknownRule, known_among
from zhiheng.rulebook.read_tables import read_story
from zhiheng.rulebook.reference import guards_page
from zhiheng.rulebook.reference_procedures import into_readme, procedures_page
from zhiheng.rulebook.stories import narrate, run_story
from zhiheng.rulebook.tables import Story
from zhiheng.rulebook.verify import verify

Touched = Callable[[Sequence[Change]], Iterable[str]]
Out = Callable[[str], object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    parser.add_argument("--root", help="规则书所在文件夹，默认是本系统所用的那一份")
    sub = parser.add_subparsers(dest="action", required=True, metavar="动作")
    check = sub.add_parser("check", help="检查全部规则文件，逐处指出文件、行号和怎么改")
    check.add_argument("--stories", action="store_true", help="同时跑一遍全部办案故事")
    show = sub.add_parser("show", help="给人看一条规则：护栏、参数、程序")
    show.add_argument("rule", nargs="?", default="", help="编号；不写则列出全部")
    proof = sub.add_parser("verify", help="查遍程序的全部走法，证明不会走出违法的一步")
    proof.add_argument("procedure", nargs="?", default="", help="程序编号；不写则全部")
    proof.add_argument("--omit", nargs="*", default=[], metavar="护栏", help="看看去掉它会怎样")
    proof.add_argument("--region", default="", help="按某地叠加后的规则证明")
    proof.add_argument("--quick", action="store_true", help="不逐个去掉护栏再试")
    proof.add_argument("--verbose", action="store_true", help="证成的也列出来")
    tried = sub.add_parser("try", help="跑一个办案故事，逐步说明可办不可办")
    tried.add_argument("story", nargs="+", help="故事文件，或者标题、文件名的一部分")
    clock = sub.add_parser("due", help="算一个期限，逐日说明怎么算的")
    clock.add_argument("rule", help="期限编号，如 penalty.decision")
    clock.add_argument("--start", required=True, help="起算事由发生之日，如 2026-11-02")
    clock.add_argument(
        "--suspend", nargs="*", default=[], metavar="起..止[:事由]", help="中止的日子"
    )
    clock.add_argument("--domain", default="", help="领域，如 urban")
    clock.add_argument("--region", default="", help="行政区划代码")
    drawn = sub.add_parser("diagram", help="画流程图，或导出 BPMN 2.0")
    drawn.add_argument("procedure")
    drawn.add_argument("--format", choices=("svg", "mermaid", "bpmn"), default="svg")
    drawn.add_argument("--output", help="写到文件；不写则打印")
    listed = sub.add_parser("guards", help="护栏总表：依据、程序、检验（Markdown）")
    listed.add_argument("--output", help="写到文件；不写则打印")
    table = sub.add_parser("table", help="程序总表：步骤、护栏、文书、检验（Markdown）")
    table.add_argument("--output", help="写到文件；不写则打印")
    table.add_argument("--readme", help="同时更新这个文件里两个标记之间的简表")
    change = sub.add_parser("impact", help="与另一份规则书相比改了什么，波及哪些步骤和在办案件")
    change.add_argument("--against", required=True, help="另一份规则书的文件夹，或 git 版本")


def run(options: argparse.Namespace, *, out: Out, touched: Touched | None = None) -> int:
    """Run one subcommand; return 0 when all is well.

    Args:
        options: as declared by `add_arguments`.
        out: takes each line.
        touched: for `impact`, tells which open matters the changes touch.
    """
    root = Path(options.root) if options.root else default_root()
    try:
        book = load(root)
        if options.action == "impact":
            return _impact(book, options, out, touched)
        return ACTIONS[options.action](book, options, out)
    except RulebookError as error:
        out(str(error))
        out(error.next_step)
    except ZhihengError as error:
        out(error.message)
        out(error.next_step)
    return 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line without Django."""
    parser = argparse.ArgumentParser(
        prog="rulebook", description="规则书：检查、证明、试办、算期限"
    )
    add_arguments(parser)
    return run(parser.parse_args(argv), out=lambda line: sys.stdout.write(f"{line}\n"))


def _check(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    calendar = calendar_of(book.root)
    unchecked = [guard.id for guard in book.guards.values() if not guard.checked.verified]
    out(
        f"规则书 {book.version} 可用：法规 {len(book.statutes)}，事实 {len(book.all_facts)}，"
        f"参数 {len(book.parameters)}，护栏 {len(book.guards)}，程序 {len(book.procedures)}，"
        f"裁量表 {len(book.tables)}，故事 {len(book.stories)}，地方规则包 {len(book.regions)}；"
        f"工作日历到 {max(calendar.years)} 年。"
    )
    if unchecked:
        out(f"待核的护栏 {len(unchecked)} 条（只提醒，不挡）：{'、'.join(unchecked)}")
    if not options.stories:
        return 0
    failures = [line for story in book.stories for line in run_story(book, story).failures]
    for line in failures:
        out(line)
    out(
        f"故事 {len(book.stories)} 个，{'全部通过' if not failures else f'有 {len(failures)} 处不符'}。"
    )
    return 1 if failures else 0


def _show(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    name = options.rule
    if not name:
        for procedure in reporting.latest(book):
            out(f"程序 {procedure.id} {procedure.title}")
        for parameter in book.parameters.values():
            out(f"参数 {parameter.id} {parameter.title}")
        for guard in book.guards.values():
            out(f"护栏 {guard.id} {guard.title}")
        return 0
    if name in book.guards:
        lines = reporting.guard_lines(guard=book.guards[name], book=book)
    elif name in book.parameters:
        lines = reporting.parameter_lines(parameter=book.parameters[name])
    elif name in book.procedures:
        lines = reporting.procedure_lines(procedure=book.procedure(name))
    else:
        choices = [*book.guards, *book.parameters, *book.procedures]
        message = f"没有编号为 {name} 的规则。"
        raise UnknownRule(message, next_step=f"已知：{known_among(word=name, choices=choices)}")
    for line in lines:
        out(line)
    return 0


def _verify(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    names = [options.procedure] if options.procedure else list(book.procedures)
    good = True
    for name in names:
        report = verify(
            book,
            name,
            region=options.region,
            omit=frozenset(options.omit),
            ablate=not options.quick,
        )
        for line in reporting.report_lines(report=report, verbose=options.verbose):
            out(line)
        good = good and report.ok
    return 0 if good else 1


def _try(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    good = True
    for wanted in options.story:
        path = Path(wanted)
        if path.is_file():
            stories = _stories_in(book, path)
        else:
            stories = [s for s in book.stories if wanted in s.title or wanted in s.place.file]
        if not stories:
            titles = [story.title for story in book.stories]
            message = f"没有故事“{wanted}”。"
            raise UnknownRule(message, next_step=known_among(word=wanted, choices=titles))
        for story in stories:
            result = run_story(book, story)
            for line in narrate(result=result, rulebook=book):
                out(line)
            good = good and result.ok
    return 0 if good else 1


def _stories_in(book: Rulebook, path: Path) -> list[Story]:
    """Read a story file from anywhere, against a rulebook that is loaded."""
    draft = Draft(
        root=path.resolve().parent,
        schema_folder=PROJECT_ROOT / "_schema",
        facts=dict(book.all_facts),
        guards=dict(book.guards),
        procedures={name: dict(versions) for name, versions in book.procedures.items()},
    )
    read_story(draft=draft, path=path.resolve())
    if found := draft.unreadable or draft.problems:
        raise RulebookError(problems=found)
    return draft.stories


def _due(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    start = _day(options.start)
    rule = deadline_rule(book, options.rule, on=start, region=options.region, domain=options.domain)
    pauses = [_pause(text, rule.excludes) for text in options.suspend]
    ends = due(
        book,
        options.rule,
        start=start,
        suspensions=pauses,
        region=options.region,
        domain=options.domain,
    )
    value = book.parameter(options.rule, on=start, region=options.region, domain=options.domain)
    for line in reporting.due_lines(ends=ends, value=value):
        out(line)
    return 0


def _pause(text: str, excludes: Sequence[str]) -> Suspension:
    """Read A..B, A.. (still open) or A..B:reason; without a reason, one that the rule admits."""
    days, _, reason = text.partition(":")
    start, dots, end = days.partition("..")
    if not dots:
        message = f"中止期间“{text}”写得不对。"
        raise ZhihengError(
            message, next_step="请写 2026-11-05..2026-11-20，未结束的写 2026-11-05.."
        )
    if not excludes and not reason:
        message = "这个期限没有可以扣除的中止事由。"
        raise ZhihengError(message, next_step="请核对期限编号和领域（--domain）。")
    return Suspension(
        start=_day(start), end=_day(end) if end else None, reason=reason or excludes[0]
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ZhihengError(
            f"没有“{text}”这一天。", next_step="日期请写成 2026-11-02 这样的形式。"
        ) from error


def _diagram(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    procedure = book.procedure(options.procedure)
    if options.format == "svg":
        text = diagram.svg(procedure=procedure)
    elif options.format == "mermaid":
        text = diagram.mermaid(procedure=procedure)
    else:
        text = bpmn.bpmn(rulebook=book, procedure=procedure)
    return _written(text, options, out)


def _guards(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    return _written(guards_page(book), options, out)


def _table(book: Rulebook, options: argparse.Namespace, out: Out) -> int:
    if options.readme:
        path = Path(options.readme)
        path.write_text(into_readme(book, path.read_text(encoding="utf-8")), encoding="utf-8")
        out(f"已更新 {options.readme}。")
    return _written(procedures_page(book), options, out)


def _written(text: str, options: argparse.Namespace, out: Out) -> int:
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
        out(f"已写到 {options.output}。")
    else:
        out(text.rstrip("\n"))
    return 0


def _impact(book: Rulebook, options: argparse.Namespace, out: Out, touched: Touched | None) -> int:
    with impact.earlier(root=book.root, against=options.against) as old:
        changes = impact.compare(old=old, new=book)
    for change in changes:
        for line in impact.change_lines(change):
            out(line)
    out(f"共 {len(changes)} 处不同。" if changes else "没有不同。")
    if touched is not None and changes:
        for line in touched(changes):
            out(line)
    return 0


ACTIONS: dict[str, Callable[[Rulebook, argparse.Namespace, Out], int]] = {
    "check": _check,
    "show": _show,
    "verify": _verify,
    "try": _try,
    "due": _due,
    "diagram": _diagram,
    "guards": _guards,
    "table": _table,
}
