"""Forms of the personalised programme: text with its plan, approval, term."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.db.models import Q

from programs.choices import EventOutcome, Responsible
from programs.forms.fields import ByOrderField, DayField, TextField
from programs.forms.requests import needs_of
from programs.models import Direction, Need, PlannedEvent, ProgramTemplate
from schools.forms.base import CalmForm
from schools.forms.fields import RowsField

BLANK_ROWS = 3
MAX_ROWS = 200  # whoever asks for more by hand gets no more drawn


def directions_of(school):
    return Direction.objects.filter(Q(kind="") | Q(kind=school.kind), is_active=True)


def templates_of(school):
    return ProgramTemplate.objects.filter(
        Q(school=None) | Q(school=school), Q(kind="") | Q(kind=school.kind), is_active=True
    )


class WithPlanForm(CalmForm):
    """A form that shares its page with the plan."""

    @property
    def helper(self):
        """The plan stands in the same ``<form>``: the page draws it, with the buttons."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout.pop()
        return helper


class ProgramForm(WithPlanForm):
    """The text of the draft (Положение, 1.2.1: form, participants, directions, events)."""

    submit_label = "Сохранить"

    goal = TextField(label="Цель", rows=2, required=False)
    tasks = TextField(label="Задачи", rows=3, required=False)
    needs = RowsField(
        label="На какие затруднения нацелена", queryset=Need.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    strengths = TextField(label="Сильные стороны, которые поддерживаем", rows=2, required=False)
    directions = RowsField(
        label="Направления", queryset=Direction.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    schedule = forms.CharField(
        label="Режим работы", max_length=300, required=False,
        help_text="Например: очно, раз в неделю.",
    )  # fmt: skip
    results = TextField(label="Ожидаемые результаты", rows=2, required=False)
    starts_on = DayField(label="Начало")
    ends_on = DayField(label="Окончание", help_text="От 3 до 12 месяцев (Положение, 1.2.1).")

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = needs_of(school)
        self.fields["directions"].queryset = directions_of(school)

    def layout(self):
        return [
            Fieldset("Содержание", "goal", "tasks", "needs", "strengths", "directions"),
            Fieldset(
                "Срок и результат",
                Row(Column("starts_on"), Column("ends_on")),
                "schedule",
                "results",
            ),
        ]


class EventForm(forms.Form):
    """One row of the plan. An empty title leaves the row out; a tick removes it."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Мероприятие", max_length=300, required=False)
    due_on = DayField(label="Срок", required=False)
    responsible = forms.ChoiceField(
        label="Ответственный", choices=Responsible, initial=Responsible.MENTOR, required=False
    )
    need = forms.ModelChoiceField(
        label="Затруднение", queryset=Need.objects.none(), required=False, empty_label="—"
    )
    expected = forms.CharField(label="Планируемый результат", max_length=500, required=False)
    remove = forms.BooleanField(label="Убрать", required=False)

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = needs

    def clean(self):
        data = super().clean()
        if data.get("remove") or not self.has_changed():
            return data
        if not data.get("title") and (data.get("due_on") or data.get("pk")):
            self.add_error("title", "Назовите мероприятие.")
        if data.get("title") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите срок.")
        data["responsible"] = data.get("responsible") or Responsible.MENTOR
        return data


class _Plan(forms.BaseFormSet):
    def clean(self):
        known = {row["pk"] for row in self.initial or []}
        for form in self.forms:
            if form.cleaned_data.get("pk") and form.cleaned_data["pk"] not in known:
                raise forms.ValidationError("План изменился: откройте страницу заново.")


PlanFormSet = forms.formset_factory(
    EventForm, formset=_Plan, extra=BLANK_ROWS, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


def plan_initial(events) -> list[dict]:
    return [
        {
            "pk": e.pk,
            "title": e.title,
            "due_on": e.due_on,
            "responsible": e.responsible,
            "need": e.need_id,
            "expected": e.expected,
        }
        for e in events
    ]


class TemplateForm(CalmForm):
    """Begin with a ready programme; everything in it may be changed."""

    submit_label = "Взять за основу"

    template = forms.ModelChoiceField(
        label="Готовая программа", queryset=ProgramTemplate.objects.none()
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates_of(school)


class ReturnForm(CalmForm):
    submit_label = "Вернуть на доработку"

    reason = TextField(label="Что исправить")


class AgreeForm(CalmForm):
    """The mentee agrees to this version (Положение, 1.2.1: the programme is theirs too)."""

    submit_label = "Отметить согласие"

    agreed_on = DayField(label="Дата согласования")


class ApproveForm(CalmForm):
    """Approved on paper by the head, or by another where the head is the mentor."""

    submit_label = "Отметить утверждение"

    approved_on = DayField(label="Дата утверждения")
    position = forms.CharField(label="Кто утвердил: должность", max_length=200)
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)

    def __init__(self, *args, agree=False, name_help="", **kwargs):
        """``agree``: agreements are missing and may be recorded in the same step."""
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = name_help
        if agree:
            self.fields["agreed_on_paper"] = forms.BooleanField(
                label="Наставляемые согласовали программу на бумаге (та же дата)"
            )
            self.submit_label = "Согласована и утверждена"


class ExtendForm(CalmForm):
    submit_label = "Продлить программу"

    new_ends_on = DayField(label="Новое окончание")
    reason = TextField(label="Почему нужно продлить", rows=2, max_length=500)
    agreed_on = DayField(
        label="Согласие всех участников от", help_text="Продление — «при необходимости»"
        " (Положение, 1.2.1), по согласию наставника и наставляемых.",
    )  # fmt: skip
    by_order = ByOrderField(
        help_text="Подготовится проект приказа: программа продлится, когда отметите его подписание."
    )


class AmendForm(WithPlanForm):
    """A change of contents after approval, by consent of all: a new version."""

    submit_label = "Внести корректировку"

    summary = TextField(label="Что изменилось")
    agreed_on = DayField(label="Согласие всех участников от")
    goal = TextField(label="Цель", rows=2)
    tasks = TextField(label="Задачи", rows=3)
    results = TextField(label="Ожидаемые результаты", rows=2, required=False)
    schedule = forms.CharField(label="Режим работы", max_length=300, required=False)


class PauseForm(CalmForm):
    submit_label = "Приостановить"

    starts_on = DayField(label="С какого дня")
    expected_on = DayField(label="Когда ожидаем возобновление")
    reason = forms.CharField(
        label="Почему",
        max_length=300,
        help_text="Например: длительное отсутствие. Диагнозы не указывают.",
    )


class ResumeForm(CalmForm):
    submit_label = "Возобновить"

    resumed_on = DayField(
        label="Первый день работы",
        help_text="Открытые мероприятия плана сдвинутся на длительность перерыва, но не дальше"
        " окончания программы: само оно не меняется.",
    )


class SettleEventForm(CalmForm):
    submit_label = "Отметить"

    outcome = forms.ChoiceField(
        label="Отметка", choices=EventOutcome, initial=EventOutcome.DONE, widget=forms.RadioSelect
    )
    settled_on = DayField(label="Дата")
    actual = TextField(label="Что получилось", rows=2, max_length=500, required=False)


class MoveEventForm(CalmForm):
    submit_label = "Перенести"

    due_on = DayField(label="Новый срок")
    reason = forms.CharField(label="Почему (необязательно)", max_length=300, required=False)


def plan_rows(formset):
    """Rows of a valid plan as (action, pk, values): «add», «change», «remove»."""
    for form in formset.forms:
        data = {**form.cleaned_data}
        pk, remove = data.pop("pk", None), data.pop("remove", False)
        if pk and remove:
            yield "remove", pk, {}
        elif pk and form.has_changed():
            yield "change", pk, data
        elif not pk and not remove and data.get("title"):
            yield "add", None, data


def known_events(program) -> dict[int, PlannedEvent]:
    return {event.pk: event for event in program.events.all()} if program else {}
