"""Facts and dossiers for the tests of documents."""

from datetime import UTC, datetime
from typing import Any

from zhiheng.documents import manifests, selectors
from zhiheng.ledger import api as ledger

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SAMPLE_CODES = sorted(path.name for path in selectors.documents_root().glob("F-*"))


PAPERS = {
    "-".join(part for part in (paper.code, paper.variant) if part): paper
    for paper in manifests.papers_of(templates=selectors.templates())
}


def sample(code: str, variant: str = "") -> dict[str, Any]:
    """The sample facts of a document; of its first paper, or of the variant."""
    template = selectors.template_of(code=code)
    if template.papers:
        template = template.papers[variant] if variant else next(iter(template.papers.values()))
    return manifests.sample_facts(paper=template)


def dossier(number: str = "青综执立〔2026〕000123", parent: Any = None) -> ledger.Dossier:
    return ledger.open_dossier(
        kind="CASE",
        number=number,
        region_code="339901",
        agency_code="QH-ZF",
        title="渝香楼油烟案",
        procedure_id="penalty.ordinary",
        procedure_version=1,
        state="FILED",
        at=AT,
        actor=None,
        parent=parent,
    )
