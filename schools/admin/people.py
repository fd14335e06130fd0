"""People, their posts, roles and accounts."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group

from schools.admin.base import ReadOnlyAdmin, RecordedAdmin
from schools.history import Scope
from schools.models import (
    Absence,
    Membership,
    Person,
    PossibleDouble,
    Qualification,
    Secondment,
    StaffMember,
    Study,
    Transfer,
    User,
)
from schools.text import key

admin.site.unregister(Group)  # rights come from roles, not from Django's groups


class FoldedSearch:
    """Search in any letter case: the words are folded as the stored keys are."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, key(search_term))


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["school", "municipality", "region"]
    fields = ["role", "school", "municipality", "region", "is_country", "starts_on", "ends_on"]


class PostInline(admin.TabularInline):
    model = StaffMember
    extra = 0
    can_delete = False
    show_change_link = True
    fields = ["school", "position", "subject", "hired_on", "left_on"]
    readonly_fields = fields

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Person)
class PersonAdmin(FoldedSearch, RecordedAdmin):
    list_display = ["full_name", "birth_date", "posts_line"]
    search_fields = ["name_key"]
    inlines = [MembershipInline, PostInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("posts__school")

    @admin.display(description="где работает")
    def posts_line(self, person):
        return "; ".join(f"{p.school.short_name}, {p.title}" for p in person.posts.all())

    def scope(self, obj):
        return Scope.of(
            people=[obj.pk],
            schools=obj.memberships.exclude(school=None).values_list("school", flat=True),
        )


class QualificationInline(admin.TabularInline):
    model = Qualification
    extra = 0


class StudyInline(admin.TabularInline):
    model = Study
    extra = 0


class AbsenceInline(admin.TabularInline):
    model = Absence
    extra = 0


@admin.register(StaffMember)
class StaffMemberAdmin(FoldedSearch, RecordedAdmin):
    list_display = ["person", "position", "subject", "school", "hired_on", "left_on"]
    list_filter = ["relation", "school__municipality"]
    list_select_related = ["person", "school"]
    search_fields = ["person__name_key", "post_key"]
    autocomplete_fields = ["person", "school", "unit", "partner", "follows"]
    inlines = [QualificationInline, StudyInline, AbsenceInline]
    # Ending a post ends its appointments: that is a step with a page of its own.
    readonly_fields = ["left_on", "leaving_on"]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["person", "school"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def scope(self, obj):
        return Scope.of(people=[obj.person_id], schools=[obj.school_id])


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["login", "person"]


class UserChangeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["login", "email", "person", "is_active", "is_staff", "is_superuser"]


@admin.register(User)
class AccountAdmin(FoldedSearch, RecordedAdmin, UserAdmin):
    form = UserChangeForm
    add_form = NewUserForm
    list_display = ["login", "person", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["login_key", "email_key", "person__name_key"]
    ordering = ["login_key"]
    autocomplete_fields = ["person"]
    filter_horizontal = []
    readonly_fields = ["last_login", "created_at"]
    fieldsets = [
        (None, {"fields": ["login", "email", "person", "is_active", "must_change_password"]}),
        ("Администрирование", {"fields": ["is_staff", "is_superuser"]}),
        ("Даты", {"fields": ["last_login", "created_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["login", "person", "password1", "password2"]})]


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    list_display = ["person", "role", "place", "starts_on", "ends_on"]
    list_filter = ["role", "municipality", "school__municipality"]
    list_select_related = ["person", "school", "municipality", "region"]
    search_fields = ["person__name_key", "school__name_key"]
    autocomplete_fields = ["person", "school", "municipality", "region", "deputises_for"]

    @admin.display(description="где")
    def place(self, membership):
        return (
            membership.school
            or membership.municipality
            or membership.region
            or "Российская Федерация"
        )

    def scope(self, obj):
        return Scope.of(people=[obj.person_id], schools=[obj.school_id] if obj.school_id else [])


@admin.register(PossibleDouble)
class PossibleDoubleAdmin(RecordedAdmin):
    list_display = ["first", "second", "found_at", "settled_on", "same"]
    list_filter = ["same"]
    readonly_fields = ["first", "second", "found_at"]

    def has_add_permission(self, request):
        return False


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ["post", "to_school", "asked_on", "home_confirmed_on", "host_confirmed_on"]
    list_select_related = ["post__person", "to_school"]


@admin.register(Secondment)
class SecondmentAdmin(ReadOnlyAdmin):
    list_display = ["post", "to_school", "home_order", "starts_on", "ends_on", "withdrawn_on"]
    list_select_related = ["post__person", "to_school"]
