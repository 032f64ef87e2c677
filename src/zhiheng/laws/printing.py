"""命令行上的样子：条文、改动、清单、问题。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.laws import selectors
from zhiheng.laws.citations import Citation, plain_title, recognise
from zhiheng.laws.comparing import SAME, compare
from zhiheng.laws.models import Law, LawVersion
from zhiheng.laws.numerals import place_label


def get_law(title: str) -> Law:
    """A law by title; none says how to look for it."""
    law = selectors.find_law(title)
    if law is None:
        raise NotFound(
            f"法条库里没有《{title}》。", next_step="用 manage.py laws list 名称里的字 查找。"
        )
    return law


def get_version(law: Law, on: date) -> LawVersion:
    """The text of a law on a day; none says why."""
    version = selectors.version_on(law, on)
    if version is None:
        problem = selectors.resolve(Citation(0, 0, law.short), on).problem
        raise NotFound(problem, next_step="换个日子，或看这件法律的各个文本。")
    return version


def read_place(law: Law, place: str) -> Citation:
    """A place as an officer types it: 17, 132-1, 17/2/3, 第十七条第二款第（三）项."""
    found = recognise(f"《{law.short}》{place}")
    if found and found[0].article:
        return found[0]
    parts = (place.split("/") + ["", ""])[:3]
    if not parts[0].replace("-", "").isdigit():
        raise Invalid(f"看不懂“{place}”是哪一条。", next_step="写成 17、132-1、17/2/3 或第十七条。")
    return Citation(0, 0, law.short, *parts)


def show(*, law: str, place: str, on: date) -> Iterator[str]:
    """A place as it reads on a day, with the days of its text."""
    found = get_law(law)
    cited = read_place(found, place)
    version = get_version(found, on)
    node = selectors.node_at(version, cited.article, cited.paragraph, cited.item)
    label = place_label(cited.article, cited.paragraph, cited.item)
    if node is None:
        raise NotFound(f"《{found.title}》（{version.label}）里没有{label}。", next_step="请核对条号。")
    yield f"《{found.title}》{label}（{on} 有效的文本：{version.label}；{period(version)}）"
    if node.valid_from and node.valid_from != version.valid_from:
        yield f"这一处自 {node.valid_from} 起这样写。"
    elif node.valid_from is None:
        yield "这一处自哪一天起这样写没有确定。"
    yield selectors.words_of(node)


def period(version: LawVersion) -> str:
    """自…起，至…止, as far as established."""
    since = f"{version.valid_from} 起" if version.valid_from else "施行日未确定"
    return since + (f"，{version.valid_until} 失效" if version.valid_until else "")


def diff(*, law: str, since: date, until: date) -> Iterator[str]:
    """What changed article by article between the texts of two days."""
    found = get_law(law)
    old, new = get_version(found, since), get_version(found, until)
    if old.pk == new.pk:
        yield f"《{found.title}》在这两天是同一个文本（{old.label}）。"
        return
    changes = compare(old, new)
    yield f"《{found.title}》：{old.label} → {new.label}"
    for one in changes:
        if one.kind == SAME:
            continue
        names = [node.label for node in (one.old, one.new) if node is not None]
        yield f"\n{one.title} {' → '.join(dict.fromkeys(names))}"
        signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
        yield "".join(signs[mark.kind].format(mark.text) for mark in one.marks)
    same = sum(one.kind == SAME for one in changes)
    yield f"\n共 {len(changes)} 条，{same} 条不变。"


def listing(*, words: str, on: date) -> Iterator[str]:
    """Laws whose titles hold the words, with what holds on a day."""
    laws = Law.objects.filter(title__contains=words).order_by("level", "short")
    for law in laws.prefetch_related("versions"):
        versions = sorted(law.versions.all(), key=selectors.not_before, reverse=True)
        now = selectors.choose(versions, on)
        state = f"{now.label}，{period(now)}" if now else "现无有效文本"
        yield f"{law.get_level_display()}\t{law.title}\t{len(versions)} 个文本\t{state}"


def report(*, law: str = "", code: str = "") -> Iterator[str]:
    """All findings, one a line: code, law and text, where, the sentence."""
    rows = LawVersion.objects.exclude(findings=[]).select_related("law").order_by("law__short", "id")
    if law:
        rows = rows.filter(law__short=plain_title(law))
    count = 0
    for version in rows.iterator():
        for one in version.findings:
            if not code or one["code"] == code:
                count += 1
                yield f"{one['code']}\t《{version.law.title}》（{version.label}）\t{one['says']}"
    yield f"共 {count} 处。"
