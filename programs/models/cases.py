"""The case itself, its members and its mentors."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from programs.choices import (
    Basis,
    Form,
    Kind,
    LeaveGround,
    MenteeCategory,
)
from programs.fields import KindSetField
from schools.constraints import both_or_neither, ends_not_before, known
from schools.models import Partner, Person, School, StaffMember


class GroupQuerySet(models.QuerySet):
    def open(self):
        """Cases neither withdrawn nor closed."""
        return self.filter(withdrawn_on=None, closed_on=None)

    def visible_to(self, user):
        """Cases of staffed schools, own cases, and the own district's.

        Somebody who was proposed and struck out again before any order has no part in a case.
        """
        access = user.access
        mentored = MentorAppointment.objects.filter(dropped_on=None)
        learned = GroupMember.objects.filter(Q(joined_on__isnull=False) | Q(left_on=None))
        return self.filter(
            Q(school__in=access.staffed_schools())
            | Q(pk__in=mentored.filter(post__person=access.person_id).values("group"))
            | Q(pk__in=learned.filter(post__person=access.person_id).values("group"))
            | Q(school__municipality__in=access.inspected_municipalities())
        )

    def with_state_facts(self, on: dt.date):
        """Cases with what ``programs.states.state_of`` needs to know."""
        from programs.states import with_state_facts  # noqa: PLC0415 states read every model

        return with_state_facts(self, on)

    def in_state(self, states, on: dt.date):
        """Cases in one of ``states`` on the day ``on``; adds the column ``state``."""
        from programs.states import with_state  # noqa: PLC0415 states read every model

        return with_state(self, on).filter(state__in=states)

    def search(self, text: str):
        """Cases in which somebody's name or post holds every word of ``text``."""
        people = StaffMember.objects.search(text)
        return self.filter(
            Q(pk__in=MentorAppointment.objects.filter(post__in=people).values("group"))
            | Q(pk__in=GroupMember.objects.filter(post__in=people).values("group"))
        )


class MentoringGroup(models.Model):
    """The case: a pair (one mentee) or a group (several), with all that hangs on it.

    What a person reads as a state is computed from dates by ``programs.states``; ``closed_on``
    repeats the closing of the last programme, so that lists stay one query.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="groups", verbose_name="организация"
    )
    form = models.CharField("форма", max_length=30, choices=Form)
    kinds = KindSetField("виды")
    why = models.CharField("почему такие форма и виды (Положение, 4.2)", max_length=500)
    curator = models.ForeignKey(
        Person, models.PROTECT, related_name="curated_groups", verbose_name="куратор"
    )
    proposed_on = models.DateField("предложена")
    planned_starts_on = models.DateField("планируемое начало")
    planned_ends_on = models.DateField("планируемое окончание")
    adopted_on = models.DateField("внесена как действующая", null=True, blank=True)
    withdrawn_on = models.DateField("предложение снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True)
    closed_on = models.DateField("завершена", null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "пара (группа)"
        verbose_name_plural = "пары и группы"
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            known("mentoringgroup", "form", Form),
            models.CheckConstraint(
                condition=Q(kinds__gte=1, kinds__lte=KindSetField.EVERY),
                name="mentoringgroup_kinds_known",
                violation_error_message="Выберите хотя бы один вид наставничества.",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="mentoringgroup_says_why"),
            models.CheckConstraint(
                condition=Q(planned_ends_on__gt=F("planned_starts_on")),
                name="mentoringgroup_planned_end_after_start",
                violation_error_message="Окончание должно быть позже начала.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(closed_on=None),
                name="mentoringgroup_withdrawn_or_closed",
            ),
            ends_not_before("mentoringgroup", "proposed_on", "withdrawn_on"),
        ]
        indexes = [models.Index(fields=["school", "closed_on"], name="mentoringgroup_school")]

    def __str__(self):
        return f"пара № {self.pk}"

    def get_absolute_url(self):
        from django.urls import reverse  # noqa: PLC0415 a model needs addresses only here

        return reverse("group-detail", args=[self.pk])

    @property
    def kind_labels(self) -> list[str]:
        return [Kind(kind).label for kind in self.kinds]


class CaseRowQuerySet(models.QuerySet):
    """Rows of a case that whoever sees the case sees too."""

    def visible_to(self, user):
        return self.filter(group__in=MentoringGroup.objects.visible_to(user))


class GroupMemberQuerySet(CaseRowQuerySet):
    def on(self, day: dt.date):
        """Members on ``day``; both ends included."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def present(self):
        """Proposed and joined members who have not left."""
        return self.filter(left_on=None)


