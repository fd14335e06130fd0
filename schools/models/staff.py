"""Posts of people in organisations, what is known about them, absences and moves."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.constraints import both_or_neither, ends_not_before, known
from schools.models.papers import Partner
from schools.models.people import Person
from schools.models.places import School, Unit
from schools.text import key


class Relation(models.TextChoices):
    EMPLOYEE = "EMPLOYEE", "работник"
    PARTNER = "PARTNER", "от организации-партнёра"
    PRACTICE = "PRACTICE", "студент на практике"


NOVICE_YEARS = 3  # «стаж до 3 лет»: up to and including the third whole year


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` ago; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class StaffQuerySet(models.QuerySet):
    def working(self, on: dt.date):
        """Posts held on ``on`` (``left_on`` is the last day worked)."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on))

    def absent(self, on: dt.date):
        """Posts whose holder is away on ``on``; the day of return is a working day."""
        away = Absence.objects.filter(starts_on__lte=on).filter(
            Q(returned_on__isnull=True) | Q(returned_on__gt=on)
        )
        return self.filter(pk__in=away.values("post"))

    def novices(self, on: dt.date):
        """Posts whose holder has at most three whole years of teaching on ``on``.

        Years are whole ones as read on ``years_as_of``; since then they have grown. Where the
        years are not known, nothing is assumed.
        """
        novice = Q(teaching_years__lte=NOVICE_YEARS, years_as_of=None)
        for years in range(NOVICE_YEARS + 1):
            since = _years_before(on, NOVICE_YEARS + 1 - years)
            novice |= Q(teaching_years=years, years_as_of__gt=since)
        return self.filter(novice)

    def search(self, text: str):
        """Posts whose names or position hold every word of ``text``, in any letter case."""
        staff = self
        for word in key(text).split():
            staff = staff.filter(Q(person__name_key__contains=word) | Q(post_key__contains=word))
        return staff

    def visible_to(self, user):
        """Posts of staffed organisations and of the own municipality, those met in one's own
        cases, and one's own. Region and country see figures and organisations, not people."""
        access = user.access
        return self.filter(
            Q(school__in=access.staffed_schools())
            | Q(school__municipality__in=access.inspected_municipalities())
            | Q(pk__in=access.posts_in_own_cases())
            | Q(person=access.person_id)
        )


