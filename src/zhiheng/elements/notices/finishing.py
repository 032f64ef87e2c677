"""Who finishes what was begun before an item moved (law.md D.3, transition rule of D.4)."""

from dataclasses import replace
from datetime import date

from zhiheng.elements import competence
from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice
from zhiheng.elements.policies import GrantAnswer


def may_body_finish(
    *, body_code: str, item_code: str, region_code: str, begun_on: date | None, on: date
) -> GrantAnswer:
    """Whether a body may go on with a matter it filed on a day.

    Where a notice has taken the item from it since, the organ that filed finishes unless the
    notice hands open matters over; the chain is then that of the day of filing. The rule is a
    default that awaits confirmation (待核), and the answer says so.
    """
    asked = {"body_code": body_code, "item_code": item_code, "region_code": region_code}
    now = competence.may_body_do_item(**asked, on=on)
    if now.ok or begun_on is None or begun_on >= on:
        return now
    then = competence.may_body_do_item(**asked, on=begun_on)
    moved = AdjustmentAction.objects.filter(
        item_code=item_code,
        from_body__code=body_code,
        transition=AdjustmentAction.Transition.FILER,
        notice__state=AdjustmentNotice.State.PUBLISHED,
        notice__effective_on__gt=begun_on,
        notice__effective_on__lte=on,
    )
    notice_no = moved.values_list("notice__notice_no", flat=True).first()
    if not then.ok or notice_no is None:
        return now
    return replace(then, reason=f"{notice_no}生效前已立案，由立案机关办结（待核）。")
