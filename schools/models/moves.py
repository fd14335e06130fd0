"""Moves between organisations, and people who may be known twice."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.constraints import ends_not_before
from schools.models.people import Person
from schools.models.places import School
from schools.models.staff import StaffMember
from schools.models.users import User


class BetweenSchoolsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two organisations concerned, nobody else."""
        schools = user.access.staffed_schools()
        return self.filter(Q(post__school__in=schools) | Q(to_school__in=schools))


class TransferQuerySet(BetweenSchoolsQuerySet):
    def open(self):
        return self.filter(refused_on=None, new_post=None)


class Transfer(models.Model):
    """A move to another organisation of the municipality that both sides confirm.

    With ``keeps_post`` the person goes on working at the first place too (совместительство).
    """

    post = models.ForeignKey(StaffMember, models.PROTECT, related_name="transfers")
    to_school = models.ForeignKey(
        School, models.PROTECT, related_name="incoming_transfers", verbose_name="куда"
    )
    position = models.CharField("новая должность", max_length=200)
    subject = models.CharField("предмет", max_length=200, blank=True)
    asked_on = models.DateField("запрошено")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    moves_on = models.DateField("первый день на новом месте")
    keeps_post = models.BooleanField("остаётся и на прежнем месте", default=False)
    home_confirmed_on = models.DateField("подтвердила прежняя организация", null=True, blank=True)
    host_confirmed_on = models.DateField("подтвердила новая организация", null=True, blank=True)
    refused_on = models.DateField("отказано", null=True, blank=True)
    refusal_reason = models.CharField("почему отказано", max_length=300, blank=True)
    new_post = models.OneToOneField(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="came_by"
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "переход"
        verbose_name_plural = "переходы"
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(refused_on=None, new_post=None),
                name="transfer_one_open_per_post",
                violation_error_message="Переход уже запрошен.",
            ),
            models.CheckConstraint(
                condition=Q(new_post=None)
                | Q(
                    home_confirmed_on__isnull=False,
                    host_confirmed_on__isnull=False,
                    refused_on=None,
                ),
                name="transfer_done_with_both_consents",
            ),
        ]


class SecondmentQuerySet(BetweenSchoolsQuerySet):
    def in_force(self, on: dt.date):
        """Offers that ``to_school`` may use on ``on``; coming ones too."""
        return self.filter(withdrawn_on=None).filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Secondment(models.Model):
    """Направление: a home organisation lends a mentor to another one of the municipality.

    The only way in which an organisation learns of a mentor who works elsewhere; the case
    itself rests on the appointment, which repeats the papers named here (domain, b.5).
    """

    post = models.ForeignKey(StaffMember, models.PROTECT, related_name="secondments")
    to_school = models.ForeignKey(
        School, models.PROTECT, related_name="seconded_mentors", verbose_name="куда"
    )
    home_order = models.CharField("приказ организации-работодателя", max_length=200)
    home_agreement = models.CharField("соглашение организаций", max_length=200, blank=True)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)
    offered_on = models.DateField("внесено")
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)

    objects = SecondmentQuerySet.as_manager()

    class Meta:
        verbose_name = "направление наставника"
        verbose_name_plural = "направления наставников"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_not_before("secondment", "starts_on", "ends_on"),
            models.CheckConstraint(condition=~Q(home_order=""), name="secondment_names_its_order"),
            models.UniqueConstraint(
                fields=["post", "to_school"],
                condition=Q(withdrawn_on=None),
                name="secondment_once_in_force",
                violation_error_message="Туда этот сотрудник уже направлен.",
            ),
        ]


class PossibleDouble(models.Model):
    """Two people of one municipality who may be the same person; settled by the admin."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    settled_on = models.DateField("решено", null=True, blank=True)
    same = models.BooleanField("один и тот же человек", null=True, blank=True)

    class Meta:
        verbose_name = "возможный двойник"
        verbose_name_plural = "возможные двойники"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="possibledouble_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="possibledouble_in_order"
            ),
        ]
