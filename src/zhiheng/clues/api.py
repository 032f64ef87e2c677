"""Front door of clues: register, find, and walk one through its steps."""

from zhiheng.clues.matters import ClueMatter
from zhiheng.clues.models import Clue
from zhiheng.clues.selectors import access_clue_by_number
from zhiheng.clues.services import Report, register_clue

__all__ = [
    "STEP_PAGES",
    "Clue",
    "ClueMatter",
    "Report",
    "access_clue_by_number",
    "register_clue",
]

# Steps whose form belongs to a context above (cases opens the case at `propose_filing`):
# step id → url name taking the clue's number. Filled when the apps are ready.
STEP_PAGES: dict[str, str] = {}
