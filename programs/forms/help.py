"""Asking and answering: help, remarks, the pair's own notes."""

from django import forms

from programs.forms.fields import DayField, TextField
from programs.models import HelpKind
from schools.forms.base import CalmForm


class AskHelpForm(CalmForm):
    submit_label = "Отправить"

    kind = forms.ChoiceField(
        label="О чём",
        choices=HelpKind,
        initial=HelpKind.HELP,
        widget=forms.RadioSelect,
        help_text="Просьбу о другом наставнике видит только куратор, до решения.",
    )
    text = TextField(label="Что нужно (можно не писать)", required=False)


class AnswerForm(CalmForm):
    submit_label = "Ответить"

    answer = TextField(label="Ответ")


class RemarkForm(CalmForm):
    submit_label = "Отправить замечание"

    text = TextField(label="Замечание", help_text="Его увидят директор, куратор и пара.")
    due_on = DayField(label="Ответить до")


class NoteForm(CalmForm):
    submit_label = "Сохранить заметку"

    text = TextField(label="Заметка")
