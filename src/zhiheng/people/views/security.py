"""The security log."""

from django.http import HttpRequest, HttpResponse

from zhiheng.people import api, selectors
from zhiheng.people.access import requires
from zhiheng.people.forms import SecuritySearch
from zhiheng.people.models import SecurityEvent
from zhiheng.people.pages import SecurityPage, security_table
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SHOWN = ("SIGN_IN_FAILED", "LOCKED_OUT", "DENIED", "ROLE_GRANTED", "ROLE_REVOKED", "ACTING_BEGUN")


@requires("security.view")
def security_log(request: HttpRequest) -> HttpResponse:
    """What happened to accounts and rights, newest first."""
    search = SecuritySearch(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    kind, username = asked.get("kind", ""), asked.get("username", "")
    rows = keyset(
        selectors.list_security_events(
            scope=api.scope(request.actor, "security.view"), kind=kind, username=username
        ),
        order=("-at", "-id"),
        after=request.GET.get("after"),
    )
    labels = dict(SecurityEvent.Kind.choices)
    page = SecurityPage(
        rows=rows,
        table=security_table(rows=rows),
        filters=[Link("全部", "?", not kind)]
        + [Link(labels[code], f"?kind={code}", kind == code) for code in SHOWN],
        username=username,
    )
    return render_page(request, "people/security.html", page)
