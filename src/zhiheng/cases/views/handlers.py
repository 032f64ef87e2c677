"""Who handles a case, who reviews it: add, name, hand over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.forms import HandlersForm, ReviewerForm
from zhiheng.cases.pages import StepPage
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.cases.services.handlers import add_co_handler, hand_over
from zhiheng.cases.services.reviewers import name_reviewer, reviewers_of
from zhiheng.kernel.clock import now, today
from zhiheng.people.api import requires
from zhiheng.procedures.views import problems_onto
from zhiheng.web.pages import render_page


@requires("case.step")
def case_handlers(request: HttpRequest, code: str) -> HttpResponse:
    """Add a handler or give the lead to somebody else, with the reason."""
    case = access_case_by_code(actor=request.actor, code=code)
    bound = request.method == "POST"
    form = HandlersForm(request.POST if bound else None, case=case, on=today())
    if bound and form.is_valid():
        given = form.cleaned_data
        common = {
            "case": case, "reason": given["reason"], "actor": request.actor, "at": now(),
            "idempotency_key": f"handlers/{given['key']}",
        }  # fmt: skip
        with problems_onto(form):
            if given["what"] == "lead":
                hand_over(to_id=int(given["to"]), **common)
            else:
                add_co_handler(account_id=int(given["to"]), **common)
            messages.success(request, "办案人员已调整，已记入全过程记录。")
            return redirect("case", code=code)
    page = StepPage(
        title="调整办案人员", note="移交后原主办留作协办，便于交接。", heading=case.title,
        back_href=reverse("case", args=[code]), findings=(), law=[], known=[],
    )  # fmt: skip
    return render_page(request, "cases/step.html", page, form=form)


@requires("case.step")
def case_reviewer(request: HttpRequest, code: str) -> HttpResponse:
    """Name who reviews the case, or hand the review on with the reason."""
    case = access_case_by_code(actor=request.actor, code=code)
    bound = request.method == "POST"
    rows = reviewers_of(case, on=today())
    form = ReviewerForm(request.POST if bound else None, rows=rows)
    if bound and form.is_valid():
        given = form.cleaned_data
        with problems_onto(form):
            name_reviewer(
                case=case, to_id=int(given["to"]), reason=given["reason"], actor=request.actor,
                at=now(), idempotency_key=f"reviewer/{given['key']}",
            )  # fmt: skip
            messages.success(request, "法制审核人已定，待办已转到其名下，已记入全过程记录。")
            return redirect("case", code=code)
    page = StepPage(
        title="指定法制审核人", note="办案人员不能审核自己的案件；法律顾问在册并授予审核角色的，也可以选。",
        heading=case.title, back_href=reverse("case", args=[code]), findings=(), law=[], known=[],
    )  # fmt: skip
    return render_page(request, "cases/step.html", page, form=form)
