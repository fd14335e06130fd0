"""What each action of an order line does to its case (Положение, 3.3 and 3.5)."""

import datetime as dt

from programs.choices import LeaveGround, LineAction
from programs.errors import TransitionError
from programs.models import MentorAppointment, OrderLine
from programs.notifications.events import tell_mentor_replaced
from programs.workflow import order_undo as undo
from programs.workflow.members import release
from programs.workflow.order_lines import (
    case_name,
    day_of,
    join,
    main_mentor,
    mentor_consent,
    named_members,
    order_appointment,
    proposed_mentor,
    register_line,
    require_mentee_consents,
    short_names,
    told,
)
from programs.workflow.proposals import check_kinds

ONE_DAY = dt.timedelta(days=1)


# --- assigning a pair -------------------------------------------------------------------------


def prepare_assign(line: OrderLine, order) -> None:
    """No appointment begins before its order: the later of the plan and the order's date.

    A case adopted from paper keeps the day that its paper says.
    """
    appointment = proposed_mentor(line)
    members = named_members(line, joined=False)
    starts_on = appointment.starts_on
    if not line.data.get("as_on_paper"):
        starts_on = max(starts_on, order.signed_on)
    if starts_on > line.group.planned_ends_on:
        raise TransitionError(
            "planned_term_over",
            f"{case_name(line.group)}: планируемый срок закончился"
            f" {line.group.planned_ends_on:%d.%m.%Y}, измените предложение.",
        )
    check_kinds(line.group.kinds, len(members))
    line.data |= {
        "appointment": appointment.pk,
        "members": [member.pk for member in members],
        "starts_on": starts_on.isoformat(),
    }


def apply_assign(line: OrderLine, order, change) -> None:
    appointment = proposed_mentor(line)
    members = named_members(line, joined=False)
    consent = mentor_consent(appointment, members, order.signed_on)
    require_mentee_consents(line, members, order.signed_on)
    appointment.starts_on = day_of(line, "starts_on")
    order_appointment(appointment, line, order, consent)
    join(members, line, appointment.starts_on)
    change.record(
        "mentor_assigned",
        line.group,
        appointment,
        line,
        mentor=appointment.post.person.short_name,
        mentees=short_names(members),
        starts_on=appointment.starts_on,
        **told(line, order),
    )


# --- another mentor ---------------------------------------------------------------------------


def prepare_replace(line: OrderLine, order) -> None:
    new = proposed_mentor(line)
    starts_on = max(new.starts_on, order.signed_on)
    old = main_mentor(line.group)
    if old is None:
        raise TransitionError(
            "no_mentor", f"{case_name(line.group)}: прежнего наставника нет, нужен приказ"
            " о закреплении.",
        )  # fmt: skip
    if starts_on <= (old.ends_on or old.starts_on):
        raise TransitionError(
            "starts_before_old_ends",
            f"{case_name(line.group)}: новый наставник начинает не раньше дня после"
            f" {(old.ends_on or old.starts_on):%d.%m.%Y}.",
        )
    line.data |= {"appointment": new.pk, "starts_on": starts_on.isoformat()}
    line.data.setdefault("reason", new.reason)


def apply_replace(line: OrderLine, order, change) -> None:
    """The old one ends the day before, or on the day that a notice fixed; the case goes on."""
    new, old = proposed_mentor(line), main_mentor(line.group)
    members = list(line.group.members.present().filter(joined_on__isnull=False))
    consent = mentor_consent(new, members, order.signed_on)
    new.starts_on = day_of(line, "starts_on")
    if old.ends_on is None:
        old.ends_on = new.starts_on - ONE_DAY
        old.end_reason = line.data.get("reason") or "замена наставника"
    old.end_line = line
    old.save(update_fields=["ends_on", "end_reason", "end_line"])
    new.follows = old
    new.save(update_fields=["follows"])
    order_appointment(new, line, order, consent)
    change.record(
        "mentor_replaced",
        line.group,
        old,
        new,
        line,
        old=old.post.person.short_name,
        ends_on=old.ends_on,
        mentor=new.post.person.short_name,
        starts_on=new.starts_on,
        **told(line, order),
    )
    tell_mentor_replaced(change, new)


def prepare_temporary(line: OrderLine, order) -> None:
    new = proposed_mentor(line, temporary=True)
    starts_on = max(new.starts_on, order.signed_on)
    if new.expected_ends_on is not None and starts_on > new.expected_ends_on:
        raise TransitionError(
            "planned_term_over",
            f"{case_name(line.group)}: срок временного назначения уже закончился.",
        )
    line.data |= {
        "appointment": new.pk,
        "starts_on": starts_on.isoformat(),
        "ends_on": new.expected_ends_on.isoformat() if new.expected_ends_on else None,
    }
    line.data.setdefault("reason", new.reason)


def apply_temporary(line: OrderLine, order, change) -> None:
    new = proposed_mentor(line, temporary=True)
    members = list(line.group.members.present().filter(joined_on__isnull=False))
    consent = mentor_consent(new, members, order.signed_on)
    new.starts_on = day_of(line, "starts_on")
    order_appointment(new, line, order, consent)
    change.record(
        "temporary_mentor_appointed",
        line.group,
        new,
        line,
        mentor=new.post.person.short_name,
        starts_on=new.starts_on,
        expected_on=new.expected_ends_on,
        **told(line, order),
    )
    tell_mentor_replaced(change, new)


