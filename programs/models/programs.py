"""The personalised programme: text, agreement, term, pauses, evaluation."""

from django.db import models
from django.db.models import F, Q

from programs.choices import Conclusion, Ground
from programs.models.cases import CaseRowQuerySet, GroupMember, MentoringGroup
from programs.models.requests import Need
from schools.constraints import both_or_neither, ends_not_before, known
from schools.models import OrganisationKind, School


class ProgramRowQuerySet(models.QuerySet):
    """Rows of a programme that whoever sees the case sees too."""

    def visible_to(self, user):
        return self.filter(program__group__in=MentoringGroup.objects.visible_to(user))


class Direction(models.Model):
    """Направление наставнической деятельности: the catalogue, by kind of organisation."""

    name = models.CharField("название", max_length=200)
    kind = models.CharField(
        "вид организаций", max_length=20, choices=OrganisationKind, blank=True,
        help_text="Пусто — для всех.",
    )  # fmt: skip
    is_active = models.BooleanField("предлагается в формах", default=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "направление"
        verbose_name_plural = "направления"
        ordering = ["position", "name"]
        constraints = [
            known("direction", "kind", OrganisationKind, blank=True),
            models.UniqueConstraint(fields=["name", "kind"], name="direction_once"),
        ]

    def __str__(self):
        return self.name


class ProgramTemplate(models.Model):
    """A district's or school's ready programme; a new version is a new row.

    ``events`` is a list of {title, direction, expected, work_form, day}: ``day`` counts days
    from the start of the programme.
    """

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True)
    kind = models.CharField("вид организаций", max_length=20, choices=OrganisationKind, blank=True)
    name = models.CharField("название", max_length=200)
    version = models.PositiveSmallIntegerField("версия", default=1)
    goal = models.TextField("цель")
    tasks = models.TextField("задачи")
    results = models.TextField("ожидаемые результаты", blank=True)
    months = models.PositiveSmallIntegerField("месяцев", default=9)
    events = models.JSONField("мероприятия", default=list)
    is_active = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "шаблон программы"
        verbose_name_plural = "шаблоны программ"
        ordering = ["name", "-version"]
        constraints = [
            known("programtemplate", "kind", OrganisationKind, blank=True),
            models.UniqueConstraint(
                fields=["school", "name", "version"], name="programtemplate_version_once"
            ),
            models.CheckConstraint(
                condition=Q(months__gte=3, months__lte=12), name="programtemplate_term_lawful"
            ),
        ]

    def __str__(self):
        return f"{self.name} (версия {self.version})"


