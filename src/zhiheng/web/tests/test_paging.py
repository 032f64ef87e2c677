"""Keyset paging: every row once, whatever the order, whatever is empty."""

from datetime import date

import pytest

from zhiheng.people.models import Account, RoleGrant
from zhiheng.web.paging import keyset

pytestmark = pytest.mark.django_db


@pytest.fixture
def grants():
    account = Account.objects.create_user(username="li", password=None, name="李执法")
    ends = [
        date(2026, 12, 1),
        None,
        date(2026, 11, 30),
        None,
        date(2026, 12, 1),
        date(2027, 1, 5),
        None,
    ]
    return [
        RoleGrant.objects.create(
            account=account,
            role="officer",
            region_code=f"33{n:04d}",
            agency_code="QH-ZF",
            valid_from=date(2026, 1, 1 + n % 3),
            valid_until=end,
        )
        for n, end in enumerate(ends)
    ]


def walk(order, size=2):
    seen, token = [], None
    for _ in range(10):
        page = keyset(RoleGrant.objects.all(), order=order, after=token, size=size)
        seen += [row.pk for row in page]
        token = page.next_token
        if token is None:
            return seen
    raise AssertionError("翻页没有尽头")


@pytest.mark.parametrize(
    "order",
    [
        ("id",),
        ("-id",),
        ("valid_until", "id"),
        ("-valid_until", "id"),
        ("valid_until", "-id"),
        ("valid_from", "valid_until", "-id"),
        ("-valid_from", "-valid_until", "id"),
    ],
)
def test_every_row_comes_once_and_in_order(grants, order):
    seen = walk(order)
    assert seen == walk(order, size=50)
    assert sorted(seen) == sorted(g.pk for g in grants)


def test_empty_values_come_last(grants):
    by_pk = {g.pk: g for g in grants}
    for order in (("valid_until", "id"), ("-valid_until", "id")):
        ends = [by_pk[pk].valid_until for pk in walk(order)]
        assert ends[-3:] == [None, None, None]
        assert None not in ends[:-3]


def test_rows_added_before_the_token_do_not_shift_the_next_page(grants):
    first = keyset(RoleGrant.objects.all(), order=("-id",), size=2)
    RoleGrant.objects.create(
        account=grants[0].account, role="officer", region_code="330101", valid_from=date(2026, 2, 1)
    )
    second = keyset(RoleGrant.objects.all(), order=("-id",), after=first.next_token, size=2)
    assert [r.pk for r in second] == sorted((g.pk for g in grants), reverse=True)[2:4]


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "eyJ"])
def test_a_forged_token_starts_anew_and_says_so(grants, token):
    page = keyset(RoleGrant.objects.all(), order=("id",), after=token, size=3)
    assert page.restarted
    assert len(page) == 3


def test_a_token_of_another_order_is_not_used(grants):
    token = keyset(RoleGrant.objects.all(), order=("id",), size=2).next_token
    assert keyset(RoleGrant.objects.all(), order=("-id",), after=token, size=2).restarted


def test_never_counts(grants, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        keyset(RoleGrant.objects.all(), order=("valid_until", "id"), size=2)
    assert "COUNT(" not in asked.captured_queries[0]["sql"].upper()


def test_size_has_a_limit(grants):
    assert len(keyset(RoleGrant.objects.all(), order=("id",), size=0)) == 1
    assert len(keyset(RoleGrant.objects.all(), order=("id",), size=10_000)) == len(grants)
