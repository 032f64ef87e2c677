"""Another organ is asked for help: it sees the request and its answer, and nothing of the dossier."""

from django.urls import reverse

from tests import cast


def ask(walk):
    url = walk.url() + "beside/new/assist/"
    offered = walk.sees(cast.OFFICER, url).options("assist_organ")
    who = next(value for words, value in offered.items() if "QH-SCJG" in words)
    return walk.begins("assist", assist_organ=who, assist_matter="查询登记的经营场所")


def test_the_other_organ_accepts_and_answers(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    asked.does("send")
    walk.todo(cast.OTHER_HEAD).says("同意协助").says("请求协助")
    form = walk.sees(cast.OTHER_HEAD, asked.url("accept"))
    who = next(v for words, v in form.options("assist_answerer").items() if "林市场" in words)
    asked.does("accept", by=cast.OTHER_HEAD, assist_answerer=who)
    walk.todo(cast.OTHER_OFFICER).says("答复协助结果")
    asked.does("answer", by=cast.OTHER_OFFICER, assist_reply="登记的是城东街道。").says(
        "被请求机关已答复"
    )
    asked.does("settle", assist_use="作为书证。").says("登记的是城东街道").says("作为书证")


def test_the_other_organ_sees_the_request_and_not_the_case(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    seen = reverse("assist", args=[asked.side.pk])
    walk.sees(cast.OTHER_HEAD, seen, status=404)
    asked.does("send", assist_opinion="内部意见：尽快")
    page = walk.sees(cast.OTHER_HEAD, seen)
    page.says("查询登记的经营场所").says("青衡县综合行政执法局")
    for hidden in (walk.case.party_name, "内部意见"):
        assert hidden not in page.words
        assert hidden not in walk.sees(cast.OTHER_HEAD, reverse("assist_list")).words
        assert hidden not in walk.todo(cast.OTHER_HEAD).words
    walk.sees(cast.OTHER_HEAD, walk.url(), status=404)
    walk.sees(cast.AGENCY_HEAD, seen, status=404)
    assert walk.as_(cast.AGENCY_HEAD).get(asked.url("accept")).status_code == 404


def test_it_is_not_theirs_to_give_and_they_say_so(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    asked.does("send")
    asked.does("decline", by=cast.OTHER_HEAD, assist_decline_reason="属于公安机关职权。")
    walk.sees(cast.OFFICER, asked.url()).says("属于公安机关职权").says("被请求机关说明不能协助")


def test_a_request_is_taken_back_before_it_is_signed(walk_from):
    walk = walk_from(stage="filed")
    ask(walk).does("withdraw").says("已撤回")


def test_a_decision_before_the_help_came_needs_reasons(walk_from):
    walk = walk_from(stage="notified")
    ask(walk)
    walk.does("waive_defence")
    assert any("请求协助" in line for line in walk.cannot("decide").errors)
    walk.does("decide", reason="另有证据证明。")
