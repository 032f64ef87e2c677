"""Types of predicates: money is not compared with counts, nor a choice with a misspelt code.

Kinds: bool, int, cents, date, text, enum:<fact>, list; literals are number and string.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhiheng.rulebook import grammar
from zhiheng.rulebook.grammar import GrammarError, Tree
from zhiheng.rulebook.model import Fact
from zhiheng.rulebook.problems import known_among

NAMES = {
    "bool": "是否",
    "int": "数",
    "cents": "金额（分）",
    "date": "日期",
    "text": "文字",
    "list": "清单",
    "number": "数",
    "string": "文字",
    "null": "空",
}
NUMERIC = ("int", "cents", "date", "number")
Facts = Mapping[str, Fact]


class PredicateError(ValueError):
    """A predicate that cannot be right; `known` helps to mend it."""

    def __init__(self, message: str, *, known: str = "") -> None:
        super().__init__(message)
        self.known = known


def check_predicate(*, source: str, facts: Facts) -> None:
    """Refuse a predicate that is not a truth about the declared facts.

    Raises:
        PredicateError: with a Chinese sentence.
    """
    try:
        tree = grammar.read(source)
    except GrammarError as error:
        raise PredicateError(f"条件写法不通：{error}") from error
    kind = _kind(tree, facts)
    if kind != "bool":
        raise PredicateError(f"条件的结果应是真或假，现在是{_name(kind)}")
    _check_nulls(tree, facts, _null_tested(tree), positive=True)


def _name(kind: str) -> str:
    return "选项" if kind.startswith("enum:") else NAMES.get(kind, kind)


def _kind(tree: Tree, facts: Facts) -> str:
    if tree.kind in ("number", "string", "bool", "null"):
        return tree.kind
    if tree.kind == "name":
        return _kind_of_fact(tree.text, facts)
    if tree.kind == "call":
        return _kind_of_call(tree, facts)
    kinds = [_kind(part, facts) for part in tree.parts]
    if tree.kind == "list":
        return _kind_of_list(kinds)
    if tree.kind in ("&&", "||", "not"):
        for kind in kinds:
            _must(kind == "bool", f"“且、或、非”两边应是真或假，这里是{_name(kind)}")
        return "bool"
    if tree.kind == "?":
        _must(kinds[0] == "bool", f"问号前应是真或假，这里是{_name(kinds[0])}")
        return _common(kinds[1], kinds[2], "问号后的两个值")
    if tree.kind in grammar.RELATIONS:
        _check_relation(tree, kinds, facts)
        return "bool"
    if tree.kind == "minus":
        _must(kinds[0] in NUMERIC, f"负号后应是数，这里是{_name(kinds[0])}")
        return kinds[0]
    return _kind_of_sum(tree.kind, kinds)


def _kind_of_fact(name: str, facts: Facts) -> str:
    if name not in facts:
        raise PredicateError(f"事实 {name} 没有声明", known=known_among(word=name, choices=facts))
    fact = facts[name]
    return f"enum:{name}" if fact.type == "enum" else fact.type


def _kind_of_call(tree: Tree, facts: Facts) -> str:
    if tree.text != "size" or len(tree.parts) != 1:
        raise PredicateError(f"条件里不能用函数 {tree.text}", known="只可用 size(清单)。")
    kind = _kind(tree.parts[0], facts)
    if kind != "list":
        raise PredicateError(
            f"size() 只能数清单，这里是{_name(kind)}；数文字时它数的是字节，不是字数"
        )
    return "int"


def _kind_of_list(kinds: list[str]) -> str:
    _must(bool(kinds) and len(set(kinds)) == 1, "方括号里应是同一类的值，且不能为空")
    _must(kinds[0] in ("string", "number"), "方括号里只能列文字或数")
    return f"{kinds[0]}s"


def _kind_of_sum(operator: str, kinds: list[str]) -> str:
    left, right = kinds
    sides = f"{_name(left)} {operator} {_name(right)}"
    _must(left in NUMERIC and right in NUMERIC, f"不能这样算：{sides}")
    pair = {left, right} - {"number"}
    if operator in ("*", "/", "%"):
        _must(pair != {"date"} and len(pair - {"int"}) <= 1, f"不能这样算：{sides}")
        if operator == "/" and left == right:
            return "int"
        _must(not (operator == "*" and left == right == "cents"), f"不能这样算：{sides}")
        return next(iter(pair - {"int"}), "int" if pair else "number")
    if left == right == "date":
        _must(operator == "-", "两个日期只能相减")
        return "int"
    if "date" in pair:
        _must(left == "date" and pair <= {"date", "int"}, f"不能这样算：{sides}")
        return "date"
    return _common(left, right, f"{operator} 两边")


def _common(left: str, right: str, where: str) -> str:
    if left == right:
        return left
    for one, other in ((left, right), (right, left)):
        if one == "number" and other in NUMERIC:
            return other
        if one == "null":
            return other
        if one == "string" and (other == "text" or other.startswith("enum:")):
            return other
    raise PredicateError(f"{where}不是一类：{_name(left)}与{_name(right)}")


def _check_relation(tree: Tree, kinds: list[str], facts: Facts) -> None:
    left, right = kinds
    if tree.kind == "in":
        _check_membership(tree, left, right, facts)
        return
    common = _common(left, right, f"{tree.kind} 两边")
    if tree.kind not in ("==", "!="):
        _must("null" not in kinds, "空不能比大小，请先写“事实 != null &&”")
        _must(common in NUMERIC, f"{_name(common)}不能比大小")
    _must(common not in ("list", "strings", "numbers"), "清单请用 in 或 size()，不要直接比较")
    for part, other in zip(tree.parts, reversed(kinds), strict=True):
        if part.kind == "string" and other.startswith("enum:"):
            _check_choice(part.text, facts[other.removeprefix("enum:")])


def _check_membership(tree: Tree, left: str, right: str, facts: Facts) -> None:
    if right == "list":
        _must(left in ("string", "text") or left.startswith("enum:"), "清单里只有文字")
        return
    if right == "strings":
        _must(left == "text" or left.startswith("enum:"), f"in 左边应是文字，这里是{_name(left)}")
        if left.startswith("enum:"):
            for part in tree.parts[1].parts:
                _check_choice(part.text, facts[left.removeprefix("enum:")])
        return
    _must(right == "numbers" and left in NUMERIC, "in 右边应是清单或方括号")


def _check_choice(code: str, fact: Fact) -> None:
    if code not in fact.choices:
        raise PredicateError(
            f"事实 {fact.id}（{fact.title}）没有选项 {code}",
            known=known_among(word=code, choices=fact.choices),
        )


def _null_tested(tree: Tree) -> frozenset[str]:
    """Return the facts that the predicate itself compares with null."""
    found = frozenset[str]().union(*(_null_tested(part) for part in tree.parts))
    if tree.kind in ("==", "!=") and any(part.kind == "null" for part in tree.parts):
        return found | {part.text for part in tree.parts if part.kind == "name"}
    return found


def _check_nulls(tree: Tree, facts: Facts, tested: frozenset[str], *, positive: bool) -> None:
    """Refuse `x != "A"` where x may be unknown: unknown would count as different, so as lawful."""
    if tree.kind == "not":
        _check_nulls(tree.parts[0], facts, tested, positive=not positive)
        return
    passes_on_null = (tree.kind == "!=") if positive else (tree.kind in ("==", "in"))
    if passes_on_null and not any(part.kind == "null" for part in tree.parts):
        for part in tree.parts:
            fact = facts.get(part.text) if part.kind == "name" else None
            if fact is not None and fact.initial is None and fact.id not in tested:
                raise PredicateError(
                    f"事实 {fact.id}（{fact.title}）可能还不知道，不知道时这里会算作符合；"
                    f"请写 {fact.id} != null && …"
                )
    for part in tree.parts:
        _check_nulls(part, facts, tested, positive=positive)


def _must(holds: bool, message: str) -> None:
    if not holds:
        raise PredicateError(message)
