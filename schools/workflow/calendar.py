"""Steps that change the production calendar."""

import datetime as dt

from django.utils import timezone
from holidays.countries.russia import Russia, RussiaStaticHolidays

from schools import history
from schools.calendar import SUNDAY, Calendar
from schools.history import Scope
from schools.models import CalendarDay, CalendarSource

WIDE = Scope.of(wide=["calendar"])


def load_library(years=None, *, by, on: dt.date | None = None) -> int:
    """Read the published days off and working Saturdays of Russia into ``CalendarDay``.

    A six-day week works on Saturdays that are no holiday; a weekday off by the government's
    transfer is off in both weeks. Rows of an administrator stay as they are. Where anything
    changed, all deadlines wait to be recomputed.

    Args:
        years: by default every published year from the one before last.
        on: the day of recording; by default today where the server stands.

    Returns:
        How many days were added, changed or taken away.

    Raises:
        ValueError: a year that the library does not hold as published.
    """
    on = on or timezone.localdate()
    published = published_years()
    years = sorted(years or [year for year in published if year >= on.year - 2])
    unknown = [year for year in years if year not in published]
    if unknown:
        raise ValueError(f"not published: {unknown}")
    wanted = library_days(years)
    if not _differences(wanted, years):
        return 0
    with history.changing(WIDE, by=by, on=on) as change:
        differing, gone = _differences(wanted, years) or ([], [])
        CalendarDay.objects.bulk_create(
            differing,
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["works_five", "works_six", "name"],
        )
        CalendarDay.objects.filter(pk__in=gone).delete()
        change.record("calendar_loaded", years=years, days=len(differing) + len(gone))
    return len(differing) + len(gone)


def correct_day(
    day: dt.date, *, works_five: bool, works_six: bool, name: str, by, on: dt.date
) -> CalendarDay:
    """An administrator's word on one day: it outlives every later reading of the library.

    All deadlines wait to be recomputed.
    """
    with history.changing(WIDE, by=by, on=on) as change:
        row, _ = CalendarDay.objects.update_or_create(
            day=day,
            defaults={
                "works_five": works_five,
                "works_six": works_six,
                "name": name,
                "source": CalendarSource.ADMIN,
            },
        )
        change.record("calendar_day_corrected", row, day=day, name=name)
    return row


def published_years() -> list[int]:
    """Years whose transfers of days off the library knows."""
    return sorted(RussiaStaticHolidays.special_public_holidays)


def library_days(years) -> dict[dt.date, CalendarDay]:
    """Named days and working Saturdays of ``years``, unsaved, by day."""
    known = Russia(years=years, language="ru")
    found = {
        day: CalendarDay(
            day=day,
            works_five=False,
            works_six=False,
            name=name[:200],
            source=CalendarSource.LIBRARY,
        )
        for day, name in known.items()
    }
    for year in years:
        day = dt.date(year, 1, 1)
        while day.year == year:
            if known.is_working_day(day) and not Calendar().is_working_day(day, 5):
                found[day] = CalendarDay(
                    day=day,
                    works_five=True,
                    works_six=day.weekday() != SUNDAY,
                    name="Рабочий день (перенос)",
                    source=CalendarSource.LIBRARY,
                )
            day += dt.timedelta(days=1)
    return found


def _differences(wanted: dict, years) -> tuple[list, list] | None:
    """Days to write and pks to delete; None where the table holds just that."""
    stored = {row.day: row for row in CalendarDay.objects.filter(day__year__in=years)}
    own = {day for day, row in stored.items() if row.source == CalendarSource.ADMIN}
    columns = ("works_five", "works_six", "name")
    differing = [
        row
        for day, row in wanted.items()
        if day not in own
        and (day not in stored or any(getattr(stored[day], c) != getattr(row, c) for c in columns))
    ]
    gone = [row.pk for day, row in stored.items() if day not in wanted and day not in own]
    return (differing, gone) if differing or gone else None
