"""Links between elements as texts: a body by its code, a clause by 《law》 and article."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from zhiheng.elements.exchange.columns import Column, label_key, link_key
from zhiheng.elements.exchange.values import Wrong
from zhiheng.elements.models import BasisNode, ElementRecord
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.people import api as people

_CLAUSE = re.compile(r"《(.+)》(.+)")
Found = dict[str, list[Any]]


def related_names(columns: Collection[Column]) -> list[str]:
    """What to read along so that links can be written without a query each."""
    return [
        f"{column.name}__basis" if column.target is BasisNode else column.name
        for column in columns
        if column.kind in ("link", "account")
    ]


def link_text(target: Any) -> str:
    """The text that names an element or an account."""
    if target is None:
        return ""
    if not isinstance(target, ElementRecord):
        return str(target.username)
    if isinstance(target, BasisNode):
        return str(target)
    key = link_key(type(target))
    return str(getattr(target, key) if key else "") or str(target.uid)


def look_up(column: Column, texts: Collection[str]) -> Found:
    """Candidates for each text, in as few queries as there are ways to name them."""
    wanted = {text for text in texts if text}
    found: Found = defaultdict(list)
    if not wanted:
        return found
    if column.kind == "account":
        for account in people.Account.objects.filter(username__in=wanted):
            found[account.username].append(account)
        return found
    if column.target is BasisNode:
        return _clauses(wanted)
    rows = column.target.objects.known().exclude(status__in=UNPUBLISHED)
    for key in filter(None, (link_key(column.target), label_key(column.target))):
        rest = wanted - found.keys()
        for row in rows.filter(**{f"{key}__in": rest}) if rest else ():
            found[str(getattr(row, key))].append(row)
    uids = {text for text in wanted - found.keys() if _is_uid(text)}
    for row in rows.filter(uid__in=uids) if uids else ():
        found[str(row.uid)].append(row)
    return found


def _clauses(wanted: set[str]) -> Found:
    found: Found = defaultdict(list)
    pairs = {parts.groups() for text in wanted if (parts := _CLAUSE.fullmatch(text))}
    near = Q(
        basis__title__in={title for title, _ in pairs}, label__in={label for _, label in pairs}
    )
    uids = {text for text in wanted if _is_uid(text)}
    rows = BasisNode.objects.known().exclude(status__in=UNPUBLISHED).select_related("basis")
    for node in rows.filter(near | Q(uid__in=uids)) if pairs or uids else ():
        found[str(node)].append(node)
        if str(node.uid) in uids:
            found[str(node.uid)].append(node)
    return found


def _is_uid(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def pick(column: Column, text: str, found: Found, *, on: date) -> Any:
    """The version that holds on the day, else the newest.

    Raises:
        Wrong: nothing, or more than one thing, has that name.
    """
    rows = found.get(text, [])
    name = column.target._meta.verbose_name
    if not rows:
        raise Wrong(f"登记簿里没有这个{name}。请核对代码，或先登记{name}。")
    if column.kind == "account":
        return rows[0]
    holding = [row for row in rows if row.valid_from <= on and row.ends_after(on)]
    if len({row.uid for row in holding or rows}) > 1:
        raise Wrong(f"有不止一个{name}符合。请改填代码或要素标识。")
    return max(holding or rows, key=lambda row: (row.valid_from, row.pk))
