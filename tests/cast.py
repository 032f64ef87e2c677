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

    if not Case.objects.exists():
        loading._play(0, ("QH-CG-001", 800000, 6, 2, "面馆"), day=ON)
    return Case.objects.get()


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
            values={"registration_reason": "可能被拆走", "registration_items": "净化器一台"},
            at=player.now(), idempotency_key="side/1",
        )  # fmt: skip
    return found


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
