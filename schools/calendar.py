"""The production calendar: working days of a five- and a six-day week, and calendar months.

Only ``CalendarDay`` rows and plain weekends decide. Days past the last published year fall
back to plain weekends: dates computed there are provisional. Nothing is kept between calls:
the table is small, and an administrator's correction holds from its commit on.
"""

import calendar as months
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from schools.models import CalendarDay, CalendarSource

ONE_DAY = dt.timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
NOTICE_WORKING_DAYS = 3  # ТК РФ, ст. 351.8


@dataclass(frozen=True)
class Calendar:
    """The calendar as one reading found it: a value, so that what is computed from it is pure.

    Attributes:
        days: day -> (works in a five-day week, works in a six-day week).
        published: years read from the published production calendar.
    """

    days: Mapping[dt.date, tuple[bool, bool]] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    @classmethod
    def load(cls) -> "Calendar":
        """One query."""
        rows = CalendarDay.objects.order_by().values_list(
            "day", "works_five", "works_six", "source"
        )
        days, published = {}, set()
        for day, five, six, source in rows:
            days[day] = (five, six)
            if source == CalendarSource.LIBRARY:
                published.add(day.year)
        return cls(days, frozenset(published))

    def is_published(self, day: dt.date) -> bool:
        """Whether the government has fixed the days off of that year."""
        return day.year in self.published

    def is_working_day(self, day: dt.date, week: int) -> bool:
        """``week`` is 5 or 6."""
        known = self.days.get(day)
        if known is not None:
            return known[0] if week == 5 else known[1]
        return day.weekday() < (SATURDAY if week == 5 else SUNDAY)

    def next_working_day(self, day: dt.date, week: int) -> dt.date:
        """``day`` itself where it works, else the first working day after it."""
        while not self.is_working_day(day, week):
            day += ONE_DAY
        return day

    def add_working_days(self, day: dt.date, n: int, week: int) -> dt.date:
        """The ``n``-th working day after ``day`` (before it, where ``n`` is negative).

        The day of the event is not counted; 0 gives ``day`` itself.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day, week):
                day += step
        return day

    def earliest_notice_effect(self, given_on: dt.date, week: int) -> dt.date:
        """The first lawful day without the duty after a notice given on ``given_on``.

        The day of the notice is not counted, three full working days pass, the next calendar
        day is the first one free: a notice of Monday takes effect on Friday.

        Source: ТК РФ, ст. 351.8 (not less than three working days).
        """
        return self.add_working_days(given_on, NOTICE_WORKING_DAYS, week) + ONE_DAY


def is_working_day(day: dt.date, week: int) -> bool:
    """See ``Calendar.is_working_day``; reads the table anew, as the next four do."""
    return Calendar.load().is_working_day(day, week)


def add_working_days(day: dt.date, n: int, week: int) -> dt.date:
    """See ``Calendar.add_working_days``."""
    return Calendar.load().add_working_days(day, n, week)


def next_working_day(day: dt.date, week: int) -> dt.date:
    """See ``Calendar.next_working_day``."""
    return Calendar.load().next_working_day(day, week)


def is_published(day: dt.date) -> bool:
    """See ``Calendar.is_published``."""
    return Calendar.load().is_published(day)


def earliest_notice_effect(given_on: dt.date, week: int) -> dt.date:
    """See ``Calendar.earliest_notice_effect``."""
    return Calendar.load().earliest_notice_effect(given_on, week)


def add_months(day: dt.date, n: int) -> dt.date:
    """The same day ``n`` calendar months later, clamped to the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def programme_bounds(starts_on: dt.date) -> tuple[dt.date, dt.date]:
    """The earliest and the latest lawful last day of a programme; both days are inclusive.

    Source: Положение, 1.2.1 (from three months to one year), counted in calendar months.
    """
    return add_months(starts_on, 3) - ONE_DAY, add_months(starts_on, 12) - ONE_DAY


def school_year(day: dt.date) -> int:
    """The year in which the school year of ``day`` began: 2026 stands for 2026/27."""
    return day.year if day.month >= 9 else day.year - 1


def horizon(day: dt.date) -> dt.date:
    """The end of the next school year: how far ahead deadlines are laid."""
    return dt.date(school_year(day) + 2, 8, 31)
