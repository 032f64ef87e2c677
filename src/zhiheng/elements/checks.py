"""Checks of the lists and supports (law.md D.5-D.6) before they are stored; a sentence per field."""

from collections.abc import Callable
from typing import Any

from zhiheng.elements.models import (
    DutyBoundary,
    ElementRecord,
    Expert,
    FlexibleEntry,
    Laboratory,
    MonitoringDevice,
    OneThing,
    Reviewer,
    Seal,
    TransferStandard,
)
from zhiheng.kernel import ciphers, codes

Problems = dict[str, str]
_NO_CODE = "请填写编号；同一登记簿里编号不能重复。"


def check_support(row: ElementRecord) -> Problems:
    """What is wrong with a row of the lists and supports; nothing for other kinds."""
    problems: Problems = {}
    for model, check in _CHECKS.items():
        if isinstance(row, model):
            if not str(getattr(row, "code", "")).strip():
                problems["code"] = _NO_CODE
            problems |= check(row)
    return problems


def _ends_after(row: Any, begins: str, ends: str, sentence: str) -> Problems:
    """The last day is not before the first, where both are given."""
    first, last = getattr(row, begins), getattr(row, ends)
    return {ends: sentence} if first and last and last < first else {}


def _boundary(row: DutyBoundary) -> Problems:
    """A boundary names a matter and leaves its leader out of those who assist."""
    problems = {}
    if not row.matter.strip():
        problems["matter"] = "请写明这条边界管的是什么事。"
    if row.lead_body_id and row.lead_body.code in row.assist_bodies:
        problems["assist_bodies"] = "牵头主体不用再列为配合主体。请从配合主体里删去。"
    return problems


def _transfer(row: TransferStandard) -> Problems:
    """One receiver, at least one trigger, and never to oneself."""
    problems = {}
    if not row.to_body_id and not row.to_organ.strip():
        problems["to_body"] = "请选择接收主体；接收的机关没有登记的，写在“接收机关”。"
    if row.to_body_id and row.to_organ.strip():
        problems["to_organ"] = "接收主体已经选了，这里请留空；两处只填一处。"
    if row.to_body_id and row.to_body_id == row.from_body_id:
        problems["to_body"] = "移出和接收不能是同一个主体。请改正。"
    if not row.trigger_facts:
        problems["trigger_facts"] = "请至少写一条移送情形：出现什么情况就要移送。"
    return problems


def _flexible(row: FlexibleEntry) -> Problems:
    """A legal ground and conditions; service instead of a fine needs a regulation that allows it."""
    problems = {}
    if not row.legal_ground.strip():
        problems["legal_ground"] = "请写明法律理由，例如行政处罚法第三十三条第一款。"
    if not row.conditions:
        problems["conditions"] = "请至少写一条适用条件。"
    if row.after_decision and (row.kind != FlexibleEntry.Kind.SERVICE or not row.regulation_id):
        problems["after_decision"] = (
            "写“决定后可折抵”的，要写明凭哪件法规（待核）。请选择依据，或者选“否”。"
        )
    if row.kind == FlexibleEntry.Kind.FIRST and not row.lookback_months:
        problems["lookback_months"] = "首违不罚要看多长时间内没有违法。请填写回溯期（月）。"
    return problems


def _thing(row: OneThing) -> Problems:
    """A name and at least one item."""
    problems = {}
    if not row.name.strip():
        problems["name"] = "请给这件事起一个群众看得懂的名称。"
    if not row.items:
        problems["items"] = "请至少列一个执法事项的编码。"
    return problems


def _reviewer(row: Reviewer) -> Problems:
    """Qualification before first review is asked for when somebody reviews, not here."""
    problems = {} if row.name.strip() else {"name": "请填写姓名。"}
    if row.qualified_on and not row.legal_qualification:
        problems["legal_qualification"] = "填了取得资格日，请一并填写法律职业资格证号。"
    return problems


def _expert(row: Expert) -> Problems:
    """A name; a citizen number, where given, checks."""
    problems = {} if row.name.strip() else {"name": "请填写姓名。"}
    if row.citizen_id and not codes.is_citizen_id(ciphers.open_field(row.citizen_id)):
        problems["citizen_id"] = "公民身份号码有误：应为18位且校验位相符。请对照证件重新录入。"
    return problems


def _laboratory(row: Laboratory) -> Problems:
    """A credit code that checks, an accreditation, something that is tested."""
    problems = _ends_after(
        row, "accredited_from", "accredited_until", "资质止应不早于资质起。请改正日期。"
    )
    if not codes.is_uscc(row.uscc):
        problems["uscc"] = "统一社会信用代码有误：应为18位且校验位相符。请对照证照重新录入。"
    if not row.accreditation_no.strip():
        problems["accreditation_no"] = "请填写资质认定证书编号。"
    if not row.methods:
        problems["methods"] = "请至少写一个检测项目。"
    return problems


def _device(row: MonitoringDevice) -> Problems:
    """A place; calibration and audits in order (行政处罚法 41)."""
    problems = _ends_after(
        row, "calibrated_on", "calibrated_until", "检定有效期止应不早于检定日。请改正日期。"
    )
    if not row.location.strip():
        problems["location"] = "请写明设置地点（行政处罚法第四十一条要求向社会公布）。"
    for number, day, name in (
        ("legal_audit_no", "legal_audit_on", "法制审核"),
        ("technical_audit_no", "technical_audit_on", "技术审核"),
    ):
        if bool(getattr(row, number)) != bool(getattr(row, day)):
            problems[day] = f"{name}的文号和日期要一起填。"
    return problems


def _seal(row: Seal) -> Problems:
    """A certificate ends after it begins."""
    problems = _ends_after(row, "cert_from", "cert_until", "证书止应不早于证书起。请改正日期。")
    if not row.name.strip():
        problems["name"] = "请填写印章名称，与印文一致。"
    return problems


_CHECKS: dict[type, Callable[..., Problems]] = {
    DutyBoundary: _boundary,
    TransferStandard: _transfer,
    FlexibleEntry: _flexible,
    OneThing: _thing,
    Reviewer: _reviewer,
    Expert: _expert,
    Laboratory: _laboratory,
    MonitoringDevice: _device,
    Seal: _seal,
}
