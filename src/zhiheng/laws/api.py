"""Front door of the law corpus."""

from zhiheng.laws.models import Law, LawNode, LawVersion

__all__ = ["Law", "LawNode", "LawVersion"]
