"""The programme from the first draft to approval (Положение, 1.2.1 and 3.5).

Drafting, agreeing and approving may go before or after the order: neither waits for the other,
and nothing runs until both are there.
"""

from programs.errors import TransitionError
from programs.models import Program, ProgramAgreement
from programs.notifications.events import tell_program_returned
from programs.signatories import refuse_mentor_name
from programs.workflow.base import case_step, names, not_in_future, require_alive
from programs.workflow.plan import (
    KEEP,
    add_event,
    apply_template,
    change_event,
    remove_event,
    require_draft,
    set_term,
)
from programs.workflow.running import (
    deciding_members,
    fit,
    program_step,
    require_open,
    require_text,
)

__all__ = [
    "add_event",
    "agree_program",
    "approve_program",
    "change_event",
    "draft_program",
    "remove_event",
    "return_program",
    "submission_warnings",
    "submit_program",
]


def draft_program(
    group,
    *,
    by,
    on,
    goal=KEEP,
    tasks=KEEP,
    strengths=KEEP,
    schedule=KEEP,
    results=KEEP,
    directions=KEEP,
    needs=KEEP,
    starts_on=KEEP,
    ends_on=KEEP,
    template=None,
) -> Program:
    """Create the case's programme, or change its draft; what is not given stays as it is.

    A ``template`` fills the texts that are still empty and adds its events; it needs a term, so
    the planned one of the case is taken where none was given.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``program_submitted``,
            ``program_approved``, ``term_incomplete`` or ``term_unlawful``.
    """
    texts = {
        "goal": goal,
        "tasks": tasks,
        "strengths": strengths,
        "schedule": schedule,
        "results": results,
    }
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        program = group.programs.filter(closed_on=None).first() or Program(opened_on=on)
        created = program.pk is None
        program.group = group
        require_draft(program)
        for name, text in texts.items():
            if text is not KEEP:
                setattr(program, name, (text or "").strip())
        _draft_term(program, starts_on, ends_on, template)
        fit(program)
        program.save()
        for name, rows in (("directions", directions), ("needs", needs)):
            if rows is not KEEP:
                getattr(program, name).set(rows)
        if template is not None:
            apply_template(program, template)
            program.save()
        change.record(
            "program_drafted" if created else "program_changed",
            group, program, school=group.school_id,
        )  # fmt: skip
    return program


def _draft_term(program: Program, starts_on, ends_on, template) -> None:
    """The term as given, as it was, or the planned one when a template needs it."""
    starts = program.starts_on if starts_on is KEEP else starts_on
    ends = program.ends_on if ends_on is KEEP else ends_on
    if template is not None:
        starts = starts or program.group.planned_starts_on
        ends = ends or program.group.planned_ends_on
    if starts is None and ends is None:
        program.starts_on = program.ends_on = program.current_ends_on = None
        program.min_ends_on = program.max_ends_on = None
    else:
        set_term(program, starts, ends)


def submit_program(program, *, by, on, submitted_on=None) -> Program:
    """Hand the draft over for agreement. ``submitted_on`` is the day on paper, ``on`` by default.

    A difficulty without an event only warns: see ``submission_warnings``.

    Raises:
        TransitionError: ``program_incomplete`` (its field is the first missing one),
            ``no_members``, ``event_outside_term``, ``date_in_future`` or as ``draft_program``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_draft(program)
        submitted_on = submitted_on or on
        not_in_future(submitted_on, on, field="submitted_on")
        _require_whole(program)
        if not deciding_members(program.group, on):
            raise TransitionError("no_members", "В паре нет ни одного наставляемого.")
        program.submitted_on = submitted_on
        program.save(update_fields=["submitted_on"])
        change.record(
            "program_submitted", program.group, program,
            school=program.group.school_id, version=program.version, on_paper=submitted_on,
        )  # fmt: skip
    return program


def _require_whole(program: Program) -> None:
    """What the regulation names as parts of a programme (1.2.1) is there."""
    wanted = [
        ("goal", program.goal, "Опишите цель программы."),
        ("tasks", program.tasks, "Опишите задачи программы."),
        ("starts_on", program.starts_on, "Укажите срок программы."),
        ("directions", program.directions.exists(), "Выберите хотя бы одно направление."),
        ("events", program.events.exists(), "Добавьте в план хотя бы одно мероприятие."),
    ]
    for field, value, message in wanted:
        if not value:
            raise TransitionError("program_incomplete", message, field=field)
    outside = [
        event.title
        for event in program.events.all()
        if not program.starts_on <= event.due_on <= program.ends_on
    ]
    if outside:
        raise TransitionError(
            "event_outside_term",
            f"Срок вне программы у мероприятий: {'; '.join(outside)}.",
            field="events",
        )


def submission_warnings(program: Program) -> list[str]:
    """What is worth a look before submitting, in Russian; nothing here blocks."""
    covered = program.events.exclude(need=None).values("need")
    missing = program.needs.exclude(pk__in=covered)
    if not missing:
        return []
    listed = "; ".join(need.name for need in missing)
    return [f"В плане нет мероприятий по затруднениям: {listed}."]


def return_program(program, *, by, on, reason) -> Program:
    """Send a submitted programme back: a new version starts, old agreements stop counting.

    Raises:
        TransitionError: ``program_not_submitted``, ``program_approved`` or ``text_missing``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        _require_submitted(program)
        program.return_reason = require_text(
            reason, field="reason", message="Напишите, что исправить."
        )
        program.returned_on, program.submitted_on = on, None
        program.version += 1
        program.save(update_fields=["return_reason", "returned_on", "submitted_on", "version"])
        change.record(
            "program_returned", program.group, program,
            school=program.group.school_id, reason=program.return_reason,
        )  # fmt: skip
        tell_program_returned(change, program)
    return program


