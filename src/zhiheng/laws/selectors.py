"""法条库的读：找法律、找某日有效的文本、找条款项、取文字。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhiheng.laws.citations import Citation, plain_title
from zhiheng.laws.models import Law, LawNode, LawVersion
from zhiheng.laws.numerals import place_label

RANK = ("PART", "SUBPART", "CHAPTER", "SECTION", "ARTICLE", "PARAGRAPH", "ITEM")


@dataclass(frozen=True)
class Resolved:
    """What a citation means on a day. `problem`: why it means nothing; `caution`: what is unsure."""

    law: Law | None = None
    version: LawVersion | None = None
    node: LawNode | None = None
    problem: str = ""
    caution: str = ""


@dataclass(frozen=True)
class ArticleWords:
    """One article with all its words, paragraphs and items on lines of their own."""

    node: LawNode
    words: str


def find_law(title: str) -> Law | None:
    """A law by its title; 《》, 中华人民共和国 and a year of revision in brackets may be there or not."""
    found = list(Law.objects.filter(short=plain_title(title)).order_by("region_code", "id")[:1])
    return found[0] if found else None


def not_before(version: LawVersion) -> date:
    """The earliest day on which a version can have been in force, where its day is not established."""
    return version.valid_from or version.published_on or version.effective_claimed or date.min


def versions_of(law: Law) -> list[LawVersion]:
    """All texts of a law, the newest first."""
    return sorted(
        LawVersion.objects.filter(law=law).select_related("law", "ended_by__law"),
        key=lambda one: (one.published_on or not_before(one), -one.pk),
        reverse=True,
    )


def version_on(law: Law, on: date) -> LawVersion | None:
    """The text that held on a day; where a beginning is not established, publication bounds it."""
    return choose(versions_of(law), on)


def choose(versions: Iterable[LawVersion], on: date) -> LawVersion | None:
    """Of a law's versions, newest first, the one that held on a day."""
    for one in versions:
        if not_before(one) <= on and (one.valid_until is None or on < one.valid_until):
            return one
    return None


def last_before(versions: Iterable[LawVersion], on: date) -> LawVersion | None:
    """Of a law's versions, newest first, the last that had begun by a day, ended or not."""
    return next((one for one in versions if not_before(one) <= on), None)


def node_at(
    version: LawVersion, article: str, paragraph: str = "", item: str = ""
) -> LawNode | None:
    """A place in a version: article "132" or "132-1", paragraph "2", item "3".

    An item without a paragraph is the article's only item of that number; where several
    paragraphs have one it is not established which is meant, and nothing is found.
    """
    nodes = LawNode.objects.filter(version=version).select_related("version__law")
    if item and not paragraph:
        found = list(
            nodes.filter(kind=LawNode.Kind.ITEM, number=item, path__startswith=f"{article}/")[:2]
        )
        return found[0] if len(found) == 1 else None
    path = "/".join(one for one in (article, paragraph, item) if one)
    return nodes.filter(path=path).first()


def below(node: LawNode) -> QuerySet[LawNode]:
    """A node and everything under it, in order."""
    same = LawNode.objects.filter(version_id=node.version_id).order_by("position")
    if RANK.index(node.kind) >= RANK.index("ARTICLE"):
        return same.filter(path=node.path) | same.filter(path__startswith=f"{node.path}/")
    higher = RANK[: RANK.index(node.kind) + 1]
    end = same.filter(position__gt=node.position, kind__in=higher).values_list(
        "position", flat=True
    )
    last = end.first()
    rows = same.filter(position__gte=node.position)
    return rows.filter(position__lt=last) if last is not None else rows


def words_of(node: LawNode) -> str:
    """The words of a node with everything below it, one paragraph or item a line."""
    return "\n".join(below(node).exclude(text="").values_list("text", flat=True))


def articles_of(version: LawVersion) -> list[ArticleWords]:
    """All articles of a version with their words, in order, in one query."""
    articles: list[LawNode] = []
    words: dict[int, list[str]] = {}
    for node in LawNode.objects.filter(version=version).order_by("position"):
        if node.kind == LawNode.Kind.ARTICLE:
            articles.append(node)
            words[node.pk] = [node.text] if node.text else []
        elif node.text and articles:
            words[articles[-1].pk].append(node.text)
    return [ArticleWords(node, "\n".join(words[node.pk])) for node in articles]


def resolve(citation: Citation, on: date) -> Resolved:
    """What a citation means on a day: the law, the text in force, the place in it."""
    law = find_law(citation.title)
    if law is None:
        return Resolved(problem=f"法条库里没有《{citation.title}》。")
    versions = versions_of(law)
    version = choose(versions, on)
    if version is None:
        return Resolved(law=law, problem=why_none(law, versions, on))
    caution = "" if version.valid_from else "这个文本的施行日没有确定，按公布日推算它当时可能有效。"
    if not citation.article:
        return Resolved(law, version, None, "", caution)
    node = node_at(version, citation.article, citation.paragraph, citation.item)
    place = place_label(citation.article, citation.paragraph, citation.item)
    problem = "" if node else f"《{law.title}》（{version.label}）里没有{place}。"
    return Resolved(law, version, node, problem, caution)


def why_none(law: Law, versions: list[LawVersion], on: date) -> str:
    """Why a law has no text on a day, as a sentence."""
    ended = [one for one in versions if one.valid_until and one.valid_until <= on]
    if ended:
        return f"《{law.title}》已于 {ended[0].valid_until} 失效：{ended[0].ended_basis}。"
    first = min((not_before(one) for one in versions), default=None)
    return f"《{law.title}》在 {on} 没有有效的文本（最早 {first} 起）。"
