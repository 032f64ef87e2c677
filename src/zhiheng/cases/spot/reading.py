"""What the phone shows of a case on the spot: where it stands, what may be imposed, what to read out."""

from collections import Counter
from datetime import date
from typing import Any

from zhiheng.cases.models import Case
from zhiheng.cases.spot.facts import SUMMARY, bounds
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.kernel import money
from zhiheng.people.api import Actor

SHOWN, LOOKED_BACK, OPEN = 6, 200, 5
PHASES = {"FOUND": "evidence", "TOLD": "statement", "DECIDED": "hand_over", "SERVED": "payment"}
AMOUNTS = 4


def open_cases(actor: Actor) -> list[Case]:
    """What this officer has begun on the spot and not finished, the newest first."""
    rows = Case.objects.filter(
        handlers__account_id=actor.account_id, handlers__until=None, dossier__closed_at=None,
        dossier__procedure_id=SUMMARY, state__in=PHASES,
    )  # fmt: skip
    return list(rows.select_related("dossier").order_by("-pk")[:OPEN])


def _latest(actor: Actor) -> list[Case]:
    rows = Case.objects.filter(agency_code=actor.agency_code, dossier__procedure_id=SUMMARY)
    return list(rows.select_related("item").order_by("-pk")[:LOOKED_BACK])


def items_for(
    actor: Actor, *, on: date, find: str = "", keep: str = ""
) -> tuple[list[elements.Item], bool]:
    """The items to choose from, and whether there are more: found by plain words, else the most used.

    Args:
        actor: of whose body.
        on: today.
        find: plain words.
        keep: the code of an item already chosen, which stays on the list.
    """
    allowed = {
        i.code: i
        for i in elements.spot_items(
            body_code=actor.agency_code, region_code=actor.region_code, on=on
        )
    }
    if find.strip():
        fitting = [i.code for i in elements.find_items(find, on, limit=60) if i.code in allowed]
    else:
        used = Counter(case.item.code for case in _latest(actor))
        fitting = sorted(allowed, key=lambda code: (-used[code], code))
    shown = fitting[:SHOWN]
    if keep in allowed and keep not in shown:
        shown = [keep, *shown]
    return [allowed[code] for code in shown], len(fitting) > SHOWN


def last_partner(actor: Actor) -> int | None:
    """With whom this officer was out last."""
    mine = Case.objects.filter(lead_id=actor.account_id, dossier__procedure_id=SUMMARY)
    newest = mine.order_by("-pk").first()
    if newest is None:
        return None
    others = newest.handlers.filter(until=None).exclude(account_id=actor.account_id)
    return others.values_list("account_id", flat=True).first()


def amounts(case: Case, *, facts: dict[str, Any], on: date) -> list[int]:
    """Fines to choose from: the least, where each tier begins, the most that is lawful here; cents."""
    low, high = bounds(case.item, facts["party_kind"])
    most = min(high, facts["summary_cap"])
    found = elements.benchmark_for(case.item, on)
    begins = [tier["min_cents"] for tier in found.tiers] if found else []
    fitting = sorted({low, *begins, most})
    return [cents for cents in fitting if low <= cents <= most and cents > 0][:AMOUNTS]


def read_out(case: Case, *, facts: dict[str, Any]) -> str:
    """What the officer tells the party before deciding (行政处罚法 44)."""
    fine = facts["fine_notified"]
    what = f"罚款 {money.yuan(fine)} 元" if fine else "警告"
    return (
        f"{case.party_name}：经查，{facts['facts_found'].rstrip('。')}。依据{case.item.penalty_basis}，"
        f"拟对你（单位）作出{what}的处罚。你有权陈述、申辩；我们不会因为你申辩而罚得更重。"
    )


def decision_of(case: Case) -> tuple[documents.Document | None, list[tuple[str, Any]]]:
    """The decision that was made, and what stands in it, for reading on the phone."""
    paper = next(
        (p for code in ("F-08", "F-40") if (p := documents.latest_document(dossier=case.dossier, code=code))),
        None,
    )  # fmt: skip
    if paper is None:
        return None, []
    facts = paper.facts
    rows = [
        ("文号", paper.number), ("当事人", case.party_name), ("违法行为", facts.get("facts_found")),
        ("依据", "；".join(facts.get("penalty_basis", ()))),
        ("决定", "；".join(facts.get("penalties", ())) or facts.get("ground")),
        ("改正", facts.get("correction")), ("陈述申辩", facts.get("defence")),
        ("教育", facts.get("education")), ("缴款", facts.get("performance") or facts.get("on_spot_ground")),
        ("不服怎么办", documents.remedy_words(facts["remedy"])),
    ]  # fmt: skip
    return paper, [row for row in rows if row[1]]
