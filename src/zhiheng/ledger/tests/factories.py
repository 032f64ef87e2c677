"""Dossiers and actors for tests of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from zhiheng.ledger import api as ledger

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Somebody:
    """Fits the ledger's Actor."""

    account_id: int = 7
    name: str = "李执法"
    roles: frozenset[str] = frozenset({"officer"})
    agency_code: str = "QH-ZF"
    region_code: str = "339901"
    acting_for: Mapping[str, str] = field(default_factory=dict, hash=False)


LI = Somebody()


def a_dossier(**changes) -> ledger.Dossier:
    fields = {
        "kind": "CASE",
        "number": f"T{next(_numbers):06d}",
        "region_code": "339901",
        "agency_code": "QH-ZF",
        "title": "某餐馆油烟案",
        "state": "PROPOSED",
        "at": NOON,
        "actor": LI,
        "procedure_id": "penalty.ordinary",
        "procedure_version": 1,
    }
    return ledger.open_dossier(**{**fields, **changes})


def an_act(dossier, **changes) -> ledger.Act:
    fields = {
        "dossier": dossier,
        "kind": "case.file",
        "title": "批准立案",
        "actor": LI,
        "occurred_at": NOON,
    }
    return ledger.record_act(**{**fields, **changes})
