"""Takes a penalty clause apart; pure, no database, nothing of any particular law in it."""

import re

from zhiheng.laws.clauses import acts, bodies, gaps, kinds, quantities
from zhiheng.laws.clauses.findings import Finding
from zhiheng.laws.clauses.pieces import cut
from zhiheng.laws.clauses.places import HINT, Place

_LISTED = re.compile(r"(?:罚款|处罚)[^，；。]{0,12}[：:]\s*\n|(?:罚款|处罚)：")


def find(text: str) -> Finding | None:
    """The penalty clause in these words, or None where nobody is punished by them.

    `text` is a paragraph with its items, or an item under its lead-in (`places.Place.text`).
    Spans count its characters.
    """
    if not HINT.search(text):
        return None
    pieces, limbs = cut(text)
    found = kinds.kinds(pieces)
    if not found:
        return None
    who = acts.subject(pieces, text)
    return Finding(
        bodies=tuple(bodies.bodies(pieces)),
        subject=who,
        acts=tuple(acts.acts(pieces, text, who)),
        limbs=tuple(limbs),
        kinds=tuple(found),
        amounts=tuple(quantities.fines(pieces, listed=bool(_LISTED.search(text)))),
        correction=kinds.correction(pieces),
        transfer=kinds.transfer(pieces),
        gaps=tuple(gaps.gaps(pieces)),
    )


def find_in(place: Place) -> Finding | None:
    """The penalty clause of a place: only what stands in its own words imposes anything.

    Of an item the lead-in gives who punishes, the order of correction and the act's circumstances.
    """
    return find(place.text)
