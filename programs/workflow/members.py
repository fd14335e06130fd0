"""Who belongs to a case: proposed, struck out, released."""

import datetime as dt

from programs.choices import LeaveGround
from programs.errors import TransitionError
from programs.models import GroupMember, MentoringGroup, MentoringRequest, OrderLine, RequestOutcome
from programs.workflow import proposals
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.locking import refusing
from schools.history import Change
from schools.models import StaffMember


def propose_member(
    group: MentoringGroup, post: StaffMember, category: str, *, on: dt.date, proposed_on=None
) -> GroupMember:
    """A proposed member; the open request of the teacher becomes PAIRED."""
    MentoringRequest.objects.filter(post=post, outcome="").update(
        outcome=RequestOutcome.PAIRED, settled_on=on, group=group
    )
    return GroupMember.objects.create(
        group=group, post=post, category=category, proposed_on=proposed_on or on
    )


def strike_out(member: GroupMember, *, on: dt.date) -> None:
    """A proposed member goes without having joined."""
    member.left_on, member.left_ground = on, LeaveGround.OTHER
    member.save(update_fields=["left_on", "left_ground"])


def add_member(
    group: MentoringGroup, *, by, on: dt.date, post: StaffMember, category: str, kinds=None
) -> GroupMember:
    """Propose one more mentee; after the order an ADD_MEMBER line lets them in.

    Args:
        kinds: the kinds of the case from now on, where one more mentee changes them.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``mentor_is_mentee``,
            ``mentee_twice`` and the codes of ``proposals.check_mentee`` and ``check_kinds``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        proposals.check_mentee(group.school, post, category, form=group.form, on=on)
        mentors = group.appointments.filter(ends_on=None, dropped_on=None)
        if mentors.filter(post__person=post.person_id).exists():
            raise TransitionError(
                "mentor_is_mentee", "Никто не бывает наставником самому себе.", field="post"
            )
        present = group.members.present()
        if present.filter(post__person=post.person_id).exists():
            raise TransitionError("mentee_twice", "Этот педагог уже есть в группе.", field="post")
        kinds = proposals.in_order(kinds or group.kinds)
        proposals.check_kinds(kinds, present.count() + 1)
        if set(kinds) != set(group.kinds):
            group.kinds = kinds
            group.save(update_fields=["kinds"])
        with refusing("mentee_twice", "Этот педагог уже есть в группе.", field="post"):
            member = propose_member(group, post, category, on=on)
        change.record(
            "member_proposed",
            group,
            member,
            school=group.school_id,
            mentee=post.person.short_name,
        )
        return member


def drop_member(member: GroupMember, *, by, on: dt.date) -> GroupMember:
    """Strike out a proposed member who never joined.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``member_joined``,
            ``member_left``, ``last_member``.
    """
    with case_step(member.group, by=by, on=on) as (change, group):
        require_alive(group)
        member = group.members.select_related("post__person").get(pk=member.pk)
        if member.left_on is not None:
            raise TransitionError("member_left", "Этого педагога уже нет в группе.")
        if member.joined_on is not None:
            raise TransitionError(
                "member_joined", "Наставляемый включён приказом: отметьте выход из группы."
            )
        if group.members.present().count() == 1:
            raise TransitionError(
                "last_member", "Это единственный наставляемый: снимите предложение пары."
            )
        strike_out(member, on=on)
        change.record(
            "member_dropped",
            group,
            member,
            school=group.school_id,
            mentee=member.post.person.short_name,
        )
        return member


def release_member(
    member: GroupMember,
    *,
    by,
    on: dt.date,
    left_on: dt.date,
    ground: str,
    statement_on: dt.date | None = None,
    line: OrderLine | None = None,
    result: str = "",
) -> GroupMember:
    """A joined mentee leaves; the case may go on with the others.

    Args:
        left_on: the last day in the group, included; it may lie ahead.
        statement_on: date of the mentee's own statement (ground STATEMENT).
        line: the signed order line that says so, if there is one.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed`` and those of ``release``.
    """
    with case_step(member.group, by=by, on=on) as (change, group):
        require_alive(group)
        return release(
            change,
            group.members.select_related("post__person").get(pk=member.pk),
            left_on=left_on,
            ground=ground,
            statement_on=statement_on,
            line=line,
            result=result,
        )


def release(
    change: Change,
    member: GroupMember,
    *,
    left_on: dt.date,
    ground: str,
    statement_on: dt.date | None = None,
    line: OrderLine | None = None,
    result: str = "",
) -> GroupMember:
    """``release_member`` inside a change whose case is locked (an order line does it too).

    Raises:
        TransitionError: ``member_not_joined``, ``member_left``, ``ground_unknown``,
            ``left_before_joined``, ``statement_missing``, ``date_in_future``.
    """
    check_release(member, on=change.on, left_on=left_on, ground=ground, statement_on=statement_on)
    member.left_on, member.left_ground, member.left_line = left_on, ground, line
    member.statement_on, member.result = statement_on, result or member.result
    member.save(update_fields=["left_on", "left_ground", "left_line", "statement_on", "result"])
    change.record(
        "member_released",
        member.group,
        member,
        school=member.group.school_id,
        mentee=member.post.person.short_name,
        left_on=left_on,
        ground=LeaveGround(ground).label,
    )
    return member


def check_release(
    member: GroupMember,
    *,
    on: dt.date,
    left_on: dt.date,
    ground: str,
    statement_on: dt.date | None,
) -> None:
    """Refuse a release that cannot be recorded; see ``release``."""
    if member.left_on is not None:
        raise TransitionError("member_left", "Этого педагога уже нет в группе.")
    if member.joined_on is None:
        raise TransitionError(
            "member_not_joined", "Приказа о наставляемом ещё нет: вычеркните его из предложения."
        )
    if ground not in LeaveGround.values:
        raise TransitionError("ground_unknown", "Выберите причину выхода.", field="ground")
    if left_on < member.joined_on:
        raise TransitionError(
            "left_before_joined",
            f"Последний день — не раньше {member.joined_on:%d.%m.%Y}, дня включения в группу.",
            field="left_on",
        )
    if ground == LeaveGround.STATEMENT and statement_on is None:
        raise TransitionError(
            "statement_missing", "Укажите дату заявления наставляемого.", field="statement_on"
        )
    if statement_on is not None:
        not_in_future(statement_on, on, field="statement_on", what="Дата заявления")
