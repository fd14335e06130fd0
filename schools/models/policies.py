"""Dated settings of a school and of a municipality; holidays and the production calendar."""

import datetime as dt

from django.db import models
from django.db.models import Q

from schools.constraints import ends_not_before, known
from schools.models.places import Municipality, OrganisationKind, School


class DatedQuerySet(models.QuerySet):
    def in_force(self, on: dt.date):
        """The newest row that began on or before ``on`` comes first."""
        return self.filter(starts_on__lte=on).order_by("-starts_on")


class SchoolPolicy(models.Model):
    """How one organisation runs mentorship, from ``starts_on`` until the next row's day."""

    school = models.ForeignKey(
        School, models.CASCADE, related_name="policies", verbose_name="организация"
    )
    starts_on = models.DateField("действует с")
    mentee_consent_required = models.BooleanField("нужно согласие наставляемого", default=True)
    mentee_mark_allowed = models.BooleanField(
        "отметка наставляемого в системе вместо бумаги (если разрешена локальным актом)",
        default=False,
    )
    closing_by_order = models.BooleanField("завершение приказом", default=True)
    acquaintance_tracked = models.BooleanField("вести ознакомление с приказом", default=True)
    scans_tracked = models.BooleanField("хранить сканы подписанных бумаг", default=True)
    meetings_tracked = models.BooleanField("напоминать, если нет записей о встречах", default=True)
    site_tracked = models.BooleanField("напоминать о разделе на сайте", default=True)
    warn_above_mentees = models.PositiveSmallIntegerField(
        "предупреждать, если у наставника наставляемых больше", default=3
    )
    quiet_reminders = models.BooleanField("реже напоминать", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "настройки организации"
        verbose_name_plural = "настройки организаций"
        ordering = ["school", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "starts_on"], name="schoolpolicy_once_per_day"
            ),
        ]

    def __str__(self):
        return f"{self.school} с {self.starts_on:%d.%m.%Y}"


class MunicipalityPolicy(models.Model):
    """District-wide defaults, from ``starts_on`` until the next row's day.

    ``days`` holds {kind of deadline: number of days} for kinds that differ from the table
    in ``programs.deadlines``; ``dates_confirmed`` makes default dates the district's own.
    """

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="policies", verbose_name="муниципалитет"
    )
    starts_on = models.DateField("действует с")
    dates_confirmed = models.BooleanField("сроки утверждены районом", default=False)
    days = models.JSONField("дни по видам сроков", default=dict, blank=True)
    high_score = models.PositiveSmallIntegerField("высокая оценка, от %", default=80)
    sufficient_score = models.PositiveSmallIntegerField("достаточная оценка, от %", default=60)
    partial_score = models.PositiveSmallIntegerField("частичная оценка, от %", default=40)

    # The ladder of reminders: calendar days from the due date, one for all kinds of deadlines.
    first_before = models.PositiveSmallIntegerField("напоминать за дней до срока", default=7)
    second_before = models.PositiveSmallIntegerField("ещё раз за дней до срока", default=1)
    on_the_day = models.BooleanField("напоминать в день срока", default=True)
    repeat_every = models.PositiveSmallIntegerField("после срока повторять через дней", default=7)
    stop_after = models.PositiveSmallIntegerField(
        "сколько раз писать о том, чего закон не требует", default=3
    )
    to_curator_after = models.PositiveSmallIntegerField(
        "писать куратору через дней после срока", default=7
    )
    to_director_after = models.PositiveSmallIntegerField(
        "писать руководителю через дней после срока", default=14
    )
    to_methodologist_after = models.PositiveSmallIntegerField(
        "«требует внимания» у методиста через дней после срока", default=30
    )
    letters_at = models.TimeField("письма с (по местному времени)", default=dt.time(7, 0))

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "настройки муниципалитета"
        verbose_name_plural = "настройки муниципалитетов"
        ordering = ["municipality", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "starts_on"], name="municipalitypolicy_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(high_score__lte=100)
                & Q(high_score__gt=models.F("sufficient_score"))
                & Q(sufficient_score__gt=models.F("partial_score")),
                name="municipalitypolicy_scores_in_order",
            ),
            models.CheckConstraint(
                condition=Q(first_before__gt=models.F("second_before"))
                & Q(first_before__lte=60)
                & Q(second_before__gte=1),
                name="municipalitypolicy_ladder_in_order",
                violation_error_message="Первый раз напоминают раньше, чем второй.",
            ),
            models.CheckConstraint(
                condition=Q(repeat_every__gte=1, repeat_every__lte=60)
                & Q(stop_after__gte=1, stop_after__lte=50),
                name="municipalitypolicy_repeats_sensibly",
                violation_error_message="Повторять можно через 1–60 дней, от 1 до 50 раз.",
            ),
            models.CheckConstraint(
                condition=Q(to_curator_after__gte=1)
                & Q(to_director_after__gte=models.F("to_curator_after"))
                & Q(to_methodologist_after__gte=models.F("to_director_after")),
                name="municipalitypolicy_escalates_upwards",
                violation_error_message="Сначала пишут куратору, потом руководителю и методисту.",
            ),
        ]

    def __str__(self):
        return f"{self.municipality} с {self.starts_on:%d.%m.%Y}"


class SchoolBreak(models.Model):
    """Каникулы of one kind of organisation in a municipality; both days included."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="breaks", verbose_name="муниципалитет"
    )
    kind = models.CharField("вид организаций", max_length=20, choices=OrganisationKind)
    name = models.CharField("название", max_length=100)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")

    class Meta:
        verbose_name = "каникулы"
        verbose_name_plural = "каникулы"
        ordering = ["starts_on"]
        constraints = [
            known("schoolbreak", "kind", OrganisationKind),
            ends_not_before("schoolbreak", "starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["municipality", "kind", "starts_on"], name="schoolbreak_once"
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.starts_on:%d.%m.%Y}–{self.ends_on:%d.%m.%Y}"


class CalendarSource(models.TextChoices):
    LIBRARY = "LIBRARY", "производственный календарь"
    ADMIN = "ADMIN", "исправлено администратором"


class CalendarDay(models.Model):
    """One day of the Russian production calendar that differs from a plain week or is known.

    ``works_five`` and ``works_six`` tell whether the day is a working one in a five- and a
    six-day week. A year is published when it has LIBRARY rows; later dates are «предварительно».
    """

    day = models.DateField("день", unique=True)
    works_five = models.BooleanField("рабочий при пятидневке")
    works_six = models.BooleanField("рабочий при шестидневке")
    name = models.CharField("название", max_length=200, blank=True)
    source = models.CharField("источник", max_length=10, choices=CalendarSource)

    class Meta:
        verbose_name = "день календаря"
        verbose_name_plural = "производственный календарь"
        ordering = ["day"]
        constraints = [known("calendarday", "source", CalendarSource)]

    def __str__(self):
        return f"{self.day:%d.%m.%Y}"
