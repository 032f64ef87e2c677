"""Walks a matter through the screens: signs people in, fills in forms as people type, moves time.

    walk = Walk(date(2026, 3, 2))
    walk.report(); walk.match(); walk.check(); walk.propose()
    walk.does("file")                               # the right person, the usual answers
    walk.does("conclude", fine_proposed="12,000")   # money as people type it
    walk.cannot("decide")                           # sent back with what is wrong
    walk.go_to(date(2026, 3, 9))
    walk = Walk(stage="notified")                   # an ordinary case whose notice is served

What a person sees is a `Page` (tests/journeys/reading.py).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.journeys.reading import Page
from tests.snapshots import Snapshot
from zhiheng.cases.captures import CAPTURES
from zhiheng.cases.captures import fields as capture_fields
from zhiheng.cases.demo.answers import answers
from zhiheng.cases.demo.paper_answers import given
from zhiheng.cases.demo.player import ROLE_PERSON, picture
from zhiheng.cases.models import Case, Good, Side
from zhiheng.cases.sides.kinds import kind_of
from zhiheng.cases.votes import read as read_votes
from zhiheng.clues.api import Clue
from zhiheng.documents import api as documents
from zhiheng.elements.api import get_item, laboratories
from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook

FIRST_DAY = date(2026, 3, 2)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HIGH_FINE = "QH-CG-001"


def as_typed(value: Any, type_: str) -> str:
    """A value as a person types it into the field of a fact."""
    if type_ == "bool":
        return "true" if value else "false"
    if type_ == "cents":
        return f"{value / 100:,.2f}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def seats_as_typed(votes: str) -> dict[str, str]:
    """The rows of a collective discussion; whoever the form knows by name has a row already."""
    typed = {}
    for number, seat in enumerate(read_votes(votes)):
        row = {"there": seat.there, "vote": seat.vote, "opinion": seat.opinion}
        row |= {} if seat.post else {"name": seat.name}
        typed |= {f"discussion_votes-{number}-{part}": value for part, value in row.items()}
    return typed


def photo(seed: str) -> SimpleUploadedFile:
    """A photograph as a phone sends it."""
    return SimpleUploadedFile(f"{seed}.jpg", picture(seed).read(), "image/jpeg")


def taken_as_evidence(step_id: str, seed: str) -> dict[str, Any]:
    """The file of a step that takes evidence, and what its form asks for beside."""
    typed = given(step_id, picture=picture, seed=seed)
    kind = "audio/wav" if step_id == "add_recording" else "image/jpeg"
    file = SimpleUploadedFile(typed["file"].name, typed["file"].read(), kind)
    asked = dict(capture_fields(step_id))
    return {name: file if name == "file" else typed[name] for name in asked}


class Walk:
    """One matter, the people who handle it, and the day it is."""

    def __init__(
        self, day: date = FIRST_DAY, *, stage: str = "", fine: int = 800000, party: str = "面馆"
    ) -> None:
        """Stand in the morning of a day in the county, or at a stage of an ordinary case."""
        self.day, self.minutes, self.fine, self.party = day, 0, fine, party
        self.traveller = time_machine.travel(self._moment(), tick=False)
        self.clock = self.traveller.start()
        self.clients: dict[str, Client] = {}
        self.photos = 0
        self.clue: Clue | None = None
        self._case: Case | None = None
        if stage:
            self._reach(stage)
        else:
            cast.county()

    def _reach(self, stage: str) -> None:
        """Walk to a stage once in a process; after that it is put back from memory."""
        if stage in STAGES:
            rows, kept = STAGES[stage]
            rows.put_back()
            self.photos, self.clue, self._case = kept["photos"], kept["clue"], kept["_case"]
            self.go_to(kept["day"])
            return
        names = list(ROAD)
        if before := names[: names.index(stage)]:
            self._reach(before[-1])
        else:
            cast.county()
        ROAD[stage](self)
        STAGES[stage] = (Snapshot().take(), dict(vars(self)))

    def close(self) -> None:
        """Back to the present."""
        self.traveller.stop()

    # —— time ——

    def _moment(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 0, tzinfo=SHANGHAI) + (
            timedelta(minutes=self.minutes)
        )

    def go_to(self, day: date) -> None:
        """Another morning; everyone signs in again."""
        self.day, self.minutes, self.clients = day, 0, {}
        self.clock.move_to(self._moment())

    def wait(self, minutes: int = 4) -> None:
        """A few minutes pass."""
        self.minutes += minutes
        self.clock.move_to(self._moment())

    # —— people at the screen ——

    def as_(self, username: str) -> Client:
        """This person's browser, signed in today."""
        if username not in self.clients:
            self.clients[username] = cast.sign_in(Client(), username)
        return self.clients[username]

    def sees(self, username: str, url: str, *, status: int = 200) -> Page:
        """Open an address."""
        page = Page(self.as_(username).get(url))
        assert page.status == status, (
            f"{username} 打开 {url} 得到 {page.status}：{page.words[:400]}"
        )
        return page

    def todo(self, username: str, query: str = "") -> Page:
        """A person's to-do list."""
        return self.sees(username, reverse("todo") + query)

    def fills(self, username: str, url: str, typed: Mapping[str, Any]) -> Page:
        """Open a form, change what is named, leave the rest as it stands, send it."""
        self.wait()
        return self.sends(username, url, self.sees(username, url), typed)

    def sends(self, username: str, url: str, form: Page, typed: Mapping[str, Any]) -> Page:
        """Send a form that lies open, and go where it leads."""
        unknown = set(typed) - set(form.asked)
        assert not unknown, f"表单没有 {unknown}，有 {list(form.asked)}"
        sent = {
            name: values if len(values) > 1 else values[0] for name, values in form.fields.items()
        }
        return Page(self.as_(username).post(url, {**sent, **typed}, follow=True))

    def is_not_let_in(self, username: str, step_id: str, says: str) -> None:
        """A step that is somebody else's, or past, leads back to the dossier, which says why."""
        page = Page(self.as_(username).get(self.url(step_id), follow=True))
        assert page.path == self.url()
        page.says(says)

    # —— the clue ——

    def report(self, by: str = cast.INTAKE_CLERK, **typed: str) -> Page:
        """Somebody telephones; the clerk writes it down."""
        usual = {
            "source": "PHONE", "description": "楼下饭店排出的油烟直往家里窜，开窗就呛人",
            "place": "城东街道清波路18号后巷", "happened": "每天傍晚五点到八点", "target": self.party,
            "informant_name": "热心群众", "informant_phone": "13900000000",
        }  # fmt: skip
        page = self.fills(by, reverse("clue_register"), {**usual, **typed})
        if page.status == 200:
            self.clue = Clue.objects.order_by("-dossier_id").first()
        return page

    def clue_url(self, step_id: str = "") -> str:
        """The address of the clue, or of a step of it."""
        number = self.clue.number
        if step_id == "propose_filing":
            return reverse("case_propose", args=[number])
        return (
            reverse("clue_step", args=[number, step_id])
            if step_id
            else reverse("clue", args=[number])
        )

    def clue_does(self, step_id: str, by: str, **typed: Any) -> Page:
        """Take a step of the clue; it must be taken."""
        page = self.fills(by, self.clue_url(step_id), typed)
        assert page.status == 200, page.errors or page.words
        return page

    def match(
        self, by: str = cast.INTAKE_CLERK, *, item: str = HIGH_FINE, officer: str = "李执法"
    ) -> Page:
        """The clerk chooses item, party and officer; what is not recommended is looked for."""
        url = self.clue_url("match")
        if item not in self.sees(by, url).options("item").values():
            url += f"?find={get_item(item, self.day).name}"
        form = self.sees(by, url)
        party = next(v for words, v in form.options("subject").items() if self.party in words)
        handler = next(v for words, v in form.options("handler").items() if officer in words)
        page = self.fills(
            by,
            url,
            {
                "item": item,
                "subject": party,
                "handler": handler,
                "match_note": "按反映内容匹配，派属地中队。",
            },
        )
        assert page.path == self.clue_url(), page.errors
        return page

    def check(self, by: str = cast.OFFICER, **typed: str) -> Page:
        """The officer goes and looks."""
        usual = {
            "check_findings": "到现场查看，后厨排烟管直通居民窗下，没有净化设施。", "initial_evidence": "true",
            "in_jurisdiction": "true", "within_limitation": "true", "check_suggestion": "FILE",
        }  # fmt: skip
        return self.clue_does("check", by, **{**usual, **typed})

    def propose(self, by: str = cast.OFFICER, *, co: str = "周执法", **typed: Any) -> Page:
        """The officer proposes a case and names who handles it beside."""
        form = self.sees(by, self.clue_url("propose_filing"))
        partner = next(v for words, v in form.options("co_handlers").items() if co in words)
        page = self.clue_does(
            "propose_filing",
            by,
            co_handlers=partner,
            proposal_note="有初步证据，建议立案。",
            **typed,
        )
        self._case = Case.objects.order_by("-dossier_id").first()
        return page

    def opened(self) -> "Walk":
        """A case on its way: reported, matched, checked, proposed."""
        self.report()
        self.match()
        self.check()
        self.propose()
        return self

    # —— the case ——

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.select_related("dossier__run", "subject", "item", "lead").get(
            pk=self._case.pk
        )

    @property
    def state(self) -> str:
        """Where the case stands."""
        return self.case.dossier.state

    def url(self, step_id: str = "") -> str:
        """The address of the case, or of a step of it."""
        code = self._case.code
        return (
            reverse("case_step", args=[code, step_id]) if step_id else reverse("case", args=[code])
        )

    def look(self, by: str = cast.OFFICER, tab: str = "") -> Page:
        """The dossier as a person sees it."""
        return self.sees(by, self.url() + (f"?tab={tab}" if tab else ""))

    def usual(self, step_id: str) -> dict[str, Any]:
        """What people of the cast answer, as they type it."""
        facts = rulebook.current().all_facts
        given = answers(case=self.case, step_id=step_id, on=self.day, fine=self.fine)
        typed: dict[str, Any] = {n: as_typed(v, facts[n].type) for n, v in given.items()}
        if votes := typed.pop("discussion_votes", ""):
            typed |= seats_as_typed(votes)
        if step_id == "add_photo":
            self.photos += 1
            typed |= {
                "file": photo(f"现场{self.photos}"), "evidence_title": f"现场照片{self.photos}",
                "evidence_kind": "AUDIOVISUAL", "evidence_source": "执法人员现场拍摄",
                "proves": "油烟直排居民窗下",
            }  # fmt: skip
        if step_id in CAPTURES:
            self.photos += 1
            typed |= taken_as_evidence(step_id, f"{step_id}{self.photos}")
        return typed

    def tries(self, step_id: str, by: str = "", **typed: Any) -> Page:
        """Fill in a step as usual, some answers changed, and send it."""
        step = rulebook.current().procedure(self.case.dossier.procedure_id).steps[step_id]
        who = by or ROLE_PERSON[step.by[0]]
        return self.fills(who, self.url(step_id), {**self.usual(step_id), **typed})

    def does(self, *step_ids: str, by: str = "", **typed: Any) -> Page:
        """Take steps; each must be taken and land on the dossier."""
        for step_id in step_ids:
            page = self.tries(step_id, by, **typed)
            assert page.status == 200, f"{step_id} 没有办成：{page.errors or page.words}"
            assert page.path == self.url(), f"{step_id} 之后到了 {page.path}：{page.errors}"
        return page

    def cannot(self, step_id: str, by: str = "", **typed: Any) -> Page:
        """Try a step; it must be sent back with everything typed still there."""
        typed = {**self.usual(step_id), **typed}
        before, acts = self.state, self.acts()
        page = self.tries(step_id, by, **typed)
        assert page.status == 422, f"{step_id} 应当被挡下，却是 {page.status}"
        assert page.errors, page.words
        assert (self.state, self.acts()) == (before, acts), "被挡下的步骤留下了痕迹"
        for name, value in typed.items():
            if isinstance(value, str) and name in page.fields:
                assert page.fields[name][0].split() == value.split(), f"{name} 填的内容没有留住"
        return page

    # —— what runs beside the case ——

    def begins(self, procedure_id: str, by: str = "", **typed: Any) -> "Beside":
        """Begin a side proceeding; it must begin."""
        beside = Beside(self, procedure_id)
        page = beside.tries(beside.opening, by, **typed)
        assert page.status == 200, f"{procedure_id} 没有开成：{page.errors or page.words}"
        return beside

    def begins_not(self, procedure_id: str, by: str = "", **typed: Any) -> Page:
        """Try to begin a side proceeding; it must be sent back and nothing be there."""
        beside, before = Beside(self, procedure_id), self.case.sides.count()
        page = beside.tries(beside.opening, by, **typed)
        assert page.status == 422, f"{procedure_id} 应当开不成，却是 {page.status}"
        assert self.case.sides.count() == before, "没有开成却留下了痕迹"
        return page

    def goes_on(self, procedure_id: str) -> "Beside":
        """A side proceeding that a decision has opened."""
        beside = Beside(self, procedure_id)
        assert beside.side.state == beside.procedure.initial
        return beside

    def clock_now(self) -> datetime:
        """The moment it is."""
        return self._moment()

    # —— what is left behind ——

    def acts(self) -> list[str]:
        """The kinds of the acts so far, in order."""
        return [act.kind for act in ledger.acts_of(self.case.dossier)]

    def clock_of(self, rule_id: str) -> ledger.Deadline:
        """A deadline of the case."""
        return ledger.get_deadline(self.case.dossier, rule_id)

    def papers(self) -> list[documents.Document]:
        """The papers of the case."""
        return documents.documents_of(self.case.dossier)

    def fine_facts(self) -> Mapping[str, Any]:
        """What the steps have established."""
        return self.case.dossier.run.facts


