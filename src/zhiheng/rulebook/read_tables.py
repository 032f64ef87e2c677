"""Reading stories."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.model import Place
from zhiheng.rulebook.source import Lined
from zhiheng.rulebook.tables import Story, StoryStep


def read_story(*, draft: Draft, path: Path) -> None:
    """Read one story; its facts and steps must exist in its procedure."""
    raw = draft.open(path, "story")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    if not draft.known(
        word=raw["procedure"],
        choices=draft.procedures,
        place=draft.place(file, raw, "procedure"),
        what="程序",
        next_step="请改正程序编号。",
    ):
        return
    facts = drafts.read_values(
        draft=draft, raw=raw.get("facts"), file=file, place=draft.place(file, raw, "facts")
    )
    steps = [_story_step(draft, file, raw["procedure"], body) for body in raw["steps"]]
    for earlier, later in pairwise(steps):
        if later.on < earlier.on:
            draft.refuse(later.place, "故事里的日期倒退了。", "", "请按时间先后排列。")
    draft.stories.append(
        Story(
            title=raw["story"],
            procedure=raw["procedure"],
            domain=raw.get("domain", ""),
            region=raw.get("region", ""),
            facts=MappingProxyType(facts),
            steps=tuple(steps),
            place=draft.place(file, raw, "story"),
        )
    )


def _story_step(draft: Draft, file: str, procedure: str, raw: Lined) -> StoryStep:
    place = Place(file, raw.line)
    versions = draft.procedures[procedure].values()
    for key, what in (("do", "步骤"), ("event", "事件")):
        names = {name for p in versions for name in (p.steps if key == "do" else p.events)}
        if key in raw:
            draft.known(
                word=raw[key], choices=names, place=place, what=what, next_step="请改正名称。"
            )
    if sum(key in raw for key in ("do", "event", "change")) == 0:
        draft.refuse(place, "这一天什么也没有发生。", "可写 do、event 或 change。", "请补上。")
    expect: dict[str, Any] = dict(raw.get("expect") or {})
    if "facts" in expect:
        expect["facts"] = drafts.read_values(
            draft=draft, raw=expect["facts"], file=file, place=place
        )
    for name in [*expect.get("blocked_by", ()), *expect.get("warned_by", ())]:
        draft.known(
            word=name, choices=draft.guards, place=place, what="护栏", next_step="请改正编号。"
        )
    return StoryStep(
        on=drafts.read_date(draft=draft, raw=raw["on"], place=place) or date.min,
        do=raw.get("do", ""),
        event=raw.get("event", ""),
        given=MappingProxyType(_values(draft, raw, "with", file)),
        change=MappingProxyType(_values(draft, raw, "change", file)),
        expect=MappingProxyType(expect),
        place=place,
    )


def _values(draft: Draft, raw: Lined, key: str, file: str) -> dict[str, Any]:
    place = draft.place(file, raw, key)
    return dict(drafts.read_values(draft=draft, raw=raw.get(key), file=file, place=place))
