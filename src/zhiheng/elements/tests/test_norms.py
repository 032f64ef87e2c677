"""The norm under an item: its rank, whether it held at the act, what became of it since."""

from datetime import UTC, date, datetime

from zhiheng.elements import api as elements
from zhiheng.elements import services
from zhiheng.elements.models import Basis, BasisNode, Item

AT = datetime(2026, 9, 1, 1, tzinfo=UTC)
BEFORE, CODE, AFTER = date(2026, 8, 1), date(2026, 8, 15), date(2026, 9, 1)


def norm(item: Item, act_on: date, on: date) -> elements.Norm:
    return elements.norm_of(item, act_on, on)


def test_the_act_before_the_code_falls_under_the_old_law(county):
    old = elements.get_item("QH-CG-001", BEFORE)
    assert norm(old, BEFORE, BEFORE) == elements.Norm("LAW", True, False)
    assert norm(old, BEFORE, AFTER) == elements.Norm("LAW", True, True)


def test_the_new_item_does_not_reach_back(county):
    new = elements.get_item("QH-CG-001", AFTER)
    assert not norm(new, BEFORE, AFTER).held_at_act
    assert norm(new, CODE, AFTER) == elements.Norm("LAW", True, False)


def test_an_end_that_becomes_known_later_counts(county):
    item = elements.get_item("QH-CG-018", BEFORE)
    assert not norm(item, BEFORE, AFTER).changed_since
    node = item.penalty_basis
    services.end(row=node, valid_until=AFTER, at=AT)
    assert norm(item, BEFORE, AFTER).changed_since
    assert not norm(item, BEFORE, date(2026, 8, 31)).changed_since


def test_an_item_that_was_moved_to_another_provision_has_changed(county):
    item = elements.get_item("QH-CG-018", BEFORE)
    other = BasisNode.objects.known().exclude(uid=item.penalty_basis.uid)[0]
    services.amend(row=item, changes={"penalty_basis_id": other.pk}, valid_from=AFTER, at=AT)
    assert norm(item, BEFORE, AFTER).changed_since


def test_a_normative_document_says_so_by_its_rank(county):
    item = elements.get_item("QH-CG-018", BEFORE)
    item.penalty_basis.basis.level = Basis.Level.DOCUMENT
    assert norm(item, BEFORE, BEFORE).level == "DOCUMENT"
    item.penalty_basis = None
    assert norm(item, BEFORE, BEFORE).level == ""


def test_it_is_one_question(county, django_assert_num_queries):
    item = elements.get_item("QH-CG-018", BEFORE)
    with django_assert_num_queries(1):
        norm(item, BEFORE, AFTER)


def test_the_mark_of_a_benchmark_follows_its_words(county):
    found = elements.benchmark_for("QH-CG-018", AFTER)
    assert elements.benchmark_mark(None) == ""
    mark = elements.benchmark_mark(found)
    same = services.amend(row=found, changes={"title": "换名"}, valid_from=AFTER, at=AT)
    assert elements.benchmark_mark(same) == mark
    other = services.amend(row=same, changes={"doc_no": "新文号"}, valid_from=AFTER, at=AT)
    assert elements.benchmark_mark(other) != mark
