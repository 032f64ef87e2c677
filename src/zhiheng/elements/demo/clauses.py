"""Items of the large scales: each stands on a penalty clause of a real law, none on another's."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from zhiheng.elements.candidates.drafting import item_values
from zhiheng.elements.demo.corpus import Deed, Text, deeds, texts
from zhiheng.elements.demo.material import FROM, read, uid
from zhiheng.elements.demo.powers import power_deeds
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Basis, BasisNode, Item
from zhiheng.elements.policies import clause_label
from zhiheng.laws.api import LawNode

_REGION = {"LOCAL": "330000"}


def choose(
    *, on: date, laws: int | None, count: int, province: bool = False
) -> list[tuple[Text, list[Deed]]]:
    """Laws with their acts: those in use already, then those with most acts, until `count` is full.

    Args:
        on: the day on which the laws have to hold.
        laws: how many laws at most; None for all.
        count: how many acts at most. Fewer come where the texts at hand hold fewer.
        province: whether what only organs of a province enforce is wanted too.
    """
    known = {title.removeprefix("中华人民共和国") for _, title, *_ in read("laws.yaml")}
    found = [
        (text, acts)
        for text in texts(on=on, province=province)
        if (acts := [*deeds(text), *power_deeds(text)])
    ]
    first = _best_of_each_line(found)
    found.sort(
        key=lambda one: (_rank(one, known), one[0].title not in first, -len(one[1]), one[0].title)
    )
    chosen, left = found if laws is None else found[:laws], count
    taken = []
    for text, acts in chosen:
        if left > 0:
            taken.append((text, acts[:left]))
            left -= len(taken[-1][1])
    return taken


def _best_of_each_line(found: list[tuple[Text, list[Deed]]]) -> set[str]:
    """Titles of the laws with most acts of each line of enforcement, so that no line is left out."""
    best: dict[str, tuple[int, str]] = {}
    for text, acts in found:
        for line, count in Counter(act.domain for act in acts).items():
            best[line] = max(best.get(line, (0, "")), (count, text.title))
    return {title for _, title in best.values()}


def _rank(one: tuple[Text, list[Deed]], known: set[str]) -> int:
    """Laws that the county uses already come first."""
    return 0 if one[0].title.removeprefix("中华人民共和国") in known else 1


def load(*, chosen: list[tuple[Text, list[Deed]]], prefix: str) -> list[tuple[Item, Deed]]:
    """COPY bases, places and items; codes are numbered on from `prefix`00001."""
    bases = _bases([text for text, _ in chosen])
    nodes = _nodes(chosen, bases)
    rows, number = [], 0
    for text, acts in chosen:
        basis, names = bases[text.title], _names(text, acts)
        for name, act in zip(names, acts, strict=True):
            number += 1
            rows.append((_item(f"{prefix}{number:05d}", name, act, nodes[_key(basis, act)]), act))
    _distinct(rows)
    store([item for item, _ in rows])
    return rows


def _names(text: Text, acts: list[Deed]) -> list[str]:
    """The names of a law's acts; of two alike the place tells which."""
    seen: dict[str, int] = defaultdict(int)
    for act in acts:
        seen[act.name] += 1
    return [
        act.name if seen[act.name] == 1 else f"{act.name}（{_short(text)}{_label(act)}）"
        for act in acts
    ]


def _distinct(rows: list[tuple[Item, Deed]]) -> None:
    """Two laws may forbid the same: then the law's name tells the items apart."""
    seen: dict[str, int] = defaultdict(int)
    for item, _ in rows:
        seen[item.name] += 1
    for item, _ in rows:
        if seen[item.name] > 1 and item.penalty_basis is not None:
            title = item.penalty_basis.basis.title.removeprefix("中华人民共和国")
            item.name = f"{item.name}（{title}）"[:200]


def _short(text: Text) -> str:
    return text.title.removeprefix("中华人民共和国")


def _label(act: Deed) -> str:
    return clause_label(article=act.article, paragraph=act.paragraph, item=act.item)


def _bases(chosen: Iterable[Text]) -> dict[str, Basis]:
    """The basis of each law: the county's own where it has one in force, else a new one."""
    have = {row.title: row for row in Basis.objects.known().filter(valid_until=None)}
    new = [
        Basis(
            uid=uid("basis", text.title, text.begins),
            code=f"zh-{uid('basis', text.title).hex[:12]}",
            title=text.title[:200],
            level=text.level,
            issuer=text.issuer[:120],
            promulgated_on=text.published,
            source=text.note[:200],
            law_version_id=text.version_id,
            **header(region_code=_REGION.get(text.level, "100000"), valid_from=text.begins),
        )
        for text in chosen
        if text.title not in have
    ]
    return have | {row.title: row for row in store(new)}


def _key(basis: Basis, act: Deed) -> tuple[object, ...]:
    return basis.uid, act.article, act.paragraph, act.item


def _nodes(
    chosen: list[tuple[Text, list[Deed]]], bases: dict[str, Basis]
) -> dict[tuple[object, ...], BasisNode]:
    have = {
        (row.basis.uid, row.article, row.paragraph, row.item): row
        for row in BasisNode.objects.known().filter(valid_until=None).select_related("basis")
    }
    new: dict[tuple[object, ...], BasisNode] = {}
    for text, acts in chosen:
        basis = bases[text.title]
        for act in acts:
            key = _key(basis, act)
            if key in have or key in new:
                continue
            new[key] = BasisNode(
                uid=uid("node", *key), basis=basis, article=act.article, paragraph=act.paragraph,
                item=act.item, label=_label(act), law_node_id=act.node_id,
                **header(region_code=basis.region_code, valid_from=basis.valid_from),
            )  # fmt: skip
    _to_items(list(new.values()))
    store(list(new.values()))
    return have | new


def _to_items(nodes: list[BasisNode]) -> None:
    """A place read with its whole paragraph is linked to its own item in the corpus."""
    above = {row.law_node_id for row in nodes if row.item and row.law_node_id}
    rows = LawNode.objects.filter(parent_id__in=above, kind=LawNode.Kind.ITEM)
    own = {(row.parent_id, row.number): row.pk for row in rows.only("parent_id", "number")}
    for row in nodes:
        row.law_node_id = own.get((row.law_node_id, row.item), row.law_node_id)


def _item(code: str, name: str, act: Deed, node: BasisNode) -> Item:
    return Item(
        uid=uid("item", code),
        code=code,
        name=name[:200],
        domain=act.domain,
        kind=act.kind,
        act_description=act.act,
        penalty_basis=node,
        source_id="|".join(act.bodies)[:64],
        **(item_values(_of_party(act)) if act.kind == "PENALTY" else {"hearing_class": "NEVER"}),
        **_header(node),
    )


def _header(node: BasisNode) -> dict[str, Any]:
    return header(valid_from=max(FROM, node.valid_from))


def _of_party(act: Deed) -> dict[str, Any]:
    """The finding as it is for one subject: only the fines on that subject."""
    finding = act.finding
    if not finding["amounts"]:
        return finding
    own = [one for one in finding["amounts"] if one["party"] == act.party]
    if act.party == "RESPONSIBLE":
        own = [one | {"party": "ANY"} for one in own]
    return finding | {"amounts": own}
