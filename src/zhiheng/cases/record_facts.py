"""Facts that registers and files settle: read afresh at every step, typed in by nobody.

Each function answers for one field of law. What runs beside a case (seizures, transfers,
remedies) is asked of its side proceedings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zhiheng.cases import daily_fine, handing, kinds_of_evidence, leniency, policies
from zhiheng.cases.discretion.spread import is_outlier
from zhiheng.cases.models import Case, Handler, Side
from zhiheng.cases.sides.endings import ending_facts
from zhiheng.cases.sides.pending import known_sides, must_stand_aside, pending_facts
from zhiheng.cases.spot import facts as spot_facts
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.people import api as people
from zhiheng.rulebook import api as rulebook

GROUPS = ("of_body", "of_people", "of_party", "of_norm", "of_process", "of_periods", "of_service",
          "of_discretion", "of_evidence", "of_other_cases", "of_sides", "of_endings", "of_leniency",
          "of_kinds_of_evidence", "of_the_daily_fine", "of_the_spot", "of_crossing")  # fmt: skip
SETTLED: dict[str, frozenset[str]] = {}  # the facts that each field settles, learned as it is read
TRANSFER_TEAM = 2  # 移送规定 5
REPORT = ("facts_found", "tier_code", "fine_proposed", "discretion_reason", "hearing_class",
          "mitigation_ground", "deviation_reason", "illegal_gains", "crime_suspected")  # fmt: skip


@dataclass
class Records:
    """The registers as they stand for one case, one person and one day; each read once."""

    case: Case
    actor: people.Actor
    on: date
    kept: Mapping[str, Any]
    handlers: list[Handler]

    @cached_property
    def standings(self) -> list[elements.OfficerStanding]:
        """Whether each who handles the case may act as an officer today."""
        ids = [each.account_id for each in self.handlers]
        return list(elements.officer_standings(ids, self.on).values())

    @cached_property
    def sides(self) -> list[Side]:
        """What runs, or ran, beside the case."""
        return known_sides(self.case)

    @cached_property
    def items(self) -> list[evidence.EvidenceItem]:
        """Evidence that has not been excluded."""
        return [e for e in evidence.evidence_of(self.case.dossier) if e.status != "EXCLUDED"]

    @cached_property
    def benchmark(self) -> elements.Benchmark | None:
        """The benchmark in force for the item."""
        return elements.benchmark_for(self.case.item, self.on)

    def all(self, names: frozenset[str] | None = None) -> dict[str, Any]:
        """Facts of the record by their names in the rulebook.

        Args:
            names: only the fields that settle one of these; the registers of others rest.
        """
        facts: dict[str, Any] = {}
        for group in GROUPS:
            if names is not None and names.isdisjoint(SETTLED.get(group, names)):
                continue
            found = getattr(self, group)()
            SETTLED[group] = frozenset(found)
            facts |= found
        return facts

    def limit(self, name: str) -> int:
        """Return a number that the law sets, for this case's domain and region today."""
        found = rulebook.current().parameter(
            name, on=self.on, domain=self.case.dossier.run.domain, region=self.case.region_code
        )
        return int(found.value)

    def words(self, name: str) -> list[str]:
        """Return the words that the law lists, today."""
        return str(rulebook.current().parameter(name, on=self.on).value).split()

    def of_body(self) -> dict[str, Any]:
        """Whether the organ stands in the register and may do the item (行政处罚法 17, 22–24, 38)."""
        case, on = self.case, self.on
        answer = elements.may_body_finish(
            case.agency_code, case.item.code, case.region_code, case.filed_on, on
        )
        body = elements.get_body(case.agency_code)
        town = body.kind in ("TOWN", "STREET")
        return {
            "body_registered": body.status == "ACTIVE" and body.valid_from <= on
            and (body.valid_until is None or on < body.valid_until),
            "item_granted": answer.ok,
            "town_body": town,
            "town_grant_published": answer.ok,
            "entrusted_body": answer.mode == "ENTRUSTED",
            "entrustment_valid": answer.ok,
            "police_only": "DETENTION" in case.item.penalty_kinds,
        }  # fmt: skip

    def of_people(self) -> dict[str, Any]:
        """Certificates, independence of the person who acts now (行政处罚法 42, 43, 58, 64)."""
        valid = [each for each in self.standings if each.valid]
        mine = any(each.account_id == self.actor.account_id for each in self.handlers)
        aside = must_stand_aside(self.sides)
        acting = {self.actor.account_id, *(each.account_id for each in self.handlers)}
        return {
            "officers_required": self.limit("penalty.officers.min"),
            "officers_count": len(self.handlers),
            "officers_certified": len(valid),
            "transfer_team_ok": len(valid) >= TRANSFER_TEAM,
            "auxiliary_as_officer": any(not each.certificate_no for each in self.standings),
            "recusal_declared": bool(aside & acting),
            "reviewer_is_case_officer": mine,
            "host_is_investigator": mine,
            "reviewer_qualified": "legal_reviewer" not in self.actor.roles
            or elements.has_legal_qualification(self.actor.account_id, self.on),
        }

    def of_party(self) -> dict[str, Any]:
        """Who the party is in law (行政处罚法 30, 31, 61, 63)."""
        subject, kind = self.subject, self.party_kind
        party = "organisation" if kind == "ORG" else "citizen"
        minor = kind == "CITIZEN" and subject.is_minor
        return {
            "party_kind": kind,
            "party_age_group": "FROM_14_TO_18" if minor else "ADULT",
            "hearing_threshold": self.limit(f"hearing.threshold.{party}"),
            "hearing_notice_min": self.limit("hearing.notice-days"),
            "esign_consent": bool(self.kept.get("confirmed_electronic"))
            or bool(subject.service_by_electronic and subject.service_confirmed_on),
        }

    @property
    def procedure_id(self) -> str:
        """The procedure that the case follows now."""
        return self.case.dossier.run.procedure_id

    @property
    def is_fast(self) -> bool:
        """Whether the case is handled fast: the head of the unit reviews it once."""
        return self.procedure_id == spot_facts.FAST

    @cached_property
    def subject(self) -> elements.Subject:
        """The party as known today."""
        return elements.latest_subject(self.case.subject)

    @property
    def party_kind(self) -> str:
        """What the party is in law: a citizen, a sole trader or an organisation."""
        return {"CITIZEN": "CITIZEN", "SOLE": "SOLE"}.get(self.subject.kind, "ORG")

    @property
    def act_on(self) -> date:
        """The day of the act, as far as the record tells."""
        return self.case.act_on

    def of_norm(self) -> dict[str, Any]:
        """The penalty norm at the act and today, its range and kinds (行政处罚法 4, 5, 9, 36, 37)."""
        item, clue = self.case.item, self.case.clue
        norm = elements.norm_of(item, self.act_on, self.on)
        told = clue.dossier.run.facts if clue else {}
        return {
            "basis_published": norm.level in self.words("penalty.basis.levels"),
            "basis_in_force_at_act": norm.held_at_act,
            "law_changed_since_act": norm.changed_since,
            "fine_min": item.fine_min_cents or 0,
            "fine_max": item.fine_max_cents or 0,
            "hearing_item_always": item.hearing_class == item.HearingClass.ALWAYS,
            "penalty_kind_allowed": "FINE" in item.penalty_kinds,
            "limitation_ok": bool(told.get("within_limitation", True)),
            "place_in_area": self.case.region_code.startswith(item.region_code[:4]),
        }

    def of_periods(self) -> dict[str, Any]:
        """By how much the period of the decision may be lengthened in this line (行政处罚法 60)."""
        return {
            "extension_head_max": self.limit("penalty.extension.head"),
            "extension_collective_max": self.limit("penalty.extension.collective"),
        }

    def of_process(self) -> dict[str, Any]:
        """Whether each link of the process is on record (行政处罚法 47)."""
        kept = self.kept
        if self.procedure_id == spot_facts.SUMMARY:
            return {"process_record_gap": not all(spot_facts.process_links(kept, self.items))}
        links = [
            kept.get("id_shown"),
            self.items,
            kept.get("unit_agreed" if self.is_fast else "review_passed"),
            kept.get("decision_served"),
        ]
        if kept.get("decision_kind") == "PENALTY":
            links.append(kept.get("notice_served"))
        return {"process_record_gap": not all(links)}

    def of_service(self) -> dict[str, Any]:
        """What has been tried in vain (民事诉讼法 95)."""
        tried = documents.services_of(self.case.dossier)
        return {"service_attempts": sum(each.state == each.State.FAILED for each in tried)}

    def of_discretion(self) -> dict[str, Any]:
        """The tier chosen and its bounds (行政处罚法 34; law.md C)."""
        chosen, item = self.kept.get("tier_code"), self.case.item
        used = self.kept.get("_benchmark")  # the one that the report was written by
        tiers = self.benchmark.tiers if self.benchmark else []
        tier = next((each for each in tiers if each["tier"] == chosen), None)
        return {
            "tier_min": (tier or {}).get("min_cents") or (item.fine_min_cents or 0),
            "tier_max": (tier or {}).get("max_cents") or (item.fine_max_cents or 0),
            "similar_case_outlier": is_outlier(self.kept),
            "benchmark_current": not used or used == elements.benchmark_mark(self.benchmark),
        }

    def of_evidence(self) -> dict[str, Any]:
        """What the evidence carries, and whether the review still covers it (行政处罚法 40, 46, 58)."""
        verified = [e for e in self.items if e.status == "VERIFIED"]
        reviewed = self.kept.get("_reviewed_digest")
        return {
            "evidence_count": len(self.items),
            "evidence_verified_count": len(verified),
            "evidence_incomplete": sum(not self._complete(e) for e in self.items),
            "evidence_only_statement": bool(verified)
            and all(e.kind == "PARTY_STATEMENT" for e in verified),
            "elements_unproven": 0 if verified else 1,
            "report_changed_after_review": bool(reviewed) and reviewed != self.digest(),
        }

    @staticmethod
    def _complete(item: evidence.EvidenceItem) -> bool:
        return bool(len(item.collectors) >= 2 and item.place and item.source and item.file_sha256)

    def digest(self) -> str:
        """The digest of the report as it stands now, with the evidence it rests on."""
        report = {name: self.kept.get(name) for name in REPORT}
        return policies.report_digest(report=report, evidence=[e.file_sha256 for e in self.items])

    def of_leniency(self) -> dict[str, Any]:
        """The lists of leniency and what all agencies' files say (行政处罚法 33)."""
        return leniency.facts_of(self.case, kept=self.kept, items=self.items, on=self.on)

    def of_kinds_of_evidence(self) -> dict[str, Any]:
        """Evidence with conditions of its own (行政处罚法 41)."""
        return kinds_of_evidence.facts_of(kept=self.kept, items=self.items)

    def of_the_daily_fine(self) -> dict[str, Any]:
        """The earlier fine and the days (生态环境法典 1060, 安全生产法 112)."""
        return daily_fine.facts_of(self.case, kept=self.kept, on=self.on)

    def of_sides(self) -> dict[str, Any]:
        """What runs beside the case: measures, transfers, remedies (the rulebook's `pending`)."""
        return dict(pending_facts(self.sides))

    def of_endings(self) -> dict[str, Any]:
        """How enforcement beside the case has ended (law.md A.13)."""
        return dict(ending_facts(self.case, on=self.on, sides=self.sides))

    def of_crossing(self) -> dict[str, Any]:
        """What goes to another organ, what came from the courts (行政处罚法 22, 27, 35)."""
        return dict(handing.facts_of(self.case, self.sides))

    def of_the_spot(self) -> dict[str, Any]:
        """What the penalty on the spot and fast handling ask of the registers."""
        return spot_facts.facts(self)

    def of_other_cases(self) -> dict[str, Any]:
        """The same party and item elsewhere, found over all agencies (行政处罚法 25, 29)."""
        others = Case.objects.filter(
            subject__uid=self.case.subject.uid, item__code=self.case.item.code
        ).exclude(pk=self.case.pk)
        rows = list(
            others.values_list("agency_code", "state", "place", "fine_cents", "decided_on", "pk")[
                :50
            ]
        )
        judged = self.kept.get("_same_acts") or {}
        rows = [row for row in rows if str(row[5]) not in judged]
        same_place = [row for row in rows if row[2] == self.case.place and row[1] != "NOT_FILED"]
        open_now = [
            r
            for r in same_place
            if r[1] not in ("ARCHIVED", "CLOSED", "WITHDRAWN", "HANDED_ON", "ENDED")
        ]
        return {
            "same_act_suspected": any(row[0] != self.case.agency_code for row in open_now),
            "same_act_filed_elsewhere": bool(self.kept.get("_duplicate_confirmed")),
            "same_act_fined": bool(self.kept.get("_fined_confirmed")),
            "fined_here_today": any(row[3] and row[4] == self.on for row in same_place),
        }
