"""Difficulties of teachers, and requests for a mentor."""

from django.db import models
from django.db.models import Q

from programs.choices import MenteeCategory
from schools.constraints import both_or_neither, known
from schools.models import OrganisationKind, StaffMember


class Need(models.Model):
    """Профессиональное затруднение: the catalogue, by kind of organisation."""

    name = models.CharField("название", max_length=200)
    kind = models.CharField(
        "вид организаций", max_length=20, choices=OrganisationKind, blank=True,
        help_text="Пусто — для всех.",
    )  # fmt: skip
    is_active = models.BooleanField("предлагается в формах", default=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "профессиональное затруднение"
        verbose_name_plural = "профессиональные затруднения"
        ordering = ["position", "name"]
        constraints = [
            known("need", "kind", OrganisationKind, blank=True),
            models.UniqueConstraint(fields=["name", "kind"], name="need_once"),
        ]

    def __str__(self):
        return self.name


class RequestOutcome(models.TextChoices):
    PAIRED = "PAIRED", "пара создана"
    DECLINED_BY_MENTEE = "DECLINED_BY_MENTEE", "педагог отказался"
    NOT_NEEDED = "NOT_NEEDED", "не требуется"
    NO_MENTOR = "NO_MENTOR", "нет подходящего наставника"


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(post__school__in=access.staffed_schools())
            | Q(post__person=access.person_id)
            | Q(post__school__municipality__in=access.inspected_municipalities())
        )


class MentoringRequest(models.Model):
    """Запрос: a teacher needs a mentor (Положение, 4.2). A curator may write it."""

    post = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="requests", verbose_name="педагог"
    )
    asked_on = models.DateField("дата запроса")
    category = models.CharField("категория", max_length=30, choices=MenteeCategory)
    needs = models.ManyToManyField(
        Need, blank=True, related_name="requests", verbose_name="затруднения"
    )
    strengths = models.CharField("сильные стороны", max_length=500, blank=True)
    text = models.TextField("что важно", blank=True)
    outcome = models.CharField("итог", max_length=20, choices=RequestOutcome, blank=True)
    settled_on = models.DateField("решено", null=True, blank=True)
    group = models.ForeignKey(
        "programs.MentoringGroup", models.PROTECT, null=True, blank=True, related_name="requests"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос на наставничество"
        verbose_name_plural = "запросы на наставничество"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            known("mentoringrequest", "category", MenteeCategory),
            known("mentoringrequest", "outcome", RequestOutcome, blank=True),
            both_or_neither(
                "mentoringrequest_settled_is_dated", ~Q(outcome=""), Q(settled_on__isnull=False)
            ),
            both_or_neither(
                "mentoringrequest_paired_names_the_pair",
                Q(outcome="PAIRED"),
                Q(group__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(outcome=""),
                name="mentoringrequest_one_open_per_post",
                violation_error_message="Открытый запрос этого педагога уже есть.",
            ),
        ]
