"""Dates as clerks write them. A date without its day is never completed by guessing."""

import re
from datetime import date, datetime, timedelta

from .text import Formula, is_silent, key, line, to_cyrillic

# Serial days of Excel that can be a birth or a hiring: 1919 to 2119.
_SERIAL = range(7_000, 80_000)
_EPOCH = date(1899, 12, 30)
_DAYS_1904 = 1462  # how much later the calendar of old Macintosh books begins
YEARS = range(1900, 2101)

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = r"(?P<month>янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
_SEP = r"\s?[./\-–,\\]\s?|\s"
_PATTERNS = [
    re.compile(
        rf"(?<!\d)(?P<year>\d{{4}})(?:{_SEP})(?P<m>\d{{1,2}})(?:{_SEP})(?P<d>\d{{1,2}})(?!\d)"
    ),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:{_SEP})(?P<m>\d{{1,2}})(?:{_SEP})"
        r"(?P<year>\d{4}|\d{2})(?!\d|\.\d)"
    ),
    re.compile(
        rf"(?<!\d)[«\"]?(?P<d>\d{{1,2}})[»\"]?(?:-?го)?[\s.\-]*{_MONTH}[\s.\-,]*"
        r"(?P<year>\d{4}|\d{2})(?!\d)"
    ),
    re.compile(r"^(?P<d>\d{2})(?P<m>\d{2})(?P<year>(?:19|20)\d{2})$"),
]
_YEAR_ONLY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[./]|{_MONTH}\s*)?(?:19|20)\d{{2}}(?!\d)".replace("?P<month>", "?:")
)
_SINCE = re.compile(r"\bс\s+(?=\d{1,2}[./\s-])")


def read_date(
    value: object, *, as_of: date, young: int = 0, epoch_1904: bool = False
) -> tuple[date | None, str]:
    """(date, "") or (None, code), code being "" where the cell says nothing.

    Args:
        as_of: the day of reading; a year of two digits is read as the latest year not after it
            (one year ahead is allowed: lists name those who come next September).
        young: how many years before ``as_of`` the date must lie at least, for two-digit years
            (16 for a birth: «28.05.63» is 1963, and «28.06.03» is 2003).

    Codes: ``date_incomplete`` (only a year or a month), ``date_unreadable``.
    """
    if isinstance(value, Formula):
        return None, "date_unreadable"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return (value, "") if value.year in YEARS else (None, "date_unreadable")
    text = line(value)
    if is_silent(text):
        return None, ""
    if re.fullmatch(r"\d{4,5}(?:[.,]\d+)?", text):
        number = float(text.replace(",", "."))
        if number in YEARS:
            return None, "date_incomplete"
        if int(number) in _SERIAL:
            return _EPOCH + timedelta(int(number) + (_DAYS_1904 if epoch_1904 else 0)), ""
        return None, "date_unreadable"
    return _from_text(text, as_of, young)


def _from_text(text: str, as_of: date, young: int) -> tuple[date | None, str]:
    text = re.sub(r"(?<=\d)[оo](?=[\d.])|(?<=\.)[оo](?=\d)", "0", key(to_cyrillic(text)))
    # «приказ № 45 от 28.08.2015, с 01.09.2015»: the word names the day of beginning
    since = _SINCE.search(text)
    for part in (text[since.end() :], text) if since else (text,):
        matches = [match for match in (p.search(part) for p in _PATTERNS) if match]
        for match in sorted(matches, key=lambda match: match.start()):
            found = _build(match, as_of, young)
            if found:
                return found, ""
        if matches:
            return None, "date_unreadable"
    if _YEAR_ONLY.search(text):
        return None, "date_incomplete"
    return None, "date_unreadable"


def _build(match: re.Match, as_of: date, young: int) -> date | None:
    groups = match.groupdict()
    day, year = int(groups["d"]), int(groups["year"])
    if groups.get("month"):
        month = next(i for i, stem in enumerate(_MONTHS, 1) if groups["month"].startswith(stem))
    else:
        month = int(groups["m"])
    if len(groups["year"]) == 2:
        latest = as_of.year - young + (0 if young else 1)
        year += latest // 100 * 100
        year -= 100 if year > latest else 0
    if month > 12 >= day:  # 01/16/1978: only one reading is possible
        day, month = month, day
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def full_years(since: date, as_of: date) -> int:
    """Whole years from ``since`` to ``as_of``, never below 0."""
    years = as_of.year - since.year - ((as_of.month, as_of.day) < (since.month, since.day))
    return max(years, 0)
