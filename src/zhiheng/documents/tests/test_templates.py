"""Every document of the rulebook: it makes a page, and the page says what the law wants said."""

import io
import re

import pytest
import yaml
from django.conf import settings
from pypdf import PdfReader

from zhiheng.documents import pagedata, policies, selectors, typesetting
from zhiheng.documents.manifests import BadManifest, load_templates
from zhiheng.documents.tests.factories import AT, PAPERS, sample

CODE = "7K3M9Q2XW4PZ8RTD"
OWN_PAGES = {"contents": [], "pages_total": 3}


def page_text(code, facts=None):
    text, number, _ = page_of(code, facts)
    return text, number


def page_of(code, facts=None):
    facts = facts or sample(code)
    template = selectors.template_of(code=code).paper(facts=facts)
    number = ""
    if template.series:
        number = policies.number_of(
            template=template, organ_short="青综执", year=2026, sequence=123
        )
    data = pagedata.page_data(
        template=template, facts=facts, title=template.title, number=number, check_code=CODE,
        simulated=template.seal, extra=OWN_PAGES if code == "F-55" else None,
    )  # fmt: skip
    pdf = typesetting.typeset(
        root=selectors.documents_root(), source=template.source, data=data, on=AT.date()
    )
    pages = PdfReader(io.BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages)), number, len(pages)


def squeezed(text):
    return re.sub(r"\s", "", text)


