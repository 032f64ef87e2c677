"""Who looks after an element."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements import registers, services
from zhiheng.elements.proposals.forms import OwnerForm
from zhiheng.elements.proposals.pages import EditPage
from zhiheng.elements.views.common import crumbs, known_row
from zhiheng.kernel.clock import now
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.pages import render_page


@requires("element.edit")
def element_owner(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Give an element to somebody else's care; what it says does not change."""
    register = registers.get_register(slug=slug)
    row = known_row(request, register, uid)
    initial = {"owner": row.owner.username if row.owner else ""}
    form = OwnerForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            account = _account(request, form.cleaned_data["owner"])
            services.hand_over(
                row=row, owner_id=account.pk if account else None, actor=request.actor, at=now()
            )
        except Invalid as wrong:
            form.add_error("owner", str(wrong))
        else:
            messages.success(request, "责任人已登记。")
            return redirect("element_show", slug=slug, uid=uid)
    page = EditPage(
        "换责任人", "责任人负责它的准确和更新；换人不改内容，历史里看得到。",
        crumbs(request, register, row, "换责任人"), reverse("element_show", args=[slug, uid]),
        "登记",
    )  # fmt: skip
    return render_page(request, "elements/edit.html", page, form=form)


def _account(request: HttpRequest, text: str) -> people.Account | None:
    """The account of a login name or of a name that only one person in reach has."""
    plain = text.strip()
    if not plain:
        return None
    reach = Q(pk__in=[])
    for one in people.scope(request.actor, "element.edit").reaches:
        reach |= Q(region_code__startswith=one.region_prefix)
    rows = people.Account.objects.filter(reach, is_active=True)
    found = list(rows.filter(Q(username=plain) | Q(name=plain))[:2])
    if len(found) != 1:
        raise Invalid(
            "叫这个名字的不止一人。" if found else "没有这个人，或者不在您的辖区。",
            next_step="请改写登录名。",
        )
    return found[0]
