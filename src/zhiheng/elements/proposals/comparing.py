"""What a proposal changes, what it touches, and the three-way view when somebody was faster."""

from dataclasses import dataclass
from typing import Any

from zhiheng.elements import history, links, values
from zhiheng.elements.models import Proposal
from zhiheng.elements.proposals import ends, pausing
from zhiheng.elements.proposals.applying import Target, result_of
from zhiheng.elements.proposals.forms import same_link
from zhiheng.web import words


@dataclass(frozen=True)
class ThreeWay:
    """One field as it was, as somebody else made it, as this drafter wants it."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    choose: bool


def diff(*, proposal: Proposal, target: Target, open_personal: bool) -> tuple[history.Change, ...]:
    """Field by field what publication changes, against the version that the drafter saw."""
    if proposal.kind == Proposal.Kind.END:
        base = target.base
        before = words.day(base.valid_until) if base and base.valid_until else "未定"
        return (history.Change("失效日", before, words.day(proposal.valid_from)),)
    if proposal.kind in pausing.KINDS:
        return pausing.diff(proposal=proposal)
    if proposal.kind == Proposal.Kind.MOVE_END:
        return ends.diff(proposal=proposal, base=target.base)
    after = history.kept(result_of(proposal=proposal, target=target))
    before_all = history.kept(target.base) if target.base else {}
    reader = values.Reader(target.model, open_personal=open_personal)
    return history.changes(
        before=before_all, after=after, reader=reader.prepare([before_all, after])
    )


def touched(*, proposal: Proposal, target: Target) -> list[links.Pointer]:
    """Elements that point at this one and so feel the change."""
    if target.base is None:
        return []
    return links.pointing_at(row=target.base, on=proposal.valid_from)


def three_way(*, proposal: Proposal, target: Target, open_personal: bool) -> list[ThreeWay]:
    """Fields that either side changed; where both did, one has to be chosen."""
    if target.base is None or target.newest is None:
        return []
    base, newest = history.kept(target.base), history.kept(target.newest)
    mine = base | proposal.values
    reader = values.Reader(target.model, open_personal=open_personal)
    reader.prepare([base, newest, mine])
    found = []
    for field in values.editable_fields(target.model):
        name = field.name
        theirs_changed = not same_link(target.model, field, base[name], newest[name])
        mine_changed = name in proposal.values
        if not theirs_changed and not mine_changed:
            continue
        agree = same_link(target.model, field, newest[name], mine[name])
        found.append(
            ThreeWay(
                name, values.label_of(field), reader.words(field, base[name]) or "—",
                reader.words(field, newest[name]) or "—", reader.words(field, mine[name]) or "—",
                choose=theirs_changed and mine_changed and not agree,
            )
        )  # fmt: skip
    return found


def carried(*, proposal: Proposal, target: Target, choices: dict[str, str]) -> dict[str, Any]:
    """The drafter's changes that remain on the newest version, after the choices."""
    if target.newest is None:
        return dict(proposal.values)
    newest = history.kept(target.newest)
    fields = {f.name: f for f in values.own_fields(target.model)}
    return {
        name: value
        for name, value in proposal.values.items()
        if choices.get(name, "mine") == "mine"
        and not same_link(target.model, fields[name], newest[name], value)
    }
