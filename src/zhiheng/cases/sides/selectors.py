"""Reading side proceedings: of a case, by number, by dossier; which may begin now."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhiheng.cases.models import Case, Side
from zhiheng.kernel.errors import NotFound
from zhiheng.rulebook import api as rulebook

_WHOLE = (
    "dossier__run", "case__dossier__run", "case__item__penalty_basis__basis", "case__subject",
    "case__lead", "case__clue__dossier__run",
)  # fmt: skip


def sides_of(case: Case) -> QuerySet[Side]:
    """The side proceedings of a case, the first first, with dossier and run."""
    return Side.objects.filter(case=case).select_related("dossier__run").order_by("number")


def side_by_number(*, case: Case, number: int) -> Side:
    """One side proceeding of a case that the caller may see, with all that its steps need.

    Raises:
        NotFound: the case has no such one.
    """
    found = Side.objects.select_related(*_WHOLE).filter(case_id=case.pk, number=number).first()
    if found is None:
        raise NotFound("没有找到这项附属程序。", next_step="请回到卷宗页查看。")
    return found


def side_of_dossier(dossier_id: int) -> Side | None:
    """The side proceeding of a dossier, for jobs; no scope applies."""
    return Side.objects.select_related(*_WHOLE).filter(pk=dossier_id).first()


def may_begin(case: Case, sides: Iterable[Side]) -> list[rulebook.Procedure]:
    """The side procedures that may begin beside the case as it stands, given those it has."""
    run = case.dossier.run
    running = {each.procedure_id for each in sides if each.closed_on is None}
    found = rulebook.attachable(
        rulebook.current(), procedure=run.procedure_id, state=case.dossier.state
    )
    return [
        each for each in found if each.attaches and (each.attaches.many or each.id not in running)
    ]
