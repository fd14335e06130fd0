"""Records of meetings: only in a running programme, never before the meeting is held."""

import uuid

from django.db import IntegrityError, transaction

from programs.choices import EventOutcome, MeetingFormat
from programs.errors import TransitionError
from programs.formats import format_word, place_of_meeting
from programs.models import Attendance, GroupMember, Meeting, MentorAppointment, Program
from programs.workflow.base import not_in_future, require_alive
from programs.workflow.events import mark_event
from programs.workflow.running import fit, program_step, require_open, require_text

TEXTS = ("topic", "result", "agreements")
FIELDS = ("held_on", "minutes", "format", *TEXTS, "needs_curator", "event")


def log_meeting(
    program,
    *,
    by,
    on,
    held_on,
    minutes,
    format,
    topic,
    result="",
    agreements="",
    needs_curator=False,
    event=None,
    present=(),
    client_key=None,
    settle=False,
) -> Meeting:
    """Record a meeting. The same ``client_key`` sent twice is one meeting, returned again.

    Args:
        held_on: the day of the meeting, not in the future.
        present: members of the case who came, at least one.
        event: an event of the plan that the meeting was; ``settle`` marks it done that day.

    Raises:
        TransitionError: ``case_closed``, ``program_not_approved``, ``meeting_before_start``,
            ``no_mentor_that_day``, ``date_in_future``, ``minutes_out_of_limits``,
            ``format_unknown``, ``text_missing``, ``nobody_present``, ``not_a_member``,
            ``event_of_another_program`` or ``event_settled``.
    """
    client_key = client_key or uuid.uuid4()
    facts = {
        "held_on": held_on,
        "minutes": minutes,
        "format": format,
        "topic": topic,
        "result": result,
        "agreements": agreements,
        "needs_curator": needs_curator,
        "event": event,
    }
    present = list(present)
    with program_step(program, by=by, on=on, alive=False) as (change, program):
        sent = program.meetings.filter(client_key=client_key).first()
        if sent is not None:
            return sent
        require_alive(program.group)
        meeting = Meeting(program=program, recorded_on=on, client_key=client_key)
        _write(meeting, facts, by=by, on=on)
        try:
            with transaction.atomic():  # a savepoint: the same key may come twice at once
                meeting.save()
        except IntegrityError:
            return program.meetings.get(client_key=client_key)
        _attend(meeting, present)
        if settle and meeting.event is not None:
            mark_event(
                meeting.event, change, program, outcome=EventOutcome.DONE, settled_on=held_on
            )
        change.record(
            "meeting_logged", program.group, meeting,
            school=program.group.school_id, held_on=held_on,
        )  # fmt: skip
    return meeting


def correct_meeting(meeting, *, by, on, **changes) -> Meeting:
    """Correct any of ``FIELDS`` or ``present``. What stood before stays in the history.

    The mentees' confirmations are taken back: they confirmed another record.

    Raises:
        TransitionError: ``meeting_cancelled`` or as ``log_meeting``.
    """
    present = changes.pop("present", None)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"a meeting has no {sorted(unknown)}")
    with program_step(meeting.program, by=by, on=on) as (change, program):
        meeting = _held(program, meeting)
        before = {name: getattr(meeting, name) for name in changes}
        came = sorted(meeting.attendance.filter(present=True).values_list("member", flat=True))
        _write(meeting, changes, by=by, on=on)
        if present is None:
            present = GroupMember.objects.filter(pk__in=came)
        present = list(present)
        changed = [name for name in changes if getattr(meeting, name) != before[name]]
        if not changed and sorted(m.pk for m in present) == came:
            return meeting
        meeting.save(update_fields=[*changes, "appointment"])
        meeting.attendance.all().delete()
        _attend(meeting, present)
        _record_correction(change, program, meeting, before, changed)
    return meeting


def _record_correction(change, program: Program, meeting: Meeting, before, changed) -> None:
    """The case's history says what was corrected; the words themselves only the meeting's own."""
    labels = [Meeting._meta.get_field(name).verbose_name for name in changed]
    change.record(
        "meeting_corrected", program.group, meeting,
        school=program.group.school_id, held_on=meeting.held_on,
        what=", ".join(labels) or "кто был",
    )  # fmt: skip
    if changed:
        place = place_of_meeting(meeting)
        parts = [
            f"{label}: «{_shown(name, before[name], place)}»"
            f" → «{_shown(name, getattr(meeting, name), place)}»"
            for label, name in zip(labels, changed, strict=True)
        ]
        change.record(
            "meeting_text_corrected", meeting,
            school=program.group.school_id, changes="; ".join(parts),
        )  # fmt: skip


