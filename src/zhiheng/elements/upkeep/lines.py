"""How a line of a law change reads: what it cites, how urgent, what to do."""

from datetime import datetime
from typing import Any

from zhiheng.elements.citers import Citer
from zhiheng.elements.models import LawChange, Severity, UpkeepItem
from zhiheng.elements.policies import NATION
from zhiheng.elements.upkeep import places, rules
from zhiheng.kernel.clock import local_date
from zhiheng.web import words

REASON = "law.changed"
TITLE = "法律变动波及"
_H, _M, _L = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_RULE = "请规则维护人员对照新条文改规则书，跑通例子后发布。"
# Per kind: how urgent, and what to do.
WORK: dict[str, tuple[Severity, str]] = {
    "items": (_H, "对照新条文，把事项改到新的条款；没有影响的写明核对结果。"),
    "benchmarks": (_M, "看罚款幅度有没有变；变了要重新制定基准并公布。"),
    "examples": (_L, "核对说理和结果在新条文下还站不站得住，站不住就撤下。"),
    "guard": (_H, _RULE), "procedure": (_H, _RULE), "parameter": (_M, _RULE), "table": (_M, _RULE),
    "document": (_M, "核对文书里引用的条款，改好后换模板版本。"),
    "case": (_H, "按从旧兼从轻核对适用哪一版；文书还没出的，用对条文。"),
    "clue": (_M, "立案前改匹配到新的事项，或者写明适用旧条文的理由。"),
}  # fmt: skip


def stands(citer: Citer, change: LawChange) -> bool:
    """Whether what cites the law points at the new version already."""
    return citer.stands_on is not None and citer.stands_on >= change.effective_on


def line_of(
    citer: Citer, change: LawChange, where: dict[str, dict[str, Any]], *, at: datetime
) -> UpkeepItem:
    """The line that a citer gets in the list of a change."""
    severity, todo = WORK.get(citer.kind, (_M, "对照新条文核对，写明结果。"))
    labels = "、".join(places.label(number) for number in citer.articles)
    what = "失效" if change.whole else "有改动"
    return UpkeepItem(
        reason=REASON, register=citer.kind, key=citer.key, cause=f"law-{change.pk}",
        change=change, title=citer.title[:240], next_step=todo, href=citer.href,
        says=f"引用《{change.title}》{labels}，{words.day(change.effective_on)}起{what}。"[:400],
        severity=severity.value, region_code=citer.region_code or NATION,
        agency_code=citer.agency_code, happens_on=change.effective_on, owner_id=citer.owner_id,
        places={"articles": [where[n] for n in citer.articles if n in where]},
        state=UpkeepItem.State.OPEN.value, found_at=at,
        due_on=rules.due_on(
            happens_on=change.effective_on, found_on=local_date(at), severity=severity
        ),
    )  # fmt: skip
