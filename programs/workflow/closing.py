"""The end of a programme and of its case, by exactly one ground (Положение, 6.1)."""

import datetime as dt

from django.db.models import Q

from programs.choices import Conclusion, Ground, LeaveGround, LineAction
from programs.errors import TransitionError
from programs.models import NoticeBy, OrderLine, Program, TerminationNotice
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.lines import line_day, require_signed_line
from programs.workflow.policies import policy_on
from programs.workflow.running import fit, program_step, require_approved, require_open
from schools.models import Absence, AbsenceKind

__all__ = [
    "close_by_line",
    "close_group",
    "close_program",
    "full_from",
    "order_needed",
    "why_not",
]

# Work that is done a little before the planned end is still done in full.
FULL_BEFORE_END = dt.timedelta(days=30)


def order_needed(school_id: int, on: dt.date) -> bool:
    """Whether the organisation closes programmes by order; otherwise a decision is enough."""
    return policy_on(school_id, on).closing_by_order


def full_from(program: Program) -> dt.date:
    """First day on which the programme may end in full: 30 days before its end, and never
    before the three months that the regulation sets (1.2.1)."""
    return max(program.current_ends_on - FULL_BEFORE_END, program.min_ends_on)


def close_program(
    program, *, by, on, ground, closed_on, ground_text="", line=None, results=None
) -> Program:
    """Close the programme and its case: the mentor's work and the memberships end that day.

    An open pause ends too; planned events without a mark stay without one. A programme that was
    never approved may end early, never in full.

    Args:
        closed_on: the last day of work.
        line: the CLOSE line of a signed order; required where the organisation closes by order.
        results: ``{member_pk: text}``, what each mentee reached.

    Raises:
        TransitionError: ``case_closed``, ``order_needed``, ``line_of_another_case``,
            ``line_not_signed``, ``line_says_otherwise``, ``ground_unknown``,
            ``date_in_future``, ``closed_before_start``, ``meeting_after_closing``,
            ``not_evaluated``, ``too_early_for_full``, ``ground_without_paper``,
            ``ground_text_missing``, ``notice_not_in_effect`` or ``not_a_member``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        return _close(
            program, change, ground=ground, closed_on=closed_on, ground_text=ground_text,
            line=line, results=results,
        )  # fmt: skip


def close_group(
    group, *, by, on, ground, closed_on, ground_text="", line=None, results=None
) -> Program:
    """Close an ordered case, whether it ever had a programme or not.

    The ground of a case without one is kept on an empty programme, never approved.

    Raises:
        TransitionError: ``no_order`` (a proposal is withdrawn instead) or as ``close_program``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        return _close(
            _program_to_close(group, on), change, ground=ground, closed_on=closed_on,
            ground_text=ground_text, line=line, results=results,
        )  # fmt: skip


def _close(program: Program, change, *, ground, closed_on, line, **facts) -> Program:
    """Close by the line of an order, or by a decision where the organisation allows one."""
    if line is not None:
        line = require_signed_line(line, program.group, LineAction.CLOSE)
        _require_as_ordered(line, ground, closed_on)
    elif order_needed(program.group.school_id, change.on):
        raise TransitionError(
            "order_needed",
            "В организации программу завершают приказом: сначала отметьте его подписание.",
            field="line",
        )
    return close_case(program, change, ground=ground, closed_on=closed_on, line=line, **facts)


def _program_to_close(group, on: dt.date) -> Program:
    """The case's open programme; an empty one where there is none."""
    program = group.programs.filter(closed_on=None).first()
    if program is None:
        if not group.appointments.ordered().exists():
            raise TransitionError("no_order", "Приказа ещё нет: снимите предложение пары.")
        program = Program.objects.create(group=group, opened_on=on)
    program.group = group
    return program


