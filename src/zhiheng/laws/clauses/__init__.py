"""罚则识别: finds in the words of a statute who is punished by whom, for what, and how far.

`places(text)` gives the places of an article, `find(text)` takes one apart, `find_powers(text)`
says what it lets an organ inspect or force. Pure Python: no
database, no Django, and no fact of any particular law. What is found is a proposal for a person
to accept, never a rule.
"""

from zhiheng.laws.clauses.finder import find, find_in
from zhiheng.laws.clauses.findings import Amount, Finding
from zhiheng.laws.clauses.places import Place, places, places_of
from zhiheng.laws.clauses.powers import Power, find_powers

__all__ = [
    "Amount",
    "Finding",
    "Place",
    "Power",
    "find",
    "find_in",
    "find_powers",
    "places",
    "places_of",
]
