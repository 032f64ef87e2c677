"""What the cast types where a step makes a paper of evidence or a notice, and the files it takes."""

import io
import math
import struct
import wave
from collections.abc import Callable
from datetime import date, timedelta
from typing import IO, Any

from zhiheng.cases.models import Case

Answers = dict[str, Any]
RATE, SECONDS = 8000, 1


def _person(case: Case) -> str:
    return case.subject.legal_representative or case.party_name


def _plan(case: Case, on: date, fine: int) -> Answers:
    return {
        "photo_place": case.place, "plan_title": "现场平面图", "plan_direction": "上北下南",
        "plan_scale": "示意图", "plan_present": f"{_person(case)}（经营者）", "plan_witnesses": "",
        "plan_legend": "①为检查的位置\n②为通道，宽 2.4 米",
    }  # fmt: skip


def _statement(case: Case, on: date, fine: int) -> Answers:
    return {
        "written_kind": "PARTY", "written_by": _person(case), "written_role": "经营者",
        "written_id": "110105194912310024", "written_address": case.subject.address or case.place,
        "written_job": "经营者", "written_phone": "", "written_on": on,
        "written_content": "检查的情况属实，我愿意改正，以后按规定经营。",
    }  # fmt: skip


def _data(case: Case, on: date, fine: int) -> Answers:
    return {
        "photo_place": case.place, "data_holder": case.party_name, "data_medium": "店内收银电脑，品牌机一台",
        "data_original": False, "data_why_not": "电脑正在营业使用，不便封存。",
        "data_method": "在收银软件里导出当日流水并截屏", "data_clock": "网络授时（北京时间）",
        "data_process": "打开收银软件，查到当日流水，截屏后当场上传，与屏幕核对一致。",
        "data_witnesses": "", "data_recording": "", "minutes_taken": 15,
    }  # fmt: skip


def _recording(case: Case, on: date, fine: int) -> Answers:
    return {
        "photo_place": case.place, "av_carrier": "ORIGINAL", "av_copy_reason": "",
        "av_device": "执法记录仪 QH-045", "av_maker": case.lead.name,
        "av_method": "现场录制，原始文件直接上传，没有剪辑", "av_on": on, "av_from": "08:20",
        "minutes_taken": 5, "av_words": "00:12 执法人员：请说明情况。\n00:20 经营者：情况属实。",
    }  # fmt: skip


def _summons(case: Case, on: date, fine: int) -> Answers:
    return {
        "summon_person": _person(case), "summon_role": "PARTY", "summon_on": on + timedelta(days=2),
        "summon_time": "09:30", "summon_place": "青衡县综合行政执法局城东中队",
        "summon_matters": f"“{case.item_name}”的有关情况", "summon_papers": "身份证件\n营业执照",
    }  # fmt: skip


def _request(case: Case, on: date, fine: int) -> Answers:
    return {
        "wanted_from": case.party_name, "wanted_reason": "核对经营时间和违法所得。",
        "wanted_list": "进货台账：复印件，1份\n近三个月流水", "wanted_due": on + timedelta(days=5),
        "wanted_manner": "带原件核对，复制件由提供人签名并写明出处。",
    }  # fmt: skip


PAPERS: dict[str, Callable[[Case, date, int], Answers]] = {
    "draw_plan": _plan, "take_statement": _statement, "extract_data": _data,
    "add_recording": _recording, "summon": _summons, "request_evidence": _request,
}  # fmt: skip


def entrustment(on: date) -> Answers:
    """What the head answers who entrusts the sanitation station with one more item."""
    return {
        "entrust_body": "QH-HW", "entrust_head": "何站长", "entrust_lawful": True,
        "entrust_staffed": True, "entrust_equipped": True,
        "entrust_basis": "《城市市容和环境卫生管理条例》第三十四条",
        "entrust_items": "QH-CG-018", "entrust_powers": "调查取证\n责令改正",
        "entrust_limits": "行政强制措施、听证和较大数额罚款的决定由委托机关作出。",
        "entrust_from": on + timedelta(days=5), "entrust_until": on + timedelta(days=700),
        "entrust_publication": "县政府门户网站",
    }  # fmt: skip


def given(step_id: str, *, picture: Callable[[str], IO[bytes]], seed: str) -> Answers:
    """The file and what is typed beside the facts, for a step that takes evidence."""
    sound = step_id == "add_recording"
    return {
        "file": tone() if sound else picture(f"{seed}{step_id}"),
        "evidence_title": "现场录音" if sound else "收银流水截屏", "proves": "违法事实和持续的时间",
    }  # fmt: skip


def tone() -> io.BytesIO:
    """A second of sound that stands for a recording."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        swing = (8000 * math.sin(n / 6) for n in range(RATE * SECONDS))
        sound.writeframes(b"".join(struct.pack("<h", int(each)) for each in swing))
    out.seek(0)
    out.name = "现场录音.wav"
    return out
