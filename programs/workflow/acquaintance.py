"""Who has signed that they know an act or an order."""

import datetime as dt
from collections.abc import Iterable

from programs.acquaintance import readers
from programs.errors import TransitionError
from programs.models import Acquaintance, Order
from programs.workflow.base import names, not_in_future
from schools import history
from schools.history import Scope
from schools.models import LocalAct, Person
from schools.workflow.base import refusing


def record_acquaintance(
    paper: Order | LocalAct, *, by, on: dt.date, people: Iterable[Person], signed_on: dt.date
) -> list[Acquaintance]:
    """Note that ``people`` signed on ``signed_on``; who signed before keeps the first date.

    Raises:
        TransitionError: ``paper_not_signed``, ``date_in_future``, ``before_paper``,
            ``nobody_chosen``, ``not_a_reader`` or ``already_marked``.
    """
    not_in_future(signed_on, on, field="signed_on", what="Дата ознакомления")
    adopted = paper.adopted_on if isinstance(paper, LocalAct) else paper.signed_on
    if adopted is None:
        raise TransitionError("paper_not_signed", "Приказ ещё не подписан.")
    if signed_on < adopted:
        raise TransitionError(
            "before_paper", f"Бумага от {adopted:%d.%m.%Y}: ознакомиться раньше нельзя.",
            field="signed_on",
        )  # fmt: skip
    wanted = {person.pk: person for person in people}
    if not wanted:
        raise TransitionError("nobody_chosen", "Отметьте, кто ознакомлен.", field="people")
    with history.changing(_scope(paper), by=by, on=on) as change:
        if set(wanted) - set(readers(paper, on=on).values_list("pk", flat=True)):
            raise TransitionError(
                "not_a_reader", "Эта бумага касается не всех отмеченных.", field="people"
            )
        known = set(paper.acquaintances.values_list("person", flat=True))
        rows = [
            Acquaintance(person=person, signed_on=signed_on, **_about(paper))
            for pk, person in wanted.items()
            if pk not in known
        ]
        with refusing("already_marked", "Кто-то уже отметил этих людей: обновите страницу."):
            Acquaintance.objects.bulk_create(rows)
        if rows:
            change.record(
                "acquainted", paper, *_cases(paper), school=_school(paper),
                paper=str(paper), people=names(row.person for row in rows), signed_on=signed_on,
            )  # fmt: skip
        return rows


def withdraw_acquaintance(row: Acquaintance, *, by, on: dt.date) -> None:
    """Take back a mark made by mistake."""
    paper = row.act or row.order
    with history.changing(_scope(paper), by=by, on=on) as change:
        change.record(
            "acquaintance_withdrawn", paper, *_cases(paper), school=_school(paper),
            paper=str(paper), person=row.person.short_name, signed_on=row.signed_on,
        )  # fmt: skip
        row.delete()


def _scope(paper) -> Scope:
    if isinstance(paper, LocalAct):
        return Scope.of(schools=[paper.school_id])
    return Scope.of(cases=[group.pk for group in _cases(paper)])


def _cases(paper) -> list:
    if isinstance(paper, LocalAct):
        return []
    lines = paper.lines.filter(dropped_on=None).select_related("group")
    return list({line.group_id: line.group for line in lines}.values())


def _school(paper) -> int | None:
    return paper.school_id if isinstance(paper, LocalAct) else paper.register.school_id


def _about(paper) -> dict:
    return {"act": paper} if isinstance(paper, LocalAct) else {"order": paper}
