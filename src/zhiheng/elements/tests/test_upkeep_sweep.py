"""The sweep: twice is once, what is mended closes itself, what people set stays, two at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tests import cast
from zhiheng.elements import services
from zhiheng.elements.models import Body, Officer, UpkeepItem, UpkeepNote
from zhiheng.elements.upkeep import rules, work
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.elements.upkeep.sweep import Swept, sweep
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed

ON = cast.ON
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
LATER = AT + timedelta(days=1)
pytestmark = pytest.mark.usefixtures("county")


def town() -> Body:
    return Body.objects.active(ON).get(code="QH-YS")


def amend(row, at=AT, **changes):
    return services.amend(row=row, changes=changes, valid_from=ON, at=at)


def line(reason: str = "body.notice") -> UpkeepItem:
    return UpkeepItem.objects.get(reason=reason)


@pytest.fixture
def unannounced():
    row = amend(town(), qualification_notice="")
    sweep(on=ON, at=AT)
    return row


def state() -> list:
    return list(UpkeepItem.objects.order_by("id").values()) + list(UpkeepNote.objects.values())


def test_sweeping_twice_changes_nothing(unannounced):
    before = state()
    assert sweep(on=ON, at=LATER) == Swept()
    assert state() == before


def test_the_whole_sweep_by_command_says_what_it_did(capsys):
    call_command("elements", "sweep", "--on", "2026-11-20")
    assert "2026-11-20：新发现 " in capsys.readouterr().out
    call_command("elements", "sweep", "--on", "2026-11-20")
    assert "新发现 0 条，重新出现 0 条，已消除 0 条，内容有变 0 条" in capsys.readouterr().out


def test_what_is_mended_closes_itself_and_says_why_and_comes_back_when_it_is_back(unannounced):
    row = amend(unannounced, qualification_notice="青政公告〔2026〕9号")
    assert sweep(on=ON, at=LATER).mended == 1
    closed = line()
    assert (closed.state, closed.closed_at) == ("MENDED", LATER)
    assert "已登记资格公告" in closed.closed_note
    amend(row, qualification_notice="")
    again = LATER + timedelta(days=3)
    assert sweep(on=ON + timedelta(days=4), at=again).reopened == 1
    opened = line()
    assert (opened.pk, opened.state, opened.found_at) == (closed.pk, "OPEN", again)
    kinds = list(opened.notes.order_by("id").values_list("kind", flat=True))
    assert kinds == ["MENDED", "REOPENED"]


def test_the_owner_of_the_element_owns_the_line_until_a_person_says_otherwise(unannounced):
    assert line().owner is None
    owner, other = cast.account(cast.UNIT_HEAD), cast.account(cast.LEGAL_REVIEWER)
    row = amend(unannounced, owner_id=owner.pk)
    sweep(on=ON, at=AT)
    assert line().owner == owner
    work.assign(item=line(), to=other, actor=cast.actor(cast.ELEMENT_ADMIN), at=AT)
    amend(row, owner_id=cast.account(cast.AGENCY_HEAD).pk)
    sweep(on=ON, at=LATER)
    assert line().owner == other


def test_a_day_set_by_a_person_stays_and_a_past_one_is_refused(unannounced):
    admin = cast.actor(cast.ELEMENT_ADMIN)
    with pytest.raises(Invalid):
        work.set_due(item=line(), due_on=ON - timedelta(days=1), on=ON, actor=admin, at=AT)
    wanted = ON + timedelta(days=100)
    work.set_due(item=line(), due_on=wanted, on=ON, actor=admin, at=AT)
    sweep(on=ON, at=LATER)
    assert line().due_on == wanted


def test_the_due_day_is_the_day_it_happens_or_so_many_days_after_it_was_found(unannounced):
    days = rules.number("upkeep.mend.medium", ON)
    assert line().due_on == ON + timedelta(days=days)
    ends = UpkeepItem.objects.filter(reason="grant.entrustment").first()
    assert ends.due_on == ends.happens_on


def test_a_dismissed_line_stays_away_with_its_reason_until_the_fault_goes_and_returns(unannounced):
    admin = cast.actor(cast.ELEMENT_ADMIN)
    with pytest.raises(Invalid):
        work.dismiss(item=line(), reason="  ", actor=admin, at=AT)
    work.dismiss(item=line(), reason="年底撤并，不再公告。", actor=admin, at=AT)
    assert sweep(on=ON, at=LATER) == Swept()
    assert line().state == "DISMISSED"
    note = line().notes.get()
    assert (note.by.username, note.text) == (cast.ELEMENT_ADMIN, "年底撤并，不再公告。")
    row = amend(town(), qualification_notice="有了")
    sweep(on=ON, at=LATER)
    amend(row, qualification_notice="")
    sweep(on=ON, at=LATER)
    assert line().state == "OPEN"
    with pytest.raises(Conflict):
        work.dismiss(item=closed(line()), reason="又一次", actor=admin, at=AT)


def closed(item: UpkeepItem) -> UpkeepItem:
    work.dismiss(item=item, reason="先放着", actor=cast.actor(cast.ELEMENT_ADMIN), at=AT)
    return item


def test_only_the_owner_and_the_administrator_of_the_region_work_on_a_line(unannounced):
    officer = cast.actor(cast.OFFICER)
    with pytest.raises(NotAllowed):
        work.comment(item=line(), text="我来看看", actor=officer, at=AT)
    work.assign(
        item=line(), to=cast.account(cast.OFFICER), actor=cast.actor(cast.ELEMENT_ADMIN), at=AT
    )
    work.comment(item=line(), text="我来看看", actor=officer, at=AT)
    assert line().notes.filter(kind="COMMENT", by__username=cast.OFFICER).count() == 1


def test_a_line_of_the_sweep_is_not_settled_by_hand(unannounced):
    with pytest.raises(NotAllowed, match="改好要素才会消除"):
        work.settle(item=line(), note="好了", actor=cast.actor(cast.ELEMENT_ADMIN), at=AT)


def test_notes_are_never_changed(unannounced):
    work.comment(item=line(), text="看过", actor=cast.actor(cast.ELEMENT_ADMIN), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        UpkeepNote.objects.update(text="没看过")


def test_one_rule_alone_leaves_the_other_lines_alone(unannounced):
    before = UpkeepItem.objects.exclude(reason="body.notice").count()
    amend(unannounced, qualification_notice="有了")
    assert sweep(on=ON, at=LATER, only=["body.notice"]) == Swept(mended=1)
    assert UpkeepItem.objects.exclude(reason="body.notice").count() == before


def test_the_number_of_queries_does_not_grow_with_the_number_of_faults(
    django_assert_max_num_queries,
):
    with django_assert_max_num_queries(60):
        sweep_all(on=ON, at=AT)
    for officer in Officer.objects.active(ON)[:12]:
        amend(officer, cert_until=ON)
    for body in Body.objects.active(ON):
        amend(body, qualification_notice="")
    with django_assert_max_num_queries(60):
        assert sweep_all(on=ON, at=LATER).found > 20


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_each_line_once():
    gate, done, wrong = threading.Barrier(2), [], []

    def go():
        try:
            gate.wait()
            done.append(sweep(on=ON, at=AT))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert wrong == []
    assert sorted(one.found for one in done)[0] == 0
    assert max(one.found for one in done) == UpkeepItem.objects.count() > 0
