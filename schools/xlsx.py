"""Tables as XLSX: text stays text, whatever it begins with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from schools.text import clean

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_WIDTH = 60  # characters


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A workbook of one sheet: frozen bold heading, widths by content.

    Text is stored as text, so that «=1+1» is never a formula; dates and numbers stay such.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    widths = [len(heading) for heading in headings]
    for number, values in enumerate([headings, *rows], 1):
        for column, value in enumerate(values, 1):
            shown = _fill(sheet.cell(number, column), value)
            widths[column - 1] = max(widths[column - 1], shown)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width, MAX_WIDTH) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def download(name: str, data: bytes) -> HttpResponse:
    """``data`` as an attachment that no cache keeps."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _fill(cell: Cell, value) -> int:
    """Write one value; returns how many characters it shows."""
    if isinstance(value, bool):
        value = "да" if value else "нет"
    if isinstance(value, dt.date):
        cell.value, cell.number_format = value, "DD.MM.YYYY"
        return 10
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
    else:
        cell.value = value
    return len(str(value)) if value is not None else 0
