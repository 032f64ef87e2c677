"""罚则识别: finds in the words of a statute who is punished by whom, for what, and how far.

`places(text)` gives the places of an article, `find(text)` takes one apart. Pure Python: no
database, no Django, and no fact of any particular law. What is found is a proposal for a person
to accept, never a rule.
"""

from zhiheng.laws.clauses.finder import find, find_in
from zhiheng.laws.clauses.findings import Amount, Finding
from zhiheng.laws.clauses.places import Place, places, places_of

__all__ = ["Amount", "Finding", "Place", "find", "find_in", "places", "places_of"]
