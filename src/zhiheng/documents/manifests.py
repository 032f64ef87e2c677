"""The document templates of the rulebook: what each document is called, needs and cites.

Reads `rulebook/documents/<code>/manifest.yaml`; knows nothing of Django or the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TYPES = frozenset({"text", "date", "datetime", "cents", "list", "bool", "table", "remedy"})
KINDS = frozenset({"external", "internal", "record"})
SWITCH = "variant"
FIELD_KEYS = frozenset(
    {"name", "title", "type", "required", "required_if", "source", "basis", "columns", "choices",
     "variants", "procedures"}
)  # fmt: skip
MANIFEST_KEYS = frozenset(
    {"code", "title", "kind", "version", "seal", "number", "basis", "checked", "common", "fields",
     "note", "variants"}
)  # fmt: skip
VARIANT_KEYS = frozenset({"title", "kind", "seal", "number", "file", "basis"})


class BadManifest(Exception):
    """A manifest that does not hold; names the file, what is wrong and what is known."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One fact that a document shows; `name` is a dotted path into the facts.

    variants: the papers of the code that show it; empty means all of them.
    procedures: of a remedy, the kinds of procedure that it may follow from; empty means any.
    """

    name: str
    title: str
    type: str = "text"
    required: bool = True
    required_if: str = ""
    source: str = ""
    basis: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    variants: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Template:
    """A document template: identity, numbering, fields, and the place of its Typst source.

    Where one code stands for several papers (审批表、决定书), `papers` holds each by its variant and
    the fields are those of all of them; `paper` gives the one that the facts ask for.
    """

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
    variant: str = ""
    file: str = "template"
    papers: Mapping[str, Template] = with_default(default_factory=dict)

    @property
    def source(self) -> Path:
        """The Typst source of the document."""
        return self.folder / f"{self.file}.typ"

    def paper(self, *, facts: Mapping[str, Any]) -> Template:
        """The paper that `facts["variant"]` names; the template itself where there is only one.

        An unknown or missing variant gives a template whose only field is the variant, so that
        the refusal asks for it.
        """
        if not self.papers or self.variant:
            return self
        found = self.papers.get(str(facts.get(SWITCH, "")))
        return found or replace(self, fields=self.fields[:1], papers={})

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
        variants=tuple(raw.get("variants") or ()),
        procedures=tuple(raw.get("procedures") or ()),
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
    numbering = _numbering(raw)
    template = Template(
        code=raw["code"],
        title=raw["title"],
        kind=raw["kind"],
        version=str(raw["version"]),
        seal=bool(raw["seal"]),
        series=numbering[0],
        number_pattern=numbering[1],
        basis=_basis(raw.get("basis")),
        fields=_fields(raw, path, groups),
        folder=path.parent,
        note=raw.get("note", ""),
    )
    return _with_papers(template, raw.get("variants") or {}, path)


def _numbering(raw: dict[str, Any]) -> tuple[str, str]:
    number = raw.get("number") or {}
    return number.get("series", ""), number.get("pattern", "")


def _fields(
    raw: dict[str, Any], path: Path, groups: dict[str, list[dict[str, Any]]]
) -> tuple[Field, ...]:
    """The switch first, if there are variants; then the common groups, then the own fields.

    An own field replaces a common one of its name.
    """
    parts = [entry for group in raw.get("common", []) for entry in groups[group]]
    own = {entry["name"] for entry in raw.get("fields", [])}
    merged = [entry for entry in parts if entry["name"] not in own] + raw.get("fields", [])
    variants = raw.get("variants") or {}
    if variants:
        titles = {key: variant.get("title", "") for key, variant in variants.items()}
        switch = {"name": SWITCH, "title": "文书种类", "source": "步骤", "choices": titles}
        merged = [switch, *merged]
    fields = tuple(_field(entry, path) for entry in merged)
    for field in fields:
        strange = sorted(set(field.variants) - set(variants))
        if strange:
            raise _refuse(
                path, f"要素 {field.name} 的 variants 写了 {strange}；有：{list(variants)}。"
            )
    return fields


def _with_papers(template: Template, variants: dict[str, Any], path: Path) -> Template:
    """The template with one paper for each variant; each keeps what it does not state itself."""
    papers = {}
    for key, raw in variants.items():
        if not {"title"} <= set(raw) <= VARIANT_KEYS:
            raise _refuse(path, f"文书种类 {key} 要写 title，只能写 {sorted(VARIANT_KEYS)}。")
        if raw.get("kind", template.kind) not in KINDS:
            raise _refuse(path, f"文书种类 {key} 的 kind 只能是 {sorted(KINDS)}。")
        papers[key] = replace(
            template,
            variant=key,
            title=raw["title"],
            kind=raw.get("kind", template.kind),
            seal=bool(raw.get("seal", template.seal)),
            series=_numbering(raw)[0] if "number" in raw else template.series,
            number_pattern=_numbering(raw)[1] if "number" in raw else template.number_pattern,
            file=raw.get("file", key.lower()),
            basis=_basis(raw["basis"]) if "basis" in raw else template.basis,
            fields=tuple(f for f in template.fields if not f.variants or key in f.variants),
        )
    if not papers:
        return template
    return replace(template, papers=papers, file=next(iter(papers.values())).file)


@cache
def load_templates(*, root: Path) -> dict[str, Template]:
    """All document templates under `root` (`rulebook/documents`), by code."""
    groups = _common(root)
    paths = sorted(root.glob("F-*/manifest.yaml"))
    return {path.parent.name: _read(path, groups) for path in paths}


def papers_of(*, templates: Mapping[str, Template]) -> list[Template]:
    """Every paper that can be made, in the order of codes: each variant, or the template itself."""
    return [paper for one in templates.values() for paper in one.papers.values() or (one,)]


def sample_facts(*, paper: Template) -> dict[str, Any]:
    """A whole set of facts for a paper: sample.json, and what sample-<variant>.json replaces."""
    names = ["sample.json"]
    if paper.variant and (paper.folder / f"sample-{paper.variant}.json").exists():
        names.append(f"sample-{paper.variant}.json")
    facts: dict[str, Any] = {}
    for name in names:
        facts |= json.loads((paper.folder / name).read_text(encoding="utf-8"))
    return facts | ({SWITCH: paper.variant} if paper.variant else {})
