"""Correction of an approved programme by consent of all: a new version of it."""

from programs.choices import Form
from programs.errors import TransitionError
from programs.models import PlannedEvent, Program, ProgramAgreement, ProgramAmendment
from programs.workflow.base import not_in_future
from programs.workflow.plan import create_event, write_event
from programs.workflow.proposals import check_kinds
from programs.workflow.running import (
    create,
    deciding_members,
    fit,
    program_step,
    require_approved,
    require_text,
)


def amend_program(program, *, by, on, summary, agreed_on, changes=()) -> ProgramAmendment:
    """Change an approved programme by consent of all: a new version of it.

    Args:
        agreed_on: day on which the mentor and every mentee agreed.
        changes: a list of dicts, each one change of the plan:
            ``{"add": {title, due_on, responsible, …}}``,
            ``{"event": PlannedEvent, "set": {title: …}}`` or ``{"remove": PlannedEvent}``;
            of the text: ``{"text": {goal, tasks, schedule, results, strengths}}``;
            of the choices: ``{"needs": […]}``, ``{"directions": […]}``, ``{"kinds": […]}``,
            ``{"form": code}``. Only events without a mark are changed or removed.

    Raises:
        TransitionError: ``program_not_approved``, ``case_closed``, ``text_missing``,
            ``date_in_future``, ``event_settled``, ``event_has_meetings``,
            ``event_outside_term``, ``directions_missing``, ``form_unknown`` and the codes of
            ``proposals.check_kinds``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_approved(program)
        summary = require_text(summary, field="summary", message="Напишите, что изменено.")
        not_in_future(agreed_on, on, field="agreed_on", what="Дата согласия")
        for item in changes:
            _apply_change(program, item)
        program.version += 1
        program.save(update_fields=["version"])
        amendment = create(
            ProgramAmendment,
            program=program,
            version=program.version,
            summary=summary,
            agreed_on=agreed_on,
            recorded_on=on,
        )
        ProgramAgreement.objects.bulk_create(
            ProgramAgreement(
                program=program, member=member, version=program.version, agreed_on=agreed_on
            )
            for member in deciding_members(program.group, on)
        )
        change.record(
            "program_amended", program.group, program,
            school=program.group.school_id, version=program.version, summary=summary,
        )  # fmt: skip
    return amendment


_TEXTS = ("goal", "tasks", "schedule", "results", "strengths")


def _apply_change(program: Program, item: dict) -> None:
    if "add" in item:
        create_event(program, **item["add"])
    elif "event" in item:
        write_event(program, _open_event(program, item["event"]), item["set"])
    elif "remove" in item:
        _remove(program, item["remove"])
    elif "text" in item:
        _change_texts(program, item["text"])
    else:
        _change_choices(program, item)


def _remove(program: Program, event: PlannedEvent) -> None:
    event = _open_event(program, event)
    if event.meetings.exists():
        raise TransitionError(
            "event_has_meetings",
            f"С мероприятием «{event.title}» связана запись о встрече: отметьте его отменённым.",
        )
    event.delete()


def _change_texts(program: Program, texts: dict) -> None:
    for name in _TEXTS:
        if name in texts:
            setattr(program, name, texts[name].strip())
    require_text(program.goal, field="goal", message="Опишите цель программы.")
    require_text(program.tasks, field="tasks", message="Опишите задачи программы.")
    fit(program)
    program.save(update_fields=_TEXTS)


def _change_choices(program: Program, item: dict) -> None:
    """Difficulties, directions; form and kinds of the case, which the programme describes."""
    group = program.group
    if "needs" in item:
        program.needs.set(item["needs"])
    if "directions" in item:
        if not item["directions"]:
            raise TransitionError(
                "directions_missing", "Выберите хотя бы одно направление.", field="directions"
            )
        program.directions.set(item["directions"])
    if "kinds" in item:
        check_kinds(item["kinds"], group.members.present().count())
        group.kinds = tuple(item["kinds"])
        group.save(update_fields=["kinds"])
    if "form" in item:
        if item["form"] not in Form.values:
            raise TransitionError("form_unknown", "Выберите форму наставничества.", field="form")
        group.form = item["form"]
        group.save(update_fields=["form"])


def _open_event(program: Program, event: PlannedEvent) -> PlannedEvent:
    event = program.events.get(pk=event.pk)
    if event.outcome:
        raise TransitionError(
            "event_settled", f"Мероприятие «{event.title}» уже отмечено: сначала снимите отметку."
        )
    return event
