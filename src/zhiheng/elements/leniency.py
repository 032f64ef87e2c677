"""柔性执法清单, 监控设备, 检测机构: what the lists say of an item, a device, a body on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from zhiheng.elements.models import FlexibleEntry, Item, Laboratory, MonitoringDevice


def flexible_entries(*, item: Item, on: date) -> dict[str, FlexibleEntry]:
    """The entries of the list of leniency in force for an item, by kind; the newest of each."""
    rows = FlexibleEntry.objects.active(on).filter(item__uid=item.uid).order_by("valid_from", "id")
    return {row.kind: row for row in rows}


def devices_of(*, body_code: str, item_code: str, on: date) -> QuerySet[MonitoringDevice]:
    """Devices on the register that a body uses for an item on a day."""
    rows = MonitoringDevice.objects.active(on).filter(body__code=body_code)
    return rows.filter(items__contains=[item_code]).order_by("code")


def device_gaps(*, code: str, on: date) -> list[str]:
    """What a device lacked on a day to yield evidence, as sentences; empty where it was fit.

    Law: 行政处罚法 (2021) 第四十一条第一款、第二款.
    """
    row = MonitoringDevice.objects.active(on).filter(code=code).order_by("-valid_from").first()
    if row is None:
        return ["当日不在监控设备台账内"]
    audited = {"没有法制审核": row.legal_audit_on, "没有技术审核": row.technical_audit_on}
    gaps = [words for words, day in audited.items() if day is None or day > on]
    if not _calibrated(row, on):
        gaps.append("检定（校准）不在有效期内")
    if not row.publish_url or row.published_on is None or row.published_on > on:
        gaps.append("设置地点没有公布")
    if not row.sign_posted:
        gaps.append("现场没有明显标志")
    return gaps


def _calibrated(row: MonitoringDevice, on: date) -> bool:
    """What measures needs a calibration that runs; a camera that only sees has none to run out."""
    if row.calibrated_until is None:
        return row.kind == MonitoringDevice.Kind.VIDEO
    return (row.calibrated_on is None or row.calibrated_on <= on) and on <= row.calibrated_until


def laboratory_stands(*, name: str, on: date) -> bool:
    """Whether a testing body, by its full name or number, is accredited on a day."""
    rows = Laboratory.objects.active(on).filter(Q(name=name.strip()) | Q(code=name.strip()))
    begun = Q(accredited_from=None) | Q(accredited_from__lte=on)
    return rows.filter(begun, accredited_until__gte=on).exists()
