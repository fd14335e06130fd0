"""Records of meetings and marks on the plan."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs import queries
from programs.formats import place_of_meeting
from programs.forms.meetings import CancelMeetingForm, CorrectMeetingForm, MeetingForm
from programs.forms.programs import MoveEventForm, SettleEventForm
from programs.models import Attendance, GroupMember, Meeting, PlannedEvent
from programs.permissions import (
    can_confirm_meeting,
    can_log_meeting,
    can_move_event,
    can_settle_event,
)
from programs.views.programs import open_program
from programs.views.steps import case_or_404, posted, row_or_404, step_page
from programs.workflow.events import move_event, reopen_event, settle_event
from programs.workflow.meetings import (
    cancel_meeting,
    confirm_meeting,
    correct_meeting,
    log_meeting,
)
from schools.text import row_key
from schools.views.common import refusals_as_messages, require


@require_http_methods(["GET", "POST"])
def meeting_log(request, pk):
    """One minute on a phone: the same form sent twice is one meeting (``client_key``)."""
    group = case_or_404(request, pk)
    require(can_log_meeting(request.user, group))
    on = timezone.localdate()
    program = open_program(group)
    if program.approved_on is None:
        raise Http404
    members = GroupMember.objects.filter(group=group, joined_on__lte=on, left_on=None)
    members = members.select_related("post__person", "post__unit")
    initial = {"held_on": on, "present": [m.pk for m in members], "event": _event(request)}
    form = MeetingForm(*posted(request), program=program, members=members, initial=initial)
    form.aliases = {"settle": "event_done", "text_missing": "topic"}

    def step(*, event_done, present=None, **data):
        came = members if present is None else present
        log_meeting(program, by=request.user, on=on, present=came, settle=event_done, **data)

    return step_page(
        request,
        form,
        step,
        title="Записать встречу",
        done="Запись сохранена.",
        back=group,
        lead=queries.title(group),
        template="programs/meeting_form.html",
    )


def _event(request):
    return row_key(request.GET.get("event", ""))


def _meeting(request, pk) -> Meeting:
    meeting = row_or_404(request, Meeting, pk, "program__group__school")
    require(can_log_meeting(request.user, meeting.program.group))
    return meeting


@require_http_methods(["GET", "POST"])
def meeting_correct(request, pk):
    meeting = _meeting(request, pk)
    fields = CorrectMeetingForm.base_fields
    initial = {name: getattr(meeting, name) for name in fields}
    return step_page(
        request,
        CorrectMeetingForm(*posted(request), place=place_of_meeting(meeting), initial=initial),
        partial(correct_meeting, meeting, by=request.user, on=timezone.localdate()),
        title="Исправить запись о встрече",
        done="Запись исправлена; прежний текст остался в истории.",
        back=meeting.program.group,
    )


@require_http_methods(["GET", "POST"])
def meeting_cancel(request, pk):
    meeting = _meeting(request, pk)
    return step_page(
        request,
        CancelMeetingForm(*posted(request)),
        partial(cancel_meeting, meeting, by=request.user, on=timezone.localdate()),
        title=f"Отменить запись о встрече {meeting.held_on:%d.%m.%Y}",
        done="Запись отменена.",
        back=meeting.program.group,
    )


@require_POST
def meeting_confirm(request, pk):
    """The mentee confirms the record: a mark inside the system, never called a signature."""
    meeting = row_or_404(request, Meeting, pk, "program__group")
    own = request.user.access.person_id
    attendance = get_object_or_404(
        Attendance.objects.select_related("member__post", "meeting__program__group"),
        meeting=meeting,
        member__post__person=own,
    )
    require(can_confirm_meeting(request.user, attendance.member))
    with refusals_as_messages(request):
        confirm_meeting(attendance, by=request.user, on=timezone.localdate())
        messages.success(request, "Встреча подтверждена.")
    return redirect("group-work", pk=meeting.program.group_id)


def _planned(request, pk, allowed) -> PlannedEvent:
    event = row_or_404(request, PlannedEvent, pk, "program__group__school")
    require(allowed(request.user, event.program.group))
    return event


@require_http_methods(["GET", "POST"])
def event_settle(request, pk):
    event, on = _planned(request, pk, can_settle_event), timezone.localdate()
    return step_page(
        request,
        SettleEventForm(*posted(request), initial={"settled_on": on}),
        partial(settle_event, event, by=request.user, on=on),
        title=event.title,
        done="Отметка сохранена.",
        back=event.program.group,
        lead=_plan_words(event),
    )


def _plan_words(event) -> str:
    expected = f" Планируем: {event.expected}" if event.expected else ""
    return f"Срок по плану: {event.due_on:%d.%m.%Y}.{expected}"


@require_http_methods(["GET", "POST"])
def event_move(request, pk):
    event = _planned(request, pk, can_move_event)
    return step_page(
        request,
        MoveEventForm(*posted(request), initial={"due_on": event.due_on}),
        partial(move_event, event, by=request.user, on=timezone.localdate()),
        title=f"Перенести: {event.title}",
        done="Срок перенесён.",
        back=event.program.group,
    )


@require_POST
def event_reopen(request, pk):
    event = _planned(request, pk, can_settle_event)
    with refusals_as_messages(request):
        reopen_event(event, by=request.user, on=timezone.localdate())
    return redirect("group-work", pk=event.program.group_id)
