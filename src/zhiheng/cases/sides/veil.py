"""Free text on its way to somebody outside the case: names, numbers, addresses are taken out.

Law: 行政处罚法 50; 个人信息保护法 6. Rather too much is hidden than too little.
"""

import re
from collections.abc import Iterable

from zhiheng.cases.models import Case, Handler
from zhiheng.elements import api as elements
from zhiheng.procedures import api as procedures

PARTY, PERSON, OFFICER, PLACE, NUMBER = "当事人", "有关人员", "办案人员", "〔地址〕", "〔号码〕"
# Facts of a case that name people or places, whatever the step that asked for them.
PEOPLE = ("id_shown_to", "site_persons", "interviewee", "confirmed_receiver", "service_receiver",
          "plan_present", "plan_witnesses", "summon_person", "written_by", "wanted_from", "data_holder",
          "data_witnesses", "av_maker", "recheck_persons")  # fmt: skip
PLACES = ("site_place", "interviewee_address", "confirmed_address", "service_place", "photo_place",
          "summon_place", "written_address")  # fmt: skip
NUMBERS = ("interviewee_id", "confirmed_phone", "confirmed_channel", "written_id", "written_phone")
_APART = re.compile(r"[、，,；;（）()\s]+")
_PATTERNS = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), NUMBER),
    (re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])"), NUMBER),
    (re.compile(r"(?<!\d)1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)"), NUMBER),
    (re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"), NUMBER),
    (re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.]?[A-Z0-9]{5,6}"), NUMBER),
    (re.compile(r"[\u4e00-\u9fff]{1,10}(?:路|街|道|巷|弄|村|社区|小区)\d+(?:号|弄|幢|室|-)[\d号弄幢单元室楼层-]*"), PLACE),
)  # fmt: skip


class Veil:
    """Hides what one case knows of people and places, and whatever looks like a number of theirs."""

    def __init__(self, case: Case) -> None:
        """Learn the words to hide from the party's register entries and the case's facts."""
        words: dict[str, str] = {}
        for card in _cards(case):
            _learn(words, [card.name], PARTY)
            _learn(words, [card.legal_representative], PERSON)
            _learn(words, [card.address, card.service_address], PLACE)
            _learn(words, [card.uscc, card.citizen_id, card.phone], NUMBER)
        facts = procedures.kept_facts(case.dossier.run)
        told = {name: str(value) for name, value in facts.items() if isinstance(value, str)}
        _learn(words, [case.party_name], PARTY)
        _learn(words, (w for n in PEOPLE for w in _APART.split(told.get(n, ""))), PERSON)
        _learn(words, [case.place, *(told.get(name, "") for name in PLACES)], PLACE)
        _learn(words, (told.get(name, "") for name in NUMBERS), NUMBER)
        rows = Handler.objects.filter(case=case).select_related("account")
        _learn(words, (each.account.name for each in rows), OFFICER)
        self.words = sorted(words.items(), key=lambda pair: -len(pair[0]))

    def over(self, text: str) -> str:
        """The text without what may not leave the case."""
        for word, instead in self.words:
            text = text.replace(word, instead)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text


def _cards(case: Case) -> Iterable[elements.SubjectCard]:
    """The party as at filing and as known now."""
    return [
        elements.open_subject(case.subject),
        elements.open_subject(elements.latest_subject(case.subject)),
    ]


def _learn(words: dict[str, str], found: Iterable[str], instead: str) -> None:
    for word in found:
        plain = (word or "").strip()
        if len(plain) > 1:
            words.setdefault(plain, instead)
