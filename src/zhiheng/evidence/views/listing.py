"""Evidence in scope, newest first."""

from django.http import HttpRequest, HttpResponse

from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.pages import EvidenceListPage, face_of
from zhiheng.people import api as people
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

FILTERS = (("", "全部"), *EvidenceItem.Status.choices)


@people.requires("evidence.view")
def evidence_list(request: HttpRequest) -> HttpResponse:
    """All evidence that this person may see, by status; keyset paged, never counted."""
    status = request.GET.get("status", "")
    scope = people.within(people.scope(request.actor, "evidence.view"))  # type: ignore[attr-defined]
    found = EvidenceItem.objects.filter(scope)
    if status in EvidenceItem.Status.values:
        found = found.filter(status=status)
    rows = keyset(found, order=("-id",), after=request.GET.get("after"), size=24)
    page = EvidenceListPage(
        title="证据",
        filters=[Link(label, f"?status={code}", code == status) for code, label in FILTERS],
        faces=[face_of(item) for item in rows],
        rows=rows,
    )
    return render_page(request, "evidence/evidence_list.html", page)
