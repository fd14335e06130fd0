"""What a column holds, told by its cells alone."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from .dates import read_date
from .jobs import is_post, is_subject
from .names import is_first_name, is_patronymic, is_surname, looks_like_person
from .text import Formula, clean, is_silent, line
from .values import find_email, read_category, read_phone

SAMPLE = 60  # cells of a column that are looked at
_ENOUGH = 0.6  # the share of cells that must agree
_BOTH = re.compile(r"\d+[^\d/]*[/|(\\]\s*\D*\d+")
_YEARS = re.compile(r"^\d{1,2}([.,]\d+)?\s*(лет|год\w*|г\.?|л\.?)?", re.I)


def cell_kinds(value: object) -> set[str]:
    """Everything that the cell can be read as."""
    text = line(value)[:200]
    if isinstance(value, Formula) or is_silent(text):
        return set()
    if isinstance(value, date):
        return {"date"}
    if isinstance(value, int | float):
        if value > 1e9:
            return {"phone"} if read_phone(value)[0] else set()
        return {"years"} if 0 <= value <= 60 else ({"date"} if 7_000 < value < 60_000 else set())
    kinds = set()
    if find_email(text):
        kinds.add("email")
    if re.search(r"\d", text):
        if read_phone(text)[0]:
            kinds.add("phone")
        if not text.isdigit() and read_date(text, as_of=date(2100, 1, 1))[0]:
            kinds.add("date")
        if _BOTH.search(text) and "date" not in kinds:
            kinds.add("both_years")
        elif _YEARS.fullmatch(text) or re.search(r"\d\s*(лет|год|л\.)", text):
            kinds.add("years")
    elif " " not in text:
        if is_patronymic(text):
            kinds.add("patronymic")
        elif is_first_name(text):
            kinds.add("first_name")
        elif is_surname(text) and text[:1].isupper():
            kinds.add("last_name")
    if looks_like_person(text):
        kinds.add("full_name")
    if is_post(text):
        kinds.add("position")
    elif is_subject(clean(value)[:200]):
        kinds.add("subject")
    elif not kinds and read_category(value)[0] and len(text) < 80:
        kinds.add("category")
    return kinds


def column_kind(values: Iterable[object]) -> str | None:
    """The one kind that most of the filled cells share, or None."""
    counts: Counter = Counter()
    filled = 0
    for value in values:
        if value is None or is_silent(line(value)):
            continue
        filled += 1
        counts.update(cell_kinds(value))
        if filled >= SAMPLE:
            break
    # A person may well be called by a post's word; an address is never anything else.
    order = (
        "email", "full_name", "phone", "date", "both_years", "position", "subject", "category",
        "patronymic", "first_name", "last_name", "years",
    )  # fmt: skip
    for kind in order:
        if filled and counts[kind] / filled >= _ENOUGH:
            return kind
    names = counts["patronymic"] + counts["first_name"] + counts["last_name"]
    if filled and counts["last_name"] and names / filled >= _ENOUGH:
        return "last_name"  # «Лев», «Вера» are surnames too
    return None
