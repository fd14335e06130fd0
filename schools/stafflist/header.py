"""Tells the lines of a header from titles, sections and data."""

import re
from datetime import date

from .grid import Grid
from .headings import OTHER, recognise, recognise_under
from .names import looks_like_person
from .result import NAME_FIELDS
from .text import Formula, clean, is_silent, line
from .values import find_email, read_phone

_MAX_HEADER_LINES = 3
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


def header_at(grid: Grid, index: int) -> int:
    """How many lines the header that begins at this row has; 0 where none begins."""
    cells = grid.rows[index][1]
    texts = row_texts(grid, index)
    if not texts or any(_is_data(cells[column]) for column in texts):
        return 0
    found = [recognise(text) for text in texts.values()]
    known = [name for name, score in found if name and score >= _WELL]
    real = {name for name in known if name != OTHER}
    if len(texts) == 1:
        # a list of nothing but names
        column, text = next(iter(texts.items()))
        below = [row[column] for _, row in grid.rows[index + 1 : index + 4] if column < len(row)]
        alone = real & {"full_name"} and len(line(text)) < 40
        return 1 if alone and below and all(map(looks_like_person, below)) else 0
    enough = len(known) >= 2 and len(real) >= 1 and len(known) * 2 >= len(texts)
    below = _below(grid, index)
    if not enough:
        # «Личные данные | Работа» above the line with the real headings
        wide = below and len(below) >= 3 and len(below) > len(texts)
        names = {recognise(text)[0] for text in (below or {}).values()} - {None, OTHER}
        if not (wide and len(names) >= 3 and real):
            return 0
    elif not real & (NAME_FIELDS | {"position", "birth_date"}) and len(real) < 3:
        return 0
    lines = 1
    while lines < _MAX_HEADER_LINES and _continues(grid, index, lines):
        lines += 1
    return lines


def _below(grid: Grid, index: int) -> dict[int, str] | None:
    """The next row's texts if that row follows at once and holds no data."""
    if index + 1 >= len(grid.rows) or grid.rows[index + 1][0] > grid.rows[index][0] + 1:
        return None
    cells = grid.rows[index + 1][1]
    texts = row_texts(grid, index + 1)
    return None if any(_is_data(cells[column]) for column in texts) else texts


def _continues(grid: Grid, index: int, lines: int) -> bool:
    below = _below(grid, index + lines - 1)
    if not below or len(below) < 2:
        return False
    above = row_texts(grid, index + lines - 1)
    parents = parents_of([above], below)
    fits = sum(recognise_under(parents.get(c, []), text)[1] >= _WELL for c, text in below.items())
    # The header printed again below itself is a new header, not a lower line of this one.
    again = sum(line(above.get(column, "")) == line(text) for column, text in below.items())
    return fits * 2 >= len(below) and again * 2 < len(below)


def parents_of(upper: list[dict[int, str]], lowest: dict[int, str]) -> dict[int, list[str]]:
    """The upper headings over each column; a merged one spreads over the cells to its right."""
    result: dict[int, list[str]] = {column: [] for column in lowest}
    for number, texts in enumerate(upper):
        beneath = [*upper[number + 1 :], lowest]
        current, width = "", max([*lowest, *texts], default=-1) + 1
        for column in range(width):
            if column in texts:
                # only a heading with something under its own cell is wider than one column
                current = texts[column] if any(column in row for row in beneath) else ""
                if column in result:
                    result[column].append(texts[column])
            elif column in result and current:
                result[column].append(current)
    return result
