"""Regions, municipalities, organisations and their branches."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.constraints import known
from schools.text import key


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Нет такого часового пояса, пример: Asia/Barnaul.")


class PlaceQuerySet(models.QuerySet):
    def search(self, text: str):
        """Places whose name holds ``text`` in any letter case."""
        return self.filter(name_key__contains=key(text)) if text else self


class Region(models.Model):
    """Субъект Российской Федерации."""

    name = models.CharField("название", max_length=200, unique=True)

    class Meta:
        verbose_name = "регион"
        verbose_name_plural = "регионы"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Municipality(models.Model):
    """Муниципальное образование и его орган управления образованием (Положение, 1.1)."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="регион")
    name = models.CharField("название", max_length=200)
    authority_name = models.CharField("орган управления образованием", max_length=300)
    time_zone = models.CharField(
        "часовой пояс", max_length=50, default="Asia/Barnaul", validators=[check_time_zone]
    )
    # Deadlines of every school year are laid up to this day; the tick only moves it on.
    horizon_on = models.DateField("сроки рассчитаны до")

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="municipality_name_once"),
        ]

    def __str__(self):
        return self.name

    def local_day(self, at: dt.datetime | None = None) -> dt.date:
        """The calendar day in this municipality at ``at`` (now by default)."""
        return timezone.localdate(at, timezone=ZoneInfo(self.time_zone))

    def school_year_end(self, at: dt.datetime | None = None) -> dt.date:
        """31 August that ends the next school year: how far deadlines are laid."""
        day = self.local_day(at)
        return dt.date(day.year + (2 if day.month >= 9 else 1), 8, 31)


class OrganisationKind(models.TextChoices):
    SCHOOL = "SCHOOL", "школа"
    KINDERGARTEN = "KINDERGARTEN", "детский сад"
    ADDITIONAL = "ADDITIONAL", "дополнительное образование"
    OTHER = "OTHER", "другая организация"


class SchoolQuerySet(PlaceQuerySet):
    def open(self, on: dt.date):
        """Organisations not closed on ``on``."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def visible_to(self, user):
        """Organisations that ``user`` may know: own ones and all of an own territory."""
        access = user.access
        return self.filter(
            Q(pk__in=access.staffed_schools())
            | Q(pk__in=access.own_schools())
            | Q(municipality__in=access.watched_municipalities())
        )


class School(models.Model):
    """Образовательная организация as a legal person (Положение, 1.1)."""

    class Week(models.IntegerChoices):
        FIVE = 5, "пятидневная"
        SIX = 6, "шестидневная"

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="schools", verbose_name="муниципалитет"
    )
    full_name = models.CharField("полное наименование по уставу", max_length=500)
    short_name = models.CharField("краткое наименование", max_length=150)
    name_key = models.CharField(max_length=660, editable=False)
    kind = models.CharField("вид", max_length=20, choices=OrganisationKind)
    founder = models.CharField("учредитель", max_length=300, blank=True)
    week = models.PositiveSmallIntegerField("рабочая неделя", choices=Week, default=Week.FIVE)
    settlement = models.CharField("населённый пункт", max_length=150)
    address = models.CharField("адрес", max_length=300, blank=True)
    site_url = models.URLField("сайт", blank=True)
    closed_on = models.DateField("закрыта с", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="правопреемник"
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "short_name"],
                name="school_short_name_once",
                violation_error_message="Организация с таким кратким наименованием уже есть.",
            ),
            known("school", "kind", OrganisationKind),
            models.CheckConstraint(condition=Q(week__in=[5, 6]), name="school_week_known"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="school_not_its_own_successor",
            ),
        ]

    def __str__(self):
        return self.short_name

    def fill_keys(self) -> None:
        """Bring ``name_key`` in line with both names."""
        self.name_key = key(f"{self.short_name} {self.full_name}")[:660]

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def local_day(self) -> dt.date:
        return self.municipality.local_day()


class Unit(models.Model):
    """Филиал, структурное подразделение or a kindergarten group of an organisation."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="units", verbose_name="организация"
    )
    name = models.CharField("название", max_length=200)
    kind = models.CharField("вид", max_length=20, choices=OrganisationKind)
    settlement = models.CharField("населённый пункт", max_length=150, blank=True)

    class Meta:
        verbose_name = "подразделение"
        verbose_name_plural = "подразделения"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="unit_name_once"),
            known("unit", "kind", OrganisationKind),
        ]

    def __str__(self):
        return self.name
