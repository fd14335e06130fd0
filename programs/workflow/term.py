"""Term of an approved programme: extension and pause (Положение, 1.2.1)."""

import datetime as dt

from programs.choices import LineAction
from programs.errors import TransitionError
from programs.models import OrderLine, Program, ProgramExtension, ProgramPause
from programs.workflow.amendments import amend_program
from programs.workflow.base import not_in_future
from programs.workflow.lines import line_day, line_program, require_signed_line
from programs.workflow.running import (
    create,
    program_step,
    require_approved,
    require_text,
)
from schools.calendar import add_months

__all__ = [
    "amend_program",
    "extend_by_line",
    "extend_program",
    "extension_warnings",
    "pause_program",
    "prolong_pause",
    "resume_program",
]

RARE_MONTHS = 24


def extend_program(
    program, *, by, on, new_ends_on, reason, agreed_on, line=None
) -> ProgramExtension:
    """Move the end forward by agreement of the mentor and every mentee.

    Planned events stay where they are. ``line`` is the EXTEND line of a signed order, where the
    organisation wants one. A total above 24 months only warns: see ``extension_warnings``.

    Raises:
        TransitionError: ``program_not_approved``, ``case_closed``, ``end_not_later``,
            ``text_missing``, ``date_in_future``, ``line_of_another_case``,
            ``line_not_signed`` or ``line_says_otherwise``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        if line is not None:
            line = require_signed_line(line, program.group, LineAction.EXTEND)
            ordered = line.data.get("ends_on")
            if ordered and ordered != new_ends_on.isoformat():
                raise TransitionError(
                    "line_says_otherwise",
                    f"В приказе срок продлён до {dt.date.fromisoformat(ordered):%d.%m.%Y}.",
                    field="new_ends_on",
                )
        return extend_case(
            program, change, new_ends_on=new_ends_on, reason=reason, agreed_on=agreed_on, line=line
        )


def extend_case(program: Program, change, *, new_ends_on, reason, agreed_on, line=None):
    """The extension itself, inside a running step; see ``extend_program``."""
    reason = check_extension(
        program, on=change.on, new_ends_on=new_ends_on, reason=reason, agreed_on=agreed_on
    )
    extension = create(
        ProgramExtension,
        program=program,
        old_ends_on=program.current_ends_on,
        new_ends_on=new_ends_on,
        reason=reason,
        agreed_on=agreed_on,
        line=line,
        recorded_on=change.on,
    )
    program.current_ends_on = new_ends_on
    program.save(update_fields=["current_ends_on"])
    change.record(
        "program_extended", program.group, program,
        school=program.group.school_id, new_ends_on=new_ends_on,
        old_ends_on=extension.old_ends_on, reason=extension.reason,
    )  # fmt: skip
    return extension


def check_extension(program: Program, *, on, new_ends_on, reason, agreed_on) -> str:
    """Refuse an extension that is not lawful or not said in full; the reason, trimmed."""
    require_approved(program)
    not_in_future(agreed_on, on, field="agreed_on", what="Дата согласия")
    if new_ends_on <= program.current_ends_on:
        raise TransitionError(
            "end_not_later",
            f"Новое окончание должно быть позже {program.current_ends_on:%d.%m.%Y}.",
            field="new_ends_on",
        )
    return require_text(reason, field="reason", message="Напишите, почему нужно продление.")


def extension_warnings(program: Program, new_ends_on: dt.date) -> list[str]:
    """What is worth a look before extending: no cap is set, a total above 24 months is rare."""
    if new_ends_on < add_months(program.starts_on, RARE_MONTHS):
        return []
    return ["Вместе с продлением программа длится больше двух лет: проверьте, не нужна ли новая."]


def pause_program(program, *, by, on, starts_on, expected_on, reason) -> ProgramPause:
    """Stop the programme for a while: reminders fall silent, the end does not move.

    Args:
        starts_on: first paused day, not in the future.
        expected_on: first day at work again, as expected.

    Raises:
        TransitionError: ``program_not_approved``, ``case_closed``, ``already_paused``,
            ``date_in_future``, ``pause_before_start``, ``pauses_overlap``,
            ``expected_before_pause`` or ``text_missing``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_approved(program)
        last = program.pauses.order_by("-starts_on").first()
        if last is not None and last.resumed_on is None:
            raise TransitionError("already_paused", "Программа уже приостановлена.")
        not_in_future(starts_on, on, field="starts_on", what="Дата приостановки")
        if starts_on < program.starts_on:
            raise TransitionError(
                "pause_before_start",
                f"Программа началась {program.starts_on:%d.%m.%Y}.",
                field="starts_on",
            )
        if last is not None and starts_on < last.resumed_on:
            raise TransitionError(
                "pauses_overlap",
                f"Прошлая приостановка закончилась {last.resumed_on:%d.%m.%Y}.",
                field="starts_on",
            )
        if expected_on <= starts_on:
            raise TransitionError(
                "expected_before_pause",
                "Возобновление ожидают позже начала приостановки.",
                field="expected_on",
            )
        pause = create(
            ProgramPause,
            program=program,
            starts_on=starts_on,
            expected_on=expected_on,
            reason=require_text(
                reason, field="reason", message="Напишите, почему программа приостановлена."
            ),
        )
        change.record(
            "program_paused", program.group, program,
            school=program.group.school_id, starts_on=starts_on, expected_on=expected_on,
            reason=pause.reason,
        )  # fmt: skip
    return pause


