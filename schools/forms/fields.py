"""Values that a form takes in the right type and that nothing behind it could hold."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from schools.text import row_key

FIRST_YEAR, LAST_YEAR = 1900, 2100


def sane_day(day: dt.date) -> None:
    """Refuse a mistyped year: terms are counted on from the day, and years end at 9999.

    Raises:
        ValidationError: ``year``.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError("Проверьте год.", code="year")


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of ``queryset``. A number that no key can be is a wrong choice."""

    def clean(self, value):
        for item in value if isinstance(value, list | tuple) else ():
            if row_key(str(item)) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(item)[:20]},
                )
        return super().clean(value)
