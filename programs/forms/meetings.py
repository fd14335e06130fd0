"""The record of a meeting: a minute on a phone."""

import uuid

from crispy_forms.layout import Div
from django import forms

from programs.choices import MeetingFormat
from programs.formats import formats_at, place_of
from programs.forms.fields import DayField, MembersField, TextField
from programs.models import PlannedEvent
from schools.forms.base import HTML, CalmForm

USUAL_MINUTES = [(30, "30"), (45, "45"), (60, "60"), (90, "90")]


class EventField(forms.ModelChoiceField):
    def label_from_instance(self, event):
        return f"{event.title} — до {event.due_on:%d.%m.%Y}"


class MeetingForm(CalmForm):
    """Eight taps at most: everything but the topic has a usual value."""

    submit_label = "Сохранить запись"

    held_on = DayField(label="Когда")
    minutes = forms.TypedChoiceField(
        label="Сколько минут", choices=USUAL_MINUTES, coerce=int, initial=45,
        widget=forms.RadioSelect, required=False, empty_value=None,
    )  # fmt: skip
    other_minutes = forms.IntegerField(
        label="Другая длительность, минут", min_value=1, max_value=600, required=False
    )
    format = forms.ChoiceField(
        label="Как", choices=MeetingFormat, initial=MeetingFormat.IN_PERSON,
        widget=forms.RadioSelect,
    )  # fmt: skip
    event = EventField(
        label="Мероприятие плана",
        queryset=PlannedEvent.objects.none(),
        required=False,
        empty_label="— вне плана —",
    )
    event_done = forms.BooleanField(label="Мероприятие выполнено", required=False)
    topic = forms.CharField(
        label="Тема", max_length=300, required=False,
        help_text="Можно не заполнять, если выбрано мероприятие плана.",
    )  # fmt: skip
    result = TextField(label="Что сделано", rows=2, required=False)
    agreements = TextField(label="О чём договорились", rows=2, required=False)
    needs_curator = forms.BooleanField(label="Нужна помощь куратора", required=False)
    present = MembersField(label="Кто был", queryset=None, required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, program, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = program.events.filter(outcome="")
        self.fields["present"].queryset = members
        self.fields["format"].choices = formats_at(place_of(members, program.group.school))
        if len(members) < 2:
            del self.fields["present"]
        self.helper_id = f"meeting-{program.pk}"
        saved = program.meetings.order_by("-pk").values_list("client_key", flat=True)[:10]
        self.saved = " ".join(str(key) for key in saved)

    def layout(self):
        names = ["topic", "result", "agreements", "needs_curator"]
        return [
            "held_on",
            Div("minutes", css_class="chips"),
            HTML('<details class="mb-3"><summary>Другая длительность</summary>'),
            "other_minutes",
            HTML("</details>"),
            Div("format", css_class="chips"),
            "event",
            "event_done",
            *[name for name in ("present",) if name in self.fields],
            *names,
            "client_key",
        ]

    @property
    def helper(self):
        helper = super().helper
        # meeting-draft.js keeps what is typed under this name until it is saved.
        # Keys of saved records tell it which draft is no draft any more.
        helper.attrs |= {"data-draft": self.helper_id, "data-saved": self.saved}
        return helper

    def clean(self):
        data = super().clean()
        data["minutes"] = data.pop("other_minutes", None) or data.get("minutes")
        if not data["minutes"] and "other_minutes" not in self.errors:
            self.add_error("minutes", "Выберите длительность или впишите свою.")
        event = data.get("event")
        if not data.get("topic") and event is not None:
            data["topic"] = event.title
        if not data.get("topic"):
            self.add_error("topic", "Назовите тему или выберите мероприятие плана.")
        if data.get("event_done") and event is None:
            self.add_error("event", "Выберите, какое мероприятие выполнено.")
        return data


class CorrectMeetingForm(CalmForm):
    """A correction; the history keeps what was there before."""

    submit_label = "Сохранить исправление"

    held_on = DayField(label="Когда")
    minutes = forms.IntegerField(label="Сколько минут", min_value=1, max_value=600)
    format = forms.ChoiceField(label="Как")
    topic = forms.CharField(label="Тема", max_length=300)
    result = TextField(label="Что сделано", rows=2, required=False)
    agreements = TextField(label="О чём договорились", rows=2, required=False)
    needs_curator = forms.BooleanField(label="Нужна помощь куратора", required=False)

    def __init__(self, *args, place, **kwargs):
        """``place``: where the mentees work, a School or a Unit of it."""
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = formats_at(place)


class CancelMeetingForm(CalmForm):
    submit_label = "Отменить запись"
    danger = True

    reason = forms.CharField(label="Почему", max_length=300)
