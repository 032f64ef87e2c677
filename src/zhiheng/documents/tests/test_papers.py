"""What single papers must say by law, and the codes that stand for several papers."""

import pytest

from zhiheng.documents import manifests, policies, selectors
from zhiheng.documents.manifests import BadManifest
from zhiheng.documents.tests.factories import PAPERS, sample
from zhiheng.documents.tests.test_templates import page_text, squeezed

ALL = {f"F-{n:02d}" for n in range(1, 56)}
REMEDIED = {
    name: field
    for name, paper in PAPERS.items()
    for field in paper.fields
    if field.type == "remedy" and field.procedures
}


def parts_of(template):
    """The manifest's sentence for each article: which fields claim it."""
    claimed = {}
    for field in template.fields:
        for place in field.basis:
            claimed.setdefault(place, []).append(field)
    return claimed


def test_all_fifty_five_documents_are_there():
    assert set(selectors.templates()) == ALL


def test_papers_have_titles_of_their_own_and_number_series_of_their_own():
    titles = [paper.title for paper in PAPERS.values()]
    assert len(set(titles)) == len(titles)
    series = [paper.series for paper in PAPERS.values() if paper.series]
    assert len(set(series)) == len(series)


def test_what_goes_out_with_a_number_carries_a_seal():
    for paper in PAPERS.values():
        if paper.series:
            assert paper.seal, paper.title
        if paper.kind == "internal":
            assert not paper.seal, paper.title
            assert not paper.series, paper.title


def test_a_code_with_several_papers_asks_which_one():
    template = selectors.template_of(code="F-23")
    facts = sample("F-23")
    del facts["variant"]
    sentence, fields = policies.refusal(template=template.paper(facts=facts), facts=facts)
    assert "文书种类" in sentence
    assert set(fields) == {"variant"}
    facts["variant"] = "LETTER"
    _, fields = policies.refusal(template=template.paper(facts=facts), facts=facts)
    assert set(fields) == {"variant"}


def test_each_paper_keeps_only_its_own_facts():
    everything = sample("F-23", "APPROVAL") | sample("F-23", "DECISION")
    approval = selectors.template_of(code="F-23").papers["APPROVAL"]
    kept = policies.picked(template=approval, facts=everything | {"variant": "APPROVAL"})
    assert "remedy" not in kept
    assert "approvals" in kept


def test_a_variant_that_no_paper_has_is_refused_in_the_manifest(tmp_path):
    (tmp_path / "_lib").mkdir()
    (tmp_path / "_lib" / "common.yaml").write_text("{}")
    (tmp_path / "F-01").mkdir()
    (tmp_path / "F-01" / "manifest.yaml").write_text(
        'code: F-01\ntitle: 表\nkind: internal\nversion: "1"\nseal: false\n'
        "variants:\n  ONE: {title: 甲}\nfields:\n  - {name: a, title: 甲, variants: [TWO]}\n"
    )
    with pytest.raises(BadManifest, match="TWO"):
        manifests.load_templates(root=tmp_path)


@pytest.mark.parametrize("name", REMEDIED)
def test_the_remedy_follows_from_the_right_kind_of_procedure(name):
    paper, field = PAPERS[name], REMEDIED[name]
    wrong = "ordinary" if "ordinary" not in field.procedures else "summary"
    facts = sample(paper.code, paper.variant)
    if not policies.is_required(field=field, facts=facts):
        pytest.skip("该样例不需要救济途径")
    facts["remedy"] = {**facts["remedy"], "procedure": wrong}
    sentence, fields = policies.refusal(template=paper, facts=facts)
    assert "救济途径的程序种类应当是" in sentence
    assert set(fields) == {"remedy"}


@pytest.mark.law("arl-2023:23", "arl-2023:24", "apl-2021:52")
def test_the_decision_on_the_spot_sends_to_the_government_first():
    facts = sample("F-08")
    place = facts["remedy"]
    place.update(
        reconsideration_organ="某县人民政府", court="某县人民法院", reconsideration="九十日",
        afterwards="二十日", lawsuit="九个月",
    )  # fmt: skip
    text, _ = page_text("F-08", facts)
    first, then = (
        text.index("先向某县人民政府申请行政复议"),
        text.index("向某县人民法院提起行政诉讼"),
    )
    assert first < then
    assert "自收到本决定书之日起九十日内" in text
    assert "自收到复议决定书之日起二十日内" in text
    assert "九个月" not in text
    assert "不能直接提起行政诉讼" in text


@pytest.mark.law("apl-2021:52")
def test_the_decision_on_the_spot_says_the_six_things_of_article_52():
    template = selectors.template_of(code="F-08")
    claimed = {field.name for field in parts_of(template)["apl-2021:52"]}
    assert {
        "facts_found", "penalties", "penalty_basis", "fine", "happened_at", "place", "remedy",
    } <= claimed  # fmt: skip
    text, _ = page_text("F-08")
    assert "青衡县综合行政执法局" in text
    assert "执法人员（签名或者盖章）" in text


@pytest.mark.law("apl-2021:52", "apl-2021:68", "apl-2021:70")
def test_the_decision_on_the_spot_notes_refusal_and_collection():
    facts = {**sample("F-08"), "refusal_note": "当事人拒绝签收。", "payment_channel": "ON_SPOT"}
    template = selectors.template_of(code="F-08")
    _, fields = policies.refusal(template=template, facts=facts)
    assert set(fields) == {"on_spot_ground", "receipt_no"}
    facts |= {"on_spot_ground": "不当场收缴事后难以执行", "receipt_no": "闽财电0009"}
    for name in ("performance", "payment", "late_addition"):
        del facts[name]
    assert policies.refusal(template=template, facts=facts) == ("", {})
    text, _ = page_text("F-08", facts)
    assert "拒绝签收注明：当事人拒绝签收。" in text
    assert "闽财电0009" in text
    assert "加处罚款" not in text


