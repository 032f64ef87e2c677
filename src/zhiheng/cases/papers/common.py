"""What most papers share: the organ, the case, the party, the officers, the norm, the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhiheng.cases import daily_fine
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel import money

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

RIGHTS = (
    "执法人员已出示执法证件，并告知：有权申请执法人员回避，有权陈述和申辩；"
    "应当如实回答询问，协助调查或者检查，不得拒绝或者阻挠。"
)
TIERS = {
    "MITIGATED": "减轻",
    "LIGHT": "从轻",
    "NORMAL": "一般",
    "HEAVY": "从重",
    "NONE": "不予处罚",
}


@dataclass
class Material:
    """Everything a paper may draw on: the case, the step just taken, the registers."""

    matter: "CaseMatter | SideMatter"
    taken: "Taken"

    @property
    def case(self) -> Any:
        """The case."""
        return self.matter.case

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts as the step leaves them."""
        return self.taken.facts

    @property
    def is_fast(self) -> bool:
        """Whether the case is handled fast."""
        return self.matter.run.procedure_id == "penalty.fast"

    @property
    def at(self) -> datetime:
        """When the step was taken."""
        return self.taken.at

    @property
    def on(self) -> date:
        """The local day of the step."""
        return self.taken.on

    @cached_property
    def body(self) -> Any:
        """The organ."""
        return elements.get_body(self.case.agency_code, self.on)

    @cached_property
    def subject(self) -> elements.SubjectCard:
        """The party as known today, in the open: the law wants documents complete."""
        return elements.open_subject(elements.latest_subject(self.case.subject))

    @cached_property
    def officers(self) -> list[dict[str, Any]]:
        """Those who handle the case, the lead first."""
        rows = self.case.handlers.filter(until=None).select_related("account").order_by("-part")
        return [
            {
                "name": row.account.name,
                "certificate_no": elements.officer_standing(row.account_id, self.on).certificate_no
                or row.account.certificate_no,
            }
            for row in rows
        ]

    @cached_property
    def evidence(self) -> list[evidence.EvidenceItem]:
        """Evidence that counts."""
        return [e for e in evidence.evidence_of(self.case.dossier) if e.status == "VERIFIED"]

    def base(self) -> dict[str, Any]:
        """Organ, date and case: on every paper."""
        body = self.body
        return {
            "organ": {
                "name": body.name, "short": body.doc_prefix or body.short_name,
                "address": body.address, "phone": body.phone,
            },
            "date": self.on.isoformat(),
            "case_no": self.case.number,
            "item_name": f"{self.case.item_name}案",
        }  # fmt: skip

    def party(self) -> dict[str, Any]:
        """The party in full."""
        subject = self.subject
        kind = {"CITIZEN": "CITIZEN", "SOLE": "SOLE"}.get(subject.kind, "ORG")
        return {
            "name": subject.name, "kind": kind, "id_full": subject.uscc or subject.citizen_id or "未提供",
            "address": subject.address or self.case.place, "phone": subject.phone,
            "representative": subject.legal_representative or subject.name,
        }  # fmt: skip

    def evidence_rows(self) -> list[dict[str, str]]:
        """Verified evidence as a table."""
        return [
            {"kind": e.get_kind_display(), "title": e.title, "proves": e.proves, "source": e.source}
            for e in self.evidence
        ]

    def norms(self) -> dict[str, list[str]]:
        """Which provisions were broken and which penalise."""
        item = self.case.item
        daily = daily_fine.basis_of(self.case, self.on) if self.facts.get("daily_fine") else []
        return {
            "laws_violated": [citation(item.conduct_basis or item.penalty_basis)],
            "penalty_basis": [citation(item.penalty_basis), *daily],
        }

    def benchmark(self) -> dict[str, str]:
        """The benchmark, the tier, the reason."""
        found = elements.benchmark_for(self.case.item, self.on)
        return {
            "name": found.title if found else "本事项没有公布裁量权基准，按法定幅度裁量",
            "tier": TIERS[str(self.facts["tier_code"])],
            "reason": self.facts["discretion_reason"],
        }

    def approval(self, step: str, opinion: str) -> dict[str, str]:
        """One line of an approval table, signed by whoever takes the step."""
        actor = self.taken.actor
        name = actor.name
        acting = next(iter(actor.acting_for.values()), "")
        return {
            "step": step, "opinion": opinion, "name": f"{name}（代{acting}）" if acting else name,
            "certificate_no": actor.certificate_no or "—", "at": self.at.isoformat(),
        }  # fmt: skip

    def started(self) -> str:
        """When a record began: as many minutes ago as the officer says it took."""
        minutes = int(self.facts.get("minutes_taken") or 0)
        return (self.at - timedelta(minutes=minutes)).isoformat()

    def latest(self, code: str) -> documents.Document | None:
        """The newest paper of a kind in the matter's dossier, else in the case's."""
        own = documents.latest_document(dossier=self.matter.dossier, code=code)
        if own is not None or self.matter.dossier.pk == self.case.pk:
            return own
        return documents.latest_document(dossier=self.case.dossier, code=code)

    def number_of(self, code: str, variant: str = "") -> str:
        """The number of the newest paper of a kind; of one form of it, if that is named."""
        own = self.matter.dossier
        found = (
            documents.latest_document(dossier=own, code=code, variant=variant)
            if variant
            else self.latest(code)
        )
        return (found.number or "") if found else ""


def citation(node: Any) -> str:
    """A provision in words: 《生态环境法典》第一千一百三十二条第一款."""
    return f"《{node.basis.title}》{node.label}" if node is not None else "（未登记依据）"


def fine_in_words(cents: int) -> str:
    """罚款人民币捌仟元整（￥8,000.00）."""
    return f"罚款人民币{money.in_words(cents)}（￥{money.yuan(cents)}）"


def penalties(cents: int, facts: Mapping[str, Any]) -> list[str]:
    """The penalties as they stand in a notice or decision; of a daily fine, how it came about."""
    return [fine_in_words(cents) + daily_fine.in_words(facts, cents)] if cents else ["警告"]


def period(rule_id: str, *, material: Material) -> str:
    """A period of the rulebook in words, as the case's domain and place have it: 五个工作日."""
    case = material.case
    return documents.period_in_words(
        rule_id=rule_id, on=material.on, region=case.region_code, domain=case.dossier.run.domain
    )


def lines(text: str) -> list[str]:
    """Non-empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pairs(text: str, *, first: str, second: str, empty: str = "—") -> list[dict[str, str]]:
    """Lines of “甲：乙” as table rows; a line without a colon stands in the second column."""
    rows = []
    for line in lines(text):
        left, colon, right = line.replace(":", "：", 1).partition("：")
        rows.append({first: left, second: right.strip() or empty} if colon else {
            first: empty, second: line})  # fmt: skip
    return rows or [{first: empty, second: empty}]
