"""Calendar months of a programme's term (Положение, 1.2.1)."""

import calendar
import datetime as dt

SHORTEST, LONGEST = 3, 12  # months of a programme


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, clamped to the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def last_day(starts_on: dt.date, months: int) -> dt.date:
    """The last day of a term of ``months`` that begins on ``starts_on`` (both included)."""
    return add_months(starts_on, months) - dt.timedelta(days=1)


def lawful_ends(starts_on: dt.date) -> tuple[dt.date, dt.date]:
    """The earliest and the latest lawful last day of a programme."""
    return last_day(starts_on, SHORTEST), last_day(starts_on, LONGEST)


def is_lawful_term(starts_on: dt.date, ends_on: dt.date) -> bool:
    earliest, latest = lawful_ends(starts_on)
    return earliest <= ends_on <= latest
