"""Every document of the rulebook is made by a step that somebody takes on screen."""

import re

import pytest

from tests.architecture.layers import ROOT
from zhiheng.cases.papers.making import WRITERS
from zhiheng.clues.papers import WRITERS as OF_CLUES
from zhiheng.documents import api as documents
from zhiheng.rulebook import api as rulebook

# Papers that no step names, each with who makes it.
OTHERWISE: dict[str, str] = {}
# Codes that the platform makes in a way of its own, beside the writers.
OF_THEIR_OWN = {"F-06", "F-43", "F-55"}
# Forms of a code that other organs make; we only enter their number.
OF_OTHERS = {("F-04", "DESIGNATION"): "共同的上一级机关制作，本机关登记文号和日期"}
PAPERS = ("src/zhiheng/cases/papers", "src/zhiheng/clues/papers.py")


def produced() -> dict[str, list[str]]:
    """Which steps make a document, by its code."""
    found: dict[str, list[str]] = {}
    book = rulebook.current()
    for procedure in map(book.procedure, book.procedures):
        for step in procedure.steps.values():
            for code in step.produces:
                found.setdefault(code, []).append(f"{procedure.id}/{step.id}")
    return found


@pytest.mark.django_db
def test_every_document_of_the_rulebook_is_made_by_a_step():
    codes, steps = set(documents.templates()), produced()
    assert len(codes) == 55
    assert codes - set(steps) == set(OTHERWISE), "这些文书没有哪一步制作"
    assert set(steps) <= codes, "步骤写了没有模板的文书"


@pytest.mark.django_db
def test_every_document_that_a_step_names_has_a_writer():
    unwritten = set(produced()) - set(WRITERS) - set(OF_CLUES) - OF_THEIR_OWN
    assert unwritten == set()
    assert set(WRITERS) <= set(produced()), "有写法，却没有步骤用它"


@pytest.mark.django_db
def test_every_form_of_a_document_is_written_somewhere():
    """审批表、通知书、申请书 of one code: none is left that nobody can make."""
    folders = [ROOT / name for name in PAPERS]
    files = [p for f in folders for p in (sorted(f.glob("*.py")) if f.is_dir() else [f])]
    source = "\n".join(path.read_text() for path in files)
    named = set(re.findall(r'"([A-Z][A-Z_]+)"', source)) | {
        f"{kind}_NOTICE" for kind in re.findall(r'"([A-Z]+)"', source)
    }
    forms = {
        (code, variant)
        for code, template in documents.templates().items()
        if code not in OTHERWISE
        for variant in template.papers
    }
    unwritten = {form for form in forms if form[1] not in named}
    assert unwritten == set(OF_OTHERS)