class Program(models.Model):
    """Персонализированная программа наставничества, 3 to 12 months (Положение, 1.2.1).

    ``min_ends_on`` and ``max_ends_on`` are the lawful bounds of the end by calendar months
    from ``starts_on``; ``current_ends_on`` is the end after extensions. Dates are inclusive.
    """

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="programs")
    template = models.ForeignKey(ProgramTemplate, models.SET_NULL, null=True, blank=True)
    goal = models.TextField("цель", blank=True)
    tasks = models.TextField("задачи", blank=True)
    directions = models.ManyToManyField(Direction, blank=True, verbose_name="направления")
    needs = models.ManyToManyField(Need, blank=True, verbose_name="затруднения")
    strengths = models.TextField("сильные стороны", blank=True)
    schedule = models.CharField("режим работы", max_length=300, blank=True)
    results = models.TextField("ожидаемые результаты", blank=True)
    version = models.PositiveSmallIntegerField("версия", default=1)
    opened_on = models.DateField("начата подготовка")
    submitted_on = models.DateField("передана на согласование", null=True, blank=True)
    returned_on = models.DateField("возвращена", null=True, blank=True)
    return_reason = models.TextField("что исправить", blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    min_ends_on = models.DateField(null=True, blank=True, editable=False)
    max_ends_on = models.DateField(null=True, blank=True, editable=False)
    current_ends_on = models.DateField("окончание с учётом продления", null=True, blank=True)
    approved_on = models.DateField("утверждена", null=True, blank=True)
    approved_position = models.CharField("утвердил(а): должность", max_length=200, blank=True)
    approved_name = models.CharField("утвердил(а)", max_length=200, blank=True)
    evaluated_on = models.DateField("оценена", null=True, blank=True)
    closed_on = models.DateField("завершена", null=True, blank=True)
    ground = models.CharField("основание завершения", max_length=30, choices=Ground, blank=True)
    ground_text = models.CharField("пояснение", max_length=500, blank=True)
    closing_line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True, related_name="closed_programs"
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "программа наставничества"
        verbose_name_plural = "программы наставничества"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            known("program", "ground", Ground, blank=True),
            models.CheckConstraint(
                condition=Q(
                    starts_on=None,
                    ends_on=None,
                    min_ends_on=None,
                    max_ends_on=None,
                    current_ends_on=None,
                )
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    min_ends_on__isnull=False,
                    max_ends_on__isnull=False,
                    current_ends_on__isnull=False,
                    min_ends_on__gt=F("starts_on"),
                    max_ends_on__gt=F("min_ends_on"),
                    ends_on__gte=F("min_ends_on"),
                    ends_on__lte=F("max_ends_on"),
                    current_ends_on__gte=F("ends_on"),
                ),
                name="program_lasts_three_to_twelve_months",
                violation_error_message="Программа длится от трёх месяцев до одного года"
                " (Положение, 1.2.1).",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on=None)
                | (Q(starts_on__isnull=False) & ~Q(goal="") & ~Q(tasks="")),
                name="program_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_name="", approved_position="")
                | (
                    Q(approved_on__isnull=False, submitted_on__isnull=False)
                    & ~Q(approved_name="")
                    & ~Q(approved_position="")
                ),
                name="program_approved_by_somebody_after_submission",
            ),
            models.CheckConstraint(
                condition=Q(evaluated_on=None) | Q(approved_on__isnull=False),
                name="program_evaluated_only_when_approved",
            ),
            both_or_neither(
                "program_closed_with_one_ground", Q(closed_on__isnull=False), ~Q(ground="")
            ),
            models.CheckConstraint(
                condition=~Q(ground="FULL") | Q(evaluated_on__isnull=False),
                name="program_full_only_when_evaluated",
                violation_error_message="Завершить в полном объёме можно только после оценки"
                " эффективности (Положение, 6.1).",
            ),
            models.CheckConstraint(
                condition=~Q(ground="OTHER") | ~Q(ground_text=""),
                name="program_other_ground_is_named",
                violation_error_message="Назовите основание завершения.",
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(closed_on=None), name="program_one_open_per_case"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="program_version_counts"),
        ]

    def __str__(self):
        return f"программа № {self.pk}"


class ProgramAgreement(models.Model):
    """A mentee agreed to one version of the programme."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="agreements")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField("версия")
    agreed_on = models.DateField("согласована")

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "member", "version"], name="programagreement_once"
            ),
        ]


class ProgramExtension(models.Model):
    """Продление «при необходимости» (Положение, 1.2.1), by consent of all."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="extensions")
    old_ends_on = models.DateField("было до")
    new_ends_on = models.DateField("стало до")
    reason = models.CharField("почему", max_length=500)
    agreed_on = models.DateField("согласие всех участников от")
    line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    recorded_on = models.DateField("внесено")

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        ordering = ["new_ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_ends_on__gt=F("old_ends_on")),
                name="programextension_moves_forward",
                violation_error_message="Новая дата должна быть позже прежней.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="programextension_says_why"),
            models.UniqueConstraint(
                fields=["program", "old_ends_on"], name="programextension_follows_one_end"
            ),
        ]


