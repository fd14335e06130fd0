"""Regions, municipalities, organisations, settings and the calendar."""

from django.contrib import admin
from django.utils import timezone

from schools.admin.base import RecordedAdmin
from schools.history import Scope
from schools.models import (
    CalendarDay,
    LocalAct,
    Municipality,
    MunicipalityPolicy,
    Partner,
    Region,
    School,
    SchoolBreak,
    SchoolPolicy,
    Unit,
)
from schools.workflow.calendar import correct_day


@admin.register(Region)
class RegionAdmin(RecordedAdmin):
    search_fields = ["name"]


class MunicipalityPolicyInline(admin.StackedInline):
    model = MunicipalityPolicy
    extra = 0
    fieldsets = [
        (None, {"fields": ["starts_on", "dates_confirmed", "days"]}),
        (
            "Оценка",
            {
                "fields": [("high_score", "sufficient_score", "partial_score")],
                "description": "Границы вывода об эффективности, каждая ниже предыдущей.",
            },
        ),
        (
            "Напоминания",
            {
                "fields": [
                    ("first_before", "second_before", "on_the_day"),
                    ("repeat_every", "stop_after"),
                    ("to_curator_after", "to_director_after", "to_methodologist_after"),
                    "letters_at",
                ],
                "description": "Дни календарные. После срока первое напоминание — на следующий"
                " день. Куратору, руководителю и методисту передаётся только то, чего требует"
                " закон или решение района к названной дате; об остальном напоминают ограниченное"
                " число раз, дальше оно ждёт в списке куратора.",
            },
        ),
    ]


class SchoolBreakInline(admin.TabularInline):
    model = SchoolBreak
    extra = 0


@admin.register(Municipality)
class MunicipalityAdmin(RecordedAdmin):
    list_display = ["name", "region", "authority_name", "time_zone", "horizon_on"]
    list_filter = ["region"]
    search_fields = ["name", "authority_name"]
    autocomplete_fields = ["region"]
    readonly_fields = ["horizon_on"]
    inlines = [MunicipalityPolicyInline, SchoolBreakInline]

    def save_model(self, request, obj, form, change):
        if obj.horizon_on is None:
            obj.horizon_on = obj.school_year_end()
        super().save_model(request, obj, form, change)

    def scope(self, obj):
        return Scope.of(wide=[f"municipality:{obj.pk}"])

    def chain(self, obj):
        return {"municipality": obj.pk}


class UnitInline(admin.TabularInline):
    model = Unit
    extra = 0


@admin.register(Unit)
class UnitAdmin(RecordedAdmin):
    list_display = ["name", "school", "kind", "settlement"]
    list_filter = ["kind"]
    search_fields = ["name", "school__name_key"]
    autocomplete_fields = ["school"]


class SchoolPolicyInline(admin.StackedInline):
    model = SchoolPolicy
    extra = 0


@admin.register(School)
class SchoolAdmin(RecordedAdmin):
    list_display = ["short_name", "municipality", "kind", "settlement", "week", "closed_on"]
    list_filter = ["kind", "municipality"]
    search_fields = ["name_key", "settlement"]
    autocomplete_fields = ["municipality", "successor"]
    inlines = [UnitInline, SchoolPolicyInline]

    def scope(self, obj):
        return Scope.of(schools=[obj.pk])

    def chain(self, obj):
        return {"school": obj.pk}


@admin.register(LocalAct)
class LocalActAdmin(RecordedAdmin):
    list_display = ["title", "school", "kind", "number", "adopted_on", "valid_until"]
    list_filter = ["kind", "school__municipality"]
    search_fields = ["title", "number", "school__name_key"]
    autocomplete_fields = ["school"]
    exclude = ["file"]

    def scope(self, obj):
        return Scope.of(schools=[obj.school_id])


@admin.register(Partner)
class PartnerAdmin(RecordedAdmin):
    list_display = ["name", "school", "agreement_number", "agreement_on", "agreement_until"]
    search_fields = ["name", "school__name_key"]
    autocomplete_fields = ["school"]


@admin.register(CalendarDay)
class CalendarDayAdmin(RecordedAdmin):
    """A correction of the production calendar; every organisation is recomputed after it."""

    list_display = ["day", "name", "works_five", "works_six", "source"]
    list_filter = ["source"]
    date_hierarchy = "day"

    def get_readonly_fields(self, request, obj=None):
        return ["day", "source"] if obj else ["source"]  # another day is a correction of its own

    def save_model(self, request, obj, form, change):
        obj.pk = correct_day(
            obj.day, works_five=obj.works_five, works_six=obj.works_six, name=obj.name,
            by=request.user, on=timezone.localdate(),
        ).pk  # fmt: skip

    def save_related(self, request, form, formsets, change):
        """Nothing is related, and the step has told the history."""

    def scope(self, obj):
        return Scope.of(wide=["calendar"])
