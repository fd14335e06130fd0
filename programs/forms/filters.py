"""Filters of lists, by GET. A wrong value filters nothing and says so."""

from django import forms

from programs.choices import Form, Kind
from programs.states import State
from schools.models import Person, School


class _Filter(forms.Form):
    def value(self, name: str):
        """What was chosen, None where nothing or nonsense."""
        if not self.is_bound:
            return None
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def has_changed(self):
        if not self.is_bound:
            return False
        self.is_valid()
        return any(value not in (None, "") for value in self.cleaned_data.values())


class GroupFilter(_Filter):
    q = forms.CharField(label="Имя, должность или предмет", max_length=100, required=False)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[
            ("", "в работе"),
            ("ALL", "все, с завершёнными"),
            ("WORK", "действующие: идёт программа"),
            *State.choices,
        ],
    )
    form = forms.ChoiceField(label="Форма", required=False, choices=[("", "любая"), *Form.choices])
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "любой"), *Kind.choices])
    attention = forms.ChoiceField(
        label="Требует внимания",
        required=False,
        choices=[
            ("", "любые"),
            ("silent", "нет записей 30 дней"),
            ("not_evaluated", "закончились без оценки"),
            ("overdue", "есть просроченное"),
            ("closed_year", "завершены за последние 12 месяцев"),
        ],
    )
    curator = forms.ModelChoiceField(
        label="Куратор", queryset=Person.objects.none(), required=False, empty_label="любой"
    )
    school = forms.ModelChoiceField(
        label="Организация", queryset=School.objects.none(), required=False, empty_label="любая"
    )

    def __init__(self, *args, curators, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["curator"].queryset = curators
        if schools is None:
            del self.fields["school"]
        else:
            self.fields["school"].queryset = schools


class OrderFilter(_Filter):
    q = forms.CharField(label="Номер или заголовок", max_length=100, required=False)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "все"), ("draft", "проекты"), ("signed", "подписанные")],
    )
    year = forms.TypedChoiceField(label="Год", required=False, coerce=int, empty_value=None)
    register = forms.ModelChoiceField(
        label="Книга приказов", queryset=None, required=False, empty_label="любая"
    )

    def __init__(self, *args, registers, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = registers
        self.fields["year"].choices = [("", "любой"), *[(y, str(y)) for y in years]]


class DeadlineFilter(_Filter):
    when = forms.ChoiceField(
        label="Когда",
        required=False,
        choices=[
            ("", "все открытые"),
            ("overdue", "просроченные"),
            ("past", "день уже прошёл"),
            ("week", "на 7 дней вперёд"),
        ],
    )
    kind = forms.ChoiceField(label="Что", required=False)
    owner = forms.ChoiceField(
        label="Чьё",
        required=False,
        choices=[
            ("", "чьё угодно"),
            ("mine", "моё"),
            ("director", "руководителя"),
            ("curator", "куратора"),
            ("person", "наставников и наставляемых"),
        ],
    )

    school = forms.ModelChoiceField(
        label="Организация", queryset=School.objects.none(), required=False, empty_label="любая"
    )

    def __init__(self, *args, kinds, schools, staff=False, inspects=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "любой срок"), *kinds]
        if staff:
            self.fields["when"].choices += [("unanswered", "напоминания не помогли")]
        if inspects:
            self.fields["when"].choices += [("attention", "просрочено давно")]
        if schools is None:
            del self.fields["school"]
        else:
            self.fields["school"].queryset = schools


class RequestFilter(_Filter):
    q = forms.CharField(label="Имя, должность или предмет", max_length=100, required=False)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "открытые"), ("all", "все")],
    )
