"""Who may be given work today: officers whose certificate stands, and why the others may not."""

from collections.abc import Collection, Sequence
from datetime import date

from zhiheng.elements import competence
from zhiheng.people.api import Account


def unfit(*, account_ids: Collection[int], on: date) -> dict[int, str]:
    """Of some accounts those that may not enforce on a day, with the sentence that says why."""
    found = competence.officer_standings(account_ids=account_ids, on=on)
    return {number: one.reason for number, one in found.items() if not one.valid}


def officer_choices(
    *, accounts: Sequence[Account], on: date
) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """Officers to choose from as (value, label), and the values that cannot be chosen.

    Whoever may not be given work stays on the list, last, with the reason behind the name.
    """
    why = unfit(account_ids=[one.pk for one in accounts], on=on)
    told = sorted(accounts, key=lambda one: one.pk in why)
    return [(str(one.pk), _label(one, why.get(one.pk, ""))) for one in told], frozenset(
        str(number) for number in why
    )


def _label(account: Account, reason: str) -> str:
    fault = f"（{reason.partition('。')[0]}）" if reason else ""
    return f"{account.name}　{account.unit}{fault}"
