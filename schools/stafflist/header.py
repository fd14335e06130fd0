"""Tells the lines of a header from titles, sections and data."""

import re
from collections.abc import Iterable
from datetime import date

from .grid import Grid
from .headings import OTHER, recognise, recognise_under
from .names import looks_like_person
from .result import NAME_FIELDS
from .text import Formula, clean, is_silent, line
from .values import find_email, read_phone

_MAX_HEADER_LINES = 3
_TITLE_ROWS = 20
# Headings that no cell of data can be taken for.
_PLAIN_HEADINGS = {"birth_date", "hired_on", "phone", "email", "total_years", "full_name"}
_WELL = 6  # the score from which a heading counts as recognised


def _is_data(value: object) -> bool:
    """Whether the cell cannot stand in a header: a date, an amount, an address, a person."""
    if isinstance(value, Formula | date | int | float):
        return True
    text = line(value)
    if re.fullmatch(r"[\d .,]+", text) or find_email(text) or read_phone(text)[0]:
        return True
    return looks_like_person(text)


def row_texts(grid: Grid, index: int) -> dict[int, str]:
    return {
        column: clean(value)
        for column, value in enumerate(grid.rows[index][1])
        if value is not None and not is_silent(line(value))
    }


def header_at(grid: Grid, index: int, *, again: bool = False) -> int:
    """How many lines the header that begins at this row has; 0 where none begins.

    ``again``: a table stands above; a row of data with a few words like headings («учитель»)
    must not end it, so that a new header must name people and two things about them.
    """
    texts = row_texts(grid, index)
    if not texts or _has_data(grid, index):
        return 0
    if len(texts) == 1:
        return 0 if again else _lone_header(grid, index, texts)
    lines, fields = _best(grid, index)
    if again and (fields < 3 or not _names_people(grid, index, lines)):
        return 0
    # A title over the header adds nothing to it: the header begins below. (Unless the same
    # line stands there again: then it was the next printed page that made up for it.)
    below = range(index + 1, min(index + 1 + _MAX_HEADER_LINES, len(grid.rows)))
    again = any(row_texts(grid, other) == texts for other in below)
    if lines > 1 and not again and fields <= _best(grid, index + 1)[1]:
        return 0
    return lines


def _names_people(grid: Grid, index: int, lines: int) -> bool:
    columns = header_columns(grid, range(index, index + lines))
    return any(name in NAME_FIELDS for _, name, _ in columns)


def titles_end(grid: Grid, stop: int) -> int:
    """Where the data begin in a table without a known header: after a row of some headings."""
    for index in range(min(stop, _TITLE_ROWS)):
        if any(looks_like_person(text) for text in row_texts(grid, index).values()):
            break
        found = {recognise(text)[0] for text in row_texts(grid, index).values()}
        if found & _PLAIN_HEADINGS and not _has_data(grid, index):
            return index + 1
    return 0


def _lone_header(grid: Grid, index: int, texts: dict[int, str]) -> int:
    """A list of nothing but names under «ФИО»."""
    column, text = next(iter(texts.items()))
    below = [row[column] for _, row in grid.rows[index + 1 : index + 4] if column < len(row)]
    alone = recognise(text)[0] == "full_name" and len(line(text)) < 40
    return 1 if alone and below and all(map(looks_like_person, below)) else 0


def _best(grid: Grid, index: int) -> tuple[int, int]:
    """(lines, recognised fields) of the best header that begins at this row, (0, 0) for none."""
    best = (0, 0)
    for lines in range(1, _MAX_HEADER_LINES + 1):
        last = index + lines - 1
        if last >= len(grid.rows) or _has_data(grid, last):
            break
        if lines > 1 and (
            grid.rows[last][0] > grid.rows[last - 1][0] + 1
            or len(row_texts(grid, last)) < 2
            or any(row_texts(grid, last) == row_texts(grid, row) for row in range(index, last))
        ):
            break
        found = [recognised for _, *recognised in header_columns(grid, range(index, last + 1))]
        known = [name for name, score in found if name and score >= _WELL]
        real = set(known) - {OTHER}
        telling = real & (NAME_FIELDS | {"position", "birth_date"})
        enough = len(set(known)) >= 2 and len(known) * 2 >= len(found)
        if enough and (telling or len(real) >= 3) and len(real) > best[1]:
            best = (lines, len(real))
    return best


def header_columns(grid: Grid, lines: Iterable[int]) -> list[tuple[int, str | None, float]]:
    """(column, field, score) of every column that has a heading in these rows."""
    return [
        (column, *recognise_under(above, text)) for column, above, text in header_texts(grid, lines)
    ]


def header_texts(grid: Grid, lines: Iterable[int]) -> list[tuple[int, list[tuple[str, bool]], str]]:
    """(column, headings above with their width, lowest heading) of every column."""
    rows = [row_texts(grid, index) for index in lines]
    result = []
    for column in sorted({column for row in rows for column in row}):
        depth = max(number for number, row in enumerate(rows) if column in row)
        above = _parents(rows[:depth], rows[depth]).get(column, [])
        result.append((column, above, rows[depth][column]))
    return result


def _has_data(grid: Grid, index: int) -> bool:
    cells = grid.rows[index][1]
    return any(_is_data(cells[column]) for column in row_texts(grid, index))


def _parents(
    upper: list[dict[int, str]], lowest: dict[int, str]
) -> dict[int, list[tuple[str, bool]]]:
    """The upper headings over each column; a merged one spreads over the cells to its right."""
    result: dict[int, list[tuple[str, bool]]] = {column: [] for column in lowest}
    for number, texts in enumerate(upper):
        beneath = [*upper[number + 1 :], lowest]
        current: list[int] = []
        for column in range(max([*lowest, *texts], default=-1) + 1):
            if column in texts:
                # only a heading with something under its own cell is wider than one column
                current = [column] if any(column in row for row in beneath) else []
                text = texts[column]
            elif column in lowest and current:
                current.append(column)
            else:
                continue
            if column + 1 not in texts and column + 1 in lowest:
                continue
            for under in current:
                if under in result:
                    result[under].append((text, len(current) > 1))
            current = []
    return result
