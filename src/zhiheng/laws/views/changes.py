"""What changed: two texts of a law; the day of the act against the day of decision."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import NotFound
from zhiheng.laws import faces, lighter, selectors
from zhiheng.laws.comparing import KINDS, SAME, compare
from zhiheng.laws.forms import LighterForm
from zhiheng.laws.models import LawVersion
from zhiheng.laws.pages import DiffPage, LighterPage
from zhiheng.laws.views import asking
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page


@requires("law.view")
def law_diff(request: HttpRequest, law_id: int) -> HttpResponse:
    """Two texts of a law, article by article; the last two where none are named."""
    law = asking.law_by_id(law_id)
    versions = selectors.versions_of(law)
    new = _named(versions, request.GET.get("new", "")) or versions[0]
    older = [one for one in versions if selectors.not_before(one) < selectors.not_before(new)]
    old = _named(versions, request.GET.get("old", "")) or next(iter(older), None)
    if old is None or old.pk == new.pk:
        raise NotFound(
            f"《{law.title}》没有两个文本可比。", next_step="请从这件法律的各个文本里选两个。"
        )
    changes = compare(old, new)
    kind = request.GET.get("kind", "")
    shown = [one for one in changes if (one.kind == kind if kind in KINDS else one.kind != SAME)]
    page = DiffPage(
        law=law, old=old, new=new, changes=shown, versions=versions,
        kinds=_kinds(faces.diff_href(law, old, new), [one.kind for one in changes], kind),
        crumbs=[
            Link("法条库", reverse("law_list")),
            Link(law.short, reverse("law_show", args=[law.pk])), Link("改了什么"),
        ],
    )  # fmt: skip
    return render_page(request, "laws/diff.html", page)


def _named(versions: list[LawVersion], wanted: str) -> LawVersion | None:
    return next((one for one in versions if str(one.pk) == wanted), None)


def _kinds(href: str, found: list[str], kind: str) -> list[Link]:
    changed = sum(one != SAME for one in found)
    return [Link("有变化", href, kind not in KINDS, changed)] + [
        Link(label, f"{href}&kind={code}", kind == code, found.count(code))
        for code, label in KINDS.items()
        if code in found
    ]


@requires("law.view")
def law_lighter(request: HttpRequest) -> HttpResponse:
    """Which is lighter: both texts, what changed, what the figures suggest; a person decides."""
    asked = "cited" in request.GET
    form = LighterForm(request.GET if asked else None, initial={"decided_on": today()})
    result = None
    if asked and form.is_valid():
        data = form.cleaned_data
        result = lighter.compare_days(
            cited=data["cited"], acted_on=data["acted_on"], decided_on=data["decided_on"],
            successor=data["successor"],
        )  # fmt: skip
    page = LighterPage(
        result=result,
        acted_on=form.cleaned_data.get("acted_on") if asked else None,
        decided_on=form.cleaned_data.get("decided_on") if asked else None,
        successors=_choices(request, result),
        person=lighter.PERSON,
        crumbs=[Link("法条库", reverse("law_list")), Link("新旧比较")],
    )
    return render_page(request, "laws/lighter.html", page, form=form)


def _choices(
    request: HttpRequest, result: lighter.Comparison | None
) -> list[tuple[int, str, str, str]]:
    """Articles that may have taken over: likeness in percent, label, words, the address choosing it."""
    kept = {name: request.GET.get(name, "") for name in ("cited", "acted_on", "decided_on")}
    return [
        (round(score * 100), label, words, "?" + urlencode({**kept, "successor": label}))
        for score, label, words in (result.successors if result else [])
    ]
