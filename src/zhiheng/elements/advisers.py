"""Who may be asked for advice on a day: experts of the register, counsel who serve an organ."""

from datetime import date

from zhiheng.elements.models import Expert, Reviewer


def experts_on(domain: str, on: date) -> list[Expert]:
    """Experts in use on a day, those of the line first, with their accounts."""
    rows = Expert.objects.active(on).select_related("account").order_by("code", "id")
    return sorted(rows, key=lambda one: (one.account_id is None, domain not in one.domains))


def counsel_on(body_code: str, on: date) -> list[Reviewer]:
    """Counsel of an organ or who serve it, in use on a day, with their accounts."""
    rows = Reviewer.objects.active(on).filter(kind=Reviewer.Kind.COUNSEL)
    found = rows.select_related("account", "body").order_by("code", "id")
    return [one for one in found if body_code in (one.body.code, *one.served_bodies)]


def reviewers_on(body_code: str, on: date) -> list[Reviewer]:
    """Legal reviewers of an organ or who serve it, counsel included, in use on a day."""
    rows = Reviewer.objects.active(on).select_related("account", "body").order_by("code", "id")
    return [one for one in rows if body_code in (one.body.code, *one.served_bodies)]
