"""Cases with a programme in every stage, made by the steps themselves."""

import datetime as dt

from programs.choices import EventOutcome
from programs.models import (
    Criterion,
    Direction,
    EvaluationSheet,
    MentoringGroup,
    Order,
    OrderLine,
    Program,
)
from programs.tests.factories import make_ordered, make_proposal
from programs.workflow.evaluation import record_evaluation
from programs.workflow.orders import default_register
from programs.workflow.programs import (
    add_event,
    agree_program,
    approve_program,
    draft_program,
    submit_program,
)
from schools import history
from schools.models import SchoolPolicy

START = dt.date(2026, 9, 1)
END = dt.date(2027, 5, 31)


def make_ordered_case(*, mentees=1, school=None, start=START, end=END) -> MentoringGroup:
    """A case whose mentor and mentees are named by a signed order."""
    return make_ordered(school, mentees, starts_on=start, ends_on=end).group


def make_proposed_case(*, mentees=1, school=None, start=START, end=END) -> MentoringGroup:
    """A case that is only proposed: no consent, no order."""
    return make_proposal(school, mentees, starts_on=start, ends_on=end).group


def make_line(group, action, *, signed_on=None, number="1", data=None) -> OrderLine:
    """A line about the case in an order of its own, signed when ``signed_on`` is given."""
    signed = {
        "number": number,
        "number_key": number.casefold(),
        "signed_on": signed_on,
        "recorded_on": signed_on,
        "year_starts_on": signed_on and signed_on.replace(month=1, day=1),
        "year_ends_on": signed_on and signed_on.replace(month=12, day=31),
        "signatory_position": "директор",
        "signatory_name": "Орлова Вера Ивановна",
        "text": "ПРИКАЗЫВАЮ",
    }
    order = Order.objects.create(
        register=default_register(group.school),
        kind="ASSIGN",
        title="О наставничестве",
        prepared_on=signed_on or START,
        **(signed if signed_on else {}),
    )
    return OrderLine.objects.create(order=order, group=group, action=action, data=data or {})


def make_draft(group=None, *, on=START, **fields) -> Program:
    """A whole draft with one direction and one event, not yet submitted."""
    group = group or make_proposed_case()
    direction, _ = Direction.objects.get_or_create(name="Методика урока", kind="")
    program = draft_program(
        group,
        by=None,
        on=on,
        **{
            "goal": "Войти в профессию.",
            "tasks": "Научиться планировать урок.",
            "directions": [direction],
            "starts_on": group.planned_starts_on,
            "ends_on": group.planned_ends_on,
            **fields,
        },
    )
    add_event(
        program,
        by=None,
        on=on,
        title="Посещение урока",
        due_on=program.starts_on + dt.timedelta(days=30),
        responsible="MENTOR",
        direction=direction,
    )
    return program


def make_agreed(group=None, *, on=START, **fields) -> Program:
    """A programme that every mentee agreed to and nobody approved yet."""
    program = submit_program(make_draft(group, on=on, **fields), by=None, on=on)
    for member in program.group.members.all():
        agree_program(program, by=None, on=on, member=member)
    return program


def make_running(group=None, *, mentees=1, on=START, by_order=False, **fields) -> Program:
    """An ordered case with an approved programme; ``by_order`` is the school's way to close.

    What is due is computed once, by the last of its steps: a test is quicker so.
    """
    with history.bulk_loading():
        group = group or make_ordered_case(mentees=mentees)
        SchoolPolicy.objects.filter(school=group.school).update(closing_by_order=by_order)
        program = make_agreed(group, on=on, **fields)
    return approve_program(
        program,
        by=None,
        on=on,
        approved_on=on,
        position="директор",
        name="Орлова Вера Ивановна",
    )


def make_sheet(school=None, *, weights=(1, 2, 3), **fields) -> EvaluationSheet:
    """A sheet with one criterion for each weight."""
    sheet = EvaluationSheet.objects.create(school=school, **{"name": "Лист оценки", **fields})
    for position, weight in enumerate(weights):
        Criterion.objects.create(
            sheet=sheet, block="Результат", text=f"Критерий {position}", weight=weight
        )
    return sheet


def evenly(sheet: EvaluationSheet, members, value: int) -> dict:
    """The same score everywhere, in the shape that ``record_evaluation`` takes."""
    return {
        member.pk: {criterion.pk: value for criterion in sheet.criteria.all()} for member in members
    }


def make_evaluated(program=None, *, on=END, value=3, conclusion="HIGH") -> Program:
    """A running programme with its event done and its evaluation recorded on its last day."""
    program = program or make_running()
    program.events.filter(outcome="").update(outcome=EventOutcome.DONE, settled_on=on)
    sheet = make_sheet()
    record_evaluation(
        program,
        by=None,
        on=on,
        sheet=sheet,
        evaluated_on=on,
        evaluator="Куратор Орлова Вера Ивановна",
        scores=evenly(sheet, program.group.members.on(on), value),
        conclusion=conclusion,
        text="Цель достигнута.",
    )
    program.refresh_from_db()
    return program
