"""Orders with their lines and registers; the addendum and the notice of ТК РФ, ст. 351.8."""

from django.db import models
from django.db.models import F, Q

from programs.choices import LineAction, OrderKind, PayKind
from programs.models.cases import CaseRowQuerySet, MentorAppointment, MentoringGroup
from schools.constraints import ends_not_before, known
from schools.models import Municipality, School, StoredFile


class OrderRegister(models.Model):
    """Книга приказов of exactly one issuer; its year starts on 1 January or 1 September."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="registers",
        verbose_name="организация",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="муниципалитет"
    )
    name = models.CharField("название", max_length=150)
    year_starts_in = models.PositiveSmallIntegerField(
        "год начинается", choices=[(1, "1 января"), (9, "1 сентября")], default=1
    )

    class Meta:
        verbose_name = "книга приказов"
        verbose_name_plural = "книги приказов"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, municipality=None)
                | Q(school=None, municipality__isnull=False),
                name="orderregister_has_one_issuer",
            ),
            models.CheckConstraint(
                condition=Q(year_starts_in__in=[1, 9]), name="orderregister_year_known"
            ),
            models.UniqueConstraint(fields=["school", "name"], name="orderregister_school_name"),
            models.UniqueConstraint(
                fields=["municipality", "name"], name="orderregister_municipality_name"
            ),
        ]

    def __str__(self):
        return self.name


class OrderQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(signed_on__isnull=False)

    def visible_to(self, user):
        """The issuer's staff. Others see an order through the papers of their own case."""
        access = user.access
        return self.filter(
            Q(register__school__in=access.staffed_schools())
            | Q(register__municipality__in=access.inspected_municipalities())
        )


PAPER_TEXT = "Приказ внесён по бумажному подлиннику: его текст — на бумаге и в скане."


