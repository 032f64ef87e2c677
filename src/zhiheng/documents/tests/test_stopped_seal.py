"""A seal that is out of use stands on no document."""

import pytest

from tests import cast
from zhiheng.documents import services
from zhiheng.documents.models import Document
from zhiheng.documents.tests.factories import AT, dossier, sample
from zhiheng.elements.models import Seal
from zhiheng.elements.services import amend
from zhiheng.kernel.errors import Conflict


@pytest.mark.django_db
def test_no_document_is_issued_with_a_seal_out_of_use():
    cast.county()
    seal = Seal.objects.active(AT.date()).get(body__code="QH-ZF")
    stop = {"status": "SUSPENDED", "templates": []}
    stopped = amend(row=seal, changes=stop, valid_from=AT.date(), at=AT)
    case, facts = dossier(), sample("F-39")
    with pytest.raises(Conflict, match="正在停用"):
        services.prepare_document(dossier=case, code="F-39", facts=facts, actor=None, at=AT)
    assert not Document.objects.exists()
    amend(row=stopped, changes={"status": "ACTIVE"}, valid_from=AT.date(), at=AT)
    made = services.prepare_document(dossier=case, code="F-39", facts=facts, actor=None, at=AT)
    assert made.state == "ISSUED"
