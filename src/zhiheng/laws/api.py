"""Front door of the law corpus.

Texts are found by title and read on a day; places in them are named by digits: article "132",
第一百三十二条之一 "132-1", paragraph "2", item "3". A day that no source establishes is None.
"""

from zhiheng.laws.citations import PREFIX, Citation, plain_title, recognise
from zhiheng.laws.clauses import Finding, Place, Power, find_powers
from zhiheng.laws.clauses import find as find_clause
from zhiheng.laws.clauses import places as clause_places
from zhiheng.laws.clauses import places_of as clause_places_of
from zhiheng.laws.clauses.numbers import number_of
from zhiheng.laws.comparing import ArticleChange, compare, likest
from zhiheng.laws.hooks import on_version
from zhiheng.laws.linking import place_href
from zhiheng.laws.models import Law, LawNode, LawVersion
from zhiheng.laws.numerals import article_label, place_label, to_number
from zhiheng.laws.selectors import (
    ArticleWords,
    Resolved,
    articles_of,
    find_law,
    node_at,
    not_before,
    resolve,
    version_on,
    versions_of,
    words_of,
)

__all__ = [
    "PREFIX",
    "ArticleChange",
    "ArticleWords",
    "Citation",
    "Finding",
    "Law",
    "LawNode",
    "LawVersion",
    "Place",
    "Power",
    "Resolved",
    "article_label",
    "articles_of",
    "clause_places",
    "clause_places_of",
    "compare",
    "find_clause",
    "find_law",
    "find_powers",
    "likest",
    "node_at",
    "not_before",
    "number_of",
    "on_version",
    "place_href",
    "place_label",
    "plain_title",
    "recognise",
    "resolve",
    "to_number",
    "version_on",
    "versions_of",
    "words_of",
]
