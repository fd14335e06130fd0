"""Forms of single papers of a case: consents, addendum, notice, scans, incentives."""

from crispy_forms.layout import Column, Row
from django import forms

from programs.choices import ConsentMeans, ConsentRole, PayKind
from programs.forms.fields import DayField, ScanField, TextField
from programs.models import EpisodeKind, IncentiveKind, NoticeBy
from schools.forms.base import CalmForm


class ConsentForm(CalmForm):
    """A signed consent comes back from paper (Положение, 3.3; ТК РФ, ст. 351.8)."""

    submit_label = "Отметить подписание"

    who = forms.ChoiceField(label="Кто подписал")
    signed_on = DayField(label="Дата на бумаге")
    means = forms.ChoiceField(
        label="Как дано",
        # A mark in the system is the mentee's own: nobody records it for another.
        choices=[c for c in ConsentMeans.choices if c[0] != ConsentMeans.MARK],
        initial=ConsentMeans.PAPER,
        help_text="Наставник даёт согласие только на бумаге или файлом с квалифицированной"
        " подписью.",
    )
    scan = ScanField(required=False)

    def __init__(self, *args, people, **kwargs):
        """``people``: [(role, post)] whose consent is still missing."""
        super().__init__(*args, **kwargs)
        self._people = {f"{role}:{post.pk}": (role, post) for role, post in people}
        self.fields["who"].choices = [
            (key, f"{post.person.full_name} — {ConsentRole(role).label}")
            for key, (role, post) in self._people.items()
        ]
        if len(people) > 1:
            self.fields["who"].widget = forms.RadioSelect(choices=self.fields["who"].choices)

    def clean(self):
        data = super().clean()
        if data.get("who"):
            data["role"], data["post"] = self._people[data.pop("who")]
        return data


class MarkForm(CalmForm):
    """One button: the mentee agrees."""

    submit_label = "Согласен(на)"


class WithdrawConsentForm(CalmForm):
    submit_label = "Отметить отзыв"
    danger = True

    withdrawn_on = DayField(label="Дата отзыва")


class AddendumForm(CalmForm):
    """What the law requires of an addendum: content, term, form, pay (ТК РФ, ст. 351.8)."""

    submit_label = "Отметить подписание"

    number = forms.CharField(label="Номер (если есть)", max_length=50, required=False)
    signed_on = DayField(label="Дата соглашения")
    content = TextField(label="Содержание работы", rows=3)
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
    employer_name = forms.CharField(label="За работодателя: кто подписал", max_length=200)
    scan = ScanField(required=False)

    def layout(self):
        return [
            Row(Column("signed_on"), Column("number")),
            "content",
            "work_form",
            Row(Column("starts_on"), Column("ends_on")),
            Row(Column("pay_amount"), Column("pay_kind")),
            "pay_basis",
            Row(Column("employer_position"), Column("employer_name")),
            "scan",
        ]


class NoticeForm(CalmForm):
    """Early refusal or cancellation, at least three working days before (ст. 351.8)."""

    submit_label = "Записать уведомление"
    danger = True

    side = forms.ChoiceField(label="Кто уведомляет", choices=NoticeBy, widget=forms.RadioSelect)
    given_on = DayField(label="Дата уведомления")
    received_on = DayField(label="Получено второй стороной", required=False)
    effective_on = DayField(
        label="Первый день без поручения",
        help_text="Предупреждают письменно и не менее чем за три рабочих дня (ТК РФ, ст. 351.8).",
    )
    agreed_on = DayField(
        label="Соглашение о более раннем дне от",
        required=False,
        help_text="Только если стороны письменно договорились раньше трёх рабочих дней.",
    )
    reason = forms.CharField(
        label="Причина (необязательно)",
        max_length=300,
        required=False,
        help_text="Наставник может отказаться без объяснения причин.",
    )
    scan = ScanField(required=False)


class ScanForm(CalmForm):
    """A photo or PDF of the signed paper."""

    submit_label = "Сохранить скан"

    upload = ScanField(label="Скан или фото подписанной бумаги")


class EpisodeForm(CalmForm):
    """Help outside programmes: it counts in the mentor's portfolio only."""

    submit_label = "Записать"

    kind = forms.ChoiceField(label="Что это было", choices=EpisodeKind)
    whom = forms.CharField(label="Кому помогали", max_length=300)
    starts_on = DayField(label="С")
    ends_on = DayField(label="По")
    hours = forms.IntegerField(label="Часов", min_value=1, max_value=1000, required=False)
    text = TextField(label="Что сделано")

    def layout(self):
        dates = Row(Column("starts_on"), Column("ends_on"), Column("hours"))
        return ["kind", "whom", dates, "text"]


class IncentiveForm(CalmForm):
    """Стимулирование (Положение, 5.1); the regular pay stands in the addendum."""

    submit_label = "Записать поощрение"

    kind = forms.ChoiceField(label="Вид", choices=IncentiveKind)
    measure = forms.CharField(
        label="Мера", max_length=200, help_text="Например: благодарность, грамота, премия."
    )
    amount = forms.DecimalField(
        label="Сумма, рублей", min_value=0, max_digits=9, decimal_places=2, required=False,
        help_text="Только для премии.",
    )  # fmt: skip
    basis = forms.CharField(
        label="Основание", max_length=300, help_text="Приказ или локальный акт."
    )
    granted_on = DayField(label="Дата")

    def clean(self):
        data = super().clean()
        if data.get("kind") == IncentiveKind.PAYMENT and not data.get("amount"):
            self.add_error("amount", "Для премии укажите сумму.")
        if data.get("kind") == IncentiveKind.RECOGNITION and data.get("amount"):
            self.add_error("amount", "Сумма указывается только для премии.")
        data["amount"] = data.get("amount") or None
        return data
