"""Reminders: what a person was told, how the person wants to be told, and telling by hand."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import SignatureExpired
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.forms.reminders import LettersForm, PauseForm
from programs.models import Notification
from programs.notifications import by_hand, feed, inbox, preferences
from schools.models import School
from schools.views.common import paginate, refusals, render_form, require

PER_PAGE = 30


@require_safe
def reminder_list(request):
    user = request.user
    require(user.access.person_id is not None)
    page = paginate(request, inbox.items_of(user), per_page=PER_PAGE)
    context = {
        "page": page,
        "days": inbox.days(page, user, timezone.localdate()),
        "staffs": bool(user.access.school_ids),
    }
    return render(request, "programs/reminder_list.html", context)


@require_POST
def reminder_open(request, pk):
    """Mark everything that was told about the same thing as read, and go where it is settled."""
    items = inbox.items_of(request.user)
    item = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    items.unread().filter(about=item.about).update(read_at=timezone.now())
    line = inbox.lines([items.get(pk=item.pk)], request.user, timezone.localdate())[0]
    return redirect(line.url or "reminder-list")


@require_POST
def reminder_read_all(request):
    require(request.user.access.person_id is not None)
    Notification.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    messages.success(request, "Все напоминания отмечены прочитанными.")
    return redirect("reminder-list")


@require_safe
def reminder_by_hand(request):
    """People of the own organisations whom no letter reaches, each with a text to hand over."""
    schools = School.objects.filter(pk__in=request.user.access.school_ids)
    require(bool(request.user.access.school_ids))
    on = timezone.localdate()
    parts = [(school, by_hand.sheets(school, request.user, on)) for school in schools]
    context = {
        "parts": [(school, sheets) for school, sheets in parts if sheets],
        "many_schools": len(parts) > 1,
        "on": on,
    }
    return render(request, "programs/reminder_by_hand.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def reminder_settings(request):
    person = request.user.person
    require(person is not None)
    own = preferences.settings_of(person)
    form = LettersForm(request.POST or None, instance=own)
    if form.is_valid():
        preferences.change_letters(person, **form.cleaned_data)
        messages.success(request, "Настройки писем сохранены.")
        return redirect("reminder-settings")
    return render_form(request, "programs/reminder_settings.html", settings_context(request), form)


def settings_context(request) -> dict:
    """What the page of settings shows beside its form."""
    on = timezone.localdate()
    own = preferences.settings_of(request.user.person)
    return {
        "paused_until": preferences.paused_until(own, on),
        "written_to": request.user.email,
        "feed": feed.of_user(request.user),
    }


@require_http_methods(["GET", "POST"])
def reminder_pause(request):
    person, on = request.user.person, timezone.localdate()
    require(person is not None)
    until = preferences.paused_until(preferences.settings_of(person), on)
    form = PauseForm(request.POST or None, on=on, until=until)
    form.cancel_url = reverse("reminder-settings")
    if form.is_valid():
        with refusals(form):
            preferences.pause_letters(person, on=on, **form.cleaned_data)
            until = form.cleaned_data["until"]
            messages.success(request, f"Письма приостановлены до {until:%d.%m.%Y}.")
            return redirect("reminder-settings")
    return render_form(request, "programs/reminder_pause.html", {}, form)


@require_POST
def reminder_resume(request):
    require(request.user.person is not None)
    preferences.resume_letters(request.user.person)
    messages.success(request, "Пауза снята: письма снова будут приходить.")
    return redirect("reminder-settings")


# The address itself is the secret and no cookie is read: nobody without it can send the form,
# and programs that read mail in a window of their own keep no cookies.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def letter_pause(request, token):
    """Pause letters by the link of a letter. Scanners of mail open links: GET changes nothing.

    The page names nobody: it says nothing to a stranger who was sent the letter.
    """
    try:
        person = preferences.person_of_link(token)
    except SignatureExpired:
        return _refused(request, HTTPStatus.GONE, "Ссылка устарела: она действует 60 дней.")
    if person is None:
        return _refused(
            request,
            HTTPStatus.NOT_FOUND,
            "Такой ссылки нет: может быть, она скопирована не целиком.",
        )
    on = preferences.local_day_of(person)
    if request.method == "POST" and "resume" in request.POST:
        preferences.resume_letters(person)
        return _secret(redirect("letter-pause", token=token))
    until = preferences.paused_until(preferences.settings_of(person), on)
    form = PauseForm(request.POST or None, on=on, until=until)
    if form.is_valid():
        with refusals(form):
            preferences.pause_letters(person, on=on, **form.cleaned_data)
            return _secret(redirect("letter-pause", token=token))
    context = {"paused_until": until}
    return _secret(render_form(request, "programs/letter_pause.html", context, form))


def _refused(request, status, why: str):
    return _secret(
        render(request, "programs/letter_pause_refused.html", {"why": why}, status=status)
    )


def _secret(response):
    """No page that is reached from here learns the address."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
