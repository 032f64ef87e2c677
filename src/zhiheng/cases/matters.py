"""A case on its way through its procedure: ordinary, on the spot, or fast."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from zhiheng.cases import (
    captures,
    cash,
    days,
    handing,
    kinds_of_evidence,
    leniency,
    owing,
    papers,
    policies,
    votes,
)
from zhiheng.cases.handled import Handled
from zhiheng.cases.models import Case, Handler
from zhiheng.cases.record_facts import Records
from zhiheng.cases.spot import facts as spot_facts
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

# Days that lists show, written when the step that makes them is taken.
ECHOES = {"file": "filed_on", "decide": "decided_on", "decide_no_penalty": "decided_on",
          "close": "closed_on"}  # fmt: skip
REVIEWS = ("review", "review_again")
PAYMENTS = (owing.PAYING, cash.COLLECT)
REVIEWER = "_reviewer"  # whose account the review was given to


class CaseMatter(Handled):
    """What the engine must know of a case: registers, who may act, what follows a step."""

    kind = "case"
    read_by_papers: frozenset[str] = frozenset({"limitation_ok", "recusal_open"})

    due_before: date | None = None  # when the case was to be decided before the step now taken

    def __init__(self, case: Case) -> None:
        """Wrap a case whose dossier and run are loaded."""
        self.case = case
        self.run = case.dossier.run

    @property
    def dossier(self) -> ledger.Dossier:
        """Where its acts and papers go."""
        return self.case.dossier

    def served_by(self, *, step_id: str, state: str) -> tuple[str, ...]:
        """Which papers a step serves, or fails to serve in this state."""
        waiting = "serve_notice" if state == "NOTICE_ISSUED" else "serve_decision"
        return papers.SERVED.get(step_id) or papers.SERVED[waiting]

    def why_not(self, *, actor: people.Actor, step: Step) -> str:
        """As for everyone who handles it; money that arrives is entered by the platform itself."""
        if actor == owing.PLATFORM and step.id == owing.PAYING:
            return ""
        return super().why_not(actor=actor, step=step) or self._somebody_elses(actor, step)

    @cached_property
    def reviewer(self) -> people.Account | None:
        """Who was named to review the case, where somebody was."""
        return people.Account.objects.filter(pk=self.run.facts.get(REVIEWER)).first()

    def _somebody_elses(self, actor: people.Actor, step: Step) -> str:
        """A review that was given to one person is not another's, deputies apart."""
        named = self.reviewer if actor.roles & set(step.by) == {"legal_reviewer"} else None
        if named is None or actor.account_id == named.pk:
            return ""
        if actor.acting_for.get("legal_reviewer") == named.name:
            return ""
        return f"本案的法制审核指定由{named.name}办理；要换人，请先移交审核。"

    def assignee(self, *, role: str) -> int | None:
        """The review stands on the list of whoever was named for it."""
        if role == "legal_reviewer":
            return self.run.facts.get(REVIEWER)
        return super().assignee(role=role)

    def records(self, *, actor: people.Actor, on: date) -> Records:
        """The registers for this person and day."""
        self.case.dossier = self.run.dossier  # the one that is locked and knows the new state
        self.case.dossier.run = self.run
        kept = {**procedures.kept_facts(self.run), **_private(self.run.facts)}
        return Records(case=self.case, actor=actor, on=on, kept=kept, handlers=self.handlers)

    def record_facts(
        self, *, actor: people.Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """What registers and files say today; where names are given, of those at least."""
        return self.records(actor=actor, on=on).all(names)

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: people.Actor
    ) -> dict[str, Any]:
        """Facts that the platform works out of what was typed, instead of asking again."""
        facts = self.run.facts
        self._refuse_impossible_days(step, values, on=on)
        if (found := leniency.derived(self.case, step=step, values=values, on=on)) is not None:
            return found
        if (found := kinds_of_evidence.derived(step, values, on)) is not None:
            return found
        if step.id in PAYMENTS:
            paid = facts.get("_paid_total", 0) + (values.get("paid_cents") or 0)
            due = owing.owed_in_all(self, values=values, on=on)
            self._refuse_impossible_sum(values.get("paid_cents"), paid=paid, due=due, on=on)
            full = {"_paid_total": paid, "paid_in_full": paid >= due}
            return full | cash.taken_on(step.id, values)
        if step.id in papers.SERVED and "service_mode" in step.asks:
            first = facts.get("fine_first_notified") or facts.get("fine_notified") or 0
            return {"fine_first_notified": first, **days.announced(values)}
        if step.id == "arrange_hearing" and values.get("hearing_on"):
            first = on + timedelta(days=1)
            last = values["hearing_on"] - timedelta(days=1)
            between = ledger.current_calendar().count_workdays(first, last)
            return {"hearing_days_notice": between}
        if step.id == "discuss":
            return self._discussed(values, on=on, actor=actor)
        if step.id == "decide":
            # The decision is written by the platform: it always states the benchmark, and cites
            # the hearing record wherever there was a hearing.
            heard = procedures.kept_facts(self.run)["hearing_outcome"] == "HELD"
            return {"benchmark_stated": True, "record_cited": heard}
        if step.id == "conclude":
            from zhiheng.cases.discretion.keeping import with_report

            used = self.records(actor=actor, on=on).benchmark
            kept = with_report(self, values, on=on)
            return {"_benchmark": elements.benchmark_mark(used), **kept}
        if step.id in REVIEWS:
            return {"_reviewed_digest": self.records(actor=actor, on=on).digest()}
        used = self.records(actor=actor, on=on).benchmark if step.id == "tell" else None
        return spot_facts.derived(step.id, values, facts, used)

    def _discussed(
        self, values: Mapping[str, Any], *, on: date, actor: people.Actor
    ) -> dict[str, Any]:
        """Whether enough came; refuses a vote of those who report, or one left open."""
        seats = votes.read(str(values.get("discussion_votes") or ""))
        wrong = {}
        if said := votes.problems(seats, reporting={each.account.name for each in self.handlers}):
            wrong["discussion_votes"] = said
        if values.get("discussion_follows") is False and not values.get("discussion_differs"):
            wrong["discussion_differs"] = "结论与多数意见不一致的，请写明理由。"
        if wrong:
            raise Invalid("集体讨论还没有记全。", next_step="请改正标红的内容。", fields=wrong)
        needed = self.records(actor=actor, on=on).limit("penalty.discussion.quorum")
        return {"discussion_quorate": votes.quorate(seats, percent=needed)}

    def _refuse_impossible_days(self, step: Step, values: Mapping[str, Any], *, on: date) -> None:
        """A day that cannot be is refused: it would shorten a period of the party's."""
        wrong = days.impossible_days(values=values, on=on, after=self._resting_on(step))
        wrong |= captures.gaps(values)
        if step.id == "hold_hearing":
            known = procedures.kept_facts(self.run)["hearing_on"]
            outcome = str(values.get("hearing_outcome"))
            if early := days.hearing_too_early(outcome=outcome, hearing_on=known, on=on):
                wrong["hearing_outcome"] = early
        if wrong:
            raise Invalid(
                "有的日期不对，或者还没有填全。", next_step="请改正标红的内容。", fields=wrong
            )

    def _refuse_impossible_sum(self, now: int | None, *, paid: int, due: int, on: date) -> None:
        """Nothing is no payment, and before the period is over nobody owes more than the fine."""
        clock = ledger.get_deadline(self.run.dossier, "payment.fine")
        late = clock is not None and clock.due_on is not None and on > clock.due_on
        if wrong := policies.payment_problem(now=now or 0, paid=paid, due=due, late=late):
            raise Invalid(
                "缴款数额不对。", next_step="请核对票据后再填。", fields={"paid_cents": wrong}
            )

    def _resting_on(self, step: Step) -> date | None:
        """The day of what the step rests on: the issue of the paper, its service, the decision."""
        if step.id in PAYMENTS:
            return self.case.decided_on
        if step.id in cash.WENT:
            return cash.rests_on(step.id, self.run.facts)
        if step.id in ("record_defence", "request_hearing"):
            served = self.run.facts.get("_notice_served_on")
            return date.fromisoformat(served) if served else None
        if step.id in papers.SERVED or step.id == papers.FAILED:
            return papers.issued_on(self, step_id=step.id, state=self.run.dossier.state)
        return None

    def consequences(self, taken: procedures.Taken) -> None:
        """Echo the new state, verify what was verified, make the documents, close at the end."""
        case, step = self.case, taken.step
        case.state, self.due_before = taken.after, case.due_on
        if step.id in ECHOES:
            setattr(case, ECHOES[step.id], taken.on)
        if step.id == "extend" and not taken.facts["decision_overdue"]:
            ledger.extend_deadline(
                dossier=self.run.dossier, rule_id="penalty.decision",
                amount=taken.values["extension_days"], actor=taken.actor, at=taken.at,
            )  # fmt: skip
        if step.id == "decide":
            case.fine_cents = taken.facts["fine_decided"]
        deadline = ledger.get_deadline(self.run.dossier, "penalty.decision")
        case.due_on = deadline.due_on if deadline else None
        case.save()
        if step.id == "verify_evidence":
            wanted = set(taken.extra.get("evidence_ids", ()))
            for item in evidence.evidence_of(case.dossier):
                if item.pk in wanted:
                    evidence.verify_item(
                        item=item, note=taken.values["verification_note"], actor=taken.actor,
                        at=taken.at,
                    )  # fmt: skip
        owing.follow(self, taken)
        cash.follow(self, taken)
        leniency.after(self, taken)
        kinds_of_evidence.after(self, taken)
        papers.make(self, taken)
        handing.follow(self, taken)
        if step.id == "serve_decision" and not taken.facts["fine_decided"]:
            ledger.cancel_deadlines(
                dossier=self.run.dossier, rule_ids=["payment.fine"], at=taken.at
            )
        if procedures.procedure_of(self.run).states[taken.after].final:
            ledger.close_dossier(dossier=self.run.dossier, at=taken.at)


def _private(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the platform remembers for itself beside the declared facts; names begin with `_`."""
    return {name: value for name, value in facts.items() if name.startswith("_")}


def evidence_lock(dossier: ledger.Dossier, actor: people.Actor | None) -> str:
    """Why nobody, or not this person, may add to or judge a case's evidence now (G-028)."""
    if dossier.kind != dossier.Kind.CASE:
        return ""
    if procedures.Run.objects.filter(pk=dossier.pk, facts__evidence_locked=True).exists():
        return "本案已作出决定，证据已锁定。"
    mine = Handler.objects.filter(case_id=dossier.pk, until=None)
    if actor is not None and not mine.filter(account_id=actor.account_id).exists():
        return "只有本案办案人员可以收集、核实证据。"
    return ""
