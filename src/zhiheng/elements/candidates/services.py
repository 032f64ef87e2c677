"""Finding candidates in a law version, and the three ways to decide one."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from zhiheng.elements import services as elements
from zhiheng.elements.candidates.bases import node_for
from zhiheng.elements.candidates.drafting import item_values
from zhiheng.elements.candidates.naming import likely_domain, short_name
from zhiheng.elements.candidates.reading import act_words, places_in, text_of
from zhiheng.elements.models import Item, ItemCandidate
from zhiheng.kernel import bulk
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.laws.api import LawNode, LawVersion, Place, find_clause
from zhiheng.people.api import Actor

State = ItemCandidate.State


@transaction.atomic
def find_candidates(*, version: LawVersion, at: datetime) -> int:
    """Read a version and store the penalty clauses that are not stored yet; returns how many.

    A second reading adds nothing and changes nothing that was decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"candidates|{version.pk}"]
        )
    known = set(
        ItemCandidate.objects.filter(law_version=version).values_list("law_node_id", flat=True)
    )
    rows = []
    for node, place in places_in(version=version):
        if node.pk not in known and (row := _candidate(version, node, place, at)):
            known.add(node.pk)
            rows.append(row)
    for row, number in zip(rows, bulk.take_ids(model=ItemCandidate, count=len(rows)), strict=True):
        row.pk = number
    return bulk.copy_rows(model=ItemCandidate, rows=rows)


def _candidate(
    version: LawVersion, node: LawNode, place: Place, at: datetime
) -> ItemCandidate | None:
    finding = find_clause(place.text)
    if finding is None:
        return None
    plain = finding.as_json()
    acts = act_words(text=place.text, finding=plain)
    who = finding.subject.name if finding.subject else ""
    named = short_name(acts[0], who) if acts else ""
    return ItemCandidate(
        law_version=version,
        law_node=node,
        title=named or f"{version.law.short[:40]}{node.label}",
        domain=likely_domain("、".join(one.name for one in finding.bodies), version.law.short),
        finding=plain,
        text_digest=place.digest,
        found_at=at,
    )


@transaction.atomic
def accept(
    *, number: int, name: str, code: str, domain: str, region_code: str, valid_from: date,
    actor: Actor, at: datetime,
) -> Item:  # fmt: skip
    """Make the candidate an item that stands on its place in the law.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: the code is in use, or the law's first day is not known.
    """
    candidate = _hold(number)
    if Item.objects.known().filter(code=code, valid_until=None).exists():
        raise Invalid(
            f"编码 {code} 已经用在别的事项上。",
            fields={"code": f"编码 {code} 已被使用。请换一个，或改用“并入已有事项”。"},
        )
    basis_node = node_for(candidate=candidate, at=at)
    text = text_of(candidate)
    acts = act_words(text=text, finding=candidate.finding)
    item = Item(
        code=code,
        name=name,
        domain=domain,
        kind=Item.Kind.PENALTY,
        act_description="；".join(acts) or name,
        penalty_basis=basis_node,
        region_code=region_code,
        source_sys="candidate",
        source_id=str(candidate.pk),
        valid_from=max(valid_from, basis_node.valid_from),
        approved_by=actor.name,
        **item_values(candidate.finding),
    )
    publish_item(item=item, at=at)
    _decide(candidate, State.ACCEPTED, actor, at, item_uid=item.uid)
    return item


def publish_item(*, item: Item, at: datetime) -> Item:
    """The one place where an accepted candidate becomes an element."""
    return elements.record(row=item, at=at)


@transaction.atomic
def merge(*, number: int, code: str, reason: str, actor: Actor, at: datetime) -> Item:
    """Say that an item which is there already is this clause; it gets the clause if it has none.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: there is no such item.
    """
    candidate = _hold(number)
    item = Item.objects.known().filter(code=code, status="ACTIVE").order_by("-valid_from").first()
    if item is None:
        raise Invalid(
            f"没有编码为“{code}”的事项。",
            fields={"item_code": f"没有编码为“{code}”的事项。请到执法事项里核对编码。"},
        )
    if item.penalty_basis_id is None:
        node = node_for(candidate=candidate, at=at)
        item = elements.amend(
            row=item, changes={"penalty_basis_id": node.pk}, valid_from=max(item.valid_from, node.valid_from),
            at=at, approved_by=actor.name,
        )  # fmt: skip
    _decide(candidate, State.MERGED, actor, at, reason=reason, item_uid=item.uid)
    return item


@transaction.atomic
def dismiss(*, number: int, reason: str, actor: Actor, at: datetime) -> ItemCandidate:
    """Say that this is no item for us, and why.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: no reason is given.
    """
    candidate = _hold(number)
    if not reason.strip():
        raise Invalid("没有写理由。", fields={"reason": "请写明为什么不收，一句话就行。"})
    return _decide(candidate, State.DISMISSED, actor, at, reason=reason.strip())


def _hold(number: int) -> ItemCandidate:
    """The candidate, for us alone until the end of the transaction, if it is still open."""
    candidate = (
        ItemCandidate.objects.select_for_update(of=("self",))
        .select_related("law_node__parent", "law_version__law", "decided_by")
        .get(pk=number)
    )
    if candidate.state != State.OPEN:
        who = candidate.decided_by.name if candidate.decided_by else "别人"
        raise Conflict(
            f"{who}刚刚已经处理了这一条：{candidate.get_state_display()}。",
            next_step="您的决定没有保存；请看处理结果，有不同意见请与对方商量。",
        )
    return candidate


def _decide(
    candidate: ItemCandidate, state: str, actor: Actor, at: datetime, *, reason: str = "",
    item_uid: UUID | None = None,
) -> ItemCandidate:  # fmt: skip
    candidate.state, candidate.reason, candidate.item_uid = state, reason, item_uid
    candidate.decided_by_id, candidate.decided_at = actor.account_id, at
    candidate.save(update_fields=["state", "reason", "item_uid", "decided_by", "decided_at"])
    return candidate
