"""Tables of the element centre."""

from zhiheng.elements.models.bodies import Body, Officer
from zhiheng.elements.models.header import ElementRecord, Status
from zhiheng.elements.models.items import Basis, BasisNode, Benchmark, Grant, Item
from zhiheng.elements.models.papers import CaseExample, DocTemplate
from zhiheng.elements.models.subjects import Area, Subject
from zhiheng.elements.models.upkeep import LawChange, Severity, UpkeepItem, UpkeepNote

__all__ = [
    "Area",
    "Basis",
    "BasisNode",
    "Benchmark",
    "Body",
    "CaseExample",
    "DocTemplate",
    "ElementRecord",
    "Grant",
    "Item",
    "LawChange",
    "Officer",
    "Severity",
    "Status",
    "Subject",
    "UpkeepItem",
    "UpkeepNote",
]
