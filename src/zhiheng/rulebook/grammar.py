"""A reader of the part of CEL that rules may use; it yields a tree for the type check.

Rules keep to comparisons, and/or/not, sums, `in`, `? :` and `size()` of lists: what a lawyer can
read aloud. Everything else of CEL is refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+)(?![0-9.a-zA-Z_])|(?P<string>\"[^\"\\]*\"|'[^'\\]*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<op>\|\||&&|==|!=|<=|>=|[-+*/%<>!?:(),\[\]]))"
)
RELATIONS = {"==", "!=", "<", "<=", ">", ">=", "in"}
BINDING = (("||",), ("&&",), tuple(RELATIONS), ("+", "-"), ("*", "/", "%"))


class GrammarError(ValueError):
    """The predicate uses something that rules may not use."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A node: `kind` is an operator, or name, number, string, bool, null, list, call."""

    kind: str
    text: str = ""
    parts: tuple[Tree, ...] = ()


def read(source: str) -> Tree:
    """Return the tree of a predicate; raises GrammarError with a Chinese sentence."""
    reader = _Reader(_tokens(source))
    tree = reader.ternary()
    if reader.peek()[1]:
        message = f"读到 {reader.peek()[1]} 就读不下去了"
        raise GrammarError(message)
    return tree


def _tokens(source: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = source.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            message = f"不认识从“{text[position : position + 12]}”开始的写法"
            raise GrammarError(message)
        kind = match.lastgroup or ""
        found.append((kind, match.group(kind)))
        position = match.end()
    found.append(("end", ""))
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at]

    def take(self, text: str = "") -> tuple[str, str]:
        token = self.tokens[self.at]
        if text and token[1] != text:
            message = f"这里应当是 {text}，写的是 {token[1] or '结尾'}"
            raise GrammarError(message)
        self.at += 1
        return token

    def ternary(self) -> Tree:
        test = self.binary(0)
        if self.peek()[1] != "?":
            return test
        self.take()
        yes = self.ternary()
        self.take(":")
        return Tree("?", "", (test, yes, self.ternary()))

    def binary(self, level: int) -> Tree:
        if level == len(BINDING):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek()[1] in BINDING[level] and self.peek()[0] != "string":
            operator = self.take()[1]
            left = Tree(operator, "", (left, self.binary(level + 1)))
        return left

    def unary(self) -> Tree:
        if self.peek() in (("op", "!"), ("op", "-")):
            operator = self.take()[1]
            return Tree("not" if operator == "!" else "minus", "", (self.unary(),))
        return self.primary()

    def primary(self) -> Tree:
        kind, text = self.take()
        if kind == "number":
            return Tree("number", text)
        if kind == "string":
            return Tree("string", text[1:-1])
        if kind == "name":
            return self.named(text)
        if text == "(":
            inner = self.ternary()
            self.take(")")
            return inner
        if text == "[":
            return Tree("list", "", self.until("]"))
        message = f"这里应当是事实、数或括号，写的是 {text or '结尾'}"
        raise GrammarError(message)

    def named(self, text: str) -> Tree:
        if text in ("true", "false"):
            return Tree("bool", text)
        if text == "null":
            return Tree("null")
        if self.peek()[1] == "(":
            self.take()
            return Tree("call", text, self.until(")"))
        return Tree("name", text)

    def until(self, end: str) -> tuple[Tree, ...]:
        parts: list[Tree] = []
        while self.peek()[1] != end:
            parts.append(self.ternary())
            if self.peek()[1] != end:
                self.take(",")
        self.take(end)
        return tuple(parts)
