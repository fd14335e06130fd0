"""The calendar by a secret address: made, shown once, revoked; and the calendar itself."""

import zoneinfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from programs.forms.reminders import LettersForm
from programs.notifications import feed, preferences
from programs.views.reminders import settings_context
from schools.queries import zone_of
from schools.views.common import require


@never_cache
@require_POST
def calendar_make(request):
    """A new address; this answer is the only place where it can be read. An older one dies."""
    person = request.user.person
    require(person is not None)
    address = feed.make_address(request.user)
    form = LettersForm(instance=preferences.settings_of(person))
    context = {**settings_context(request), "form": form, "address": address}
    return render(request, "programs/reminder_settings.html", context)


@require_POST
def calendar_revoke(request):
    require(request.user.person is not None)
    feed.revoke(request.user)
    messages.success(request, "Адрес календаря больше не работает.")
    return redirect("reminder-settings")


@login_not_required
@require_safe
def calendar_feed(request, token):
    """The calendar of whoever made the address; 404 when it is wrong, revoked or too late."""
    user = feed.user_of(token)
    if user is None:
        raise Http404("no such calendar")
    zone = zone_of(user.person_id) or timezone.get_default_timezone_name()
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        content = feed.calendar_of(user, timezone.localdate(), zone)
    feed.note_reading(user)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="nastavnichestvo.ics"',
        },
    )
