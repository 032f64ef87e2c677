"""Old articles and where they may have gone: suggestions for the person who decides."""

from collections.abc import Collection
from typing import Any

from zhiheng.elements.models import LawChange
from zhiheng.elements.policies import clause_label
from zhiheng.elements.upkeep import texts


def label(article: str) -> str:
    """第一百三十二条之一 for "132-1"; what is no number stays as it is."""
    try:
        return clause_label(article=article)
    except ValueError:
        return f"第{article}条"


def of(change: LawChange, *, numbers: Collection[str], least: int) -> dict[str, dict[str, Any]]:
    """Per old article: its label and node, and the new articles most like it.

    `least`: from how many per cent of likeness on an article is suggested. Each entry is
    `{"number", "label", "node", "new": [{"number", "label", "node", "like"}]}`.
    """
    plain: dict[str, dict[str, Any]] = {
        n: {"number": n, "label": label(n), "node": None, "new": []} for n in numbers
    }
    if change.ended is None:
        return plain
    old = texts.articles_of(change.ended)
    new = texts.articles_of(change.began) if change.began else {}
    near = texts.candidates(old=old, new=new, wanted=numbers, least=least / 100)
    for number, entry in plain.items():
        entry["node"] = old[number].node.pk if number in old else None
        entry["new"] = [
            {"number": one.node.number, "label": one.node.label, "node": one.node.pk,
             "like": round(score * 100)}
            for one, score in near.get(number, [])
        ]  # fmt: skip
    return plain
