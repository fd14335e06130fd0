"""What a pair does: planned events, records of meetings, notes, questions, side help."""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from programs.choices import EventOutcome, MeetingFormat, Responsible
from programs.models.cases import CaseRowQuerySet, GroupMember, MentorAppointment, MentoringGroup
from programs.models.programs import Direction, Program, ProgramRowQuerySet
from programs.models.requests import Need
from schools.constraints import both_or_neither, ends_not_before, known
from schools.models import Person, StaffMember, User


class PlannedEvent(models.Model):
    """Мероприятие программы: aimed at a difficulty, with an expected result and a day."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="events")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, verbose_name="направление"
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, verbose_name="затруднение"
    )
    title = models.CharField("мероприятие", max_length=300)
    work_form = models.CharField("форма работы", max_length=150, blank=True)
    due_on = models.DateField("срок")
    first_due_on = models.DateField("первоначальный срок")
    responsible = models.CharField("ответственный", max_length=10, choices=Responsible)
    expected = models.CharField("планируемый результат", max_length=500, blank=True)
    actual = models.CharField("фактический результат", max_length=500, blank=True)
    outcome = models.CharField("отметка", max_length=10, choices=EventOutcome, blank=True)
    settled_on = models.DateField("дата отметки", null=True, blank=True)

    objects = ProgramRowQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие программы"
        verbose_name_plural = "мероприятия программ"
        ordering = ["due_on", "position", "pk"]
        constraints = [
            known("plannedevent", "responsible", Responsible),
            known("plannedevent", "outcome", EventOutcome, blank=True),
            models.CheckConstraint(condition=~Q(title=""), name="plannedevent_has_a_title"),
            both_or_neither(
                "plannedevent_outcome_is_dated", ~Q(outcome=""), Q(settled_on__isnull=False)
            ),
        ]


class ConfidentialCaseQuerySet(models.QuerySet):
    """Texts of a case: the organisation's staff and the pair, not the methodologist.

    The pair is who was named by an order: somebody only proposed reads nothing yet. Former
    participants keep what is dated up to their last day.
    """

    path = "group"
    dated = "recorded_on"

    def visible_to(self, user):
        access = user.access
        mentored = MentorAppointment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef(self.dated)),
            ordered_on__isnull=False,
            post__person=access.person_id,
            group=OuterRef(self.path),
        )
        learned = GroupMember.objects.filter(
            Q(left_on=None) | Q(left_on__gte=OuterRef(self.dated)),
            joined_on__isnull=False,
            post__person=access.person_id,
            group=OuterRef(self.path),
        )
        return self.filter(
            Q(**{f"{self.path}__school__in": access.staffed_schools()})
            | Exists(mentored)
            | Exists(learned)
        )


class MeetingQuerySet(ConfidentialCaseQuerySet):
    path = "program__group"
    dated = "held_on"

    def held(self):
        return self.filter(cancelled_on=None)


class Meeting(models.Model):
    """Запись о встрече. The same ``client_key`` sent twice is one meeting."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="meetings")
    appointment = models.ForeignKey(
        MentorAppointment, models.PROTECT, related_name="meetings", verbose_name="наставник"
    )
    event = models.ForeignKey(
        PlannedEvent, models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name="мероприятие плана",
    )  # fmt: skip
    held_on = models.DateField("дата встречи")
    recorded_on = models.DateField("внесено")
    minutes = models.PositiveSmallIntegerField("длительность, минут")
    format = models.CharField("формат", max_length=20, choices=MeetingFormat)
    topic = models.CharField("тема", max_length=300)
    result = models.TextField("что сделано", blank=True)
    agreements = models.TextField("договорённости", blank=True)
    needs_curator = models.BooleanField("нужна помощь куратора", default=False)
    cancelled_on = models.DateField("отменена", null=True, blank=True)
    cancel_reason = models.CharField("почему отменена", max_length=300, blank=True)
    client_key = models.UUIDField(default=uuid.uuid4)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "запись о встрече"
        verbose_name_plural = "записи о встречах"
        ordering = ["-held_on", "-pk"]
        constraints = [
            known("meeting", "format", MeetingFormat),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("held_on")),
                name="meeting_not_recorded_before_held",
                violation_error_message="Встреча ещё не состоялась: проверьте дату.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=600),
                name="meeting_lasts_up_to_ten_hours",
                violation_error_message="Длительность — от 1 до 600 минут.",
            ),
            models.CheckConstraint(condition=~Q(topic=""), name="meeting_has_a_topic"),
            both_or_neither(
                "meeting_cancelled_with_a_reason",
                Q(cancelled_on__isnull=False),
                ~Q(cancel_reason=""),
                "Напишите, почему встреча отменена.",
            ),
            models.UniqueConstraint(
                fields=["program", "client_key"], name="meeting_sent_twice_is_one"
            ),
        ]
        indexes = [models.Index(fields=["program", "held_on"], name="meeting_program_held")]


