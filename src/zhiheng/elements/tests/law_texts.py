"""Texts of laws for tests: invented ones, and real ones read from the shared data."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

from tests.shared_data import shared_data
from zhiheng.laws.models import Law, LawNode, LawVersion
from zhiheng.laws.reading.jsonl import read_jsonl
from zhiheng.laws.services.importing import import_source

AT = datetime(2026, 7, 1, 2, tzinfo=UTC)


def law(title: str) -> Law:
    short = title.removeprefix("中华人民共和国")
    found, _ = Law.objects.get_or_create(
        short=short, region_code="100000", defaults={"title": title, "level": "LAW"}
    )
    return found


def version(title: str, articles: dict[str, str], **more) -> LawVersion:
    """A version whose articles are single paragraphs, by number."""
    made = LawVersion.objects.create(
        law=law(title), label=f"{more.get('valid_from')}", source="测试", imported_at=AT,
        text_digest=str(abs(hash(tuple(articles.items()))))[:60], article_count=len(articles), **more,
    )  # fmt: skip
    for position, (number, words) in enumerate(articles.items()):
        head = LawNode.objects.create(
            version=made, kind="ARTICLE", number=number, path=number, label=f"第{number}条",
            position=position * 2,
        )  # fmt: skip
        LawNode.objects.create(
            version=made, parent=head, kind="PARAGRAPH", number="1", path=f"{number}/1",
            label="第一款", position=position * 2 + 1, text=words,
        )  # fmt: skip
    return made


def real(*titles: str, folder: Path, on: date = date(2026, 11, 20), at: datetime = AT) -> None:
    """Import laws of these titles from the shared data; the test is skipped where it is absent."""
    for name in ("regulations-2025.jsonl.gz", "national-2026.jsonl.gz"):
        wanted = folder / name.removesuffix(".gz")
        with gzip.open(shared_data("laws") / name, "rt", encoding="utf-8") as lines:
            wanted.write_text(
                "".join(one for one in lines if any(title in json.loads(one)["law"] for title in titles)),
                encoding="utf-8",
            )  # fmt: skip
        if wanted.stat().st_size:
            import_source(source=read_jsonl(wanted), at=at, on=on, clock=lambda: at)
