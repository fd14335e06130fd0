"""The one look of forms: summary of errors, fields, then the button that acts.

``{% crispy form %}`` draws the whole ``<form method="post">`` with its CSRF token.
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template.loader import render_to_string

from schools.forms.fields import sane_day

DASHES = BLANK_CHOICE_DASH[0][1]

__all__ = ["HTML", "Actions", "CalmForm", "CalmModelForm"]


class Actions(LayoutObject):
    """The row of buttons at the end of a form; it sticks to the bottom of a phone."""

    def __init__(self, label: str, *, cancel_url: str = "", danger: bool = False):
        self.context = {"label": label, "cancel_url": cancel_url, "danger": danger}

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("components/_form_actions.html", self.context)


class _Calm:
    """Set ``submit_label`` (a verb: «Отметить подписание»), ``danger`` for what ends something,
    ``cancel_url`` in ``__init__``; override ``layout()`` to place fields in rows."""

    submit_label = "Сохранить"
    danger = False
    cancel_url = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and sane_day not in field.validators:
                field.validators.append(sane_day)

    def layout(self) -> list:
        """Crispy layout objects or field names, without the buttons."""
        return list(self.fields)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"class": "calm-form"}
        actions = Actions(self.submit_label, cancel_url=self.cancel_url, danger=self.danger)
        helper.layout = Layout(*self.layout(), actions)
        return helper


class CalmForm(_Calm, forms.Form):
    """A plain form with the common look."""


class CalmModelForm(_Calm, forms.ModelForm):
    """A form of a model with the common look; saving is still the work of a step."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_empty(field)


def _say_empty(field: forms.Field) -> None:
    """Django's row of dashes, in words: «— выберите —», or a dash where nothing has to be."""
    words = "— выберите —" if field.required else "—"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, words) if (value, label) == ("", DASHES) else (value, label)
            for value, label in field.choices
        ]