def agree_program(program, *, by, on, member, agreed_on=None) -> ProgramAgreement:
    """A mentee agrees to the current version; a second tap changes nothing.

    Raises:
        TransitionError: ``program_not_submitted``, ``program_approved``, ``not_a_member``,
            ``date_in_future`` or ``agreed_before_submitted``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        _require_submitted(program)
        if member.pk not in {m.pk for m in deciding_members(program.group, on)}:
            raise TransitionError(
                "not_a_member", "Программу согласуют наставляемые этой пары.", field="member"
            )
        known = program.agreements.filter(member=member, version=program.version).first()
        if known is not None:
            return known
        agreed_on = agreed_on or on
        not_in_future(agreed_on, on, field="agreed_on")
        if agreed_on < program.submitted_on and program.group.adopted_on is None:
            raise TransitionError(
                "agreed_before_submitted",
                f"Программа передана на согласование {program.submitted_on:%d.%m.%Y}:"
                " согласовать её раньше нельзя.",
                field="agreed_on",
            )
        agreement = ProgramAgreement.objects.create(
            program=program, member=member, version=program.version, agreed_on=agreed_on
        )
        change.record(
            "program_agreed", program.group, program, member,
            school=program.group.school_id, who=member.post.person.short_name, on_paper=agreed_on,
        )  # fmt: skip
    return agreement


def approve_program(program, *, by, on, approved_on, position, name, approver=None) -> Program:
    """Record that the head approved the programme: from here on its plan is fixed.

    Args:
        approved_on: the day on paper.
        position, name: who approved, never the mentor of the case (Положение, 3.2).
        approver: the Person, if the form knows; tells a namesake of the mentor from him.

    Raises:
        TransitionError: ``program_not_submitted``, ``program_approved``, ``not_agreed``,
            ``date_in_future``, ``approved_before_submitted``, ``text_missing`` or
            ``mentor_named``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        _require_submitted(program)
        _require_agreed(program, on)
        not_in_future(approved_on, on, field="approved_on")
        if approved_on < program.submitted_on and program.group.adopted_on is None:
            raise TransitionError(
                "approved_before_submitted",
                f"Программа передана на согласование {program.submitted_on:%d.%m.%Y}:"
                " утвердить её раньше нельзя.",
                field="approved_on",
            )
        program.approved_position = require_text(
            position, field="position", message="Укажите должность утвердившего."
        )
        program.approved_name = require_text(
            name, field="name", message="Укажите, кто утвердил программу."
        )
        refuse_mentor_name(
            program.group, name, field="name", what="утвердить программу", person=approver
        )
        fit(program, approved_position="position", approved_name="name")
        program.approved_on = approved_on
        program.save(update_fields=["approved_on", "approved_position", "approved_name"])
        change.record(
            "program_approved", program.group, program,
            school=program.group.school_id, who=program.approved_name, on_paper=approved_on,
        )  # fmt: skip
    return program


def _require_agreed(program: Program, on) -> None:
    """Every mentee who decides has agreed to this very version."""
    agreed = set(
        program.agreements.filter(version=program.version).values_list("member", flat=True)
    )
    waiting = [m.post.person for m in deciding_members(program.group, on) if m.pk not in agreed]
    if waiting:
        raise TransitionError(
            "not_agreed", f"Программу ещё не согласовали: {', '.join(names(waiting))}."
        )


def _require_submitted(program: Program) -> None:
    require_open(program)
    if program.approved_on is not None:
        raise TransitionError("program_approved", "Программа уже утверждена.")
    if program.submitted_on is None:
        raise TransitionError(
            "program_not_submitted", "Программа не на согласовании: её сначала передают."
        )
