"""The cast of the demo county and any number of further accounts, loaded in one go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhiheng.kernel import bulk
from zhiheng.people.models import Account, RoleGrant
from zhiheng.people.roles import Role

DEMO_REGION = "339901"
DEMO_AGENCY = "QH-ZF"
ROLES_FROM = date(2020, 1, 1)


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo: one account, one role, one agency."""

    username: str
    name: str
    role: str
    agency_code: str = DEMO_AGENCY
    unit: str = ""
    certificate_no: str = ""
    region_code: str = DEMO_REGION


CAST: tuple[DemoPerson, ...] = (
    DemoPerson("lizhifa", "李执法", Role.OFFICER, unit="城东中队", certificate_no="33990101001"),
    DemoPerson("zhouzhifa", "周执法", Role.OFFICER, unit="城东中队", certificate_no="33990101002"),
    DemoPerson(
        "wuduizhang", "吴队长", Role.UNIT_HEAD, unit="城东中队", certificate_no="33990101003"
    ),
    DemoPerson(
        "wangshenhe", "王审核", Role.LEGAL_REVIEWER, unit="法制科", certificate_no="33990101004"
    ),
    DemoPerson(
        "zhaojuzhang", "赵局长", Role.AGENCY_HEAD, unit="局领导", certificate_no="33990101005"
    ),
    DemoPerson(
        "zhengtingzheng", "郑听证", Role.HEARING_HOST, unit="法制科", certificate_no="33990101006"
    ),
    DemoPerson("fengjiexian", "冯接线", Role.INTAKE_CLERK, unit="受理中心"),
    DemoPerson("chendiaodu", "陈调度", Role.DISPATCHER, unit="指挥中心"),
    DemoPerson("qianducha", "钱督察", Role.SUPERVISOR, agency_code="QH-SF", unit="执法监督科"),
    DemoPerson("chuyaosu", "褚要素", Role.ELEMENT_ADMIN, agency_code="QH-SF", unit="执法协调科"),
    DemoPerson("weiyaosu", "魏要素", Role.ELEMENT_ADMIN, agency_code="QH-SF", unit="执法协调科"),
    DemoPerson("weizhuanjia", "卫专家", Role.EXPERT, agency_code="QH-SF", unit="专家库"),
    DemoPerson("jiangcungan", "蒋村干", Role.VILLAGE_CADRE, agency_code="QH-YS", unit="梅溪村"),
    DemoPerson("shenxitong", "沈系统", Role.SYSTEM_ADMIN, agency_code="QH-SF", unit="信息中心"),
)

SECOND_AGENCY: tuple[DemoPerson, ...] = (
    DemoPerson("linshichang", "林市场", Role.OFFICER, "QH-SCJG", "城区所", "33990102001"),
    DemoPerson("heshichang", "何市场", Role.OFFICER, "QH-SCJG", "城区所", "33990102002"),
    DemoPerson("shaosuozhang", "邵所长", Role.UNIT_HEAD, "QH-SCJG", "城区所", "33990102003"),
    DemoPerson("tongfazhi", "童法制", Role.LEGAL_REVIEWER, "QH-SCJG", "法规科", "33990102004"),
    DemoPerson("gaojuzhang", "高局长", Role.AGENCY_HEAD, "QH-SCJG", "局领导", "33990102005"),
    DemoPerson("sunguoqi", "孙过期", Role.OFFICER, "QH-ZF", "城西中队", "33990101007"),
    DemoPerson("xiduizhang", "奚队长", Role.UNIT_HEAD, "QH-ZF", "城西中队"),
    DemoPerson("zhangshouzheng", "章守正", Role.EXPERT, "QH-ZF", "驻队律师"),
    DemoPerson("maopaiqian", "毛派遣", Role.OFFICER, "QH-ZF", "城西中队", "33990101008"),
)


@transaction.atomic
def load_accounts(*, people: Iterable[DemoPerson], password: str | None) -> dict[str, Account]:
    """Create the accounts that are missing and grant each its role; return all by username.

    All share one password and therefore one hash: a demo account is no secret.
    """
    wanted = {person.username: person for person in people}
    have = Account.objects.in_bulk(list(wanted), field_name="username")
    missing = [person for name, person in wanted.items() if name not in have]
    if missing:
        have |= _create(people=missing, hashed=make_password(password))
    return have


def _create(*, people: list[DemoPerson], hashed: str) -> dict[str, Account]:
    """COPY accounts and role grants."""
    ids = bulk.take_ids(model=Account, count=len(people))
    accounts = [
        Account(
            id=number,
            password=hashed,
            username=person.username,
            name=person.name,
            region_code=person.region_code,
            agency_code=person.agency_code,
            unit=person.unit,
            certificate_no=person.certificate_no,
        )
        for number, person in zip(ids, people, strict=True)
    ]
    bulk.copy_rows(model=Account, rows=accounts)
    grant_ids = bulk.take_ids(model=RoleGrant, count=len(people))
    bulk.copy_rows(
        model=RoleGrant,
        rows=[
            RoleGrant(
                id=grant_id,
                account_id=number,
                role=str(person.role),
                region_code=person.region_code,
                agency_code=person.agency_code,
                valid_from=ROLES_FROM,
                granted_by="演示数据",
            )
            for grant_id, number, person in zip(grant_ids, ids, people, strict=True)
        ],
    )
    return {account.username: account for account in accounts}
