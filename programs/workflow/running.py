"""What every step of a programme begins with: the case locked, the programme read anew."""

import datetime as dt
from contextlib import contextmanager

from django.db import models

from programs.errors import TransitionError
from programs.models import GroupMember, MentorAppointment, MentoringGroup, Program
from programs.workflow.base import case_step, require_alive


@contextmanager
def program_step(program, *, by, on: dt.date, alive: bool = True):
    """One step on one programme. Yields ``(change, program)``, the latter read under the lock.

    ``alive=False`` leaves the check of a closed case to the step.
    """
    with case_step(program.group, by=by, on=on) as (change, group):
        if alive:
            require_alive(group)
        yield change, reread(program, group)


def reread(program: Program, group: MentoringGroup) -> Program:
    """``program`` as the database has it now, with ``group`` as its case."""
    fresh = Program.objects.get(pk=program.pk)
    fresh.group = group
    return fresh


def require_approved(program: Program) -> None:
    """Refuses a programme that is not approved, or is closed."""
    if program.approved_on is None:
        raise TransitionError("program_not_approved", "Программа ещё не утверждена.")
    require_open(program)


def require_open(program: Program) -> None:
    if program.closed_on is not None:
        raise TransitionError("program_closed", "Программа уже завершена.")


def require_running(program: Program, on: dt.date) -> None:
    """Nothing runs without a signed order and an approved programme, in either sequence."""
    require_approved(program)
    ordered = MentorAppointment.objects.ordered().filter(group=program.group_id, starts_on__lte=on)
    if not ordered.exists():
        raise TransitionError(
            "no_order", "Наставник ещё не назначен приказом: программа не началась."
        )


def require_text(text: str, *, field: str, message: str) -> str:
    """``text`` without blanks at its ends; refuses an empty one as ``text_missing``."""
    text = (text or "").strip()
    if not text:
        raise TransitionError("text_missing", message, field=field)
    return text


def deciding_members(group: MentoringGroup, on: dt.date) -> list[GroupMember]:
    """Mentees whose agreement a step on ``on`` needs.

    Those in the case by order, also when their first day is still ahead; before any order, those
    proposed. Somebody proposed for a running group has no say until an order takes him in.
    """
    members = group.members.select_related("post__person")
    joined = members.filter(joined_on__isnull=False).exclude(left_on__lt=on)
    return list(joined) or list(members.present().filter(joined_on=None))


def fit(row: models.Model, **form_names) -> None:
    """Refuse a text longer than its column as ``text_too_long``: PostgreSQL would break off.

    ``form_names`` maps a column to the form field of another name.
    """
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        limit = column.max_length
        if limit and isinstance(column, models.CharField) and value and len(value) > limit:
            raise TransitionError(
                "text_too_long",
                f"Слишком длинно: «{column.verbose_name}» — не больше {limit} знаков.",
                field=form_names.get(column.name, column.name),
            )


def create(model, **fields) -> models.Model:
    """A new saved row whose texts fit their columns."""
    row = model(**fields)
    fit(row)
    row.save()
    return row
