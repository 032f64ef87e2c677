"""What `/_patterns` shows: every component once, with names and figures that are invented."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms

from zhiheng.web.faces import (
    ActFace,
    Cell,
    ClockFace,
    ConfirmPage,
    CountedDay,
    Digest,
    DocumentFace,
    EvidenceFace,
    Finding,
    Link,
    Shelf,
    Stat,
    StepFace,
    Table,
    WayPoint,
)
from zhiheng.web.forms import form_for_facts
from zhiheng.web.paging import Page
from zhiheng.web.widgets import FilesInput, PhotoInput

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 17, 8, 2, tzinfo=UTC)


@dataclass(frozen=True)
class PatternsPage:
    """One field a component that needs data."""

    crumbs: list[Link]
    tabs: list[Link]
    chips: list[Link]
    way: list[WayPoint]
    clocks: list[ClockFace]
    steps: list[StepFace]
    shelves: list[Shelf]
    law: list[Digest]
    acts: list[ActFace]
    table: Table
    stats: list[Stat]
    facts: list[tuple[str, str]]
    evidence: list[EvidenceFace]
    documents: list[DocumentFace]
    chain: list[tuple[str, str]]
    confirm: ConfirmPage
    rows: Page[Any] = field(default_factory=lambda: Page([], "next", started_after=True))


def page() -> PatternsPage:
    """All samples."""
    return PatternsPage(
        crumbs=[Link("要素中心", "#"), Link("执法事项", "#"), Link("生态环境")],
        tabs=[Link("文书", "#", True, 9), Link("证据", "#", count=14), Link("当事人", "#")],
        shelves=[
            Shelf("取证", [Link("现场检查笔录", "#", count=1), Link("拍照取证", "#")], open=True),
            Shelf("期限", [Link("中止", "#")]),
        ],
        chips=[
            Link("全部", "#", True, 7),
            Link("我主办", "#", count=4),
            Link("等我签字", "#", count=2),
        ],
        way=_way(),
        clocks=_clocks(),
        steps=_steps(),
        law=[
            Digest("第四十四条　告知", "决定前告知内容、事实、理由、依据和权利。", "#"),
            Digest("第四十五条　不因申辩加重", "须听取意见，成立的采纳，不得更重。", "#"),
        ],
        acts=[
            ActFace("法制审核通过", "王审核", NOW, digest="9f3ca1b277"),
            ActFace("退回一次", "王审核", NOW, "缺证据来源说明", tone="warn"),
        ],
        table=_table(),
        stats=[
            Stat("1", "今天到期", "stop"),
            Stat("2", "三个工作日内到期", "warn"),
            Stat("4", "下午的检查", note="城东 2 家、清波路 2 家"),
            Stat("26.5 / 40", "今年培训学时"),
        ],
        facts=[
            ("种类幅度", "罚款 5,000–50,000 元"),
            ("程序", "普通程序"),
            ("证据要点", "检测报告、现场笔录"),
        ],
        evidence=_evidence(),
        documents=_documents(),
        chain=[
            ("省统一目录　2020-12", "划入综合行政执法"),
            ("县调整通告第 3 号　2021-01-15 起", "由生态环境局划入"),
        ],
        confirm=ConfirmPage(
            "撤回这份告知书？",
            ("撤回后当事人收到的告知书作废，期限从新的送达日重新算。",),
            "撤回告知书",
            "#",
            danger=True,
        ),
    )


def _way() -> list[WayPoint]:
    done = [("线索", 19), ("立案", 23), ("调查终结", 29)]
    line = [WayPoint(title, "done", date(2026, 10, d)) for title, d in done]
    line += [
        WayPoint("法制审核", "done", date(2026, 11, 17)),
        WayPoint("告知", "now", "今天"),
        WayPoint("听证", "skip"),
    ]
    return line + [WayPoint(t) for t in ("申辩", "决定", "送达", "履行", "归档")]


def _clocks() -> list[ClockFace]:
    days = (
        CountedDay(date(2026, 11, 20), True, "工作日"),
        CountedDay(date(2026, 11, 21), False, "周六"),
    )
    return [
        ClockFace(
            "距作出决定期限",
            67,
            "天",
            date(2027, 1, 27),
            used="已用 23 天",
            excludes=("检测 6 天",),
            basis="行政处罚法 第六十条",
            days=days,
        ),
        ClockFace("陈述申辩期", 2, "个工作日", date(2026, 11, 24), "warn"),
        ClockFace("作出处理决定", -1, "天", date(2026, 11, 20), "stop"),
        ClockFace(
            "履行催告期", None, provisional=True, note="2027 年放假安排尚未公布，公布后自动重算。"
        ),
    ]


def _steps() -> list[StepFace]:
    return [
        StepFace(
            "送达行政处罚事先告知书",
            "offered",
            "拟罚款 8,000 元，从轻。文书已由事实生成，等您核对送达地址。",
            "#",
            "预览并送达",
            True,
        ),
        StepFace(
            "作出处罚决定",
            "blocked",
            findings=(
                Finding(
                    "告知与五个工作日的陈述申辩期",
                    "行政处罚法 第四十四、四十五、六十二条",
                    "告知书送达日期 = 无",
                    (Link("去送达告知书", "#"),),
                    "期满后本步自动开放。",
                ),
            ),
        ),
        StepFace(
            "改为不予处罚",
            "warned",
            href="#",
            action="填写理由",
            findings=(
                Finding(
                    "首违不罚需有改正证据",
                    "行政处罚法 第三十三条第一款",
                    "两年内无同类记录",
                    mode="warn",
                ),
            ),
            override_href="#",
        ),
        StepFace("法制审核", "done", "王审核 11-17 通过。"),
    ]


def _table() -> Table:
    return Table(
        ("案件", "文号", "状态", "罚款", "立案"),
        (
            (
                Cell("旺味小炒店油烟案", "strong", href="#"),
                Cell("000418号", "num"),
                Cell("告知", "tag", "info"),
                Cell(800_000, "money"),
                Cell(date(2026, 10, 23), "date"),
            ),
            (
                Cell("蓝海洗车店污水案", "strong", href="#"),
                Cell("000402号", "num"),
                Cell("超期", "tag", "stop"),
                Cell(123_450, "money"),
                Cell(date(2026, 9, 30), "date"),
            ),
        ),
        "在办案件",
    )


def _evidence() -> list[EvidenceFace]:
    return [
        EvidenceFace(
            "净化器未开",
            "视听资料",
            "#",
            when=NOW,
            who="李执法、周执法",
            state="已核实",
            tone="ok",
            icon="image",
        ),
        EvidenceFace(
            "询问笔录",
            "当事人陈述",
            "#",
            when=NOW,
            who="李执法、周执法",
            state="待核实",
            tone="warn",
            icon="mic",
        ),
    ]


def _documents() -> list[DocumentFace]:
    return [
        DocumentFace(
            "立案审批表", "青综执罚立〔2026〕000418号", "已签", "ok", date(2026, 10, 23), "#"
        ),
        DocumentFace("行政处罚事先告知书", "", "待送达", "warn", TODAY, "#", "核对"),
    ]


def _fact(id: str, title: str, type: str, **more: Any) -> SimpleNamespace:
    given = {"choices": (), "help": "", "required": True, "initial": None, **more}
    return SimpleNamespace(id=id, title=title, type=type, **given)


class _Files(forms.Form):
    photo = forms.FileField(
        label="现场照片", widget=PhotoInput, required=False, help_text="拍全景一张、细节一张。"
    )
    report = forms.FileField(label="检测报告", widget=FilesInput, required=False)
    agree = forms.BooleanField(label="当事人同意电子送达", required=False)


SampleForm = form_for_facts(
    [
        _fact("party", "当事人名称", "text", help="与营业执照一致。"),
        _fact("summary", "案情", "text", initial="", multiline=True),
        _fact("fine", "拟罚款", "cents", help="按从轻档 5,000–18,500 元。"),
        _fact("found_on", "发现日期", "date"),
        _fact("times", "两年内同类次数", "int"),
        _fact("corrected", "已经改正", "bool"),
        _fact(
            "tier",
            "裁量档次",
            "enum",
            choices=[("light", "从轻"), ("common", "一般"), ("heavy", "从重")],
        ),
        _fact("town", "街道", "enum", choices=[f"第{n}街道" for n in "一二三四五六七八"]),
        _fact("kinds", "证据种类", "list", choices=["书证", "物证", "视听资料", "电子数据"]),
        _fact("witnesses", "见证人", "list", required=False),
    ],
    base=_Files,
)


def sample_form() -> forms.Form:
    """The form as it is first met."""
    return SampleForm(initial={"fine": 800_000, "found_on": TODAY, "corrected": True})


def broken_form() -> forms.Form:
    """The same form after a hurried attempt: what was typed stays."""
    return SampleForm(
        {"party": "旺味小炒店", "fine": "八千", "found_on": "2026-02-30", "times": "两次"}
    )
