"""What the loader has to say to the person who edits a rule file."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from zhiheng.kernel.errors import ZhihengError

SHOWN = 12
NEAR = 0.76


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one line: what it is, what is known, what to do next."""

    file: str
    line: int
    what: str
    known: str = ""
    next_step: str = ""

    def __str__(self) -> str:
        """Return the three-line form that `rulebook check` prints."""
        lines = [f"{self.file}:{self.line}: {self.what}"]
        if self.known:
            lines.append(f"    已知：{self.known}")
        if self.next_step:
            lines.append(f"    下一步：{self.next_step}")
        return "\n".join(lines)


class RulebookError(ZhihengError):
    """The rulebook cannot be used; `problems` says why, line by line."""

    def __init__(self, *, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__(
            f"规则书有 {len(self.problems)} 处不能用。",
            next_step="请按文件和行号逐处改正，再运行 manage.py rulebook check。",
        )

    def __str__(self) -> str:
        """Return the sentence and every problem below it."""
        return "\n".join([f"规则书有 {len(self.problems)} 处不能用。", *map(str, self.problems)])


class UnknownRule(ZhihengError):
    """A rule, step or parameter was asked for that the rulebook does not hold."""


def known_among(*, word: str, choices: Iterable[str]) -> str:
    """Return a sentence part with the nearest names, or the list when it is short."""
    names = sorted(set(choices))
    near = get_close_matches(word, names, n=2, cutoff=NEAR)
    if near or (near := get_close_matches(word, names, n=1)):
        return f"您是否想写 {'、'.join(near)}？"
    if not names:
        return "目前一个也没有。"
    rest = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + rest + "。"
