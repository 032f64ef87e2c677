"""Accounts, the roles they hold for a time, who acts for whom, and the security log."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their role grants, never from here."""

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("所属主体", max_length=32)
    unit = models.CharField("内设机构", max_length=64, blank=True)
    certificate_no = models.CharField("执法证号", max_length=32, blank=True)
    phone = models.TextField("手机号（加密）", blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("后台", default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "region_code", "agency_code"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name
