"""Every way in which anything can end has its journey; blocks inside a procedure, a story."""

import ast
from pathlib import Path

from tests.journeys.ends import ENDS
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.stories import run_story

AT_LEAST = 24


def endings():
    """All endings of all procedures, as procedure/STATE."""
    book = rulebook.current()
    return {
        f"{name}/{code}"
        for name in book.procedures
        for code, state in book.procedure(name).states.items()
        if state.final
    }


def stands_alone(name):
    """Whether a dossier of its own is led under it; blocks of another procedure have none."""
    return name.startswith(("penalty.", "clue.")) or rulebook.current().procedure(name).attaches


def journeys():
    """module::test of every journey there is."""
    return {
        f"{path.stem.removeprefix('test_')}::{each.name.removeprefix('test_')}"
        for path in Path(__file__).parent.glob("test_*.py")
        for each in ast.parse(path.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def test_every_ending_has_a_journey_that_is_there():
    wanted = {end for end in endings() if stands_alone(end.partition("/")[0])}
    assert set(ENDS) == wanted, "请在 tests/journeys/ends.py 写上走到这个终点的流程测试"
    assert not set(ENDS.values()) - journeys(), "表里的流程测试不存在"
    assert len(set(ENDS.values())) >= AT_LEAST


def test_every_ending_is_reached_by_a_story():
    book = rulebook.current()
    told = {
        f"{story.procedure}/{line.state}"
        for story in book.stories
        for line in run_story(book, story).lines
    }
    assert not endings() - told, "这些终点没有办案故事走到"
