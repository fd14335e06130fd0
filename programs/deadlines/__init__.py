"""What is due: one table, a pure function of the facts and of the stored horizon.

    kinds   the table of kinds           reading  facts out of the database
    derive  facts to rows, pure          store    rows into the database, in bulk
    owners  who that is today            wide     changes wider than one organisation
    words   how a deadline reads

The passing of days changes no row: it only moves which ones are open or overdue.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from programs.deadlines import reading, store, wide
from programs.deadlines.derive import derive
from programs.deadlines.facts import Facts
from programs.deadlines.kinds import KINDS, Kind
from programs.deadlines.rows import Row
from programs.deadlines.store import Difference
from programs.deadlines.words import deadline_url, reads
from programs.models import Deadline, MentoringGroup
from schools import registry
from schools.history import Scope
from schools.models import School, StaffMember

__all__ = [
    "Difference",
    "KINDS",
    "Kind",
    "check",
    "deadline_url",
    "lock",
    "of_case",
    "reads",
    "rebuild",
    "refresh",
]


def lock(scope: Scope) -> None:
    """Lock the organisations, then the cases that a change of ``scope`` concerns, by pk.

    The organisation too: its local act and its orders follow from several cases at once.
    SQLite has one writer and needs no locks.
    """
    if not connection.features.has_select_for_update:
        return
    if not (scope.cases or scope.people or scope.schools):
        return
    cases = MentoringGroup.objects.filter(reading.cases_in(scope))
    schools = Q(pk__in=scope.schools) | Q(pk__in=cases.order_by().values("school"))
    if scope.people:
        posts = StaffMember.objects.filter(person__in=scope.people)
        schools |= Q(pk__in=posts.order_by().values("school"))
    places = School.objects.filter(schools).order_by("pk")
    # NO KEY: rows that only point at the organisation need not wait.
    list(places.select_for_update(no_key=True).values_list("pk", flat=True))
    list(cases.order_by("pk").select_for_update().values_list("pk", flat=True))


def refresh(scope: Scope, on: dt.date) -> None:
    """Bring the rows of ``scope`` in line with the facts, in the transaction of the step.

    A number of queries that does not depend on the number of cases. Wide parts of the scope
    are only written down (``Recompute``) for ``programs.tasks.run_recomputes``.
    """
    for name in sorted(scope.wide):
        wide.ask(name)
    if scope.cases or scope.people or scope.schools:
        found, rows = _derived(scope)
        store.save(found, rows, on)


def check(school_ids: Iterable[int]) -> list[Difference]:
    """What stands in the table and does not follow from the facts, or is missing. Reads only.

    An organisation with a difference is compared once more under its lock: a step may have
    committed between the two readings.
    """
    differences = []
    for pk in school_ids:
        scope = Scope.of(schools=[pk])
        if store.compare(*_derived(scope)):
            with transaction.atomic():
                lock(scope)
                differences += store.compare(*_derived(scope))
    return differences


def rebuild(school_ids: Iterable[int]) -> None:
    """Compute the rows of these organisations again, each in a transaction of its own."""
    for school in School.objects.filter(pk__in=school_ids).select_related("municipality"):
        with transaction.atomic():
            lock(Scope.of(schools=[school.pk]))
            refresh(Scope.of(schools=[school.pk]), school.local_day())


def of_case(group) -> "Deadline.objects":
    """Live deadlines of one case, with those of the orders that name it (a queryset)."""
    orders = group.order_lines.filter(dropped_on=None).values_list("order_id", flat=True)
    return Deadline.objects.live().filter(
        Q(group=group) | Q(school=group.school_id, subject__in=[f"order:{pk}" for pk in orders])
    )


def _derived(scope: Scope) -> tuple[Facts, list[Row]]:
    found = reading.load(scope)
    rows = derive(found)
    for source in registry.deadline_sources:
        rows += source(found)
    return found, rows
