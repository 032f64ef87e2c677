"""What measures ask of the registers."""

from datetime import date, timedelta

import pytest

from tests import cast
from zhiheng.elements import api as elements
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, Grant, Item, Laboratory

ON = date(2026, 11, 20)
ORGAN = "QH-ZF"


def coercion_item(mode: str) -> None:
    """A coercion item of the county's organ, held in this way."""
    base = Item.objects.known().get(code="QH-CG-018")
    left = ("id", "uid", "code", "name", "kind", "known_from")
    names = [f.attname for f in Item._meta.concrete_fields if f.attname not in left]
    kept = {name: getattr(base, name) for name in names}
    (row,) = store([Item(code=f"QH-QZ-{mode}", name="扣押工具", kind="COERCION", **kept)])
    held = Body.objects.as_of(ON).get(code=ORGAN)
    store([Grant(item=row, body=held, mode=mode, doc_no="青政通〔2023〕5号", **header())])


@pytest.mark.django_db
@pytest.mark.law("acl-2011:17")
def test_only_a_coercion_item_in_the_bodys_own_name_lets_it_coerce():
    cast.county()
    assert not elements.may_coerce(body_code=ORGAN, region_code="339901", on=ON), "只有处罚事项"
    coercion_item("ENTRUSTED")
    assert not elements.may_coerce(body_code=ORGAN, region_code="339901", on=ON), "委托的不算"
    coercion_item("CENTRALISED")
    assert elements.may_coerce(body_code=ORGAN, region_code="339901", on=ON)


@pytest.mark.django_db
def test_a_laboratory_whose_accreditation_is_over_is_listed_as_such():
    cast.county()
    one = Laboratory.objects.active(ON).order_by("accredited_until").last()
    assert dict(elements.laboratories(on=one.accredited_until))[one.name] is True
    after = one.accredited_until + timedelta(days=1)
    assert dict(elements.laboratories(on=after)).get(one.name, False) is False
