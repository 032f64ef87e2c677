"""The demo county 青衡县: everything in it is invented, except the law it stands on.

`load_demo(scale, seed)` fills the element centre once; a second call adds what is missing.
Scales: small (a county to try out), county (the size of the seeds' counties), province (for
benchmarks, loaded by COPY).
"""

from django.conf import settings
from django.db import transaction

from zhiheng.elements.demo import county, enlarge, lists, notices, province
from zhiheng.elements.models import AdjustmentNotice, Body, DutyBoundary, Item
from zhiheng.people import api as people

SCALES = ("small", "county", "province")


def shortage(scale: str) -> str:
    """What a large scale lacks in items, and why, in one sentence; empty where it is full.

    No item is invented: each stands on a clause, so the texts at hand set the limit.
    """
    wanted = {"county": enlarge.ITEMS, "province": province.ITEMS}.get(scale)
    have = Item.objects.known().filter(valid_until=None).count()
    if wanted is None or have >= wanted:
        return ""
    return (
        f"执法事项 {have:,} 项，比{wanted:,}项少 {wanted - have:,} 项：手头的法律文本里只有这么多能落到条款的事项，"
        "不编造、不重复凑数。先用 manage.py laws import 导入行政法规和地方性法规，再在空库里装这个规模，就会更多"
        "（docs/howto/import-laws.md）。"
    )


@transaction.atomic
def load_demo(scale: str, seed: int) -> dict[str, int]:
    """Load the elements of a scale if they are not there yet; return what was added by kind."""
    accounts = people.load_accounts(
        people=(*people.CAST, *people.SECOND_AGENCY), password=settings.DEMO_PASSWORD
    )
    added: dict[str, int] = {}
    if not Body.objects.filter(code="QH-ZF").exists():
        added |= county.load(seed=seed, accounts=accounts)
        added["adjustmentnotice"] = notices.load_small()
    if not DutyBoundary.objects.exists():
        added |= lists.load(seed=seed)
    if scale == "province" and not Item.objects.filter(code=province.FIRST_ITEM).exists():
        added |= province.load(seed=seed)
    elif scale == "county" and not Item.objects.filter(code=enlarge.FIRST_EXTRA).exists():
        added |= enlarge.load(seed=seed)
    first = f"demo/county/{notices.PLAN[0].number}"
    if scale == "county" and not AdjustmentNotice.objects.filter(key=first).exists():
        added |= notices.load_county()
    return added
