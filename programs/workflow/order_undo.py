"""Taking back what a signed line did, on the day of the order that cancels it.

What has not begun by that day returns to the proposal. What has begun ends on that day.
What later facts rest on (an approved programme, a successor) is not undone: refused.
"""

import datetime as dt

from programs.choices import LeaveGround
from programs.errors import TransitionError
from programs.models import GroupMember, Meeting, MentorAppointment, OrderLine
from programs.workflow.locking import refusing
from programs.workflow.order_lines import case_name


def _lived(line: OrderLine, hint: str) -> TransitionError:
    return TransitionError(
        "line_has_lived", f"{case_name(line.group)}: этот пункт уже не отменить — {hint}."
    )


def _appointment(line: OrderLine) -> MentorAppointment:
    return MentorAppointment.objects.select_for_update().get(order_line=line)


def unorder(appointment: MentorAppointment, *, dropped_on: dt.date | None = None) -> None:
    """An appointment that has not begun is a proposal again, or a dropped one."""
    appointment.consent = appointment.consented_on = None
    appointment.order_line = appointment.ordered_on = None
    appointment.ends_on = appointment.end_line = None
    appointment.end_reason, appointment.dropped_on = "", dropped_on
    appointment.save(
        update_fields=[
            "consent", "consented_on", "order_line", "ordered_on", "ends_on", "end_line",
            "end_reason", "dropped_on",
        ]
    )  # fmt: skip


def unjoin(member: GroupMember) -> None:
    member.joined_on = member.joined_line = None
    member.save(update_fields=["joined_on", "joined_line"])


def _end(appointment, day: dt.date, by_line) -> None:
    appointment.ends_on = min(day, appointment.ends_on or day)
    appointment.end_line, appointment.end_reason = by_line, "пункт приказа отменён"
    appointment.save(update_fields=["ends_on", "end_line", "end_reason"])


def _reopen(appointment: MentorAppointment) -> None:
    """The end came from the line alone: without it there is none, unless a notice fixed it."""
    appointment.end_line = None
    if not appointment.notices.exists():
        appointment.ends_on, appointment.end_reason = None, ""
    appointment.save(update_fields=["end_line", "ends_on", "end_reason"])


def _members_out(line: OrderLine, day: dt.date, by_line) -> None:
    for member in GroupMember.objects.filter(joined_line=line, left_on=None):
        if day < member.joined_on:
            unjoin(member)
            continue
        member.left_on, member.left_ground, member.left_line = day, LeaveGround.OTHER, by_line
        member.save(update_fields=["left_on", "left_ground", "left_line"])


def assign(line: OrderLine, day: dt.date, change, by_line) -> None:
    """Before the start the case is a proposal again; afterwards mentor and mentees end."""
    group, appointment = line.group, _appointment(line)
    if (
        group.programs.filter(approved_on__isnull=False).exists()
        or Meeting.objects.filter(program__group=group).exists()
    ):
        raise _lived(line, "программа утверждена: завершите её")
    if appointment.followers.filter(dropped_on=None).exists():
        raise _lived(line, "наставника уже меняют")
    if day < appointment.starts_on:
        unorder(appointment)
    else:
        _end(appointment, day, by_line)
    _members_out(line, day, by_line)


def replace(line: OrderLine, day: dt.date, change, by_line) -> None:
    """Only before the new mentor has begun: the former one goes on."""
    new = _appointment(line)
    if day >= new.starts_on:
        raise _lived(line, "новый наставник уже работает, нужна новая замена")
    old = new.follows
    unorder(new, dropped_on=change.on)
    if old is not None and old.end_line_id == line.pk:
        _reopen(old)


def temporary(line: OrderLine, day: dt.date, change, by_line) -> None:
    appointment = _appointment(line)
    if day < appointment.starts_on:
        unorder(appointment, dropped_on=change.on)
    else:
        _end(appointment, day, by_line)


def end(line: OrderLine, day: dt.date, change, by_line) -> None:
    """Only while the last day lies ahead: the mentor goes on."""
    appointment = MentorAppointment.objects.select_for_update().get(end_line=line)
    if appointment.ends_on < day:
        raise _lived(line, "поручение уже закончилось")
    with refusing("line_has_lived", "Этот пункт уже не отменить: назначен другой наставник."):
        _reopen(appointment)


def add(line: OrderLine, day: dt.date, change, by_line) -> None:
    _members_out(line, day, by_line)


def release(line: OrderLine, day: dt.date, change, by_line) -> None:
    """The mentees are back, as if they had never left."""
    for member in GroupMember.objects.filter(left_line=line):
        member.left_on, member.left_ground, member.left_line = None, "", None
        member.statement_on, member.result = None, ""
        with refusing("line_has_lived", "Этот пункт уже не отменить: состав группы изменился."):
            member.save(
                update_fields=["left_on", "left_ground", "left_line", "statement_on", "result"]
            )