class StaffMember(models.Model):
    """A person's post in an organisation. A change of position is a new post."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="человек")
    school = models.ForeignKey(
        School, models.PROTECT, related_name="staff", verbose_name="организация"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name="подразделение"
    )
    relation = models.CharField(
        "отношение", max_length=10, choices=Relation, default=Relation.EMPLOYEE
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, verbose_name="партнёр"
    )
    position = models.CharField("должность", max_length=200)
    subject = models.CharField("предмет", max_length=200, blank=True)
    post_key = models.CharField(max_length=410, editable=False)
    education = models.CharField("образование", max_length=300, blank=True)
    hired_on = models.DateField("принят(а)", null=True, blank=True)
    leaving_on = models.DateField("уходит (последний день)", null=True, blank=True)
    left_on = models.DateField("последний день работы", null=True, blank=True)
    total_years = models.PositiveSmallIntegerField("общий стаж, лет", null=True, blank=True)
    teaching_years = models.PositiveSmallIntegerField(
        "педагогический стаж, лет", null=True, blank=True
    )
    years_as_of = models.DateField("стаж на дату", null=True, blank=True)
    young_specialist = models.BooleanField("статус «молодой специалист»", default=False)
    young_specialist_basis = models.CharField("основание статуса", max_length=300, blank=True)
    in_mentor_bank = models.BooleanField("в банке наставников", default=False)
    bank_consent_on = models.DateField("согласие на банк наставников от", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers",
        verbose_name="прежняя должность",
    )  # fmt: skip

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "сотрудники"
        ordering = ["person__name_key", "pk"]
        constraints = [
            known("staffmember", "relation", Relation),
            models.CheckConstraint(condition=~Q(position=""), name="staffmember_has_a_position"),
            both_or_neither(
                "staffmember_partner_named",
                Q(relation="PARTNER"),
                Q(partner__isnull=False),
                "Укажите организацию-партнёра.",
            ),
            ends_not_before(
                "staffmember", "hired_on", "left_on", message="Уход раньше приёма на работу."
            ),
            ends_not_before(
                "staffmember", "hired_on", "leaving_on", message="Уход раньше приёма на работу."
            ),
            models.CheckConstraint(
                condition=Q(young_specialist=False) | ~Q(young_specialist_basis=""),
                name="staffmember_young_specialist_has_basis",
                violation_error_message="Назовите основание статуса «молодой специалист».",
            ),
            models.CheckConstraint(
                condition=Q(in_mentor_bank=False) | Q(bank_consent_on__isnull=False),
                name="staffmember_bank_needs_consent",
                violation_error_message="В банк наставников включают с согласия: укажите дату.",
            ),
            models.UniqueConstraint(
                fields=["person", "school", "post_key"],
                condition=Q(left_on=None),
                name="staffmember_post_held_once",
                violation_error_message="Человек уже работает на этой должности.",
            ),
        ]
        indexes = [models.Index(fields=["school", "left_on"], name="staffmember_school_left")]

    def __str__(self):
        return f"{self.person}, {self.position}"

    def fill_keys(self) -> None:
        """Bring ``post_key`` in line with the position and the subject."""
        self.post_key = key(f"{self.position} {self.subject}")

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        """Position with subject as read on papers: «учитель (математика)»."""
        return f"{self.position} ({self.subject})" if self.subject else self.position

    def is_novice(self, on: dt.date) -> bool:
        """The rule of ``StaffQuerySet.novices`` for one post."""
        years = self.teaching_years
        if years is None or years > NOVICE_YEARS:
            return False
        as_of = self.years_as_of
        return as_of is None or as_of > _years_before(on, NOVICE_YEARS + 1 - years)

    def works(self, on: dt.date) -> bool:
        return self.left_on is None or self.left_on >= on


class Study(models.Model):
    """Обучение of a student, hired or not."""

    post = models.ForeignKey(StaffMember, models.CASCADE, related_name="studies")
    institution = models.CharField("учебное заведение", max_length=300)
    course = models.PositiveSmallIntegerField("курс", null=True, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)

    class Meta:
        verbose_name = "обучение"
        verbose_name_plural = "обучение"
        constraints = [ends_not_before("study", "starts_on", "ends_on")]


class Category(models.TextChoices):
    NONE = "NONE", "без категории"
    SOZD = "SOZD", "соответствие занимаемой должности"
    FIRST = "FIRST", "первая"
    HIGHEST = "HIGHEST", "высшая"


class Qualification(models.Model):
    """Квалификационная категория with its independent flags; the newest row holds.

    A list often names the category without its date: such a row counts from the day on which
    it was recorded.
    """

    post = models.ForeignKey(StaffMember, models.CASCADE, related_name="qualifications")
    category = models.CharField("категория", max_length=10, choices=Category)
    is_teacher_mentor = models.BooleanField("педагог-наставник", default=False)
    is_teacher_methodist = models.BooleanField("педагог-методист", default=False)
    granted_on = models.DateField("присвоена", null=True, blank=True)
    recorded_on = models.DateField("записана", default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = "категория"
        verbose_name_plural = "категории"
        ordering = [Coalesce("granted_on", "recorded_on").desc(), "-pk"]
        constraints = [known("qualification", "category", Category)]

    def __str__(self):
        return self.get_category_display()


class AbsenceKind(models.TextChoices):
    VACATION = "VACATION", "отпуск"
    LONG = "LONG", "длительное отсутствие"
    OTHER = "OTHER", "другое отсутствие"


class Absence(models.Model):
    """When somebody is away: dates only, never a diagnosis (152-ФЗ, ст. 10)."""

    post = models.ForeignKey(StaffMember, models.CASCADE, related_name="absences")
    kind = models.CharField("вид", max_length=10, choices=AbsenceKind)
    starts_on = models.DateField("с")
    expected_on = models.DateField("выйдет (первый рабочий день)", null=True, blank=True)
    returned_on = models.DateField("вышел(вышла)", null=True, blank=True)

    class Meta:
        verbose_name = "отсутствие"
        verbose_name_plural = "отсутствия"
        ordering = ["-starts_on"]
        constraints = [
            known("absence", "kind", AbsenceKind),
            ends_not_before("absence", "starts_on", "expected_on"),
            ends_not_before("absence", "starts_on", "returned_on"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(returned_on=None),
                name="absence_one_open_per_post",
                violation_error_message="Уже отмечено отсутствие: сначала отметьте выход.",
            ),
        ]
