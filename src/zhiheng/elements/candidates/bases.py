"""The basis and its place under a candidate: found where it is there, else made at publication."""

from datetime import date, datetime

from zhiheng.elements import services as elements
from zhiheng.elements.models import Basis, BasisNode, ItemCandidate
from zhiheng.elements.policies import clause_label
from zhiheng.kernel.errors import Invalid
from zhiheng.laws.api import LawNode, LawVersion


def known_node(*, candidate: ItemCandidate) -> BasisNode | None:
    """The place in the basis that a candidate stands on, if it is registered already."""
    rows = BasisNode.objects.known().filter(law_node=candidate.law_node_id)
    return rows.select_related("basis").order_by("-valid_from", "-id").first()


def first_day(*, candidate: ItemCandidate) -> date:
    """The day before which nothing can rest on the candidate's place.

    Raises:
        Invalid: no source says since when the law holds.
    """
    if (node := known_node(candidate=candidate)) is not None:
        return node.valid_from
    basis = Basis.objects.known().filter(law_version=candidate.law_version_id).first()
    return basis.valid_from if basis else _begins(candidate.law_version)


def words_of(candidate: ItemCandidate) -> str:
    """《风筝管理办法》第一条第一款."""
    return f"《{candidate.law_version.law.title}》{label_of(candidate.law_node)}"


def node_for(*, candidate: ItemCandidate, at: datetime, approved_by: str) -> BasisNode:
    """The place in the basis that a candidate stands on, linked to the law corpus.

    Raises:
        Invalid: no source says since when the law holds.
    """
    node, version = candidate.law_node, candidate.law_version
    if (found := known_node(candidate=candidate)) is not None:
        return found
    basis = _basis(version=version, at=at, approved_by=approved_by)
    article, paragraph, item = place_of(node)
    row = BasisNode(
        basis=basis, article=article, paragraph=paragraph, item=item, law_node=node,
        label=label_of(node),
        region_code=basis.region_code, source_sys="laws", valid_from=basis.valid_from,
        valid_until=basis.valid_until, approved_by=approved_by,
    )  # fmt: skip
    return elements.record(row=row, at=at)


def place_of(node: LawNode) -> tuple[str, str, str]:
    """Article, paragraph and item of a node, from its path."""
    article, paragraph, item = (*node.path.split("/"), "", "")[:3]
    return article, paragraph, item


def label_of(node: LawNode) -> str:
    """第四十五条第二款; an article whose number is no number is called as the corpus calls it."""
    article, paragraph, item = place_of(node)
    if article.replace("-", "").isdigit() and int(article.partition("-")[0]) > 0:
        return clause_label(article=article, paragraph=paragraph, item=item)
    return f"第{article}条{node.label}"[:64]


def _basis(*, version: LawVersion, at: datetime, approved_by: str) -> Basis:
    found = Basis.objects.known().filter(law_version=version).first()
    if found is not None:
        return found
    begins = _begins(version)
    same = Basis.objects.known().filter(title=version.law.title, valid_from=begins).first()
    return same or elements.record(row=_new(version, begins, approved_by), at=at)


def _begins(version: LawVersion) -> date:
    begins = version.valid_from or version.published_on
    if begins is None:
        raise Invalid(
            f"{version.law}这个版本从哪天起施行还没有确定，不能作依据。",
            next_step="请先在法条库里核定它的施行日。",
        )
    return begins


def _new(version: LawVersion, begins: date, approved_by: str) -> Basis:
    law = version.law
    level = law.level if law.level in Basis.Level.values else Basis.Level.DOCUMENT
    return Basis(
        code=f"law-{version.pk}", title=law.title[:200], level=level, issuer=law.issuer[:120],
        promulgated_on=version.published_on, source=version.source, law_version=version,
        region_code=law.region_code, source_sys="laws", valid_from=begins,
        valid_until=version.valid_until, approved_by=approved_by,
    )  # fmt: skip
