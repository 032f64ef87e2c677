"""Reads of imports and exports."""

from django.db.models import Q, QuerySet

from zhiheng.elements.models import ElementExport, ImportBatch
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people


def batches(*, actor: people.Actor) -> QuerySet[ImportBatch]:
    """Batches of the regions in which the actor edits or publishes, newest first."""
    reach = Q(pk__in=[])
    for permission in ("element.edit", "element.publish"):
        for one in people.scope(actor, permission).reaches:
            reach |= Q(region_code__startswith=one.region_prefix)
    return ImportBatch.objects.filter(reach).select_related("uploaded_by", "decided_by")


def waiting(*, actor: people.Actor) -> QuerySet[ImportBatch]:
    """Batches that somebody else uploaded and that wait for this person's approval."""
    if not people.may(actor, "element.publish"):
        return ImportBatch.objects.none()
    ready = batches(actor=actor).filter(state=ImportBatch.State.CHECKED, rows_wrong=0)
    rows = ready.exclude(uploaded_by_id=actor.account_id)
    return rows.filter(Q(rows_new__gt=0) | Q(rows_changed__gt=0))


def is_waiting_for(*, actor: people.Actor) -> bool:
    """Whether there is such a batch."""
    return waiting(actor=actor).exists()


def access_batch(*, batch_id: int, actor: people.Actor) -> ImportBatch:
    """A batch within reach; absent and out of reach answer alike."""
    batch = batches(actor=actor).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("没有这一批导入，或者它不在您的辖区。", next_step="请从导入记录里重新打开。")
    return batch


def access_export(*, export_id: int, actor: people.Actor) -> ElementExport:
    """One's own export; nobody else's, since it may hold what others may not see."""
    export = ElementExport.objects.filter(pk=export_id, requested_by_id=actor.account_id).first()
    if export is None:
        raise NotFound("没有这份导出。", next_step="请从登记簿重新导出。")
    return export


def approvers(*, batch: ImportBatch) -> list[str]:
    """Names of some people who may approve a batch: not the one who uploaded it."""
    on, roles = local_date(batch.uploaded_at), people.PERMISSIONS["element.publish"]
    found = (
        people.Account.objects.filter(
            Q(grants__valid_until=None) | Q(grants__valid_until__gte=on),
            grants__role__in=roles, grants__valid_from__lte=on,
            grants__region_code__startswith=batch.region_code[:6], is_active=True,
        )
        .exclude(pk=batch.uploaded_by_id)
        .order_by("id")
        .values_list("name", "grants__role")
    )  # fmt: skip
    return [f"{name}（{people.Role(role).label}）" for name, role in found[:5]]