class GroupMember(models.Model):
    """Наставляемый in a case. ``joined_on`` is empty until an order line names the member."""

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="members")
    post = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="group_members", verbose_name="наставляемый"
    )
    category = models.CharField("категория", max_length=30, choices=MenteeCategory)
    proposed_on = models.DateField("предложен(а)")
    joined_on = models.DateField("в группе с", null=True, blank=True)
    joined_line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True, related_name="joined_members"
    )
    left_on = models.DateField("в группе по", null=True, blank=True)
    left_ground = models.CharField("причина выхода", max_length=20, choices=LeaveGround, blank=True)
    left_line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True, related_name="left_members"
    )
    statement_on = models.DateField("заявление от", null=True, blank=True)
    result = models.CharField("результат", max_length=500, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "наставляемый"
        verbose_name_plural = "наставляемые"
        ordering = ["pk"]
        constraints = [
            known("groupmember", "category", MenteeCategory),
            known("groupmember", "left_ground", LeaveGround, blank=True),
            both_or_neither(
                "groupmember_joined_by_an_order_line",
                Q(joined_on__isnull=False),
                Q(joined_line__isnull=False),
            ),
            both_or_neither(
                "groupmember_left_has_one_ground", Q(left_on__isnull=False), ~Q(left_ground="")
            ),
            ends_not_before("groupmember", "joined_on", "left_on"),
            models.UniqueConstraint(
                fields=["group", "post"],
                condition=Q(left_on=None),
                name="groupmember_once_in_a_case",
                violation_error_message="Этот педагог уже есть в группе.",
            ),
        ]

    def __str__(self):
        return str(self.post.person)


class AppointmentQuerySet(models.QuerySet):
    def ordered(self):
        return self.filter(ordered_on__isnull=False)

    def on(self, day: dt.date):
        """Ordered appointments in force on ``day``; both ends included."""
        return (
            self.ordered()
            .filter(starts_on__lte=day)
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        )

    def visible_to(self, user):
        """With the case; a seconded mentor's home organisation sees that appointment alone."""
        access = user.access
        return self.filter(
            Q(group__in=MentoringGroup.objects.visible_to(user))
            | Q(basis=Basis.SECONDMENT, post__school__in=access.staffed_schools())
        )


class MentorAppointment(models.Model):
    """A mentor of a case, by order (Положение, 3.3). ``ordered_on`` is empty while proposed.

    ``consented_on`` and ``ordered_on`` repeat the dates of the consent and of the order, so
    that the database itself refuses an order older than the consent.
    """

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="appointments", verbose_name="наставник"
    )
    basis = models.CharField("основание", max_length=20, choices=Basis, default=Basis.ADDENDUM)
    duty_clause = models.CharField("пункт должностной инструкции", max_length=200, blank=True)
    duty_dated = models.DateField("должностная инструкция от", null=True, blank=True)
    home_order = models.CharField("приказ организации-работодателя", max_length=200, blank=True)
    home_agreement = models.CharField("соглашение организаций", max_length=200, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True)
    hours_per_month = models.PositiveSmallIntegerField("часов в месяц", null=True, blank=True)
    temporary = models.BooleanField("временно", default=False)
    proposed_on = models.DateField("предложен(а)")
    reason = models.CharField("почему предложен(а) вместо прежнего", max_length=300, blank=True)
    dropped_on = models.DateField("предложение снято", null=True, blank=True)
    consent = models.ForeignKey(
        "programs.Consent", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    consented_on = models.DateField("согласие от", null=True, blank=True)
    order_line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    ordered_on = models.DateField("приказ от", null=True, blank=True)
    starts_on = models.DateField("с")
    expected_ends_on = models.DateField("временно до", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    end_line = models.ForeignKey(
        "programs.OrderLine", models.PROTECT, null=True, blank=True,
        related_name="ended_appointments",
    )  # fmt: skip
    end_reason = models.CharField("почему закончено", max_length=300, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "назначение наставника"
        verbose_name_plural = "назначения наставников"
        ordering = ["starts_on", "pk"]
        constraints = [
            known("mentorappointment", "basis", Basis),
            models.CheckConstraint(
                condition=Q(ordered_on=None, order_line=None)
                | Q(
                    ordered_on__isnull=False,
                    order_line__isnull=False,
                    consent__isnull=False,
                    consented_on__isnull=False,
                    consented_on__lte=F("ordered_on"),
                    dropped_on=None,
                ),
                name="mentorappointment_ordered_after_consent",
                violation_error_message="Без согласия наставника не позже даты приказа"
                " назначить нельзя (Положение, 3.3).",
            ),
            both_or_neither(
                "mentorappointment_consent_is_dated",
                Q(consent__isnull=False),
                Q(consented_on__isnull=False),
            ),
            ends_not_before("mentorappointment", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ordered_on__isnull=False),
                name="mentorappointment_only_ordered_ends",
            ),
            models.CheckConstraint(
                condition=~Q(basis="DUTY_OF_POST")
                | (~Q(duty_clause="") & Q(duty_dated__isnull=False)),
                name="mentorappointment_duty_names_its_clause",
                violation_error_message="Укажите пункт и дату должностной инструкции.",
            ),
            models.CheckConstraint(
                condition=~Q(basis="SECONDMENT")
                | Q(ordered_on=None)
                | (~Q(home_order="") & ~Q(home_agreement="")),
                name="mentorappointment_secondment_has_papers",
                violation_error_message="Нужны приказ работодателя и соглашение организаций.",
            ),
            both_or_neither(
                "mentorappointment_partner_named",
                Q(basis="PARTNER_AGREEMENT"),
                Q(partner__isnull=False),
                "Укажите организацию-партнёра.",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(ordered_on__isnull=False, ends_on=None, temporary=False),
                name="mentorappointment_one_open_per_case",
                violation_error_message="В паре уже есть действующий наставник.",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(ordered_on=None, dropped_on=None, temporary=False),
                name="mentorappointment_one_proposed_per_case",
                violation_error_message="Наставник уже предложен.",
            ),
        ]
        indexes = [models.Index(fields=["post", "ends_on"], name="mentorappointment_post")]

    def __str__(self):
        return f"{self.post.person} — {self.group}"
