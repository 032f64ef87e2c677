"""The demo county's cases on the spot and fast ones: some at every stage."""

from datetime import date, timedelta
from typing import Any

from zhiheng.cases.demo.player import Player
from zhiheng.elements import api as elements

TOLD = ("show_id", "add_photo", "verify_evidence", "tell")
DECIDED = (*TOLD, "hear", "decide")
SERVED = (*DECIDED, "serve_decision", "report")
PAID = (*SERVED, "record_payment", "confirm_performance")
SHELVED = (*PAID, "close", "archive")
# (item, fine in cents, days ago, steps, word to find the party)
ON_THE_SPOT: tuple[tuple[str, int, int, tuple[str, ...], str], ...] = (
    ("QH-CG-025", 15000, 21, SHELVED, "小炒"), ("QH-CG-025", 20000, 9, PAID, "面馆"),
    ("QH-CG-024", 5000, 5, SERVED, "烧烤"), ("QH-CG-025", 10000, 2, SERVED, "火锅"),
    ("QH-CG-025", 10000, 0, DECIDED, "海鲜"), ("QH-CG-024", 2000, 0, TOLD, "酒楼"),
    ("QH-CG-025", 20000, 6, (*TOLD, "to_ordinary"), "夜宵"),
)  # fmt: skip
CONSENTED = ("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
NOTIFIED = (*CONSENTED, "order_correction", "conclude", "review", "approve", "issue_notice",
            "serve_notice")  # fmt: skip
AGREED = (*NOTIFIED, "waive_defence", "decide", "serve_decision", "record_payment",
          "confirm_performance", "close", "archive")  # fmt: skip
FAST: tuple[tuple[str, int, int, tuple[str, ...], str], ...] = (
    ("QH-CG-018", 30000, 18, AGREED, "五金"), ("QH-CG-021", 80000, 4, NOTIFIED, "五金"),
    ("QH-CG-018", 20000, 1, CONSENTED, "五金"),
)  # fmt: skip


def play(day: date) -> int:
    """Play them all; how many there are."""
    for number, (code, fine, days, steps, word) in enumerate(ON_THE_SPOT):
        on = day - timedelta(days=days)
        player = Player(day=on, fine=fine, prefix=f"demo/spot/{number}")
        player.finds(item=elements.get_item(code, on), subject=_party(word, number, on))
        player.steps(*steps)
    for number, (code, fine, days, steps, word) in enumerate(FAST):
        on = day - timedelta(days=days)
        player = Player(day=on, fine=fine, prefix=f"demo/fast/{number}")
        item, subject = elements.get_item(code, on), _party(word, number, on)
        clue = player.report(
            place=subject.address, description=f"巡查发现：{item.name}", target=subject.name,
            source="PATROL",
        )  # fmt: skip
        player.match(clue, item=item, subject=subject)
        player.check(clue)
        player.propose(clue, procedure_id="penalty.fast")
        player.steps(*steps)
    return len(ON_THE_SPOT) + len(FAST)


def _party(word: str, number: int, on: date) -> Any:
    found = elements.find_subjects(word, "339901", on, limit=20)
    return found[number % len(found)]
