"""Penalty clauses for the large scales: from the imported corpus, else from the package's file."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.elements.candidates.naming import likely_domain, short_name
from zhiheng.elements.candidates.reading import places_in
from zhiheng.elements.demo import wheel
from zhiheng.elements.demo.acts import limbs
from zhiheng.elements.demo.referred import Referred
from zhiheng.laws.api import Finding, LawVersion, Place, clause_places, find_clause

PROVINCE = "330000"
_NOT_OURS = re.compile(
    r"刑法|刑事|基本法|诉讼法|决定$|决议$|解释|修正案|处分条例|政务处分|监察|军事|军队|军官|解放军|士兵|军用|现役|武装警察|军品|军工|监狱|公务员|绩效|人民代表大会|人民法院|检察院|"
    r"证券|期货|股票|海关|关税|银行|保险法|基金法|私募|信托|反洗钱|外汇|国境卫生|大陆架|领海|深海|自然科学基金|"
    r"出口管制|原产地|三峡|晋陕蒙"
)
_NOT_COUNTY = re.compile(
    r"外国|涉外|香港|澳门|台湾|无线电管制|金融|征信|融资|债券|现金管理|武器装备|司法鉴定|^(?!浙江).{2,3}市"
)
_FAR = re.compile(r"国务院|^国家(?!公园|机关|综合性)|中国人民银行|中央|证监|军")
_OWN_PEOPLE = re.compile(r"人民政府|主管部门|行政部门|管理部门|国家机关|行政机关|公安机关|人民警察")
_NO_NAME = re.compile(
    r"^由|^的|^其(?!他)|商检|除本条|^或者|^其他|^任何|^保障|必须|^以及|不受理|吊销|违反行为|责令|处罚|罚款|部门按照|前款|前条|下列|本条|第.{1,4}[项款条]|尚不|有权|追究|行为之一|人民政府|职权|法规未|未作规定|及其工作人员$|未取得$|…$"
)
_ARTICLE = re.compile(r"^第([零〇一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?$")
_VERBAL = re.compile(
    r"^(?:未|不|擅自|拒|伪造|使用|销售|生产(?!.*单位)|买卖|非法)|(?<!他)[人业者位]未|不按"
)
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff、，])[ 　]+(?=[\u4e00-\u9fff])")
_PARTIES = {"UNIT": "单位", "PERSON": "个人", "RESPONSIBLE": "直接责任人员", "ANY": ""}


@dataclass(frozen=True)
class Text:
    """A law in force: what a basis needs, and its places by article."""

    title: str
    level: str
    issuer: str
    published: date | None
    begins: date
    note: str
    version_id: int | None
    places: list[tuple[str, Place, int | None]]


@dataclass(frozen=True)
class Deed:
    """One act by one subject under one clause: what an item is made of."""

    article: str
    paragraph: str
    item: str
    node_id: int | None
    name: str
    act: str
    party: str
    bodies: tuple[str, ...]
    domain: str
    finding: dict[str, Any]
    kind: str = "PENALTY"


def texts(*, on: date, province: bool = False) -> Iterator[Text]:
    """Every law in force on a day that may concern a county, in the order of titles.

    For a province the regulations of its cities count too, and lines that only its own organs have.

    Raises:
        NotFound: neither is the corpus filled nor the package installed.
    """
    found = _imported(on) if LawVersion.objects.exists() else _packed(on)
    return (one for one in found if concerns(one.title, province=province))


def concerns(title: str, *, province: bool) -> bool:
    """Whether organs of a county, or of a province, enforce a law of this title at all."""
    return not _NOT_OURS.search(title) and (province or not _NOT_COUNTY.search(title))


def _packed(on: date) -> Iterator[Text]:
    for source in wheel.read(on=on):
        places: list[tuple[str, Place, int | None]] = [
            (number, place, None)
            for label, words in source.articles
            if (number := article_number(label or ""))
            for place in clause_places(_BROKEN.sub("", words or ""))
        ]
        yield Text(
            source.title, "LAW", source.issuer, source.published, source.begins, source.note, None,
            places,
        )  # fmt: skip


def _imported(on: date) -> Iterator[Text]:
    """The version of each law that holds on the day, by the corpus."""
    newest: dict[int, tuple[date, LawVersion]] = {}
    rows = LawVersion.objects.select_related("law").exclude(valid_until__lte=on)
    for version in rows.filter(law__level__in=("LAW", "REGULATION", "RULE", "LOCAL")):
        begins = version.valid_from or version.published_on
        if version.law.level == "LOCAL" and version.law.region_code != PROVINCE:
            continue
        if begins is None or begins > on:
            continue
        if version.law_id not in newest or begins > newest[version.law_id][0]:
            newest[version.law_id] = (begins, version)
    for begins, version in sorted(newest.values(), key=lambda one: one[1].law.title):
        law = version.law
        places: list[tuple[str, Place, int | None]] = [
            (node.path.split("/")[0], place, node.pk) for node, place in places_in(version=version)
        ]
        yield Text(
            law.title, law.level, law.issuer, version.published_on, begins, version.source,
            version.pk, places,
        )  # fmt: skip


def article_number(label: str) -> str:
    """第一百三十二条之一 is "132-1"; empty for what is no article."""
    from zhiheng.laws.api import number_of

    found = _ARTICLE.match(re.sub(r"\s", "", label))
    if found is None:
        return ""
    main = str(int(number_of(found[1])))
    return f"{main}-{int(number_of(found[2]))}" if found[2] else main


def deeds(text: Text) -> Iterator[Deed]:
    """The acts that a law penalises, each with its clause; organs of the state's centre left out."""
    seen: set[tuple[str, ...]] = set()
    referred = Referred(text.places)
    for article, place, node_id in text.places:
        finding = find_clause(place.text)
        if finding is None or not article.replace("-", "").isdigit():
            continue
        bodies = tuple(one.name for one in finding.bodies)
        if is_far(bodies):
            continue
        domain = likely_domain("、".join(bodies), text.title)
        plain = finding.as_json()
        named = list(_named(finding, place)) or list(_by_reference(finding, place, referred))
        for name, act, party in named:
            key = (article, place.paragraph, place.item, name)
            if key not in seen:
                seen.add(key)
                yield Deed(
                    article, place.paragraph, place.item, node_id, name, act, party, bodies,
                    domain, plain,
                )  # fmt: skip


