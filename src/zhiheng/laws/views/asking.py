"""What an address asks for: a law, one of its texts, a day."""

from datetime import date

from django.http import HttpRequest

from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import NotFound
from zhiheng.laws import selectors
from zhiheng.laws.citations import recognise
from zhiheng.laws.models import Law, LawVersion


def day(request: HttpRequest, name: str = "on") -> date:
    """The day asked for; what is no day is today."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today()


def words(request: HttpRequest, name: str) -> str:
    """Words asked with, without what no database takes, and not endless."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:300]


def article(text: str) -> str:
    """An article's number as digits, however it was typed: 34, 第三十四条, 一百三十二条之一."""
    bare = text.removeprefix("第")
    read = recognise(f"《某法》第{bare if '条' in bare else f'{bare}条'}")
    return read[0].article if read and read[0].article else text


def law_by_id(law_id: int) -> Law:
    """The law of an address."""
    law = Law.objects.filter(pk=law_id).first()
    if law is None:
        raise NotFound("没有这件法律文件。", next_step="请从法条库的清单重新查找。")
    return law


def chosen(
    request: HttpRequest, versions: list[LawVersion], on: date
) -> tuple[LawVersion | None, date]:
    """The text named by `version`, and a day on which it held; else the one of the day asked for."""
    wanted = request.GET.get("version", "")
    for one in versions:
        if str(one.pk) == wanted:
            held = selectors.choose(versions, on)
            return one, on if held is not None and held.pk == one.pk else selectors.not_before(one)
    return selectors.choose(versions, on), on
