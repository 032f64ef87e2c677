"""The question screen: body, item, place, day; yes or no, and why."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements.may.asking import Reply, ask, bodies_for, items_for
from zhiheng.elements.models import Area, Body, Item
from zhiheng.elements.notices import selectors
from zhiheng.elements.notices.forms import MOST_BODIES, MayForm
from zhiheng.kernel.clock import today
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page


@dataclass(frozen=True)
class MayPage:
    """The answer, or a choice of what may have been meant."""

    bodies: list[Body]
    reply: Reply | None
    choices: list[Link]
    nothing: str
    crumbs: list[Link]


@requires("element.view")
def may(request: HttpRequest) -> HttpResponse:
    """Ask by address, so that an answer can be handed on as a link."""
    region = min(selectors.prefixes_of(request.actor, "element.view"), key=len, default="none")[:6]
    asked = "body" in request.GET or "item" in request.GET
    data = {"on": today().isoformat(), **request.GET.dict()} if asked else None
    initial = {"on": today(), "body": request.actor.agency_code}
    form = MayForm(data, initial=initial)
    form.fields["place"].choices = [("", "不限乡镇"), *_places(region)]  # type: ignore[attr-defined]
    reply: Reply | None = None
    choices: list[Link] = []
    nothing = ""
    if form.is_bound and form.is_valid():
        reply, choices, nothing = _answer(form.cleaned_data, region)
    page = MayPage(
        bodies=list(selectors.bodies_in(prefixes=(region,), on=today())[:MOST_BODIES]),
        reply=reply, choices=choices, nothing=nothing,
        crumbs=[Link("要素中心", reverse("element_home")), Link("问职权")],
    )  # fmt: skip
    return render_page(request, "elements/may.html", page, form=form)


def _places(region: str) -> list[tuple[str, str]]:
    rows = Area.objects.active(today()).filter(kind="TOWN", region_code__startswith=region)
    return [(one.region_code, one.name) for one in rows.order_by("code")[:200]]


def _answer(asked: dict, region: str) -> tuple[Reply | None, list[Link], str]:  # type: ignore[type-arg]
    """One body and one item: the answer; several: which one; none: what to do."""
    on: date = asked["on"] or today()
    bodies = bodies_for(text=asked["body"], region=region, on=on)
    if not bodies:
        return None, [], f"辖区里当日没有叫“{asked['body']}”的主体。请核对名称或代码。"
    items = items_for(text=asked["item"], on=on)
    if not items:
        return None, [], f"当日没有与“{asked['item']}”相符的事项。换个词，或写事项编码。"
    if len(bodies) > 1:
        return None, [_choice(asked, body=one) for one in bodies], ""
    if len(items) > 1:
        return None, [_choice(asked, body=bodies[0], item=one) for one in items], ""
    body = bodies[0]
    place = asked["place"] or body.region_code
    return ask(body=body, item=items[0], region_code=place, on=on), [], ""


def _choice(asked: dict, *, body: Body, item: Item | None = None) -> Link:  # type: ignore[type-arg]
    """The same question with one thing made clear."""
    clear = {**asked, "body": body.code, "item": item.code if item else asked["item"]}
    label = f"{item.name}（{item.code}）" if item else f"{body.name}（{body.code}）"
    return Link(label, f"?{urlencode(clear)}")
