"""CSV as Russian schools save it: several encodings, several separators, quoted line breaks."""

import codecs
import csv
from collections import Counter
from io import StringIO

from .grid import MAX_COLUMNS, SAVE_AS, Grid, ListError, RowBudget
from .text import Formula

SEPARATORS = ";\t,|"
_PROBE_RECORDS = 200
# One cell with more line breaks than this is a quote that was never closed.
_MAX_CELL_LINES = 30
# The commonest letters of Russian text: the right decoding has the most of them.
_COMMON = frozenset("оеаинтсрвлкмдпуя")


def read_csv(data: bytes) -> Grid:
    """The only sheet of a CSV file; its name is empty. Rows are records, blank ones counted.

    Raises:
        ListError: ``broken``, ``wrong_format`` or ``too_many_rows``.
    """
    text = decode(data)
    # «sep=;» is an instruction to Excel, which hides it and counts rows from the next line.
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    else:
        separator = find_separator(text)
    budget, grid = RowBudget(), Grid(name="")
    for number, record in enumerate(_records(text, separator), start=1):
        cells = [_cell(value) for value in record[:MAX_COLUMNS]]
        if any(cell is not None for cell in cells):
            budget.spend()
            grid.rows.append((number, cells))
    return grid


def decode(data: bytes) -> str:
    """Text of a CSV file: a mark at the beginning decides, then UTF-8, then the likeliest.

    Raises:
        ListError: ``wrong_format`` for bytes that are no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise ListError("wrong_format", f"Это не таблица Excel и не CSV. {SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    guesses = [data.decode(name, errors="replace") for name in ("cp1251", "cp866", "koi8-r")]
    return max(guesses, key=lambda text: sum(text.count(letter) for letter in _COMMON))


def find_separator(text: str) -> str:
    """The separator that cuts the most records into the same number of cells."""

    def score(separator: str) -> float:
        widths: Counter = Counter()
        for number, record in enumerate(_records(text, separator)):
            if number >= _PROBE_RECORDS:
                break
            if any(cell.strip() for cell in record):
                widths[len(record)] += 1
        several = [(count, width) for width, count in widths.items() if width > 1]
        if not several:
            return 0
        count, width = max(several)
        return count / widths.total() * min(width, 8)

    return max(SEPARATORS, key=score)


def _records(text: str, separator: str) -> list[list[str]]:
    # csv takes an over-long field for an error, and an unclosed quote would swallow the rest
    # of the file: in both cases quotes are read as plain characters, so that no row is lost.
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
        if all(cell.count("\n") <= _MAX_CELL_LINES for record in records for cell in record):
            return records
    except csv.Error:
        pass
    try:
        loose = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
        if all(cell.count("\n") <= 2 for record in loose for cell in record):
            return loose
        plain = csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE)
        return [[cell.strip('"') for cell in record] for record in plain]
    except csv.Error as error:
        raise ListError("broken", f"Файл CSV повреждён. {SAVE_AS}") from error


def _cell(value: str) -> str | Formula | None:
    if value.lstrip().startswith("="):
        return Formula(value.strip())
    return value if value.strip() else None
