"""Changes wider than one organisation: a row that waits, emptied in small transactions."""

import time

from django.utils import timezone

from schools import history
from schools.history import Scope
from schools.models import Municipality, Recompute, Region, School

CALENDAR, COUNTRY = "calendar", "country"


def ask(scope: str) -> None:
    """Write that ``scope`` waits; asked again while it runs, it starts from the beginning."""
    Recompute.objects.bulk_create(
        [Recompute(scope=scope, asked_at=timezone.now(), done_upto=0)],
        update_conflicts=True,
        unique_fields=["scope"],
        update_fields=["asked_at", "done_upto"],
    )


def schools_of(scope: str):
    """Organisations that ``scope`` concerns: all, or those of municipality:<pk>, region:<pk>."""
    place, _, pk = scope.partition(":")
    if place in (CALENDAR, COUNTRY):
        return School.objects.all()
    if place == "region":
        return School.objects.filter(municipality__region=pk)
    return School.objects.filter(municipality=pk)


def waiting(school=None) -> list[Recompute]:
    """Wide changes that still wait; with ``school`` only those that concern it."""
    found = list(Recompute.objects.order_by("asked_at"))
    if school is None:
        return found
    return [
        row
        for row in found
        if schools_of(row.scope).filter(pk=school.pk, pk__gt=row.done_upto).exists()
    ]


def words(scope: str) -> str:
    """What waits, for a person."""
    place, _, pk = scope.partition(":")
    if place == CALENDAR:
        return "сроки пересчитываются: изменился производственный календарь"
    if place == COUNTRY:
        return "сроки пересчитываются во всех организациях"
    model = Region if place == "region" else Municipality
    name = model.objects.filter(pk=pk).values_list("name", flat=True).first()
    return f"сроки пересчитываются: {name or scope}"


def run(scope: str | None = None, *, seconds: float = 60.0) -> int:
    """Work through what waits (only ``scope``, if given), one organisation a transaction.

    Stopped at any point it goes on after the last organisation finished; run twice at once it
    does the same work twice and the same rows come out.

    Returns:
        The number of organisations recomputed.
    """
    stop, count = time.monotonic() + seconds, 0
    while time.monotonic() < stop:
        rows = Recompute.objects.order_by("asked_at", "pk")
        row = (rows.filter(scope=scope) if scope else rows).first()
        if row is None:
            break
        count += _one_school(row)
    return count


def _one_school(row: Recompute) -> int:
    same = Recompute.objects.filter(pk=row.pk, asked_at=row.asked_at)
    school = (
        schools_of(row.scope)
        .filter(pk__gt=row.done_upto)
        .select_related("municipality")
        .order_by("pk")
        .first()
    )
    if school is None:
        same.delete()  # unless it was asked again meanwhile
        return 0
    with history.changing(Scope.of(schools=[school.pk]), by=None, on=school.local_day()):
        pass  # nothing changes but what follows from facts: the refreshers do it
    same.filter(done_upto__lt=school.pk).update(done_upto=school.pk)
    return 1
