"""How the lists and supports read: rows of their lists; their facts follow from their fields."""

from typing import Any

from zhiheng.elements import history, values
from zhiheng.elements.faces import Facts, Row, href_of
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
from zhiheng.web.faces import Cell


def facts_of(row: ElementRecord, open_personal: bool) -> Facts:
    """Every field of a kind in words, links by name; personal data masked unless it may be open."""
    kept = history.kept(row)
    reader = values.Reader(type(row), open_personal=open_personal).prepare([kept])
    return [
        (
            values.label_of(field), reader.words(field, kept[field.name]),
            href_of(getattr(row, field.name)) if field.many_to_one else "",
        )
        for field in values.editable_fields(type(row))
    ]  # fmt: skip


def boundary_row(row: DutyBoundary, _: bool) -> Row:
    """A duty boundary in the list."""
    penalty: Any = row.penalty_body.name if row.penalty_body else "—"
    return (
        Cell(row.matter, "strong", note=row.code), row.lead_body.name, penalty,
        Cell(len(row.assist_bodies), "num"), row.doc_no or row.doc_title or "—",
    )  # fmt: skip


def transfer_row(row: TransferStandard, _: bool) -> Row:
    """A transfer standard in the list."""
    sender = row.from_body.name if row.from_body else "各主体"
    receiver = row.to_body.name if row.to_body else row.to_organ
    return (
        Cell(row.title, "strong", note=row.code), row.item.name, f"{sender} → {receiver}",
        row.send_within or "—", Cell(row.get_kind_display(), "tag", "info"),
    )  # fmt: skip


def flexible_row(row: FlexibleEntry, _: bool) -> Row:
    """A flexible entry in the list."""
    return (
        Cell(row.item.name, "strong", note=row.code), Cell(row.get_kind_display(), "tag", "info"),
        row.legal_ground, row.get_approve_level_display(),
    )  # fmt: skip


def thing_row(row: OneThing, _: bool) -> Row:
    """One thing in the list."""
    return (
        Cell(row.name, "strong", note=row.code), row.lead_body.name,
        Cell(len(row.items), "num"), Cell(len(row.bodies), "num"), row.doc_no or "—",
    )  # fmt: skip


def reviewer_row(row: Reviewer, _: bool) -> Row:
    """A reviewer in the list."""
    return (
        Cell(row.name, "strong", note=row.code), row.get_kind_display(), row.body.name,
        Cell("有资格", "tag", "ok") if row.legal_qualification else Cell("未登记", "tag", "warn"),
    )  # fmt: skip


def expert_row(row: Expert, _: bool) -> Row:
    """An expert in the list."""
    return (
        Cell(row.name, "strong", note=row.code), row.get_kind_display(), row.organisation or "—",
        row.title or "—", "、".join(row.specialties) or "—",
    )  # fmt: skip


def laboratory_row(row: Laboratory, _: bool) -> Row:
    """A laboratory in the list."""
    return (
        Cell(row.name, "strong", note=row.code), "、".join(row.methods[:3]),
        Cell(row.accreditation_no, "num"), Cell(row.accredited_until, "date"),
    )  # fmt: skip


def device_row(row: MonitoringDevice, _: bool) -> Row:
    """A device in the list; whether its audits are there is seen at once (行政处罚法 41)."""
    audited = bool(row.legal_audit_no and row.technical_audit_no)
    tag = Cell("审核齐全", "tag", "ok") if audited else Cell("缺审核", "tag", "warn")
    return (
        Cell(row.name, "strong", note=row.code), row.get_kind_display(), row.body.name,
        row.location, tag,
    )  # fmt: skip


def seal_row(row: Seal, _: bool) -> Row:
    """A seal in the list."""
    return (
        Cell(row.name, "strong", note=row.code), row.get_kind_display(), row.body.name,
        row.keeper.name if row.keeper else "—", Cell(row.cert_until or "—", "date"),
    )  # fmt: skip
