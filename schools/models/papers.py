"""Papers of an organisation that stand outside single cases: partners, acts, consents."""

import datetime as dt

from django.db import models
from django.db.models import Q

from schools.constraints import ends_not_before, known
from schools.models.files import StoredFile
from schools.models.people import Person
from schools.models.places import School


class SchoolOwnedQuerySet(models.QuerySet):
    """Rows of an organisation that its director and curator read, and nobody else."""

    def visible_to(self, user):
        return self.filter(school__in=user.access.staffed_schools())


class PublishedQuerySet(models.QuerySet):
    """Rows whose presence the methodologist of the territory sees too."""

    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(school__in=access.staffed_schools())
            | Q(school__municipality__in=access.watched_municipalities())
        )


class Partner(models.Model):
    """Организация-партнёр with its agreement (Положение, 3.4)."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="partners", verbose_name="организация"
    )
    name = models.CharField("название", max_length=300)
    agreement_number = models.CharField("номер договора", max_length=100, blank=True)
    agreement_on = models.DateField("договор от", null=True, blank=True)
    agreement_until = models.DateField("договор до", null=True, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "партнёр"
        verbose_name_plural = "партнёры"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="partner_name_once",
                violation_error_message="Такой партнёр уже есть.",
            ),
            ends_not_before("partner", "agreement_on", "agreement_until"),
        ]

    def __str__(self):
        return self.name


class ActKind(models.TextChoices):
    REGULATION = "REGULATION", "положение о наставничестве"
    ROADMAP = "ROADMAP", "дорожная карта"
    PAY = "PAY", "положение об оплате труда"
    SIGNATURES = "SIGNATURES", "порядок отметок в системе"
    OTHER = "OTHER", "другой локальный акт"


class LocalActQuerySet(PublishedQuerySet):
    def in_force(self, on: dt.date):
        return self.filter(adopted_on__lte=on).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        )


class LocalAct(models.Model):
    """Локальный нормативный акт (Положение, 3.1 and 3.4; ТК РФ, ст. 372)."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="acts", verbose_name="организация"
    )
    kind = models.CharField("вид", max_length=20, choices=ActKind)
    title = models.CharField("название", max_length=300)
    number = models.CharField("номер", max_length=50, blank=True)
    adopted_on = models.DateField("дата утверждения")
    valid_until = models.DateField("действует до", null=True, blank=True)
    union_opinion = models.CharField("мнение профсоюза (протокол)", max_length=200, blank=True)
    council_minutes = models.CharField("протокол совета", max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = "локальный акт"
        verbose_name_plural = "локальные акты"
        ordering = ["-adopted_on"]
        constraints = [
            known("localact", "kind", ActKind),
            ends_not_before("localact", "adopted_on", "valid_until"),
        ]

    def __str__(self):
        number = f" №\u00a0{self.number}" if self.number else ""
        return f"{self.title} от {self.adopted_on:%d.%m.%Y}{number}"


class RoadmapItem(models.Model):
    """One line of the school's дорожная карта, stages 1 to 7 of the Recommendations."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="roadmap", verbose_name="организация"
    )
    school_year = models.PositiveSmallIntegerField("учебный год, начало")  # 2026 is 2026/27
    stage = models.PositiveSmallIntegerField("этап")
    title = models.CharField("мероприятие", max_length=300)
    due_on = models.DateField("срок")
    done_on = models.DateField("выполнено", null=True, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "пункт дорожной карты"
        verbose_name_plural = "дорожная карта"
        ordering = ["school_year", "stage", "due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__gte=1, stage__lte=7), name="roadmapitem_stage_known"
            ),
        ]


class CheckKind(models.TextChoices):
    ROSTER = "ROSTER", "список нуждающихся в наставнике обновлён"
    SITE = "SITE", "раздел на сайте проверен"


class SchoolYearCheck(models.Model):
    """A yearly duty that somebody did: roster refreshed, site section checked."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="year_checks", verbose_name="организация"
    )
    school_year = models.PositiveSmallIntegerField("учебный год, начало")
    kind = models.CharField("вид", max_length=10, choices=CheckKind)
    done_on = models.DateField("сделано")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    url = models.URLField("адрес страницы", blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "ежегодная проверка"
        verbose_name_plural = "ежегодные проверки"
        constraints = [
            known("schoolyearcheck", "kind", CheckKind),
            models.UniqueConstraint(
                fields=["school", "school_year", "kind"], name="schoolyearcheck_once_a_year"
            ),
        ]


class DataConsent(models.Model):
    """Согласие на обработку персональных данных: a sheet of its own (152-ФЗ, ст. 9, ст. 10.1)."""

    class Purpose(models.TextChoices):
        PROCESSING = "PROCESSING", "обработка"
        DISTRIBUTION = "DISTRIBUTION", "распространение (сайт)"

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="data_consents", verbose_name="человек"
    )
    school = models.ForeignKey(School, models.PROTECT, verbose_name="организация")
    purpose = models.CharField("цель", max_length=20, choices=Purpose)
    legal_basis = models.CharField("правовое основание без согласия", max_length=300, blank=True)
    text = models.TextField("текст, как подписан", blank=True)
    signed_on = models.DateField("подписано", null=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)

    objects = SchoolOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие на обработку данных"
        verbose_name_plural = "согласия на обработку данных"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["PROCESSING", "DISTRIBUTION"]),
                name="dataconsent_purpose_known",
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis="") | Q(signed_on__isnull=False),
                name="dataconsent_signed_or_not_needed",
            ),
            ends_not_before("dataconsent", "signed_on", "withdrawn_on"),
        ]
