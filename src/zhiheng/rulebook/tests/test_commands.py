"""What `manage.py rulebook …` prints; and what a change reaches."""

import subprocess

import pytest

from zhiheng.kernel.errors import ZhihengError
from zhiheng.rulebook import cli
from zhiheng.rulebook.impact import compare, earlier, still_ahead
from zhiheng.rulebook.loader import PROJECT_ROOT, load
from zhiheng.rulebook.tests.conftest import MINI


@pytest.fixture
def run(capsys):
    def call(*words: str, root=MINI) -> tuple[int, str]:
        code = cli.main(["--root", str(root), *words])
        return code, capsys.readouterr().out

    return call


def test_check_counts_what_there_is(run):
    code, text = run("check", "--stories")
    assert code == 0
    assert "可用：法规 1，事实 18，参数 2，护栏 9，程序 1" in text
    assert "故事 1 个，全部通过。" in text


def test_check_of_a_broken_rulebook_names_file_and_line(run, tree, edit):
    edit("guards/mini.yaml", "mode: block", "mode: blok")
    code, text = run("check", root=tree)
    assert code == 1
    assert "guards/mini.yaml:5: G-006.mode 不能是" in text
    assert "请按文件和行号逐处改正" in text


def test_show_tells_a_guard_a_deadline_and_a_procedure(run):
    assert "条件：fine_decided <= fine_notified" in run("show", "G-065")[1]
    assert "用在：小普通程序：作出处罚决定" in run("show", "G-065")[1]
    assert (
        "90日（领域 base）自 2021-07-15，现行。《行政处罚法》第六十条"
        in run("show", "penalty.decision")[1]
    )
    assert "作出处罚决定（decide，agency_head）→ 已决定" in run("show", "penalty.mini")[1]
    assert "护栏 G-006 两名以上持证人员" in run("show")[1]


def test_what_is_not_there_is_answered_with_the_nearest(run):
    code, text = run("show", "G-056")
    assert code == 1
    assert "没有编号为 G-056 的规则。" in text
    assert "G-006" in text or "G-065" in text


def test_verify_prints_counter_examples_as_stories(run):
    code, text = run("verify", "penalty.mini", "--omit", "G-063", "--quick")
    assert code == 1
    assert "✗ 不变式 I-1：告知并且申辩期已过：会被打破。" in text
    assert "procedure: penalty.mini" in text
    assert "- {do: decide" in text


def test_try_runs_a_file_from_anywhere_and_a_story_by_title(run, tmp_path):
    text = (MINI / "stories" / "heavier.yaml").read_text("utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("blocked_by: [G-063]", "blocked_by: [G-064]"), "utf-8")
    code, told = run("try", str(path))
    assert code == 1
    assert "✗ G-064 应当挡住“作出处罚决定”，却没有挡。" in told
    assert run("try", "告知五千")[0] == 0
    assert "没有故事“别的”。" in run("try", "别的")[1]
    path.write_text(text.replace("do: file", "do: fille"), "utf-8")
    assert "mine.yaml:5: 步骤 fille 不存在。" in run("try", str(path))[1]


def test_due_tells_each_day(run):
    code, text = run("due", "penalty.defence-window", "--start", "2026-09-28")
    assert code == 0
    assert "2026-10-01  －  国庆节放假，不是工作日" in text
    assert text.endswith("届满：2026-10-12\n") or "届满：" in text
    paused = run("due", "penalty.decision", "--start", "2026-03-02", "--suspend",
                 "2026-04-01..2026-04-10")[1]  # fmt: skip
    assert "届满：2026-06-10" in paused
    assert "还没有" not in paused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--start", "三月"], "没有“三月”这一天。"),
        (["--start", "2026-03-02", "--suspend", "2026-04-01"], "中止期间“2026-04-01”写得不对。"),
        (["--start", "2020-03-02"], "在 2020-03-02 没有可用的值"),
    ],
)
def test_due_answers_bad_input_with_a_sentence(words, said, run):
    code, text = run("due", "penalty.decision", *words)
    assert code == 1
    assert said in text


