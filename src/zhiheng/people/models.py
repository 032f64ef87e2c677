"""Accounts, the roles they hold for a time, who acts for whom, and the security log."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models
from django.db.models import F, Func, Q

from zhiheng.people.roles import Role


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their role grants, never from here."""

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("所属主体", max_length=32, db_index=True)
    unit = models.CharField("内设机构", max_length=64, blank=True)
    certificate_no = models.CharField("执法证号", max_length=32, blank=True)
    phone = models.TextField("手机号（加密）", blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("后台", default=False)
    password_temporary = models.BooleanField("下次登录须改密码", default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "region_code", "agency_code"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name


class InForce(models.QuerySet):
    """Rows dated `[valid_from, valid_until)`."""

    def in_force(self, *, on) -> "InForce":
        """Those that hold on a day; an open end holds until further notice."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)


class RoleGrant(models.Model):
    """A role held by an account from one day until another (that day excluded).

    An empty agency means the whole region; a region ending in 00 reaches all below it.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="grants", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("主体代码", max_length=32, blank=True)
    valid_from = models.DateField("生效日")
    valid_until = models.DateField("失效日", null=True, blank=True)
    granted_by = models.CharField("授予人", max_length=64, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = "角色授予"
        verbose_name_plural = "角色授予"
        indexes = [models.Index(fields=["agency_code", "role"], name="grant_agency_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="rolegrant_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.get_role_display()}"


class Acting(models.Model):
    """代行: one person acts for another in one role until a day that is always set."""

    principal = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="actings_given", verbose_name="被代行人"
    )
    deputy = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="actings_held", verbose_name="代行人"
    )
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    valid_from = models.DateField("开始日")
    valid_until = models.DateField("结束日（不含）")
    reason = models.CharField("事由", max_length=200)
    arranged_by = models.CharField("安排人", max_length=64, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = "代行"
        verbose_name_plural = "代行"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="acting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("deputy")), name="nobody_acts_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 代行 {self.principal}"


class SecurityEvent(models.Model):
    """One line of the security log, timed by the database. Never changed, never removed."""

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "SIGNED_IN", "登录成功"
        SIGNED_OUT = "SIGNED_OUT", "退出登录"
        SIGN_IN_FAILED = "SIGN_IN_FAILED", "登录失败"
        LOCKED_OUT = "LOCKED_OUT", "登录锁定"
        UNLOCKED = "UNLOCKED", "解除锁定"
        PASSWORD_CHANGED = "PASSWORD_CHANGED", "修改密码"
        FACTOR_CHANGED = "FACTOR_CHANGED", "变更二次验证"
        ACCOUNT_CHANGED = "ACCOUNT_CHANGED", "账号变更"
        ROLE_GRANTED = "ROLE_GRANTED", "授予角色"
        ROLE_REVOKED = "ROLE_REVOKED", "收回角色"
        ACTING_BEGUN = "ACTING_BEGUN", "开始代行"
        ACTING_ENDED = "ACTING_ENDED", "结束代行"
        DENIED = "DENIED", "越权被拒"
        PERSONAL_DATA_SEEN = "PERSONAL_DATA_SEEN", "查看个人信息"
        EXPORTED = "EXPORTED", "导出数据"

    kind = models.CharField("事件", max_length=24, choices=Kind.choices)
    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="账号",
    )
    username = models.CharField("登录名", max_length=64, blank=True)
    region_code = models.CharField("区划代码", max_length=12, blank=True)
    detail = models.JSONField("内容", default=dict, blank=True)
    ip = models.GenericIPAddressField("来源地址", null=True, blank=True)
    at = models.DateTimeField(
        "时间",
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField()),
        editable=False,
    )

    class Meta:
        verbose_name = "安全事件"
        verbose_name_plural = "安全日志"
        indexes = [
            models.Index(fields=["-at", "-id"], name="security_newest"),
            models.Index(fields=["kind", "-at"], name="security_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.username}"
