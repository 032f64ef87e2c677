"""Each proof can fail: a procedure broken on purpose is caught, with a story."""

import pytest

from zhiheng.rulebook import verify as proofs
from zhiheng.rulebook.loader import load
from zhiheng.rulebook.machine import build_machine
from zhiheng.rulebook.reporting import report_lines
from zhiheng.rulebook.search import Finder
from zhiheng.rulebook.tests.brute import explore
from zhiheng.rulebook.verify import verify

P = "procedures/mini.yaml"
GUARDS = ["G-006", "G-016", "G-038", "G-062", "G-063", "G-064", "G-065", "G-069"]


def failed(report, kind):
    return {proof.subject for proof in report.failures if proof.kind == kind}


def path(proof):
    return [step.move.id for step in proof.tale.steps]


def test_the_small_procedure_is_proved(mini):
    report = verify(mini, "penalty.mini")
    assert {f"{p.kind} {p.subject}" for p in report.failures} == {"护栏不多余 G-062"}
    text = "\n".join(report_lines(report=report, verbose=True))
    assert "不变式：7/7" in text
    assert "没有死路：1/1" in text


@pytest.mark.parametrize("omit", [frozenset(), *map(frozenset, ([g] for g in GUARDS)),
                                  frozenset({"G-063", "G-064"}), frozenset(GUARDS)])  # fmt: skip
def test_slices_and_a_simple_minded_search_agree(omit, mini):
    procedure = mini.procedure("penalty.mini")
    reached, taken, broken, _ = explore(mini, procedure, omit=omit)
    report = verify(mini, "penalty.mini", omit=omit, ablate=False)
    assert failed(report, proofs.INVARIANT) == broken
    steps = {p.subject for p in report.proofs if p.kind == proofs.OFFERED and p.ok}
    assert steps == taken
    states = {p.subject for p in report.proofs if p.kind == proofs.REACHED and p.ok}
    assert states == reached


@pytest.mark.parametrize(
    ("guard", "invariant", "story"),
    [
        ("G-063", "I-1", ["file", "conclude", "notify", "decide"]),
        ("G-064", "I-2", ["file", "conclude", "notify", "defend", "waive", "decide"]),
        ("G-065", "I-3", ["file", "conclude", "notify", "waive", "decide"]),
        ("G-069", "I-4", ["file", "conclude", "notify", "waive", "decide"]),
        ("G-006", "I-5", ["file", "conclude", "notify", "waive", "decide"]),
        ("G-038", "I-6", ["file"]),
    ],
)
def test_without_a_guard_the_shortest_unlawful_story_is_told(guard, invariant, story, mini):
    report = verify(mini, "penalty.mini", omit=frozenset({guard}), ablate=False)
    [proof] = [p for p in report.failures if p.subject == invariant]
    assert len(path(proof)) == len(story)
    assert [p for p in path(proof) if p in story] == [p for p in story if p in path(proof)]
    assert path(proof)[-1] == story[-1]
    lines = "\n".join(report_lines(report=report))
    assert f"✗ 不变式 {invariant}" in lines
    assert f"{{do: {story[-1]}" in lines


def test_each_guard_is_missed_by_an_invariant_or_told_idle(mini):
    report = verify(mini, "penalty.mini")
    needed = {p.subject: p.text for p in report.proofs if p.kind == proofs.NEEDED and p.ok}
    assert set(needed) == set(GUARDS) - {"G-062"}
    assert "I-3（不因申辩加重）就被打破" in needed["G-065"]


def test_a_guard_that_only_a_story_misses_is_needed(tree, edit):
    edit("invariants/mini.yaml", "must: fine_decided <= fine_notified", "must: fine_decided > 0")
    report = verify(load(tree), "penalty.mini")
    assert "G-065" not in failed(report, proofs.NEEDED)
    text = [p.text for p in report.proofs if (p.kind, p.subject) == (proofs.NEEDED, "G-065")]
    assert text == ["没有“不得因申辩加重”，故事“告知五千，申辩后决定八千”里不该办的就办成了。"]


def test_a_second_lock_is_not_idle(tree, edit):
    edit(
        "guards/mini.yaml",
        "  title: 已依法告知\n",
        "  title: 已依法告知\n  second_lock: 状态保证。\n",
    )
    edit(P, "from: [INVESTIGATED, NOTIFIED]\n    to: DECIDED", "from: [NOTIFIED]\n    to: DECIDED")
    assert verify(load(tree), "penalty.mini").ok


def test_a_dead_end_is_found_with_the_way_into_it(tree, edit):
    edit(P, "from: [FILED, INVESTIGATED, NOTIFIED]\n    to: WITHDRAWN",
         "from: [FILED, INVESTIGATED]\n    to: WITHDRAWN")  # fmt: skip
    edit(P, "from: [INVESTIGATED, NOTIFIED]\n    to: FILED", "from: [INVESTIGATED]\n    to: FILED")
    report = verify(load(tree), "penalty.mini", ablate=False)
    [proof] = [p for p in report.failures if p.kind == proofs.FINISHED]
    assert (proof.subject, proof.certain) == ("NOTIFIED", True)
    assert path(proof) == ["file", "conclude", "notify"]
    assert proof.tale.steps[1].given == {"review_due": True}, "no review can be made up for here"


