"""Forms of reminders: how often to write, and until when not at all."""

import datetime as dt

from django import forms

from programs.models import Frequency, ReminderSettings
from programs.notifications.preferences import pause_bounds
from schools.forms.base import CalmForm, CalmModelForm
from schools.forms.widgets import DateInput

USUAL_PAUSE = dt.timedelta(days=7)


class LettersForm(CalmModelForm):
    class Meta:
        model = ReminderSettings
        fields = ["frequency", "at_once"]
        widgets = {"frequency": forms.RadioSelect}
        help_texts = {
            "at_once": "Подписан приказ, сменился наставник, программу вернули, просят помощи.",
        }

    frequency = forms.ChoiceField(
        label="Письма с напоминаниями", choices=Frequency, widget=forms.RadioSelect
    )


class PauseForm(CalmForm):
    """``on``: the local day of whose letters are paused; ``until``: the end of a pause so far."""

    submit_label = "Приостановить письма"

    until = forms.DateField(label="Не писать до", widget=DateInput)

    def __init__(self, *args, on: dt.date, until: dt.date | None = None, **kwargs):
        super().__init__(*args, initial={"until": until or on + USUAL_PAUSE}, **kwargs)
        if until:
            self.submit_label = "Изменить день"
        first, last = pause_bounds(on)
        field = self.fields["until"]
        field.help_text = (
            f"Первый день, когда письма снова могут прийти: с {first:%d.%m.%Y} по {last:%d.%m.%Y}."
        )
        field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
