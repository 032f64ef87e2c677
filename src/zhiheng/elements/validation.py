"""Checks of codes and dates before an element is stored; errors are sentences per field."""

from collections.abc import Callable

from zhiheng.elements import links
from zhiheng.elements.benchmarks import check_benchmark
from zhiheng.elements.checks import check_support
from zhiheng.elements.models import Benchmark, Body, ElementRecord, Item, Officer, Subject
from zhiheng.elements.policies import NATION
from zhiheng.kernel import ciphers, codes
from zhiheng.kernel.errors import Invalid

_WRONG_USCC = "统一社会信用代码有误：应为18位且校验位相符。请对照证照重新录入。"
_WRONG_ID = "公民身份号码有误：应为18位且校验位相符。请对照证件重新录入。"
_WRONG_REGION = "区划代码有误：应为6、9或12位数字。请从区划表选择。"


def check_record(*, row: ElementRecord) -> None:
    """Refuse a record with wrong codes or dates.

    Raises:
        Invalid: names each field with a sentence.
    """
    problems: dict[str, str] = {}
    if row.region_code != NATION and not codes.is_region_code(row.region_code):
        problems["region_code"] = _WRONG_REGION
    if row.valid_until is not None and row.valid_until <= row.valid_from:
        problems["valid_until"] = "失效日应晚于生效日。请改正日期。"
    for model, check in _CHECKS.items():
        if isinstance(row, model):
            problems |= check(row)
    problems |= check_support(row)
    problems = links.missing_codes(row=row) | problems
    if problems:
        raise Invalid("要素登记有误。" + " ".join(problems.values()), fields=problems)


def _body(row: Body) -> dict[str, str]:
    """A body has a code of its own and a valid credit code."""
    problems = {}
    if not codes.is_uscc(row.uscc):
        problems["uscc"] = _WRONG_USCC
    if row.kind == Body.Kind.ENTRUSTED and row.entrusted_by_id is None:
        problems["entrusted_by"] = (
            "受委托组织须写明委托机关（行政处罚法第二十条）。请选择委托机关。"
        )
    return problems


def _officer(row: Officer) -> dict[str, str]:
    """A certificate has a number and ends after it begins."""
    problems = {}
    if not row.certificate_no.strip():
        problems["certificate_no"] = "请填写执法证号。"
    if row.cert_until < row.cert_from:
        problems["cert_until"] = "执法证有效期止应不早于发证日。请改正日期。"
    if row.citizen_id and not codes.is_citizen_id(ciphers.open_field(row.citizen_id)):
        problems["citizen_id"] = _WRONG_ID
    return problems


def _subject(row: Subject) -> dict[str, str]:
    """Codes, where given, have to check; a name is always needed."""
    problems = {}
    if not row.name.strip():
        problems["name"] = "请填写执法对象的名称。"
    if row.uscc and not codes.is_uscc(row.uscc):
        problems["uscc"] = _WRONG_USCC
    if row.citizen_id and not codes.is_citizen_id(ciphers.open_field(row.citizen_id)):
        problems["citizen_id"] = _WRONG_ID
    return problems


def _item(row: Item) -> dict[str, str]:
    """A range of fines runs from less to more."""
    low, high = row.fine_min_cents, row.fine_max_cents
    if low is not None and high is not None and low > high:
        return {"fine_max_cents": "罚款上限低于下限。请对照罚则改正。"}
    return {}


_CHECKS: dict[type, Callable[..., dict[str, str]]] = {
    Body: _body,
    Officer: _officer,
    Subject: _subject,
    Item: _item,
    Benchmark: check_benchmark,
}
