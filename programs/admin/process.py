"""Cases, orders, programmes and deadlines, read-only."""

from django.contrib import admin

from programs.models import (
    Deadline,
    Document,
    GroupMember,
    MentorAppointment,
    MentoringGroup,
    Order,
    OrderLine,
    Program,
)
from schools.admin.base import ReadOnlyAdmin, ReadOnlyInline
from schools.admin.people import FoldedSearch


class MemberInline(ReadOnlyInline):
    model = GroupMember
    fields = ["post", "category", "joined_on", "left_on", "left_ground"]


class AppointmentInline(ReadOnlyInline):
    model = MentorAppointment
    fields = ["post", "basis", "consented_on", "ordered_on", "starts_on", "ends_on", "temporary"]


class ProgramInline(ReadOnlyInline):
    model = Program
    fields = ["starts_on", "current_ends_on", "approved_on", "evaluated_on", "closed_on", "ground"]


@admin.register(MentoringGroup)
class MentoringGroupAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["pk", "school", "form", "proposed_on", "closed_on", "withdrawn_on"]
    list_filter = ["form", "school__municipality"]
    list_select_related = ["school"]
    search_fields = ["school__name_key", "appointments__post__person__name_key"]
    inlines = [AppointmentInline, MemberInline, ProgramInline]


class LineInline(ReadOnlyInline):
    model = OrderLine
    fk_name = "order"
    fields = ["group", "action", "cancelled_by"]


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["pk", "register", "kind", "number", "signed_on", "dropped_on"]
    list_filter = ["kind"]
    list_select_related = ["register"]
    search_fields = ["number_key"]
    exclude = ["scan"]
    inlines = [LineInline]


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin):
    list_display = ["kind", "school", "subject", "owner", "opens_on", "due_on", "done_on", "force"]
    list_filter = ["kind", "force", "date_source"]
    list_select_related = ["school"]
    search_fields = ["subject", "owner"]

    def get_queryset(self, request):
        """Without what a mentee asks for: «прошу другого наставника» is the curator's alone."""
        return super().get_queryset(request).exclude(kind__in=["help_answer", "mentor_change"])


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["code", "kind", "school", "printed_on", "signed_on", "cancelled_on"]
    list_filter = ["kind"]
    list_select_related = ["school"]
    search_fields = ["code"]
    exclude = ["data", "text", "file", "word_file", "scan"]
