"""Who it is: found in the register by whatever was scanned or typed, or registered at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Invalid
from zhiheng.people.api import Actor

MOST = 6
NEW = "new"
USCC = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
CITIZEN_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])")


@dataclass(frozen=True)
class Candidate:
    """A party of the register as a choice on the screen."""

    id: int
    name: str
    note: str


def read_code(text: str) -> tuple[str, str]:
    """The credit code or the citizen's number in what a scanner read: (uscc, citizen id)."""
    if found := CITIZEN_ID.search(text):
        return "", found[0].upper()
    found = USCC.search(text.upper())
    return (found[0], "") if found else ("", "")


def candidates(text: str, *, actor: Actor, on: date) -> list[Candidate]:
    """Parties of the region that fit what was scanned or typed, as this person may see them."""
    uscc, citizen_id = read_code(text)
    if not text.strip() or citizen_id:
        return []
    found = elements.find_subjects(uscc or text, actor.region_code, on, MOST)
    cards = [(row.pk, elements.subject_card(row, actor)) for row in found]
    return [Candidate(pk, card.name, card.address) for pk, card in cards]


def party_of(given: Mapping[str, Any], *, actor: Actor, on: date, at: datetime) -> elements.Subject:
    """The party that the form means: the one chosen, the only one that fits, or a new one.

    Args:
        given: party (what was scanned or typed), subject (an id, or `new`), party_kind,
            party_code, party_address.
        actor: who asks; only parties of the region are found.
        on: today.
        at: now.

    Raises:
        Invalid: several fit and none is chosen, or what is typed is no party.
    """
    text, chosen = given["party"].strip(), str(given.get("subject") or "")
    fitting = candidates(text, actor=actor, on=on)
    if chosen and chosen != NEW:
        if chosen not in {str(one.id) for one in fitting}:
            raise Invalid(
                "请重新选择当事人。", fields={"party": "选中的当事人与所填名称对不上，请再选一次。"}
            )
        return elements.get_subject(int(chosen))
    exact = [one for one in fitting if one.name == text] or (fitting if read_code(text)[0] else [])
    if chosen != NEW and len(exact) == 1:
        return elements.get_subject(exact[0].id)
    if chosen != NEW and fitting:
        raise Invalid(
            "请选一下是哪一个当事人。",
            fields={"party": "登记簿里有相近的，请在下面选一个；都不是的，选“都不是，新登记”。"},
        )
    return _registered(given, text=text, actor=actor, at=at)


def _registered(
    given: Mapping[str, Any], *, text: str, actor: Actor, at: datetime
) -> elements.Subject:
    uscc, citizen_id = read_code(f"{given.get('party_code', '')} {text}")
    name = CITIZEN_ID.sub("", USCC.sub("", text)).strip()
    kind = given.get("party_kind") or ""
    wrong = {}
    if not name:
        wrong["party"] = "请在号码后面补上姓名或者名称。"
    if not kind:
        wrong["party_kind"] = "登记簿里没有这个当事人，请选个人、个体户还是单位，再点一次就登记上。"
    if kind == "CITIZEN" and not citizen_id and not (given.get("party_address") or "").strip():
        wrong["party_address"] = "同名的人很多：请填身份证号码，或者住址。"
    if wrong:
        raise Invalid("要新登记这个当事人。", fields=wrong)
    return elements.ensure_subject(
        kind=kind, name=name, region_code=actor.region_code, at=at, uscc=uscc,
        citizen_id=citizen_id, address=given.get("party_address") or "", source_sys="当场登记",
    )  # fmt: skip
