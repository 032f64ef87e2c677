"""Collective discussion (行政处罚法 57(2)): who was there, how each voted, whether enough came.

Kept as one line a person: 姓名｜职务｜出席｜同意｜意见. Who is absent has the reason as opinion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BAR = "｜"
PRESENT, ABSENT = "出席", "缺席"
FOR, AGAINST, ABSTAINED = "同意", "不同意", "弃权"
VOTES = (FOR, AGAINST, ABSTAINED)
PARTS = 5


@dataclass(frozen=True)
class Seat:
    """One person who ought to take part."""

    name: str
    post: str = ""
    there: str = PRESENT
    vote: str = ""
    opinion: str = ""

    @property
    def present(self) -> bool:
        """Whether the person came."""
        return self.there == PRESENT

    @property
    def called(self) -> str:
        """Name and post as the record names them."""
        return f"{self.name}（{self.post}）" if self.post else self.name

    def line(self) -> str:
        """As it is kept."""
        parts = (self.name, self.post, self.there, self.vote, self.opinion)
        return BAR.join(" ".join(part.replace(BAR, "|").split()) for part in parts)


def read(text: str) -> list[Seat]:
    """The seats of a kept record; a line that is none is a name without anything."""
    seats = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(BAR, PARTS - 1)]
        if parts[0]:
            seats.append(Seat(*parts) if len(parts) == PARTS else Seat(parts[0]))
    return seats


def problems(seats: Sequence[Seat], *, reporting: Iterable[str]) -> str:
    """What is missing or wrong, in one sentence; empty if nothing is.

    Args:
        seats: those who ought to take part.
        reporting: names of those who handle the case: they report and do not vote.
    """
    reporters = set(reporting)
    names = [seat.name for seat in seats]
    for seat in seats:
        if seat.name in reporters:
            return f"{seat.name}是本案办案人员，只汇报，不参加表决。"
        if names.count(seat.name) > 1:
            return f"{seat.name}写了两次；同名的请加上职务区别。"
        if seat.present and seat.vote not in VOTES:
            return f"请选择{seat.name}的表决：同意、不同意或者弃权。"
        if not seat.opinion:
            return f"请写明{seat.name}{'的意见' if seat.present else '缺席的原因'}。"
    there = sum(seat.present for seat in seats)
    return "" if there > 1 else "集体讨论至少两人到会并表决；请把参加的人选为“出席”。"


def quorate(seats: Sequence[Seat], *, percent: int) -> bool:
    """Whether more than the share came of those who ought to have."""
    there = sum(seat.present for seat in seats)
    return there * 100 > len(seats) * percent


def result(seats: Sequence[Seat]) -> str:
    """The count in words for the record."""
    there = [seat for seat in seats if seat.present]
    votes = "，".join(f"{vote}{sum(s.vote == vote for s in there)}票" for vote in VOTES)
    return f"应到{len(seats)}人，实到{len(there)}人；{votes}。"