class Order(models.Model):
    """Приказ. Number and date come from the issuer's own register, as text and together.

    ``year_starts_on`` and ``year_ends_on`` bound the register's year: stored, because no
    portable CHECK takes a year out of a date.
    """

    register = models.ForeignKey(
        OrderRegister, models.PROTECT, related_name="orders", verbose_name="книга приказов"
    )
    kind = models.CharField("вид", max_length=10, choices=OrderKind)
    title = models.CharField("заголовок", max_length=300)
    prepared_on = models.DateField("подготовлен")
    dropped_on = models.DateField("проект снят", null=True, blank=True)
    number = models.CharField("номер", max_length=50, blank=True)
    number_key = models.CharField(max_length=50, blank=True, editable=False)
    signed_on = models.DateField("дата приказа", null=True, blank=True)
    recorded_on = models.DateField("внесено", null=True, blank=True)
    year_starts_on = models.DateField(null=True, blank=True, editable=False)
    year_ends_on = models.DateField(null=True, blank=True, editable=False)
    signatory_role = models.CharField("кто подписывает", max_length=30, blank=True)
    signatory_position = models.CharField("должность подписавшего", max_length=200, blank=True)
    signatory_name = models.CharField("подписал(а)", max_length=200, blank=True)
    program_due_on = models.DateField("подготовить программы до", null=True, blank=True)
    text = models.TextField("текст, как подписан", blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "приказ"
        verbose_name_plural = "приказы"
        ordering = [F("signed_on").desc(nulls_first=True), "-pk"]
        constraints = [
            known("order", "kind", OrderKind),
            models.CheckConstraint(
                condition=Q(
                    signed_on=None,
                    number="",
                    number_key="",
                    recorded_on=None,
                    year_starts_on=None,
                    year_ends_on=None,
                )
                | (
                    Q(
                        signed_on__isnull=False,
                        recorded_on__isnull=False,
                        year_starts_on__isnull=False,
                        year_ends_on__isnull=False,
                        dropped_on=None,
                    )
                    & ~Q(number="")
                    & ~Q(number_key="")
                    & ~Q(signatory_position="")
                    & ~Q(signatory_name="")
                    & ~Q(text="")
                ),
                name="order_signed_whole_or_not_at_all",
                violation_error_message="У подписанного приказа есть номер, дата и подписавший.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None)
                | Q(signed_on__gte=F("year_starts_on"), signed_on__lte=F("year_ends_on")),
                name="order_date_within_its_year",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(recorded_on__gte=F("signed_on")),
                name="order_not_recorded_before_signed",
                violation_error_message="Дата приказа ещё не наступила.",
            ),
            models.UniqueConstraint(
                fields=["register", "year_starts_on", "number_key"],
                condition=Q(signed_on__isnull=False),
                name="order_number_once_a_year",
                violation_error_message="Приказ с таким номером в этом году уже есть.",
            ),
        ]

    def __str__(self):
        if self.signed_on:
            return f"приказ от {self.signed_on:%d.%m.%Y} № {self.number}"
        return f"проект приказа {self.get_kind_display()}"

    @property
    def is_from_paper(self) -> bool:
        """Entered with a pair that already ran: number, date and signatory were typed."""
        return self.text == PAPER_TEXT

    def get_absolute_url(self):
        from django.urls import reverse  # noqa: PLC0415 a model needs addresses only here

        return reverse("order-detail", args=[self.pk])


class OrderLine(models.Model):
    """What an order does to one case; each line lives its own life.

    ``data`` is frozen at signing: names, posts, dates as the paper says them.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="order_lines")
    action = models.CharField("действие", max_length=20, choices=LineAction)
    data = models.JSONField(default=dict)
    dropped_on = models.DateField("вычеркнута из проекта", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="cancelled_lines"
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "пункт приказа"
        verbose_name_plural = "пункты приказа"
        ordering = ["pk"]
        constraints = [
            known("orderline", "action", LineAction),
            models.UniqueConstraint(
                fields=["order", "group", "action"],
                condition=Q(dropped_on=None),
                name="orderline_once_per_case",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on=None) | Q(cancelled_by=None),
                name="orderline_dropped_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None) | ~Q(cancelled_by=F("order")),
                name="orderline_cancelled_by_another_order",
            ),
        ]


class AppointmentPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The organisation's staff and the mentor; not the mentee, not the methodologist."""
        access = user.access
        return self.filter(
            Q(appointment__group__school__in=access.staffed_schools())
            | Q(appointment__post__person=access.person_id)
        )


class ContractAddendum(models.Model):
    """Дополнительное соглашение: content, term, form, size and conditions of pay (351.8)."""

    appointment = models.ForeignKey(MentorAppointment, models.PROTECT, related_name="addenda")
    number = models.CharField("номер", max_length=50, blank=True)
    signed_on = models.DateField("подписано")
    recorded_on = models.DateField("внесено")
    content = models.TextField("содержание работы")
    work_form = models.CharField("форма выполнения", max_length=200)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    pay_kind = models.CharField("выплата в", max_length=10, choices=PayKind)
    pay_amount = models.DecimalField("размер выплаты", max_digits=9, decimal_places=2)
    pay_basis = models.CharField("основание выплаты (локальный акт)", max_length=300)
    employer_position = models.CharField("за работодателя: должность", max_length=200)
    employer_name = models.CharField("за работодателя: кто подписал", max_length=200)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppointmentPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "дополнительное соглашение"
        verbose_name_plural = "дополнительные соглашения"
        ordering = ["signed_on", "pk"]
        constraints = [
            known("contractaddendum", "pay_kind", PayKind),
            models.CheckConstraint(
                condition=Q(pay_amount__gt=0),
                name="contractaddendum_pay_is_positive",
                violation_error_message="Укажите размер выплаты больше нуля.",
            ),
            models.CheckConstraint(
                condition=~Q(content="")
                & ~Q(work_form="")
                & ~Q(pay_basis="")
                & ~Q(employer_position="")
                & ~Q(employer_name=""),
                name="contractaddendum_is_complete",
            ),
            ends_not_before("contractaddendum", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("signed_on")),
                name="contractaddendum_not_recorded_before_signed",
                violation_error_message="Дата подписания ещё не наступила.",
            ),
            models.UniqueConstraint(
                fields=["appointment", "signed_on"],
                name="contractaddendum_once_a_day",
                violation_error_message="Соглашение с этой датой уже внесено.",
            ),
        ]


class NoticeBy(models.TextChoices):
    MENTOR = "MENTOR", "наставник отказывается"
    EMPLOYER = "EMPLOYER", "работодатель отменяет поручение"


class TerminationNotice(models.Model):
    """Early refusal or cancellation, at least three working days before (351.8).

    ``effective_on`` is the first day without the duty, frozen when the notice is given;
    ``earliest_on`` is the first lawful one by the calendar of that day.
    """

    appointment = models.ForeignKey(MentorAppointment, models.PROTECT, related_name="notices")
    by = models.CharField("кто", max_length=10, choices=NoticeBy)
    given_on = models.DateField("дата уведомления")
    received_on = models.DateField("получено", null=True, blank=True)
    recorded_on = models.DateField("внесено")
    earliest_on = models.DateField("не раньше")
    effective_on = models.DateField("первый день без поручения")
    agreed_on = models.DateField("соглашение о более раннем дне от", null=True, blank=True)
    reason = models.CharField("причина (необязательно)", max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppointmentPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        constraints = [
            known("terminationnotice", "by", NoticeBy),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("earliest_on")) | Q(agreed_on__isnull=False),
                name="terminationnotice_three_working_days",
                violation_error_message="Предупреждают не менее чем за три рабочих дня"
                " (ТК РФ, ст. 351.8), раньше — по соглашению сторон.",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("given_on"), earliest_on__gt=F("given_on")),
                name="terminationnotice_not_before_given",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on__gte=F("given_on")),
                name="terminationnotice_not_recorded_before_given",
                violation_error_message="Дата уведомления ещё не наступила.",
            ),
            models.UniqueConstraint(
                fields=["appointment"],
                name="terminationnotice_once_per_appointment",
                violation_error_message="Уведомление уже внесено.",
            ),
        ]
