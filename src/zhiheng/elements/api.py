"""Front door of the element centre: who may do what, what an item is, who a party is."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from zhiheng.elements import (
    citers,
    competence,
    entrusting,
    norms,
    privacy,
    sealing,
    selectors,
    services,
)
from zhiheng.elements.advisers import counsel_on, experts_on, reviewers_on
from zhiheng.elements.citers import Citer
from zhiheng.elements.coercion import laboratories, may_coerce
from zhiheng.elements.exchange import writing as sheets
from zhiheng.elements.frame import Frame
from zhiheng.elements.frame import frame as read_frame
from zhiheng.elements.handing import transfer_standards
from zhiheng.elements.leniency import device_gaps, devices_of, flexible_entries, laboratory_stands
from zhiheng.elements.merging import family
from zhiheng.elements.models import (
    Area,
    Benchmark,
    Body,
    Expert,
    FlexibleEntry,
    Item,
    MonitoringDevice,
    Officer,
    Reviewer,
    Subject,
    TransferStandard,
)
from zhiheng.elements.norms import Norm
from zhiheng.elements.notices import finishing
from zhiheng.elements.notices.matters import OpenMatter, contribute_open_matters
from zhiheng.elements.on_the_spot import is_on_fast_list, spot_items
from zhiheng.elements.party import PartyMatter, contribute_matters
from zhiheng.elements.policies import ChainLink, GrantAnswer, OfficerStanding
from zhiheng.elements.privacy import SubjectCard
from zhiheng.elements.standing import officer_choices, unfit
from zhiheng.elements.upkeep.finders import CITED_ENDS, articles_cited
from zhiheng.elements.upkeep.finders import cites as cites_law
from zhiheng.elements.upkeep.run import after_publication
from zhiheng.people import api as people

__all__ = [
    "CITED_ENDS",
    "Benchmark",
    "Body",
    "ChainLink",
    "Citer",
    "Expert",
    "FlexibleEntry",
    "Frame",
    "GrantAnswer",
    "Item",
    "MonitoringDevice",
    "Norm",
    "Officer",
    "OfficerStanding",
    "OpenMatter",
    "PartyMatter",
    "Reviewer",
    "Subject",
    "SubjectCard",
    "TransferStandard",
    "after_publication",
    "articles_cited",
    "benchmark_for",
    "benchmark_mark",
    "bodies_of",
    "citers",
    "cites_law",
    "contribute_matters",
    "contribute_open_matters",
    "counsel_on",
    "device_gaps",
    "devices_of",
    "ensure_subject",
    "entrusting",
    "experts_on",
    "find_items",
    "find_subjects",
    "flexible_entries",
    "frame",
    "get_body",
    "get_item",
    "get_subject",
    "has_legal_qualification",
    "is_on_fast_list",
    "item_versions",
    "laboratories",
    "laboratory_stands",
    "latest_subject",
    "list_areas",
    "list_bodies",
    "may_body_do_item",
    "may_body_finish",
    "may_coerce",
    "norm_of",
    "officer_choices",
    "officer_standing",
    "officer_standings",
    "officers_of",
    "open_subject",
    "reviewers_on",
    "same_party",
    "seal_fault",
    "sheets",
    "spot_items",
    "subject_card",
    "subject_versions",
    "transfer_standards",
    "unfit",
]


def may_body_do_item(body_code: str, item_code: str, region_code: str, on: date) -> GrantAnswer:
    """Whether a body may do an item in a region on a day, with the chain of documents.

    Law: 行政处罚法 17, 18, 20, 22, 24, 38.
    """
    return competence.may_body_do_item(
        body_code=body_code, item_code=item_code, region_code=region_code, on=on
    )


def may_body_finish(
    body_code: str, item_code: str, region_code: str, begun_on: date | None, on: date
) -> GrantAnswer:
    """The same for a matter filed on an earlier day, though the item may have moved since."""
    return finishing.may_body_finish(
        body_code=body_code, item_code=item_code, region_code=region_code, begun_on=begun_on, on=on
    )


def officer_standing(account_id: int, on: date) -> OfficerStanding:
    """Whether the account's holder has a certificate that stands on a day (行政处罚法 42)."""
    return officer_standings([account_id], on)[account_id]


def officer_standings(account_ids: Collection[int], on: date) -> dict[int, OfficerStanding]:
    """The same for several accounts at once."""
    return competence.officer_standings(account_ids=account_ids, on=on)


def has_legal_qualification(account_id: int, on: date) -> bool:
    """Whether somebody may be a first-time legal reviewer (行政处罚法 58(2))."""
    return competence.has_legal_qualification(account_id=account_id, on=on)


def officers_of(body_code: str, on: date) -> list[Officer]:
    """Officers registered for a body on a day, with their accounts."""
    return selectors.officers_of(body_code=body_code, on=on)


