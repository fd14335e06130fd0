"""Written consents of mentors and mentees."""

from django.db import models
from django.db.models import F, Q

from programs.choices import ConsentMeans, ConsentRole
from programs.models.cases import GroupMember, MentoringGroup
from schools.constraints import ends_not_before, known
from schools.models import StaffMember, StoredFile


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_on=None)

    def visible_to(self, user):
        """The organisation's staff, and each person's own."""
        access = user.access
        return self.filter(
            Q(group__school__in=access.staffed_schools()) | Q(post__person=access.person_id)
        )


class Consent(models.Model):
    """Written consent. A mentor's is paper (Положение, 3.3; ТК РФ, ст. 351.8)."""

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="consents")
    post = models.ForeignKey(StaffMember, models.PROTECT, related_name="consents")
    role = models.CharField("в качестве", max_length=10, choices=ConsentRole)
    means = models.CharField(
        "как дано", max_length=20, choices=ConsentMeans, default=ConsentMeans.PAPER
    )
    # A mentor's consent names the mentees; a later one names those who joined later.
    members = models.ManyToManyField(GroupMember, blank=True, related_name="named_in")
    supplements = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    text = models.TextField("текст, как подписан", blank=True)
    signed_on = models.DateField("подписано")
    recorded_on = models.DateField("внесено")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["signed_on", "pk"]
        constraints = [
            known("consent", "role", ConsentRole),
            known("consent", "means", ConsentMeans),
            models.CheckConstraint(
                condition=Q(role="MENTEE") | ~Q(means="MARK"),
                name="consent_of_a_mentor_is_paper",
                violation_error_message="Согласие наставника даётся на бумаге.",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("signed_on")),
                name="consent_not_recorded_before_signed",
                violation_error_message="Дата подписания ещё не наступила.",
            ),
            ends_not_before("consent", "signed_on", "withdrawn_on"),
            models.UniqueConstraint(
                fields=["group", "post", "role"],
                condition=Q(withdrawn_on=None, supplements=None),
                name="consent_one_in_force",
                violation_error_message="Согласие уже отмечено.",
            ),
        ]
