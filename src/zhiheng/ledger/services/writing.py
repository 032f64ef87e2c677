"""From a draft to the row that the database function takes, and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.db import DatabaseError

from zhiheng.kernel.errors import Conflict, Invalid, NotFound
from zhiheng.ledger import canonical
from zhiheng.ledger.models import Act, Dossier
from zhiheng.ledger.policies import Actor, signature
from zhiheng.ledger.services.subscriptions import jobs_for

# What the function ledger_record_act takes, in its order (migration 0003).
PARAMETERS = {
    "dossier": "bigint", "kind": "text", "title": "text", "to_state": "text",
    "actor_id": "bigint", "actor_name": "text", "actor_role": "text", "acting_for": "text",
    "agency_code": "text", "region_code": "text", "place": "text",
    "lon": "double precision", "lat": "double precision",
    "device_at": "timestamptz", "occurred_at": "timestamptz",
    "rule_id": "text", "rule_version": "text",
    "facts": "jsonb", "payload": "jsonb", "evidence_digests": "jsonb",
    "idempotency_key": "text", "content": "text", "jobs": "jsonb", "expected_seq": "integer",
}  # fmt: skip
ANSWER = "act_id, act_seq, act_recorded_at, act_digest, act_replayed"
COLUMNS = ", ".join(  # JSON travels as text within the JSON of the rows
    f"{name} {'text' if kind == 'jsonb' else kind}" for name, kind in PARAMETERS.items()
)
FROM_VALUES = ", ".join(f"%s::{kind}" for kind in PARAMETERS.values())
FROM_ROWS = ", ".join(f"w.{name}::{kind}" for name, kind in PARAMETERS.items())
RECORD_ONE = f"SELECT {ANSWER} FROM ledger_record_act({FROM_VALUES})"  # noqa: S608 - fixed names
RECORD_MANY = f"""
SELECT {ANSWER}, w.ord
FROM (SELECT * FROM jsonb_to_recordset(%s) AS x(ord integer, {COLUMNS}) ORDER BY dossier, ord) w,
     LATERAL ledger_record_act({FROM_ROWS}) r
"""  # noqa: S608 - fixed names
SHA256 = re.compile(r"[0-9a-f]{64}")
LONGEST = {"kind": 64, "title": 200, "place": 200, "rule_id": 96, "idempotency_key": 96}
LABELS = {
    "kind": "行为",
    "title": "标题",
    "place": "地点",
    "rule_id": "规则",
    "idempotency_key": "防重复键",
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An act before it is recorded; the fields mean what they mean in `record_act`."""

    dossier: Dossier
    kind: str
    title: str
    actor: Actor | None
    occurred_at: datetime
    role: str = ""
    rule_id: str = ""
    rule_version: str | int = ""
    facts: Mapping[str, Any] | None = None
    payload: Mapping[str, Any] | None = None
    evidence_digests: Sequence[str] = ()
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    device_at: datetime | None = None
    idempotency_key: str | None = None
    to_state: str | None = None
    expected_seq: int | None = None


def written(draft: Draft) -> tuple[Act, dict[str, Any]]:
    """The act as it will stand, but for number, time and digest; and its row for the database."""
    dossier = draft.dossier
    who = signature(actor=draft.actor, role=draft.role, agency_code=dossier.agency_code)
    try:
        act = Act(
            dossier=dossier, kind=draft.kind, title=canonical.plain(draft.title),
            to_state=draft.to_state or "", actor_id=who.account_id, actor_name=who.name,
            actor_role=who.role, acting_for=who.acting_for, agency_code=who.agency_code,
            region_code=dossier.region_code, place=canonical.plain(draft.place),
            lon=draft.lon, lat=draft.lat, device_at=draft.device_at,
            occurred_at=draft.occurred_at, rule_id=draft.rule_id,
            rule_version=str(draft.rule_version), facts=canonical.plain(draft.facts or {}),
            payload=canonical.plain(draft.payload or {}),
            evidence_digests=_digests(draft.evidence_digests),
            idempotency_key=draft.idempotency_key or None,
        )  # fmt: skip
        _check(act)
        return act, _row(act=act, expected_seq=draft.expected_seq)
    except canonical.NotPlain as error:
        raise Invalid(str(error)) from error


def _check(act: Act) -> None:
    for name, longest in LONGEST.items():
        if len(getattr(act, name) or "") > longest:
            raise Invalid(
                f"{LABELS[name]}超过 {longest} 个字。",
                next_step="请缩短后再提交。",
                fields={name: f"最多 {longest} 个字。"},
            )
    if not act.title:
        raise Invalid(
            "行为记录缺少标题。", next_step="请写明做了什么。", fields={"title": "必填。"}
        )


def _digests(values: Sequence[str]) -> list[str]:
    digests = list(dict.fromkeys(str(value).lower() for value in values))
    for digest in digests:
        if not SHA256.fullmatch(digest):
            raise canonical.NotPlain(f"证据摘要 {digest} 不是 SHA-256 值，请重新上传该证据。")
    return digests


def _row(*, act: Act, expected_seq: int | None) -> dict[str, Any]:
    """Values of PARAMETERS, JSON as text."""
    content = canonical.content_of(act)
    return {
        **{name: content.get(name) for name in PARAMETERS},
        "dossier": act.dossier_id,
        "facts": canonical.text_of(act.facts),
        "payload": canonical.text_of(act.payload),
        "evidence_digests": canonical.text_of(act.evidence_digests),
        "content": canonical.content_digest(content).hex(),
        "jobs": jobs_for(act.kind),
        "expected_seq": expected_seq,
    }


def recorded(*, act: Act, answer: Sequence[Any]) -> Act:
    """The act with what the database gave it; an earlier act in its place if replayed."""
    act_id, seq, recorded_at, digest, replayed = answer
    dossier = act.dossier
    if replayed:
        act = Act.objects.select_related(None).get(pk=act_id)
        act.replayed = True
        act.dossier = dossier
        return act
    act.id, act.seq, act.recorded_at, act.digest = act_id, seq, recorded_at, bytes(digest)
    act._state.adding = False
    dossier.last_seq = seq
    dossier.state = act.to_state or dossier.state
    return act


def explain(error: DatabaseError) -> NoReturn:
    """Turn the database's refusal into a sentence."""
    state = getattr(error.__cause__, "sqlstate", "")
    if state == "ZH001":
        raise NotFound("没有找到该卷宗。") from error
    if state == "ZH002":
        raise Conflict(
            "此事项刚刚已由他人办理，您看到的不是最新情况。",
            next_step="请刷新页面，核对最新进展后再办理；您填写的内容不会丢失。",
        ) from error
    if state == "ZH003" or "act_key_once" in str(error):
        raise Conflict(
            "这次提交使用的防重复键已用于另一件事。", next_step="请返回重新打开页面后再提交。"
        ) from error
    raise error
