"""An entrustment on its way through its procedure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhiheng.cases.entrusting import papers
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

PROCEDURE, KIND, PERMISSION = "entrustment", "ENTRUSTMENT", "entrust.sign"


def codes_in(text: str) -> list[str]:
    """The item codes on the lines of a text, in their order, each once."""
    return list(
        dict.fromkeys(line.split()[0].upper() for line in text.splitlines() if line.strip())
    )


class EntrustMatter:
    """What the engine must know of an entrustment: who may act, what follows a step."""

    kind = "entrust"
    of_anyone: Mapping[str, Any] = {}
    read_by_papers: frozenset[str] = frozenset()

    def __init__(self, run: procedures.Run) -> None:
        """Wrap a run whose dossier is loaded."""
        self.run = run

    @property
    def body(self) -> elements.Body:
        """The organ that entrusts."""
        return elements.get_body(self.run.dossier.agency_code)

    def record_facts(
        self, *, actor: people.Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """Nothing stands in registers beyond what the steps ask."""
        return {}

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: people.Actor
    ) -> dict[str, Any]:
        """To whom, as the register knows it; refuses what is not the organ's to give."""
        wrong = self._wrong(step, values, on)
        if wrong:
            raise Invalid(
                "委托书还不能签发或者登记。", next_step="请改正标红的内容。", fields=wrong
            )
        return {}

    def _wrong(self, step: Step, values: Mapping[str, Any], on: date) -> dict[str, str]:
        if step.id == "publish":
            day = values.get("entrust_published_on")
            late = isinstance(day, date) and day > on
            return {"entrust_published_on": "这一天还没有到，公布以后再登记。"} if late else {}
        if step.id != "sign":
            return {}
        wrong = _wrong_period(values, on)
        body = self.receiver(str(values.get("entrust_body") or ""), on)
        if body is None:
            wrong["entrust_body"] = "请从登记的受委托组织里选；没有的，先到要素中心登记它。"
        elif told := self._wrong_items(body, str(values.get("entrust_items") or ""), on):
            wrong["entrust_items"] = told
        return wrong

    def _wrong_items(self, to: elements.Body, text: str, on: date) -> str:
        codes = codes_in(text)
        own = elements.entrusting.own_grants(body=self.body, codes=codes, on=on)
        if strange := [code for code in codes if code not in own]:
            return f"{'、'.join(strange)} 不是本机关现有的事项，不能委托。请核对编码。"
        held = elements.entrusting.entrusted_until(to=to, codes=codes, on=on)
        if held:
            ends = "、".join(f"{code}（{until or '没有届满日'}）" for code, until in held.items())
            return f"{ends} 已经委托给这个组织。请删去，届满以后再委托。"
        return ""

    def receiver(self, code: str, on: date) -> elements.Body | None:
        """The organisation of that code among those that the organ may entrust."""
        return next(
            (b for b in elements.entrusting.entrustable(body=self.body, on=on) if b.code == code),
            None,
        )

    def outside(self, actor: people.Actor) -> str:
        """Say so where the organ is not this person's."""
        dossier = self.run.dossier
        covered = people.scope(actor, PERMISSION).covers(
            region_code=dossier.region_code, agency_code=dossier.agency_code
        )
        return "" if covered else "这件委托不在您的办理范围内。"

    def why_not(self, *, actor: people.Actor, step: Step) -> str:
        """Say who may take the step if this person may not."""
        if not actor.roles & set(step.by):
            return "这一步由{}办理。".format("、".join(people.Role(r).label for r in step.by))
        return self.outside(actor)

    def assignee(self, *, role: str) -> int | None:
        """It stands on the list of the role."""
        return None

    def consequences(self, taken: procedures.Taken) -> None:
        """Make the letter; enter the grants once it is published; close at the end."""
        papers.make(self, taken)
        if taken.step.id == "publish":
            self._enter(taken)
        if procedures.procedure_of(self.run).states[taken.after].final:
            ledger.close_dossier(dossier=self.run.dossier, at=taken.at)

    def _enter(self, taken: procedures.Taken) -> None:
        facts, on = procedures.kept_facts(self.run), taken.on
        to = self.receiver(facts["entrust_body"], on)
        own = elements.entrusting.own_grants(
            body=self.body, codes=codes_in(facts["entrust_items"]), on=on
        )
        letter = papers.letter_of(self.run.dossier)
        if to is None or letter is None or not own:
            raise Invalid(
                "受委托组织或者事项在要素登记里已经变了，不能登记授权。",
                next_step="请办“不再委托”，另行签发。",
            )
        elements.entrusting.entrust(
            grants=list(own.values()), to=to, doc_no=letter.number or "", doc_title=letter.title,
            valid_from=max(facts["entrust_from"], taken.values["entrust_published_on"]),
            valid_until=facts["entrust_until"] + timedelta(days=1), owner_id=taken.actor.account_id, at=taken.at,
        )  # fmt: skip


def _wrong_period(values: Mapping[str, Any], on: date) -> dict[str, str]:
    begins, ends = values.get("entrust_from"), values.get("entrust_until")
    if isinstance(begins, date) and begins < on:
        return {"entrust_from": "委托不能从过去开始，请填今天或者以后的日期。"}
    if isinstance(begins, date) and isinstance(ends, date) and ends <= begins:
        return {"entrust_until": "届满日期要晚于开始日期。"}
    return {}
