"""The front door of the rulebook: load it, read a rule, ask whether a step is open."""

from zhiheng.rulebook.book import Region, Rulebook
from zhiheng.rulebook.citing import CitingRule, citing, statutes_named, steps_citing
from zhiheng.rulebook.clocks import Running, calendar_of, deadline_facts, deadline_rule, due
from zhiheng.rulebook.diagram import svg as procedure_svg
from zhiheng.rulebook.discretion import assess, tier_for
from zhiheng.rulebook.discretion_generic import ItemRange, generic_table
from zhiheng.rulebook.discretion_matter import HEAVIER, LIGHTER, TierReading
from zhiheng.rulebook.discretion_model import Table, Tier
from zhiheng.rulebook.discretion_reading import CODES as TIER_TITLES
from zhiheng.rulebook.discretion_reading import Assessment, Question, Reason
from zhiheng.rulebook.discretion_scale import Bounds, Scale, scale_of
from zhiheng.rulebook.evaluate import (
    evaluate_step,
    facts_after,
    given_errors,
    initial_facts,
    offered,
)
from zhiheng.rulebook.findings import FactUsed, Finding, Fix, Status, StepReading
from zhiheng.rulebook.impact import Change, still_ahead
from zhiheng.rulebook.joining import attachable, attached
from zhiheng.rulebook.loader import current, load
from zhiheng.rulebook.model import (
    Basis,
    DatedValue,
    Fact,
    Guard,
    Parameter,
    Statute,
)
from zhiheng.rulebook.problems import Problem, RulebookError, UnknownRule
from zhiheng.rulebook.read_discretion import table_for
from zhiheng.rulebook.tables import (
    Attachment,
    Becoming,
    Event,
    Invariant,
    Procedure,
    State,
    Step,
    Story,
)
from zhiheng.rulebook.words import display, numeral

__all__ = [
    "HEAVIER",
    "LIGHTER",
    "TIER_TITLES",
    "Assessment",
    "Attachment",
    "Basis",
    "Becoming",
    "Bounds",
    "Change",
    "CitingRule",
    "DatedValue",
    "Event",
    "Fact",
    "FactUsed",
    "Finding",
    "Fix",
    "Guard",
    "Invariant",
    "ItemRange",
    "Parameter",
    "Problem",
    "Procedure",
    "Question",
    "Reason",
    "Region",
    "Rulebook",
    "RulebookError",
    "Running",
    "Scale",
    "State",
    "Status",
    "Statute",
    "Step",
    "StepReading",
    "Story",
    "Table",
    "Tier",
    "TierReading",
    "UnknownRule",
    "assess",
    "attachable",
    "attached",
    "calendar_of",
    "citing",
    "current",
    "deadline_facts",
    "deadline_rule",
    "display",
    "due",
    "evaluate_step",
    "facts_after",
    "generic_table",
    "given_errors",
    "initial_facts",
    "load",
    "numeral",
    "offered",
    "procedure_svg",
    "scale_of",
    "statutes_named",
    "steps_citing",
    "still_ahead",
    "table_for",
    "tier_for",
]
