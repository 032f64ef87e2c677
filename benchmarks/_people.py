"""Two hundred people at their screens: who they are, what they look for, which cases they open."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from typing import Any

from benchmarks._clients import User

SEED = 11
SHARES = {"officer": 0.6, "unit_head": 0.1, "legal_reviewer": 0.1, "agency_head": 0.1,
          "supervisor": 0.1}  # fmt: skip
AGENCIES = 40
OPENED = 12  # cases that one user opens in turn
PAPERS = 12  # documents in each of them
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SUPERVISED = ("330000", "338900", "339901")


@dataclass
class Person:
    """A user with what they work on."""

    user: User
    role: str
    cases: list[tuple[int, str]]


def gather(*, count: int) -> list[Person]:
    """Users of several agencies and roles, signed in, each with cases of their own."""
    from django.contrib.auth import get_user_model

    rng = random.Random(SEED)
    people = []
    for role, share in SHARES.items():
        accounts = _supervisors() if role == "supervisor" else _staff(role, rng)
        for number in range(round(count * share)):
            account = get_user_model().objects.get(pk=accounts[number % len(accounts)])
            people.append(_person(account, role, rng))
    _papers({case for person in people for case, _ in person.cases})
    return people


def _staff(role: str, rng: random.Random) -> list[int]:
    """Accounts of a role in agencies drawn by their number of cases: busy ones oftener."""
    from zhiheng.cases.models import Case
    from zhiheng.people.models import RoleGrant

    busy = Case.objects.values_list("agency_code", flat=True)
    newest = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    drawn = [rng.randrange(max(1, newest - 50_000), newest + 1) for _ in range(AGENCIES * 8)]
    agencies = list(dict.fromkeys(busy.filter(pk__in=drawn)))[:AGENCIES]
    found = RoleGrant.objects.filter(role=role, agency_code__in=agencies)
    accounts = list(found.order_by("account_id").values_list("account_id", flat=True))
    rng.shuffle(accounts)
    return accounts


def _supervisors() -> list[int]:
    """Supervisors of province, city and county, who see every agency there."""
    from zhiheng.cases.models import Case
    from zhiheng.people import api as people

    regions = [
        code
        for code in SUPERVISED
        if Case.objects.filter(region_code__startswith=code.rstrip("0")).exists()
    ]
    staff = [
        people.DemoPerson(
            username=f"bench{number}", name="督察", role="supervisor", agency_code="QH-SF",
            region_code=regions[number % len(regions)],
        )
        for number in range(20)
    ]  # fmt: skip
    return [a.pk for a in people.load_accounts(people=staff, password=None).values()]


def _person(account: Any, role: str, rng: random.Random) -> Person:
    from zhiheng.cases.models import Case
    from zhiheng.cases.selectors import list_cases
    from zhiheng.kernel.clock import today
    from zhiheng.ledger import api as ledger
    from zhiheng.people import api as people

    actor = people.actor_of(account, today())
    scope = list_cases(actor=actor).order_by("-pk")
    tasks = [task.dossier_id for task in ledger.todo_of(actor, kind="CASE", size=OPENED).items]
    cases = list(Case.objects.filter(pk__in=tasks).values_list("pk", "code"))
    cases += list(scope.values_list("pk", "code")[: OPENED - len(cases)])
    words = _words(list(scope.values_list("number", "party_name", "item_name")[:200]), rng)

    def choose(rng: random.Random) -> tuple[str, str]:
        kind = rng.choice(("todo", "search", "dossier"))
        if kind == "todo":
            return kind, "/todo/"
        if kind == "search":
            return kind, f"/search/?q={rng.choice(words)}"
        return kind, f"/cases/{rng.choice(cases)[1]}/"

    return Person(User(f"sessionid={_session(account)}", choose), role, cases)


def _words(rows: list[tuple[str, str, str]], rng: random.Random) -> list[str]:
    """What somebody types: pieces of two to four characters, numbers, and what is nowhere."""
    from urllib.parse import quote

    words = []
    for _ in range(60):
        number, party, item = rng.choice(rows)
        text = rng.choice((party, party, item))
        start = rng.randrange(max(1, len(text) - 4))
        piece = text[start : start + rng.randint(2, 4)]
        words.append(rng.choice((piece,) * 8 + (number[-7:-1], f"无{piece[:1]}此词")))
    return [quote(word) for word in words]


def _session(account: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _papers(dossiers: set[int]) -> None:
    """Rows of finished documents for the cases that are opened; the loader makes none."""
    from zhiheng.documents.api import Document

    rows = []
    for dossier in sorted(dossiers):
        for number in range(PAPERS):
            mark = sha256(f"{dossier}/{number}".encode()).hexdigest()
            rows.append(Document(
                dossier_id=dossier, region_code="330000", agency_code="", code=f"F-{number:02d}",
                kind="record", title=f"第{number + 1}号文书", organ_name="执法局",
                number=f"测〔2026〕{dossier}-{number}", state="ISSUED", facts={}, created_by="测",
                content_digest=mark, template_version="1", check_code=mark[:16].upper(),
                dated_on=AT.date(), file_sha256=mark, pages=2, sealed=True, sealed_at=AT,
                finished_at=AT, created_at=AT, issued_at=AT,
            ))  # fmt: skip
    Document.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
