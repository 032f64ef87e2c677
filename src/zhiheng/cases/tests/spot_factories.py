"""Cases on the spot and fast ones for the tests, through the services by the cast."""

from datetime import date
from typing import Any

from tests import cast
from zhiheng.cases.demo.player import Player
from zhiheng.elements import api as elements

DAY = date(2026, 3, 2)
LITTER, SLOPS, SHOPFRONT = "QH-CG-024", "QH-CG-025", "QH-CG-018"
TO_TOLD = ("show_id", "add_photo", "verify_evidence", "tell")
TO_SERVED = (*TO_TOLD, "hear", "decide", "serve_decision", "report")
AGREED = ("file", "show_id", "check_eligibility", "consent")


def citizen(name: str = "路过甲", day: date = DAY) -> elements.Subject:
    """A person nobody knew before."""
    from zhiheng.cases.demo.player import FIRST_HOUR, SHANGHAI, datetime

    return elements.ensure_subject(
        kind="CITIZEN", name=name, region_code="339901", at=datetime.combine(day, FIRST_HOUR, SHANGHAI),
        address="青衡县城东街道渡口街2号",
    )  # fmt: skip


def shop(word: str = "面馆", day: date = DAY) -> elements.Subject:
    """A shop of the county."""
    return elements.find_subjects(word, "339901", day, limit=1)[0]


def on_the_spot(
    day: date = DAY,
    *,
    fine: int = 5000,
    item: str = LITTER,
    subject: Any = None,
    prefix: str = "spot",
) -> Player:
    """A case just opened on the spot."""
    cast.county()
    player = Player(day=day, fine=fine, prefix=prefix)
    player.finds(item=elements.get_item(item, day), subject=subject or citizen(day=day))
    return player


def fast(
    day: date = DAY, *, fine: int = 30000, item: str = SHOPFRONT, prefix: str = "fast"
) -> Player:
    """A fast case that waits for the head."""
    cast.county()
    player = Player(day=day, fine=fine, prefix=prefix)
    clue = player.report(place="渡口街174号", description="店外摆货", target="五金")
    player.match(clue, item=elements.get_item(item, day), subject=shop("五金", day))
    player.check(clue)
    player.propose(clue, procedure_id="penalty.fast")
    return player
