"""Forms of a request: a teacher needs a mentor."""

from django import forms
from django.db.models import Q

from programs.choices import MenteeCategory
from programs.forms.fields import PostField, TextField
from programs.models import Need, RequestOutcome
from schools.forms.base import CalmForm
from schools.forms.fields import RowsField


def needs_of(school):
    """The catalogue of difficulties that fits the organisation's kind."""
    return Need.objects.filter(Q(kind="") | Q(kind=school.kind), is_active=True)


class RequestForm(CalmForm):
    """Who needs a mentor, why, and with what difficulties (Положение, 4.2)."""

    submit_label = "Записать запрос"

    post = PostField(label="Кому нужен наставник")
    category = forms.ChoiceField(label="Почему нужен наставник", choices=MenteeCategory)
    needs = RowsField(
        label="Профессиональные затруднения",
        queryset=Need.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="На них будет нацелена программа (Положение, 1.2.1).",
    )
    strengths = forms.CharField(
        label="Сильные стороны",
        max_length=500,
        required=False,
        help_text="Программа поддерживает и их (Положение, 1.2.1).",
    )
    text = TextField(label="Что важно учесть", required=False)

    def __init__(self, *args, school, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = school.staff.working(on).select_related("person")
        self.fields["needs"].queryset = needs_of(school)


class SettleRequestForm(CalmForm):
    """A request ends without a pair."""

    submit_label = "Закрыть запрос"

    outcome = forms.ChoiceField(
        label="Чем закончился запрос",
        widget=forms.RadioSelect,
        choices=[c for c in RequestOutcome.choices if c[0] != RequestOutcome.PAIRED],
    )
