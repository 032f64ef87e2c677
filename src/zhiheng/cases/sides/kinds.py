"""What one kind of side proceeding knows beyond its rulebook file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

Facts = Callable[["SideMatter", Actor, date], Mapping[str, Any]]
Derived = Callable[["SideMatter", Step, Mapping[str, Any], date, Actor], Mapping[str, Any]]
After = Callable[["SideMatter", "Taken"], None]
Prefill = Callable[["SideMatter", Step, date], Mapping[str, Any]]
MoreFields = Callable[["SideMatter", Step, date], list[tuple[str, forms.Field]]]
Panel = Callable[["SideMatter", Actor, date], list[tuple[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class SideKind:
    """Hooks of one kind; each may be left out.

    Attributes:
        facts: facts that registers settle, read afresh at every step.
        derived: facts worked out of what was typed (names with `_` are kept for itself alone).
        before: what has to be kept before the papers are made, in the step's transaction.
        after: consequences beyond the echo and the papers, in the same transaction.
        prefill: answers that the platform knows already.
        more_fields: fields beside the step's facts (uploads, choices from registers); their values
            reach `after` as `taken.extra`. One named as a fact stands in for that fact's field.
        answers: the steps that whoever is asked from outside the case takes (`asking`).
        place: where they see it: `consult` for persons, `assist` for organs, `side` for those
            who see the case anyway.
        told: the facts of the side that they see; None is all of them.
        shows_panel: whether whoever is asked sees the panel too.
        panel: rows shown on the side's own screen (what is held, what is owed).
        digests: what a step's act commits to of the things it touches.
        by_platform: the step that the platform takes itself once a period is over, by the rule of
            the period: where the law says that it takes effect without anybody's doing.
        renews: the steps after which something else beside the case may open or close: its to-dos
            are looked at again.
        hidden: facts that the panel shows better than as they are kept.
        served: which papers a step serves, newest first, for steps that produce F-43.
    """

    procedure: str
    facts: Facts = lambda matter, actor, on: {}
    derived: Derived = lambda matter, step, values, on, actor: {}
    before: After = lambda matter, taken: None
    after: After = lambda matter, taken: None
    prefill: Prefill = lambda matter, step, on: {}
    more_fields: MoreFields = lambda matter, step, on: []
    answers: frozenset[str] = frozenset()
    place: str = "consult"
    told: frozenset[str] | None = None
    shows_panel: bool = False
    panel: Panel = lambda matter, actor, on: []
    digests: Callable[[Mapping[str, Any]], tuple[str, ...]] = lambda values: ()
    by_platform: Mapping[str, str] = field(default_factory=dict)
    renews: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    served: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


KINDS: dict[str, SideKind] = {}


def kind_of(procedure: str) -> SideKind:
    """The hooks of a kind; a procedure without any needs none."""
    return KINDS.get(procedure) or SideKind(procedure=procedure)


def enter(kind: SideKind) -> SideKind:
    """Enter a kind's hooks; called once where the kind is defined."""
    KINDS[kind.procedure] = kind
    return kind
