"""Difficulties, directions, templates, evaluation sheets, registers."""

from django.contrib import admin

from programs.models import (
    Criterion,
    Direction,
    EvaluationSheet,
    Need,
    OrderRegister,
    ProgramTemplate,
)
from schools.admin.base import RecordedAdmin


class WordsAdmin(RecordedAdmin):
    list_display = ["name", "kind", "is_active", "position"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]


admin.site.register([Need, Direction], WordsAdmin)


@admin.register(ProgramTemplate)
class ProgramTemplateAdmin(RecordedAdmin):
    list_display = ["name", "version", "kind", "school", "months", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    autocomplete_fields = ["school"]


class CriterionInline(admin.TabularInline):
    model = Criterion
    extra = 0


@admin.register(EvaluationSheet)
class EvaluationSheetAdmin(RecordedAdmin):
    list_display = ["name", "version", "school", "is_active"]
    list_filter = ["is_active"]
    autocomplete_fields = ["school"]
    inlines = [CriterionInline]


@admin.register(OrderRegister)
class OrderRegisterAdmin(RecordedAdmin):
    list_display = ["name", "school", "municipality", "year_starts_in"]
    search_fields = ["name", "school__name_key"]
    autocomplete_fields = ["school", "municipality"]
