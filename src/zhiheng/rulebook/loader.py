"""Loading is total: the whole tree is read, resolved and checked, or none of it is used."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.discretion_checks import check_tables
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.joining import check_joins
from zhiheng.rulebook.layers import read_regions
from zhiheng.rulebook.problems import RulebookError
from zhiheng.rulebook.read_discretion import read_grounds, read_table
from zhiheng.rulebook.read_guards import read_guards
from zhiheng.rulebook.read_law import read_facts, read_parameter, read_statute
from zhiheng.rulebook.read_procedures import read_invariants, read_procedure
from zhiheng.rulebook.read_tables import read_story

PROJECT_ROOT = Path(__file__).resolve().parents[3] / "rulebook"
CALENDAR = "calendar"
AREAS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("statutes", read_statute),
    ("facts", read_facts),
    ("parameters", read_parameter),
    ("guards", read_guards),
    ("procedures", read_procedure),
    ("invariants", read_invariants),
    ("grounds", read_grounds),
    ("discretion", read_table),
    ("stories", read_story),
)


def default_root() -> Path:
    """Return the rulebook named by ZHIHENG_RULEBOOK, else the one beside the source."""
    return Path(os.environ.get("ZHIHENG_RULEBOOK", PROJECT_ROOT))


def load(root: Path | str | None = None, regions: Sequence[str] | None = None) -> Rulebook:
    """Load a rulebook; `regions` limits the packs that are layered on it (all, when None).

    While a file cannot be read at all, only such problems are told: what other files say about
    rules in it would be noise.

    Raises:
        RulebookError: with every problem found, each with file, line and next step.
    """
    where = Path(root) if root is not None else default_root()
    schemas = where / "_schema"
    draft = Draft(
        root=where, schema_folder=schemas if schemas.is_dir() else PROJECT_ROOT / "_schema"
    )
    documents = where / "documents"
    if documents.is_dir():
        draft.documents = frozenset(p.parent.name for p in documents.glob("*/manifest.yaml"))
    for area, read in AREAS:
        for path in files_of(root=where, area=area):
            read(draft=draft, path=path)
    packs, added = read_regions(draft=draft, only=None if regions is None else tuple(regions))
    check_whole(draft=draft)
    if found := draft.unreadable or draft.problems:
        raise RulebookError(problems=found)
    return Rulebook(
        root=where,
        version=digest_of(root=where),
        statutes=MappingProxyType(draft.statutes),
        all_facts=MappingProxyType(draft.facts),
        parameters=MappingProxyType(draft.parameters),
        guards=MappingProxyType(draft.guards),
        procedures=MappingProxyType({k: MappingProxyType(v) for k, v in draft.procedures.items()}),
        tables=MappingProxyType(draft.tables),
        grounds=MappingProxyType(draft.grounds),
        stories=tuple(draft.stories),
        regions=MappingProxyType(packs),
        added=MappingProxyType({key: tuple(found) for key, found in added.items()}),
    )


@lru_cache(maxsize=1)
def current() -> Rulebook:
    """Return the rulebook of this installation, loaded once per process."""
    return load()


def files_of(*, root: Path, area: str) -> list[Path]:
    """Return the files of an area in a stable order; the holiday calendar is the kernel's."""
    return [
        path
        for path in sorted((root / area).glob("**/*.yaml"))
        if CALENDAR not in path.relative_to(root).parts
    ]


def digest_of(*, root: Path) -> str:
    """Return twelve hex digits that change when any rule changes."""
    digest = hashlib.sha256()
    for area in (*(name for name, _ in AREAS), "regions"):
        for path in files_of(root=root, area=area):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def check_whole(*, draft: Draft) -> None:
    """Check what can be seen only when everything has been read."""
    deadlines = [p.id for p in draft.parameters.values() if p.kind == "deadline"]
    for fact in draft.facts.values():
        if fact.deadline:
            draft.known(
                word=fact.deadline,
                choices=deadlines,
                place=fact.place,
                what="期限",
                next_step="请改正编号，或在 rulebook/parameters/ 写出它（kind: deadline）。",
            )
    check_joins(draft=draft)
    check_tables(draft=draft)
