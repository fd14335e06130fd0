"""What kind of line a row of a table is: a person, a total, a section, a note."""

import re
from datetime import date

from .dates import read_date
from .grid import Grid
from .headings import OTHER
from .jobs import is_post
from .names import looks_like_person, may_be_person, suspicious
from .result import NAME_FIELDS
from .table import Table
from .text import Formula, is_silent, key, line, words
from .values import find_email, is_vacancy, read_phone

_TOTAL = re.compile(
    r"^(итого|всего|из них|в том числе|общее (количество|число)|количество|число (педагог"
    r"|работ|сотр)|средний)"
)
_PLURAL = re.compile(r"^(учителя|педагоги|воспитатели|специалисты|работники|преподаватели|прочие)")
_SIGNATURE = re.compile(
    r"^(директор|начальник|и о директор|зам директор|заместитель директора|заведующ"
    r"|председатель|исп\b"
    r"|исполнитель|согласовано"
    r"|утвержда|составил|ответственн|секретарь|специалист по кадрам|делопроизводител|м ?п$"
    r"|подпис|примечан"
    r"|дата составл|дата заполн|дата$|список составил|главный бухгалтер|руководител|профком"
    r"|тел\b|принято|рассмотрено"
    r"|печать|\* |приложение|данные (верны|на)|сведения (верны|на)|по состоянию|источник)"
)


def is_numbering(cells: list) -> bool:
    """The row «1 2 3 4 …» under a header."""
    texts = [line(cell) for cell in cells if cell is not None and not is_silent(line(cell))]
    if len(texts) < 3 or not all(re.fullmatch(r"\d{1,2}(\.0)?|\d{1,2}\.\d", t) for t in texts):
        return False
    numbers = [float(text) for text in texts]
    return all(0 < b - a <= 1.01 for a, b in zip(numbers, numbers[1:], strict=False))


def is_header_again(grid: Grid, table: Table, cells: list) -> bool:
    """The header, or a line of it, repeated on the next printed page."""
    for index in table.header:
        header = {
            column: key(value)
            for column, value in enumerate(grid.rows[index][1])
            if value is not None and not is_silent(line(value))
        }
        filled = {
            c: key(v) for c, v in enumerate(cells) if v is not None and not is_silent(line(v))
        }
        same = sum(header.get(column) == text for column, text in filled.items())
        if len(filled) >= 2 and same * 2 > len(filled):
            return True
    return False


def filled(table: Table, cells: list) -> dict[int, str]:
    """Cells that say something, without the row's number and other columns not needed."""
    return {
        column: line(value)
        for column, value in enumerate(cells)
        if value is not None and not is_silent(line(value)) and table.fields.get(column) != OTHER
    }


def name_cells(table: Table, cells: list) -> dict[int, object]:
    return {
        column: cells[column]
        for column, name in sorted(table.fields.items())
        if (name in NAME_FIELDS or name == "patronymic")
        and column < len(cells)
        and cells[column] is not None
        and not is_silent(line(cells[column]))
    }


def is_note(table: Table, cells: list) -> bool:
    """Whether the row is surely no person: section, total, signature, vacancy, empty number.

    In doubt the answer is no: the row is then read, and reported if it cannot be.
    """
    said = {c: line(v) for c, v in enumerate(cells) if v is not None and not is_silent(line(v))}
    if not said:
        return True
    data = filled(table, cells)
    names = name_cells(table, cells)
    if any(isinstance(value, Formula) for value in names.values()):
        return False
    texts = list(said.values())
    person = any(looks_like_person(value) for value in names.values())
    pieces = sum(table.fields.get(column) in NAME_FIELDS for column in names) > 1
    if is_lone(cells):
        return not person and not _lone_person(table, said)
    totals = [column for column, text in said.items() if _TOTAL.search(words(text))]
    if totals and not person and totals[0] in {min(said), *list(names)[:1]}:
        return True
    vacant = all(is_vacancy(value) or not may_be_person(value) for value in names.values())
    if any(map(is_vacancy, texts)) and vacant and not person:
        return True
    signed = [column for column, text in said.items() if _SIGNATURE.search(words(text))]
    post = {c for c in signed if table.fields.get(c) in {"position", "position_subject"}}
    if person and set(signed) - post and set(data) <= set(names) | set(signed):
        return True  # «Директор школы | Иванова И.И.» under the table
    typed = [text for text in data.values() if find_email(text) or read_phone(text)[0]]
    dated = [
        column
        for column, text in data.items()
        if table.fields.get(column) in {"birth_date", "hired_on"}
        and read_date(cells[column], as_of=date(2100, 1, 1))[0]
    ]
    drawn = [c for c, value in enumerate(cells) if value is not None and "__" in str(value)]
    # «Директор ____ И.И. Иванова», wherever its cells happen to fall; but a list may have a
    # column to sign in, and then «Иванова И.И. | директор | ____» is a person.
    named = {table.fields[column] for column in names} & {"full_name", "last_name"}
    odd = set(signed) - post or any(table.fields.get(c) not in {None, OTHER} for c in drawn)
    if signed and drawn and (odd or not named) and not typed and not dated:
        return True
    nobody = not person and not pieces and not typed and not dated
    if signed and nobody and (drawn or len(said) <= 4 and set(signed) - post):
        return True
    # a number drawn in advance, or amounts under the table
    return not names and set(data) <= _years_columns(table) | _loose(table)


def _years_columns(table: Table) -> set[int]:
    kinds = {"total_years", "teaching_years", "both_years", "is_teacher_mentor"}
    return {column for column, name in table.fields.items() if name in kinds}


def _loose(table: Table) -> set[int]:
    """Columns that are not recognised: what they hold says nothing about a person."""
    return {c for c in range(250) if table.fields.get(c) is None}


def is_lone(cells: list) -> bool:
    """Whether the row has one text: in one cell, or in a merged one filled all over."""
    return len({key(v) for v in cells if v is not None and not is_silent(line(v))}) == 1


def _lone_person(table: Table, said: dict[int, str]) -> bool:
    """Whether a lone cell might be someone all the same."""
    column, text = next(iter(said.items()))
    if _SIGNATURE.search(words(text)):
        return False
    if column and table.fields.get(column) in {"position", "position_subject"}:
        # a second post of the person above, or a post whose holder is not written
        return is_post(text) and not _PLURAL.search(words(text)) and not is_vacancy(text)
    if table.fields.get(column) in NAME_FIELDS and suspicious(text):
        return True
    if looks_like_person(text):
        return True
    return bool(find_email(text) or read_phone(text)[0]) and table.fields.get(column) not in {
        None,
        OTHER,
    }
