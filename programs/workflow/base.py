"""What every step of a case begins with."""

import datetime as dt
from contextlib import contextmanager

from programs.errors import TransitionError
from programs.models import MentoringGroup, Program
from schools import history
from schools.history import Scope


@contextmanager
def case_step(group, *, by, on: dt.date):
    """One step on one case: locked and re-read, refreshed and recorded at the end.

    Yields ``(change, group)``: decide on the yielded group, never on what the page showed.
    """
    with history.changing(Scope.of(cases=[group.pk]), by=by, on=on) as change:
        # no_key: rows that only point at the case need not wait for the step.
        groups = MentoringGroup.objects.select_for_update(of=("self",), no_key=True)
        yield change, groups.select_related("school").get(pk=group.pk)


def require_alive(group: MentoringGroup) -> None:
    """A withdrawn or closed case takes no more steps."""
    if group.withdrawn_on is not None:
        raise TransitionError("case_withdrawn", "Предложение снято: шаги по этой паре закрыты.")
    if group.closed_on is not None:
        raise TransitionError("case_closed", "Работа пары завершена: шаги закрыты.")


def not_in_future(day: dt.date, on: dt.date, *, field: str, what: str = "Дата") -> None:
    """A fact is recorded on its day or later."""
    if day > on:
        raise TransitionError(
            "date_in_future", f"{what} ещё не наступила: проверьте, что указано.", field=field
        )


def open_program(group: MentoringGroup) -> Program:
    """The case's open programme; refuses where there is none."""
    program = group.programs.filter(closed_on=None).first()
    if program is None:
        raise TransitionError("no_open_program", "У пары нет открытой программы.")
    return program


def names(people) -> list[str]:
    """Short names for an event's sentence."""
    return [person.short_name for person in people]
