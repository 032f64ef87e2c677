"""Pure rules of a case file: its identity code, its search terms, the digest of what was reviewed."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from operator import add
from typing import Any

from zhiheng.kernel import money

MAX_TERMS = 160
LONGEST_TERM = 8
RUNS = re.compile(r"[0-9]+|[^\W0-9_]+")


def case_code(*, region_code: str, body_no: int, on: date, sequence: int) -> str:
    """The case identity code: region 6 + body 4 + yyMM 4 + sequence 6 + two check digits.

    Nothing personal stands in it. Check digits by ISO 7064 MOD 97-10 (law.md D.6).

    Raises:
        ValueError: a part does not fit its place.
    """
    head = f"{region_code[:6]:0<6}{body_no:04d}{on:%y%m}{sequence:06d}"
    if len(head) != 20 or not head.isdigit():
        raise ValueError("案件身份码的某一段超出长度")
    return f"{head}{98 - int(head) * 100 % 97:02d}"


def is_case_code(text: str) -> bool:
    """Whether the text is a case identity code whose check digits agree."""
    return len(text) == 22 and text.isdigit() and int(text) % 97 == 1


def search_terms(*texts: str) -> list[str]:
    """The terms by which a case is found: pairs of neighbouring characters, and whole numbers.

    A query is broken in the same way, so that any piece of two characters or more is found.
    A number is one term, its leading zeros left out: 18 finds 18号 and 000018, never 118.
    """
    terms: dict[str, None] = {}
    for text in texts:
        for run in RUNS.findall(text.lower()):
            if run.isdigit():
                terms[run.lstrip("0")[:LONGEST_TERM] or "0"] = None
            else:
                terms.update(dict.fromkeys(map(add, run, run[1:])))
    return list(terms)[:MAX_TERMS]


def report_digest(*, report: Mapping[str, Any], evidence: Iterable[str]) -> str:
    """The digest that names the content a legal reviewer approved.

    Covers what the report says and which evidence it rests on (sorted digests), so that an
    edit of either leaves the approval without its object.

    Law: 行政处罚法 (2021) 第五十八条.
    """
    content = {"report": dict(report), "evidence": sorted(evidence)}
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def payment_problem(*, now: int, paid: int, due: int, late: bool) -> str:
    """What is wrong with a payment, as a sentence; what comes late may bring the late addition.

    Law: 行政处罚法 (2021) 第七十二条第一款第一项.
    """
    if now <= 0:
        return "请填写实际缴纳的金额。"
    if paid > due and not late:
        return f"累计 {money.yuan(paid)} 元，超过应缴的 {money.yuan(due)} 元，请核对。"
    return ""
