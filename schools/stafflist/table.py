"""Finds the tables of a sheet: where each header stands and what its columns hold."""

import re
from dataclasses import dataclass, field
from datetime import date

from .content import column_kind
from .dates import full_years, read_date
from .grid import Grid
from .header import header_at, header_texts, row_texts, titles_end
from .headings import OTHER, recognise_under
from .names import looks_like_person
from .result import FIELDS, NAME_FIELDS
from .text import line, words

# Fields whose second column helps out where the first is blank.
_SHARED = {"phone", "email", "subject", "contacts"}
_ADDRESSES = {"phone", "email"}
_SAMPLES = 3


@dataclass
class Table:
    """One header with the rows below it.

    ``start``/``stop`` bound the data rows as indexes into ``Grid.rows``. ``headings`` holds the
    text of every column, ``fields`` the recognised field, OTHER or None, ``scores`` how surely.
    """

    start: int
    stop: int
    header: list[int] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str | None] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)

    def columns(self, name: str) -> list[int]:
        """The columns that feed ``name``, the surest first."""
        found = [index for index, kind in self.fields.items() if kind == name]
        return sorted(found, key=lambda index: -self.scores.get(index, 0))

    def has(self, name: str) -> bool:
        return name in self.fields.values()

    @property
    def names(self) -> bool:
        return any(kind in NAME_FIELDS for kind in self.fields.values())


def find_tables(grid: Grid, *, as_of: date, mapping: dict[int, str] | None = None) -> list[Table]:
    """The tables of a sheet from top to bottom; a sheet with no header is one table.

    A header that comes again with other columns begins a new table. ``mapping`` (column from
    0 -> field or "") overrides what was recognised, in every table.
    """
    tables: list[Table] = []
    index = 0
    while index < len(grid.rows):
        lines = header_at(grid, index, again=bool(tables))
        if lines and tables and _printed_again(grid, tables, index):
            index += 1
        elif lines:
            if tables:
                tables[-1].stop = index
            header = list(range(index, index + lines))
            tables.append(Table(start=index + lines, stop=len(grid.rows), header=header))
            index += lines
        else:
            index += 1
    if not tables or _people_before(grid, tables[0].header[0]):
        # no header at all, or one that comes only on the second page
        stop = tables[0].header[0] if tables else len(grid.rows)
        tables.insert(0, Table(start=titles_end(grid, stop), stop=stop))
    for number, table in enumerate(tables):
        _read_headings(grid, table)
        if number and table.header and _same_columns(tables[number - 1], table):
            # the header of the next printed page: what was found for the first one holds
            table.fields, table.scores = tables[number - 1].fields, tables[number - 1].scores
            continue
        _settle(grid, table, as_of)
        _correct(table, mapping or {})
    return tables


def _printed_again(grid: Grid, tables: list[Table], index: int) -> bool:
    """Whether the row repeats a line of the header above: the next page, not another table."""
    texts = {column: line(text) for column, text in row_texts(grid, index).items()}
    return any(
        texts == {column: line(text) for column, text in row_texts(grid, above).items()}
        for above in tables[-1].header
    )


def _people_before(grid: Grid, first: int) -> bool:
    """Whether the rows over the first header hold a list already, not just titles."""
    rows = (cells for _, cells in grid.rows[:first] if sum(c is not None for c in cells) > 2)
    people = [cells for cells in rows if any(looks_like_person(c) for c in cells if c is not None)]
    return len(people) > 1


def _correct(table: Table, mapping: dict[int, str]) -> None:
    """Put the person's own choice over what was recognised."""
    chosen = {int(column): name if name in FIELDS else OTHER for column, name in mapping.items()}
    taken = set(chosen.values()) - {OTHER}
    if "full_name" in taken:
        taken |= NAME_FIELDS | {"patronymic"}
    elif taken & NAME_FIELDS:
        taken.add("full_name")
    for column, name in table.fields.items():
        if name in taken:
            table.fields[column] = OTHER
    table.fields.update(chosen)


def _same_columns(one: Table, other: Table) -> bool:
    return {i: line(t) for i, t in one.headings.items()} == {
        i: line(t) for i, t in other.headings.items()
    }


def _read_headings(grid: Grid, table: Table) -> None:
    """Fill headings, fields and scores from the header lines."""
    for column, above, text in header_texts(grid, table.header):
        table.headings[column] = " / ".join([*(line(upper) for upper, _ in above), line(text)])
        table.fields[column], table.scores[column] = recognise_under(above, text)


def _values(grid: Grid, table: Table, column: int) -> list:
    found = []
    for _, cells in grid.rows[table.start : table.stop]:
        # a row with a single cell is a section or a note, no evidence for a column
        if column < len(cells) and sum(cell is not None for cell in cells) > 1:
            found.append(cells[column])
    return found or [c[column] for _, c in grid.rows[table.start : table.stop] if column < len(c)]


