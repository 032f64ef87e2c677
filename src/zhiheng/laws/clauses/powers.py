"""权力条款识别: where a statute lets an organ inspect, or seize, seal, pull down, have done by others.

Pure like the penalty reader beside it. What binds the organ's own people, a court, or an
enterprise that inspects itself is no power over a party.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.laws.clauses import bodies as organs
from zhiheng.laws.clauses import power_words as words
from zhiheng.laws.clauses.findings import Body, Span
from zhiheng.laws.clauses.numbers import number_of

INSPECTION, COERCION = "INSPECTION", "COERCION"
_ITEM = re.compile(r"\s*[（(]([一二三四五六七八九十百]+)[）)]\s*")
_LINE = re.compile(r"[^。；;\n]+")
_PHRASE = re.compile(r"[^，,：:]+")


@dataclass(frozen=True)
class Power(Span):
    """What an organ may do to a party; the span is the phrase that says so.

    `kind`: INSPECTION or COERCION. `what`: whom or what it is done to, in the words of the clause,
    "" where they do not say. `measures`: the acts of coercion (查封, 扣押 …), none for inspection.
    `number`: of the item it stands in, "" outside items.
    """

    kind: str
    bodies: tuple[Body, ...]
    what: str = ""
    measures: tuple[str, ...] = ()
    number: str = ""


def find_powers(text: str) -> list[Power]:
    """The powers over parties in a paragraph with its items, each kind at most once a line."""
    if not words.HINT.search(text) or words.NO_PLACE.search(text):
        return []
    reader = _Reader()
    return [power for line in _LINE.finditer(text) for power in reader.line(line[0], line.start())]


class _Reader:
    """Reads line by line; who acts is carried on until somebody else is named."""

    def __init__(self) -> None:
        self.organ: tuple[Body, ...] = ()
        self.takes = False  # 有权采取下列措施: items are measures of the organ
        self.lists = False  # 对下列事项进行检查: items are what is inspected
        self.inspected = False
        self.may_take = False  # this line says what measures may be taken
        self.front = ""

    def line(self, text: str, start: int) -> Iterator[Power]:
        """The powers of one sentence or item."""
        item = _ITEM.match(text)
        number = str(number_of(item[1])) if item else ""
        begin = item.end() if item else 0
        if item and self.lists and len(text) - begin > 3 and not words.REST.search(text[begin:]):
            yield self._power(
                INSPECTION, start + begin, start + len(text), text[begin:], (), number
            )
            return
        if not item:
            self.takes = self.lists = False
        if item and not self.takes:
            self.organ = () if not words.BY.search(text) else self.organ
        self.front, given = "", set[str]()
        self.may_take = self.takes or bool(words.TAKES.search(text))
        for phrase in _PHRASE.finditer(text, begin):
            for power in self._phrase(phrase[0], start + phrase.start(), number):
                if power.kind not in given:
                    given.add(power.kind)
                    self.inspected = self.inspected or power.kind == INSPECTION
                    yield power

    def _phrase(self, phrase: str, start: int, number: str) -> Iterator[Power]:
        rest = self._who(phrase, start)
        if found := words.FRONT.match(phrase):
            self.front = found["what"]
        if not self.organ or re.search(r"的$|不得|禁止", phrase):
            return
        inspects = not (self.takes and self.inspected)
        if words.TAKES.search(phrase):
            self.takes = True
        if inspects and (what := self._inspected(phrase, rest)) is not None:
            self.lists = bool(words.LISTED.search(phrase)) and not self.takes
            if not self.lists:
                yield self._power(INSPECTION, start, start + len(phrase), what, (), number)
        for what, measures in _coercions(phrase[rest:]):
            yield self._power(
                COERCION, start, start + len(phrase), what or self.front, measures, number
            )

    def _who(self, phrase: str, start: int) -> int:
        """Note who acts from here on; returns where his name ends in the phrase."""
        for pattern in (words.BY, words.ORGAN):
            found = pattern.search(phrase) if pattern is words.BY else pattern.match(phrase)
            if found is None:
                continue
            if words.NO_ORGAN.search(found["who"]):
                self.organ = ()
                return found.end()
            self.organ = tuple(organs.split(found["who"], start + found.start("who")))
            return found.end()
        if words.OTHERS.match(phrase) and not words.CHAINED.match(phrase):
            self.organ = ()
        return 0

    def _inspected(self, phrase: str, rest: int) -> str | None:
        """Whom or what the organ inspects; None where it does not inspect a party."""
        if all(words.GOVERNMENT.search(one.name) for one in self.organ):
            return None
        duty = words.DUTY.search(phrase, rest)
        if duty and self.may_take:
            found, end = duty["what"] or "", duty.end()
        elif match := words.INSPECT.search(phrase, rest):
            found, end = words.object_before(phrase[rest : match.start()]), match.end()
        else:
            return None
        found = found or words.object_after(phrase[end:]) or self.front
        if words.OWN.search(found) or words.OWN.search(phrase[rest:]):
            return None
        return found if found or self.may_take or words.LISTED.search(phrase) else None

    def _power(
        self, kind: str, start: int, end: int, what: str, measures: tuple[str, ...], number: str
    ) -> Power:
        return Power(start, end, kind, self.organ, what.strip(" 　"), measures, number)


def _coercions(phrase: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is seized or done, and by which measures: one a phrase."""
    for match in words.COERCE.finditer(phrase):
        before, after = phrase[: match.start()], phrase[match.end() :]
        if words.NO_COERCION_BEFORE.search(before) or words.NO_COERCION_AFTER.match(after):
            continue
        measures = tuple(dict.fromkeys(words.MEASURE.findall(match[0])))
        if "代为" in measures:
            yield "", ("代为" + words.what_is_done(after),)
        else:
            yield words.object_taken(before, after), measures
        return