def get_body(code: str, on: date | None = None) -> Body:
    """The body of a code on a day, or as last known. Raises NotFound with a sentence."""
    return selectors.get_body(code=code, on=on)


def list_bodies(region_code: str, on: date) -> list[Body]:
    """Bodies in use in a region and below it on a day."""
    rows = Body.objects.active(on).filter(region_code__startswith=region_code)
    return list(rows.order_by("code"))


def seal_fault(body_code: str, document_code: str, on: date) -> str:
    """Why a body cannot seal a kind of document on a day; empty when it can."""
    return sealing.seal_fault(body_code=body_code, document_code=document_code, on=on)


def get_item(code: str, on: date | None = None) -> Item:
    """The item of a code on a day, or as last known. Raises NotFound with a sentence."""
    return selectors.get_item(code=code, on=on)


def find_items(
    text: str, on: date, domain: str = "", limit: int = 20, kind: str = "") -> list[Item]:  # fmt: skip
    """Items for a code, a name or a plain description, the best fit first; of one kind if named."""
    return selectors.find_items(text=text, on=on, domain=domain, limit=limit, kind=kind)


def benchmark_for(item: Item | str, on: date) -> Benchmark | None:
    """The benchmark in force for an item (or its code) on a day; None where there is none."""
    found = get_item(item, on) if isinstance(item, str) else item
    return selectors.benchmark_for(item=found, on=on)


def benchmark_mark(benchmark: Benchmark | None) -> str:
    """What tells a benchmark from every other and from its own later texts; empty for none."""
    return norms.benchmark_mark(benchmark=benchmark)


def norm_of(item: Item, act_on: date, on: date) -> Norm:
    """The norm an act falls under, and whether it has changed since (行政处罚法 37)."""
    return norms.norm_of(item=item, act_on=act_on, on=on)


def get_subject(subject_id: int) -> Subject:
    """The version of a subject that was linked. Raises NotFound with a sentence."""
    return selectors.get_subject(subject_id=subject_id)


def latest_subject(subject: Subject) -> Subject:
    """What is known now of a subject that was linked earlier."""
    return selectors.latest_subject(subject=subject)


def subject_versions(uid: uuid.UUID | str) -> list[int]:
    """Ids of all versions of a subject, of registrations merged with it too until they are parted."""
    return family.versions(uid)


def find_subjects(text: str, region_code: str, on: date, limit: int = 20) -> list[Subject]:
    """Subjects of a region whose name, code, address or representative holds every word."""
    return selectors.find_subjects(text=text, region_prefix=region_code, on=on, limit=limit)


def ensure_subject(
    *,
    kind: str,
    name: str,
    region_code: str,
    at: datetime,
    uscc: str = "",
    citizen_id: str = "",
    source_sys: str = "",
    **known: Any,
) -> Subject:
    """Find or register a subject; fills what was open, overwrites nothing.

    `known`: legal_representative, phone, address, lon, lat, industry, scene. Wrong codes raise
    Invalid with a sentence per field.
    """
    return services.ensure_subject(
        kind=kind, name=name, region_code=region_code, at=at, uscc=uscc, citizen_id=citizen_id,
        source_sys=source_sys, **known,
    )  # fmt: skip


def bodies_of(codes: Collection[str], on: date) -> list[Body]:
    """The bodies of some codes, as they stand on a day; in one query."""
    return list(Body.objects.active(on).filter(code__in=codes))


def same_party(subject: Subject) -> list[int]:
    """Ids of all versions of all registrations of a party: merged, or of the same code (sealed)."""
    return family.same_party(subject)


def item_versions(uid: uuid.UUID | str) -> list[int]:
    """Ids of all versions of an item: what matters may be linked to."""
    return list(Item.objects.filter(uid=uid).values_list("pk", flat=True))


def subject_card(subject: Subject, actor: people.Actor | None) -> SubjectCard:
    """The subject as this reader may see it: personal data masked unless permitted."""
    permitted = people.may(actor, "element.personal")
    return privacy.card_of(subject=subject, open_personal=permitted)


def open_subject(subject: Subject) -> SubjectCard:
    """The subject with personal data open: for documents that the law wants complete."""
    return privacy.card_of(subject=subject, open_personal=True)


def list_areas(region_code: str, on: date, kind: str = "") -> list[Area]:
    """Areas of a region on a day, with their geometry as GeoJSON."""
    rows = Area.objects.active(on).filter(region_code__startswith=region_code)
    return list((rows.filter(kind=kind) if kind else rows).order_by("code"))


def frame(region_prefix: str, on: date, most_subjects: int = 200_000) -> Frame:
    """Ids and names of a region's bodies, officers, items and subjects, for bulk loaders."""
    return read_frame(region_prefix=region_prefix, on=on, most_subjects=most_subjects)
