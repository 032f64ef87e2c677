"""Components of casework: the way, the clock, next steps, the law beside, acts, evidence, documents.

Builtins of every template like those of `zh`; what they take is described in `zhiheng.web.faces`.
"""

from collections.abc import Iterable
from typing import Any

from django import template

from zhiheng.web.faces import value_of

register = template.Library()


@register.inclusion_tag("components/way.html")
def way(points: Iterable[Any], label: str = "办案进度") -> dict[str, Any]:
    """{% way page.way %}: a procedure as a line with dates (WayPoint)."""
    return {"points": points, "label": label}


@register.inclusion_tag("components/clock.html")
def clock(face: Any) -> dict[str, Any]:
    """{% clock page.clock %}: days left, what is counted and left out (ClockFace)."""
    return {"face": face}


@register.inclusion_tag("components/step_card.html")
def step_card(step: Any) -> dict[str, Any]:
    """{% step_card step %}: one next step, offered, warned, blocked or done (StepFace)."""
    return {"step": step, "status": str(value_of(step, "status") or "offered").lower()}


@register.inclusion_tag("components/finding.html")
def finding(finding: Any) -> dict[str, Any]:
    """{% finding each %}: why a step is closed or doubtful, the article, where to mend it (Finding)."""
    return {"finding": finding}


@register.inclusion_tag("components/next_steps.html")
def next_steps(
    steps: Iterable[Any], title: str = "下一步", empty: str = "眼下没有要您办的事。"
) -> dict[str, Any]:
    """{% next_steps page.steps %}: the card of all next steps."""
    return {"steps": list(steps), "title": title, "empty": empty}


@register.inclusion_tag("components/law_digests.html")
def law_digests(digests: Iterable[Any], title: str = "此刻的法") -> dict[str, Any]:
    """{% law_digests page.law %}: three to five articles that matter now (Digest)."""
    return {"digests": list(digests), "title": title}


@register.inclusion_tag("components/acts.html")
def acts(
    items: Iterable[Any],
    title: str = "刚刚发生",
    total: int | None = None,
    href: str = "",
    prove_href: str = "",
) -> dict[str, Any]:
    """{% acts page.acts total=31 href="…" prove_href="…" %}: a line of acts (ActFace)."""
    return {
        "items": list(items),
        "title": title,
        "total": total,
        "href": href,
        "prove_href": prove_href,
    }


@register.inclusion_tag("components/evidence_grid.html")
def evidence_grid(
    items: Iterable[Any], add_href: str = "", add_label: str = "添加证据"
) -> dict[str, Any]:
    """{% evidence_grid page.evidence add_href="…" %}: pictures first (EvidenceFace)."""
    return {"items": list(items), "add_href": add_href, "add_label": add_label}


@register.inclusion_tag("components/document_rows.html")
def document_rows(items: Iterable[Any]) -> dict[str, Any]:
    """{% document_rows page.documents %}: documents with number, state and date (DocumentFace)."""
    return {"items": list(items)}


@register.inclusion_tag("components/person.html")
def person(
    name: str, role: str = "", certificate: str = "", note: str = "", href: str = ""
) -> dict[str, Any]:
    """{% person "李执法" role="主办" certificate="33990100412" %}: a person chip."""
    return {
        "name": name,
        "role": role,
        "certificate": certificate,
        "note": note,
        "href": href,
        "initial": name[:1],
    }


@register.inclusion_tag("components/article.html")
def article(title: str, text: str, href: str = "", state: str = "") -> dict[str, Any]:
    """{% article "行政处罚法 第四十四条" "…" %}: an article quoted as in force."""
    return {"title": title, "text": text, "href": href, "state": state}


@register.inclusion_tag("components/chain.html")
def chain(items: Iterable[Any]) -> dict[str, Any]:
    """{% chain page.grants %}: documents one standing on another, as (title, note) pairs."""
    return {"items": [tuple(i) + ("",) * (2 - len(i)) for i in map(tuple, items)]}


@register.inclusion_tag("components/shelves.html")
def shelves(items: Iterable[Any]) -> dict[str, Any]:
    """{% shelves page.more %}: many links under headings, folded but for the first (Shelf)."""
    return {"items": list(items)}
