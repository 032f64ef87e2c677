"""Tables of the element centre."""

from zhiheng.elements.models.bodies import Body, Officer
from zhiheng.elements.models.candidates import CandidateReading, ItemCandidate
from zhiheng.elements.models.exchange import (
    ElementExport,
    ImportBatch,
    ImportMemory,
    ImportProgress,
    ImportRow,
)
from zhiheng.elements.models.header import ElementRecord, Status
from zhiheng.elements.models.items import (
    Basis,
    BasisNode,
    Benchmark,
    Grant,
    Item,
)
from zhiheng.elements.models.lists import DutyBoundary, FlexibleEntry, OneThing, TransferStandard
from zhiheng.elements.models.merges import SubjectMerge
from zhiheng.elements.models.notices import AdjustmentAction, AdjustmentNotice
from zhiheng.elements.models.papers import CaseExample, DocTemplate
from zhiheng.elements.models.penalties import PENALTY_KINDS
from zhiheng.elements.models.proposals import Attachment, Proposal, ProposalStep
from zhiheng.elements.models.subjects import Area, Subject
from zhiheng.elements.models.supports import (
    Expert,
    Laboratory,
    MonitoringDevice,
    Reviewer,
    Seal,
)
from zhiheng.elements.models.upkeep import LawChange, Severity, UpkeepItem, UpkeepNote

__all__ = [
    "PENALTY_KINDS",
    "AdjustmentAction",
    "AdjustmentNotice",
    "Area",
    "Attachment",
    "Basis",
    "BasisNode",
    "Benchmark",
    "Body",
    "CandidateReading",
    "CaseExample",
    "DocTemplate",
    "DutyBoundary",
    "ElementExport",
    "ElementRecord",
    "Expert",
    "FlexibleEntry",
    "Grant",
    "ImportBatch",
    "ImportMemory",
    "ImportProgress",
    "ImportRow",
    "Item",
    "ItemCandidate",
    "Laboratory",
    "LawChange",
    "MonitoringDevice",
    "Officer",
    "OneThing",
    "Proposal",
    "ProposalStep",
    "Reviewer",
    "Seal",
    "Severity",
    "Status",
    "Subject",
    "SubjectMerge",
    "TransferStandard",
    "UpkeepItem",
    "UpkeepNote",
]

# Said here because the lines of enforcement are declared after the bodies.
Item.choice_lists = {"penalty_kinds": list(PENALTY_KINDS)}
Body.choice_lists = {"domains": Item.Domain.choices}
Officer.choice_lists = {"cert_category": Item.Domain.choices}