class ProgramAmendment(models.Model):
    """Корректировка of contents by consent of mentor and mentees; a new version."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="amendments")
    version = models.PositiveSmallIntegerField("новая версия")
    summary = models.TextField("что изменено")
    agreed_on = models.DateField("согласие всех участников от")
    recorded_on = models.DateField("внесено")

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "version"], name="programamendment_version_once"
            ),
            models.CheckConstraint(condition=~Q(summary=""), name="programamendment_says_what"),
        ]


class ProgramPause(models.Model):
    """Приостановка: reminders are silent, non-law dates move by its length on resuming.

    ``starts_on`` is the first paused day, ``resumed_on`` the first day at work again.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="pauses")
    starts_on = models.DateField("с")
    expected_on = models.DateField("ожидаем возобновление")
    resumed_on = models.DateField("возобновлена", null=True, blank=True)
    reason = models.CharField("почему", max_length=300)

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ends_not_before("programpause", "starts_on", "expected_on"),
            ends_not_before("programpause", "starts_on", "resumed_on"),
            models.CheckConstraint(condition=~Q(reason=""), name="programpause_says_why"),
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(resumed_on=None),
                name="programpause_one_open_per_program",
                violation_error_message="Программа уже приостановлена.",
            ),
        ]


class EvaluationSheet(models.Model):
    """Лист оценки: a versioned set of criteria, the district's or a school's own (7.2)."""

    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, verbose_name="организация"
    )
    name = models.CharField("название", max_length=200)
    version = models.PositiveSmallIntegerField("версия", default=1)
    is_active = models.BooleanField("используется", default=True)

    class Meta:
        verbose_name = "лист оценки"
        verbose_name_plural = "листы оценки"
        ordering = ["school", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name", "version"], name="evaluationsheet_version_once"
            ),
        ]

    def __str__(self):
        return f"{self.name} (версия {self.version})"


class Criterion(models.Model):
    """One criterion, 0 to 3: не проявляется, частично, в основном, в полной мере."""

    sheet = models.ForeignKey(EvaluationSheet, models.CASCADE, related_name="criteria")
    block = models.CharField("раздел", max_length=100)
    text = models.CharField("критерий", max_length=300)
    weight = models.PositiveSmallIntegerField("вес", default=1)
    level = models.PositiveSmallIntegerField("уровень оценки", default=1)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "критерий"
        verbose_name_plural = "критерии"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=10), name="criterion_weight_in_limits"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4), name="criterion_level_known"
            ),
        ]

    def __str__(self):
        return self.text


class Evaluation(models.Model):
    """Оценка эффективности (Положение, 6.1 and 7.1): of one mentee, or of the whole case.

    ``member`` is empty in the summary of the case; only that one allows full completion.
    ``percent`` is Σ(score × weight) / Σ(3 × weight), of the summary: over all scores.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="evaluations")
    member = models.ForeignKey(
        GroupMember, models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    sheet = models.ForeignKey(EvaluationSheet, models.PROTECT)
    evaluated_on = models.DateField("дата оценки")
    recorded_on = models.DateField("внесено")
    evaluator = models.CharField("кто оценивал", max_length=300)
    percent = models.PositiveSmallIntegerField("оценка, %")
    conclusion = models.CharField("вывод", max_length=20, choices=Conclusion)
    text = models.TextField("обоснование")

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        verbose_name = "оценка программы"
        verbose_name_plural = "оценки программ"
        constraints = [
            known("evaluation", "conclusion", Conclusion),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="evaluation_percent_in_limits"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(evaluator=""), name="evaluation_says_who_and_why"
            ),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("evaluated_on")),
                name="evaluation_not_recorded_before_held",
            ),
            models.UniqueConstraint(
                fields=["program"], condition=Q(member=None), name="evaluation_one_summary"
            ),
            models.UniqueConstraint(
                fields=["program", "member"],
                condition=Q(member__isnull=False),
                name="evaluation_one_per_member",
            ),
        ]


class Score(models.Model):
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT)
    value = models.PositiveSmallIntegerField("балл")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=3), name="score_in_limits"),
        ]
