"""Closed schemas: no key that we do not know, and a sentence for each that is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from zhiheng.rulebook.problems import Problem, known_among
from zhiheng.rulebook.source import Lined, LinedList

TYPES = {
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或 false",
    "object": "键和值",
    "array": "清单",
    "null": "null",
}


@lru_cache(maxsize=8)
def validators(folder: Path) -> dict[str, Draft202012Validator]:
    """Return a validator for each kind of file, by the name before `.schema.json`."""
    bodies = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.schema.json"))
    }
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(body)) for name, body in bodies.items()]
    )
    return {
        name.removesuffix(".schema.json"): Draft202012Validator(body, registry=registry)
        for name, body in bodies.items()
    }


def check_shape(*, content: Any, kind: str, name: str, folder: Path) -> list[Problem]:
    """Return what in `content` does not fit the schema of its kind of file."""
    validator = validators(folder)[kind]
    return [
        _problem(error, content, name)
        for found in validator.iter_errors(content)
        for error in _innermost(found)
    ]


def _innermost(error: ValidationError) -> Iterator[ValidationError]:
    """Of an `anyOf`, follow the branch that the writer most likely meant."""
    if error.validator != "anyOf" or not error.context:
        yield error
        return
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(int(inner.schema_path[0]), []).append(inner)
    fitting = [
        found
        for found in branches.values()
        if not any(one.validator in ("type", "const") and not one.path for one in found)
    ]
    if not fitting:
        yield error
        return
    for inner in fitting[0]:
        inner.parent = None
        inner.path.extendleft(reversed(error.path))
        yield from _innermost(inner)


def line_of(*, content: Any, path: Iterable[str | int]) -> int:
    """Return the line where the value at `path` stands."""
    line = getattr(content, "line", 1)
    here = content
    for step in path:
        if isinstance(here, Lined) and isinstance(step, str):
            line, here = here.at(step), here.get(step)
        elif isinstance(here, LinedList) and isinstance(step, int):
            line, here = here.at(step), here[step]
        else:
            break
    return int(line)


def _problem(error: Any, content: Any, name: str) -> Problem:
    path = list(error.path)
    line = line_of(content=content, path=path)
    where = ".".join(str(part) for part in path) or "文件"
    if error.validator == "additionalProperties":
        return _unknown_key(error, name, where, line)
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return Problem(
            name,
            line,
            f"{where} 缺少 {'、'.join(missing)}。",
            "",
            "请补上；格式见 rulebook/README.md。",
        )
    what, known, step = _sentence(error, where)
    return Problem(name, line, what, known, step)


def _unknown_key(error: Any, name: str, where: str, line: int) -> Problem:
    allowed = error.schema.get("properties", {})
    unknown = [key for key in error.instance if key not in allowed]
    at = error.instance.at(unknown[0]) if isinstance(error.instance, Lined) else line
    return Problem(
        name,
        at,
        f"{where} 里不认识键 {'、'.join(unknown)}。",
        known_among(word=unknown[0], choices=allowed),
        "请改正写法，或删去；要加新键的，先改 rulebook/_schema。",
    )


def _sentence(error: Any, where: str) -> tuple[str, str, str]:
    shown = json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    if error.validator in ("type", "anyOf"):
        wanted = error.validator_value if error.validator == "type" else _branch_types(error)
        kinds = [wanted] if isinstance(wanted, str) else list(wanted)
        step = "请改成上述类型。"
        if "string" in kinds and isinstance(error.instance, (int, float)):
            step = f'条文号、编码等请加引号，写作 "{error.instance}"。'
        names = "或".join(TYPES.get(kind, kind) for kind in kinds)
        return f"{where} 应是{names}，写的是 {shown}。", "", step
    if error.validator == "enum":
        choices = [str(choice) for choice in error.validator_value]
        word = str(error.instance)
        return (
            f"{where} 不能是 {shown}。",
            known_among(word=word, choices=choices),
            "请从中选一个。",
        )
    if error.validator == "pattern":
        hint = error.schema.get("description", f"格式须符合 {error.validator_value}")
        return f"{where} 写作 {shown}，不合格式。", f"{hint}。", "请照格式改写。"
    if error.validator in ("minItems", "minProperties", "minLength"):
        return f"{where} 不能为空。", "", "请写上内容，或删去这个键。"
    return f"{where} 不合要求：{error.message}", "", "请对照 rulebook/_schema 里的格式改正。"


def _branch_types(error: Any) -> list[str]:
    kinds: list[str] = []
    for inner in error.context or ():
        value = inner.validator_value if inner.validator == "type" else ()
        kinds += [value] if isinstance(value, str) else list(value)
    return kinds
