"""What the reader found, as plain JSON that waits for the person's answer."""

import datetime as dt

from schools.models import Person, StaffMember
from schools.stafflist import StaffList

DATES = ("birth_date", "hired_on")
NO_POSITION = "должность не указана"

_PERSON_TEXT = ("last_name", "first_name", "patronymic", "phone", "email")
_POST_TEXT = ("position", "subject")
# What the database can hold, field by field.
LIMITS = {name: Person._meta.get_field(name).max_length for name in _PERSON_TEXT} | {
    name: StaffMember._meta.get_field(name).max_length for name in _POST_TEXT
}


def to_json(found: StaffList) -> dict:
    """Sheets with their columns, rows that can be used, rows refused with the reason.

    A row whose text does not fit into the database is refused too: nothing is cut in silence.
    """
    rows, refused = [], [_problem(p) for p in found.problems if not p.kept]
    for row in found.rows:
        wrong = _unfit(row.fields)
        if wrong:
            refused.append(
                {"sheet": row.sheet, "row": row.row, "fio": row.person or row.fio, "about": wrong}
            )
            continue
        rows.append(
            {
                "sheet": row.sheet,
                "row": row.row,
                "fields": row.as_json(),
                "questions": [_said(question) for question in row.questions],
            }
        )
    return {"sheets": [_sheet(s) for s in found.sheets], "rows": rows, "refused": refused}


def fields_of(row: dict) -> dict:
    """The fields of a kept row with dates as dates."""
    fields = dict(row["fields"])
    for name in DATES:
        if fields[name]:
            fields[name] = dt.date.fromisoformat(fields[name])
    return fields


def _unfit(fields: dict) -> str:
    if not fields["last_name"] or not fields["first_name"]:
        return "нет фамилии или имени"
    for name, limit in LIMITS.items():
        if len(fields[name]) > limit:
            return f"слишком длинный текст: больше {limit} знаков"
    for name in ("total_years", "teaching_years"):
        if fields[name] is not None and not 0 <= fields[name] <= 80:
            return "стаж не похож на число лет"
    return ""


def _sheet(sheet) -> dict:
    return {
        "name": sheet.name,
        "used": sheet.used,
        "why_not": sheet.why_not,
        "hidden": sheet.hidden,
        "columns": [
            {
                "index": c.index,
                "heading": c.heading,
                "field": c.field or "",
                "samples": [str(s) for s in c.samples[:3]],
            }
            for c in sheet.columns
            if c.heading or c.samples
        ],
    }


def _problem(problem) -> dict:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "fio": problem.person or problem.fio,
        "about": _said(problem),
    }


def _said(problem) -> str:
    return f"{problem.about}: «{problem.value}»" if problem.value else problem.about