def is_far(bodies: Collection[str]) -> bool:
    """Whether only organs of the state's centre are named."""
    return bool(bodies) and all(_FAR.search(name) for name in bodies)


def _shortened(act: str) -> str:
    """A long act cut at a 、 or 或者 where that leaves something to understand; else empty."""
    words = short_name(re.split(r"，(?:由|或者)|的，", act)[0])
    if words.endswith("…"):
        cut = words.rfind("、")
        words = f"{words[:cut]}等" if cut >= 10 and _VERBAL.search(words[:cut]) else ""
    return words


def _by_reference(
    finding: Finding, place: Place, referred: "Referred"
) -> Iterator[tuple[str, str, str]]:
    """违反本法第十条规定的: the act stands in the article referred to."""
    if finding.subject and _OWN_PEOPLE.search(finding.subject.name):
        return
    for rule in referred.rules(place.text):
        if len(name := short_name(rule)) >= 5 and not _NO_NAME.search(name):
            for party in sorted({one.party for one in finding.amounts} or {"ANY"}):
                mark = _PARTIES[party]
                yield (f"{name}（{mark}）" if mark else name), rule, party


def _named(finding: Finding, place: Place) -> Iterator[tuple[str, str, str]]:
    """Name, act and party: one per act limb, and per subject where fines differ by it."""
    who = finding.subject.name if finding.subject else ""
    if _OWN_PEOPLE.search(who):
        return
    parties = {one.party for one in finding.amounts} or {"ANY"}
    for act in finding.acts:
        for limb in limbs(place.text[act.start : act.end]):
            name = short_name(limb, who)
            if name.endswith("…"):
                name = _shortened(limb)
            if len(name) < 4 or _NO_NAME.search(name):
                continue
            for party in sorted(parties):
                mark = _PARTIES[party]
                yield (f"{name}（{mark}）" if mark else name), limb, party
