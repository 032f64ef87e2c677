"""Front door of the ledger: dossiers, acts, deadlines, to-dos, numbers and proofs."""

from zhiheng.ledger.models import (
    Act,
    Deadline,
    Dossier,
    LogEntry,
    LogHead,
    Reminder,
    Suspension,
    Task,
)
from zhiheng.ledger.policies import Actor
from zhiheng.ledger.services.acts import open_dossier, record_act, record_acts
from zhiheng.ledger.services.counters import next_number
from zhiheng.ledger.services.subscriptions import subscribe, unsubscribe
from zhiheng.ledger.services.todo import assign_task, close_tasks, open_task
from zhiheng.ledger.services.writing import Draft

__all__ = [
    "Act",
    "Actor",
    "Deadline",
    "Dossier",
    "Draft",
    "LogEntry",
    "LogHead",
    "Reminder",
    "Suspension",
    "Task",
    "assign_task",
    "close_tasks",
    "next_number",
    "open_dossier",
    "open_task",
    "record_act",
    "record_acts",
    "subscribe",
    "unsubscribe",
]
