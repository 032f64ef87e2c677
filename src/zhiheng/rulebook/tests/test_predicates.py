import pytest

from zhiheng.rulebook.typecheck import PredicateError, check_predicate


@pytest.mark.parametrize(
    "source",
    [
        "officers_certified >= 2",
        "fine_decided <= fine_notified || fresh_notice_served",
        "fine_decided * 100 <= fine_notified * 30",
        "fine_decided <= 20000",
        "party_kind == 'CITIZEN'",
        'party_kind in ["CITIZEN", "ORG"]',
        'party_kind != null && party_kind != "CITIZEN"',
        "seen_on != null && seen_on + 730 >= 739000",
        "size(grounds) == 0 || 'MINOR' in grounds",
        "review_due ? review_passed : true",
        "!(defence_points - defence_answered > 0)",
        'note != ""',
    ],
)
def test_a_truth_about_declared_facts_is_accepted(source, mini):
    check_predicate(source=source, facts=mini.all_facts)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("officers_certified", "条件的结果应是真或假，现在是数"),
        ("officers_certified >= '2'", ">= 两边不是一类：数与文字"),
        ("officers_certified == fine_decided", "== 两边不是一类：数与金额（分）"),
        ("fine_decided + officers_certified > 0", "+ 两边不是一类：金额（分）与数"),
        ("fine_decided * fine_notified > 0", "不能这样算：金额（分） * 金额（分）"),
        ("notice_served && officers_certified", "“且、或、非”两边应是真或假，这里是数"),
        ("!officers_certified", "“且、或、非”两边应是真或假"),
        ("party_kind == 'CITZEN'", "事实 party_kind（当事人类别）没有选项 CITZEN"),
        ('party_kind in ["CITIZEN", "PERSON"]', "没有选项 PERSON"),
        ("party_kind > 'A'", "选项不能比大小"),
        ("party_kind != 'CITIZEN'", "可能还不知道，不知道时这里会算作符合"),
        ("!(party_kind == 'CITIZEN')", "可能还不知道"),
        ("!(party_kind in ['CITIZEN'])", "可能还不知道"),
        ("seen_on > null", "空不能比大小"),
        ("size(note) > 3", "数文字时它数的是字节，不是字数"),
        ("size(officers_certified) > 3", "size() 只能数清单"),
        ("matches(note, 'a')", "条件里不能用函数 matches"),
        ("note.startsWith('a')", "不认识从“.startsWith(”开始的写法"),
        ("grounds == grounds", "清单请用 in 或 size()"),
        ("officers_certified >= 2.5", "不认识从"),
        ("officers_certified = 2", "不认识从"),
        ("officers_certified >= ", "这里应当是事实、数或括号，写的是 结尾"),
        ("(officers_certified >= 2", "这里应当是 )，写的是 结尾"),
        ("officers_certified >= 2 review_due", "读到 review_due 就读不下去了"),
        ("review_due ? 1 : review_passed", "问号后的两个值不是一类：数与是否"),
        ("seen_on + seen_on > 0", "两个日期只能相减"),
        ("seen_on * 2 > 0", "不能这样算"),
        ("defence_pionts > 0", "事实 defence_pionts 没有声明"),
    ],
)
def test_what_cannot_be_right_is_refused(source, said, mini):
    with pytest.raises(PredicateError) as caught:
        check_predicate(source=source, facts=mini.all_facts)
    assert said in str(caught.value)
