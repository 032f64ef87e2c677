"""Law changes: the list, and one with everybody who cites what changed."""

from django.http import HttpRequest, HttpResponse

from zhiheng.elements.upkeep import selectors, showing_changes
from zhiheng.people.api import requires
from zhiheng.web.pages import render_page


@requires("element.view")
def law_changes(request: HttpRequest) -> HttpResponse:
    """Changes, the newest first, each with how far its list has emptied."""
    page = showing_changes.changes_page(actor=request.actor, after=request.GET.get("after"))
    return render_page(request, "elements/upkeep/changes.html", page)


@requires("element.view")
def law_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: what differs, who is touched, what is left."""
    change = selectors.get_change(pk=pk)
    page = showing_changes.change_page(actor=request.actor, change=change)
    return render_page(request, "elements/upkeep/change.html", page)
