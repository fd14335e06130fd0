"""Forms of a staff list: the upload, the meaning of columns, the answers about rows."""

from django import forms
from django.utils import timezone

from schools.forms.base import CalmForm
from schools.forms.widgets import DateInput
from schools.imports.answers import AWAY, KEEP, LEFT, VACATION, Answers
from schools.imports.plan import SKIP, Outcome, Plan, PlannedRow
from schools.models import School, StaffMember
from schools.stafflist import FIELDS

SHOWN = 300  # rows of one kind on a page; the rest goes as planned and stands in the XLSX
ABSENT_CHOICES = [
    (KEEP, "оставить как есть"),
    (LEFT, "уволен(а)"),
    (VACATION, "в отпуске"),
    (AWAY, "длительно отсутствует"),
]


class UploadForm(CalmForm):
    submit_label = "Прочитать список"
    school = forms.ModelChoiceField(School.objects.none(), label="Организация", empty_label=None)
    file = forms.FileField(
        label="Файл со списком", allow_empty_file=True,
        help_text="XLSX или CSV, не больше 10 МБ. Подойдёт список в том виде, в каком он есть:"
        " порядок и названия столбцов любые.",
    )  # fmt: skip

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.fields["school"].initial = schools.first()
        if schools.count() == 1:
            self.fields["school"].widget = forms.HiddenInput()


class MappingForm(forms.Form):
    """What each column means; one select per column that holds anything."""

    def __init__(self, *args, sheets: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        choices = [("", "не использовать"), *FIELDS.items()]
        for number, sheet in enumerate(sheets):
            for column in sheet["columns"]:
                self.fields[_column(number, column)] = forms.ChoiceField(
                    choices=choices, required=False, initial=column["field"],
                    label=column["heading"] or f"столбец {column['index'] + 1}",
                )  # fmt: skip

    def lines(self):
        """Sheets with their columns and fields, for the page."""
        for number, sheet in enumerate(self.sheets):
            columns = [(column, self[_column(number, column)]) for column in sheet["columns"]]
            yield sheet, columns

    def mapping(self, before: dict) -> dict:
        """The correction for the reader: columns that differ from what it recognised, and
        those corrected before."""
        found = {name: dict(columns) for name, columns in before.items()}
        for number, sheet in enumerate(self.sheets):
            for column in sheet["columns"]:
                chosen = self.cleaned_data[_column(number, column)]
                if chosen != column["field"]:
                    found.setdefault(sheet["name"], {})[str(column["index"])] = chosen
        return found


def _column(number: int, column: dict) -> str:
    return f"column-{number}-{column['index']}"


class AnswersForm(forms.Form):
    """Answers about rows with a question, changes not wanted, people whom the list lacks."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, today = plan, timezone.localdate()
        self.fields["fingerprint"].initial = plan.fingerprint
        optional = [*plan.of(Outcome.CHANGE), *plan.of(Outcome.NEW)]
        self.fields["keep"] = forms.TypedMultipleChoiceField(
            choices=[(row.index, row.index) for row in optional], coerce=int, required=False
        )
        for row in self.asked:
            self.fields[f"row-{row.index}"] = forms.ChoiceField(
                choices=row.options, required=False, label=f"Что сделать: {row.full_name}"
            )
            if any(value.startswith("move:") for value, _ in row.options):
                self.fields[f"day-{row.index}"] = _day(f"Переведён(а) с: {row.full_name}", today)
        for post in self.absent:
            self.fields[f"absent-{post.pk}"] = forms.ChoiceField(
                choices=ABSENT_CHOICES, required=False, label=f"Что сделать: {post.person}"
            )
            self.fields[f"gone-{post.pk}"] = _day(f"Дата: {post.person}", today)

    @property
    def asked(self) -> list[PlannedRow]:
        return self.plan.of(Outcome.ASK)[:SHOWN]

    @property
    def absent(self) -> list[StaffMember]:
        return self.plan.absent[:SHOWN]

    def asked_lines(self):
        for row in self.asked:
            day = f"day-{row.index}"
            yield row, self[f"row-{row.index}"], self[day] if day in self.fields else None

    def absent_lines(self):
        for post in self.absent:
            yield post, self[f"absent-{post.pk}"], self[f"gone-{post.pk}"]

    def answers(self) -> Answers:
        """What the person chose; an answer left out is the cautious one."""
        data, answers = self.cleaned_data, Answers()
        answers.rows = dict.fromkeys(data["keep"], SKIP)
        for row in self.asked:
            answers.rows[row.index] = data[f"row-{row.index}"] or SKIP
            if data.get(f"day-{row.index}"):
                answers.moves_on[row.index] = data[f"day-{row.index}"]
        for post in self.absent:
            what = data[f"absent-{post.pk}"] or KEEP
            if what != KEEP:
                answers.absent[post.pk] = what
                if data[f"gone-{post.pk}"]:
                    answers.absent_on[post.pk] = data[f"gone-{post.pk}"]
        return answers


def _day(label: str, today) -> forms.DateField:
    return forms.DateField(label=label, required=False, initial=today, widget=DateInput)
