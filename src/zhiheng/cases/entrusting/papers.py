"""F-06 行政处罚委托书 (行政处罚法 20: items, powers, period; published)."""

from typing import TYPE_CHECKING, Any

from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

if TYPE_CHECKING:
    from zhiheng.cases.entrusting.matters import EntrustMatter

CODE = "F-06"
QUALIFIED = (
    "依法成立并具有管理公共事务职能；有熟悉有关法律、法规、规章和业务并取得行政执法资格的工作人员；"
    "需要进行技术检查或者技术鉴定的，有条件组织进行。"
)


def make(matter: "EntrustMatter", taken: procedures.Taken) -> None:
    """Make the step's papers; their files follow as jobs of the same transaction."""
    for code in taken.step.produces:
        documents.prepare_document(
            dossier=matter.run.dossier, code=code, facts=letter(matter, taken), at=taken.at,
            actor=taken.actor, act=taken.act,
        )  # fmt: skip


def letter_of(dossier: ledger.Dossier) -> documents.Document | None:
    """The letter of an entrustment."""
    return documents.latest_document(dossier=dossier, code=CODE)


def letter(matter: "EntrustMatter", taken: procedures.Taken) -> dict[str, Any]:
    """What the letter says: the registers' names, and what was typed once."""
    from zhiheng.cases.entrusting.matters import codes_in

    facts, body = taken.facts, matter.body
    to = elements.get_body(facts["entrust_body"], taken.on)
    own = elements.entrusting.own_grants(
        body=body, codes=codes_in(facts["entrust_items"]), on=taken.on
    )
    powers = "；".join(
        line.strip() for line in facts["entrust_powers"].splitlines() if line.strip()
    )
    return {
        "organ": {
            "name": body.name, "short": body.doc_prefix or body.short_name,
            "address": body.address, "phone": body.phone,
        },
        "date": taken.on.isoformat(),
        "entrusted": {
            "name": to.name, "address": to.address or "（未登记）",
            "representative": facts["entrust_head"], "qualification": QUALIFIED,
        },
        "entrust_basis": [one.strip() for one in facts["entrust_basis"].splitlines() if one.strip()],
        "items": [
            {"code": code, "name": grant.item.name, "powers": powers} for code, grant in own.items()
        ],
        "limits": facts["entrust_limits"], "valid_from": facts["entrust_from"].isoformat(),
        "valid_until": facts["entrust_until"].isoformat(),
        "publication": facts["entrust_publication"],
    }  # fmt: skip
