"""Two taps and two officers at the same moment, on real connections of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests import cast
from zhiheng.cases.models import Case
from zhiheng.cases.services.spot import Step, open_on_the_spot, take
from zhiheng.cases.tests.factories import matter_of
from zhiheng.cases.tests.spot_factories import DAY, LITTER, TO_TOLD, citizen, on_the_spot
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Any) -> list[Any]:
    """Do all at the same moment; a refusal is an answer too."""
    together = threading.Barrier(len(works))

    def one(work: Any) -> Any:
        together.wait(timeout=20)
        try:
            return work()
        except ZhihengError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_a_double_tap_opens_one_case():
    cast.county()
    player = on_the_spot(prefix="other")
    subject, at = citizen("双击甲"), player.now()
    common = {
        "item": elements.get_item(LITTER, DAY), "subject": subject, "place": "渡口街口", "at": at,
        "actor": player.actor("officer"), "idempotency_key": "double",
        "co_handlers": [cast.account("zhouzhifa").pk],
    }  # fmt: skip
    first, second = at_once(*[lambda: open_on_the_spot(**common)] * 2)
    assert first.pk == second.pk
    assert Case.objects.filter(party_name="双击甲").count() == 1


def test_two_officers_decide_once_and_one_is_told():
    player = on_the_spot()
    player.steps(*TO_TOLD)
    steps = [
        Step("hear", {"statement_said": "NO_OBJECTION", "statement_text": "", "statement_check": ""}),
        Step("decide", {"fine_decided": 5000, "correction_content": "改正。", "payment_channel": "BANK",
                        "spot_collection_ground": "NONE", "spot_receipt_no": ""}),
    ]  # fmt: skip
    at = player.now()
    mine, theirs = player.actor("officer"), cast.actor("zhouzhifa", DAY)
    answers = at_once(
        lambda: take(matter_of(player), steps, actor=mine, at=at, idempotency_key="mine"),
        lambda: take(matter_of(player), steps, actor=theirs, at=at, idempotency_key="theirs"),
    )
    refused = [each for each in answers if isinstance(each, ZhihengError)]
    assert len(refused) == 1
    assert "刚刚办理了" in str(refused[0])
    kinds = [act.kind for act in ledger.acts_of(player.case.dossier)]
    assert (kinds.count("case.decide"), kinds.count("case.hear")) == (1, 1)