@pytest.mark.law("apl-2021:51")
def test_a_warning_on_the_spot_speaks_of_no_payment():
    facts = {**sample("F-08"), "penalties": ["警告"]}
    for name in ("fine", "payment_channel", "performance", "payment", "late_addition"):
        del facts[name]
    assert policies.refusal(template=selectors.template_of(code="F-08"), facts=facts) == ("", {})
    text, _ = page_text("F-08", facts)
    assert "缴款方式" not in text


STATUTORY = [
    ("F-23", "DECISION", "acl-2011:24", 5, {"measure.reason", "measure.basis", "measure.days", "measure.kind"}),
    ("F-47", "COERCION", "acl-2011:37", 4, {"execution.reason", "execution.basis", "execution.manner", "execution.at"}),
    ("F-47", "SUBSTITUTE", "acl-2011:51", 6, {"execution.object", "execution.budget", "execution.performer"}),
    ("F-48", "", "acl-2011:55", 5, {"facts_found", "urge_result", "object_state", "head_name"}),
    ("F-46", "URGE", "acl-2011:35", 4, {"period", "urge_text", "amount"}),
]  # fmt: skip


@pytest.mark.law("acl-2011:24", "acl-2011:35", "acl-2011:37", "acl-2011:51", "acl-2011:55")
@pytest.mark.parametrize(("code", "variant", "place", "least", "names"), STATUTORY)
def test_what_the_enforcement_law_wants_stated_is_required(code, variant, place, least, names):
    paper = PAPERS["-".join(part for part in (code, variant) if part)]
    fields = parts_of(paper)[place]
    facts = sample(code, variant)
    assert len(fields) >= least
    assert names <= {field.name for field in fields}
    for field in fields:
        if field.name in names:
            assert policies.is_required(field=field, facts=facts) or field.name == "amount"


@pytest.mark.law("acl-2011:24")
def test_the_list_goes_with_the_seizure_for_both_sides():
    text, number = page_text("F-23", sample("F-23", "DECISION"))
    assert "查封（扣押）清单" in text
    assert text.count(squeezed(number)) == 2
    assert "分别保存" in text


@pytest.mark.law("arl-2023:11", "all-2017:46")
@pytest.mark.parametrize(
    ("code", "variant"),
    [("F-23", "DECISION"), ("F-24", "EXTENSION"), ("F-46", "DECISION"), ("F-47", "COERCION"), ("F-47", "SUBSTITUTE")],
)  # fmt: skip
def test_measures_and_executions_may_be_contested_by_themselves(code, variant):
    text, _ = page_text(code, sample(code, variant))
    assert "向青衡县人民政府申请行政复议；也可以" in text
    assert "直接向青衡县人民法院提起行政诉讼" in text


@pytest.mark.law("acl-2011:36")
def test_the_urging_letter_tells_of_the_defence_and_of_no_remedy():
    text, _ = page_text("F-46", sample("F-46", "URGE"))
    assert "有权进行陈述和申辩" in text
    assert "行政复议" not in text


@pytest.mark.law("arl-2023:23")
def test_the_change_of_a_decision_on_the_spot_keeps_reconsideration_first():
    facts = sample("F-41", "CHANGE")
    facts["remedy"] = {**facts["remedy"], "procedure": "summary"}
    text, _ = page_text("F-41", facts)
    assert "不能直接提起行政诉讼" in text


def test_only_a_refused_deferral_tells_of_a_remedy():
    granted, _ = page_text("F-44", sample("F-44", "NOTICE"))
    assert "行政复议" not in granted
    facts = {**sample("F-44", "NOTICE"), "refused": True}
    paper = PAPERS["F-44-NOTICE"]
    _, fields = policies.refusal(template=paper, facts=facts)
    assert set(fields) == {"refusal_reason", "remedy"}


@pytest.mark.law("r310:6", "r310:7")
def test_the_transfer_package_has_letter_report_list_and_receipt():
    letter, _ = page_text("F-51", sample("F-51", "LETTER"))
    assert "涉嫌犯罪案件移送书回执" in letter
    for variant in ("REPORT", "GOODS"):
        assert PAPERS[f"F-51-{variant}"].title in "".join(sample("F-51", "LETTER")["attachments"])


@pytest.mark.law("acl-2011:52")
def test_immediate_performance_needs_neither_decision_nor_urging():
    facts = sample("F-47", "SUBSTITUTE")
    for name in (
        "decision_title", "decision_number", "decided_on", "served_on",
        "urge_number", "urge_served_on", "urge_result",
    ):  # fmt: skip
        del facts[name]
    paper = PAPERS["F-47-SUBSTITUTE"]
    assert len(policies.refusal(template=paper, facts=facts)[1]) == 7
    facts |= {
        "immediate": True, "obligation": "清除散落在南门路的碎石",
        "immediate_reason": "碎石散落路面危害交通安全，你（单位）不能清除。",
    }  # fmt: skip
    assert policies.refusal(template=paper, facts=facts) == ("", {})
    text, _ = page_text("F-47", facts)
    assert "你（单位）应当清除散落在南门路的碎石。碎石散落路面" in text
    assert "催告书" not in text
