"""What the demo county's cases are: some at every stage, so that every list has life."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from zhiheng.cases.demo import crossing, enforcing, measures, street
from zhiheng.cases.demo.player import Player
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import today
from zhiheng.ledger import api as ledger

COLLECT = ("show_id", "record_site", "record_interview", "add_photo", "verify_evidence",
           "order_correction", "confirm_address")  # fmt: skip
# Days from the report to each group of steps, and the steps; a plan plays a first part of these.
ROAD: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ("file",)), (4, COLLECT), (9, ("conclude",)), (10, ("countersign",)), (13, ("review",)),
    (14, ("issue_notice",)), (15, ("serve_notice",)), (17, ("waive_defence",)), (18, ("decide",)),
    (20, ("serve_decision",)), (25, ("review_publication", "record_payment", "confirm_performance")),
    (27, ("close",)), (28, ("archive",)),
)  # fmt: skip

MANY = 1_000  # a county's cases are fewer
# (item, fine in cents, days since the report, how many groups of the road, word to find the party)
PLANS: tuple[tuple[str, int, int, int, str], ...] = (
    ("QH-CG-001", 800000, 60, 13, "面馆"), ("QH-CG-003", 100000, 55, 13, "烧烤"),
    ("QH-CG-018", 20000, 50, 13, "五金"), ("QH-CG-001", 900000, 42, 11, "火锅"),
    ("QH-CG-014", 600000, 38, 10, "酒楼"), ("QH-CG-001", 850000, 35, 9, "小炒"),
    ("QH-CG-021", 80000, 30, 8, "五金"), ("QH-CG-004", 1500000, 26, 7, "置业"),
    ("QH-CG-015", 700000, 24, 6, "夜宵"), ("QH-CG-001", 820000, 20, 5, "海鲜"),
    ("QH-CG-013", 1200000, 16, 4, "园林"), ("QH-CG-003", 120000, 14, 3, "烧烤"),
    ("QH-CG-018", 30000, 9, 2, "五金"), ("QH-CG-001", 800000, 6, 1, "面馆"),
    ("QH-CG-005", 1300000, 4, 0, "置业"), ("QH-CG-001", 800000, 3, 0, "酒楼"),
)  # fmt: skip

# One case under way shows every kind of evidence and both notices.
LIVELY = 12
FURTHER = ("draw_plan", "take_statement", "extract_data", "add_recording", "request_evidence",
           "summon")  # fmt: skip

# One case whose decision was served so many days later than usual, for supervisors to look at.
LATE, SERVED, LATER = 1, 20, 14

# Clues that nobody has filed yet: (item or "", how far, what was said, where, word for the party).
CLUES: tuple[tuple[str, str, str, str, str], ...] = (
    ("QH-CG-001", "new", "楼下饭店排出的油烟直往家里窜，开窗就呛人", "城东街道清波路18号后巷", "小炒"),
    ("QH-CG-013", "new", "工地半夜还在打桩，老人孩子睡不着", "城西街道竹坞街口", "园林"),
    ("QH-CG-018", "matched", "店门口人行道摆满货，推婴儿车过不去", "城东街道渡口街174号", "五金"),
    ("QH-CG-008", "matched", "有人把装修垃圾倒在绿化带里", "城西街道梅溪路北段", ""),
    ("QH-CG-003", "checked", "夜里露天烧烤，烟雾大，声音吵", "石门镇南门巷口", "烧烤"),
)  # fmt: skip


def load_demo(scale: str, seed: int) -> dict[str, int]:
    """Play the plans into an empty county; a county that has cases is left alone.

    `province` copies 1.2 million cases in beside them, once.
    """
    added = {} if Case.objects.exists() else _play_county()
    if scale == "province" and Case.objects.all()[:MANY].count() < MANY:
        from zhiheng.cases.demo import province  # which casts from what is played here

        added |= province.load(seed=seed)
    return added


def _play_county() -> dict[str, int]:
    day = today()
    for number, plan in enumerate(PLANS):
        with transaction.atomic():
            _play(number, plan, day=day)
    for number, told in enumerate(CLUES):
        with transaction.atomic():
            _tell(number, told, day=day)
    with transaction.atomic():
        more = street.play(day)
        crossing.entrust(day=day)
    return {"案件": len(PLANS) + more, "线索": len(PLANS) + len(CLUES),
            "行为记录": ledger.Act.objects.count()}  # fmt: skip


def _party(word: str, number: int, day: date) -> Any:
    found = elements.find_subjects(word, "339901", day, limit=20)
    return found[number % len(found)]


def _play(number: int, plan: tuple[str, int, int, int, str], *, day: date) -> None:
    code, fine, days, groups, word = plan
    start = day - timedelta(days=days)
    item, subject = elements.get_item(code, day), _party(word, number, day)
    player = Player(day=start, fine=fine, prefix=f"demo/{number}")
    clue = player.report(
        place=subject.address, description=f"群众反映：{item.name}", target=subject.name,
        source=("PHONE", "HOTLINE", "PATROL", "QR")[number % 4],
    )  # fmt: skip
    player.match(clue, item=item, subject=subject)
    player.move_to(start + timedelta(days=1))
    player.check(clue)
    player.propose(clue)
    for after, steps in ROAD[:groups]:
        later = LATER if number == LATE and after >= SERVED else 0
        player.move_to(start + timedelta(days=after + later))
        player.steps(*steps)
    player.steps(*(FURTHER if number == LIVELY else ()))
    measures.beside(player, number, day=day)
    crossing.hand_over(player, number, day=day)
    if ROAD[groups - 1][1] == ("serve_decision",):
        enforcing.urge(player, day=day)


def _tell(number: int, told: tuple[str, str, str, str, str], *, day: date) -> None:
    code, far, text, place, word = told
    player = Player(day=day - timedelta(days=2), fine=0, prefix=f"demo/clue/{number}")
    subject = _party(word, number, day) if word else None
    clue = player.report(place=place, description=text, target=subject.name if subject else "")
    if far == "new":
        return
    subject = subject or _party("有限公司", number, day)
    player.match(clue, item=elements.get_item(code, day), subject=subject)
    if far == "checked":
        player.move_to(day - timedelta(days=1))
        player.check(clue)
