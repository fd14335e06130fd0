"""What every page of the admin shares: history for edits, nothing writable in the process."""

from django.contrib import admin
from django.utils import timezone

from schools import history
from schools.history import Scope


class RecordedAdmin(admin.ModelAdmin):
    """An editable record: each edit is an event, and what follows from it is recomputed."""

    list_per_page = 50
    show_full_result_count = False

    def scope(self, obj) -> Scope:
        """What an edit of ``obj`` touches; nothing that deadlines depend on by default."""
        return Scope()

    def chain(self, obj) -> dict:
        """Whose history the edit belongs to: ``school`` or ``municipality`` pk, else system."""
        school = getattr(obj, "school_id", None)
        return {"school": school} if school else {}

    def save_related(self, request, form, formsets, change):
        """Runs last inside Django's own transaction: inlines are saved, then all follows."""
        obj = form.instance
        on = timezone.localdate()
        with history.changing(self.scope(obj), by=request.user, on=on) as edit:
            super().save_related(request, form, formsets, change)
            edit.record(
                "record_changed" if change else "record_added",
                obj,
                what=f"{obj._meta.verbose_name.capitalize()} «{obj}»",
                changes=_changes(form, formsets),
                **self.chain(obj),
            )

    def delete_model(self, request, obj):
        on = timezone.localdate()
        with history.changing(self.scope(obj), by=request.user, on=on) as edit:
            what = f"{obj._meta.verbose_name.capitalize()} «{obj}»"
            edit.record("record_removed", obj, what=what, **self.chain(obj))
            super().delete_model(request, obj)

    def get_actions(self, request):
        # Deleting many at once would pass the history by.
        return {n: a for n, a in super().get_actions(request).items() if n != "delete_selected"}


class ReadOnlyAdmin(admin.ModelAdmin):
    """The process is led on its own pages; here an admin only looks."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def _changes(form, formsets) -> str:
    labels = [
        str(form.fields[name].label or name) for name in form.changed_data if name in form.fields
    ]
    labels += [
        str(formset.model._meta.verbose_name_plural)
        for formset in formsets
        if formset.has_changed()
    ]
    return ", ".join(labels) or "без изменений"
