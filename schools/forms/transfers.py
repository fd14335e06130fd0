"""Forms of a move to another organisation."""

from django import forms

from schools.forms.base import CalmForm
from schools.forms.staff import date_field
from schools.models import School, StaffMember


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
        neighbours = School.objects.open(on).filter(municipality=post.school.municipality_id)
        self.fields["to_school"].queryset = neighbours.exclude(pk=post.school_id)


class RefusalForm(CalmForm):
    """Why a move does not take place."""

    submit_label = "Отказать в переходе"
    danger = True
    reason = forms.CharField(label="Причина", max_length=300)
