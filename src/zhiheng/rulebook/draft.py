"""What has been read so far while a rulebook loads, and the problems found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhiheng.rulebook import schemas, words
from zhiheng.rulebook.discretion_model import Grounds, Table
from zhiheng.rulebook.expressions import Expression, compile_expression
from zhiheng.rulebook.model import (
    Basis,
    Checked,
    Fact,
    Guard,
    Parameter,
    Place,
    Span,
    Statute,
    Value,
)
from zhiheng.rulebook.problems import Problem, known_among
from zhiheng.rulebook.source import Lined, read_yaml
from zhiheng.rulebook.tables import Procedure, Story
from zhiheng.rulebook.typecheck import PredicateError, check_predicate


@dataclass(slots=True)
class Draft:
    """The rulebook while it is being read: what is known, and what is wrong."""

    root: Path
    schema_folder: Path
    problems: list[Problem] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)
    statutes: dict[str, Statute] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    fact_files: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    guards: dict[str, Guard] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    procedures: dict[str, dict[int, Procedure]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    grounds: dict[str, Grounds] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    documents: frozenset[str] | None = None

    def refuse(self, place: Place, what: str, known: str = "", next_step: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(place.file, place.line, what, known, next_step))

    def place(self, file: str, where: Lined, key: str = "") -> Place:
        """Return the place of a key in a mapping."""
        return Place(file, where.at(key) if key else where.line)

    def open(self, path: Path, kind: str) -> Lined | None:
        """Read one file of a kind; None when it cannot be used."""
        name = path.relative_to(self.root).as_posix()
        content, problems = read_yaml(path=path, name=name)
        if not problems:
            problems = schemas.check_shape(
                content=content, kind=kind, name=name, folder=self.schema_folder
            )
        self.unreadable += problems
        return content if not problems and isinstance(content, Lined) else None

    def known(
        self, *, word: str, choices: Iterable[str], place: Place, what: str, next_step: str
    ) -> bool:
        """Say whether `word` is among `choices`; if not, note the problem."""
        names = list(choices)
        if word in names:
            return True
        self.refuse(
            place, f"{what} {word} 不存在。", known_among(word=word, choices=names), next_step
        )
        return False


def read_date(*, draft: Draft, raw: Any, place: Place) -> date | None:
    """Return the date, or None and a problem when there is no such day."""
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        draft.refuse(place, f"没有 {raw} 这一天。", "", "请核对年月日。")
        return None


def read_span(*, draft: Draft, raw: Mapping[str, Any], place: Place) -> Span:
    """Return `[from, until)`; a problem when it ends before it begins."""
    start = read_date(draft=draft, raw=raw.get("from"), place=place) or date.min
    until = read_date(draft=draft, raw=raw.get("until"), place=place)
    if until is not None and until <= start:
        draft.refuse(
            place,
            f"失效日 {until} 不晚于生效日 {start}。",
            "until 当日已不适用。",
            "请核对起止日期。",
        )
    return Span(start, until)


def read_checked(*, draft: Draft, raw: Mapping[str, Any], place: Place) -> Checked:
    """Return who compared the rule with the text, and when."""
    on = read_date(draft=draft, raw=raw.get("on"), place=place)
    if raw["by"] == "legal" and on is None:
        draft.refuse(
            place, "核对过的规则没有写核对日期。", "", "请写 checked: {on: 日期, by: legal}。"
        )
    return Checked(by=raw["by"], on=on, note=raw.get("note", ""))


def read_basis(*, draft: Draft, raw: Any, file: str, place: Place) -> tuple[Basis, ...]:
    """Return the citations, each resolved to a statute and an article that exist."""
    entries = [raw] if isinstance(raw, dict) else list(raw or ())
    found = []
    for entry in entries:
        where = Place(file, entry.line) if isinstance(entry, Lined) else place
        statute = draft.statutes.get(entry["statute"])
        if statute is None:
            draft.known(
                word=entry["statute"],
                choices=draft.statutes,
                place=where,
                what="法规",
                next_step="请改正编号，或在 rulebook/statutes/ 增加这部法规的文件。",
            )
            continue
        article = statute.articles.get(entry["article"])
        if article is None:
            _refuse_article(draft, where, statute, entry["article"])
            continue
        paragraph, item = entry.get("paragraph", ""), entry.get("item", "")
        text = words.citation_in_words(
            statute=statute, article=article.number, paragraph=paragraph, item=item
        )
        found.append(Basis(statute.id, article.number, paragraph, item, text, article.digest))
    return tuple(found)


def _refuse_article(draft: Draft, place: Place, statute: Statute, article: str) -> None:
    draft.refuse(
        place,
        f'{statute.id}（{statute.title}）里没有登记条文 "{article}"。',
        known_among(word=article, choices=statute.articles),
        f"请改正条号；确有此条的，在 rulebook/statutes/{statute.id}.yaml 增加它的摘要；"
        "法规修改过的，另立新文件并写明施行日。",
    )


def read_values(*, draft: Draft, raw: Any, file: str, place: Place) -> dict[str, Value]:
    """Return facts with values of their declared types."""
    values: dict[str, Value] = {}
    for name, given in (raw or {}).items():
        where = draft.place(file, raw, name) if isinstance(raw, Lined) else place
        if is_fact(draft=draft, name=name, place=where):
            values[name] = read_value(draft=draft, fact=draft.facts[name], raw=given, place=where)
    return values


def read_value(*, draft: Draft, fact: Fact, raw: Any, place: Place) -> Value:
    """Return one value of a fact, and note it when the type is wrong."""
    value = words.as_fact_value(fact=fact, raw=raw)
    if wrong := words.value_error(fact=fact, value=value):
        draft.refuse(place, f"{wrong}。", "", "请改成声明的类型，或改 facts/ 里的声明。")
    return value


def is_fact(*, draft: Draft, name: str, place: Place) -> bool:
    """Say whether the fact is declared; note it when not."""
    return draft.known(
        word=name,
        choices=draft.facts,
        place=place,
        what="事实",
        next_step="请改正名称，或在 rulebook/facts/ 声明它。",
    )


def read_predicate(
    *, draft: Draft, source: str, facts: Mapping[str, Fact], place: Place
) -> Expression | None:
    """Return the compiled predicate, type-checked; None and a problem when it cannot be right."""
    try:
        check_predicate(source=source, facts=facts)
        return compile_expression(source)
    except PredicateError as error:
        draft.refuse(
            place, f"{error}：{source}", error.known, "请对照 facts/ 里声明的名称、类型和选项改写。"
        )
    except ValueError as error:
        draft.refuse(place, f"条件写法不通：{error}", "", "请检查括号、引号和运算符。")
    return None
