"""The discretion of a case: questions, the live reading, earlier cases, the human's decision."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.discretion import answering, keeping, pictures
from zhiheng.cases.discretion.forms import DiscretionForm, discretion_form
from zhiheng.cases.discretion.pages import DiscretionPage, result_face
from zhiheng.cases.discretion.spread import similar
from zhiheng.cases.discretion.tables import table_of
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.evidence import api as evidence
from zhiheng.kernel import money
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Invalid
from zhiheng.people.api import requires
from zhiheng.procedures.views import problems_onto
from zhiheng.rulebook import api as rulebook
from zhiheng.web.pages import render_page, render_problem

REPLAYS = {
    "same": "用当时的裁量表和回答重新演算，结果一致。",
    "differs": "重新演算的结果与保存的不一致，请核对。",
    "moved": "裁量表后来改过，不能用现在的表重新演算；当时的结果和版本号仍在卷宗里。",
}


@requires("case.view")
def case_discretion(request: HttpRequest, code: str) -> HttpResponse:
    """Try answers (nothing is kept), or keep them with the decision."""
    found, on = access_case_by_code(actor=request.actor, code=code), today()
    matter = CaseMatter(found)
    try:
        table = table_of(found, on=on)
    except Invalid as wrong:
        return render_problem(
            request, title=wrong.message, next_step=wrong.next_step, status=200,
            back_href=reverse("case", args=[code]),
        )  # fmt: skip
    items = [e for e in evidence.evidence_of(found.dossier) if e.status != "EXCLUDED"]
    known = answering.from_record(matter, table, actor=request.actor, on=on)
    kept = matter.run.facts.get(answering.KEPT) or {}
    same = kept.get("digest_table") == table.digest
    bound = request.method == "POST"
    form = discretion_form(
        table=table, known=known, kept=kept if same else {}, items=items,
        data=request.POST if bound else None,
    )  # fmt: skip
    ready = bound and form.is_valid()
    if ready and request.POST.get("do") == "keep":
        with problems_onto(form):
            _keep(request, matter, form)
            messages.success(request, "裁量测算已保存，填“调查终结”时会带过去。")
            return redirect("case_discretion", code=code)
    given = form.answers() if ready else _first(form)
    proofs = form.proofs() if ready else kept.get("evidence", {}) if same else {}
    reading = keeping.judge(matter, given, proofs, on=on)
    cents = form.cleaned_data.get("decided_fine") if ready else kept.get("fine")
    page = _page(request, matter, reading, items=items, cents=cents, on=on)
    return render_page(request, "cases/discretion.html", page, form=form)


def _first(form: DiscretionForm) -> dict[str, Any]:
    """The answers that stand in a form nobody has sent yet, or that was sent with mistakes."""
    found = {}
    for name in form.names:
        value = form[name].initial if not form.is_bound else form.cleaned_data.get(name)
        value = [one for one in value if one != "-"] if isinstance(value, list) else value
        found[name] = None if value == "" else value
    return found


def _keep(request: HttpRequest, matter: CaseMatter, form: DiscretionForm) -> None:
    given = form.cleaned_data
    keeping.keep(
        matter, inputs=form.answers(), evidence=form.proofs(),
        decision=keeping.Decision(
            tier=_told(given["decided_tier"]), fine=given["decided_fine"] or 0,
            reason=given["decided_reason"], differs=given["differs_reason"],
        ),
        actor=request.actor, at=now(), idempotency_key=f"discretion/{given['key']}",
    )  # fmt: skip


def _told(tier: str) -> str:
    if not tier:
        raise Invalid("还不能保存。", fields={"decided_tier": "请选择您决定的档次。"})
    return tier


def _page(
    request: HttpRequest, matter: CaseMatter, reading: rulebook.Assessment, *,
    items: list[evidence.EvidenceItem], cents: int | None, on: date,
) -> DiscretionPage:  # fmt: skip
    case, table = matter.case, reading.table
    spread = similar(case, tier=reading.code, on=on) if reading.outcome == "tier" else None
    replayed = keeping.replay(matter)
    return DiscretionPage(
        title="裁量测算", heading=case.title, back_href=reverse("case", args=[case.code]),
        table_title=table.title, basis="、".join(one.text for one in table.basis),
        unchecked="" if table.checked.verified else table.checked.note or "依据待核",
        result=result_face(reading, names={str(item.pk): str(item) for item in items}),
        picture=pictures.draw(reading, spread, cents=cents) if spread else None,
        spread=pictures.words_of(spread) if spread else "",
        closed=keeping.not_now(matter, actor=request.actor), kept=_kept(matter),
        replay=REPLAYS.get(replayed, ""), measures=list(table.measures),
        elsewhere_href=reverse("case_elsewhere", args=[case.code]),
        draft="".join(reading.sentences()) if reading.outcome == "tier" else "",
    )  # fmt: skip


def _kept(matter: CaseMatter) -> list[tuple[str, Any]]:
    kept = matter.run.facts.get(answering.KEPT)
    if not kept:
        return []
    rows = [
        ("当时的结果", kept["title"]),
        ("建议", "至".join(f"{money.yuan(c)} 元" for c in kept["proposed"])),
        ("人的决定", f"{rulebook.TIER_TITLES[kept['tier']]}，{money.yuan(kept['fine'])} 元"),
        ("理由", kept["reason"]), ("与建议不同的理由", kept["differs"]),
        ("由谁、何时", f"{kept['by']}　{kept['on']}"),
        ("版本", f"裁量表 {kept['digest_table']}　规则书 {kept['rulebook']}"),
        ("结果摘要", kept["digest"][:16]),
    ]  # fmt: skip
    return [row for row in rows if row[1]]
