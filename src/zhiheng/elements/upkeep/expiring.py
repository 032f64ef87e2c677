"""要到期的东西: certificates, accreditations, calibrations, entrustments that end or have ended.

`EXPIRES` lists a register and the field that holds its last good day (that day included). A line
whose register or field is not there is passed over, so a register may come later than its line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, OuterRef, Q

from zhiheng.elements.models import ElementRecord, Grant, Severity
from zhiheng.elements.upkeep.rules import Fault, Rule
from zhiheng.web import words

_CERTIFICATE, _SUPPORT = "upkeep.ahead.certificate", "upkeep.ahead.support"


@dataclass(frozen=True)
class Expires:
    """A date field of a register, with the noun that its sentence uses."""

    register: str
    field: str
    noun: str
    label: str = "name"
    agency: str = ""
    but_not: Q | None = None

    def __call__(self, on: date, until: date) -> Iterable[Fault]:
        """Rows in use whose last good day lies before `until`."""
        from zhiheng.elements.registers import REGISTERS

        model = REGISTERS[self.register].model if self.register in REGISTERS else None
        if model is None or not _has(model, self.field):
            return []
        rows = model.objects.active(on).filter(**{f"{self.field}__lt": until})
        rows = rows.exclude(self.but_not) if self.but_not is not None else rows
        names = ("uid", "region_code", "owner_id", self.label, self.field, *self._agency())
        return [self._fault(on, *line) for line in rows.values_list(*names)]

    def _agency(self) -> tuple[str, ...]:
        return (self.agency,) if self.agency else ()

    def _fault(
        self, on: date, uid: Any, region: str, owner: int | None, title: str, last: date, *more: str
    ) -> Fault:
        ended = last < on
        says = f"{self.noun}有效到 {words.day(last)}，{'已经到期' if ended else '快到期了'}。"
        return Fault(
            key=str(uid), title=title, says=says, region_code=region, owner_id=owner,
            agency_code=more[0] if more else "", happens_on=last + timedelta(days=1),
        )  # fmt: skip


def _has(model: type[ElementRecord], field: str) -> bool:
    try:
        model._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return True


def entrustments(on: date, until: date) -> Iterable[Fault]:
    """Entrustments that end soon and that no other entrustment of the same work follows."""
    same = Grant.objects.active(until).filter(
        mode=Grant.Mode.ENTRUSTED,
        item__uid=OuterRef("item__uid"),
        body__uid=OuterRef("body__uid"),
    )
    rows = (
        Grant.objects.active(on)
        .filter(mode=Grant.Mode.ENTRUSTED, valid_until__lte=until)
        .filter(~Exists(same))
    )
    names = ("uid", "region_code", "owner_id", "body__name", "item__name", "valid_until",
             "doc_no", "body__code")  # fmt: skip
    return [
        Fault(
            key=str(uid), title=f"{body} {item}", region_code=region, owner_id=owner,
            says=f"委托（{doc_no or '没有文号'}）{words.day(ends)}起失效，还没有续签。",
            happens_on=ends, agency_code=code,
        )
        for uid, region, owner, body, item, ends, doc_no, code in rows.values_list(*names)
    ]  # fmt: skip


RULES = (
    Rule("officer.certificate", "执法证到期", "officers", Severity.HIGH,
         "换证后更新有效期；到期后不能再派案。", "执法证已续期，或者登记已停用。",
         Expires("officers", "cert_until", "执法证", agency="body__code",
                 but_not=Q(cert_status="REVOKED")), _CERTIFICATE),
    Rule("grant.entrustment", "委托到期", "grants", Severity.HIGH,
         "续签委托书并登记，或者让原机关自己办。", "委托已续签，或者已经收回。",
         entrustments, "upkeep.ahead.grant"),
    Rule("laboratory.accreditation", "检测资质到期", "laboratories", Severity.HIGH,
         "更新资质有效期；到期后的报告不能用作证据。", "资质已续期，或者登记已停用。",
         Expires("laboratories", "accredited_until", "检测资质"), _SUPPORT),
    Rule("device.calibration", "设备检定到期", "devices", Severity.HIGH,
         "送检后更新有效期；到期后的记录不能用作证据。", "检定已续期，或者登记已停用。",
         Expires("devices", "calibrated_until", "检定"), _SUPPORT),
    Rule("seal.certificate", "印章证书到期", "seals", Severity.HIGH,
         "续期证书后更新登记；到期后盖不了章。", "证书已续期，或者登记已停用。",
         Expires("seals", "cert_until", "印章证书"), _SUPPORT),
)  # fmt: skip