def _held(beside: "Beside") -> dict[str, Any]:
    goods = Good.objects.filter(case=beside.walk.case, state="HELD")
    return {"goods_chosen": [str(pk) for pk in goods.values_list("pk", flat=True)]}


# What a form asks for by fields of its own.
LISTED: dict[str, Callable[["Beside"], dict[str, Any]]] = {
    "goods_list": lambda beside: {
        "goods_list-0-name": "净化器滤网", "goods_list-0-quantity": "2", "goods_list-0-unit": "片",
        "goods_list-0-value": "1,200",
    },
    "goods_taken_over": lambda beside: {},
    "goods_chosen": _held,
    "laboratory": lambda beside: {
        "laboratory": next(name for name, ok in laboratories(on=beside.walk.day) if ok)
    },
}  # fmt: skip


class Beside:
    """One side proceeding of a walk's case, at the screen."""

    def __init__(self, walk: Walk, procedure_id: str) -> None:
        """Stand before its first step."""
        self.walk, self.procedure = walk, rulebook.current().procedure(procedure_id)
        self.opening = self.procedure.attaches.opens

    @property
    def side(self) -> Side:
        """As it stands: the latest of its kind."""
        rows = Side.objects.select_related("dossier__run", "case")
        return rows.filter(case=self.walk.case, procedure_id=self.procedure.id).latest("number")

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.side.dossier.state

    def url(self, step_id: str = "") -> str:
        """The address of it, or of a step; of the first step before it has begun."""
        code = self.walk.case.code
        rows = Side.objects.filter(case=self.walk.case, procedure_id=self.procedure.id)
        prepared = rows.filter(state=self.procedure.initial).exists()
        if step_id == self.opening and not prepared:
            return reverse("side_begin", args=[code, self.procedure.id])
        kind = kind_of(self.procedure.id)
        if step_id in kind.answers and kind.place != "side":
            return reverse(f"{kind.place}_step", args=[self.side.pk, step_id])
        number = rows.latest("number").number
        return (
            reverse("side_step", args=[code, number, step_id])
            if step_id
            else reverse("side", args=[code, number])
        )

    def usual(self, step_id: str) -> dict[str, Any]:
        """What people of the cast answer: what the form does not know yet."""
        facts = rulebook.current().all_facts
        given = {}
        for name in self.procedure.steps[step_id].asks:
            fact = facts[name]
            if name in LISTED:
                given |= LISTED[name](self)
                continue
            if fact.type == "text" and not fact.optional:
                given[name] = f"{fact.title}（如实填写）"
            if fact.type == "date" and not fact.optional:
                given[name] = as_typed(self.walk.day, "date")
        return given

    def tries(self, step_id: str, by: str = "", **typed: Any) -> Page:
        """Fill in a step as usual, some answers changed, and send it."""
        who = by or ROLE_PERSON[self.procedure.steps[step_id].by[0]]
        return self.walk.fills(who, self.url(step_id), {**self.usual(step_id), **typed})

    def does(self, *step_ids: str, by: str = "", **typed: Any) -> Page:
        """Take steps; each must be taken and land on its own screen."""
        for step_id in step_ids:
            page = self.tries(step_id, by, **typed)
            assert page.status == 200, f"{step_id} 没有办成：{page.errors or page.words}"
            kind = kind_of(self.procedure.id)
            own = step_id in kind.answers and kind.place != "side"
            landed = self.url(step_id).partition("do/")[0] if own else self.url()
            assert page.path == landed, f"{step_id} 之后到了 {page.path}：{page.errors}"
        return page

    def cannot(self, step_id: str, by: str = "", **typed: Any) -> Page:
        """Try a step; it must be sent back and leave nothing behind."""
        before = (self.state, self.side.dossier.last_seq)
        page = self.tries(step_id, by, **typed)
        assert page.status == 422, f"{step_id} 应当被挡下，却是 {page.status}"
        assert page.errors, page.words
        assert (self.state, self.side.dossier.last_seq) == before, "被挡下的步骤留下了痕迹"
        return page

    def look(self, by: str = cast.OFFICER) -> Page:
        """Its screen as a person sees it."""
        return self.walk.sees(by, self.url())

    def goods(self) -> list[Good]:
        """The things under it, in the order of its list."""
        return list(Good.objects.filter(side=self.side).order_by("number"))

    def papers(self) -> list[documents.Document]:
        """Its papers."""
        return documents.documents_of(self.side.dossier)

    def clock_of(self, rule_id: str) -> ledger.Deadline:
        """A deadline of it."""
        return ledger.get_deadline(self.side.dossier, rule_id)


def _filed(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 3))
    walk.opened()
    walk.does("file")


def _collected(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 4))
    walk.does("show_id", "record_site", "record_interview", "add_photo")
    walk.does("verify_evidence", "order_correction", "confirm_address")


def _concluded(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude")


def _reviewed(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 11))
    walk.does("countersign", "review")


def _notified(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 12))
    walk.does("issue_notice", "serve_notice")


def _served(walk: Walk) -> None:
    walk.go_to(date(2026, 3, 23))
    walk.does("decide", "serve_decision")


ROAD: dict[str, Callable[[Walk], None]] = {
    "filed": _filed, "collected": _collected, "concluded": _concluded, "reviewed": _reviewed,
    "notified": _notified, "served": _served,
}  # fmt: skip
STAGES: dict[str, tuple[Snapshot, dict[str, Any]]] = {}
