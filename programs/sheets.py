"""Spreadsheets that people like: frozen heading, dates as dates, no live formulas."""

import io
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from programs import queries
from programs.states import State

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    ("№", 7), ("Организация", 28), ("Наставник", 24), ("Должность наставника", 28),
    ("Наставляемые", 32), ("Форма", 26), ("Виды", 34), ("Состояние", 22), ("Куратор", 22),
    ("Начало", 12), ("Окончание", 12), ("Программа утверждена", 14), ("Завершена", 12),
]  # fmt: skip


def of_groups(groups) -> bytes:
    """The list of pairs. ``groups`` are read ``with_people`` and with their state."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Пары и группы")
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions["ABCDEFGHIJKLM"[number]].width = width
    sheet.append([_cell(sheet, title, bold=True) for title, _ in COLUMNS])
    for group in groups.iterator(chunk_size=500):
        sheet.append([_cell(sheet, value) for value in _row(group)])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _row(group) -> list:
    mentor = group.mentor_rows[0] if group.mentor_rows else None
    return [
        group.pk,
        str(group.school),
        queries.mentor_name(group),
        mentor.post.title if mentor else "",
        queries.mentee_names(group),
        group.get_form_display(),
        ", ".join(group.kind_labels),
        State(group.state).label,
        group.curator.short_name,
        group.sf_starts_on or group.planned_starts_on,
        group.sf_ends_on or group.planned_ends_on,
        group.sf_approved_on,
        group.closed_on,
    ]


def _cell(sheet, value, *, bold=False):
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # «=…» typed by a person stays text, never a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif hasattr(value, "year"):
        cell.number_format = "DD.MM.YYYY"
    if bold:
        cell.font = Font(bold=True)
    return cell


def disposition(name: str) -> str:
    """A header that offers ``name``.xlsx in Russian letters."""
    return f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
