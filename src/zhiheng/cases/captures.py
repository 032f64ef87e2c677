"""Kinds of evidence with a paper of their own: what is asked beside the facts, what is known.

A site plan, a statement in one's own hand, electronic data, a recording: one act takes the file,
its digest and the description, and makes the paper. The summons and the request for evidence ask
for no file. Law: 行政处罚法 (2021) 第四十六条、第五十五条.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms

from zhiheng.cases.models import Case, Side
from zhiheng.elements import api as elements
from zhiheng.web.widgets import FilesInput, PhotoInput

Words = Callable[[Mapping[str, Any]], str]
STATEMENTS = {"PARTY": "PARTY_STATEMENT", "WITNESS": "WITNESS"}
SPACE = 200
LOST = ("AGREED_THEIRS", "DESIGNATED_THEIRS")


@dataclass(frozen=True)
class Capture:
    """One way of taking evidence: what the file is, and what follows from the answers.

    Attributes:
        label: what the file is called on the form.
        accept: what the phone offers first.
        kind: the kind of evidence, from the answers.
        title: what the piece is called; None asks for it.
        source: who gave it, or who made it with what.
        proves: what it is to prove; None asks for it.
    """

    label: str
    accept: str
    kind: Words
    source: Words
    title: Words | None = None
    proves: Words | None = None


CAPTURES = {
    "draw_plan": Capture(
        label="图的照片或者扫描件", accept="image/*,application/pdf", kind=lambda v: "SITE_RECORD",
        source=lambda v: "执法人员现场绘制", title=lambda v: v["plan_title"],
        proves=lambda v: "现场的位置和布局",
    ),
    "take_statement": Capture(
        label="材料的照片或者扫描件", accept="image/*,application/pdf",
        kind=lambda v: STATEMENTS[str(v["written_kind"])], source=lambda v: v["written_by"],
        title=lambda v: f"{v['written_by']}的自书材料",
    ),
    "extract_data": Capture(
        label="提取到的文件", accept="image/*,video/*,application/pdf,.xlsx,.docx",
        kind=lambda v: "ELECTRONIC", source=lambda v: v["data_holder"],
    ),
    "add_recording": Capture(
        label="录音或者录像", accept="video/*,audio/*", kind=lambda v: "AUDIOVISUAL",
        source=lambda v: f"{v['av_device']}，{v['av_maker']}录制",
    ),
}  # fmt: skip


def _chooser(capture: Capture) -> forms.FileInput:
    """What is on paper is photographed; what is a file already is chosen."""
    if capture.proves or capture.title:
        return PhotoInput({"accept": capture.accept, "capture": False})
    return FilesInput({"accept": capture.accept, "multiple": False})


def fields(step_id: str) -> list[tuple[str, forms.Field]]:
    """The file, and what of its name and purpose does not follow from the answers."""
    capture = CAPTURES[step_id]
    asked: list[tuple[str, forms.Field]] = [(
        "file", forms.FileField(
            label=capture.label, widget=_chooser(capture),
            help_text="上传时就算出摘要，之后改动看得出来。",
            error_messages={"required": f"请选择{capture.label}。", "empty": "这个文件是空的，请重新选择。"},
        ))]  # fmt: skip
    if capture.title is None:
        asked.append((
            "evidence_title", forms.CharField(
                label="证据名称", max_length=120, error_messages={"required": "请给这件证据起个名字。"}),
        ))  # fmt: skip
    if capture.proves is None:
        asked.append((
            "proves", forms.CharField(
                label="证明什么", max_length=500,
                error_messages={"required": "请写明这件证据要证明什么。"}),
        ))  # fmt: skip
    return asked


def upload(step_id: str, given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What `collect` keeps: typed where it was asked, else worked out of the answers."""
    capture = CAPTURES[step_id]
    return {
        "file": given["file"], "evidence_kind": capture.kind(values),
        "evidence_title": (capture.title(values) if capture.title else given["evidence_title"])[:120],
        "evidence_source": capture.source(values)[:SPACE],
        "proves": capture.proves(values) if capture.proves else given["proves"],
    }  # fmt: skip


