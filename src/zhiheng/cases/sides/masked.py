"""What somebody asked from outside sees of a case: the question, and facts and evidence masked."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from zhiheng.cases.papers.common import citation
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.veil import Veil
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook
from zhiheng.web.faces import EvidenceFace

# What of the case itself is told, in this order, where it is known.
FACTS = ("site_findings", "facts_found", "tier_code", "discretion_reason", "correction_content")


def asked_facts(matter: SideMatter, veil: Veil | None) -> list[tuple[str, Any]]:
    """What the side itself has established: the question, the answer, what came of it.

    A person reads it masked; another organ reads what the organ wrote to it, as it was written.
    """
    known, kept = rulebook.current().all_facts, procedures.kept_facts(matter.run)
    over = veil.over if veil else str
    body = elements.get_body(matter.case.agency_code)
    return [
        ("提出机关", body.name),
        *told_of(matter, known, kept, over),
    ]


def told_of(
    matter: SideMatter,
    known: Mapping[str, Any],
    kept: Mapping[str, Any],
    over: Callable[[str], str],
) -> list[tuple[str, str]]:
    """The facts of the side that outsiders may read, each through `over`."""
    return [
        (known[name].title, over(str(rulebook.display(fact=known[name], value=kept[name]))))
        for name in procedures.procedure_of(matter.run).facts
        if matter.run.facts.get(name) not in (None, "", 0, False)
        and known[name].type != "bool"
        and not known[name].personal
        and (matter.hooks.told is None or name in matter.hooks.told)
    ]


def masked_facts(matter: SideMatter, veil: Veil) -> list[tuple[str, Any]]:
    """The case without names, numbers, addresses: what, on which norm, what was found."""
    case, known = matter.case, rulebook.current().all_facts
    kept = procedures.kept_facts(case.dossier.run)
    told = [
        (known[name].title, veil.over(str(rulebook.display(fact=known[name], value=kept[name]))))
        for name in FACTS
        if case.dossier.run.facts.get(name) not in (None, "", "NONE")
    ]
    return [
        ("事项", case.item_name), ("当事人", case.subject.get_kind_display()),
        ("处罚依据", citation(case.item.penalty_basis)), *told,
    ]  # fmt: skip


def evidence_for(matter: SideMatter, veil: Veil) -> list[EvidenceFace]:
    """Evidence by title and small picture; who took it and the file stay in the case."""
    return [
        EvidenceFace(
            title=veil.over(row.title), kind=row.get_kind_display(),
            thumb=reverse("consult_thumb", args=[matter.side.pk, row.pk]) if row.is_image else "",
        )
        for row in evidence.evidence_of(matter.case.dossier)
        if row.status != "EXCLUDED"
    ]  # fmt: skip
