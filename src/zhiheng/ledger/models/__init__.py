"""Tables of the ledger; no rules here."""

from zhiheng.ledger.models.clock import Deadline, Reminder, Suspension
from zhiheng.ledger.models.dossier import Act, Counter, Dossier, Task
from zhiheng.ledger.models.log import LogEntry, LogHead, LogQueue, LogTile

__all__ = [
    "Act",
    "Counter",
    "Deadline",
    "Dossier",
    "LogEntry",
    "LogHead",
    "LogQueue",
    "LogTile",
    "Reminder",
    "Suspension",
    "Task",
]
