"""Forms about an organisation: its data, branches, settings and papers."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils import timezone

from schools.forms.base import CalmForm, CalmModelForm
from schools.forms.staff import date_field
from schools.forms.widgets import DateInput
from schools.models import (
    CheckKind,
    LocalAct,
    OrganisationKind,
    Partner,
    RoadmapItem,
    School,
    SchoolPolicy,
    Unit,
)
from schools.workflow.acts import ACT_FIELDS, PARTNER_FIELDS
from schools.workflow.places import POLICY_FIELDS, SCHOOL_FIELDS, UNIT_FIELDS

STAGES = [
    (1, "1 — условия: локальные акты"),
    (2, "2 — кому нужен наставник"),
    (3, "3 — банк наставников"),
    (4, "4 — отбор и обучение наставников"),
    (5, "5 — пары и программы"),
    (6, "6 — завершение программ"),
    (7, "7 — раздел на сайте"),
]


def school_year(day) -> int:
    """The calendar year in which the school year of ``day`` began; it begins on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def year_choices() -> list[tuple[int, str]]:
    this = school_year(timezone.localdate())
    return [(y, f"{y}/{(y + 1) % 100:02d}") for y in (this, this - 1, this + 1)]


class SchoolForm(CalmModelForm):
    site_url = forms.URLField(label="Сайт", required=False, assume_scheme="https")

    class Meta:
        model = School
        fields = SCHOOL_FIELDS


class UnitForm(CalmModelForm):
    class Meta:
        model = Unit
        fields = UNIT_FIELDS


class PolicyForm(CalmModelForm):
    """Settings from a day on; the former ones stay for what was done under them."""

    class Meta:
        model = SchoolPolicy
        fields = ["starts_on", *POLICY_FIELDS]
        widgets = {"starts_on": DateInput}

    def layout(self):
        return [
            "starts_on",
            Fieldset("Порядок", "mentee_consent_required", "mentee_mark_allowed",
                     "closing_by_order", "warn_above_mentees"),
            Fieldset("О чём напоминать", "acquaintance_tracked", "scans_tracked",
                     "meetings_tracked", "site_tracked", "quiet_reminders"),
        ]  # fmt: skip


class PartnerForm(CalmModelForm):
    class Meta:
        model = Partner
        fields = PARTNER_FIELDS
        widgets = {"agreement_on": DateInput, "agreement_until": DateInput}


class ActForm(CalmModelForm):
    upload = forms.FileField(
        label="Файл", required=False, help_text="PDF, JPEG или PNG, не больше 20 МБ."
    )

    class Meta:
        model = LocalAct
        fields = ACT_FIELDS
        widgets = {"adopted_on": DateInput, "valid_until": DateInput}

    def layout(self):
        return [
            "kind", "title", Row(Column("number"), Column("adopted_on"), Column("valid_until")),
            Row(Column("union_opinion"), Column("council_minutes")), "upload",
        ]  # fmt: skip


class RoadmapForm(CalmModelForm):
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    stage = forms.TypedChoiceField(label="Этап", choices=STAGES, coerce=int)

    class Meta:
        model = RoadmapItem
        fields = ["school_year", "stage", "title", "due_on", "done_on"]
        widgets = {"due_on": DateInput, "done_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = year_choices()


class CheckForm(CalmForm):
    """A yearly duty done; the address only for the check of the site."""

    submit_label = "Отметить"
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    done_on = date_field("Когда сделано")
    url = forms.URLField(label="Адрес страницы", assume_scheme="https")

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = year_choices()
        self.fields["done_on"].initial = timezone.localdate()
        if kind != CheckKind.SITE:
            del self.fields["url"]


class SchoolFilter(forms.Form):
    """The methodologist's list of organisations, by GET."""

    q = forms.CharField(label="Название", max_length=200, required=False)
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "все"), *OrganisationKind.choices]
    )
    closed = forms.BooleanField(label="и закрытые", required=False)
