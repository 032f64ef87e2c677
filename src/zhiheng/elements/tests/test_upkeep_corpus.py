"""Rules about bases and the corpus behind them: each fires, misses nearly, is mended."""

import pytest

from zhiheng.elements.models import Basis, BasisNode
from zhiheng.elements.tests.test_upkeep_rules import AT, ON, changed, faults, one
from zhiheng.laws.models import Law, LawVersion

pytestmark = pytest.mark.usefixtures("county")


def version(title: str, **more) -> LawVersion:
    text, _ = Law.objects.get_or_create(title=title, short=title, level="REGULATION")
    values = {
        "label": "测试",
        "source": "测试",
        "text_digest": f"{len(str(more))}",
        "imported_at": AT,
    }
    return LawVersion.objects.create(law=text, **values | more)


def test_a_basis_not_linked_to_the_corpus():
    row = one(Basis, code="roads-2019")
    assert str(row.uid) in faults("basis.unlinked")
    changed(row, law_version=version("城市道路管理条例"))
    assert str(row.uid) not in faults("basis.unlinked")
    nodes = BasisNode.objects.active(ON).filter(basis__uid=row.uid, basis__law_version=None)
    assert not {str(n.uid) for n in nodes} & set(faults("node.unlinked"))


def test_a_basis_whose_text_in_the_corpus_ended():
    row, text = one(Basis, code="roads-2019"), version("城市道路管理条例")
    row = changed(row, law_version=text)
    assert faults("basis.text_ended") == {}
    LawVersion.objects.filter(pk=text.pk).update(valid_until=ON)
    assert set(faults("basis.text_ended")) == {str(row.uid)}
    changed(row, status="REPEALED")
    assert faults("basis.text_ended") == {}


def linked_clause(findings: list) -> BasisNode:
    text = version("城市道路管理条例", findings=findings)
    place = text.nodes.create(
        kind="ARTICLE", number="42", path="42", label="第四十二条", position=1
    )
    return changed(one(BasisNode, label="第四十二条", basis__code="roads-2019"), law_node=place)


def test_a_clause_about_which_the_import_had_a_doubt():
    doubt = [{"code": "GLUED", "where": "42", "says": "两条粘在一起，请对照公布文本。"}]
    node = linked_clause(doubt)
    basis = changed(one(Basis, code="roads-2019"), law_version=node.law_node.version)
    assert "两条粘在一起" in faults("node.doubted")[str(node.uid)]
    assert "1 处疑问" in faults("basis.doubted")[str(basis.uid)]
    LawVersion.objects.update(findings=[])
    assert faults("node.doubted") == faults("basis.doubted") == {}


def test_a_doubt_about_another_article_is_no_fault_of_this_clause():
    linked_clause([{"code": "GLUED", "where": "4", "says": "第四条不全。"}])
    assert faults("node.doubted") == {}


def test_a_clause_of_a_linked_basis_that_leads_nowhere():
    node = one(BasisNode, label="第四十二条", basis__code="roads-2019")
    basis = changed(one(Basis, code="roads-2019"), law_version=version("城市道路管理条例"))
    node = changed(node, basis=basis)
    assert set(faults("node.unlinked")) == {str(node.uid)}
    place = basis.law_version.nodes.create(
        kind="ARTICLE", number="42", path="42", label="第四十二条", position=1
    )
    changed(node, law_node=place)
    assert faults("node.unlinked") == {}
