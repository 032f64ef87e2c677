"""The document templates of the rulebook: what each document is called, needs and cites.

Reads `rulebook/documents/<code>/manifest.yaml`; knows nothing of Django or the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TYPES = frozenset({"text", "date", "datetime", "cents", "list", "bool", "table", "remedy"})
KINDS = frozenset({"external", "internal", "record"})
FIELD_KEYS = frozenset(
    {"name", "title", "type", "required", "required_if", "source", "basis", "columns", "choices"}
)
MANIFEST_KEYS = frozenset(
    {"code", "title", "kind", "version", "seal", "number", "basis", "checked", "common", "fields",
     "note"}
)  # fmt: skip


class BadManifest(Exception):
    """A manifest that does not hold; names the file, what is wrong and what is known."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One fact that a document shows; `name` is a dotted path into the facts."""

    name: str
    title: str
    type: str = "text"
    required: bool = True
    required_if: str = ""
    source: str = ""
    basis: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Template:
    """A document template: identity, numbering, fields, and the place of its Typst source."""

    code: str
    title: str
    kind: str
    version: str
    seal: bool
    series: str
    number_pattern: str
    basis: tuple[str, ...]
    fields: tuple[Field, ...]
    folder: Path
    note: str = ""

    @property
    def source(self) -> Path:
        """The Typst source of the document."""
        return self.folder / "template.typ"

    def field(self, name: str) -> Field | None:
        """The field of that name, if the document has it."""
        return next((f for f in self.fields if f.name == name), None)


def _refuse(path: Path, what: str) -> BadManifest:
    return BadManifest(f"{path}：{what}")


def _basis(entries: Any) -> tuple[str, ...]:
    """`[{statute: apl-2021, article: "59"}]` as `("apl-2021:59",)`."""
    return tuple(f"{entry['statute']}:{entry['article']}" for entry in entries or ())


def _columns(raw: list[dict[str, str]], path: Path) -> tuple[tuple[str, str, str], ...]:
    for column in raw:
        if not {"name", "title"} <= set(column) <= {"name", "title", "type"}:
            raise _refuse(path, f"表格列 {column} 只能写 name、title、type。")
    return tuple((c["name"], c["title"], c.get("type", "text")) for c in raw)


def _field(raw: dict[str, Any], path: Path) -> Field:
    unknown = set(raw) - FIELD_KEYS
    if unknown or "name" not in raw or "title" not in raw:
        known = "、".join(sorted(FIELD_KEYS))
        raise _refuse(
            path, f"要素 {raw} 有未知键 {sorted(unknown)} 或缺 name、title；可用：{known}。"
        )
    kind = raw.get("type", "text")
    if kind not in TYPES:
        raise _refuse(path, f"要素 {raw['name']} 的类型 {kind} 不存在；可用：{sorted(TYPES)}。")
    if kind == "table" and not raw.get("columns"):
        raise _refuse(path, f"表格要素 {raw['name']} 没有写 columns。")
    return Field(
        name=raw["name"],
        title=raw["title"],
        type=kind,
        required=raw.get("required", True),
        required_if=raw.get("required_if", ""),
        source=raw.get("source", ""),
        basis=_basis(raw.get("basis")),
        columns=_columns(raw.get("columns", []), path),
        choices=tuple((str(k), str(v)) for k, v in (raw.get("choices") or {}).items()),
    )


def _common(root: Path) -> dict[str, list[dict[str, Any]]]:
    with (root / "_lib" / "common.yaml").open(encoding="utf-8") as source:
        groups: dict[str, list[dict[str, Any]]] = yaml.safe_load(source)
    return groups


def _read(path: Path, groups: dict[str, list[dict[str, Any]]]) -> Template:
    with path.open(encoding="utf-8") as source:
        raw = yaml.safe_load(source)
    unknown = set(raw) - MANIFEST_KEYS
    if unknown:
        raise _refuse(path, f"未知键 {sorted(unknown)}；可用：{sorted(MANIFEST_KEYS)}。")
    if raw["code"] != path.parent.name:
        raise _refuse(path, f"code 是 {raw['code']}，应与文件夹名 {path.parent.name} 相同。")
    if raw["kind"] not in KINDS:
        raise _refuse(path, f"kind 是 {raw['kind']}，只能是 {sorted(KINDS)}。")
    for group in raw.get("common", []):
        if group not in groups:
            raise _refuse(path, f"公共要素组 {group} 不在 _lib/common.yaml；有：{sorted(groups)}。")
    parts = [entry for group in raw.get("common", []) for entry in groups[group]]
    own = {entry["name"] for entry in raw.get("fields", [])}
    merged = [entry for entry in parts if entry["name"] not in own] + raw.get("fields", [])
    number = raw.get("number") or {}
    return Template(
        code=raw["code"],
        title=raw["title"],
        kind=raw["kind"],
        version=str(raw["version"]),
        seal=bool(raw["seal"]),
        series=number.get("series", ""),
        number_pattern=number.get("pattern", ""),
        basis=_basis(raw.get("basis")),
        fields=tuple(_field(entry, path) for entry in merged),
        folder=path.parent,
        note=raw.get("note", ""),
    )


@cache
def load_templates(*, root: Path) -> dict[str, Template]:
    """All document templates under `root` (`rulebook/documents`), by code."""
    groups = _common(root)
    paths = sorted(root.glob("F-*/manifest.yaml"))
    return {path.parent.name: _read(path, groups) for path in paths}
