"""Reads the rows of one sheet's tables into persons and problems."""

from dataclasses import dataclass, field
from datetime import date

from . import jobs, names, values
from .dates import read_date
from .grid import Grid
from .lines import is_header_again, is_lone, is_note, is_numbering, name_cells
from .result import ABOUT, ROW_FIELDS, Problem, StaffRow
from .table import Table
from .text import Formula, clean, is_silent, key, line

_YOUNGEST = 14  # years; by law nobody works at a school earlier
_DATE_ABOUT = {
    ("birth_date", "date_incomplete"): "дата рождения неполная (нет дня или месяца)",
    ("birth_date", "date_unreadable"): "дата рождения не распознана",
    ("hired_on", "date_incomplete"): "дата приёма неполная (только год)",
    ("hired_on", "date_unreadable"): "дата приёма не распознана",
}
_MARKS = {
    "category_highest": "HIGHEST",
    "category_first": "FIRST",
    "category_sozd": "SOZD",
    "category_none": "NONE",
}


@dataclass
class _Reading:
    """One row being read: the cells by field, what was found, what was asked."""

    sheet: str
    number: int
    table: Table
    cells: list
    as_of: date
    epoch_1904: bool
    fields: dict = field(default_factory=lambda: dict(_EMPTY))
    questions: list[Problem] = field(default_factory=list)

    def cell(self, name: str):
        """The first cell of that field that says something, else None."""
        for column in self.table.columns(name):
            value = self.cells[column] if column < len(self.cells) else None
            if value is not None and not is_silent(line(value)):
                return value
        return None

    def ask(self, code: str, name: str, value: object, about: str = "") -> None:
        text = about or f"{ABOUT[code]}: {ROW_FIELDS.get(name, name).lower()}"
        self.questions.append(
            Problem(self.sheet, self.number, code, text, field=name, value=line(value)[:200])
        )


_EMPTY = {
    name: None
    if name in {"birth_date", "hired_on", "total_years", "teaching_years"}
    else (False if name == "is_teacher_mentor" else "")
    for name in ROW_FIELDS
}


@dataclass
class Habits:
    """What a column's cells show together: the order of names, how posts are written."""

    surname_last: bool = False
    subject_in_post: bool = True


def habits_of(grid: Grid, table: Table) -> Habits:
    def column(name: str) -> list[str]:
        found = table.columns(name)[:1]
        return [
            clean(cells[found[0]])
            for _, cells in grid.rows[table.start : table.stop]
            if found and found[0] < len(cells) and cells[found[0]] is not None
        ]

    posts = [key(text) for text in column("position")]
    # Where some teachers are just «учитель», this list does not tell subjects in the post:
    # «учитель физической культуры» is then a post like any other.
    plain = any(text == "учитель" for text in posts)
    split = any(
        post in {"учитель", "преподаватель"} and subject
        for post, subject in map(jobs.split_position, posts)
    )
    return Habits(names.surname_comes_last(column("full_name")), split or not plain)


def read_rows(grid: Grid, table: Table, *, as_of: date) -> tuple[list[StaffRow], list[Problem]]:
    """Persons and refusals of one table; questions about kept rows are in both places."""
    rows: list[StaffRow] = []
    problems: list[Problem] = []
    habits = habits_of(grid, table)
    for number, cells in grid.rows[table.start : table.stop]:
        if is_numbering(cells) or is_header_again(grid, table, cells) or is_note(table, cells):
            continue
        reading = _Reading(grid.name, number, table, cells, as_of, grid.epoch_1904)
        refused = _read_name(reading, habits)
        if not refused:
            _read_fields(reading, habits)
            refused = _impossible(reading)
        first = _first_name_text(reading)
        person = " ".join(
            reading.fields[part] for part in ("last_name", "first_name", "patronymic")
        ).strip()
        if refused:
            code, about = refused
            problems.append(Problem(grid.name, number, code, about, first, False, person))
            continue
        for question in reading.questions:
            question.fio, question.person, question.kept = first, person, True
        rows.append(StaffRow(grid.name, number, reading.fields, reading.questions, first))
        problems += reading.questions
    return rows, problems


def _first_name_text(reading: _Reading) -> str:
    """The first filled name cell: a whole name from one column, a surname from three."""
    for value in name_cells(reading.table, reading.cells).values():
        text = line(value)
        if isinstance(value, Formula):
            return text.split("(")[0][:60]
        return text[:120]
    return ""


def _read_name(reading: _Reading, habits: Habits) -> tuple[str, str] | None:
    """Fill the three parts of the name, or say why the row is refused."""
    cells = name_cells(reading.table, reading.cells)
    if any(isinstance(value, Formula) for value in cells.values()):
        return "not_a_person", ABOUT["not_a_person"]
    if not cells:
        # Someone may have typed the name one column aside: say so rather than drop the row.
        return "name_missing", "нет фамилии и имени"
    whole = reading.cell("full_name")
    last, first = reading.cell("last_name"), reading.cell("first_name")
    both, patronymic = reading.cell("first_patronymic"), reading.cell("patronymic")
    if whole is None and last is not None and first is None and both is None and not patronymic:
        whole = last  # the whole name typed into the surname's column
    if whole is not None:
        lone = is_lone(reading.cells) and not names.looks_like_person(whole)
        if lone and len(line(whole).split()) > 1 or not names.may_be_person(whole):
            return "not_a_person", ABOUT["not_a_person"]
        name = names.split_name(whole, surname_last=habits.surname_last)
        found = [name.last, name.first, name.patronymic]
        if patronymic is not None and not name.patronymic:
            found[2] = names.part(patronymic)
        if not reading.table.has("position") and jobs.is_post(name.rest):
            reading.fields["position"] = name.rest
    else:
        if not names.may_be_parts(last, [first, both, patronymic]):
            return "not_a_person", ABOUT["not_a_person"]
        found = [names.part(last), names.part(first), names.part(patronymic)]
        if both is not None:
            found[1], found[2] = _first_and_patronymic(line(both))
    reading.fields.update(zip(("last_name", "first_name", "patronymic"), found, strict=True))
    if not found[0]:
        return "name_missing", "нет фамилии"
    if not found[1]:
        return "name_missing", "нет имени"
    return None


