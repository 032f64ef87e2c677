"""Finding cases by pieces of text among millions, the newest first, in bounded time.

The index `case_find` holds block, agency and term; a block is a run of 16,384 dossier numbers.
Whoever sees single agencies is answered from it directly: an agency has thousands of cases, not
millions. For whole regions the blocks are asked one after the other, the newest first, until the
page is full: a word of every tenth case fills it from the first block, a word of three cases
finds most blocks empty, at a tenth of a millisecond each. So no word makes the database fetch
and sort a million rows, whatever its planner believes about the word; other plans are ruled out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from psycopg.errors import QueryCanceled

from zhiheng.cases.models import BLOCK, Case
from zhiheng.cases.policies import is_case_code, search_terms
from zhiheng.cases.selectors import list_cases
from zhiheng.kernel.errors import ZhihengError
from zhiheng.people import api as people
from zhiheng.people.api import Actor

PATIENCE = 2_000  # milliseconds
PLANS = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")  # all but `case_find`
NEWEST = "SELECT max(dossier_id) FROM cases_case"
BY_BLOCKS = """
SELECT hit.dossier_id FROM generate_series(%s::bigint, 0, -1) AS block(number),
LATERAL ({inner}) AS hit(dossier_id) LIMIT %s
"""


def find_cases(
    *,
    actor: Actor,
    q: str,
    state: str = "",
    mine: bool = False,
    below: int | None = None,
    limit: int = 31,
) -> list[Case]:
    """Cases in the actor's scope that hold every word of `q`, the newest first.

    Any piece of two characters or more of number, party, item and place is found, numbers as
    a whole; so is a case identity code.

    Args:
        actor: who looks.
        q: what was typed.
        state: only this state.
        mine: only cases that the actor handles.
        below: only dossiers with a smaller number: the next page.
        limit: how many.

    Raises:
        ZhihengError: it would take too long; the sentence says what to do.
    """
    rows = list_cases(actor=actor, state=state, mine=mine)
    if below is not None:
        rows = rows.filter(pk__lt=below)
    if is_case_code(q.strip()):
        return list(rows.filter(code=q.strip()))
    terms = search_terms(q)
    if not terms:
        return []
    found = rows.filter(terms__contains=terms).order_by("-pk")
    if people.scope(actor, "case.view").agency_codes is None:
        ids = _by_blocks(found, below=below, limit=limit)
        return list(rows.filter(pk__in=ids).order_by("-pk"))
    with patience(without=PLANS):
        return list(found[:limit])


def _by_blocks(found: QuerySet[Case], *, below: int | None, limit: int) -> list[int]:
    inner = (
        found.select_related(None)
        .alias(block=F("pk") / BLOCK)
        .filter(block=RawSQL("block.number", ()))
        .values_list("pk")[:limit]
    )
    statement, parameters = inner.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        first = (below or cursor.fetchone()[0] or 0) // BLOCK
    with patience(without=PLANS), connection.cursor() as cursor:
        cursor.execute(BY_BLOCKS.format(inner=statement), [first, *parameters, limit])
        return [number for (number,) in cursor.fetchall()]


@contextmanager
def patience(*, without: Sequence[str] = ()) -> Iterator[None]:
    """Give up after two seconds with a sentence, so that one search never holds up everyone.

    Args:
        without: kinds of plans that the planner must not choose meanwhile.
    """
    wanted = {"statement_timeout": str(PATIENCE), **dict.fromkeys(without, "off")}
    settings = ", ".join(["set_config(%s, %s, true)"] * len(wanted))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}", [each for pair in wanted.items() for each in pair])
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise ZhihengError(
            "符合的案件太多，两秒内没有找完。", next_step="请多写几个字，或写上完整的案号再找。"
        ) from error
