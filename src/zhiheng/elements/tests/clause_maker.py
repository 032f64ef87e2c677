"""A law of our own invention in the corpus, with penalty clauses to find."""

from datetime import UTC, date, datetime

from zhiheng.elements.candidates.services import find_candidates
from zhiheng.elements.models import ItemCandidate
from zhiheng.laws.api import Law, LawNode, LawVersion

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
PLAIN = (
    "违反本办法规定，风筝经营者未给风筝编号的，由县级以上人民政府风筝主管部门责令改正，给予警告；"
    "拒不改正的，处一千元以上五千元以下的罚款，对直接负责的主管人员处二百元以下的罚款；"
    "构成犯罪的，依法追究刑事责任。"
)
LEAD = "有下列行为之一的，由风筝主管部门没收违法所得，处二万元以下的罚款："
ITEMS = ("（一）在禁放区放飞风筝的；", "（二）使用金属线放飞风筝的。")
GAP = (
    "未经许可放飞载人风筝，违法所得超过一万元的，由风筝主管部门处五万元罚款；"
    "没有违法所得或者违法所得不足一万元的，处一万元罚款。"
)
HARMLESS = "本办法自公布之日起施行。"


def version(short: str = "风筝管理办法") -> LawVersion:
    """One version with four articles: two clauses, one with a gap, one that punishes nobody."""
    law = Law.objects.create(title=short, short=short, level="RULE", region_code="339901")
    found = LawVersion.objects.create(
        law=law, label="2024年公布", published_on=date(2024, 1, 1), valid_from=date(2024, 3, 1),
        source="测试", text_digest=short, imported_at=AT,
    )  # fmt: skip
    for number, (words, items) in enumerate(
        ((PLAIN, ()), (LEAD, ITEMS), (GAP, ()), (HARMLESS, ())), start=1
    ):
        _article(found, str(number), words, items)
    return found


def _article(found: LawVersion, number: str, words: str, items: tuple[str, ...]) -> None:
    position = int(number) * 10

    def add(kind: str, path: str, text: str, parent: LawNode | None, at: int) -> LawNode:
        return LawNode.objects.create(
            version=found, parent=parent, kind=kind, number=path.split("/")[-1], path=path,
            label=path, position=position + at, text=text,
        )  # fmt: skip

    article = add("ARTICLE", number, "", None, 0)
    paragraph = add("PARAGRAPH", f"{number}/1", words, article, 1)
    for count, item in enumerate(items, start=1):
        add("ITEM", f"{number}/1/{count}", item, paragraph, count + 1)


def candidate() -> ItemCandidate:
    """The candidate of the first article; the law is read if it is not yet."""
    if not ItemCandidate.objects.exists():
        find_candidates(version=version(), at=AT)
    return ItemCandidate.objects.order_by("id").first()


def waiting() -> int:
    """The number of a candidate that nobody has decided yet."""
    candidate()
    return ItemCandidate.objects.filter(state="OPEN").order_by("id").values_list("pk", flat=True)[0]
