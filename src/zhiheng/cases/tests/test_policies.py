"""Identity codes, search terms and the digest of what was reviewed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.cases.policies import case_code, is_case_code, report_digest, search_terms


@given(st.integers(0, 9999), st.integers(0, 999999), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_every_case_code_checks_and_one_wrong_digit_does_not(body, sequence, on):
    code = case_code(region_code="339901", body_no=body, on=on, sequence=sequence)
    assert is_case_code(code)
    wrong = code[:7] + str((int(code[7]) + 1) % 10) + code[8:]
    assert not is_case_code(wrong)


def test_a_sequence_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="身份码"):
        case_code(region_code="339901", body_no=1, on=date(2026, 1, 1), sequence=1_000_000)


@given(st.text(alphabet="旺味小炒店城东中队ab", min_size=2, max_size=30), st.data())
def test_any_piece_of_two_characters_finds_its_text(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert set(search_terms(text[start:end])) <= set(search_terms(text))


def test_terms_stop_at_punctuation():
    assert search_terms("旺味、小炒") == ["旺味", "小炒"]


def test_a_number_is_found_whole_whatever_zeros_lead_it():
    terms = search_terms("青综执罚立〔2026〕000418号", "渡口街18号")
    assert {"2026", "418", "18"} <= set(terms)
    assert search_terms("000418") == search_terms("418") == ["418"]
    assert not set(search_terms("41")) <= set(terms)
    assert search_terms("0") == ["0"]


def test_an_edit_of_the_report_or_of_the_evidence_changes_the_digest():
    report = {"facts_found": "未开启净化设施", "fine_proposed": 500000}
    first = report_digest(report=report, evidence=["a", "b"])
    assert first == report_digest(report=dict(reversed(report.items())), evidence=["b", "a"])
    assert first != report_digest(report=report | {"fine_proposed": 600000}, evidence=["a", "b"])
    assert first != report_digest(report=report, evidence=["a"])
