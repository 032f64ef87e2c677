"""The cast of the tests: the people of the demo county, with their roles, in one place.

`cast.load()` puts all of them into the test database; `cast.account("lizhifa")` and
`cast.actor("lizhifa")` name one; `cast.sign_in(client, "lizhifa")` puts one at the screen.
`cast.county()` loads the whole small county: bodies, items, grants, subjects, officers.
"""

from datetime import date

from django.test import Client

from tests.snapshots import Snapshot
from zhiheng.people import api as people

_county = Snapshot()
ON = date(2026, 11, 20)
OFFICER, SECOND_OFFICER = "lizhifa", "zhouzhifa"
UNIT_HEAD, LEGAL_REVIEWER, AGENCY_HEAD = "wuduizhang", "wangshenhe", "zhaojuzhang"
HEARING_HOST, INTAKE_CLERK, DISPATCHER = "zhengtingzheng", "fengjiexian", "chendiaodu"
SUPERVISOR, ELEMENT_ADMIN, EXPERT = "qianducha", "chuyaosu", "weizhuanjia"
VILLAGE_CADRE, SYSTEM_ADMIN = "jiangcungan", "shenxitong"
SECOND_ELEMENT_ADMIN = "weiyaosu"
OTHER_OFFICER, OTHER_HEAD = "linshichang", "gaojuzhang"
EXPIRED_OFFICER = "sunguoqi"
LAWYER, OTHER_UNIT_HEAD = "zhangshouzheng", "xiduizhang"

BY_ROLE: dict[str, str] = {str(person.role): person.username for person in reversed(people.CAST)}


def load() -> dict[str, people.Account]:
    """All accounts of the cast and of the second agency, without a password that works."""
    return people.load_accounts(people=(*people.CAST, *people.SECOND_AGENCY), password=None)


def county() -> None:
    """The small demo county with everything in it; made once, then put back from memory."""
    from zhiheng.elements.demo import load_demo

    if people.Account.objects.exists():
        load_demo("small", 1)
    elif _county.tables:
        _county.put_back()
    else:
        load_demo("small", 1)
        _county.take()


def account(username: str) -> people.Account:
    """One of the cast; the cast is loaded if it is not there yet."""
    found = people.Account.objects.filter(username=username).first()
    return found or load()[username]


def actor(username: str, on: date = ON) -> people.Actor:
    """One of the cast as an actor on a day."""
    return people.actor_of(account(username), on)


def sign_in(client: Client, username: str) -> Client:
    """Put one of the cast at the screen."""
    client.force_login(account(username))
    return client


def living_case() -> object:
    """A case in its investigation, with clue, acts, documents and evidence, in the small county."""
    from zhiheng.cases.demo import loading
    from zhiheng.cases.models import Case

    ordinary = Case.objects.filter(dossier__procedure_id="penalty.ordinary")
    if not ordinary.exists():
        loading._play(0, ("QH-CG-001", 800000, 6, 2, "面馆"), day=ON)
    return ordinary.get()


def living_side() -> object:
    """Something that runs beside the living case: registered evidence, approved."""
    from zhiheng.cases.demo.player import Player
    from zhiheng.cases.models import Side
    from zhiheng.cases.sides.services import open_side

    case = living_case()
    found = Side.objects.filter(procedure_id="measure.registration").first()
    if found is None:
        player = Player(day=ON, fine=800000, prefix="side")
        return open_side(
            case=case, procedure_id="measure.registration", actor=player.actor("officer"),
            values={"registration_reason": "可能被拆走", "registration_items": "净化器一台",
                    "registration_urgent": False},
            at=player.now(), idempotency_key="side/1",
        )  # fmt: skip
    return found


def living_entrustment() -> int:
    """The dossier of a letter of entrustment that the organ's head has signed."""
    from zhiheng.cases.demo.paper_answers import entrustment
    from zhiheng.cases.demo.player import Player
    from zhiheng.cases.entrusting.services import sign

    player = Player(day=ON, fine=0, prefix="entrust")
    return sign(
        actor=player.actor("agency_head"), values=entrustment(ON), at=player.now(),
        idempotency_key="entrust/1",
    )  # fmt: skip


def living_good() -> object:
    """A thing held in the living case."""
    from zhiheng.cases.models import Good

    side = living_side()
    case = side.case
    return Good.objects.select_related("case", "side").first() or Good.objects.create(
        case=case, side=side, number=1, name="净化器", quantity=1, unit="台", place="物证室",
        since=ON, due_on=ON, agency_code=case.agency_code, region_code=case.region_code,
    )  # fmt: skip


def living_order() -> object:
    """A payment order of the living case, as its decision would have made it."""
    from datetime import UTC, datetime

    from zhiheng.payments import api as payments

    case = living_case()
    claim = payments.Claim(
        case_number=case.number, organ_name="综合执法局", bank="某银行", account="62220001",
        decision_number="某罚〔2026〕1号", due_on=ON, party_number="", fine_cents=800000,
    )  # fmt: skip
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    return payments.issue_order(dossier=case.dossier, claim=claim, at=at, on=ON)


def living_spot() -> object:
    """A case on the spot, just begun, in the small county."""
    from zhiheng.cases.demo.player import Player
    from zhiheng.cases.models import Case
    from zhiheng.elements import api as elements

    found = Case.objects.filter(dossier__procedure_id="penalty.summary").first()
    if found is not None:
        return found
    player = Player(day=ON, fine=5000, prefix="living-spot")
    subject = elements.find_subjects("面馆", "339901", ON, limit=1)[0]
    return player.finds(item=elements.get_item("QH-CG-024", ON), subject=subject)


def living_question() -> object:
    """A question to 卫专家 beside the living case."""
    from zhiheng.cases.demo.player import Player
    from zhiheng.cases.models import Side
    from zhiheng.cases.sides.services import open_side

    case = living_case()
    if found := Side.objects.filter(procedure_id="consultation").first():
        return found
    player = Player(day=ON, fine=800000, prefix="question")
    return open_side(
        case=case, procedure_id="consultation", actor=player.actor("officer"),
        values={"consult_expert": "卫专家（青衡县司法局，QH-ZX-01）",
                "consult_question": "裁量基准没有写的情形怎样选档？"},
        at=player.now(), idempotency_key="question/1",
    )  # fmt: skip


def listed_clue(days_late: int = 10) -> object:
    """A supervision clue: 李执法 proposed a case after the period for checking had ended."""
    from datetime import timedelta

    from zhiheng.cases.demo.player import Player
    from zhiheng.elements import api as elements
    from zhiheng.procedures.api import SupervisionClue

    if found := SupervisionClue.objects.first():
        return found
    player = Player(day=ON - timedelta(days=days_late + 50), fine=800000, prefix="listed")
    item, subject = (
        elements.get_item("QH-CG-001", ON),
        elements.find_subjects("面馆", "339901", ON, limit=1)[0],
    )
    clue = player.report(place=subject.address, description="油烟扰民", target=subject.name)
    player.match(clue, item=item, subject=subject)
    player.move_to(ON)
    player.check(clue)
    player.propose(clue)
    return SupervisionClue.objects.get()