def words_of(value):
    """Every text that a presented value should leave on paper."""
    if isinstance(value, dict):
        return [word for part in value.values() for word in words_of(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_of(part)]
    return [value] if isinstance(value, str) else []


# Facts that steer the page, or that the paper shows by other means, instead of being printed.
EVERYWHERE = {"organ.short", "officers", "party.kind", "variant"}
SILENT = {
    "F-55": {"exhibits", "notes", "checker"},
    "F-45": {"payment_url"},
}  # the address is a code


each_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


def facts_for(paper):
    return sample(paper.code, paper.variant)


@each_paper
def test_the_sample_fills_every_required_field(paper):
    assert policies.refusal(template=paper, facts=facts_for(paper)) == ("", {})


@each_paper
def test_every_field_of_the_sample_stands_on_paper(paper):
    code = paper.code
    text, number = page_text(code, facts_for(paper))
    shown = policies.presented(template=paper, facts=facts_for(paper))
    for field in paper.fields:
        if field.name in EVERYWHERE | SILENT.get(code, set()) or field.type == "bool":
            continue
        due = policies.is_required(field=field, facts=facts_for(paper))
        if field.required_if and not due:
            continue
        if field.name == "date" and (not due or paper.kind == "record"):
            continue  # a record tells its own times
        value = policies.at_path(facts=shown, name=field.name)
        if field.name == "evidence":
            value = [{k: row[k] for k in ("title", "proves") if k in row} for row in value]
        for word in words_of(value):
            for line in word.split("\n"):
                # the layout ends a sentence, so the last full stop may stand elsewhere
                assert squeezed(line).rstrip("。") in text, f"{code} {field.name}: {line}"
    assert squeezed(number) in text


@each_paper
def test_each_required_field_is_refused_when_it_is_missing(paper):
    for field in paper.fields:
        facts = facts_for(paper)
        if not policies.is_required(field=field, facts=facts):
            continue
        *parents, last = field.name.split(".")
        target = facts
        for part in parents:
            target = target[part]
        del target[last]
        asked = selectors.template_of(code=paper.code).paper(facts=facts)
        sentence, fields = policies.refusal(template=asked, facts=facts)
        assert field.title in sentence, f"{paper.code} {field.name}"
        assert field.name in fields


@each_paper
def test_the_foot_carries_the_code_and_the_page(paper):
    text, _ = page_text(paper.code, facts_for(paper))
    assert "7K3M9Q2XW4PZ8RTD" in text
    assert "第1页" in text or paper.code == "F-55"


@each_paper
def test_a_sample_takes_no_more_pages_than_its_kind_needs(paper):
    _, _, pages = page_of(paper.code, facts_for(paper))
    listed = any(name in {"goods", "wanted"} for name in (f.name for f in paper.fields))
    most = {"internal": 2, "record": 2, "external": 3 if listed else 2}[paper.kind]
    assert pages <= max(most, 3 if paper.code in {"F-30", "F-39", "F-55"} else most)


def test_every_article_cited_by_a_manifest_is_known():
    known = {}
    for path in (settings.RULEBOOK_DIR / "statutes").glob("*.yaml"):
        statute = yaml.safe_load(path.read_text(encoding="utf-8"))
        known[statute["id"]] = set(statute["articles"])
    for template in selectors.templates().values():
        cited = {*template.basis, *(b for field in template.fields for b in field.basis)}
        for reference in cited:
            statute, article = reference.split(":")
            assert article in known.get(statute, ()), f"{template.code} cites {reference}"


@pytest.mark.law("apl-2021:59")
def test_the_decision_says_the_six_things_of_article_59():
    text, _ = page_text("F-39")
    for words in (
        "青衡县渝香楼餐饮有限公司", "青衡县城东街道老街路17号", "一、违法事实和证据",
        "三、处罚的种类和依据", "四、履行方式和期限", "五、救济途径和期限", "青衡县综合行政执法局2026年11月21日",
    ):  # fmt: skip
        assert words in text


@pytest.mark.law("apl-2021:44", "apl-2021:63")
def test_the_notice_tells_of_the_hearing_only_where_there_is_one():
    with_hearing, _ = page_text("F-32")
    assert "行政处罚事先（听证）告知书" in with_hearing
    assert "要求举行听证的权利" in with_hearing
    without, _ = page_text("F-32", {**sample("F-32"), "hearing_told": False})
    assert "听证" not in without
    assert "陈述和申辩" in without


def test_a_waiver_is_another_paper_than_a_defence():
    facts = {**sample("F-33"), "waived": True, "statement": "自愿放弃陈述、申辩的权利。"}
    text, _ = page_text("F-33", facts)
    assert "放弃陈述申辩声明" in text
    assert "自愿放弃" in text


def test_a_citizen_is_named_by_identity_number():
    facts = sample("F-39")
    facts["party"] = {
        "name": "陈当事", "kind": "CITIZEN", "id_full": "339901198001010017", "address": "老街路19号",
    }  # fmt: skip
    text, _ = page_text("F-39", facts)
    assert "公民身份号码：339901198001010017" in text
    assert "法定代表人" not in text


def test_long_facts_run_over_pages_and_lose_nothing():
    facts = sample("F-12")
    facts["questions"] = [
        {"question": f"第{n}问，情况如何？", "answer": f"第{n}答。" + "情况属实。" * 40}
        for n in range(60)
    ]
    text, _ = page_text("F-12", facts)
    assert "第59问" in text
    assert "第59答" in text


@pytest.mark.parametrize(
    "hostile", ['#panic("x")', "$x^2$", "*粗*", "`代码`", "<标签> @引用 \\ // /*"]
)
def test_facts_are_never_read_as_markup(hostile):
    facts = {**sample("F-26"), "facts_found": f"经营{hostile}行为"}
    text, _ = page_text("F-26", facts)
    assert squeezed(hostile) in text


def test_a_manifest_with_an_unknown_key_is_refused_with_file_and_key(tmp_path):
    root = tmp_path
    (root / "_lib").mkdir()
    (root / "_lib" / "common.yaml").write_text("{}")
    (root / "F-01").mkdir()
    (root / "F-01" / "manifest.yaml").write_text(
        'code: F-01\ntitle: 表\nkind: internal\nversion: "1"\nseal: false\ncolour: red\n'
    )
    with pytest.raises(BadManifest, match=r"F-01/manifest.yaml.*colour"):
        load_templates(root=root)
