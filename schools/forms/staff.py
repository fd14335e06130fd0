"""Forms about people at work. Choices come only from the organisation concerned."""

import copy

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Count
from django.utils import timezone

from schools.forms.base import CalmForm, CalmModelForm
from schools.forms.suggest import Suggest
from schools.forms.widgets import DateInput
from schools.models import (
    Absence,
    Person,
    Qualification,
    Relation,
    School,
    StaffMember,
    Study,
    Unit,
)
from schools.queries import ALL, LEFT, PRESENT
from schools.text import clean
from schools.workflow.staff import PERSON_FIELDS, POST_FIELDS

FEW = 40  # suggestions in a list
MAX_YEARS = 80


def date_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, **options)


def used_before(school: School, name: str) -> list[str]:
    """Words of ``name`` (position, subject) already used in the organisation, most used first."""
    counted = (
        StaffMember.objects.filter(school=school)
        .exclude(**{name: ""})
        .values_list(name)
        .annotate(n=Count("pk"))
        .order_by("-n", name)
    )
    return [word for word, _ in counted[:FEW]]


class PositionFields:
    """Position, subject and branch, suggested from the organisation's own words."""

    def suggest(self, school: School) -> None:
        for name in ("position", "subject"):
            self.fields[name].widget.options = used_before(school, name)
        self.fields["unit"].queryset = school.units.all()
        if not school.units.exists():
            del self.fields["unit"]


_PERSON = forms.fields_for_model(Person, PERSON_FIELDS, widgets={"birth_date": DateInput})
_POST = forms.fields_for_model(
    StaffMember,
    POST_FIELDS,
    widgets={"hired_on": DateInput, "position": Suggest, "subject": Suggest},
)


class PostForm(PositionFields, CalmForm):
    """Corrects a post and its person."""

    def __init__(self, *args, school: School, cancel_url: str, post=None, **kwargs):
        if post is not None:
            known = {name: getattr(post.person, name) for name in PERSON_FIELDS}
            known |= {name: getattr(post, name) for name in POST_FIELDS}
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields |= {name: copy.deepcopy(field) for name, field in {**_PERSON, **_POST}.items()}
        self.suggest(school)
        for name in ("total_years", "teaching_years"):
            self.fields[name].validators.append(MaxValueValidator(MAX_YEARS))
        self.fields["relation"].initial = Relation.EMPLOYEE
        self.fields["partner"].queryset = school.partners.all()
        if not school.partners.exists():
            del self.fields["partner"]

    def clean(self):
        """One line of text in every text field: no line breaks reach letters and papers."""
        cleaned = super().clean()
        return {n: clean(v) if isinstance(v, str) else v for n, v in cleaned.items()}

    def clean_relation(self):
        return self.cleaned_data["relation"] or Relation.EMPLOYEE

    def layout(self):
        return [
            Fieldset(
                "Человек",
                Row(Column("last_name"), Column("first_name"), Column("patronymic")),
                Row(Column("birth_date"), Column("sex")),
                Row(Column("phone"), Column("email")),
            ),
            Fieldset("Работа", *self._work()),
        ]

    def _work(self):
        rows = [Row(Column("position"), Column("subject"))]
        rows += [name for name in ("unit",) if name in self.fields]
        rows.append(Row(Column("relation"), Column("hired_on")))
        rows += [name for name in ("partner",) if name in self.fields]
        rows += ["education", Row(Column("total_years"), Column("teaching_years"))]
        return [*rows, "young_specialist", "young_specialist_basis"]


