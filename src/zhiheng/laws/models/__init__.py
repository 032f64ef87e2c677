"""Tables of the law corpus."""

from zhiheng.laws.models.imports import LawImport
from zhiheng.laws.models.texts import Law, LawNode, LawVersion

__all__ = ["Law", "LawImport", "LawNode", "LawVersion"]
