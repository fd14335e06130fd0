"""History and background work: to look at."""

from django.contrib import admin

from schools import registry
from schools.admin.base import ReadOnlyAdmin
from schools.history import line_of
from schools.models import Event, Job, Recompute


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "chain", "actor", "sentence"]
    list_filter = ["kind"]
    list_select_related = ["chain", "actor__person", "value"]
    date_hierarchy = "at"
    exclude = ["values_hash", "previous_hash", "hash"]

    def get_queryset(self, request):
        """Without what people confide: it is read on the page of the row, by those who see it."""
        return super().get_queryset(request).exclude(kind__in=registry.confidential_kinds)

    @admin.display(description="что произошло")
    def sentence(self, event):
        return line_of(event).text


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "kind", "owner", "state", "attempts", "error"]
    list_filter = ["state", "kind"]
    exclude = ["params", "claim", "title", "result", "file"]  # what was made is its owner's


@admin.register(Recompute)
class RecomputeAdmin(ReadOnlyAdmin):
    list_display = ["scope", "asked_at", "done_upto"]
