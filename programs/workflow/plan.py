"""Text, term and plan of a programme while it is written, and the template that fills them."""

import datetime as dt

from django.db.models import Q

from programs.choices import Responsible
from programs.errors import TransitionError
from programs.models import Direction, PlannedEvent, Program, ProgramTemplate
from programs.workflow.running import fit, program_step, require_open, require_text
from schools.calendar import programme_bounds

KEEP = object()  # an argument that was not given: the fact stays as it is
EVENT_FIELDS = (
    "title", "due_on", "responsible", "direction", "need", "work_form", "expected"
)  # fmt: skip


def add_event(
    program,
    *,
    by,
    on,
    title,
    due_on,
    responsible,
    direction=None,
    need=None,
    work_form="",
    expected="",
) -> PlannedEvent:
    """Add a planned event to a draft; an approved plan changes by ``amend_program`` only.

    Raises:
        TransitionError: ``program_submitted``, ``program_approved``, ``text_missing``,
            ``responsible_unknown`` or ``event_outside_term``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_draft(program)
        event = create_event(
            program,
            title=title,
            due_on=due_on,
            responsible=responsible,
            direction=direction,
            need=need,
            work_form=work_form,
            expected=expected,
        )
        change.record(
            "event_added", program.group, program, event,
            school=program.group.school_id, title=event.title, due_on=event.due_on,
        )  # fmt: skip
    return event


def change_event(event, *, by, on, **fields) -> PlannedEvent:
    """Change any of ``EVENT_FIELDS`` of an event of a draft. Raises: as ``add_event``."""
    with program_step(event.program, by=by, on=on) as (change, program):
        require_draft(program)
        event = program.events.get(pk=event.pk)
        write_event(program, event, fields)
        change.record(
            "event_changed", program.group, program, event,
            school=program.group.school_id, title=event.title, due_on=event.due_on,
        )  # fmt: skip
    return event


def remove_event(event, *, by, on) -> None:
    """Take an event out of a draft. Raises: ``program_submitted`` or ``program_approved``."""
    with program_step(event.program, by=by, on=on) as (change, program):
        require_draft(program)
        event = program.events.get(pk=event.pk)
        change.record(
            "event_removed", program.group, program, event,
            school=program.group.school_id, title=event.title,
        )  # fmt: skip
        event.delete()


def create_event(program: Program, **fields) -> PlannedEvent:
    """A new event of the plan inside a running step; ``first_due_on`` is its first date."""
    last = program.events.order_by("-position").first()
    event = PlannedEvent(program=program, position=last.position + 1 if last else 1)
    _set_event(program, event, fields)
    event.first_due_on = event.due_on
    event.save()
    return event


def write_event(program: Program, event: PlannedEvent, fields: dict) -> None:
    """Change an event inside a running step. In a draft its first date moves along."""
    unknown = set(fields) - set(EVENT_FIELDS)
    if unknown:
        raise TypeError(f"an event has no {sorted(unknown)}")
    _set_event(program, event, fields)
    if program.approved_on is None:
        event.first_due_on = event.due_on
    event.save(update_fields=[*fields, "first_due_on"])


def _set_event(program: Program, event: PlannedEvent, fields: dict) -> None:
    for name, value in fields.items():
        setattr(event, name, value)
    event.title = require_text(event.title, field="title", message="Назовите мероприятие.")
    if event.responsible not in Responsible.values:
        raise TransitionError(
            "responsible_unknown", "Укажите, кто отвечает за мероприятие.", field="responsible"
        )
    require_within_term(program, event.due_on)
    fit(event)


def require_within_term(program: Program, day: dt.date, *, field: str = "due_on") -> None:
    """Refuses a day outside the programme as ``event_outside_term``; both ends belong to it."""
    if day is None:
        raise TransitionError("event_outside_term", "Укажите срок мероприятия.", field=field)
    if program.starts_on and not program.starts_on <= day <= program.current_ends_on:
        raise TransitionError(
            "event_outside_term",
            f"Срок мероприятия — с {program.starts_on:%d.%m.%Y}"
            f" по {program.current_ends_on:%d.%m.%Y}, в пределах программы.",
            field=field,
        )


def require_draft(program: Program) -> None:
    """Only a draft is written freely: not one that is being agreed, not an approved one."""
    require_open(program)
    if program.approved_on is not None:
        raise TransitionError(
            "program_approved", "Программа утверждена: содержание меняют корректировкой."
        )
    if program.submitted_on is not None:
        raise TransitionError(
            "program_submitted", "Программа на согласовании: сначала верните её на доработку."
        )


def set_term(program: Program, starts_on: dt.date, ends_on: dt.date) -> None:
    """Put the lawful term on ``program`` (not saved): 3 to 12 calendar months (1.2.1).

    Raises:
        TransitionError: ``term_incomplete`` or ``term_unlawful``.
    """
    if starts_on is None or ends_on is None:
        raise TransitionError(
            "term_incomplete", "Укажите и начало, и окончание программы.",
            field="ends_on" if starts_on else "starts_on",
        )  # fmt: skip
    earliest, latest = programme_bounds(starts_on)
    if not earliest <= ends_on <= latest:
        raise TransitionError(
            "term_unlawful",
            "Программа длится от трёх месяцев до одного года (Положение, 1.2.1): окончание"
            f" с {earliest:%d.%m.%Y} по {latest:%d.%m.%Y}.",
            field="ends_on",
        )
    program.starts_on, program.ends_on, program.current_ends_on = starts_on, ends_on, ends_on
    program.min_ends_on, program.max_ends_on = earliest, latest


def apply_template(program: Program, template: ProgramTemplate) -> None:
    """Fill what is still empty and add the template's events, never past the programme's end.

    Runs inside a step, on a draft with a term. An event of the same title is not added twice.
    """
    program.template = template
    for name in ("goal", "tasks", "results"):
        if not getattr(program, name):
            setattr(program, name, getattr(template, name))
    present = set(program.events.values_list("title", flat=True))
    kind = program.group.school.kind
    for row in template.events:
        if row["title"] in present:
            continue
        due_on = program.starts_on + dt.timedelta(days=row.get("day", 0))
        direction = _direction(row.get("direction"), kind)
        create_event(
            program,
            title=row["title"],
            due_on=min(due_on, program.current_ends_on),
            responsible=row.get("responsible", Responsible.MENTOR),
            direction=direction,
            work_form=row.get("work_form", ""),
            expected=row.get("expected", ""),
        )
        if direction is not None:
            program.directions.add(direction)


def _direction(name: str | None, kind: str) -> Direction | None:
    """The direction of that name: of this kind of organisation first, else the common one."""
    found = Direction.objects.filter(Q(kind=kind) | Q(kind=""), name=name)
    return found.order_by("-kind").first() if name else None
