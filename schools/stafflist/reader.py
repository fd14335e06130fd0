"""From a file to a staff list: every sheet, then what only the whole list shows."""

from datetime import date

from .files import open_grids
from .grid import Grid
from .headings import OTHER, speaks_of_students
from .result import ABOUT, FIELDS, Column, Problem, Sheet, StaffList, StaffRow
from .rows import read_rows
from .table import Table, find_tables, samples
from .text import key, line

# Any of these shows that the people of a sheet work at the school.
_WORK = {
    "position", "position_subject", "subject", "category", "total_years", "teaching_years",
    "both_years", "both_years_reversed", "hired_on",
}  # fmt: skip


def read(path_or_file, *, name: str, as_of: date, mapping: dict | None = None) -> StaffList:
    """Read a school's staff list.

    Args:
        path_or_file: a path, or a binary file open for reading.
        name: the file's name as the person knows it, for messages.
        as_of: the day on which years of service are counted and a birth counts as future.
        mapping: the person's correction, {sheet name: {column from 0: field or ""}};
            the fields are the keys of ``FIELDS``, "" means «do not use». Columns that it does
            not name stay as recognised. A sheet it names is read even if it seems unfit.

    Raises:
        ListError: the file as a whole cannot be read; see its codes.
    """
    result = StaffList()
    for grid in open_grids(path_or_file, name=name):
        chosen = (mapping or {}).get(grid.name) or {}
        tables = find_tables(grid, as_of=as_of, mapping=chosen)
        sheet = _describe(grid, tables)
        result.sheets.append(sheet)
        sheet.why_not = "" if any(f for f in chosen.values()) else _unfit(grid, tables)
        if not sheet.why_not and not any(table.names for table in tables):
            sheet.why_not = "не найден столбец с фамилиями"
        if sheet.why_not:
            continue
        sheet.used = True
        for table in tables:
            rows, problems = read_rows(grid, table, as_of=as_of)
            result.rows += rows
            result.problems += problems
    _refuse_repeats(result)
    order = {sheet.name: number for number, sheet in enumerate(result.sheets)}
    result.problems.sort(key=lambda problem: (order[problem.sheet], problem.row))
    return result


def _describe(grid: Grid, tables: list[Table]) -> Sheet:
    table = max(
        tables, key=lambda table: sum(f not in {None, OTHER} for f in table.fields.values())
    )
    width = max((len(cells) for _, cells in grid.rows), default=0)
    columns = []
    for index in range(width):
        field = table.fields.get(index)
        columns.append(
            Column(
                index=index,
                heading=table.headings.get(index, ""),
                field=field if field in FIELDS else None,
                samples=samples(grid, table, index),
            )
        )
    headers = [grid.rows[i][0] for table in tables for i in table.header]
    return Sheet(grid.name, headers, columns, hidden=grid.hidden)


def _unfit(grid: Grid, tables: list[Table]) -> str:
    """Why the sheet is no staff list, "" if it may be one."""
    if not grid.rows:
        return "лист пустой"
    found = {field for table in tables for field in table.fields.values()}
    if found & _WORK:
        return ""
    first = tables[0].header[0] if tables[0].header else 0
    titles = [line(c) for _, cells in grid.rows[:first] for c in cells if c is not None]
    headings = [text for table in tables for text in table.headings.values()]
    spoken = [grid.name, *titles, *headings]
    if any(speaks_of_students(text) or key(text) in {"класс", "группа"} for text in spoken):
        return "похоже на список учеников, а не работников"
    return ""


def _refuse_repeats(result: StaffList) -> None:
    """Refuse a row that says nothing new about someone already read; the first one stays.

    Exactly equal rows are repeats. A later row that only leaves some fields empty is one too,
    if the birth dates agree, or if it stands on another sheet. The same name with another
    birth date, post or anything else is another person or another post, and stays.
    """
    seen: dict[tuple, list[tuple[str, dict]]] = {}
    kept = []
    for row in result.rows:
        said = {name: key(v) if isinstance(v, str) else v for name, v in row.fields.items()}
        person = (said["last_name"], said["first_name"], said["patronymic"])
        earlier = seen.setdefault(person, [])
        if any(_repeats(said, other, row.sheet != sheet) for sheet, other in earlier):
            _refuse(result, row)
        else:
            earlier.append((row.sheet, said))
            kept.append(row)
    result.rows = kept


def _repeats(said: dict, earlier: dict, other_sheet: bool) -> bool:
    differing = [name for name, value in said.items() if value != earlier[name]]
    if any(said[name] not in (None, "", False) for name in differing):
        return False
    same_birth = said["birth_date"] is not None and "birth_date" not in differing
    return not differing or other_sheet or same_birth


def _refuse(result: StaffList, row: StaffRow) -> None:
    result.problems = [p for p in result.problems if (p.sheet, p.row) != (row.sheet, row.row)]
    result.problems.append(
        Problem(
            row.sheet, row.row, "duplicate_row", ABOUT["duplicate_row"], row.fio, False, row.person
        )
    )