def _settle(grid: Grid, table: Table, as_of: date) -> None:
    """Check the headings against the cells, name the columns that have no heading."""
    width = max((len(cells) for _, cells in grid.rows[table.start : table.stop]), default=0)
    kinds: dict[int, str | None] = {}

    def kind(column: int) -> str | None:
        if column not in kinds:
            kinds[column] = column_kind(_values(grid, table, column))
        return kinds[column]

    for column, name in list(table.fields.items()):
        if name == "last_name" and kind(column) == "full_name":
            table.fields[column] = "full_name"
        elif name == "full_name" and kind(column) != "full_name":
            after = {kind(c) for c in (column + 1, column + 2) if not table.headings.get(c)}
            if "first_name" in after or "patronymic" in after:
                table.fields[column] = "last_name"
        elif words(table.headings[column]) in {"номер", "адрес"} and kind(column) in _ADDRESSES:
            table.fields[column] = None
        elif name == "is_teacher_mentor" and kind(column) in {"full_name", "last_name"}:
            table.fields[column] = OTHER
        elif (
            name == "total_years"
            and kind(column) == "both_years"
            and not table.has("teaching_years")
        ):
            table.fields[column] = "both_years"
    _drop_rivals(table)
    for column in range(width):
        if table.fields.get(column) is None and kind(column) not in {
            None,
            "years",
            "date",
            "both_years",
        }:
            name = kind(column)
            rival = name == "full_name" and (table.has("last_name") or table.has("first_name"))
            part = name in {"last_name", "first_name", "patronymic"} and table.has("full_name")
            if name and not table.has(name) and not rival and not part:
                if name == "position" and table.has("position_subject"):
                    continue
                table.fields[column], table.scores[column] = name, 1
    _settle_surname(grid, table)
    _settle_dates(
        grid,
        table,
        as_of,
        [c for c in range(width) if table.fields.get(c) is None and kind(c) == "date"],
    )
    if not table.header:
        _settle_years(
            grid, table, [c for c in range(width) if c not in table.fields and kind(c) == "years"]
        )
        for column in range(width):
            if column not in table.fields and kind(column) == "both_years":
                table.fields[column] = "both_years"


def _drop_rivals(table: Table) -> None:
    """Of two columns for one field keep the surer; of equals the left one."""
    for name in set(table.fields.values()) - {None, OTHER} - _SHARED:
        for column in table.columns(name)[1:]:
            table.fields[column] = OTHER
    if table.has("full_name") and table.has("last_name"):
        lesser = (
            "full_name" if table.has("first_name") or table.has("first_patronymic") else "last_name"
        )
        for column in table.columns(lesser):
            table.fields[column] = OTHER


def _settle_surname(grid: Grid, table: Table) -> None:
    """Surnames without a heading: the single words beside the first names."""
    if not table.has("first_name") or table.has("last_name") or table.has("full_name"):
        return
    first = table.columns("first_name")[0]
    after = max([first, *table.columns("patronymic")[:1]])
    for column in (first - 1, after + 1):
        texts = [line(value) for value in _values(grid, table, column) if value is not None]
        single = [text for text in texts if re.fullmatch(r"[^\W\d_][^\W\d_()' -]*", text)]
        if column >= 0 and table.fields.get(column) is None and len(single) * 2 > len(texts):
            table.fields[column], table.scores[column] = "last_name", 1
            return


def _settle_dates(grid: Grid, table: Table, as_of: date, columns: list[int]) -> None:
    """Columns of dates without a heading: the earlier dates are births, the later hirings."""
    middles = []
    for column in columns:
        values = [v for v in _values(grid, table, column) if v is not None]
        dates = [read_date(v, as_of=date(2100, 1, 1))[0] for v in values]
        dates = sorted(d for d in dates if d)
        if dates:
            middles.append((dates[len(dates) // 2], column))
    middles.sort()
    if middles and not table.has("birth_date") and full_years(middles[0][0], as_of) >= 25:
        table.fields[middles.pop(0)[1]] = "birth_date"
    if len(middles) == 1 and not table.has("hired_on") and not table.header:
        table.fields[middles[0][1]] = "hired_on"


def _settle_years(grid: Grid, table: Table, columns: list[int]) -> None:
    """Two columns of small numbers without a heading: the larger is the total service."""
    numbers = {}
    for column in columns:
        texts = [re.match(r"\d+", line(v)) for v in _values(grid, table, column)]
        numbers[column] = [int(m[0]) if m else None for m in texts]
        counted = [n for n in numbers[column] if n is not None]
        if len(counted) > 2 and all(b - a == 1 for a, b in zip(counted, counted[1:], strict=False)):
            del numbers[column]  # 1, 2, 3… are the numbers of the rows
    if len(numbers) != 2:
        return
    (one, left), (two, right) = numbers.items()
    pairs = [(a, b) for a, b in zip(left, right, strict=False) if a is not None and b is not None]
    if all(a >= b for a, b in pairs):
        table.fields[one], table.fields[two] = "total_years", "teaching_years"
    elif all(a <= b for a, b in pairs):
        table.fields[one], table.fields[two] = "teaching_years", "total_years"


def samples(grid: Grid, table: Table, column: int) -> list[str]:
    found: list[str] = []
    for value in _values(grid, table, column):
        text = line(value)
        if text and text not in found:
            found.append(text[:80])
        if len(found) == _SAMPLES:
            break
    return found
