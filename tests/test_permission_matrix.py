"""Every address × every role: opened by those who may, by nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.permission_matrix import EVERYBODY, MATRIX, MAY_BE_MISSING, OBJECTS
from zhiheng.people.permissions import PERMISSIONS
from zhiheng.people.roles import ALL, Role

LOGIN = "/account/login/"
OPENED = {200, 302, 303, 405}
REFUSED = {403, 404}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or "", where
        else:
            yield from addresses(entry, where)


def test_every_address_has_a_name_and_a_line_in_the_matrix():
    missing = [
        f"{where}（{name or '没有名字'}）：请在 tests/permission_matrix.py 写一行，说明谁能打开。"
        for name, where in addresses()
        if name not in MATRIX
    ]
    assert not missing, "\n".join(missing)


def test_the_matrix_names_no_address_that_is_gone():
    assert set(MATRIX) - {name for name, _ in addresses()} == set()


def test_every_role_has_somebody_in_the_cast():
    assert set(cast.BY_ROLE) == {str(role) for role in ALL}


def test_every_permission_is_held_by_some_role_and_the_system_administrator_sees_no_case():
    assert all(PERMISSIONS.values())
    seen = {name for name, roles in PERMISSIONS.items() if Role.SYSTEM_ADMIN in roles}
    assert not {name for name in seen if name.startswith(("case.", "clue.", "evidence."))}


def arguments(name: str, where: str) -> dict[str, Any] | None:
    """What the address needs; None when nobody has said how to make its object."""
    if name in OBJECTS:
        return OBJECTS[name]()
    return None if "<" in where else {}


def ask(client: Client, url: str) -> HttpResponse:
    """One request whose effects are taken back."""
    with transaction.atomic():
        answer = client.get(url)
        transaction.set_rollback(True)
    return answer


def to_login(answer: HttpResponse) -> bool:
    """Whether the answer asks to sign in."""
    return answer.status_code == 302 and answer.url.startswith(LOGIN)


def wrong_for_nobody(name: str, answer: HttpResponse) -> str:
    """What is wrong with the answer to somebody not signed in; empty when nothing is."""
    if MATRIX[name] == EVERYBODY:
        opened = answer.status_code in OPENED or name in MAY_BE_MISSING
        return "" if opened and answer.status_code < 500 else f"应当公开，却答 {answer.status_code}"
    return "" if to_login(answer) else f"没有登录应当转到登录页，却答 {answer.status_code}"


def wrong_for_role(name: str, role: str, answer: HttpResponse) -> str:
    """What is wrong with the answer to a role; empty when nothing is."""
    line, status = MATRIX[name], answer.status_code
    if line == EVERYBODY or role in line:
        opened = status in OPENED and not (to_login(answer) and line != EVERYBODY)
        missing = name in MAY_BE_MISSING and status in (401, 404)
        return "" if opened or missing else f"{role} 应当能打开，却答 {status}"
    return "" if status in REFUSED else f"{role} 应当被拒，却答 {status}"


@pytest.mark.django_db
def test_each_address_answers_each_role_as_the_matrix_says():
    cast.county()
    clients = {role: cast.sign_in(Client(), name) for role, name in cast.BY_ROLE.items()}
    nobody, wrong = Client(), []
    for name, where in addresses():
        if name not in MATRIX:
            continue
        kwargs = arguments(name, where)
        if kwargs is None:
            wrong.append(f"{where}（{name}）：请在 OBJECTS 说明怎样造出它的对象。")
            continue
        url = reverse(name, kwargs=kwargs)
        found = [wrong_for_nobody(name, ask(nobody, url))]
        found += [wrong_for_role(name, role, ask(c, url)) for role, c in clients.items()]
        wrong += [f"{url}（{name}）：{sentence}" for sentence in found if sentence]
    assert not wrong, "\n".join(wrong)