def test_what_can_be_corrected_is_no_dead_end(tree, edit):
    edit(P, "from: [FILED, INVESTIGATED, NOTIFIED]\n    to: WITHDRAWN",
         "from: [FILED, INVESTIGATED]\n    to: WITHDRAWN")  # fmt: skip
    report = verify(load(tree), "penalty.mini", ablate=False)
    assert not failed(report, proofs.FINISHED), "one may return the report and have it reviewed"


def test_a_limitation_that_passes_is_no_dead_end_but_a_missing_exit_is(tree, edit):
    edit(P, "  refuse_filing:\n    title: 不予立案\n    from: [PROPOSED]",
         "  refuse_filing:\n    title: 不予立案\n    from: [FILED]")  # fmt: skip
    report = verify(load(tree), "penalty.mini", ablate=False)
    [proof] = [p for p in report.failures if p.kind == proofs.FINISHED]
    assert proof.subject == "PROPOSED"
    assert proof.tale.steps == ()


def test_an_unreachable_state_and_step_are_found(tree, edit):
    edit(P, "    to: NOTIFIED\n", "    to: INVESTIGATED\n")
    report = verify(load(tree), "penalty.mini", ablate=False)
    assert failed(report, proofs.REACHED) == {"NOTIFIED"}
    assert {"defend", "answer", "waive"} <= failed(report, proofs.OFFERED)


def test_a_step_whose_guards_exclude_each_other_is_found(tree, edit):
    edit(P, "    guards: [G-006]\n    asks: [review_due]",
         "    guards: [G-006, G-062]\n    asks: [review_due]")  # fmt: skip
    report = verify(load(tree), "penalty.mini", ablate=False)
    assert "conclude" in failed(report, proofs.OFFERED)
    assert "INVESTIGATED" in failed(report, proofs.REACHED)


def test_a_deadline_without_a_start_is_found(tree, edit):
    edit(P, "    starts: [penalty.defence-window]\n", "")
    report = verify(load(tree), "penalty.mini", ablate=False)
    assert failed(report, proofs.STARTED) == {"penalty.defence-window"}


def test_a_guard_that_never_blocks_and_one_that_never_lets_pass_are_found(tree, edit):
    edit("facts/mini.yaml", "explore: [2, 1]", "explore: [2, 3]")
    edit("guards/mini.yaml", "when: defence_answered >= defence_points",
         "when: defence_answered > defence_points + 5")  # fmt: skip
    edit("guards/mini.yaml", "{defence_points: 1, defence_answered: 1}, holds: true",
         "{defence_points: 1, defence_answered: 9}, holds: true")  # fmt: skip
    report = verify(load(tree), "penalty.mini", ablate=False)
    assert "G-006" in failed(report, proofs.NEVER_FALSE)
    assert "G-064" in failed(report, proofs.NEVER_TRUE)


def test_a_window_counts_anew_after_a_second_notice(tree, edit):
    """Without the reset, the old window would let the second notice be decided at once."""
    edit(P, ", defence_waived, defence_window_over]", "]")
    book = load(tree)
    assert verify(book, "penalty.mini", ablate=False).ok, "starting a deadline resets its facts"
    edit(P, "    starts: [penalty.defence-window]\n", "")
    assert failed(verify(load(tree), "penalty.mini", ablate=False), proofs.STARTED)


def test_a_regional_guard_takes_part_in_the_proof(tree):
    folder = tree / "regions" / "33" / "guards"
    folder.mkdir(parents=True)
    (folder.parent / "region.yaml").write_text(
        'code: "33"\ntitle: 某省\nlevel: province\n', "utf-8"
    )
    (folder / "g.yaml").write_text(
        "G-33-01:\n  title: 不得立案\n  when: fresh_notice_served\n"
        '  basis: {statute: apl-2021, article: "60"}\n  mode: block\n  says: 请先释明。\n'
        "  status: active\n  checked: {on: 2026-11-21, by: legal}\n"
        "  cases:\n    - {name: 是, given: {fresh_notice_served: true}, holds: true}\n"
        "    - {name: 否, given: {fresh_notice_served: false}, holds: false}\n"
        "  applies: [{procedure: penalty.mini, step: file}]\n",
        "utf-8",
    )
    book = load(tree)
    assert "file" in failed(
        verify(book, "penalty.mini", region="3301", ablate=False), proofs.OFFERED
    )
    assert not failed(verify(book, "penalty.mini", region="35", ablate=False), proofs.OFFERED)


def test_what_is_given_late_is_told_where_it_was_filled_in(mini):
    machine = build_machine(mini, mini.procedure("penalty.mini"), omit=frozenset({"G-069"}))
    report = verify(mini, "penalty.mini", omit=frozenset({"G-069"}), ablate=False)
    [proof] = [p for p in report.failures if p.subject == "I-4"]
    conclude = next(step for step in proof.tale.steps if step.move.id == "conclude")
    assert conclude.given == {"review_due": True}
    assert Finder(machine).find(invariant="I-4").certain
