"""What was found on import, for a person to settle."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.laws import faces
from zhiheng.laws.models import LawImport, LawVersion
from zhiheng.laws.pages import ReportPage
from zhiheng.people.api import requires
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE = 30
LAST = 8


@requires("law.view")
def law_report(request: HttpRequest) -> HttpResponse:
    """Findings, text by text, by kind; and the last imports."""
    code = request.GET.get("code", "")
    rows = LawVersion.objects.exclude(findings=[]).select_related("law")
    if code in faces.CODES:
        rows = rows.filter(findings__contains=[{"code": code}])
    paged = keyset(rows, order=("id",), after=request.GET.get("after"), size=SIZE)
    here = reverse("law_report")
    page = ReportPage(
        table=_table(paged.items, code), rows=paged,
        kinds=[Link("全部", here, code not in faces.CODES)]
        + [Link(label, f"{here}?code={one}", code == one) for one, label in faces.CODES.items()],
        imports=list(LawImport.objects.defer("findings").order_by("-began_at")[:LAST]),
        crumbs=[Link("法条库", reverse("law_list")), Link("导入报告")],
    )  # fmt: skip
    return render_page(request, "laws/report.html", page)


def _table(versions: list[LawVersion], code: str) -> Table:
    lines = []
    for version in versions:
        href = f"{reverse('law_show', args=[version.law_id])}?version={version.pk}"
        for one in version.findings:
            if code not in faces.CODES or one["code"] == code:
                head = Cell(version.law.title, "strong", href=href, note=version.label)
                tag = Cell(faces.CODES.get(one["code"], one["code"]), "tag", "warn")
                lines.append((head, tag, one["says"]))
    return Table(columns=("法律文件", "类别", "说明"), rows=tuple(lines), caption="发现的问题")
