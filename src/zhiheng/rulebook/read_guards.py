"""Reading guards: predicate, article, words to the officer, and examples that are tests."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook import words
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.model import Guard, GuardCase, Place, Span
from zhiheng.rulebook.source import Lined


def read_guards(*, draft: Draft, path: Path) -> None:
    """Read one file of guards."""
    raw = draft.open(path, "guards")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    for name, body in raw.items():
        read_guard(draft=draft, name=name, body=body, place=draft.place(file, raw, name))


def read_guard(*, draft: Draft, name: str, body: Lined, place: Place, region: str = "") -> None:
    """Read one guard, with its predicate, basis and cases."""
    if name in draft.guards:
        other = draft.guards[name].place
        what = f"护栏 {name} 已在 {other.file}:{other.line} 写过。"
        draft.refuse(place, what, "", "编号不重用，请换一个。")
        return
    where = Place(place.file, body.at("when"))
    when = drafts.read_predicate(draft=draft, source=body["when"], facts=draft.facts, place=where)
    if when is None:
        draft.broken.add(name)
        return
    shown = tuple(body.get("facts_shown", when.variables))
    for fact in shown:
        drafts.is_fact(draft=draft, name=fact, place=Place(place.file, body.at("facts_shown")))
    guard = Guard(
        id=name,
        title=body["title"],
        when=when,
        basis=drafts.read_basis(draft=draft, raw=body["basis"], file=place.file, place=place),
        mode=body["mode"],
        says=body["says"],
        listed_as=body.get("listed_as", body["says"]),
        override=body.get("override", "agency_head" if body["mode"] == "warn" else ""),
        facts_shown=shown,
        span=_span(draft, body, place),
        status=body["status"],
        checked=drafts.read_checked(draft=draft, raw=body["checked"], place=place),
        cases=tuple(_case(draft, place.file, case) for case in body["cases"]),
        region=region,
        domain=body.get("domain", ""),
        second_lock=body.get("second_lock", ""),
        place=place,
    )
    draft.guards[name] = guard
    check_guard(draft=draft, guard=guard, cites=bool(body["basis"]))


def _span(draft: Draft, body: Lined, place: Place) -> Span | None:
    if "from" in body or "until" in body:
        return drafts.read_span(draft=draft, raw=body, place=place)
    return None


def _case(draft: Draft, file: str, raw: Lined) -> GuardCase:
    place = Place(file, raw.line)
    given = drafts.read_values(draft=draft, raw=raw["given"], file=file, place=place)
    return GuardCase(raw["name"], MappingProxyType(given), raw["holds"], place)


def check_guard(*, draft: Draft, guard: Guard, cites: bool) -> None:
    """Refuse a guard that blocks without a checked article, or whose examples do not show it."""
    if guard.mode == "block" and not guard.checked.verified:
        draft.refuse(
            guard.place,
            f"护栏 {guard.id} 待核，却不许办理（mode: block）。",
            "没有经法制人员核对的规则只能提醒（warn）或列线索（list）。",
            "请核对后写 checked: {on: 日期, by: legal}，或改 mode。",
        )
    if guard.mode == "list" and guard.listed_as == guard.says:
        draft.refuse(
            guard.place,
            f"护栏 {guard.id} 列线索，却没有写对监督员怎么说。",
            "",
            "请写 listed_as：一句话说发生了什么，不下结论。",
        )
    if guard.status != "active":
        return
    if not cites:
        draft.refuse(
            guard.place,
            f"护栏 {guard.id} 没有依据。",
            "",
            "请写 basis；没有依据的请改为 status: draft。",
        )
    missing = {True: "符合（holds: true）", False: "不符合（holds: false）"}
    for case in guard.cases:
        missing.pop(case.holds, None)
        run_case(draft=draft, guard=guard, case=case)
    if missing:
        draft.refuse(
            guard.place,
            f"护栏 {guard.id} 缺少{'和'.join(missing.values())}的例子。",
            "",
            "请在 cases 里补上：办案人一看就懂的名字、给定的事实、是否符合。",
        )


def run_case(*, draft: Draft, guard: Guard, case: GuardCase) -> None:
    """Evaluate one example of a guard; facts that it does not give have their initial value."""
    facts = {name: draft.facts[name].initial for name in guard.when.variables} | dict(case.given)
    try:
        holds = guard.when.evaluate({name: as_cel(value) for name, value in facts.items()})
    except Exception as error:
        draft.refuse(case.place, f"例子“{case.name}”算不出来：{error}", "", "请补上缺少的事实。")
        return
    if holds != case.holds:
        shown = "、".join(
            f"{draft.facts[name].title}＝{words.display(fact=draft.facts[name], value=value)}"
            for name, value in facts.items()
        )
        draft.refuse(
            case.place,
            f"例子“{case.name}”应当{'' if case.holds else '不'}符合 {guard.id}，算出来却相反。",
            f"{shown}。",
            "请改正条件（when）或例子。",
        )
