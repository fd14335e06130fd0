"""Fields that several forms of a case share; every list of people is one organisation's."""

from django import forms

from schools.forms.fields import RowsField, sane_day
from schools.forms.widgets import DateInput
from schools.models import StaffMember

ACCEPTED_SCANS = ".pdf,.jpg,.jpeg,.png"


class DayField(forms.DateField):
    """A day, with the browser's own picker."""

    default_validators = [sane_day]

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", DateInput())
        super().__init__(**kwargs)


class TextField(forms.CharField):
    """A few lines of text."""

    def __init__(self, *, rows: int = 3, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ByOrderField(forms.BooleanField):
    """A tick: the step is taken by an order, which the form drafts instead."""

    def __init__(self, **kwargs):
        super().__init__(label="Оформить приказом", required=False, **kwargs)


class ScanField(forms.FileField):
    """A photo or a PDF of a signed paper; its content is checked by the step."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Скан или фото (можно добавить позже)")
        kwargs.setdefault("help_text", "PDF, JPEG или PNG, до 20 МБ.")
        super().__init__(
            widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_SCANS}), **kwargs
        )


def post_label(post: StaffMember) -> str:
    """«Иванова Мария Петровна — учитель (математика)»."""
    return f"{post.person.full_name} — {post.title}"


class PostField(forms.ModelChoiceField):
    """A person in a post, out of a queryset limited by the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", StaffMember.objects.none())
        kwargs.setdefault("empty_label", "— выберите —")
        super().__init__(**kwargs)

    def label_from_instance(self, post):
        return post_label(post)


class PostsField(RowsField):
    """Several people, by ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", StaffMember.objects.none())
        super().__init__(**kwargs)

    def label_from_instance(self, post):
        return post_label(post)


class MembersField(RowsField):
    """Mentees of one case, by ticks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, member):
        return member.post.person.full_name


class RowField(forms.ChoiceField):
    """One of rows given as ``{group title: [(object, label)]}``; returns the object itself.

    A select with headings, which a ModelChoiceField cannot draw. Foreign keys are refused,
    because they are not among the choices.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._rows: dict[str, object] = {}

    def offer(self, grouped: dict, *, empty: str = "— выберите —") -> None:
        self._rows = {str(row.pk): row for rows in grouped.values() for row, _ in rows}
        self.choices = [
            ("", empty),
            *[
                (title, [(row.pk, label) for row, label in rows])
                for title, rows in grouped.items()
                if rows
            ],
        ]

    def clean(self, value):
        # Not a ``coerce``: forms copy their fields, a bound method would stay with the first one.
        return self._rows.get(super().clean(value))

    def prepare_value(self, value):
        return getattr(value, "pk", value)
