"""Pure decisions of the ledger: who is named as the actor, who hears of an act, when to remind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Protocol


class Actor(Protocol):
    """Whoever acts; `zhiheng.people.api.Actor` fits. `None` in its place means the system."""

    @property
    def account_id(self) -> int:
        """The account signed in."""

    @property
    def name(self) -> str:
        """The person's name."""

    @property
    def roles(self) -> frozenset[str]:
        """Roles in force, those held for another included."""

    @property
    def agency_code(self) -> str:
        """The body they work for."""

    @property
    def region_code(self) -> str:
        """The region they work in."""

    @property
    def acting_for(self) -> Mapping[str, str]:
        """Role held only by acting → name of the person acted for."""


@dataclass(frozen=True)
class Signature:
    """How the actor stands in the record."""

    account_id: int | None
    name: str
    role: str
    acting_for: str
    agency_code: str


SYSTEM = "系统"


def signature(*, actor: Actor | None, role: str, agency_code: str) -> Signature:
    """The actor as the record names them; without a role named, the only role held stands.

    `agency_code` is the dossier's, for acts of the system itself.
    """
    if actor is None:
        return Signature(None, SYSTEM, role, "", agency_code)
    if not role and len(actor.roles) == 1:
        (role,) = actor.roles
    acting = (actor.acting_for or {}).get(role, "")
    return Signature(
        actor.account_id, actor.name, str(role), acting, actor.agency_code or agency_code
    )


@dataclass(frozen=True)
class Subscription:
    """A task that wants to hear of acts whose kind matches the pattern (`case.*`)."""

    kind_pattern: str
    task_name: str
    queue: str = "default"
    priority: int = 0


def subscribers_of(*, kind: str, subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """Subscriptions whose pattern matches the kind of act, each task once."""
    seen: dict[str, Subscription] = {}
    for each in subscriptions:
        if fnmatchcase(kind, each.kind_pattern):
            seen.setdefault(each.task_name, each)
    return list(seen.values())


def reminder_kind(*, due_on: date | None, on: date) -> str | None:
    """Which reminder is due on a day: three days before, one day before, today, overdue.

    A reminder that was slept through (the worker stood still) is not made up for by an older
    kind: two days before still gives D-3, so that nobody is left without one.
    """
    if due_on is None:
        return None
    left = (due_on - on).days
    if left < 0:
        return "OVERDUE"
    if left == 0:
        return "D0"
    if left == 1:
        return "D-1"
    return "D-3" if left <= 3 else None


def reminder_text(
    *, kind: str, title: str, number: str, due_on: date | None, whose: str = "agency"
) -> str:
    """The reminder as a sentence that says what to do.

    `whose`: a right of the party simply ends and opens the next step; a duty of the party that
    was missed is followed up; a duty of the agency is to be done.
    """
    day = f"{due_on.year}年{due_on.month}月{due_on.day}日" if due_on else ""
    what = f"{number}“{title}”"
    if whose == "right":
        return f"{what}已于{day}届满，可以办理下一步。"
    if whose == "party" and kind == "OVERDUE":
        return f"{what}已于{day}到期，当事人尚未履行。请核对后依法催告。"
    if whose == "party":
        return f"{what}将于{day}到期，请留意当事人的履行情况。"
    if kind == "OVERDUE":
        return f"{what}已于{day}到期，尚未完成。请立即办理，并在案卷中说明逾期原因。"
    if kind == "D0":
        return f"{what}今天（{day}）到期，请今天办完。"
    if kind == "D-1":
        return f"{what}明天（{day}）到期，请抓紧办理。"
    return f"{what}将于{day}到期，剩余不足三天；来不及的，请依法申请延长。"