def close_by_line(line: OrderLine, order, change) -> None:
    """A signed CLOSE line closes the case: ``data`` holds ends_on, ground, ground_text, results.

    An order that names a day still ahead only promises it: ``close_program`` follows on the day.
    """
    closed_on = line_day(line, "ends_on", "Укажите, с какого дня программа завершена.")
    if closed_on > change.on:
        return
    results = {int(pk): text for pk, text in line.data.get("results", {}).items()}
    close_case(
        _program_to_close(line.group, change.on), change,
        ground=line.data.get("ground", ""), closed_on=closed_on,
        ground_text=line.data.get("ground_text", ""), line=line, results=results,
    )  # fmt: skip


def _require_as_ordered(line: OrderLine, ground, closed_on: dt.date) -> None:
    """What the signed paper says is what is recorded."""
    said = line.data.get("ground"), line.data.get("ends_on")
    if said[0] not in (None, ground) or said[1] not in (None, closed_on.isoformat()):
        raise TransitionError(
            "line_says_otherwise", "В приказе другое основание или другой день завершения."
        )


def close_case(
    program: Program, change, *, ground, closed_on, ground_text="", line=None, results=None
) -> Program:
    """The closing itself, inside a running step; see ``close_program``."""
    require_open(program)
    if ground not in Ground.values:
        raise TransitionError("ground_unknown", "Выберите основание.", field="ground")
    not_in_future(closed_on, change.on, field="closed_on", what="Дата завершения")
    ground_text = ground_text.strip()
    _require_after_facts(program, closed_on)
    _require_ground(program, ground, ground_text, closed_on)

    program.closed_on, program.ground, program.ground_text = closed_on, ground, ground_text
    program.closing_line = line
    fit(program)
    program.save(update_fields=["closed_on", "ground", "ground_text", "closing_line"])
    _end_pause(program, closed_on)
    _end_appointments(program, closed_on, change.on, line)
    _end_memberships(program, closed_on, line, results or {})
    group = program.group
    group.closed_on = closed_on
    group.save(update_fields=["closed_on"])
    change.record(
        "program_closed", group, program,
        school=group.school_id, closed_on=closed_on, ground=program.get_ground_display(),
    )  # fmt: skip
    return program


def _require_after_facts(program: Program, closed_on: dt.date) -> None:
    """Nothing that was ordered or held lies after the last day."""
    later = program.group.appointments.ordered().filter(
        Q(ends_on=None) | Q(ends_on__gt=closed_on), starts_on__gt=closed_on
    )
    joined = program.group.members.filter(joined_on__gt=closed_on)
    if later.exists() or joined.exists():
        raise TransitionError(
            "closed_before_start",
            "По приказу работа начинается позже этого дня: отмените пункт приказа.",
            field="closed_on",
        )
    meeting = program.meetings.held().filter(held_on__gt=closed_on).first()
    if meeting is not None:
        raise TransitionError(
            "meeting_after_closing",
            f"Есть запись о встрече {meeting.held_on:%d.%m.%Y}: она позже дня завершения.",
            field="closed_on",
        )


def _require_ground(program: Program, ground, text: str, closed_on: dt.date) -> None:
    """Each ground with what it rests on."""
    if ground == Ground.FULL:
        _require_full(program, text, closed_on)
    elif ground == Ground.EMPLOYER_CANCEL:
        _require_notice(program, NoticeBy.EMPLOYER, closed_on)
    elif ground == Ground.MENTOR_INITIATIVE:
        if not text:  # a statement named in words, or a notice of ТК РФ, ст. 351.8
            _require_notice(program, NoticeBy.MENTOR, closed_on)
    elif ground == Ground.PARTICIPANT_LEFT:
        if not _somebody_left(program, closed_on):
            raise TransitionError(
                "ground_without_paper",
                "Ни увольнение, ни перевод, ни длительное отсутствие участника не отмечены.",
                field="ground",
            )
    elif ground in (Ground.OTHER, Ground.CURATOR_INITIATIVE) and not text:
        raise TransitionError("ground_text_missing", "Назовите основание.", field="ground_text")


def why_not(program: Program, ground, on: dt.date) -> str:
    """Why the programme cannot be closed on ``on`` by ``ground``, '' when it can.

    What the person still types (the words of a ground) is taken as given.
    """
    try:
        _require_ground(program, ground, "…", on)
    except TransitionError as error:
        return error.message
    return ""