def cancel_meeting(meeting, *, by, on, reason) -> Meeting:
    """The meeting did not take place after all; the record stays, with the reason.

    Raises:
        TransitionError: ``meeting_cancelled`` or ``text_missing``.
    """
    with program_step(meeting.program, by=by, on=on) as (change, program):
        meeting = _held(program, meeting)
        meeting.cancel_reason = require_text(
            reason, field="reason", message="Напишите, почему встреча отменена."
        )
        fit(meeting, cancel_reason="reason")
        meeting.cancelled_on = on
        meeting.save(update_fields=["cancelled_on", "cancel_reason"])
        change.record(
            "meeting_cancelled", program.group, meeting,
            school=program.group.school_id, held_on=meeting.held_on,
        )  # fmt: skip
    return meeting


def confirm_meeting(attendance, *, by, on) -> Attendance:
    """A mentee confirms the record of a meeting that he attended; a second tap changes nothing.

    Raises:
        TransitionError: ``meeting_cancelled`` or ``was_absent``.
    """
    with program_step(attendance.meeting.program, by=by, on=on) as (change, program):
        meeting = _held(program, attendance.meeting)
        member = meeting.attendance.select_related("member__post__person").get(
            member=attendance.member_id
        )
        if member.confirmed_on is not None:
            return member
        if not member.present:
            raise TransitionError("was_absent", "Подтверждает тот, кто был на встрече.")
        member.confirmed_on = on
        member.save(update_fields=["confirmed_on"])
        change.record(
            "meeting_confirmed", program.group, meeting,
            school=program.group.school_id, held_on=meeting.held_on,
            who=member.member.post.person.short_name,
        )  # fmt: skip
    return member


def _held(program: Program, meeting: Meeting) -> Meeting:
    meeting = program.meetings.get(pk=meeting.pk)
    if meeting.cancelled_on is not None:
        raise TransitionError("meeting_cancelled", "Встреча отменена.")
    return meeting


def _write(meeting: Meeting, facts: dict, *, by, on) -> None:
    """Put ``facts`` on the meeting and refuse what does not hold together."""
    for name, value in facts.items():
        setattr(meeting, name, value.strip() if name in TEXTS else value)
    program = meeting.program
    not_in_future(meeting.held_on, on, field="held_on", what="Дата встречи")
    if program.approved_on is None:
        raise TransitionError(
            "program_not_approved", "Программа ещё не утверждена: встречи записывают после этого."
        )
    require_open(program)
    if meeting.held_on < program.starts_on:
        raise TransitionError(
            "meeting_before_start",
            f"Программа начинается {program.starts_on:%d.%m.%Y}: встреча раньше неё.",
            field="held_on",
        )
    require_text(meeting.topic, field="topic", message="Назовите тему встречи.")
    fit(meeting)
    if not meeting.minutes or not 1 <= meeting.minutes <= 600:
        raise TransitionError(
            "minutes_out_of_limits", "Длительность — от 1 до 600 минут.", field="minutes"
        )
    if meeting.format not in MeetingFormat.values:
        raise TransitionError("format_unknown", "Выберите формат встречи.", field="format")
    if meeting.event is not None and meeting.event.program_id != program.pk:
        raise TransitionError(
            "event_of_another_program", "Это мероприятие другой программы.", field="event"
        )
    meeting.appointment = _mentor_of(meeting, by)


def _mentor_of(meeting: Meeting, by) -> MentorAppointment:
    """The mentor by order on the day: who records it, else a temporary one, else the main one."""
    appointments = list(
        MentorAppointment.objects.on(meeting.held_on)
        .filter(group=meeting.program.group_id)
        .select_related("post")
        .order_by("-temporary", "pk")
    )
    if not appointments:
        raise TransitionError(
            "no_mentor_that_day",
            f"{meeting.held_on:%d.%m.%Y} в паре не было наставника по приказу.",
            field="held_on",
        )
    own = [a for a in appointments if by is not None and a.post.person_id == by.person_id]
    return (own or appointments)[0]


def _attend(meeting: Meeting, present) -> None:
    """A row for every mentee of that day; only mentees of that day may have come."""
    came = {member.pk for member in present}
    members = list(meeting.program.group.members.on(meeting.held_on))
    if not came:
        raise TransitionError("nobody_present", "Отметьте, кто был на встрече.", field="present")
    if came - {member.pk for member in members}:
        raise TransitionError(
            "not_a_member",
            f"{meeting.held_on:%d.%m.%Y} этот педагог не был в паре (группе).",
            field="present",
        )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=member, present=member.pk in came) for member in members
    )


def _shown(name: str, value, place) -> str:
    """A value of a field as the history shows it."""
    if value is None or value == "":
        return "—"
    if name == "needs_curator":
        return "да" if value else "нет"
    if name == "held_on":
        return f"{value:%d.%m.%Y}"
    if name == "format":
        return format_word(value, place)
    return value.title if name == "event" else str(value)