def _first_and_patronymic(text: str) -> tuple[str, str]:
    """«И.О.» and «Мария Ивановна» from beside a surname: read with any surname in front."""
    name = names.split_name(f"Иванова {text}")
    return name.first, name.patronymic


def _read_fields(reading: _Reading, habits: Habits) -> None:
    _read_dates(reading)
    _read_service(reading)
    _read_job(reading, habits)
    _read_category(reading)
    _read_contacts(reading)


def _read_dates(reading: _Reading) -> None:
    for name, young in (("birth_date", _YOUNGEST), ("hired_on", 0)):
        value = reading.cell(name)
        found, code = read_date(
            value, as_of=reading.as_of, young=young, epoch_1904=reading.epoch_1904
        )
        reading.fields[name] = found
        if code:
            reading.ask(code, name, value, _DATE_ABOUT[name, code])


def _read_service(reading: _Reading) -> None:
    for name in ("both_years", "both_years_reversed"):
        value = reading.cell(name)
        if value is not None:
            total, teaching, code = values.read_both_years(
                value, as_of=reading.as_of, reverse=name == "both_years_reversed"
            )
            reading.fields.update(total_years=total, teaching_years=teaching)
            if code:
                reading.ask(code, "total_years", value)
    for name in ("total_years", "teaching_years"):
        value = reading.cell(name)
        if value is not None:
            reading.fields[name], code = values.read_years(value, as_of=reading.as_of)
            if code:
                reading.ask(code, name, value)


def _read_job(reading: _Reading, habits: Habits) -> None:
    aside = reading.fields["position"]  # written beside the name
    post, both = reading.cell("position"), reading.cell("position_subject")
    subject_cell = reading.cell("subject")
    for name, value in (
        ("position", post if post is not None else both),
        ("subject", subject_cell),
    ):
        if isinstance(value, Formula):
            reading.ask("value_unreadable", name, value)
    post, both, subject_cell = (
        None if isinstance(value, Formula) else value for value in (post, both, subject_cell)
    )
    text = clean(both if both is not None else post if post is not None else aside)
    text, grade = jobs.split_grade(text)
    if grade and not reading.table.has("category"):
        reading.fields["category"] = values.read_category(grade)[0]
    subject = jobs.read_subject(subject_cell)
    position = jobs.read_position(text)
    if not subject:
        own = reading.table.has("subject")
        split, found = jobs.split_position(text)
        if both is not None or not own:
            if both is not None or habits.subject_in_post:
                position, subject = split, found
        elif key(split).startswith("учитель") and found:
            position, subject = split, found
    reading.fields.update(position=position, subject=subject)


def _read_category(reading: _Reading) -> None:
    value = reading.cell("category")
    if value is not None:
        category, mentor, code = values.read_category(value)
        reading.fields.update(category=category, is_teacher_mentor=mentor)
        if code:
            reading.ask(code, "category", value)
    for name, category in _MARKS.items():
        mark = reading.cell(name)
        if mark is not None and values.read_mark(mark) and not reading.fields["category"]:
            reading.fields["category"] = category
    flag = reading.cell("is_teacher_mentor")
    if flag is not None and not isinstance(flag, Formula) and values.read_mark(flag):
        reading.fields["is_teacher_mentor"] = True
    if values.names_mentor(reading.fields["position"]):
        reading.fields["is_teacher_mentor"] = True


def _read_contacts(reading: _Reading) -> None:
    phone, email, mixed = (reading.cell(name) for name in ("phone", "email", "contacts"))
    if mixed is not None:
        phone, email = phone or _phone_part(mixed), email or _email_part(mixed)
    else:
        # an address typed into the telephone's column, or the other way round
        if email is None and phone is not None and values.find_email(clean(phone)):
            phone, email = _phone_part(phone), _email_part(phone)
        elif phone is None and email is not None and values.read_phone(email)[0]:
            phone, email = _phone_part(email), _email_part(email)
    reading.fields["phone"], code = values.read_phone(phone)
    if code:
        reading.ask(code, "phone", phone)
    reading.fields["email"], code = values.read_email(email)
    if code:
        reading.ask(code, "email", email, ABOUT["email_unreadable"])


def _email_part(value: object) -> str | None:
    return values.find_email(clean(value)) or None


def _phone_part(value: object) -> str | None:
    if isinstance(value, Formula):
        return value.text
    rest = " ".join(word for word in clean(value).replace(",", " ").split() if "@" not in word)
    return rest if any(c.isdigit() for c in rest) else None


def _impossible(reading: _Reading) -> tuple[str, str] | None:
    """Dates that cannot both be true: such a row is refused as a whole."""
    born, hired = reading.fields["birth_date"], reading.fields["hired_on"]
    if born and born > reading.as_of:
        return "birth_in_future", ABOUT["birth_in_future"]
    if born and hired and hired <= born:
        return "hired_before_birth", ABOUT["hired_before_birth"]
    return None
