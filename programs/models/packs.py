"""Sets of papers that were given out of the organisation."""

from django.db import models
from django.db.models import Q

from programs.models.cases import MentoringGroup
from schools.models import Job, School, StoredFile, User


class PackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The organisation's staff."""
        return self.filter(school__in=user.access.staffed_schools())


class Pack(models.Model):
    """«Комплект для передачи»: to whom, on what basis, which papers of a case as of a day.

    ``papers`` is frozen when it is asked for: the same request later gives the same content.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="packs")
    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="packs")
    as_of = models.DateField("по состоянию на")
    recipient = models.CharField("кому", max_length=300)
    basis = models.CharField("основание", max_length=300)
    papers = models.JSONField("бумаги", default=list)
    made_on = models.DateField("подготовлен")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "комплект для передачи"
        verbose_name_plural = "комплекты для передачи"
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(basis=""), name="pack_names_recipient_and_basis"
            ),
        ]
