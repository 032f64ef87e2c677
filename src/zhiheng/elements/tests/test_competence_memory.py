"""Memory answers like the database, word for word, and is never behind what one can see."""

import random
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhiheng.elements import api, competence_memory, competence_sql, services
from zhiheng.elements.demo.material import uid
from zhiheng.elements.models import Basis, Body, Grant, Item, Status

ON = cast.ON
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
DAYS = (
    date(2023, 6, 1), date(2024, 1, 1), date(2025, 7, 1), date(2026, 8, 14), date(2026, 8, 15),
    ON, date(2026, 12, 31), date(2027, 1, 1), date(2030, 1, 1),
)  # fmt: skip
REGIONS = ("339901", "339901001", "339901002", "339901101", "339901101003", "339902", "330000", "")


@pytest.fixture
def fresh():
    competence_memory.forget()
    yield
    competence_memory.forget()


def disagreements(picture, *, seed: int, count: int) -> list[tuple]:
    """Questions that memory and the database answer differently."""
    rng = random.Random(seed)
    bodies = [*Body.objects.values_list("code", flat=True), "QH-XX"]
    items = [*Item.objects.values_list("code", flat=True), "QH-XX"]
    pairs = list(Grant.objects.values_list("body__code", "item__code"))
    found = []
    for _ in range(count):
        body, item = rng.choice(pairs) if rng.random() < 0.7 else (
            rng.choice(bodies), rng.choice(items)
        )  # fmt: skip
        asked = {
            "body_code": body, "item_code": item,
            "region_code": rng.choice(REGIONS), "on": rng.choice(DAYS),
        }  # fmt: skip
        if picture.may(**asked) != competence_sql.may_body_do_item(**asked):
            found.append((asked, picture.may(**asked), competence_sql.may_body_do_item(**asked)))
    return found


def shake(rng: random.Random) -> None:
    """Change the county in every way that an answer depends on."""
    grants = list(Grant.objects.known().filter(valid_until=None))
    for number, row in enumerate(rng.sample(grants, 24)):
        day = max(rng.choice(DAYS[2:]), row.valid_from + timedelta(days=1))
        if number % 4 == 0:
            services.end(row=row, valid_until=day, at=AT)
        elif number % 4 == 1:
            services.amend(row=row, changes={"status": Status.SUSPENDED}, valid_from=day, at=AT)
        elif number % 4 == 2:
            parts = rng.sample(REGIONS[1:4], 2)
            services.amend(row=row, changes={"except_regions": parts}, valid_from=day, at=AT)
        else:
            services.record(
                row=Grant(
                    item=row.item, body=rng.choice(grants).body, mode=rng.choice(Grant.Mode.values),
                    derived_from=rng.choice([row, rng.choice(grants), None]), doc_title="测试",
                    region_code=rng.choice(("339901", "339901001", "100000", "339900")),
                    valid_from=day, uid=uid("t", number),
                ),
                at=AT,
            )  # fmt: skip
    for row in rng.sample(list(Body.objects.known()), 2):
        services.amend(row=row, changes={"status": Status.SUSPENDED}, valid_from=ON, at=AT)
    for row in rng.sample(list(Item.objects.known().filter(valid_until=None)), 4):
        services.amend(row=row, changes={"name": "改过的名称"}, valid_from=ON, at=AT)
    for row in rng.sample(list(Basis.objects.known().filter(valid_until=None)), 2):
        services.end(row=row, valid_until=ON + timedelta(days=30), at=AT)


@pytest.mark.usefixtures("county", "fresh")
@pytest.mark.parametrize("seed", range(4))
def test_memory_and_database_agree_on_everything_they_are_asked(seed):
    rng = random.Random(seed)
    if seed:
        shake(rng)
    assert disagreements(competence_memory.refresh(), seed=seed, count=350) == []


@pytest.mark.usefixtures("county", "fresh")
def test_every_kind_of_answer_occurs_in_the_comparison():
    shake(random.Random(1))
    picture = competence_memory.refresh()
    asked = [
        picture.may(body_code=b, item_code=i, region_code=r, on=d)
        for b, i in Grant.objects.values_list("body__code", "item__code")
        for r in REGIONS[:3] for d in DAYS
    ]  # fmt: skip
    words = ("可以办理", "名录", "无效或不存在", "失去依据", "移送", "已失效")
    assert [word for word in words if not any(word in one.reason for one in asked)] == []


@pytest.mark.usefixtures("county", "fresh")
def test_from_memory_one_question_costs_one_look_at_the_stamp():
    competence_memory.refresh()
    with CaptureQueriesContext(connection) as queries:
        assert api.may_body_do_item("QH-ZF", "QH-CG-001", "339901", ON).ok
    assert len(queries) == 1
    assert "elements_competence_stamp" in queries[0]["sql"]


@pytest.mark.usefixtures("county", "fresh")
def test_a_transaction_that_wrote_sees_what_it_wrote_and_forgets_what_it_took_back():
    competence_memory.refresh()
    row = Grant.objects.known().get(body__code="QH-ZF", item__code="QH-CG-002")
    with transaction.atomic():
        services.end(row=row, valid_until=ON, at=AT)
        assert not api.may_body_do_item("QH-ZF", "QH-CG-002", "339901", ON).ok
        competence_memory.refresh()
        assert not api.may_body_do_item("QH-ZF", "QH-CG-002", "339901", ON).ok
        transaction.set_rollback(True)
    assert api.may_body_do_item("QH-ZF", "QH-CG-002", "339901", ON).ok


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fresh")
def test_what_another_connection_commits_is_seen_by_the_next_question():
    cast.county()
    row = Grant.objects.known().get(body__code="QH-ZF", item__code="QH-CG-003")
    competence_memory.refresh()
    assert api.may_body_do_item("QH-ZF", "QH-CG-003", "339901", ON).ok

    def end_elsewhere() -> None:
        services.end(row=row, valid_until=ON, at=AT)
        connections.close_all()

    in_thread(end_elsewhere)
    assert not api.may_body_do_item("QH-ZF", "QH-CG-003", "339901", ON).ok
    picture = competence_memory.refresh()
    assert competence_memory.current() is picture


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fresh")
def test_readers_among_committing_writers_never_hold_a_stale_picture():
    """Writers end grants one by one; whoever asks after a commit is never told of the ended one."""
    cast.county()
    held = Grant.objects.known().filter(body__code="QH-ZF", valid_until=None)
    rows = list(held.select_related("item")[:24])
    ended: list[str] = []
    wrong: list[str] = []
    done = threading.Event()

    def write(mine: list[Grant]) -> None:
        for row in mine:
            services.end(row=row, valid_until=ON, at=AT)
            ended.append(row.item.code)
        connections.close_all()

    def read() -> None:
        while not done.is_set():
            competence_memory.refresh()
            told = [(c, api.may_body_do_item("QH-ZF", c, "339901", ON)) for c in list(ended)]
            wrong.extend(code for code, answer in told if answer.ok)
        connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(rows[n::2],)) for n in range(2)]
    start(readers + writers)
    finish(writers)
    done.set()
    finish(readers)
    assert len(ended) == 24
    assert wrong == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fresh")
def test_behind_the_scenes_a_new_picture_is_built(settings):
    settings.COMPETENCE_IN_MEMORY = True
    cast.county()
    assert api.may_body_do_item("QH-ZF", "QH-CG-001", "339901", ON).ok
    for thread in threading.enumerate():
        if thread.name == "competence":
            thread.join(timeout=20)
    assert competence_memory.current() is not None


def start(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()


def finish(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join()


def in_thread(work) -> None:
    """Do it on a connection of another thread."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
