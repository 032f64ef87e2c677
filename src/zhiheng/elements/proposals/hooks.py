"""Who else has to know what becomes of a proposal; filled in when the apps are ready."""

from collections.abc import Callable
from datetime import datetime

from zhiheng.elements.models import Proposal
from zhiheng.people.api import Actor

Completer = Callable[..., None]
Follower = Callable[..., None]
_completers: list[Completer] = []
_followers: list[Follower] = []


def before_publication(completer: Completer) -> None:
    """Have `completer(proposal=…, actor=…, at=…)` fill in what only publication can make."""
    _completers.append(completer)


def after_step(follower: Follower) -> None:
    """Have `follower(proposal=…, told=…, actor=…, at=…, note=…)` called with every step.

    Both are called in the step's own transaction, the proposal locked; what they raise stops it.
    """
    _followers.append(follower)


def complete(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Ask everybody to fill in what is missing."""
    for one in _completers:
        one(proposal=proposal, actor=actor, at=at)


def tell(*, proposal: Proposal, told: str, actor: Actor, at: datetime, note: str) -> None:
    """Let everybody know of a step."""
    for one in _followers:
        one(proposal=proposal, told=told, actor=actor, at=at, note=note)
