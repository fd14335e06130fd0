"""Forms of roles in an organisation; people are only those who work there."""

from crispy_forms.layout import Column, Row
from django import forms

from schools.forms.base import CalmForm
from schools.forms.fields import RowsField
from schools.forms.widgets import DateInput
from schools.models import Membership, Person, School, StaffMember


def staff_of(school: School, on):
    """People with a post in ``school`` on ``on``."""
    posts = StaffMember.objects.working(on).filter(school=school)
    return Person.objects.filter(pk__in=posts.values("person"))


class _RoleForm(CalmForm):
    person = forms.ModelChoiceField(
        queryset=None, label="Кто", empty_label="Выберите сотрудника",
        help_text="Нет в списке? Сначала добавьте человека в сотрудники.",
    )  # fmt: skip
    starts_on = forms.DateField(label="С (первый день)", widget=DateInput)
    ends_on = forms.DateField(
        label="По (последний день)",
        widget=DateInput,
        required=False,
        help_text="Пусто — до отмены.",
    )

    def __init__(self, *args, school: School, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff_of(school, on)
        self.fields["starts_on"].initial = on

    def layout(self):
        return ["person", Row(Column("starts_on"), Column("ends_on"))]


class GiveRoleForm(_RoleForm):
    submit_label = "Назначить куратором"


class DeputiseForm(_RoleForm):
    submit_label = "Назначить замещение"

    def __init__(self, *args, principal: Membership, on, **kwargs):
        super().__init__(*args, school=principal.school, on=on, **kwargs)
        people = self.fields["person"].queryset
        self.fields["person"].queryset = people.exclude(pk=principal.person_id)


class EndRoleForm(CalmForm):
    submit_label = "Завершить роль"
    danger = True

    ends_on = forms.DateField(label="Последний день", widget=DateInput)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = on


class HandOverForm(CalmForm):
    submit_label = "Передать организацию"
    danger = True

    new_director = forms.ModelChoiceField(
        queryset=None, label="Новый руководитель", empty_label="Выберите сотрудника",
        help_text="Нет в списке? Сначала добавьте человека в сотрудники.",
    )  # fmt: skip
    from_on = forms.DateField(
        label="Первый день нового руководителя",
        widget=DateInput,
        help_text="Ваша роль закончится днём раньше.",
    )

    def __init__(self, *args, school: School, director: Person, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_director"].queryset = staff_of(school, on).exclude(pk=director.pk)


class NameDirectorForm(CalmForm):
    """One of the staff, or the names of somebody who is new there."""

    submit_label = "Назначить руководителя"

    new_director = forms.ModelChoiceField(
        queryset=None, label="Из сотрудников организации", required=False,
        empty_label="Новый человек (впишите ниже)",
    )  # fmt: skip
    last_name = forms.CharField(label="Фамилия", max_length=100, required=False)
    first_name = forms.CharField(label="Имя", max_length=100, required=False)
    patronymic = forms.CharField(label="Отчество", max_length=100, required=False)
    position = forms.CharField(label="Должность", max_length=200, required=False)
    from_on = forms.DateField(label="С какого дня", widget=DateInput)

    def __init__(self, *args, school: School, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_director"].queryset = staff_of(school, on)
        self.fields["position"].initial = (
            "заведующий" if school.kind == "KINDERGARTEN" else "директор"
        )
        self.fields["from_on"].initial = on

    def clean(self):
        data = super().clean()
        if data.get("new_director") is None:
            for name in ("last_name", "first_name", "position"):
                if not data.get(name):
                    self.add_error(name, "Заполните это поле или выберите сотрудника выше.")
        return data


class CodesForm(forms.Form):
    """People for whom codes are printed; ``people`` is what the issuer may issue for."""

    people = RowsField(
        queryset=None, error_messages={"required": "Отметьте хотя бы одного человека."}
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
