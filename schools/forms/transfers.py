"""Forms of a move to another organisation."""

from django import forms

from schools.forms.base import CalmForm
from schools.forms.staff import date_field
from schools.models import School, StaffMember


def neighbours_of(school: School, on):
    """Organisations of the municipality to which people may go."""
    return School.objects.open(on).filter(municipality=school.municipality_id).exclude(pk=school.pk)


class TransferForm(CalmForm):
    """Offers a person to another organisation of the municipality."""

    submit_label = "Запросить переход"
    to_school = forms.ModelChoiceField(School.objects.none(), label="Куда")
    position = forms.CharField(label="Должность на новом месте", max_length=200)
    subject = forms.CharField(label="Предмет", max_length=200, required=False)
    moves_on = date_field("Первый день на новом месте")
    keeps_post = forms.BooleanField(
        label="Остаётся и у нас (совместительство)", required=False,
        help_text="Без отметки должность у нас закончится накануне.",
    )  # fmt: skip

    def __init__(self, *args, post: StaffMember, on, cancel_url: str, **kwargs):
        kwargs.setdefault("initial", {"position": post.position, "subject": post.subject})
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["to_school"].queryset = neighbours_of(post.school, on)


class SecondmentForm(CalmForm):
    """Lends a mentor: the other organisation may then propose pairs with this person."""

    submit_label = "Направить наставником"
    to_school = forms.ModelChoiceField(School.objects.none(), label="Куда")
    home_order = forms.CharField(
        label="Приказ о направлении",
        max_length=200,
        help_text="Номер и дата: №\u00a045-од от 25.08.2026.",
    )
    home_agreement = forms.CharField(
        label="Соглашение организаций", max_length=200, required=False,
        help_text="Номер и дата; можно назвать и позже, до приказа о закреплении.",
    )  # fmt: skip
    starts_on = date_field("С какого дня")
    ends_on = date_field("По какой день, если известно", required=False)

    def __init__(self, *args, school: School, on, cancel_url: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["to_school"].queryset = neighbours_of(school, on)


class RefusalForm(CalmForm):
    """Why a move does not take place."""

    submit_label = "Отказать в переходе"
    danger = True
    reason = forms.CharField(label="Причина", max_length=300)
