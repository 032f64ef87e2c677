"""Front door of the law corpus."""

from zhiheng.laws.clauses import Finding, Place
from zhiheng.laws.clauses import find as find_clause
from zhiheng.laws.clauses import places as clause_places
from zhiheng.laws.clauses import places_of as clause_places_of
from zhiheng.laws.clauses.numbers import number_of
from zhiheng.laws.models import Law, LawNode, LawVersion

__all__ = [
    "Finding",
    "Law",
    "LawNode",
    "LawVersion",
    "Place",
    "clause_places",
    "clause_places_of",
    "find_clause",
    "number_of",
]
