"""The sheet of acquaintance: many people, one date."""

from django import forms
from django.utils import timezone

from schools.forms.fields import RowsField, sane_day
from schools.forms.widgets import DateInput
from schools.models import Person


class AcquaintanceForm(forms.Form):
    """Ticks for those who have not signed yet; ``readers`` limits the choice to them."""

    people = RowsField(
        Person.objects.none(), label="Кто ознакомлен",
        error_messages={"required": "Отметьте, кто ознакомлен."},
    )  # fmt: skip
    signed_on = forms.DateField(label="Дата ознакомления", widget=DateInput, validators=[sane_day])

    def __init__(self, *args, readers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = readers
        self.fields["signed_on"].initial = timezone.localdate()
        self.fields["signed_on"].widget.attrs["class"] = "form-control"
