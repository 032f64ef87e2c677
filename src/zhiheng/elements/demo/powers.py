"""Items of inspection and coercion: what the texts let an organ of the county do to a party."""

import re
from collections.abc import Iterator

from zhiheng.elements.candidates.naming import likely_domain, power_name, short_name
from zhiheng.elements.demo.corpus import Deed, Text, is_far
from zhiheng.laws.api import Place, Power, find_clause, find_powers

_GENERAL = re.compile(r"行政处罚法|行政强制法|行政许可法|程序规定|基本法|行政法规制定")
_NO_ORGAN = re.compile(r"对|违法|前款|前条|本条|作出|指定的|设立的|\d|派出")


def power_deeds(text: Text) -> Iterator[Deed]:
    """The powers of a text, each on its clause; laws on procedure itself give no line a power."""
    seen: set[tuple[str, ...]] = set()
    if _GENERAL.search(text.title):
        return
    for article, place, node_id in text.places:
        if not article.replace("-", "").isdigit():
            continue
        for power in find_powers(place.text):
            bodies = tuple(one.name for one in power.bodies if not _NO_ORGAN.search(one.name))
            if not bodies or is_far(bodies):
                continue
            name = power_name(
                kind=power.kind, what=_what(power, place), measures=power.measures, law=text.title
            )
            item = place.item or power.number
            key = (article, place.paragraph, item, name)
            if key not in seen:
                seen.add(key)
                yield Deed(
                    article, place.paragraph, item, node_id, name, _act(power, name), "ANY",
                    bodies, likely_domain("、".join(bodies), text.title), {}, power.kind,
                )  # fmt: skip


def _what(power: Power, place: Place) -> str:
    """The object the clause names; what is pulled down or done instead follows a forbidden act."""
    if power.what or power.kind == "INSPECTION":
        return power.what
    finding = find_clause(place.text)
    for act in finding.acts if finding else ():
        if len(name := short_name(place.text[act.start : act.end])) > 3 and "…" not in name:
            return f"{name}行为"
    return ""


def _act(power: Power, name: str) -> str:
    return f"{'、'.join(power.measures) or '检查'}：{power.what}" if power.what else name
