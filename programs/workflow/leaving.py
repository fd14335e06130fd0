"""What ends in the cases when a person's post ends."""

import datetime as dt

from programs.choices import LeaveGround
from programs.models import GroupMember, MentorAppointment, MentoringGroup
from programs.workflow.locking import lock_cases
from programs.workflow.order_undo import unjoin, unorder
from schools.history import Change
from schools.models import StaffMember


def end_post_in_cases(post: StaffMember, last_day: dt.date, change: Change) -> None:
    """The post's appointments and memberships end on its ``last_day``, included.

    Called by the step that ends the post, inside its change. What was ordered and has not
    begun by then is taken back; proposals of the post as a mentor are dropped. The cases
    themselves stay open: whoever they belong to releases, replaces or closes.
    """
    appointments = MentorAppointment.objects.filter(post=post, dropped_on=None)
    appointments = appointments.exclude(ends_on__lte=last_day)
    members = GroupMember.objects.filter(post=post).exclude(left_on__lte=last_day)
    open_cases = MentoringGroup.objects.open().values("pk")
    appointments = appointments.filter(group__in=open_cases)
    members = members.filter(group__in=open_cases)
    pks = {*appointments.values_list("group", flat=True), *members.values_list("group", flat=True)}
    if not pks:
        return
    change.touch(cases=pks)
    groups = lock_cases(pks)
    for appointment in appointments.order_by("pk"):
        _end_appointment(appointment, last_day, on=change.on)
        change.record(
            "mentor_left_school",
            groups[appointment.group_id],
            appointment,
            school=groups[appointment.group_id].school_id,
            mentor=post.person.short_name,
            last_day=last_day,
        )
    for member in members.order_by("pk"):
        _end_membership(member, last_day)
        change.record(
            "mentee_left_school",
            groups[member.group_id],
            member,
            school=groups[member.group_id].school_id,
            mentee=post.person.short_name,
            last_day=last_day,
        )


def _end_appointment(appointment: MentorAppointment, last_day: dt.date, *, on: dt.date) -> None:
    if appointment.ordered_on is None:
        appointment.dropped_on = on
        appointment.save(update_fields=["dropped_on"])
    elif appointment.starts_on > last_day:
        unorder(appointment, dropped_on=on)
    else:
        appointment.ends_on, appointment.end_reason = last_day, "увольнение или перевод"
        appointment.save(update_fields=["ends_on", "end_reason"])


def _end_membership(member: GroupMember, last_day: dt.date) -> None:
    if member.joined_on is not None and member.joined_on > last_day:
        unjoin(member)
    member.left_on, member.left_ground = last_day, LeaveGround.LEFT_SCHOOL
    member.save(update_fields=["left_on", "left_ground"])
