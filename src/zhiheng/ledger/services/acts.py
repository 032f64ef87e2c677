"""Opening a dossier and recording what happens to it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection

from zhiheng.kernel.errors import Conflict
from zhiheng.ledger.models import Act, Dossier
from zhiheng.ledger.policies import Actor
from zhiheng.ledger.services.writing import (
    RECORD_MANY,
    RECORD_ONE,
    Draft,
    explain,
    recorded,
    written,
)


def open_dossier(
    *,
    kind: str,
    number: str,
    region_code: str,
    agency_code: str,
    title: str,
    state: str,
    at: datetime,
    actor: Actor | None,
    procedure_id: str = "",
    procedure_version: int = 1,
    parent: Dossier | None = None,
) -> Dossier:
    """Open a dossier and record `dossier.open` as its first act.

    Call it in a transaction with the act that gives the matter its meaning (`case.propose` …).

    Raises:
        Conflict: the number is taken.
    """
    if Dossier.objects.filter(number=number).exists():
        raise Conflict(f"编号 {number} 已被使用。", next_step="请重新取号。")
    dossier = Dossier.objects.create(
        kind=kind,
        number=number,
        region_code=region_code,
        agency_code=agency_code,
        title=title,
        procedure_id=procedure_id,
        procedure_version=procedure_version,
        state=state,
        opened_at=at,
        parent=parent,
    )
    record_act(
        dossier=dossier,
        kind="dossier.open",
        title="建立卷宗",
        actor=actor,
        occurred_at=at,
        rule_id=procedure_id,
        rule_version=procedure_version if procedure_id else "",
        payload={"number": number, "kind": kind, "parent": parent.number if parent else None},
        to_state=state,
    )
    return dossier


def record_act(
    *,
    dossier: Dossier,
    kind: str,
    title: str,
    actor: Actor | None,
    occurred_at: datetime,
    role: str = "",
    rule_id: str = "",
    rule_version: str | int = "",
    facts: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    evidence_digests: Sequence[str] = (),
    place: str = "",
    lon: float | None = None,
    lat: float | None = None,
    device_at: datetime | None = None,
    idempotency_key: str | None = None,
    to_state: str | None = None,
    expected_seq: int | None = None,
) -> Act:
    """Record one act in one round trip: lock, number, seal, state, log queue and jobs.

    A key that was used before gives back the earlier act with `replayed` set; nothing is
    written. `dossier.state` and `dossier.last_seq` follow. `actor=None` is the system itself.

    Args:
        dossier: the matter; its row is locked until the transaction ends.
        kind: dotted name of the act, `case.file`; subscribers listen to it.
        title: what was done, in Chinese.
        actor: who did it.
        occurred_at: when it happened.
        role: the role in which the actor did it; may be left out by who holds only one.
        rule_id: step or guard of the rulebook that allowed it.
        rule_version: its version.
        facts: facts of the procedure that this act fixes; no personal data.
        payload: anything else worth keeping; no personal data.
        evidence_digests: SHA-256 of files, hexadecimal; each becomes a leaf of the log.
        place: where, in words.
        lon: longitude (WGS 84).
        lat: latitude.
        device_at: the time that the device showed.
        idempotency_key: makes a repeated request harmless.
        to_state: the dossier's state from now on.
        expected_seq: the last number that the person saw; more since then is a conflict.

    Raises:
        Invalid: something cannot be written down.
        NotFound: no such dossier.
        Conflict: the dossier has moved on, or the key was used for something else.

    Law: 行政处罚法第四十七条 (全过程记录).
    """
    draft = Draft(
        dossier=dossier, kind=kind, title=title, actor=actor, occurred_at=occurred_at, role=role,
        rule_id=rule_id, rule_version=rule_version, facts=facts, payload=payload,
        evidence_digests=evidence_digests, place=place, lon=lon, lat=lat, device_at=device_at,
        idempotency_key=idempotency_key, to_state=to_state, expected_seq=expected_seq,
    )  # fmt: skip
    act, row = written(draft)
    try:
        with connection.cursor() as cursor:
            cursor.execute(RECORD_ONE, list(row.values()))
            answer = cursor.fetchone()
    except DatabaseError as error:
        explain(error)
    return recorded(act=act, answer=answer)


def record_acts(drafts: Iterable[Draft]) -> list[Act]:
    """Record many acts in one round trip and one transaction: all or none.

    Dossiers are locked in the order of their ids, so that two bulks never wait for each other
    in a circle; within a dossier the order given is kept. Returns acts in the order given.

    Raises: what `record_act` raises.
    """
    acts, rows = [], []
    for order, draft in enumerate(drafts):
        act, row = written(draft)
        acts.append(act)
        rows.append({"ord": order, **row})
    if not acts:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(RECORD_MANY, [json.dumps(rows, ensure_ascii=False, default=str)])
            for *answer, order in cursor.fetchall():
                acts[order] = recorded(act=acts[order], answer=answer)
    except DatabaseError as error:
        explain(error)
    return acts