def _require_full(program: Program, text: str, closed_on: dt.date) -> None:
    require_approved(program)
    summary = program.evaluations.filter(member=None).first()
    if summary is None or summary.evaluated_on > closed_on:
        raise TransitionError(
            "not_evaluated",
            "Завершить в полном объёме можно только после оценки эффективности (Положение, 6.1).",
            field="ground",
        )
    if closed_on < full_from(program):
        raise TransitionError(
            "too_early_for_full",
            f"В полном объёме — не раньше {full_from(program):%d.%m.%Y}: программа идёт"
            f" до {program.current_ends_on:%d.%m.%Y}.",
            field="closed_on",
        )
    if summary.conclusion == Conclusion.LOW and not text:
        raise TransitionError(
            "ground_text_missing",
            "Оценка низкая: обоснуйте, почему программа выполнена в полном объёме.",
            field="ground_text",
        )


def _require_notice(program: Program, side: NoticeBy, closed_on: dt.date) -> None:
    notices = TerminationNotice.objects.filter(appointment__group=program.group_id, by=side)
    notice = notices.order_by("-effective_on").first()
    if notice is None:
        raise TransitionError(
            "ground_without_paper",
            "Сначала внесите уведомление (ТК РФ, ст. 351.8)"
            + (" или укажите заявление в пояснении." if side == NoticeBy.MENTOR else "."),
            field="ground",
        )
    if closed_on < notice.effective_on - dt.timedelta(days=1):
        raise TransitionError(
            "notice_not_in_effect",
            f"По уведомлению первый день без поручения — {notice.effective_on:%d.%m.%Y}.",
            field="closed_on",
        )


def _somebody_left(program: Program, closed_on: dt.date) -> bool:
    """A participant left the organisation or the case, or is away for long, by ``closed_on``."""
    group = program.group
    left = Q(post__left_on__lte=closed_on) | Q(post__leaving_on__lte=closed_on)
    gone = Q(left_ground__in=[LeaveGround.LEFT_SCHOOL, LeaveGround.LONG_ABSENCE])
    away = Absence.objects.filter(
        Q(post__appointments__group=group) | Q(post__group_members__group=group),
        kind=AbsenceKind.LONG,
        starts_on__lte=closed_on,
        returned_on=None,
    )
    return (
        group.appointments.ordered().filter(left).exists()
        or group.members.filter(left | gone).exists()
        or away.exists()
    )


def _end_pause(program: Program, closed_on: dt.date) -> None:
    pause = program.pauses.filter(resumed_on=None).first()
    if pause is not None:
        pause.resumed_on = max(pause.starts_on, closed_on)
        pause.save(update_fields=["resumed_on"])


def _end_appointments(program: Program, closed_on: dt.date, on: dt.date, line) -> None:
    appointments = program.group.appointments
    for row in appointments.ordered().filter(Q(ends_on=None) | Q(ends_on__gt=closed_on)):
        row.ends_on, row.end_line = closed_on, line
        row.end_reason = f"программа завершена: {program.get_ground_display()}"[:300]
        row.save(update_fields=["ends_on", "end_line", "end_reason"])
    appointments.filter(ordered_on=None, dropped_on=None).update(dropped_on=on)


def _end_memberships(program: Program, closed_on: dt.date, line, results: dict) -> None:
    """Present members leave on the last day; a result may be written for earlier ones too."""
    members = {member.pk: member for member in program.group.members.all()}
    if set(results) - set(members):
        raise TransitionError(
            "not_a_member", "Результат — только наставляемым этой пары.", field="results"
        )
    ground = LeaveGround.FINISHED if program.ground == Ground.FULL else LeaveGround.CLOSED
    for member in members.values():
        if member.left_on is None or member.left_on > closed_on:
            member.left_on, member.left_ground = closed_on, ground
            member.left_line = line if member.joined_on else None
        member.result = results.get(member.pk, member.result).strip()
        fit(member, result="results")
        member.save(update_fields=["left_on", "left_ground", "left_line", "result"])
