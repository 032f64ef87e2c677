"""Why a period stands still is said in words, never by its name in the rulebook."""

from zhiheng.procedures.pages import STANDSTILLS
from zhiheng.rulebook import api as rulebook


def test_every_reason_in_the_rulebook_has_its_words():
    book = rulebook.current()
    values = [v for parameter in book.parameters.values() for v in parameter.values]
    named = {reason for value in values for reason in getattr(value, "excludes", ())}
    assert "hearing" in named
    assert named <= set(STANDSTILLS)
