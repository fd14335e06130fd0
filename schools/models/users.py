"""Accounts and roles with dates."""

import datetime as dt

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from schools.constraints import ends_not_before, known
from schools.models.people import Person
from schools.models.places import Municipality, Region, School
from schools.text import key


class AccountManager(BaseUserManager):
    def get_by_natural_key(self, login):
        """The account whose short login or e-mail is ``login``, in any letter case."""
        wanted = key(login)
        return self.get(Q(login_key=wanted) | Q(email_key=wanted))

    def create_user(self, login, password=None, **fields):
        user = self.model(login=login, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, login, password=None, **fields):
        return self.create_user(login, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Its rights come from the person's memberships and posts, not from itself."""

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name="человек"
    )
    login = models.CharField("логин или почта для входа", max_length=254, unique=True)
    login_key = models.CharField(max_length=254, unique=True, editable=False)
    email = models.EmailField("почта", blank=True)
    email_key = models.CharField(max_length=254, unique=True, null=True, editable=False)
    is_staff = models.BooleanField("доступ к администрированию", default=False)
    is_active = models.BooleanField("действует", default=True)
    must_change_password = models.BooleanField("сменить пароль при входе", default=False)
    created_at = models.DateTimeField("создана", default=timezone.now, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"
        ordering = ["login_key"]
        constraints = [
            models.CheckConstraint(condition=~Q(login_key=""), name="user_has_a_login"),
            # Or one account's login could be another account's address.
            models.CheckConstraint(
                condition=~Q(login_key__contains="@")
                | Q(email_key__isnull=False, login_key=F("email_key")),
                name="user_login_with_at_is_own_email",
            ),
        ]

    def __str__(self):
        return str(self.person) if self.person_id else self.login

    def save(self, *args, **kwargs):
        if "@" in self.login and not self.email:
            self.email = self.login
        self.login_key = key(self.login)
        self.email_key = key(self.email) or None
        super().save(*args, **kwargs)

    @cached_property
    def access(self):
        """What this account may see, worked out once per request (``schools.access``)."""
        from schools.access import Access  # noqa: PLC0415 access reads models, models ask access

        return Access(self)


class Role(models.TextChoices):
    DIRECTOR = "DIRECTOR", "руководитель"
    CURATOR = "CURATOR", "куратор"
    METHODOLOGIST = "METHODOLOGIST", "методист"


class MembershipQuerySet(models.QuerySet):
    def current(self, on: dt.date):
        """Memberships in force on ``on``; both ends included."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(school__in=access.staffed_schools())
            | Q(school__municipality__in=access.watched_municipalities())
            | Q(person=access.person_id)
        )


class Membership(models.Model):
    """A role of a person in exactly one scope, from ``starts_on`` to ``ends_on`` inclusive."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name="человек"
    )
    role = models.CharField("роль", max_length=20, choices=Role)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="memberships",
        verbose_name="организация",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="муниципалитет"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="регион")
    is_country = models.BooleanField("вся страна", default=False)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)
    deputises_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies",
        verbose_name="замещает",
    )  # fmt: skip

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "роль"
        verbose_name_plural = "роли"
        ordering = ["-starts_on", "pk"]
        constraints = [
            known("membership", "role", Role),
            models.CheckConstraint(
                condition=Q(school__isnull=False, municipality=None, region=None, is_country=False)
                | Q(school=None, municipality__isnull=False, region=None, is_country=False)
                | Q(school=None, municipality=None, region__isnull=False, is_country=False)
                | Q(school=None, municipality=None, region=None, is_country=True),
                name="membership_has_exactly_one_scope",
                violation_error_message="Укажите ровно одно: организация, муниципалитет, регион"
                " или вся страна.",
            ),
            models.CheckConstraint(
                condition=Q(role="METHODOLOGIST", school=None)
                | Q(role__in=["DIRECTOR", "CURATOR"], school__isnull=False),
                name="membership_role_fits_scope",
                violation_error_message="Руководитель и куратор — в организации, методист — выше.",
            ),
            ends_not_before("membership", "starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(role="DIRECTOR", ends_on=None, deputises_for=None),
                name="membership_one_director_per_school",
                violation_error_message="В организации уже есть действующий руководитель.",
            ),
            models.UniqueConstraint(
                fields=["person", "school", "role"],
                condition=Q(ends_on=None, school__isnull=False),
                name="membership_once_per_school_and_role",
                violation_error_message="У человека уже есть эта роль.",
            ),
            models.UniqueConstraint(
                fields=["person", "municipality"],
                condition=Q(ends_on=None, municipality__isnull=False),
                name="membership_once_per_municipality",
            ),
            models.UniqueConstraint(
                fields=["person", "region"],
                condition=Q(ends_on=None, region__isnull=False),
                name="membership_once_per_region",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on=None, is_country=True),
                name="membership_once_per_country",
            ),
        ]
        indexes = [models.Index(fields=["school", "role"], name="membership_school_role")]

    def __str__(self):
        return f"{self.get_role_display()}: {self.person}"
