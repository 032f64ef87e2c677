"""The real rulebook is proved; and each broken copy of its ordinary procedure is caught."""

import re

import pytest

from zhiheng.rulebook import verify as proofs
from zhiheng.rulebook.loader import PROJECT_ROOT, load
from zhiheng.rulebook.verify import verify

ORDINARY = "penalty.ordinary"
FILE = "procedures/penalty/ordinary.yaml"


def failed(report, kind):
    return {proof.subject for proof in report.failures if proof.kind == kind}


@pytest.mark.parametrize("procedure", sorted(load(PROJECT_ROOT).procedures))
def test_every_procedure_is_proved(procedure, real):
    report = verify(real, procedure)
    assert [f"{p.kind} {p.subject}：{p.text}" for p in report.failures] == []


@pytest.mark.parametrize("guard", ["G-063", "G-065"])
def test_the_ordinary_procedure_without_a_guard_tells_an_unlawful_story(guard, real):
    report = verify(real, ORDINARY, omit=frozenset({guard}), only=[proofs.INVARIANT])
    assert report.failures, f"nobody notices that {guard} is gone"
    assert all(p.certain and p.tale.steps for p in report.failures)


def change(tree, pattern, new):
    path = tree / FILE
    text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.S)
    assert count == 1
    path.write_text(text, "utf-8")


def test_an_ordinary_procedure_whose_decision_cannot_be_served_is_a_dead_end(real_tree):
    change(
        real_tree, r"(  serve_decision:\n    title: [^\n]+\n    from: )\[DECIDED\]", r"\1[SERVED]"
    )
    kinds = [proofs.FINISHED, proofs.REACHED]
    report = verify(load(real_tree), ORDINARY, only=kinds)
    assert "DECIDED" in failed(report, proofs.FINISHED)
    assert {"SERVED", "PERFORMED", "CLOSED", "ARCHIVED"} <= failed(report, proofs.REACHED)
    [proof] = [p for p in report.failures if p.kind == proofs.FINISHED]
    assert proof.certain
    assert proof.tale.steps[-1].move.to == "DECIDED"


def test_an_ordinary_procedure_whose_window_nobody_starts_is_caught(real_tree):
    change(real_tree, r"starts: \[penalty\.defence-window, ", "starts: [")
    report = verify(load(real_tree), ORDINARY, only=[proofs.STARTED])
    assert "penalty.defence-window" in failed(report, proofs.STARTED)