def prefill(step_id: str, *, case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What these papers need that the platform knows: persons, places, the usual words."""
    maker = KNOWN.get(step_id)
    return maker(case, facts, on) if maker else {}


def _person(case: Case) -> str:
    subject = elements.open_subject(elements.latest_subject(case.subject))
    return subject.legal_representative or subject.name


def _plan(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        "plan_title": "现场平面图", "plan_direction": "上北下南", "plan_scale": "示意图",
        "plan_present": facts.get("site_persons") or _person(case),
    }  # fmt: skip


def _statement(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        "written_by": facts.get("interviewee") or _person(case), "written_on": on,
        "written_id": facts.get("interviewee_id"), "written_address": facts.get("interviewee_address"),
    }  # fmt: skip


def _data(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        "data_holder": case.party_name,
        "data_clock": "网络授时（北京时间），与设备时间核对一致",
    }


def _recording(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        "av_maker": case.lead.name, "av_on": on, "av_device": "执法记录仪",
        "av_method": "执法记录仪现场录制，原始文件直接上传，没有剪辑",
    }  # fmt: skip


def _summons(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        "summon_person": _person(case), "summon_place": elements.get_body(case.agency_code, on).address,
        "summon_matters": f"“{case.item_name}”的有关情况",
        "summon_papers": "身份证件\n营业执照（单位、个体工商户）\n与本案有关的票据、合同、照片",
    }  # fmt: skip


def _request(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    body = elements.get_body(case.agency_code, on)
    return {
        "wanted_from": case.party_name, "wanted_reason": f"调查“{case.item_name}”一案，需要核对有关事实。",
        "wanted_manner": f"带原件核对，复制件由提供人签名或者盖章，写明日期和出处，交到{body.address}。",
    }  # fmt: skip


def lost_dispute(case: Case) -> Side | None:
    """The dispute over competence that gave the case to another organ."""
    lost = case.sides.filter(procedure_id="jurisdiction", state__in=LOST)
    return lost.select_related("dossier__run").order_by("-number").first()


def _hand_on(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """To whom the talks, or the superior, gave the case."""
    lost = lost_dispute(case)
    organ = lost.dossier.run.facts.get("dispute_organ", "") if lost else ""
    return {"handed_to": organ.partition("（")[0]} if organ else {}


def _recheck(case: Case, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {"recheck_persons": facts.get("site_persons") or _person(case)}


KNOWN: dict[str, Callable[[Case, Mapping[str, Any], date], dict[str, Any]]] = {
    "draw_plan": _plan, "take_statement": _statement, "extract_data": _data,
    "add_recording": _recording, "summon": _summons, "request_evidence": _request,
    "recheck_correction": _recheck, "hand_on": _hand_on,
}  # fmt: skip


def gaps(values: Mapping[str, Any]) -> dict[str, str]:
    """What one answer makes necessary and is not there, by fact, as a sentence."""
    wrong = {}
    for name in ("av_from", "summon_time"):
        if name in values and hour_of(str(values[name])) is None:
            wrong[name] = "请写成 09:30 这样的时刻。"
    for name, (needed, sentence) in NEEDED.items():
        if needed(values) and not str(values.get(name) or "").strip():
            wrong[name] = sentence
    return wrong


NEEDED: dict[str, tuple[Callable[[Mapping[str, Any]], bool], str]] = {
    "av_copy_reason": (
        lambda v: v.get("av_carrier") == "COPY", "复制件要写明为什么不能提供原始载体。"),
    "data_why_not": (
        lambda v: v.get("data_original") is False, "没有提取原始介质的，请写明原因。"),
    "recheck_persons": (
        lambda v: v.get("recheck_basis") == "SITE", "到场复查的，请写明谁在场。"),
    "disposal_treasury_no": (
        lambda v: bool(v.get("disposal_proceeds")), "有所得的，请填写上缴国库的票据号。"),
    "publication_reason": (
        lambda v: v.get("publication_conclusion") == "NOT_PUBLISH", "不公开的，请写明理由。"),
}  # fmt: skip


def hour_of(text: str) -> time | None:
    """A time of day as people type it, with either colon; None if it is none."""
    hour, _, minute = text.strip().replace("：", ":").partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None