# --- ending one -------------------------------------------------------------------------------


def _appointment_to_end(line: OrderLine) -> MentorAppointment:
    pk = line.data.get("appointment")
    if pk is None:
        found = main_mentor(line.group)
    else:
        ordered = MentorAppointment.objects.ordered().select_related("post__person")
        found = ordered.filter(group=line.group_id, pk=pk).first()
    if found is None:
        raise TransitionError("no_mentor", f"{case_name(line.group)}: действующего наставника нет.")
    return found


def prepare_end(line: OrderLine, order) -> None:
    """The last day is the one that a notice fixed, or the one that the draft names."""
    appointment = _appointment_to_end(line)
    named = day_of(line, "ends_on")
    fixed = appointment.ends_on
    if named is None and fixed is None:
        raise TransitionError(
            "line_incomplete", f"{case_name(line.group)}: укажите последний день."
        )
    if fixed is not None and named not in (None, fixed):
        raise TransitionError(
            "end_already_fixed",
            f"{case_name(line.group)}: последний день уже определён: {fixed:%d.%m.%Y}.",
        )
    ends_on = fixed or named
    if ends_on < appointment.starts_on:
        raise TransitionError(
            "ends_before_start",
            f"{case_name(line.group)}: поручение началось {appointment.starts_on:%d.%m.%Y}.",
        )
    line.data |= {"appointment": appointment.pk, "ends_on": ends_on.isoformat()}


def apply_end(line: OrderLine, order, change) -> None:
    appointment = _appointment_to_end(line)
    if appointment.end_line_id is not None:
        raise TransitionError(
            "already_ended", f"{case_name(line.group)}: приказ об этом уже подписан."
        )
    if appointment.ends_on is None:
        appointment.ends_on = day_of(line, "ends_on")
        appointment.end_reason = line.data.get("reason") or "по приказу"
    appointment.end_line = line
    appointment.save(update_fields=["ends_on", "end_reason", "end_line"])
    change.record(
        "appointment_ended",
        line.group,
        appointment,
        line,
        mentor=appointment.post.person.short_name,
        ends_on=appointment.ends_on,
        **told(line, order),
    )


# --- members ----------------------------------------------------------------------------------


def prepare_add(line: OrderLine, order) -> None:
    members = named_members(line, joined=False)
    mentor = main_mentor(line.group)
    starts_on = max(day_of(line, "starts_on") or order.signed_on, order.signed_on)
    if mentor is None or (mentor.ends_on is not None and mentor.ends_on < starts_on):
        raise TransitionError("no_mentor", f"{case_name(line.group)}: действующего наставника нет.")
    line.data |= {
        "appointment": mentor.pk,
        "members": [member.pk for member in members],
        "starts_on": max(starts_on, mentor.starts_on).isoformat(),
    }


def apply_add(line: OrderLine, order, change) -> None:
    members = named_members(line, joined=False)
    mentor_consent(main_mentor(line.group), members, order.signed_on)
    require_mentee_consents(line, members, order.signed_on)
    join(members, line, day_of(line, "starts_on"))
    change.record(
        "members_added",
        line.group,
        *members,
        line,
        mentees=short_names(members),
        starts_on=day_of(line, "starts_on"),
        **told(line, order),
    )


def prepare_release(line: OrderLine, order) -> None:
    members = named_members(line, joined=True)
    left_on, ground = day_of(line, "left_on"), line.data.get("ground")
    if left_on is None or ground not in LeaveGround.values:
        raise TransitionError(
            "line_incomplete", f"{case_name(line.group)}: укажите последний день и причину выхода."
        )
    mentor = main_mentor(line.group)
    line.data |= {
        "appointment": mentor.pk if mentor else None,
        "members": [member.pk for member in members],
        "starts_on": (left_on + ONE_DAY).isoformat(),
        "reason": LeaveGround(ground).label,
    }


def apply_release(line: OrderLine, order, change) -> None:
    for member in named_members(line, joined=True):
        release(
            change,
            member,
            left_on=day_of(line, "left_on"),
            ground=line.data["ground"],
            statement_on=day_of(line, "statement_on"),
            line=line,
            result=line.data.get("result", ""),
        )


register_line(LineAction.ASSIGN, apply_assign, prepare=prepare_assign, undo=undo.assign)
register_line(LineAction.REPLACE_MENTOR, apply_replace, prepare=prepare_replace, undo=undo.replace)
register_line(
    LineAction.APPOINT_TEMPORARY, apply_temporary, prepare=prepare_temporary, undo=undo.temporary
)
register_line(LineAction.END_APPOINTMENT, apply_end, prepare=prepare_end, undo=undo.end)
register_line(LineAction.ADD_MEMBER, apply_add, prepare=prepare_add, undo=undo.add)
register_line(LineAction.RELEASE_MEMBER, apply_release, prepare=prepare_release, undo=undo.release)
