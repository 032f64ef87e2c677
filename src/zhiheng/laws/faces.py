"""法条库各屏的零件：文本的时间线、树、期间的说法。"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models.functions import Left
from django.urls import reverse

from zhiheng.laws import selectors
from zhiheng.laws.models import Law, LawNode, LawVersion
from zhiheng.laws.pages import Branch, Leaf, VersionFace

HEADINGS = ("PART", "SUBPART", "CHAPTER", "SECTION")
FIRST_WORDS = 32
OPEN_UP_TO = 40
"""A law with no more articles than this opens unfolded."""

CODES = {
    "GAP": "缺条", "GLUED": "夹入半句", "HEADING_INSIDE": "条内夹标题", "BROKEN_LINE": "断行",
    "STRAY_SPACE": "多余空格", "DUPLICATE": "重复", "CHAPTER_TWICE": "章号重复",
    "EMPTY_ARTICLE": "空条",
    "PART_MISSING": "缺编名", "DATE_UNKNOWN": "施行日未定", "DATE_CONFLICT": "日期不一",
    "END_UNKNOWN": "失效日未定", "SAME_DAY": "同日两文", "NOT_YET": "尚未施行",
    "STILL_IN_FORCE": "仍然有效", "STATUS_UNFOUNDED": "废止无据", "STATUS_OUTDATED": "状态过时",
    "PARTLY_REPEALED": "部分废止", "AMEND_UNCONFIRMED": "修改未核实",
}  # fmt: skip


def since(version: LawVersion) -> str:
    """自何日起, or what is known instead."""
    if version.valid_from:
        return f"{version.valid_from} 起"
    bound = version.published_on
    return f"施行日未确定（不早于 {bound}）" if bound else "施行日未确定"


def until(version: LawVersion) -> str:
    """何日失效, "" while open."""
    return f"{version.valid_until} 失效" if version.valid_until else ""


def days(version: LawVersion) -> str:
    """Both in one line."""
    return "，".join(one for one in (since(version), until(version)) if one)


def state(version: LawVersion | None, on: date) -> tuple[str, str]:
    """Word and tone for a text on a day."""
    if version is None:
        return "无有效文本", "plain"
    if version.valid_until and version.valid_until <= on:
        return "已失效", "plain"
    if selectors.not_before(version) > on:
        return "尚未施行", "warn"
    return ("有效", "ok") if version.valid_from else ("有效，施行日待核", "warn")


def caution(version: LawVersion | None) -> str:
    """What to know before relying on a text whose beginning is open."""
    if version is None or version.valid_from:
        return ""
    return "这个文本的施行日没有确定，按公布日推算它当时可能有效；用它以前请核对。"


def version_faces(
    versions: list[LawVersion], shown: LawVersion | None, on: date, name: str, args: list[object]
) -> list[VersionFace]:
    """All texts, the newest first, each leading to a screen on a day when it held."""
    faces = []
    for place, one in enumerate(versions):
        older = versions[place + 1] if place + 1 < len(versions) else None
        word, tone = state(one, on)
        if one.valid_until is None and any(selectors.not_before(n) <= on for n in versions[:place]):
            word, tone = "已有新文本", "plain"
        faces.append(
            VersionFace(
                version=one, since=since(one), until=until(one), note=word,
                href=f"{reverse(name, args=args)}?version={one.pk}",
                shown=shown is not None and one.pk == shown.pk, tone=tone,
                diff_href=diff_href(one.law, older, one) if older else "",
            )
        )  # fmt: skip
    return faces


def diff_href(law: Law, old: LawVersion, new: LawVersion) -> str:
    """Where two texts stand article by article."""
    return f"{reverse('law_diff', args=[law.pk])}?{urlencode({'old': old.pk, 'new': new.pk})}"


def article_href(law: Law, number: str, version: LawVersion) -> str:
    """An article's address, in one text."""
    return f"{reverse('law_article', args=[law.pk, number])}?version={version.pk}"


def grow_tree(version: LawVersion) -> Branch:
    """Headings and articles of a text, with each article's first words; two queries."""
    root = Branch("", open=True)
    branches: dict[int, Branch] = {}
    first = dict(
        LawNode.objects.filter(version=version, kind="PARAGRAPH", number="1").values_list(
            "parent_id", Left("text", FIRST_WORDS)
        )
    )
    rows = (
        LawNode.objects.filter(version=version, kind__in=(*HEADINGS, "ARTICLE"))
        .order_by("position")
        .only("id", "parent_id", "kind", "number", "label")
    )
    few = version.article_count <= OPEN_UP_TO
    for node in rows:
        above = branches.get(node.parent_id or 0, root)
        if node.kind == LawNode.Kind.ARTICLE:
            words = first.get(node.pk, "")
            href = article_href(version.law, node.number, version)
            above.articles.append(
                Leaf(
                    node.label,
                    words + ("…" if len(words) == FIRST_WORDS else ""),
                    href,
                    node.number,
                )
            )
        else:
            branches[node.pk] = Branch(node.label, open=few)
            above.children.append(branches[node.pk])
    return root


def law_facts(law: Law, version: LawVersion | None) -> list[tuple[str, object]]:
    """What is known of a law and of the text shown."""
    facts: list[tuple[str, object]] = [("位阶", law.get_level_display()), ("制定机关", law.issuer)]
    if version is not None:
        facts += [
            ("公布", version.published_on or "未载"),
            ("施行", since(version)), ("施行日的来由", version.dates_basis),
            ("失效", version.valid_until or "—"), ("失效依据", version.ended_basis),
            ("条数", version.article_count), ("来源", version.source),
            ("来源所称", _claimed(version)), ("来源摘要", version.source_digest[:16]),
            ("正文摘要", version.text_digest[:16]),
        ]  # fmt: skip
    return [(label, value) for label, value in facts if value not in ("", None)]


def _claimed(version: LawVersion) -> str:
    parts = [version.status_claimed]
    if version.effective_claimed:
        parts.append(f"{version.effective_claimed} 施行")
    return "，".join(one for one in parts if one)
