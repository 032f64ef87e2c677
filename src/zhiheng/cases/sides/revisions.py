"""补正、变更、撤销 of a decision: which paper is served."""

from zhiheng.cases.sides.kinds import SideKind, enter

enter(SideKind(procedure="revision", served={"serve": ("F-41",)}))
