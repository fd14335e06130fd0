"""Marks on planned events of a running programme: done or not, moved, mark taken back."""

from programs.choices import EventOutcome
from programs.errors import TransitionError
from programs.models import PlannedEvent, Program
from programs.workflow.base import not_in_future
from programs.workflow.plan import require_within_term
from programs.workflow.running import fit, program_step, require_running


def settle_event(event, *, by, on, outcome, settled_on, actual="") -> PlannedEvent:
    """Mark an event of the plan, with its actual result.

    Raises:
        TransitionError: ``case_closed``, ``program_not_approved``, ``no_order``,
            ``event_settled``, ``outcome_unknown``, ``date_in_future`` or
            ``settled_before_start``.
    """
    with program_step(event.program, by=by, on=on) as (change, program):
        return mark_event(
            event, change, program, outcome=outcome, settled_on=settled_on, actual=actual
        )


def mark_event(event, change, program: Program, *, outcome, settled_on, actual="") -> PlannedEvent:
    """The mark itself, inside a running step; see ``settle_event``."""
    require_running(program, change.on)
    event = program.events.get(pk=event.pk)
    if event.outcome:
        raise TransitionError(
            "event_settled",
            f"Мероприятие уже отмечено: {event.get_outcome_display()}.",
            field="event",
        )
    if outcome not in EventOutcome.values:
        raise TransitionError("outcome_unknown", "Выберите отметку.", field="outcome")
    not_in_future(settled_on, change.on, field="settled_on")
    if settled_on < program.starts_on:
        raise TransitionError(
            "settled_before_start",
            f"Программа начинается {program.starts_on:%d.%m.%Y}.",
            field="settled_on",
        )
    event.outcome, event.settled_on, event.actual = outcome, settled_on, actual.strip()
    fit(event)
    event.save(update_fields=["outcome", "settled_on", "actual"])
    change.record(
        "event_settled", program.group, program, event,
        school=program.group.school_id, title=event.title,
        outcome=event.get_outcome_display(), settled_on=settled_on,
    )  # fmt: skip
    return event


def reopen_event(event, *, by, on) -> PlannedEvent:
    """Take a mark back; what it was stays in the history.

    Raises:
        TransitionError: ``case_closed``, ``program_not_approved`` or ``event_open``.
    """
    with program_step(event.program, by=by, on=on) as (change, program):
        require_running(program, on)
        event = program.events.get(pk=event.pk)
        if not event.outcome:
            raise TransitionError("event_open", "У мероприятия нет отметки.")
        change.record(
            "event_reopened", program.group, program, event,
            school=program.group.school_id, title=event.title,
            outcome=event.get_outcome_display(), settled_on=event.settled_on,
        )  # fmt: skip
        event.outcome, event.settled_on, event.actual = "", None, ""
        event.save(update_fields=["outcome", "settled_on", "actual"])
    return event


def move_event(event, *, by, on, due_on, reason="") -> PlannedEvent:
    """Move an open event within the programme; ``first_due_on`` keeps the first date.

    Raises:
        TransitionError: ``case_closed``, ``program_not_approved``, ``event_settled``,
            ``event_not_moved`` or ``event_outside_term``.
    """
    with program_step(event.program, by=by, on=on) as (change, program):
        require_running(program, on)
        event = program.events.get(pk=event.pk)
        if event.outcome:
            raise TransitionError("event_settled", "Мероприятие уже отмечено.", field="due_on")
        if due_on == event.due_on:
            raise TransitionError("event_not_moved", "Срок остался прежним.", field="due_on")
        require_within_term(program, due_on)
        change.record(
            "event_moved", program.group, program, event,
            school=program.group.school_id, title=event.title,
            old_due_on=event.due_on, due_on=due_on, reason=reason.strip(),
        )  # fmt: skip
        event.due_on = due_on
        event.save(update_fields=["due_on"])
    return event
