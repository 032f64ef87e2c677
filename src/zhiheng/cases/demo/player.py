"""Plays a case through the services, each step by the right person of the cast."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from zhiheng.cases import captures
from zhiheng.cases.demo.answers import answers
from zhiheng.cases.demo.paper_answers import given
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.services.collect import collect
from zhiheng.cases.services.propose import propose_from_clue
from zhiheng.cases.services.spot import open_on_the_spot
from zhiheng.clues import api as clues
from zhiheng.evidence import api as evidence
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROLE_PERSON = {
    "officer": "lizhifa", "unit_head": "wuduizhang", "legal_reviewer": "wangshenhe",
    "agency_head": "zhaojuzhang", "hearing_host": "zhengtingzheng", "intake_clerk": "fengjiexian",
    "dispatcher": "chendiaodu", "expert": "weizhuanjia",
}  # fmt: skip
FIRST_HOUR = time(9, 5)


def picture(seed: str) -> io.BytesIO:
    """A small drawn picture that stands for a photograph; each seed gives its own."""
    digest = hashlib.sha256(seed.encode()).digest()
    image = Image.new("RGB", (640, 480), (214 - digest[0] % 40, 219 - digest[1] % 40, 212))
    draw = ImageDraw.Draw(image)
    for number in range(7):
        left, top = digest[number] * 2, digest[number + 8]
        box = (left, top, left + 60 + digest[number + 16] % 90, top + 50 + digest[number + 20] % 90)
        draw.rectangle(box, fill=(digest[number + 1] % 120 + 60, 110, 105), outline=(40, 60, 62))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    out.seek(0)
    out.name = f"{seed}.jpg"
    return out


@dataclass
class Player:
    """One case being played; time moves forward by minutes within a day."""

    day: date
    fine: int
    prefix: str = "demo"
    people_by_role: dict[str, str] = field(default_factory=lambda: dict(ROLE_PERSON))
    case: Case | None = None
    minutes: int = 0

    def now(self) -> datetime:
        """The next moment of the day."""
        self.minutes += 7
        start = datetime.combine(self.day, FIRST_HOUR, SHANGHAI)
        return start + timedelta(minutes=self.minutes)

    def move_to(self, day: date) -> None:
        """Go on another day."""
        self.day, self.minutes = day, 0

    def actor(self, role: str) -> people.Actor:
        """Whoever holds the role in this play."""
        account = people.Account.objects.get(username=self.people_by_role[role])
        return people.actor_of(account, self.day)

    def report(
        self, *, place: str, description: str, target: str, source: str = "PHONE"
    ) -> clues.Clue:
        """Somebody reports; the clerk writes it down."""
        at = self.now()
        told = clues.Report(
            source=source, received_at=at, place=place, description=description, target=target,
            happened="近一个月，傍晚最重", informant_name="热心群众", informant_phone="13900000000",
        )  # fmt: skip
        return clues.register_clue(
            report=told, actor=self.actor("intake_clerk"), at=at,
            idempotency_key=f"{self.prefix}/clue", agency_code=self.actor("officer").agency_code,
        )  # fmt: skip

    def clue_step(
        self, clue: clues.Clue, step_id: str, role: str, values: dict, **extra: Any
    ) -> None:
        """Take one step of the clue."""
        procedures.take_step(
            clues.ClueMatter(clue), step_id=step_id, actor=self.actor(role), values=values,
            at=self.now(), idempotency_key=f"{self.prefix}/{step_id}", extra=extra,
        )  # fmt: skip

    def match(self, clue: clues.Clue, *, item: Any, subject: Any) -> None:
        """The clerk matches item and party and sends it to an officer."""
        self.clue_step(
            clue, "match", "intake_clerk", {"match_note": "按反映内容匹配，派属地中队。"}, item=item,
            subject=subject, handler_id=self.actor("officer").account_id,
        )  # fmt: skip

    def check(self, clue: clues.Clue, suggestion: str = "FILE") -> None:
        """The officer looks."""
        found = suggestion == "FILE"
        self.clue_step(clue, "check", "officer", {
            "check_findings": "到现场查看，情况属实。" if found else "到现场查看，没有发现反映的情况。",
            "initial_evidence": found, "in_jurisdiction": True, "within_limitation": True,
            "check_suggestion": suggestion,
        })  # fmt: skip

    def propose(self, clue: clues.Clue, co: str = "zhouzhifa", **more: Any) -> Case:
        """The officer proposes a case."""
        partner = people.Account.objects.get(username=co)
        self.case = propose_from_clue(
            clue=clue, values={"proposal_note": "有初步证据，建议立案。"}, actor=self.actor("officer"),
            co_handlers=[partner.pk], at=self.now(), idempotency_key=f"{self.prefix}/case", **more,
        )  # fmt: skip
        return self.case

    def finds(self, *, item: Any, subject: Any, place: str = "", co: str = "zhouzhifa") -> Case:
        """Two officers come upon it and open a case on the spot."""
        partner = people.Account.objects.get(username=co)
        self.case = open_on_the_spot(
            item=item, subject=subject, place=place or subject.address or "城东街道渡口街口",
            actor=self.actor("officer"), co_handlers=[partner.pk], at=self.now(),
            idempotency_key=f"{self.prefix}/spot",
        )  # fmt: skip
        return self.case

    def step(self, step_id: str, role: str = "", **changes: Any) -> procedures.Performed:
        """Take one step of the case with the usual answers, some of them changed."""
        found = Case.objects.select_related("dossier__run", "item", "subject", "lead", "clue")
        matter = CaseMatter(found.get(pk=self.case.pk if self.case else None))
        self.case = matter.case
        step = procedures.procedure_of(matter.run).steps[step_id]
        values = answers(case=matter.case, step_id=step_id, on=self.day, fine=self.fine) | changes
        at, actor = self.now(), self.actor(role or step.by[0])
        key = f"{self.prefix}/{step_id}/{at:%m%d%H%M}"
        if step_id == "add_photo":
            upload = {
                "file": picture(self.prefix), "evidence_title": "现场照片",
                "evidence_kind": "AUDIOVISUAL", "evidence_source": "执法人员现场拍摄",
                "proves": matter.case.item_name,
            }  # fmt: skip
            return collect(matter, step_id=step_id, upload=upload, actor=actor, values=values, at=at,
                           idempotency_key=key)  # fmt: skip
        if step_id in captures.CAPTURES:
            typed = given(step_id, picture=picture, seed=self.prefix)
            upload = captures.upload(step_id, typed, values)
            return collect(matter, step_id=step_id, upload=upload, actor=actor, values=values, at=at,
                           idempotency_key=key)  # fmt: skip
        extra = {}
        if step_id == "verify_evidence":
            rows = evidence.evidence_of(matter.case.dossier)
            extra = {"evidence_ids": [e.pk for e in rows if e.status == "COLLECTED"]}
        return procedures.take_step(
            matter, step_id=step_id, actor=actor, values=values, at=at, idempotency_key=key,
            reason="已核对，情况属实。", extra=extra,
        )  # fmt: skip

    def steps(self, *step_ids: str) -> None:
        """Several steps on one day."""
        for step_id in step_ids:
            self.step(step_id)
