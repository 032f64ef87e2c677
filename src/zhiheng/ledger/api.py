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
from zhiheng.ledger.selectors.dossiers import (
    acts_of,
    deadlines_of,
    family_of,
    find_act_by_key,
    find_dossier,
    get_deadline,
    latest_acts_of,
)
from zhiheng.ledger.selectors.log import (
    InclusionProof,
    NotYet,
    growth_json,
    head,
    head_json,
    heads,
    prove,
    prove_digest,
    prove_growth,
    prove_named,
    sealed_content,
)
from zhiheng.ledger.selectors.todo import (
    Capped,
    TodoPage,
    count_todo,
    open_tasks_of,
    reminders_for,
    todo_of,
)
from zhiheng.ledger.services.acts import open_dossier, record_act, record_acts
from zhiheng.ledger.services.calendars import current_calendar, use_calendar
from zhiheng.ledger.services.clock import (
    cancel_deadlines,
    extend_deadline,
    is_late,
    meet_deadline,
    recompute_provisional,
    resume,
    start_deadline,
    suspend,
)
from zhiheng.ledger.services.counters import next_number, numbers_taken, take_numbers
from zhiheng.ledger.services.dossiers import close_dossier, hand_over, hold_key, lock_dossier
from zhiheng.ledger.services.log import sequence, sequence_all
from zhiheng.ledger.services.moulds import ActMould, copy_acts, last_act_id, queue_acts
from zhiheng.ledger.services.reminders import mark_seen, remind
from zhiheng.ledger.services.standstill import cut_short
from zhiheng.ledger.services.subscriptions import subscribe, unsubscribe
from zhiheng.ledger.services.todo import assign_task, close_tasks, open_task
from zhiheng.ledger.services.writing import Draft
from zhiheng.ledger.waiting import (
    Source,
    Waiting,
    contribute_waiting,
    count_waiting,
    sources,
    waiting_for,
)

__all__ = [
    "Act",
    "ActMould",
    "Actor",
    "Capped",
    "Deadline",
    "Dossier",
    "Draft",
    "InclusionProof",
    "LogEntry",
    "LogHead",
    "NotYet",
    "Reminder",
    "Source",
    "Suspension",
    "Task",
    "TodoPage",
    "Waiting",
    "acts_of",
    "assign_task",
    "cancel_deadlines",
    "close_dossier",
    "close_tasks",
    "contribute_waiting",
    "copy_acts",
    "count_todo",
    "count_waiting",
    "current_calendar",
    "cut_short",
    "deadlines_of",
    "extend_deadline",
    "family_of",
    "find_act_by_key",
    "find_dossier",
    "get_deadline",
    "growth_json",
    "hand_over",
    "head",
    "head_json",
    "heads",
    "hold_key",
    "is_late",
    "last_act_id",
    "latest_acts_of",
    "lock_dossier",
    "mark_seen",
    "meet_deadline",
    "next_number",
    "numbers_taken",
    "open_dossier",
    "open_task",
    "open_tasks_of",
    "prove",
    "prove_digest",
    "prove_growth",
    "prove_named",
    "queue_acts",
    "recompute_provisional",
    "record_act",
    "record_acts",
    "remind",
    "reminders_for",
    "resume",
    "sealed_content",
    "sequence",
    "sequence_all",
    "sources",
    "start_deadline",
    "subscribe",
    "suspend",
    "take_numbers",
    "todo_of",
    "unsubscribe",
    "use_calendar",
    "waiting_for",
]
