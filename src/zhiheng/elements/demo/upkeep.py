"""The work list of the demo county: the law change of 2026 that its oil-fume item went through."""

from datetime import date

from zhiheng.elements.models import LawChange
from zhiheng.elements.upkeep.changes import record, versions_around
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.kernel import clock

AIR_LAW, REPEALED_ON = "大气污染防治法", date(2026, 8, 15)


def load_demo(scale: str, seed: int) -> dict[str, int]:
    """Record the change and sweep once; a second call adds what is missing."""
    at, on = clock.now(), clock.today()
    ended, began = versions_around(AIR_LAW, REPEALED_ON)
    known = LawChange.objects.filter(law_short=AIR_LAW, effective_on=REPEALED_ON).exists()
    if not known:
        record(law_short=AIR_LAW, on=REPEALED_ON, at=at, ended=ended, began=began)
    return {"upkeep": sweep_all(on=on, at=at).found}
