"""来源读出来的样子：一件法律文件的一个文本，还没有整理。"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhiheng.kernel.errors import Invalid


class UnreadableSource(Invalid):
    """A source that cannot be read as laws; says which file, which line, and what was expected."""


@dataclass(frozen=True)
class RawArticle:
    """One article as the source gives it: the headings above it as text, its words with line breaks."""

    label: str
    text: str
    chapter: str = ""
    section: str = ""
    part: str = ""
    subpart: str = ""


@dataclass
class RawLaw:
    """One text of one law as a source gives it, with what the source claims about it."""

    key: str
    title: str
    level: str = ""
    doc_type: str = ""
    issuer: str = ""
    region: str = ""
    published_on: date | None = None
    effective_on: date | None = None
    status: str = ""
    history: str = ""
    articles: list[RawArticle] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """Where laws were read: its name as shown, the digest of its bytes, the laws in it."""

    name: str
    digest: str
    laws: list[RawLaw]


def day(value: Any) -> date | None:
    """A date from a source; what is none is none."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def gather(rows: Iterable[Mapping[str, Any]]) -> list[RawLaw]:
    """Rows of articles, in order, put together into laws by the source's own key."""
    laws: dict[str, RawLaw] = {}
    for row in rows:
        law = laws.get(row["law_id"])
        if law is None:
            law = laws[row["law_id"]] = _law(row)
        law.articles.append(
            RawArticle(
                label=label_of(row),
                text=row["text"] or "",
                chapter=row.get("chapter") or "",
                section=row.get("section") or "",
            )
        )
    return list(laws.values())


def label_of(row: Mapping[str, Any]) -> str:
    """第一百三十二条之一, with 之一 where a source keeps it apart."""
    label = str(row.get("article_cn") or row.get("article") or "")
    sub = str(row.get("article_sub") or "")
    return label if not sub or sub in label else f"{label}{sub if sub[0] == '之' else '之' + sub}"


def _law(row: Mapping[str, Any]) -> RawLaw:
    return RawLaw(
        key=str(row["law_id"]),
        title=str(row["law"]).strip(),
        level=row.get("level") or "",
        doc_type=row.get("doc_type") or "",
        issuer=(row.get("issuing_body") or "")[:200],
        region=row.get("region") or "",
        published_on=day(row.get("version_date")) or day(row.get("publish_date")),
        effective_on=day(row.get("effective")),
        status=row.get("status") or "",
    )