class NewPostForm(PostForm):
    """Takes on somebody new, or one who already is or was in the organisation."""

    submit_label = "Добавить сотрудника"

    def __init__(self, *args, school: School, **kwargs):
        super().__init__(*args, school=school, **kwargs)
        people = Person.objects.filter(posts__school=school).distinct()
        self.fields["person"] = forms.ModelChoiceField(
            people, label="Уже известен(на) в вашей организации", required=False,
            empty_label="— новый человек —",
            help_text="Выберите, если человек работает или работал у вас: данные о нём останутся.",
        )  # fmt: skip
        self.fields["namesake"] = forms.BooleanField(
            label="Это однофамилец, а не тот же человек", required=False
        )
        for name in ("last_name", "first_name"):
            self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("person") is None:
            for name in ("last_name", "first_name"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Заполните или выберите известного человека.")
        return cleaned

    def layout(self):
        person, work = super().layout()
        person.fields.append("namesake")
        return ["person", person, work]


class PositionForm(PositionFields, CalmForm):
    """A change of position."""

    submit_label = "Перевести на новую должность"
    position = forms.CharField(label="Новая должность", max_length=200, widget=Suggest)
    subject = forms.CharField(label="Предмет", max_length=200, required=False, widget=Suggest)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Подразделение", required=False, empty_label="—"
    )
    starts_on = date_field(
        "Первый день на новой должности",
        help_text="Прежняя должность закончится накануне, и всё, что на ней держится:"
        " назначения наставником, участие в парах.",
    )

    def __init__(self, *args, post: StaffMember, cancel_url: str, **kwargs):
        today = timezone.localdate()
        kwargs.setdefault("initial", {"starts_on": today, "unit": post.unit_id})
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.suggest(post.school)


class LeavingForm(CalmForm):
    """An announced leaving."""

    submit_label = "Отметить предупреждение"
    leaving_on = date_field("Последний день работы")


class LeftForm(CalmForm):
    """A leaving that has happened."""

    submit_label = "Отметить уход"
    danger = True
    left_on = date_field("Последний день работы")


class BankForm(CalmForm):
    """Consent to stand in the bank of mentors."""

    submit_label = "Включить в банк наставников"
    consent_on = date_field("Согласие подписано")


class AbsenceForm(CalmModelForm):
    submit_label = "Отметить отсутствие"

    class Meta:
        model = Absence
        fields = ["kind", "starts_on", "expected_on"]
        widgets = {"starts_on": DateInput, "expected_on": DateInput}


class AbsenceChangeForm(CalmModelForm):
    class Meta:
        model = Absence
        fields = ["kind", "starts_on", "expected_on", "returned_on"]
        widgets = dict.fromkeys(["starts_on", "expected_on", "returned_on"], DateInput)


class ReturnForm(CalmForm):
    submit_label = "Отметить выход"
    returned_on = date_field("Первый рабочий день")


class QualificationForm(CalmModelForm):
    class Meta:
        model = Qualification
        fields = ["category", "granted_on", "is_teacher_mentor", "is_teacher_methodist"]
        widgets = {"granted_on": DateInput}


class StudyForm(CalmModelForm):
    class Meta:
        model = Study
        fields = ["institution", "course", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}


class StaffFilter(forms.Form):
    """What the register shows, by GET; the same filter names the rows of the export."""

    q = forms.CharField(label="Фамилия, имя или должность", max_length=200, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label="Организация", required=False, empty_label="все"
    )
    position = forms.ChoiceField(label="Должность", required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Подразделение", required=False, empty_label="все"
    )
    shown = forms.ChoiceField(
        label="Показать",
        required=False,
        choices=[(PRESENT, "работают"), (LEFT, "ушли"), (ALL, "все")],
    )
    novice = forms.BooleanField(label="стаж до 3 лет", required=False)
    absent = forms.BooleanField(label="отсутствуют сегодня", required=False)
    bank = forms.BooleanField(label="в банке наставников", required=False)

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.fields["unit"].queryset = Unit.objects.filter(school__in=schools)
        positions = (
            StaffMember.objects.filter(school__in=schools)
            .order_by("position")
            .values_list("position", flat=True)
            .distinct()
        )
        self.fields["position"].choices = [("", "любая"), *((p, p) for p in positions)]
        if schools.count() < 2:
            del self.fields["school"]
        if not self.fields["unit"].queryset.exists():
            del self.fields["unit"]
