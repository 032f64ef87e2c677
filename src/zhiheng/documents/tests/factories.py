"""Facts and dossiers for the tests of documents."""

import json
from datetime import UTC, datetime
from typing import Any

from zhiheng.documents import selectors
from zhiheng.ledger import api as ledger

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SAMPLE_CODES = sorted(path.name for path in selectors.documents_root().glob("F-*"))


def sample(code: str) -> dict[str, Any]:
    folder = selectors.template_of(code=code).folder
    return json.loads((folder / "sample.json").read_text(encoding="utf-8"))


def dossier(number: str = "青综执立〔2026〕000123", parent: Any = None) -> ledger.Dossier:
    return ledger.open_dossier(
        kind="CASE",
        number=number,
        region_code="339901",
        agency_code="QH-ZF",
        title="渝香楼油烟案",
        procedure_id="penalty.ordinary",
        procedure_version=1,
        state="FILED",
        at=AT,
        actor=None,
        parent=parent,
    )
