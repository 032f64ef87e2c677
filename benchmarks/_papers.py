"""The papers of the rulebook and their sample facts, for the benchmark of documents."""

from collections.abc import Iterator
from typing import Any


def paper_of(name: str) -> Any:
    """A paper by its code, or by code and variant: "F-39", "F-23-DECISION"."""
    from zhiheng.documents import selectors

    template = selectors.template_of(code=name[:4])
    return template.papers[name[5:]] if name[4:] else template


def every_paper() -> list[str]:
    """The names of all papers of the rulebook."""
    from zhiheng.documents import manifests, selectors

    papers = manifests.papers_of(templates=selectors.templates())
    return ["-".join(part for part in (one.code, one.variant) if part) for one in papers]


def facts_of(code: str, case: int) -> dict:
    """The sample facts of a document, a little different in every case."""
    from zhiheng.documents import manifests

    facts = manifests.sample_facts(paper=paper_of(code))
    if "case_no" in facts:
        facts["case_no"] = f"青综执立〔2026〕{case:06d}"
    return facts


def lines_of(code: str, case: int) -> Iterator[tuple[str, str]]:
    """A document as label and words, for the peers: the same facts, plainly laid out."""
    from zhiheng.documents import policies

    template = paper_of(code)
    shown = policies.presented(template=template, facts=facts_of(code, case))
    for field in template.fields:
        value = policies.at_path(facts=shown, name=field.name)
        if value is not None:
            yield field.title, words_of(value)


def words_of(value: object) -> str:
    """A presented value as one text."""
    if isinstance(value, dict):
        return "　".join(words_of(part) for part in value.values() if part is not None)
    if isinstance(value, list):
        return "；".join(words_of(part) for part in value)
    return str(value)
