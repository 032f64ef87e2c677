"""The words of a candidate's place, and the marks on them."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhiheng.elements.models import ItemCandidate
from zhiheng.laws.api import LawNode, LawVersion, Place, clause_places_of

LABELS = {
    "body": "谁来罚", "subject": "罚谁", "act": "什么行为", "kind": "罚什么", "amount": "罚多少",
    "limb": "什么情形", "correction": "责令", "transfer": "移送", "gap": "疑点",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A run of words; `fields` are the labels of what rests on it, empty where nothing does."""

    words: str
    fields: tuple[str, ...] = ()
    tone: str = ""


def places_in(*, version: LawVersion) -> Iterator[tuple[LawNode, Place]]:
    """Every place of a version with its node, in the order of the text; one query."""
    rows = LawNode.objects.filter(
        version=version, kind__in=(LawNode.Kind.PARAGRAPH, LawNode.Kind.ITEM)
    ).order_by("position")
    items: dict[int, list[LawNode]] = defaultdict(list)
    paragraphs = []
    for node in rows:
        if node.kind == LawNode.Kind.PARAGRAPH:
            paragraphs.append(node)
        elif node.parent_id is not None:
            items[node.parent_id].append(node)
    for paragraph in paragraphs:
        yield from _of(paragraph, items[paragraph.pk])


def _of(paragraph: LawNode, items: list[LawNode]) -> Iterator[tuple[LawNode, Place]]:
    lines = [paragraph.text, *(one.text for one in items)]
    by_words = {one.text: one for one in items}
    for place in clause_places_of(paragraph.number, lines):
        yield by_words[place.words] if place.lead else paragraph, place


def text_of(candidate: ItemCandidate) -> str:
    """The words that the spans of the finding count."""
    node = candidate.law_node
    if node.kind == LawNode.Kind.ITEM and node.parent is not None:
        return f"{node.parent.text}\n{node.text}"
    below = node.children.filter(kind=LawNode.Kind.ITEM).order_by("position")
    return "\n".join([node.text, *below.values_list("text", flat=True)])


def parts(*, text: str, finding: dict[str, Any]) -> list[Part]:
    """The text cut at the edges of all spans, each run with what rests on it."""
    spans = sorted(_spans(finding))
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    found = []
    for start, end in itertools.pairwise(edges):
        over = [name for begin, stop, name in spans if begin <= start and end <= stop]
        narrow = [name for name in over if name != "act"] or over
        labels = tuple(dict.fromkeys(LABELS[name] for name in narrow))
        found.append(Part(text[start:end], labels, narrow[0] if narrow else ""))
    return found


def _spans(finding: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    many = (("bodies", "body"), ("acts", "act"), ("kinds", "kind"), ("amounts", "amount"),
            ("limbs", "limb"), ("gaps", "gap"))  # fmt: skip
    for key, name in many:
        for one in finding[key]:
            if one["end"] > one["start"]:
                yield one["start"], one["end"], name
    for name in ("subject", "correction", "transfer"):
        if one := finding[name]:
            yield one["start"], one["end"], name


def act_words(*, text: str, finding: dict[str, Any]) -> list[str]:
    """The acts in the words of the clause, one a limb."""
    return [text[one["start"] : one["end"]] for one in finding["acts"]]
