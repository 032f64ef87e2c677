"""Reading statutes, facts and parameters into their typed forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.model import (
    Article,
    DatedValue,
    Fact,
    Parameter,
    Place,
    Statute,
    Value,
)
from zhiheng.rulebook.source import Lined

BASE_DOMAIN = "base"


def read_statute(*, draft: Draft, path: Path) -> None:
    """Read one statute."""
    raw = draft.open(path, "statute")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    place = draft.place(file, raw, "id")
    if raw["id"] in draft.statutes:
        draft.refuse(place, f"法规编号 {raw['id']} 已有一份。", "", "请换一个编号。")
        return
    articles = {
        number: Article(number, body.get("zh", ""), body["digest"])
        for number, body in raw["articles"].items()
    }
    draft.statutes[raw["id"]] = Statute(
        id=raw["id"],
        title=raw["title"],
        short=raw.get("short", raw["title"]),
        level=raw["level"],
        adopted=drafts.read_date(draft=draft, raw=raw.get("adopted"), place=place),
        in_force=drafts.read_span(draft=draft, raw=raw["in_force"], place=place),
        source=raw["source"],
        articles=MappingProxyType(articles),
        place=place,
    )


def read_facts(*, draft: Draft, path: Path) -> None:
    """Read one file of facts; a fact has one declaration in the whole rulebook."""
    raw = draft.open(path, "facts")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    names = draft.fact_files.setdefault(path.stem, [])
    for name, body in raw.items():
        place = draft.place(file, raw, name)
        if name in draft.facts:
            other = draft.facts[name].place
            draft.refuse(
                place,
                f"事实 {name} 已在 {other.file}:{other.line} 声明。",
                "",
                "请只留一处；意思不同的，请换名。",
            )
            continue
        draft.facts[name] = read_fact(draft=draft, name=name, body=body, place=place)
        names.append(name)


def read_fact(*, draft: Draft, name: str, body: Mapping[str, Any], place: Place) -> Fact:
    """Return one fact; a choice has its codes, a deadline fact its deadline."""
    kind = body["type"]
    _check_form(draft, name, body, place)
    bare = Fact(name, body["title"], kind, body["source"], None, MappingProxyType(_choices(body)))
    default: Value = False if kind == "bool" else None
    initial = drafts.read_value(
        draft=draft, fact=bare, raw=body.get("initial", default), place=place
    )
    explore = [
        drafts.read_value(draft=draft, fact=bare, raw=value, place=place)
        for value in body.get("explore", ())
    ]
    return Fact(
        id=name,
        title=body["title"],
        type=kind,
        source=body["source"],
        initial=initial,
        choices=bare.choices,
        explore=tuple(explore),
        fixed_by=body.get("fixed_by", ""),
        deadline=body.get("deadline", ""),
        share=body.get("share", 0),
        varies=body.get("varies", bool(body.get("fixed_by"))),
        optional=body.get("optional", False),
        multiline=body.get("multiline", False),
        personal=body.get("personal", False),
        help=body.get("help", ""),
        place=place,
    )


def _check_form(draft: Draft, name: str, body: Mapping[str, Any], place: Place) -> None:
    kind = body["type"]
    if (kind == "enum") != ("choices" in body):
        draft.refuse(
            place,
            f"事实 {name}：选项（choices）与类型 {kind} 不相配。",
            "enum 必须有 choices，其他类型不能有。",
            "请补上或删去 choices。",
        )
    if (body["source"] == "deadline") != ("deadline" in body):
        draft.refuse(
            place,
            f"事实 {name}：由期限算出的，须写明是哪个期限（deadline）；其他来源的不写。",
            "",
            "请写 deadline: 期限参数的编号。",
        )


def _choices(body: Mapping[str, Any]) -> dict[str, str]:
    return dict(body.get("choices", {}))


def read_parameter(*, draft: Draft, path: Path) -> None:
    """Read one parameter with its dated values."""
    raw = draft.open(path, "parameter")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    place = draft.place(file, raw, "id")
    if raw["id"] in draft.parameters:
        draft.refuse(place, f"参数编号 {raw['id']} 已有一份。", "", "请合并，或换一个编号。")
        return
    kind = raw.get("kind", "value")
    values = tuple(
        read_dated_value(draft=draft, file=file, body=body, kind=kind, unit=raw.get("unit", ""))
        for body in raw["values"]
    )
    draft.parameters[raw["id"]] = Parameter(
        id=raw["id"],
        title=raw["title"],
        unit=raw.get("unit", ""),
        kind=kind,
        starts=raw.get("starts", ""),
        values=values,
        may_set=tuple(raw.get("may_set", ())),
        direction=raw.get("direction", "free"),
        whose=raw.get("whose", "agency"),
        place=place,
    )
    check_overlaps(draft=draft, parameter=draft.parameters[raw["id"]])


def read_dated_value(
    *, draft: Draft, file: str, body: Lined, kind: str, unit: str, region: str = ""
) -> DatedValue:
    """Return one value with the days, domain and region it holds for."""
    place = Place(file, body.line)
    key, other = ("amount", "value") if kind == "deadline" else ("value", "amount")
    unit = body.get("unit", unit)
    if key not in body or other in body or (kind == "deadline" and not unit):
        draft.refuse(
            place,
            f"{'期限' if kind == 'deadline' else '参数'}的值写得不对。",
            "期限写 amount 与 unit（ND 自然日、WD 工作日、M 月、Y 年、H 小时），其他参数写 value。",
            f"请写 {key}，不写 {other}。",
        )
    checked = drafts.read_checked(draft=draft, raw=body["checked"], place=place)
    basis = drafts.read_basis(draft=draft, raw=body["basis"], file=file, place=place)
    if checked.verified and not basis and not body.get("basis"):
        draft.refuse(place, "核对过的值没有依据。", "", "请写明法规和条，或改为 by: unverified。")
    return DatedValue(
        value=body.get(key, body.get(other, 0)),
        span=drafts.read_span(draft=draft, raw=body, place=place),
        domain=body.get("domain", BASE_DOMAIN),
        region=region or body.get("region", ""),
        basis=basis,
        checked=checked,
        unit=unit,
        roll=body.get("roll", "none"),
        excludes=tuple(body.get("excludes", ())),
        note=body.get("note", ""),
        place=place,
    )


def check_overlaps(*, draft: Draft, parameter: Parameter) -> None:
    """Refuse two values for the same days, domain and region."""
    for index, one in enumerate(parameter.values):
        for other in parameter.values[:index]:
            same = (one.domain, one.region) == (other.domain, other.region)
            if same and one.span.overlaps(other.span):
                draft.refuse(
                    one.place,
                    f"参数 {parameter.id} 在同一地区、领域、时段有两个值。",
                    f"另一个在第 {other.place.line} 行，自 {other.span.from_} 起。",
                    "请给旧值写上 until（不含当日）。",
                )
