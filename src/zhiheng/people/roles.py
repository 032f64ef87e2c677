"""The roles of the platform; the public has none."""

from django.db import models


class Role(models.TextChoices):
    """What a person is on the platform for; several may be held at once."""

    OFFICER = "officer", "执法人员"
    UNIT_HEAD = "unit_head", "办案机构负责人"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核人员"
    AGENCY_HEAD = "agency_head", "行政机关负责人"
    HEARING_HOST = "hearing_host", "听证主持人"
    INTAKE_CLERK = "intake_clerk", "接线登记员"
    DISPATCHER = "dispatcher", "调度员"
    SUPERVISOR = "supervisor", "执法监督员"
    ELEMENT_ADMIN = "element_admin", "要素管理员"
    EXPERT = "expert", "专家"
    VILLAGE_CADRE = "village_cadre", "村社干部"
    SYSTEM_ADMIN = "system_admin", "系统管理员"


ALL = frozenset(Role)
CASEWORK = frozenset(
    {Role.OFFICER, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.AGENCY_HEAD, Role.HEARING_HOST}
)
