"""Strict YAML: what a lawyer wrote is what is read, and every value knows its line.

Refused: duplicate keys, yes/no/on/off as values, numbers with leading zeros, 12:30 and 1_000
without quotes, True/NULL and other spellings, anchors, aliases, merge keys and tags. Dates stay
text here; the schema says where a date belongs and the builder reads it.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from zhiheng.rulebook.problems import Problem

STANDARD = "tag:yaml.org,2002:"
TAGS = {"str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value"}
PLAIN_INT = re.compile(r"0|-?[1-9][0-9]*")
PLAIN_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
LITERALS = {"true": True, "false": False, "null": None, "": None}
AMBIGUOUS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"}
NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9_]*(:[0-9]{1,2})+|[-+]?0[0-9]+|[-+]?[0-9][0-9_]*_[0-9]+")
ODD_NUMBER = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+|[-+]?[0-9.]+[eE][-+]?[0-9]+|\+[0-9]+|[-+]?\.inf")


class Lined(dict[str, Any]):
    """A mapping that knows the line it starts on and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, *, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """Return the line of `key`, or of the mapping when the key is not there."""
        return self.lines.get(key, self.line)


class LinedList(list[Any]):
    """A list that knows the line it starts on and the line of each entry."""

    __slots__ = ("line", "lines")

    def __init__(self, *, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []

    def at(self, index: int) -> int:
        """Return the line of the entry at `index`."""
        return self.lines[index] if index < len(self.lines) else self.line


class _Reader:
    """Turns the nodes of one file into values, and collects what is refused."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def refuse(self, line: int, what: str, next_step: str) -> None:
        self.problems.append(Problem(self.name, line, what, "", next_step))

    def value(self, node: yaml.Node, line: int = 0) -> Any:
        line = line or node.start_mark.line + 1
        if id(node) in self.seen:
            self.refuse(
                line, "这里用了别名（*）。", "请把内容原样再写一遍，让读的人在本行就看得到。"
            )
            return None
        self.seen.add(id(node))
        if node.tag.removeprefix(STANDARD) not in TAGS:
            tag = node.tag.replace(STANDARD, "!!")
            self.refuse(line, f"这里用了标签 {tag}。", "请去掉标签，只写值。")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, line)
        if isinstance(node, yaml.SequenceNode):
            entries = LinedList(line=line)
            for child in node.value:
                entries.append(self.value(child))
                entries.lines.append(child.start_mark.line + 1)
            return entries
        return self.scalar(node.value, getattr(node, "style", None), line)

    def mapping(self, node: yaml.MappingNode, line: int) -> Lined:
        found = Lined(line=line)
        for key_node, child in node.value:
            key_line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key == "<<":
                self.refuse(key_line, "键必须是一个词，不能合并或嵌套。", "请逐键写出。")
                continue
            if key in found:
                self.refuse(
                    key_line,
                    f"键 {key} 写了两次，第一次在第 {found.lines[key]} 行。",
                    "请删去其中一处；两处都要的，请换名。",
                )
                continue
            found[key] = self.value(child, key_line if id(child) in self.seen else 0)
            found.lines[key] = key_line
        return found

    def scalar(self, text: str, style: str | None, line: int) -> Any:
        if style:
            return text
        if text in LITERALS:
            return LITERALS[text]
        if text.lower() in AMBIGUOUS:
            self.refuse(
                line,
                f"{text} 有歧义：有的程序读成是/否，有的读成文字。",
                f'是否请写 true 或 false，空请写 null，文字请加引号 "{text}"。',
            )
            return None
        if PLAIN_INT.fullmatch(text):
            return int(text)
        if PLAIN_DECIMAL.fullmatch(text):
            return float(text)
        if NUMBER_LIKE.fullmatch(text) or ODD_NUMBER.fullmatch(text):
            self.refuse(
                line,
                f"{text} 会被不同程序读成不同的数。",
                f'是文字（条文号、编码、时刻）请加引号 "{text}"；是数请只写数字。',
            )
            return None
        return text


def read_yaml(*, path: Path, name: str) -> tuple[Any, list[Problem]]:
    """Return the content of one file, and the problems found in reading it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [
            Problem(name, 1, f"文件读不出来：{error}", "", "请用 UTF-8 编码保存，并核对文件权限。")
        ]
    return parse_yaml(text=text, name=name)


def parse_yaml(*, text: str, name: str) -> tuple[Any, list[Problem]]:
    """Return the value of a YAML text, and the problems found in it."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [
            Problem(
                name,
                line,
                f"YAML 写法不通：{error.problem or error.context}",
                "",
                "请检查这一行和上一行的缩进、冒号后的空格、引号和括号是否成对。",
            )
        ]
    except yaml.YAMLError as error:
        return None, [Problem(name, 1, f"YAML 写法不通：{error}", "", "请删去不可见的特殊字符。")]
    if node is None:
        return None, [Problem(name, 1, "文件是空的。", "", "请写上内容，或删去文件。")]
    reader = _Reader(name=name)
    return reader.value(node), reader.problems


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