def prolong_pause(program, *, by, on, expected_on) -> ProgramPause:
    """The open pause is expected to last until another day.

    Raises:
        TransitionError: ``case_closed``, ``not_paused`` or ``expected_before_pause``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        pause = _open_pause(program)
        if expected_on <= max(pause.starts_on, on):
            raise TransitionError(
                "expected_before_pause", "Укажите день, который ещё впереди.", field="expected_on"
            )
        pause.expected_on = expected_on
        pause.save(update_fields=["expected_on"])
        change.record(
            "pause_prolonged", program.group, program,
            school=program.group.school_id, expected_on=expected_on,
        )  # fmt: skip
    return pause


def _open_pause(program: Program) -> ProgramPause:
    pause = program.pauses.filter(resumed_on=None).first()
    if pause is None:
        raise TransitionError("not_paused", "Программа не приостановлена.")
    return pause


def resume_program(program, *, by, on, resumed_on) -> ProgramPause:
    """End the open pause. ``resumed_on`` is the first day at work again.

    Open events of the plan whose day the pause reached move on by its length, within the
    programme, as ``_move_events`` writes them: the plan, the paper, the calendar and what is due
    all read that one date. Other open dates that no law fixes are prolonged by ``deadlines``;
    the end moves only by extension.

    Raises:
        TransitionError: ``not_paused``, ``date_in_future`` or ``resumed_before_pause``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        pause = _open_pause(program)
        not_in_future(resumed_on, on, field="resumed_on", what="Дата возобновления")
        if resumed_on <= pause.starts_on:
            raise TransitionError(
                "resumed_before_pause",
                f"Приостановка началась {pause.starts_on:%d.%m.%Y}: возобновить можно позже.",
                field="resumed_on",
            )
        pause.resumed_on = resumed_on
        pause.save(update_fields=["resumed_on"])
        change.record(
            "program_resumed", program.group, program,
            school=program.group.school_id, resumed_on=resumed_on,
            moved=_move_events(program, pause),
        )  # fmt: skip
    return pause


def _move_events(program: Program, pause: ProgramPause) -> int:
    """Move the open events; how many. Their first dates stay known."""
    moved = 0
    for event in program.events.filter(outcome="", due_on__gte=pause.starts_on):
        due_on = min(event.due_on + (pause.resumed_on - pause.starts_on), program.current_ends_on)
        if due_on > event.due_on:
            event.due_on, moved = due_on, moved + 1
            event.save(update_fields=["due_on"])
    return moved


def extend_by_line(line: OrderLine, order, change) -> None:
    """A signed EXTEND line moves the end; ``data`` holds ends_on, reason and agreed_on."""
    program = line_program(line)
    extend_case(
        program,
        change,
        new_ends_on=line_day(line, "ends_on", "Укажите, до какого дня продлена программа."),
        reason=line.data.get("reason") or str(order),
        agreed_on=line_day(line, "agreed_on", "Укажите дату согласия всех участников."),
        line=line,
    )
