"""Forms of a request: a teacher needs a mentor."""

from django import forms
from django.db.models import Q

from programs.choices import MenteeCategory
from programs.forms.fields import PostField, TextField
from programs.models import Need, RequestOutcome
from schools.forms.base import CalmForm
from schools.forms.fields import RowsField


def needs_of(place):
    """The catalogue of difficulties that fits the kind of a School, or of a Unit of it."""
    return Need.objects.filter(Q(kind="") | Q(kind=place.kind), is_active=True)


class AskMentorForm(CalmForm):
    """Why a teacher needs a mentor and with what difficulties, in the teacher's own words
    (Положение, 4.2)."""

    submit_label = "Отправить запрос"

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

    def __init__(self, *args, place, **kwargs):
        """``place``: the School, or the Unit of it where the teacher works."""
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = needs_of(place)


class RequestForm(AskMentorForm):
    """The same, written by the organisation for one of its people."""

    submit_label = "Записать запрос"
    field_order = ["post", "category"]

    post = PostField(label="Кому нужен наставник")

    def __init__(self, *args, school, on, **kwargs):
        super().__init__(*args, place=school, **kwargs)
        self.fields["post"].queryset = school.staff.working(on).select_related("person")


class SettleRequestForm(CalmForm):
    """A request ends without a pair."""

    submit_label = "Закрыть запрос"

    outcome = forms.ChoiceField(
        label="Чем закончился запрос",
        widget=forms.RadioSelect,
        choices=[c for c in RequestOutcome.choices if c[0] != RequestOutcome.PAIRED],
    )
