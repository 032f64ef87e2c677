"""One article: on a day, through all its texts; and where a citation leads."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import NotFound
from zhiheng.laws import faces, selectors
from zhiheng.laws import likeness as alike
from zhiheng.laws.citations import Citation
from zhiheng.laws.comparing import likest
from zhiheng.laws.models import Law, LawNode, LawVersion
from zhiheng.laws.numerals import article_label
from zhiheng.laws.pages import ArticlePage, Line, SideFace, SidesPage
from zhiheng.laws.views import asking
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page, render_problem


@requires("law.view")
def law_article(request: HttpRequest, law_id: int, number: str) -> HttpResponse:
    """An article as it reads on a day, or in one text."""
    law = asking.law_by_id(law_id)
    versions = selectors.versions_of(law)
    version, on = asking.chosen(request, versions, asking.day(request))
    gone = "" if version else selectors.why_none(law, versions, on)
    version = version or selectors.last_before(versions, on)
    if version is None:
        raise NotFound(gone, next_step="换个日子，或从这件法律的各个文本里选。")
    nodes = list(_nodes(version, number))
    if not nodes:
        raise NotFound(
            f"《{law.title}》（{version.label}）里没有{article_label(number)}。",
            next_step="请从这件法律的目录里查找。",
        )
    page = replace(_page(law, version, versions, nodes, on), gone=gone)
    return render_page(request, "laws/article.html", page)


def _nodes(version: LawVersion, number: str) -> list[LawNode]:
    article = selectors.node_at(version, number)
    return list(selectors.below(article).select_related("parent")) if article else []


def _page(
    law: Law, version: LawVersion, versions: list[LawVersion], nodes: list[LawNode], on: object
) -> ArticlePage:
    article, lines = nodes[0], [_line(one, nodes[0]) for one in nodes if one.text]
    before, after = _neighbours(version, article)
    args: list[object] = [law.pk, article.number]
    cited = {"cited": f"《{law.short}》{article.label}", "acted_on": on, "decided_on": today()}
    return ArticlePage(
        law=law, version=version, article=article,
        above=article.parent.label if article.parent else "", lines=lines,
        on=on, is_today=on == today(), caution=faces.caution(version),  # type: ignore[arg-type]
        days=_days(article, version),
        findings=[one for one in version.findings if one["where"] == article.label],
        versions=faces.version_faces(versions, version, today(), "law_article", args),
        before=before, after=after,
        sides_href=reverse("law_sides", args=args) if len(versions) > 1 else "",
        lighter_href=f"{reverse('law_lighter')}?{urlencode(cited)}",
        crumbs=[
            Link("法条库", reverse("law_list")),
            Link(law.short, f"{reverse('law_show', args=[law.pk])}?version={version.pk}"),
            Link(article.label),
        ],
    )  # fmt: skip


def _line(node: LawNode, article: LawNode) -> Line:
    place = node.path.removeprefix(f"{article.path}/").split("/")
    anchor = "k" + place[0] + (f"x{place[1]}" if len(place) > 1 else "")
    own = node.valid_from if node.valid_from != article.valid_from else None
    older = article.valid_from is not None and node.valid_from is None
    return Line(node, anchor, f"{own} 起" if own else "早于本次修改" if older else "")


def _days(article: LawNode, version: LawVersion) -> str:
    if article.valid_from and article.valid_from == version.valid_from:
        return f"本条自 {article.valid_from} 起这样写"
    return (
        f"本条自 {article.valid_from} 起这样写"
        if article.valid_from
        else ("本条自哪一天起这样写，来源里没有确定")
    )


def _neighbours(version: LawVersion, article: LawNode) -> tuple[Link | None, Link | None]:
    same = LawNode.objects.filter(version=version, kind=LawNode.Kind.ARTICLE)
    before = same.filter(position__lt=article.position).order_by("-position").first()
    after = same.filter(position__gt=article.position).order_by("position").first()
    return _neighbour(version, before), _neighbour(version, after)


def _neighbour(version: LawVersion, node: LawNode | None) -> Link | None:
    return Link(node.label, faces.article_href(version.law, node.number, version)) if node else None


@requires("law.view")
def law_sides(request: HttpRequest, law_id: int, number: str) -> HttpResponse:
    """An article through all texts of its law, each beside the one before."""
    law = asking.law_by_id(law_id)
    versions = selectors.versions_of(law)
    shown = next((one for one in versions if selectors.node_at(one, number) is not None), None)
    if shown is None:
        raise NotFound(
            f"《{law.title}》里没有{article_label(number)}。", next_step="请从目录里查找。"
        )
    words = selectors.words_of(selectors.node_at(shown, number))  # type: ignore[arg-type]
    page = SidesPage(
        law=law, title=article_label(number), sides=_sides(versions[versions.index(shown) :], number, words),
        crumbs=[
            Link("法条库", reverse("law_list")),
            Link(law.short, reverse("law_show", args=[law.pk])),
            Link(article_label(number), faces.article_href(law, number, shown)), Link("各个文本"),
        ],
    )  # fmt: skip
    return render_page(request, "laws/sides.html", page)


def _sides(versions: list[LawVersion], number: str, words: str) -> list[SideFace]:
    """The article in each text, found by likeness from the newest back; shown the oldest first."""
    found: list[tuple[LawVersion, LawNode | None, str]] = []
    for version in versions:
        near = likest(words, version, most=3)
        same = next((one for one in near if one[1].node.number == number), None)
        best = same if same and same[0] >= alike.ENOUGH else (near[0] if near else None)
        if best is None or best[0] < alike.ENOUGH:
            found.append((version, None, ""))
            continue
        number, words = best[1].node.number, best[1].words
        found.append((version, best[1].node, words))
    return _side_faces(list(reversed(found)))


def _side_faces(found: list[tuple[LawVersion, LawNode | None, str]]) -> list[SideFace]:
    """Each text with what changed from the one before."""
    sides: list[SideFace] = []
    before = ""
    for version, node, words in found:
        if node is None:
            says = "这个文本里没有相近的条文。"
            sides.append(SideFace(version.label, faces.days(version), [], "", says))
            continue
        marks = alike.marks(before, words) if before else [alike.Mark("same", words)]
        href = faces.article_href(version.law, node.number, version)
        note = "与前一个文本相同" if before == words else ""
        sides.append(
            SideFace(f"{node.label} · {version.label}", faces.days(version), marks, href, note)
        )
        before = words
    return sides


@requires("law.view")
def law_go(request: HttpRequest) -> HttpResponse:
    """Where a citation leads on a day: the article's page, at the paragraph or item."""
    title = asking.words(request, "law")
    if not title:
        return HttpResponseRedirect(reverse("law_list"))
    parts = [asking.words(request, name) for name in ("article", "paragraph", "item")]
    parts[0] = asking.article(parts[0])
    on = asking.day(request)
    found = selectors.resolve(Citation(0, 0, title, *parts), on)
    if found.law and found.version is None:  # ended: its last text is still worth reading
        found = _last_text(found, parts, on)
    if found.problem or found.law is None or found.version is None:
        back = reverse("law_show", args=[found.law.pk]) if found.law else reverse("law_list")
        return render_problem(
            request, title=found.problem, next_step="请核对法名、条号和日子，或打开它的各个文本。",
            status=404, back_href=back,
        )  # fmt: skip
    query = f"?on={on.isoformat()}"
    if found.node is None:
        return HttpResponseRedirect(reverse("law_show", args=[found.law.pk]) + query)
    article, *place = found.node.path.split("/")
    anchor = f"#k{place[0]}" + (f"x{place[1]}" if len(place) > 1 else "") if place else ""
    return HttpResponseRedirect(
        reverse("law_article", args=[found.law.pk, article]) + query + anchor
    )


def _last_text(found: selectors.Resolved, parts: list[str], on: date) -> selectors.Resolved:
    """The place in the last text before the day; what was found where that has none."""
    version = selectors.last_before(selectors.versions_of(found.law), on)  # type: ignore[arg-type]
    if version is None or not parts[0]:
        return replace(found, version=version, problem="" if version else found.problem)
    node = selectors.node_at(version, *parts)
    return replace(found, version=version, node=node, problem="") if node else found
