"""CEL predicates: compiled once, typed against the declared facts, never silently true.

The `common-expression-language` engine evaluates; our own small reader of the same grammar
checks types first, because CEL compares a text with a number and simply says false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import cel


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled predicate and the facts it reads."""

    source: str
    variables: tuple[str, ...]
    program: Any = field(compare=False, repr=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Expression:
        """Return itself: it never changes."""
        return self

    def evaluate(self, facts: Mapping[str, Any]) -> bool:
        """Return the truth of the predicate; raises when a fact is missing or of a wrong type.

        Facts hold dates as days (`date.toordinal()`); `as_cel` makes them so.
        """
        result = self.program.execute({name: facts.get(name) for name in self.variables})
        if result is True or result is False:
            return bool(result)
        message = f"结果不是真或假，而是 {result!r}"
        raise TypeError(message)


def compile_expression(source: str) -> Expression:
    """Compile one predicate; raises ValueError with the engine's words when it cannot be read."""
    program = cel.compile(source)
    return Expression(source, tuple(program.variables()), program)


def as_cel(value: Any) -> Any:
    """Return the value as CEL sees it: a date as its day number, a tuple as a list."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, (tuple, frozenset)):
        return list(value)
    return value
