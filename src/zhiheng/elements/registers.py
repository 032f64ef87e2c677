"""The registers of the element centre: how each kind is searched, listed and shown.

A new kind of element is one more `Register` here; list, detail, history and search follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhiheng.elements import faces
from zhiheng.elements import faces_lists as more
from zhiheng.elements.models import (
    Area,
    Basis,
    Benchmark,
    Body,
    CaseExample,
    DocTemplate,
    DutyBoundary,
    ElementRecord,
    Expert,
    FlexibleEntry,
    Grant,
    Item,
    Laboratory,
    MonitoringDevice,
    Officer,
    OneThing,
    Reviewer,
    Seal,
    Subject,
    TransferStandard,
)
from zhiheng.kernel import ciphers, codes
from zhiheng.kernel.errors import NotFound


@dataclass(frozen=True)
class Register:
    """One register: its table, where to search, what a row and a page show."""

    slug: str
    title: str
    lead: str
    icon: str
    model: type[ElementRecord]
    search: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[str, ...]
    row: Callable[[Any, bool], tuple[Any, ...]]
    facts: Callable[[Any, bool], faces.Facts]
    related: tuple[str, ...] = ()
    by_region: bool = False

    @property
    def personal(self) -> bool:
        """Whether its rows hold personal data that is masked by role."""
        return bool(self.model.sealed_fields)


REGISTERS: dict[str, Register] = {
    one.slug: one
    for one in (
        Register(
            "bodies", "执法主体", "谁有资格以自己的名义执法", "building-2", Body,
            ("name", "short_name", "code"), ("code", "id"),
            ("名称", "代码", "类型", "层级", "状态"), faces.body_row, faces.body_facts,
            ("parent", "entrusted_by"),
        ),
        Register(
            "officers", "执法人员", "谁持有有效的执法证", "id-card", Officer,
            ("name", "certificate_no", "unit", "body__name"), ("certificate_no", "id"),
            ("姓名", "执法证号", "所属主体", "有效期止", "证件"), faces.officer_row,
            faces.officer_facts, ("body",), by_region=True,
        ),
        Register(
            "subjects", "执法对象", "法律适用于谁；个人信息按角色遮蔽", "store", Subject,
            ("name", "address"), ("id",),
            ("名称", "类型", "代码", "地址"), faces.subject_row, faces.subject_facts,
            by_region=True,
        ),
        Register(
            "items", "执法事项", "管什么、依据哪一条、罚多少", "list-checks", Item,
            ("name", "code", "keywords", "act_description"), ("code", "id"),
            ("事项", "编码", "领域", "罚则", "罚款"), faces.item_row, faces.item_facts,
            ("penalty_basis__basis", "conduct_basis__basis"),
        ),
        Register(
            "bases", "执法依据", "法律、法规、规章和标准，各自的施行期间", "scale", Basis,
            ("title", "code", "issuer"), ("title", "id"),
            ("名称", "位阶", "制定机关", "施行", "状态"), faces.basis_row, faces.basis_facts,
        ),
        Register(
            "benchmarks", "裁量基准", "同样的事，同样的档", "sliders-horizontal", Benchmark,
            ("title", "code", "item__name"), ("code", "id"),
            ("名称", "事项", "档次", "文号"), faces.benchmark_row, faces.benchmark_facts,
            ("item",),
        ),
        Register(
            "templates", "执法文书", "每一步用哪一份文书", "file-text", DocTemplate,
            ("name", "code"), ("code", "id"),
            ("编号", "名称", "阶段", "盖章"), faces.template_row, faces.template_facts,
        ),
        Register(
            "examples", "典型案例", "已公布、去标识的案例", "book-open", CaseExample,
            ("title", "facts", "item__name"), ("code", "id"),
            ("标题", "事项", "级别", "结果"), faces.example_row, faces.example_facts, ("item",),
        ),
        Register(
            "grants", "授权", "哪个主体在哪里能办哪件事，凭什么文件", "badge-check", Grant,
            ("item__name", "item__code", "body__name", "doc_no"), ("id",),
            ("事项", "主体", "方式", "文件", "期间"), faces.grant_row, faces.grant_facts,
            ("item", "body"),
        ),
        Register(
            "areas", "区域", "乡镇、片区和特定区域的范围", "map", Area,
            ("name", "code", "special_kind"), ("code", "id"),
            ("名称", "代码", "类别", "依据"), faces.area_row, faces.area_facts,
        ),
        Register(
            "boundaries", "职责边界", "一件事谁牵头、谁审批、谁检查、谁处罚", "git-branch",
            DutyBoundary, ("matter", "code", "lead_body__name", "doc_no"), ("code", "id"),
            ("事项", "牵头", "处罚主体", "配合", "文件"), more.boundary_row, more.facts_of,
            ("lead_body", "penalty_body"),
        ),
        Register(
            "transfers", "移送标准", "什么情形移给谁、带什么、多久", "send", TransferStandard,
            ("title", "code", "item__name", "to_organ"), ("code", "id"),
            ("标准", "事项", "移送", "期限", "类型"), more.transfer_row, more.facts_of,
            ("item", "from_body", "to_body"),
        ),
        Register(
            "flexible", "柔性执法清单", "首违不罚、轻微不罚、从轻减轻、免予强制、公益减罚、快速办理",
            "heart-handshake", FlexibleEntry, ("item__name", "code", "legal_ground"),
            ("code", "id"), ("事项", "类型", "法律理由", "批准"), more.flexible_row,
            more.facts_of, ("item",),
        ),
        Register(
            "things", "一件事", "群众眼里的一件事，几个部门合着管", "layers", OneThing,
            ("name", "code", "lead_body__name"), ("code", "id"),
            ("名称", "牵头", "事项", "主体", "文号"), more.thing_row, more.facts_of,
            ("lead_body",),
        ),
        Register(
            "reviewers", "法制审核人员", "谁能审核，为哪些主体审核", "user-check", Reviewer,
            ("name", "code", "body__name"), ("code", "id"),
            ("姓名", "类型", "所属主体", "资格"), more.reviewer_row, more.facts_of, ("body",),
            by_region=True,
        ),
        Register(
            "experts", "专家", "给意见的人；决定由机关作", "graduation-cap", Expert,
            ("name", "code", "organisation", "title"), ("code", "id"),
            ("姓名", "类型", "单位", "职称", "专长"), more.expert_row, more.facts_of,
            by_region=True,
        ),
        Register(
            "laboratories", "检测机构", "谁能检测什么，资质到哪天", "flask-conical", Laboratory,
            ("name", "code", "accreditation_no"), ("code", "id"),
            ("名称", "检测项目", "资质编号", "资质止"), more.laboratory_row, more.facts_of,
        ),
        Register(
            "devices", "监控设备", "能当证据的技术监控，审核和检定是否齐全", "camera",
            MonitoringDevice, ("name", "code", "location", "body__name"), ("code", "id"),
            ("名称", "类型", "使用主体", "地点", "审核"), more.device_row, more.facts_of, ("body",),
        ),
        Register(
            "seals", "印章", "哪枚章、谁保管、证书到哪天", "stamp", Seal,
            ("name", "code", "body__name"), ("code", "id"),
            ("名称", "类型", "主体", "保管人", "证书止"), more.seal_row, more.facts_of,
            ("body", "keeper"),
        ),
    )
}  # fmt: skip


def get_register(*, slug: str) -> Register:
    """The register of an address."""
    if slug not in REGISTERS:
        known = "、".join(one.title for one in REGISTERS.values())
        raise NotFound("没有这一类要素。", next_step=f"现有：{known}。")
    return REGISTERS[slug]


def register_of(*, model: type[ElementRecord]) -> Register | None:
    """The register of a kind; None for kinds that have no list of their own."""
    return next((one for one in REGISTERS.values() if one.model is model), None)


def rows_of(
    *,
    register: Register,
    on: date,
    text: str,
    prefixes: tuple[str, ...],
    known_at: datetime | None = None,
) -> QuerySet[ElementRecord]:
    """Rows that hold on a day, as known now or at an instant, and match every word.

    Limited to regions in reach where needed.
    """
    every = register.model.objects.as_of(on, known_at).select_related(*register.related)
    rows = _in_reach(register=register, rows=every, prefixes=prefixes)
    for word in text.split():
        found = Q()
        for field in register.search:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found | _by_number(register=register, word=word))
    return rows


def get_versions(*, register: Register, uid: Any, prefixes: tuple[str, ...]) -> list[ElementRecord]:
    """All versions of one element, the newest knowledge first; none in reach is none at all."""
    rows = register.model.objects.history(uid).select_related("owner", *register.related)
    found = list(_in_reach(register=register, rows=rows, prefixes=prefixes)[:100])
    if not found:
        raise NotFound(
            f"没有这条{register.title}，或者它不在您的辖区。", next_step="请从列表重新查找。"
        )
    return found


def _in_reach(
    *, register: Register, rows: QuerySet[ElementRecord], prefixes: tuple[str, ...]
) -> QuerySet[ElementRecord]:
    """People and parties only of one's own regions; nobody's reach is nothing."""
    if not register.by_region:
        return rows
    reach = Q(pk__in=[])
    for prefix in prefixes:
        reach |= Q(region_code__startswith=prefix)
    return rows.filter(reach)


def _by_number(*, register: Register, word: str) -> Q:
    """A whole credit code or citizen number finds its subject, though the number is sealed."""
    if register.model is not Subject:
        return Q()
    if codes.is_citizen_id(word):
        return Q(citizen_id_hash=ciphers.match_hash(word))
    return Q(uscc__istartswith=codes.normalise(word)) if word.isalnum() else Q()
