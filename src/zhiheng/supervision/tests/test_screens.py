"""The screens of supervision: what is listed, for whom, what is done there, what leaves as a file."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from tests import cast
from zhiheng.clues.api import Clue
from zhiheng.ledger import api as ledger
from zhiheng.people.models import SecurityEvent
from zhiheng.procedures.api import SupervisionClue
from zhiheng.rulebook import api as rulebook
from zhiheng.supervision.models import Explanation, Verification

pytestmark = pytest.mark.django_db
LIST = "/supervision/"
SENTENCE = "线索没有在核查期限内办结核查"


@pytest.fixture
def clue():
    cast.county()
    with time_machine.travel(f"{cast.ON}T04:00:00Z", tick=False):
        yield cast.listed_clue()


def more(clue, number, **changes):
    """As many more clues of the same act; only rule and agency differ."""
    rows = [
        SupervisionClue(**{
            **{f.attname: getattr(clue, f.attname) for f in clue._meta.fields if f.name != "id"},
            "guard_id": f"G-90{n}", **changes,
        })
        for n in range(number)
    ]  # fmt: skip
    return SupervisionClue.objects.bulk_create(rows)


def shown(client, username, url=LIST, status=200):
    answer = cast.sign_in(client, username).get(url)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_supervisor_reads_what_happened_where_by_which_article_and_no_name(client, clue):
    page = shown(client, cast.SUPERVISOR)
    assert SENTENCE in page
    assert "到期，超" in page
    assert clue.dossier.number in page
    assert reverse("dossier", args=[clue.dossier_id]) in page
    assert "线索核查 · 提请立案" in page
    assert "青衡县综合行政执法局" in page
    assert "（待核）" in page
    party = Clue.objects.get(pk=clue.dossier_id).subject.name
    for name in ("李执法", party):
        assert name not in page, "名单上不出现人"


def test_the_number_of_what_waits_stands_on_the_rail(client, clue):
    answer = cast.sign_in(client, cast.SUPERVISOR).get(LIST)
    rail = {link.label: link.count for link in answer.context["shell"].rail}
    assert rail["监督"] == "1"
    head = cast.sign_in(client, cast.AGENCY_HEAD).get(LIST)
    assert {link.label: link.count for link in head.context["shell"].rail}["监督"] == ""


def test_heads_read_their_own_agency_alone_and_officers_nothing(client, clue):
    assert SENTENCE in shown(client, cast.AGENCY_HEAD)
    assert SENTENCE not in shown(client, cast.OTHER_HEAD)
    shown(client, cast.OFFICER, status=403)


def test_the_list_is_narrowed_by_state_rule_and_agency(client, clue):
    more(clue, 1, agency_code="QH-SCJG", sentence="另一家的事。")
    for query, mine, other in (
        ("?state=CONFIRMED", False, False), ("?state=all", True, True),
        ("?guard=G-306", True, False), ("?agency=QH-SCJG", False, True),
        ("?guard=G-999", False, False), ("?state=nonsense", True, True),
    ):  # fmt: skip
        page = shown(client, cast.SUPERVISOR, LIST + query)
        assert (SENTENCE in page, "另一家的事" in page) == (mine, other), query
    assert "没有这样的线索" in shown(client, cast.SUPERVISOR, LIST + "?guard=G-999")


def test_more_rows_need_no_more_queries(client, clue, django_assert_max_num_queries):
    cast.sign_in(client, cast.SUPERVISOR)
    client.get(LIST)
    counts = []
    for number in (0, 25):
        more(clue, number)
        with django_assert_max_num_queries(30) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_list_goes_on_by_key(client, clue):
    more(clue, 39)
    first = cast.sign_in(client, cast.SUPERVISOR).get(LIST)
    rows = first.context["page"].rows
    assert len(rows) == 30
    then = client.get(f"{LIST}?after={rows.next_token}").context["page"].rows
    assert len(then) == 10
    assert then.next_token is None


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file_without_names_and_that_is_noted(client, clue, form):
    more(clue, 1, sentence="=HYPERLINK(1)")
    cast.sign_in(client, cast.SUPERVISOR)
    answer = client.get(reverse("supervision_export"), {"form": form, "state": "all"})
    assert answer["Content-Disposition"].startswith("attachment")
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        text = "\n".join(",".join(str(c or "") for c in row) for row in sheet.values)
    assert SENTENCE in text
    assert clue.dossier.number in text
    assert ",=HYPERLINK" not in text
    assert "李执法" not in text
    event = SecurityEvent.objects.get(kind="EXPORTED")
    assert (event.account.username, event.detail["form"]) == (cast.SUPERVISOR, form)


def test_the_officer_reads_it_on_the_screen_of_the_matter_and_explains(client, clue):
    matter = reverse("clue", args=[clue.dossier.number])
    at = reverse("supervision_clue", args=[clue.pk])
    assert at in shown(client, cast.OFFICER, matter)
    assert at not in shown(client, cast.SECOND_OFFICER, matter), "同事看不到"
    page = shown(client, cast.OFFICER, at)
    assert "提交说明" in page
    assert "记录核实结论" not in page
    sent = {"key": "k1", "text": "系统停机三天。"}
    explain = reverse("supervision_explain", args=[clue.pk])
    for _ in range(2):
        answer = client.post(explain, sent, follow=True)
        assert "系统停机三天" in answer.content.decode()
    assert Explanation.objects.count() == 1
    assert "系统停机三天" in shown(client, cast.SUPERVISOR, at)


def test_the_supervisor_verifies_and_everybody_concerned_reads_it(client, clue):
    at, verify = (
        reverse(name, args=[clue.pk]) for name in ("supervision_clue", "supervision_verify")
    )
    assert "提交说明" not in shown(client, cast.SUPERVISOR, at)
    sent = {"key": "k1", "outcome": "CONFIRMED", "text": "核对了登记时间，确实晚了。"}
    for _ in range(2):
        answer = client.post(verify, sent, follow=True)
        assert answer.redirect_chain == [(at, 302)]
    assert Verification.objects.count() == 1
    for username in (cast.OFFICER, cast.AGENCY_HEAD, cast.SUPERVISOR):
        page = shown(client, username, at)
        assert "确实晚了" in page
        assert "已核实属实" in page
        assert "提交说明" not in page
        assert "记录核实结论" not in page
    assert SENTENCE not in shown(client, cast.SUPERVISOR)
    assert SENTENCE in shown(client, cast.SUPERVISOR, f"{LIST}?state=CONFIRMED")


def test_what_is_missing_is_said_and_what_was_typed_stays(client, clue):
    cast.sign_in(client, cast.SUPERVISOR)
    verify = reverse("supervision_verify", args=[clue.pk])
    answer = client.post(verify, {"key": "k", "text": "原话在这里"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选择核实结论" in page
    assert "原话在这里" in page


def test_who_verifies_second_reads_who_was_first_and_keeps_what_was_typed(client, clue):
    cast.sign_in(client, cast.SUPERVISOR)
    verify = reverse("supervision_verify", args=[clue.pk])
    client.post(verify, {"key": "k1", "outcome": "DISMISSED", "text": "有停机通知。"})
    answer = client.post(verify, {"key": "k2", "outcome": "CONFIRMED", "text": "我的看法"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "钱督察已经核实过这条线索" in page
    assert "有停机通知" in page
    assert "我的看法" in page


def test_periods_that_nobody_acted_on_are_listed_apart(client, clue):
    overdue = reverse("supervision_overdue")
    dossier = clue.dossier
    ledger.Deadline.objects.create(
        dossier=dossier, rule_id="penalty.publication", title="处罚决定公开期限", basis="依据",
        started_on=cast.ON - timedelta(days=30), due_on=cast.ON - timedelta(days=5),
        state="MISSED", created_at=clue.listed_at,
    )  # fmt: skip
    page = shown(client, cast.SUPERVISOR, overdue)
    assert "处罚决定公开期限" in page
    assert "还没有办，已超 5 天" in page
    assert "线索核查期限" not in page, "已经办了的只在全部里"
    every = shown(client, cast.SUPERVISOR, f"{overdue}?show=all")
    assert "线索核查期限" in every
    assert "天办结" in every
    assert "处罚决定公开期限" not in shown(client, cast.OTHER_HEAD, overdue)


def test_a_right_of_the_party_that_ran_out_is_nobodys_delay(client, clue):
    rights = [p.id for p in rulebook.current().parameters.values() if p.whose == "right"]
    ledger.Deadline.objects.create(
        dossier=clue.dossier, rule_id=rights[0], title="当事人的期限", started_on=cast.ON,
        due_on=cast.ON - timedelta(days=5), state="MISSED", created_at=clue.listed_at,
    )  # fmt: skip
    assert "当事人的期限" not in shown(client, cast.SUPERVISOR, "/supervision/overdue/?show=all")
