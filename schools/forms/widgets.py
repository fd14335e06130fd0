"""Widgets that phones and old browsers know by themselves."""

from django import forms


class DateInput(forms.DateInput):
    """The browser's own date picker; value and typed text are ISO, the only format it takes.

    Use it for every date: ``forms.DateField(widget=DateInput)`` or
    ``widgets = {"starts_on": DateInput}`` in a ModelForm.
    """

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")
