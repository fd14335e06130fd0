"""Forms that ask what a paper needs before it is printed."""

from crispy_forms.layout import Column, Row
from django import forms

from programs.choices import PayKind
from programs.forms.fields import DayField, ScanField, TextField
from programs.models import NoticeBy, ReportConclusion
from schools.forms.base import CalmForm
from schools.models import DataConsent


class AddendumPrintForm(CalmForm):
    """What the law requires of an addendum: content, term, form, pay (ТК РФ, ст. 351.8)."""

    submit_label = "Подготовить к печати"

    contract_on = DayField(
        label="Трудовой договор от", required=False, help_text="Пусто — останется место для даты."
    )
    contract_number = forms.CharField(label="Трудовой договор №", max_length=50, required=False)
    number = forms.CharField(label="Номер соглашения (если есть)", max_length=50, required=False)
    content = TextField(label="Содержание работы", rows=3, max_length=2000)
    work_form = forms.CharField(label="Форма выполнения", max_length=200)
    starts_on = DayField(label="Срок с")
    ends_on = DayField(label="по")
    pay_amount = forms.DecimalField(
        label="Размер выплаты", min_value=0, max_digits=9, decimal_places=2,
        help_text="Размер и условия оплаты — обязательная часть соглашения.",
    )  # fmt: skip
    pay_kind = forms.ChoiceField(label="Единица", choices=PayKind)
    pay_basis = forms.CharField(
        label="Основание выплаты", max_length=300, help_text="Локальный акт об оплате труда."
    )
    employer_position = forms.CharField(
        label="За работодателя: должность", max_length=200,
        help_text="С директором соглашение подписывает учредитель.",
    )  # fmt: skip
    employer_name = forms.CharField(
        label="За работодателя: кто подпишет", max_length=200,
        help_text="Фамилия, имя и отчество полностью.",
    )  # fmt: skip

    def layout(self):
        return [
            Row(Column("contract_on"), Column("contract_number"), Column("number")),
            "content",
            "work_form",
            Row(Column("starts_on"), Column("ends_on")),
            Row(Column("pay_amount"), Column("pay_kind")),
            "pay_basis",
            Row(Column("employer_position"), Column("employer_name")),
        ]


class NoticePrintForm(CalmForm):
    """Early refusal or cancellation, at least three working days before (ст. 351.8)."""

    submit_label = "Подготовить к печати"

    side = forms.ChoiceField(label="Кто уведомляет", choices=NoticeBy, widget=forms.RadioSelect)
    given_on = DayField(label="Дата уведомления")
    effective_on = DayField(
        label="Первый день без поручения",
        help_text="Предупреждают письменно и не менее чем за три рабочих дня.",
    )
    reason = forms.CharField(
        label="Причина (необязательно)",
        max_length=300,
        required=False,
        help_text="Наставник может отказаться без объяснения причин.",
    )


class ReportForm(CalmForm):
    """The mentor's words; every field but two may stay empty."""

    submit_label = "Сохранить и напечатать"

    dynamics = TextField(
        label="Динамика по затруднениям: было → стало", rows=5, max_length=5000,
        help_text="Каждая строка станет отдельным абзацем.",
    )  # fmt: skip
    difficulties = TextField(label="Трудности", rows=3, max_length=5000, required=False)
    achievements = TextField(
        label="Достижения наставляемых", rows=3, max_length=5000, required=False,
        help_text="Открытые уроки, конкурсы, аттестация.",
    )  # fmt: skip
    conclusion = forms.ChoiceField(
        label="Вывод: предлагаю", choices=ReportConclusion, widget=forms.RadioSelect
    )
    proposals = TextField(label="Предложения", rows=3, max_length=5000, required=False)


class CertificateForm(CalmForm):
    """On which day, and whether a petition goes with it."""

    submit_label = "Подготовить к печати"

    as_of = DayField(label="По состоянию на")
    with_petition = forms.BooleanField(
        label="С проектом ходатайства об установлении категории «педагог-наставник»",
        required=False,
    )


class DataConsentForm(CalmForm):
    """A signed sheet, or the basis in law that makes it needless."""

    submit_label = "Записать"

    purpose = forms.ChoiceField(label="Цель", choices=DataConsent.Purpose, widget=forms.RadioSelect)
    signed_on = DayField(label="Согласие подписано", required=False)
    valid_until = DayField(
        label="Действует до", required=False, help_text="Пусто — до отзыва."
    )  # fmt: skip
    legal_basis = forms.CharField(
        label="Основание без согласия",
        max_length=300,
        required=False,
        help_text="Например: трудовой договор (152-ФЗ, ст. 6, ч. 1, п. 5). Тогда дату не ставьте.",
    )
    scan = ScanField(required=False)


class WithdrawDataConsentForm(CalmForm):
    submit_label = "Отметить отзыв"
    danger = True

    withdrawn_on = DayField(label="Дата отзыва")
