"""The mentor's own words in the report; its figures are read from facts."""

from django.db import models
from django.db.models import Q

from programs.models.cases import MentorAppointment
from programs.models.programs import Program
from schools.constraints import known


class ReportConclusion(models.TextChoices):
    FINISH = "FINISH", "завершить программу"
    EXTEND = "EXTEND", "продлить программу"
    CHANGE = "CHANGE", "скорректировать программу"


class MentorReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The organisation's staff and its author."""
        access = user.access
        return self.filter(
            Q(program__group__school__in=access.staffed_schools())
            | Q(appointment__post__person=access.person_id)
        )


class MentorReport(models.Model):
    """Отчёт наставника: what facts cannot tell. Drafted from them, changed by the mentor.

    An optional paper (273-ФЗ, ст. 47 limits what teachers may be made to write): nothing waits
    for it.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="mentor_reports")
    appointment = models.ForeignKey(MentorAppointment, models.PROTECT, related_name="reports")
    dynamics = models.TextField("динамика по затруднениям", max_length=5000)
    difficulties = models.TextField("что не удалось, трудности", max_length=5000, blank=True)
    achievements = models.TextField("достижения наставляемых", max_length=5000, blank=True)
    conclusion = models.CharField("вывод", max_length=10, choices=ReportConclusion)
    proposals = models.TextField("предложения", max_length=5000, blank=True)
    written_on = models.DateField("составлен")

    objects = MentorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт наставника"
        verbose_name_plural = "отчёты наставников"
        constraints = [
            known("mentorreport", "conclusion", ReportConclusion),
            models.CheckConstraint(condition=~Q(dynamics=""), name="mentorreport_says_something"),
            models.UniqueConstraint(
                fields=["program", "appointment"], name="mentorreport_one_per_mentor"
            ),
        ]
