"""Each rule of upkeep: one that fires, one near miss, one that is mended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Model

from tests import cast
from zhiheng.elements import services
from zhiheng.elements.models import (
    Basis,
    BasisNode,
    Benchmark,
    Body,
    CaseExample,
    DocTemplate,
    Grant,
    Item,
    Officer,
    UpkeepItem,
)
from zhiheng.elements.upkeep import rules
from zhiheng.elements.upkeep.sweep import sweep

pytestmark = pytest.mark.usefixtures("county")
ON = cast.ON
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def one(model, **by):
    return model.objects.active(ON).get(**by)


def ended(row, on: date):
    return services.end(row=row, valid_until=on, at=AT)


def changed(row, **values):
    links = {f"{name}_id": to.pk for name, to in values.items() if isinstance(to, Model)}
    values = {name: to for name, to in values.items() if not isinstance(to, Model)} | links
    return services.amend(row=row, changes=values, valid_from=ON, at=AT)


def faults(rule: str, on: date = ON) -> dict[str, str]:
    return {one.key: one.says for one in rules.every()[rule].faults(on)}


def ahead(parameter: str) -> timedelta:
    return timedelta(days=rules.number(parameter, ON))


def item() -> Item:
    return one(Item, code="QH-CG-018")


def benchmark() -> Benchmark:
    return one(Benchmark, code="QH-CL-CG-018")


def law() -> Basis:
    return one(Basis, code="zj-appearance-2021")


def officer() -> Officer:
    return one(Officer, account__username=cast.OFFICER)


def entrusted() -> Grant:
    return one(Grant, mode="ENTRUSTED", item__code="QH-CG-023")


def test_an_item_whose_law_is_repealed_is_named_with_the_day():
    ended(law(), ON - DAY)
    said = faults("item.penalty")[str(item().uid)]
    assert "浙江省城市市容和环境卫生管理条例第十七条第三款" in said
    assert "2026-11-19起已失效" in said
    assert str(item().uid) in faults("item.conduct")


def test_a_law_that_ends_within_the_days_ahead_warns_and_a_later_one_does_not():
    last = ON + ahead("upkeep.ahead.law")
    row = ended(law(), last)
    assert "起失效，还没有安排接替的" in faults("item.penalty")[str(item().uid)]
    ended(row, last + DAY)
    assert str(item().uid) not in faults("item.penalty")


def test_an_item_that_moves_to_another_law_in_time_is_no_fault():
    oil = Item.objects.as_of(date(2026, 8, 1)).get(code="QH-CG-001")
    assert str(oil.uid) not in faults("item.penalty", date(2026, 8, 1))
    assert str(oil.uid) not in faults("item.penalty", ON)


def test_a_repealed_clause_of_a_law_in_force_is_found_and_mended_by_another():
    node = one(BasisNode, uid=item().penalty_basis.uid)
    changed(node, status="REPEALED")
    assert str(item().uid) in faults("item.penalty")
    changed(item(), penalty_basis=one(Item, code="QH-CG-028").penalty_basis)
    assert str(item().uid) not in faults("item.penalty")


def test_an_item_without_holder():
    assert faults("item.holder") == {}
    for grant in Grant.objects.active(ON).filter(item__uid=item().uid):
        ended(grant, ON)
    assert set(faults("item.holder")) == {str(item().uid)}
    changed(item(), status="SUSPENDED")
    assert faults("item.holder") == {}


def test_an_item_with_a_range_without_benchmark():
    changed(benchmark(), status="REPEALED")
    assert set(faults("item.benchmark")) == {str(item().uid)}
    changed(item(), fine_min_cents=1000, fine_max_cents=1000)
    assert faults("item.benchmark") == {}, "没有幅度就不用基准"


def test_a_benchmark_and_an_example_of_an_item_that_is_gone():
    example = one(CaseExample, code="QH-AL-002")
    assert faults("benchmark.item") == faults("example.item") == {}
    ended(item(), ON)
    assert set(faults("benchmark.item")) == {str(benchmark().uid)}
    assert set(faults("example.item")) == {str(example.uid)}
    assert str(benchmark().uid) in faults("benchmark.item", ON - DAY), "明天失效，今天就提醒"
    ended(benchmark(), ON)
    changed(example, item=one(Item, code="QH-CG-019"))
    assert faults("benchmark.item") == faults("example.item") == {}


def test_a_withdrawn_example():
    example = one(CaseExample, code="QH-AL-002")
    assert faults("example.withdrawn") == {}
    row = changed(example, withdrawn=True)
    assert set(faults("example.withdrawn")) == {str(example.uid)}
    changed(row, status="SUSPENDED")
    assert faults("example.withdrawn") == {}


def test_a_certificate_that_ends_soon_has_ended_or_is_renewed():
    row, days = officer(), ahead("upkeep.ahead.certificate")
    row = changed(row, cert_until=ON + days)
    assert str(row.uid) not in faults("officer.certificate"), "再早一天才提醒"
    row = changed(row, cert_until=ON + days - DAY)
    assert "到期" in faults("officer.certificate")[str(row.uid)]
    row = changed(row, cert_until=ON - DAY)
    assert "已经到期" in faults("officer.certificate")[str(row.uid)]
    changed(row, cert_until=ON + timedelta(days=900))
    assert str(row.uid) not in faults("officer.certificate")


def test_a_revoked_certificate_needs_no_renewal():
    row = changed(officer(), cert_until=ON, cert_status="REVOKED")
    assert str(row.uid) not in faults("officer.certificate")


def test_officers_and_grants_of_a_body_that_ended():
    body = one(Body, code="QH-YS")
    grants = {str(g.uid) for g in Grant.objects.active(ON).filter(body__uid=body.uid)}
    assert faults("grant.body") == {}
    ended(body, ON)
    assert set(faults("grant.body")) == grants
    assert len(faults("officer.body")) == Officer.objects.active(ON).filter(body=body).count()
    one_officer = changed(officer(), body=body)
    assert str(one_officer.uid) in faults("officer.body")
    changed(one_officer, body=one(Body, code="QH-ZF"))
    assert str(one_officer.uid) not in faults("officer.body")


def test_grants_of_an_item_that_ended_and_of_a_source_that_ended():
    ended(item(), ON)
    held = Grant.objects.active(ON).filter(item__uid=item_uid())
    assert set(faults("grant.item")) == {str(g.uid) for g in held}
    grant = entrusted()
    assert faults("grant.source") == {}
    source = Grant.objects.known().get(uid=grant.derived_from.uid)
    ended(source, ON)
    assert set(faults("grant.source")) == {str(grant.uid)}
    ended(grant, ON)
    assert faults("grant.source") == {}


def item_uid():
    return Item.objects.known().get(code="QH-CG-018").uid


def test_an_entrusted_body_whose_organ_ended():
    cleaners = one(Body, code="QH-HW")
    assert faults("body.entruster") == {}
    ended(one(Body, code="QH-ZF"), ON)
    assert set(faults("body.entruster")) == {str(cleaners.uid)}
    changed(cleaners, entrusted_by=one(Body, code="QH-SCJG"))
    assert faults("body.entruster") == {}


def test_an_entrustment_about_to_end_until_it_is_renewed():
    grant = entrusted()
    assert (
        "委托（青综执委〔2024〕1号）2027-01-01起失效" in faults("grant.entrustment")[str(grant.uid)]
    )
    early = grant.valid_until - ahead("upkeep.ahead.grant") - DAY
    assert faults("grant.entrustment", early) == {}
    renewed = Grant(
        item=grant.item, body=grant.body, mode="ENTRUSTED", derived_from=grant.derived_from,
        doc_no="青综执委〔2026〕9号", region_code=grant.region_code, valid_from=grant.valid_until,
    )  # fmt: skip
    services.record(row=renewed, at=AT)
    assert str(grant.uid) not in faults("grant.entrustment")


def test_a_body_without_notice():
    assert faults("body.notice") == {}
    row = changed(one(Body, code="QH-YS"), qualification_notice="")
    assert set(faults("body.notice")) == {str(row.uid)}
    changed(row, qualification_notice="青政公告〔2026〕9号")
    assert faults("body.notice") == {}


def test_a_form_without_version_or_without_template():
    assert faults("template.version") == {}
    row = changed(one(DocTemplate, code="F-39"), template_version="")
    assert set(faults("template.version")) == {str(row.uid)}
    row = changed(row, template_version="1", code="F-99")
    assert set(faults("template.version")) == {str(row.uid)}, "手册里没有 F-99"
    changed(row, code="F-39")
    assert faults("template.version") == {}


def test_a_register_that_is_not_there_yet_is_passed_over():
    for name in ("laboratory.accreditation", "device.calibration", "seal.certificate"):
        assert isinstance(faults(name), dict)


def test_every_rule_says_what_is_wrong_what_to_do_and_when_it_is_mended():
    for rule in rules.every().values():
        assert rule.title
        assert rule.next_step.endswith("。")
        assert rule.mended.endswith("。")
    sweep(on=ON, at=AT)
    assert not UpkeepItem.objects.filter(says="").exists()
