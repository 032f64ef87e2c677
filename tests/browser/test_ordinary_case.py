"""One ordinary case as people do it: by clicking, each at their own screen, from call to shelf."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from tests.browser.answering import CHECK, REPORT, newest, upload, usual
from zhiheng.cases.demo import loading
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.browser

ITEM = "QH-CG-001"
CLERK, OFFICER, HEAD = "fengjiexian", "lizhifa", "zhaojuzhang"
UNIT_HEAD, REVIEWER = "wuduizhang", "wangshenhe"
MATTER = "面馆"
ADDRESS = "青衡县城东街道清波路20号二楼"


@pytest.fixture
def desk(device):
    return device()


@pytest.fixture
def phone(device):
    return device(phone=True)


def test_there_is_a_county(db):
    """Asks for `db`: pytest-django makes a database only for folders with such a test."""


def test_a_call_becomes_a_file_on_the_shelf(desk, phone, jobs):
    _told(desk)
    _checked_and_proposed(phone)
    _filed(desk)
    _investigated(phone)
    jobs()
    _concluded(phone)
    _reviewed(desk)
    _notified(desk, phone)
    _decided(desk)
    _performed(phone)
    _closed(desk)
    _archived(phone, jobs)


def _told(desk):
    desk.signs_in(CLERK)
    desk.sees("没有等您办的事")
    desk.follows("线索", ".rail")
    desk.follows("登记线索")
    desk.fills(REPORT)
    desk.sends()
    desk.sees("已登记，线索编号", "匹配事项", "热心群众")
    _matches(desk)
    desk.sees("待核查", "李执法")
    desk.signs_out()


def _matches(desk):
    desk.goes_to("匹配事项")
    form = desk.page.locator("form:has([name=key])")
    form.locator(f"label:has([name=item][value={ITEM}])").click()
    form.locator("label:has([name=subject])", has_text=MATTER).first.click()
    form.locator("select[name=handler]").select_option(label="李执法　城东中队")
    desk.fills({"match_note": "按反映内容匹配，派属地中队。"})
    desk.sends()
    desk.sees("已办：匹配事项。")


def _checked_and_proposed(phone):
    phone.signs_in(OFFICER)
    phone.opens("油烟", "核查线索")
    phone.sees_not("13900000000", "热心群众")
    phone.takes("核查线索", CHECK)
    phone.goes_to("提请立案")
    phone.page.locator("label:has([name=co_handlers])", has_text="周执法").click()
    phone.fills({"proposal_note": "有初步证据，建议立案。"})
    phone.sends()
    phone.sees("已提请立案", "立案待批", "等行政机关负责人办理")
    phone.signs_out()


def _filed(desk):
    desk.signs_in(HEAD)
    desk.opens(MATTER, "批准立案")
    desk.goes_to("批准立案")
    desk.sees(CHECK["check_findings"], "有初步证据，建议立案。", "李执法（主办）、周执法（协办）")
    desk.fills(usual("file"))
    desk.sends()
    desk.sees("调查取证", "90 天", "作出处罚决定")
    desk.signs_out()


def _investigated(phone):
    phone.signs_in(OFFICER)
    phone.opens(MATTER)
    assert "第五十五条" in phone.reads_step("调查终结"), "亮证是调查的前提"
    for title, step_id in (
        ("亮证并告知权利", "show_id"), ("现场检查笔录", "record_site"), ("询问笔录", "record_interview"),
        ("拍照取证", "add_photo"), ("核实证据", "verify_evidence"), ("责令改正", "order_correction"),
    ):  # fmt: skip
        phone.takes(title, usual(step_id))
    phone.takes("确认送达地址", usual("confirm_address", confirmed_address=ADDRESS))
    phone.sees("已亮证")
    phone.follows("证据", ".tabs")
    phone.sees("后厨照片", "已核实")


def _concluded(phone):
    phone.follows("文书", ".tabs")
    phone.sees("现场检查笔录", "询问笔录", "责令改正通知书", "已签章")
    phone.sees_not("正在生成")
    phone.takes("调查终结", usual("conclude"))
    phone.sees("调查终结待审")
    phone.signs_out()


def _reviewed(desk):
    desk.signs_in(UNIT_HEAD)
    desk.opens(MATTER, "办案机构负责人会签")
    desk.takes("办案机构负责人会签", usual("countersign"))
    desk.signs_out()
    desk.signs_in(REVIEWER)
    desk.opens(MATTER, "法制审核")
    for part, text in (
        ("证据", "后厨照片"),
        ("当事人", MATTER),
        ("事实与裁量", "从轻"),
        ("全过程", "会签"),
    ):
        desk.follows(part, ".tabs")
        desk.sees(text)
    desk.goes_to("法制审核")
    desk.sees("从轻", "8,000", "同意承办意见", "后厨照片（已核实）")
    desk.fills(usual("review"))
    desk.sends()
    desk.sees("审核通过待告知")
    desk.signs_out()


def _notified(desk, phone):
    desk.signs_in(HEAD)
    desk.opens(MATTER, "签发事先告知书")
    desk.takes("签发事先告知书", usual("issue_notice"))
    phone.signs_in(OFFICER)
    phone.opens(MATTER, "送达告知书")
    phone.goes_to("送达告知书")
    assert phone.typed("service_place") == [ADDRESS], "按当事人确认的地址送达"
    phone.fills(usual("serve_notice", service_place=ADDRESS))
    phone.sends()
    _nobody_decides_yet(desk)
    phone.takes("当事人放弃陈述申辩", usual("waive_defence"))
    phone.signs_out()


def _nobody_decides_yet(desk):
    desk.follows("案件", ".rail")
    desk.follows(MATTER, "main table")
    card = desk.reads_step("作出处罚决定")
    assert "还不能做" in card
    assert "第四十四条" in card or "第六十二条" in card, card
    assert "等执法人员办理：当事人放弃陈述申辩" in card, "负责人看到由谁来办，不是一个打不开的链接"


def _decided(desk):
    desk.opens(MATTER, "作出处罚决定")
    desk.takes("作出处罚决定", usual("decide"))
    desk.sees("已决定待送达")
    desk.signs_out()


def _performed(phone):
    phone.signs_in(OFFICER)
    phone.opens(MATTER, "送达决定书")
    phone.takes("送达决定书", usual("serve_decision"))
    phone.sees("已送达待履行")
    assert "还没有缴清" in phone.reads_step("确认履行完毕")
    phone.takes("登记缴款", usual("record_payment"))
    phone.takes("确认履行完毕", usual("confirm_performance"))
    phone.sees("已履行")
    phone.signs_out()


def _closed(desk):
    desk.signs_in(HEAD)
    desk.opens(MATTER, "批准结案")
    desk.takes("批准结案", usual("close"))
    desk.sees("已结案")
    desk.follows("待办", ".rail")
    desk.sees("没有等您办的事")
    desk.signs_out()


def _archived(phone, jobs):
    phone.signs_in(OFFICER)
    phone.opens(MATTER, "归档")
    phone.takes("归档", usual("archive"))
    phone.sees("已归档")
    assert phone.next_steps == []
    jobs()
    phone.follows("文书", ".tabs")
    phone.sees_not("正在生成")
    phone.follows("卷", ".docs li:last-child")
    pages = PdfReader(io.BytesIO(_downloaded(phone))).pages
    assert len(pages) > 14
    cover = "".join(pages[0].extract_text().split())
    assert "卷宗" in cover or "案卷" in cover
    assert newest().number in cover


def _downloaded(phone) -> bytes:
    with phone.page.expect_download() as arrived:
        phone.page.locator("main a", has_text="下载 PDF").click()
    return arrived.value.path().read_bytes()


# —— without script ——


def test_the_first_half_needs_no_script(device):
    desk, phone = device(script=False), device(script=False, phone=True)
    _told(desk)
    _checked_and_proposed(phone)
    _filed(desk)
    phone.signs_in(OFFICER)
    phone.opens(MATTER)
    phone.takes("亮证并告知权利", usual("show_id"))
    _half_a_record_comes_back(phone)
    _half_an_upload_comes_back(phone)
    phone.takes("核实证据", usual("verify_evidence"))
    phone.follows("证据", ".tabs")
    phone.sees("后厨照片", "已核实")


def _half_a_record_comes_back(phone):
    record = usual("record_site")
    phone.goes_to("现场检查笔录")
    phone.fills({**record, "site_findings": "", "minutes_taken": "半小时"})
    phone.is_sent_back(saying="请填写检查情况")
    phone.sees("请写整数，例如3。")
    kept = ("site_place", "site_persons", "site_comment", "minutes_taken")
    assert phone.typed(*kept) == [record[n] for n in kept[:3]] + ["半小时"]
    phone.fills(record)
    phone.sends()
    phone.sees("已办：现场检查笔录。")


def _half_an_upload_comes_back(phone):
    phone.goes_to("拍照取证")
    phone.fills({**usual("add_photo"), "evidence_title": ""})
    phone.is_sent_back(saying="请给这件证据起个名字")
    phone.sees("其余内容都还在，文件请再选一次")
    assert phone.typed("proves") == [upload("后厨")["proves"]]
    phone.fills(usual("add_photo"))
    phone.sends()
    phone.sees("已办：拍照取证。")


# —— clicking twice, going back ——


@pytest.mark.parametrize(("number", "script"), [(1, True), (2, False)], ids=["script", "no-script"])
def test_two_clicks_are_one_act_and_going_back_is_told(device, number, script):
    loading._play(number, (ITEM, 800000, 6, 2, "酒楼"), day=date.today())
    phone = device(phone=True, script=script)
    phone.signs_in(OFFICER)
    phone.opens(newest().party_name)
    phone.goes_to("责令改正")
    phone.fills(usual("order_correction", correction_content="停用没有净化设施的灶台。"))
    before = _times("case.order_correction")
    with phone.page.expect_navigation(url=re.compile(r"/cases/\d+/$")):
        phone.page.locator("form.form button.primary").dblclick()
    phone.looks()
    assert _times("case.order_correction") == before + 1
    phone.takes("调查终结", usual("conclude"))
    phone.page.go_back()
    _told_that_it_is_done(phone)


def _told_that_it_is_done(phone):
    """Either the browser asks anew and is told, or it shows the old form, whose key is used up."""
    if phone.page.locator("form.form button.primary").count():
        phone.sends()
        phone.sees("已办：调查终结。")
    else:
        phone.sees("李执法刚刚办理了“调查终结”", "不能再办理“调查终结”")
    phone.sees("调查终结待审")
    assert _times("case.conclude") == 1


def _times(kind: str) -> int:
    return sum(act.kind == kind for act in ledger.acts_of(newest().dossier))
