"""Clues that cross between organs, and those that come from the courts (行政处罚法 22, 27)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse

from zhiheng.clues.models import Clue
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.procedures.api import Taken

COUNTY = 6
PAPERS = ("handed_by", "handed_no", "handed_reason", "judicial_organ", "judicial_kind", "judicial_no", "judicial_on",
          "judicial_fined")  # fmt: skip


def papers_of(clue: Clue) -> list[tuple[Any, ...]]:
    """What the letter says that a clue came with, and how much evidence came along."""
    known, told = rulebook.current().all_facts, clue.dossier.run.facts
    live = procedures.kept_facts(clue.dossier.run)
    rows: list[tuple[Any, ...]] = [
        (known[name].title, rulebook.display(fact=known[name], value=live[name]))
        for name in PAPERS
        if told.get(name)
    ]
    if rows:
        count = evidence.evidence_of(clue.dossier).count()
        said = f"{count} 件，立案时自动进入案卷" if count else "还没有；有的在这里上传"
        rows.append(("移送的证据", said, reverse("evidence_of_dossier", args=[clue.pk])))
    return rows


def refer_fields(*, clue: Clue, on: date) -> list[tuple[str, forms.Field]]:
    """To whom a clue goes: an organ on the platform receives it at once."""
    region = clue.region_code[:COUNTY]
    heads = people.agencies_with_role("agency_head", region, on)
    organs = [
        (body.code, body.name)
        for body in elements.list_bodies(region, on)
        if body.code in heads and body.code != clue.agency_code
    ]
    return [
        ("refer_body", forms.ChoiceField(
            label="在平台上办案的机关", required=False,
            choices=[("", "不在平台上，用书面函件"), *organs],
            help_text="选了的，对方立刻收到线索和已有的证据，不用重新登记。")),
    ]  # fmt: skip


def follow(clue: Clue, taken: "Taken") -> None:
    """Referred to an organ on the platform, the clue is theirs at once, evidence and all."""
    code = taken.extra.get("refer_body")
    if taken.step.id != "refer" or not code:
        return
    from zhiheng.clues.services import Report, register_clue

    theirs = register_clue(
        report=Report(
            source="TRANSFER", received_at=taken.at, place=clue.place, happened=clue.happened,
            description=clue.description, target=clue.target,
            papers={"handed_by": elements.get_body(clue.agency_code).name,
                    "handed_no": f"线索 {clue.number}", "handed_reason": taken.facts["refer_reason"]},
        ),
        actor=taken.actor, at=taken.at, agency_code=str(code), idempotency_key=f"refer/{clue.pk}",
    )  # fmt: skip
    theirs.subject = clue.subject
    theirs.save(update_fields=["subject"])
    pieces = evidence.evidence_of(clue.dossier).exclude(status="EXCLUDED")
    evidence.carry_over(items=pieces, dossier=theirs.dossier, actor=taken.actor, at=taken.at)
