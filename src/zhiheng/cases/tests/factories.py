"""Cases for the tests, opened and walked through the services by the cast."""

from datetime import date
from typing import Any

from tests import cast
from zhiheng.cases.demo.player import Player
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements

DAY = date(2026, 3, 2)
COLLECT = ("file", "show_id", "record_site", "record_interview", "add_photo", "verify_evidence",
           "order_correction", "confirm_address")  # fmt: skip


def checked(day: date = DAY, *, fine: int = 800000, prefix: str = "test") -> tuple[Player, Any]:
    """A clue that was checked and may be filed."""
    cast.county()
    player = Player(day=day, fine=fine, prefix=prefix)
    clue = player.report(place="清波路18号", description="油烟直排居民窗下", target="面馆")
    subject = elements.find_subjects("面馆", "339901", day, limit=1)[0]
    player.match(clue, item=elements.get_item("QH-CG-001", day), subject=subject)
    player.check(clue)
    return player, clue


def proposed(day: date = DAY, **more: Any) -> Player:
    """A case that waits for the head."""
    player, clue = checked(day, **more)
    player.propose(clue)
    return player


def collected(day: date = DAY, **more: Any) -> Player:
    """A case with its evidence."""
    player = proposed(day, **more)
    player.steps(*COLLECT)
    return player


def matter_of(player: Player) -> CaseMatter:
    """The case as it stands."""
    rows = Case.objects.select_related("dossier__run", "item", "subject", "lead", "clue")
    return CaseMatter(rows.get(pk=player.case.pk))
