"""What every element record carries: identity, two kinds of time, approval."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now


class Status(models.TextChoices):
    """Where a record stands between draft and repeal."""

    DRAFT = "DRAFT", "草案"
    IN_REVIEW = "IN_REVIEW", "待审"
    ACTIVE = "ACTIVE", "有效"
    SUSPENDED = "SUSPENDED", "停用"
    REPEALED = "REPEALED", "废止"


UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)


class ElementQuerySet(models.QuerySet):
    """Reads along both times."""

    def as_of(self, on: date, known_at: datetime | None = None) -> "ElementQuerySet":
        """What held on a day, as known now or as known at an earlier instant.

        Drafts never hold. Suspended and repealed rows are returned: who asks looks at `status`.
        """
        known = (
            Q(known_until=None)
            if known_at is None
            else Q(known_from__lte=known_at) & (Q(known_until=None) | Q(known_until__gt=known_at))
        )
        return self.filter(
            known,
            Q(valid_until=None) | Q(valid_until__gt=on),
            valid_from__lte=on,
        ).exclude(status__in=UNPUBLISHED)

    def active(self, on: date) -> "ElementQuerySet":
        """What holds on a day and is in use, as known now."""
        return self.as_of(on).filter(status=Status.ACTIVE)

    def known(self) -> "ElementQuerySet":
        """Every row that the platform holds true today, past and future ones included."""
        return self.filter(known_until=None)

    def history(self, uid: uuid.UUID) -> "ElementQuerySet":
        """All versions of one element, the newest knowledge first."""
        return self.filter(uid=uid).order_by("-known_from", "-valid_from", "-id")


class ElementManager(models.Manager):
    """The reads of `ElementQuerySet`, from the table itself."""

    def get_queryset(self) -> ElementQuerySet:
        """All rows, drafts and past knowledge included."""
        return ElementQuerySet(self.model, using=self._db)

    def as_of(self, on: date, known_at: datetime | None = None) -> ElementQuerySet:
        """What held on a day, as known now or as known at an earlier instant."""
        return self.get_queryset().as_of(on, known_at)

    def active(self, on: date) -> ElementQuerySet:
        """What holds on a day and is in use, as known now."""
        return self.get_queryset().active(on)

    def known(self) -> ElementQuerySet:
        """Every row that the platform holds true today."""
        return self.get_queryset().known()

    def history(self, uid: uuid.UUID) -> ElementQuerySet:
        """All versions of one element, the newest knowledge first."""
        return self.get_queryset().history(uid)


class ElementRecord(models.Model):
    """The common header (law.md D.1). One row is one version: never changed, only closed.

    `valid_from`/`valid_until`: when it holds in the world, end excluded.
    `known_from`/`known_until`: when the platform knew it, end excluded.
    """

    uid = models.UUIDField("要素标识", default=uuid.uuid4, editable=False, db_index=True)
    region_code = models.CharField("区划代码", max_length=12, db_index=True)
    source_sys = models.CharField("来源系统", max_length=32, blank=True)
    source_id = models.CharField("来源标识", max_length=64, blank=True)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.ACTIVE)
    valid_from = models.DateField("生效日")
    valid_until = models.DateField("失效日", null=True, blank=True)
    known_from = models.DateTimeField("记录起", db_default=Now(), editable=False)
    known_until = models.DateTimeField("记录止", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    approve_doc = models.CharField("批准文号", max_length=120, blank=True)
    owner = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="责任人",
    )

    objects = ElementManager()

    # What a JSON list holds: codes of another register, or a choice; what is stored sealed.
    code_lists: ClassVar[dict[str, str]] = {}
    choice_lists: ClassVar[dict[str, list[tuple[str, str]]]] = {}
    sealed_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def is_active_on(self, on: date) -> bool:
        """Whether this version holds on a day and is in use."""
        begun = self.valid_from <= on
        return begun and self.ends_after(on) and self.status == Status.ACTIVE

    def ends_after(self, on: date) -> bool:
        """Whether the version still holds on a day, seen from its end alone."""
        return self.valid_until is None or self.valid_until > on


def _valid() -> Func:
    """The range of days in which a row holds."""
    return Func(
        F("valid_from"), F("valid_until"), function="daterange", output_field=DateRangeField()
    )


def _known() -> Func:
    """The range of instants in which a row was known."""
    return Func(
        F("known_from"), F("known_until"), function="tstzrange", output_field=DateTimeRangeField()
    )


def one_truth(label: str, *keys: str) -> list[models.BaseConstraint]:
    """Constraints that keep one published truth per key at any day and any state of knowledge.

    `uid` is always a key; more (a code) keep two elements from sharing it at the same time.
    """
    constraints: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            name=f"{label}_ends_after_it_begins",
        )
    ]
    constraints += [
        ExclusionConstraint(
            name=f"{label}_one_truth_per_{key}",
            expressions=[
                (key, RangeOperators.EQUAL),
                (_valid(), RangeOperators.OVERLAPS),
                (_known(), RangeOperators.OVERLAPS),
            ],
            condition=~Q(status__in=[str(one) for one in UNPUBLISHED]),
        )
        for key in ("uid", *keys)
    ]
    return constraints
