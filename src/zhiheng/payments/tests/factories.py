"""An order of its own, for tests of payments."""

from datetime import UTC, date, datetime

from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments

AT = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
ON = date(2026, 4, 1)


def order(*, number: str = "甲", fine: int = 800000, **more) -> payments.PaymentOrder:
    """An order for a fine due on 7 April 2026."""
    dossier = ledger.open_dossier(
        kind="CASE", number=number, region_code="339901", agency_code="QH-CG", title="测试",
        procedure_id="penalty.ordinary", procedure_version=1, state="SERVED", at=AT, actor=None,
    )  # fmt: skip
    claim = payments.Claim(
        case_number=number, organ_name="某局", bank="某银行", account="62220001",
        decision_number="某罚〔2026〕1号", due_on=date(2026, 4, 7), party_number="33990119900101123X",
        fine_cents=fine, addition_stated=True, **more,
    )  # fmt: skip
    return payments.issue_order(dossier=dossier, claim=claim, at=AT, on=ON)


def money(number: str, cents: int, on: date = ON, **more) -> payments.Money:
    """Money on the order's account."""
    known = {"channel": "BANK", "account": "62220001", **more}
    return payments.Money(bank_no=number, cents=cents, paid_on=on, **known)
