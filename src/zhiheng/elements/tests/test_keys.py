"""How people name what they link to: a provision as it is cited, or by code and digits."""

import pytest

from tests import cast
from zhiheng.elements import keys
from zhiheng.elements.models import BasisNode

pytestmark = pytest.mark.usefixtures("county")


def test_every_provision_of_the_register_is_found_by_the_words_it_is_offered_with():
    nodes = list(keys.rows_for(BasisNode, cast.ON))
    assert nodes
    for node in nodes:
        assert node.uid in {one.uid for one in keys.find(BasisNode, keys.key_of(node), cast.ON)}
    assert sum(keys.key_of(node).startswith("《") for node in nodes) > len(nodes) // 2


def test_a_provision_is_named_by_citation_by_short_title_or_by_code():
    node = next(
        one for one in keys.rows_for(BasisNode, cast.ON) if one.basis.code == "eco-code-2026"
    )
    cited = str(node)
    for typed in (
        cited, cited.replace("中华人民共和国", ""),
        f"eco-code-2026 {'.'.join(filter(None, (node.article, node.paragraph, node.item)))}",
    ):  # fmt: skip
        assert [one.uid for one in keys.find(BasisNode, typed, cast.ON)] == [node.uid]
    assert keys.find(BasisNode, "《没有的法》第一条", cast.ON) == []