def test_due_without_an_admitted_reason_says_so(run):
    text = run("due", "penalty.defence-window", "--start", "2026-03-02",
               "--suspend", "2026-03-03..2026-03-04")[1]  # fmt: skip
    assert "这个期限没有可以扣除的中止事由。" in text


def test_diagram_writes_a_file(run, tmp_path):
    target = tmp_path / "p.svg"
    assert run("diagram", "penalty.mini", "--output", str(target))[0] == 0
    assert target.read_text("utf-8").startswith("<svg")
    assert run("diagram", "penalty.mini", "--format", "bpmn")[1].startswith("<?xml")


def test_impact_tells_what_changed_and_which_steps_it_reaches(run, tree, edit):
    edit("guards/mini.yaml", "says: 承办的持证执法人员不足两名。请先指派。", "says: 请指派两名。")
    edit("parameters/decision.yaml", "amount: 90", "amount: 60")
    edit("procedures/mini.yaml", "    title: 法制审核\n", "    title: 审核\n")
    changes = {change.id: change for change in compare(old=load(MINI), new=load(tree))}
    assert set(changes) == {"G-006", "penalty.decision", "penalty.mini"}
    assert changes["G-006"].parts[0][0] == "says"
    assert changes["G-006"].steps == {"penalty.mini": ("file", "conclude", "notify", "decide")}
    assert changes["penalty.decision"].parts == (("values[1].value", "90", "60"),)
    assert changes["penalty.decision"].steps == {"penalty.mini": ("file", "decide")}
    assert changes["penalty.mini"].steps == {"penalty.mini": ("review",)}
    code, text = run("impact", "--against", str(MINI), root=tree)
    assert code == 0
    assert "修改护栏 G-006 两名以上持证人员" in text
    assert "共 3 处不同。" in text


def test_impact_asks_which_matters_are_touched(tree, edit):
    edit("parameters/decision.yaml", "amount: 90", "amount: 60")
    lines: list[str] = []
    options = cli.argparse.ArgumentParser()
    cli.add_arguments(options)
    chosen = options.parse_args(["--root", str(tree), "impact", "--against", str(MINI)])
    cli.run(chosen, out=lines.append, touched=lambda found: [f"涉及 {found[0].id}"])
    assert lines[-1] == "涉及 penalty.decision"


def test_an_added_and_a_removed_rule_are_told(tree):
    (tree / "parameters" / "window.yaml").rename(tree / "parameters" / "window2.yaml")
    path = tree / "parameters" / "new.yaml"
    path.write_text((tree / "parameters/window2.yaml").read_text("utf-8").replace(
        "id: penalty.defence-window", "id: penalty.other"), "utf-8")  # fmt: skip
    forth = compare(old=load(MINI), new=load(tree))
    back = compare(old=load(tree), new=load(MINI))
    assert [(c.id, c.what) for c in forth] == [("penalty.other", "added")]
    assert [(c.id, c.what) for c in back] == [("penalty.other", "removed")]


def test_a_revision_of_git_is_compared(tree, edit):
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
                       cwd=tree, check=True, capture_output=True)  # fmt: skip

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    edit("parameters/decision.yaml", "amount: 90", "amount: 60")
    with earlier(root=tree, against="HEAD") as old:
        assert [change.id for change in compare(old=old, new=load(tree))] == ["penalty.decision"]
    with pytest.raises(ZhihengError, match="既不是文件夹"), earlier(root=tree, against="nothing"):
        pass


def test_only_steps_still_ahead_of_a_matter_count(mini):
    procedure = mini.procedure("penalty.mini")
    ahead = still_ahead(procedure=procedure, state="NOTIFIED", steps=["file", "decide", "defend"])
    assert ahead == ("decide", "defend")
    assert still_ahead(procedure=procedure, state="DECIDED", steps=["decide"]) == ()


def test_a_changed_discretion_table_names_its_item_and_the_steps_that_choose_a_tier(real_tree):
    path = real_tree / "discretion" / "shopfront.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: 新", 1), "utf-8")
    [found] = compare(old=load(PROJECT_ROOT), new=load(real_tree))
    assert (found.kind, found.what) == ("table", "changed")
    assert found.item == load(PROJECT_ROOT).tables[found.id].item
    assert "conclude" in found.steps["penalty.ordinary"]