class Attendance(models.Model):
    """Who of the mentees was there; a mentee may confirm the record."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="attendance")
    present = models.BooleanField("присутствовал(а)", default=True)
    confirmed_on = models.DateField("подтверждено наставляемым", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(present=True),
                name="attendance_only_who_came_confirms",
            ),
        ]


class PairOnlyQuerySet(models.QuerySet):
    """Rows that nobody but the present mentor and mentees of the case reads."""

    def visible_to(self, user):
        own = user.access.person_id
        return self.filter(
            Q(
                group__in=MentorAppointment.objects.ordered()
                .filter(post__person=own, ends_on=None)
                .values("group")
            )
            | Q(
                group__in=GroupMember.objects.filter(
                    post__person=own, left_on=None, joined_on__isnull=False
                ).values("group")
            )
        )


class PrivateNote(models.Model):
    """A note of the pair's own: no curator, director, methodologist or admin reads it."""

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="private_notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField("заметка")
    written_on = models.DateField("дата")

    objects = PairOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="privatenote_has_text")]


class HelpKind(models.TextChoices):
    HELP = "HELP", "нужна помощь"
    OTHER_MENTOR = "OTHER_MENTOR", "прошу другого наставника"


class HelpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """HELP: the pair and the school. OTHER_MENTOR: its author and the school only —
        it never reaches the mentor before a decision."""
        access = user.access
        own = access.person_id
        mine = MentorAppointment.objects.on(access.on).filter(post__person=own).values("group")
        return self.filter(
            Q(group__school__in=access.staffed_schools())
            & ~Q(kind="OTHER_MENTOR", answered_on=None, group__in=mine)
            | Q(member__post__person=own)
            | Q(kind="HELP", group__in=mine)
        )


class HelpRequest(models.Model):
    """A mentee asks: help, or another mentor."""

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="help_requests")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="help_requests")
    kind = models.CharField("о чём", max_length=15, choices=HelpKind)
    text = models.TextField("что нужно", blank=True)
    asked_on = models.DateField("дата")
    answered_on = models.DateField("отвечено", null=True, blank=True)
    answer = models.TextField("ответ", blank=True)

    objects = HelpQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            known("helprequest", "kind", HelpKind),
            both_or_neither(
                "helprequest_answer_is_dated", Q(answered_on__isnull=False), ~Q(answer="")
            ),
            ends_not_before("helprequest", "asked_on", "answered_on"),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(answered_on=None),
                name="helprequest_one_open_per_kind",
                violation_error_message="Вы уже просили об этом, ответ скоро будет.",
            ),
        ]


class EpisodeKind(models.TextChoices):
    PRACTICE = "PRACTICE", "руководство практикой"
    CONSULTATION = "CONSULTATION", "разовая консультация"
    CONTEST = "CONTEST", "помощь в подготовке к конкурсу"
    BEFORE_ORDER = "BEFORE_ORDER", "встречи до приказа о закреплении"


class EpisodeQuerySet(models.QuerySet):
    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(mentor__school__in=access.staffed_schools()) | Q(mentor__person=access.person_id)
        )


class MentoringEpisode(models.Model):
    """Help outside programmes and their indicators, inside the mentor's portfolio."""

    mentor = models.ForeignKey(StaffMember, models.PROTECT, related_name="episodes")
    kind = models.CharField("вид", max_length=20, choices=EpisodeKind)
    group = models.ForeignKey(MentoringGroup, models.PROTECT, null=True, blank=True)
    whom = models.CharField("кому", max_length=300)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    hours = models.PositiveSmallIntegerField("часов", null=True, blank=True)
    text = models.TextField("что сделано")
    recorded_on = models.DateField("внесено")

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = "помощь вне программы"
        verbose_name_plural = "помощь вне программ"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            known("mentoringepisode", "kind", EpisodeKind),
            ends_not_before("mentoringepisode", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("ends_on")),
                name="mentoringepisode_not_recorded_before_end",
            ),
        ]


class IncentiveKind(models.TextChoices):
    PAYMENT = "PAYMENT", "премия"
    RECOGNITION = "RECOGNITION", "поощрение"


class IncentiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(post__school__in=access.staffed_schools()) | Q(post__person=access.person_id)
        )


class Incentive(models.Model):
    """Стимулирование (Положение, 5.1): recognition or a bonus; regular pay is the addendum's."""

    post = models.ForeignKey(StaffMember, models.PROTECT, related_name="incentives")
    group = models.ForeignKey(MentoringGroup, models.PROTECT, null=True, blank=True)
    kind = models.CharField("вид", max_length=15, choices=IncentiveKind)
    measure = models.CharField("мера", max_length=200)
    amount = models.DecimalField(
        "сумма, рублей", max_digits=9, decimal_places=2, null=True, blank=True
    )
    basis = models.CharField("основание", max_length=300)
    granted_on = models.DateField("дата")
    recorded_on = models.DateField("внесено")

    objects = IncentiveQuerySet.as_manager()

    class Meta:
        verbose_name = "поощрение"
        verbose_name_plural = "поощрения"
        ordering = ["-granted_on", "-pk"]
        constraints = [
            known("incentive", "kind", IncentiveKind),
            both_or_neither(
                "incentive_payment_has_an_amount", Q(kind="PAYMENT"), Q(amount__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="incentive_amount_is_positive"
            ),
        ]


class Remark(models.Model):
    """Замечание of a methodologist on a case, with a day to answer."""

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField("замечание")
    written_on = models.DateField("дата")
    due_on = models.DateField("ответить до")
    answered_on = models.DateField("отвечено", null=True, blank=True)
    answer = models.TextField("ответ", blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-pk"]
        constraints = [
            ends_not_before("remark", "written_on", "due_on"),
            ends_not_before("remark", "written_on", "answered_on"),
            both_or_neither("remark_answer_is_dated", Q(answered_on__isnull=False), ~Q(answer="")),
        ]
