"""Laws: the list, and one law with its texts and its tree."""

from urllib.parse import urlencode

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.kernel.clock import today
from zhiheng.laws import faces, selectors
from zhiheng.laws.citations import plain_title
from zhiheng.laws.models import Law, LawVersion
from zhiheng.laws.models.texts import Level
from zhiheng.laws.pages import Branch, LawPage, ListPage
from zhiheng.laws.views import asking
from zhiheng.people.api import requires
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

COLUMNS = ("名称", "位阶", "制定机关", "文本", "今天")


@requires("law.view")
def law_list(request: HttpRequest) -> HttpResponse:
    """Laws by title and rank."""
    query, level = asking.words(request, "q"), asking.words(request, "level")
    found = Law.objects.all()
    for word in query.split():
        found = found.filter(title__icontains=plain_title(word) or word)
    if level in Level.values:
        found = found.filter(level=level)
    order = ("short", "id")
    if query:  # the shortest title that holds the words is the likest one
        found, order = found.annotate(length=Length("short")), ("length", "short", "id")  # type: ignore[assignment]
    rows = keyset(found, order=order, after=request.GET.get("after"), size=40)
    here = f"{reverse('law_list')}?{urlencode({'q': query})}"
    page = ListPage(
        table=_table(rows.items), rows=rows, query=query, level=level, on=today(),
        levels=[Link("全部", here, not level)]
        + [Link(str(label), f"{here}&level={value}", level == value) for value, label in Level.choices],
        empty=not rows.items and not query and not level,
    )  # fmt: skip
    return render_page(request, "laws/list.html", page)


def _table(laws: list[Law]) -> Table:
    """Rows of laws with what holds today; one query for all their texts."""
    texts: dict[int, list[LawVersion]] = {law.pk: [] for law in laws}
    for one in LawVersion.objects.filter(law__in=laws).defer("findings"):
        texts[one.law_id].append(one)
    lines = []
    for law in laws:
        versions = sorted(texts[law.pk], key=selectors.not_before, reverse=True)
        held = selectors.choose(versions, today())
        word, tone = faces.state(held or (versions[0] if versions else None), today())
        head = Cell(law.title, "strong", href=reverse("law_show", args=[law.pk]))
        number = Cell(f"{len(versions)}", "num")
        lines.append(
            (head, law.get_level_display(), law.issuer, number, Cell(word, "tag", tone))  # type: ignore[arg-type]
        )
    return Table(columns=COLUMNS, rows=tuple(lines), caption="法律文件")


@requires("law.view")
def law_show(request: HttpRequest, law_id: int) -> HttpResponse:
    """One law: texts on a time line, and the tree of one of them."""
    law = asking.law_by_id(law_id)
    versions = selectors.versions_of(law)
    version, on = asking.chosen(request, versions, asking.day(request))
    gone = "" if version else selectors.why_none(law, versions, on)
    version = version or selectors.last_before(versions, on)
    page = LawPage(
        law=law,
        version=version,
        versions=faces.version_faces(versions, version, today(), "law_show", [law.pk]),
        tree=faces.grow_tree(version) if version else Branch(""),
        facts=faces.law_facts(law, version),
        findings=version.findings if version else [],
        on=on, is_today=on == today(), caution=faces.caution(version),
        crumbs=[Link("法条库", reverse("law_list")), Link(law.short)], gone=gone,
    )  # fmt: skip
    return render_page(request, "laws/law.html", page)
