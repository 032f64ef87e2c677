"""Each way to write a rule wrongly, and the sentence that its writer gets."""

import pytest

from zhiheng.rulebook.loader import load
from zhiheng.rulebook.problems import RulebookError

G, P, F = "guards/mini.yaml", "procedures/mini.yaml", "facts/mini.yaml"
D, S, ST = "parameters/decision.yaml", "statutes/apl-2021.yaml", "stories/heavier.yaml"

CASES = {
    "unknown key": (
        G, "  mode: block\n  says: 承办", "  mode: block\n  sayz: 1\n  says: 承办",
        "guards/mini.yaml:6: G-006 里不认识键 sayz。\n"
        "    已知：您是否想写 says？\n"
        "    下一步：请改正写法，或删去；要加新键的，先改 rulebook/_schema。",
    ),
    "missing key": (
        G, "  title: 两名以上持证人员\n", "",
        "guards/mini.yaml:1: G-006 缺少 title。",
    ),
    "article as a number": (
        G, 'article: "42"', "article: 42",
        "guards/mini.yaml:4: G-006.basis.0.article 应是文字，写的是 42。\n"
        '    下一步：条文号、编码等请加引号，写作 "42"。',
    ),
    "unknown mode": (
        G, "mode: block", "mode: blok",
        'guards/mini.yaml:5: G-006.mode 不能是 "blok"。\n    已知：您是否想写 block？',
    ),
    "bad guard id": (
        G, "G-006:", "g6:", 'guards/mini.yaml:1: 文件 写作 "g6"，不合格式。',
    ),
    "unknown statute": (
        G, "statute: apl-2021", "statute: apl-2012",
        "guards/mini.yaml:4: 法规 apl-2012 不存在。\n    已知：您是否想写 apl-2021？\n"
        "    下一步：请改正编号，或在 rulebook/statutes/ 增加这部法规的文件。",
    ),
    "unknown article": (
        G, 'article: "42"', 'article: "421"',
        'guards/mini.yaml:4: apl-2021（行政处罚法）里没有登记条文 "421"。\n    已知：您是否想写 42',
    ),
    "undeclared fact": (
        G, "when: officers_certified >= 2", "when: officer_certified >= 2",
        "guards/mini.yaml:3: 事实 officer_certified 没有声明：officer_certified >= 2\n"
        "    已知：您是否想写 officers_certified？",
    ),
    "fact of the wrong type in an example": (
        G, "given: {officers_certified: 2}", "given: {officers_certified: true}",
        "guards/mini.yaml:10: 事实 officers_certified（持证承办人数）应是整数，写的是 True。",
    ),
    "example that shows the contrary": (
        G, "given: {officers_certified: 1}, holds: false",
        "given: {officers_certified: 3}, holds: false",
        "guards/mini.yaml:11: 例子“一人”应当不符合 G-006，算出来却相反。\n    已知：持证承办人数＝3。",
    ),
    "no example that fails": (
        G, "    - {name: 一人, given: {officers_certified: 1}, holds: false}\n", "",
        "guards/mini.yaml:1: 护栏 G-006 缺少不符合（holds: false）的例子。",
    ),
    "no example at all": (
        G,
        "    - {name: 两人, given: {officers_certified: 2}, holds: true}\n"
        "    - {name: 一人, given: {officers_certified: 1}, holds: false}\n",
        "    []\n",
        "护栏 G-006 缺少符合（holds: true）和不符合（holds: false）的例子。",
    ),
    "no basis": (
        G, 'basis: [{statute: apl-2021, article: "42", paragraph: "1"}]', "basis: []",
        "guards/mini.yaml:1: 护栏 G-006 没有依据。",
    ),
    "unverified and blocking": (
        G, "checked: {on: 2026-11-21, by: legal}", "checked: {by: unverified}",
        "guards/mini.yaml:1: 护栏 G-006 待核，却不许办理（mode: block）。",
    ),
    "listing without words for supervisors": (
        G, "mode: warn", "mode: list", "列线索，却没有写对监督员怎么说。",
    ),
    "checked without a day": (
        G, "checked: {on: 2026-11-21, by: legal}", "checked: {by: legal}",
        "核对过的规则没有写核对日期。",
    ),
    "no such day": (
        G, "checked: {on: 2026-11-21, by: legal}", "checked: {on: 2026-11-31, by: legal}",
        "没有 2026-11-31 这一天。",
    ),
    "same guard twice": (
        G, "G-038:", "G-006:", "键 G-006 写了两次，第一次在第 1 行。",
    ),
    "unknown guard in a step": (
        P, "guards: [G-006, G-038]", "guards: [G-006, G-083]",
        "procedures/mini.yaml:23: 护栏 G-083 不存在。\n    已知：您是否想写",
    ),
    "unknown state": (
        P, "to: INVESTIGATED", "to: INVESTIGATE",
        "procedures/mini.yaml:33: 状态 INVESTIGATE 不存在。\n    已知：您是否想写 INVESTIGATED？",
    ),
    "unknown stage": (
        P, "stage: 告知}", "stage: 送达}", "procedures/mini.yaml:13: 阶段 送达 不存在。",
    ),
    "no final state": (
        P, "initial: PROPOSED", "initial: PROPOSE", "状态 PROPOSE 不存在。",
    ),
    "unknown deadline": (
        P, "starts: [penalty.decision]", "starts: [penalty.decison]",
        "procedures/mini.yaml:24: 期限 penalty.decison 不存在。\n    已知：您是否想写 penalty.decision？",
    ),
    "unknown role": (
        P, "by: agency_head", "by: head", 'steps.file.by 不能是 "head"。',
    ),
    "unknown fact set by a step": (
        P, "sets: {review_passed: true}", "sets: {review_pased: true}",
        "procedures/mini.yaml:42: 事实 review_pased 不存在。\n    已知：您是否想写 review_passed？",
    ),
    "wrong value set by a step": (
        P, "sets: {review_passed: true}", "sets: {review_passed: 1}",
        "事实 review_passed（法制审核通过）应是true 或 false，写的是 1。",
    ),
    "wrong value chosen": (
        P, "chooses: {fine_notified: [500000, 800000]}", "chooses: {fine_notified: [八千]}",
        "应是整数（分），写的是 '八千'。",
    ),
    "facts of the procedure lack one": (
        P, "facts: [mini]", "facts: [review_due]",
        "G-006 用到事实 officers_certified，本程序没有列出它。",
    ),
    "unknown fact file": (
        P, "facts: [mini]", "facts: [mimi]", "事实或事实文件 mimi 不存在。\n    已知：您是否想写 mini",
    ),
    "deadline fact without its deadline": (
        F, "source: deadline, deadline: penalty.decision}", "source: deadline}",
        "事实 decision_overdue：由期限算出的，须写明是哪个期限（deadline）；其他来源的不写。",
    ),
    "deadline fact of an unknown deadline": (
        F, "deadline: penalty.decision}", "deadline: penalty.decided}",
        "期限 penalty.decided 不存在。\n    已知：您是否想写 penalty.decision？",
    ),
    "choices on a fact that has none": (
        F, "type: enum, choices: {CITIZEN: 公民, ORG: 单位}", "type: enum",
        "事实 party_kind：选项（choices）与类型 enum 不相配。",
    ),
    "initial value of the wrong type": (
        F, "type: int, source: step, initial: 0", 'type: int, source: step, initial: "0"',
        "应是整数，写的是 '0'。",
    ),
    "deadline without an amount": (
        D, "amount: 90", "value: 90",
        "期限的值写得不对。\n    已知：期限写 amount 与 unit",
    ),
    "two values for one day": (
        D, "values:\n",
        "values:\n  - amount: 60\n    unit: ND\n    from: 2025-01-01\n"
        '    basis: {statute: apl-2021, article: "60"}\n    checked: {by: unverified}\n',
        "参数 penalty.decision 在同一地区、领域、时段有两个值。",
    ),
    "ends before it begins": (
        S, "in_force: {from: 2021-07-15, until: null}",
        "in_force: {from: 2021-07-15, until: 2020-01-01}",
        "失效日 2020-01-01 不晚于生效日 2021-07-15。",
    ),
    "story of an unknown step": (
        ST, "do: file", "do: fille", "步骤 fille 不存在。\n    已知：您是否想写 file",
    ),
    "story of an unknown procedure": (
        ST, "procedure: penalty.mini", "procedure: penalty.mni", "程序 penalty.mni 不存在。",
    ),
    "story running backwards": (
        ST, "on: 2026-03-09", "on: 2026-03-01", "故事里的日期倒退了。",
    ),
    "story in which nothing happens": (
        ST, "{on: 2026-03-02, do: file}", "{on: 2026-03-02}", "这一天什么也没有发生。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_line_is_named_with_what_is_known_and_what_to_do(name, tree, edit, says):
    file, old, new, expected = CASES[name]
    edit(file, old, new)
    said = says()
    assert expected in said
    assert "下一步" in said


def test_no_final_state(tree, says):
    path = tree / P
    path.write_text(path.read_text(encoding="utf-8").replace("final: true, ", ""), "utf-8")
    assert "程序没有终点。" in says()


def test_all_problems_are_told_at_once_in_order(tree, edit):
    edit(G, "when: officers_certified >= 2", "when: officers >= 2")
    edit(P, "stage: 告知}", "stage: 送达}")
    edit(D, "amount: 90", "value: 90")
    with pytest.raises(RulebookError) as caught:
        load(tree)
    files = [problem.file for problem in caught.value.problems]
    assert files == sorted(files)
    assert {G, P, D} <= set(files)
    assert caught.value.message.startswith("规则书有 ")
    assert "manage.py rulebook check" in caught.value.next_step


def test_a_document_that_no_folder_holds_is_refused(tree, edit, says):
    (tree / "documents" / "F-39").mkdir(parents=True)
    (tree / "documents" / "F-39" / "manifest.yaml").write_text("code: F-39\n", "utf-8")
    edit(
        P,
        "    meets: [penalty.decision]\n",
        "    meets: [penalty.decision]\n    produces: [F-38]\n",
    )
    assert "文书 F-38 不存在。\n    已知：您是否想写 F-39？" in says()


def test_the_version_changes_with_any_rule(tree, edit):
    before = load(tree).version
    edit(G, "says: 承办的持证执法人员不足两名。", "says: 持证执法人员不足两名。")
    assert load(tree).version != before
