"""What a reading gives back: sheets with their columns, rows, problems."""

from dataclasses import dataclass, field
from datetime import date

# The fields that a person may assign to a column, with the words shown in the choice.
# The first thirteen are the keys of a row; the rest are columns that feed several keys.
ROW_FIELDS = {
    "last_name": "Фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество",
    "birth_date": "Дата рождения",
    "position": "Должность",
    "subject": "Предмет",
    "category": "Квалификационная категория",
    "is_teacher_mentor": "Категория «педагог-наставник» (да или нет)",
    "total_years": "Общий стаж, лет",
    "teaching_years": "Педагогический стаж, лет",
    "hired_on": "Дата приёма на работу",
    "phone": "Телефон",
    "email": "Электронная почта",
}
FIELDS = {
    **ROW_FIELDS,
    "full_name": "Фамилия, имя, отчество в одной ячейке",
    "first_patronymic": "Имя и отчество в одной ячейке",
    "position_subject": "Должность и предмет в одной ячейке",
    "both_years": "Стаж общий и педагогический в одной ячейке",
    "both_years_reversed": "Стаж педагогический и общий в одной ячейке",
    "contacts": "Телефон и почта в одной ячейке",
    "category_highest": "Отметка: высшая категория",
    "category_first": "Отметка: первая категория",
    "category_sozd": "Отметка: соответствие занимаемой должности",
    "category_none": "Отметка: без категории",
}
NAME_FIELDS = frozenset({"full_name", "last_name", "first_name", "first_patronymic"})

# Every way in which a row may trouble the reader, with the words of the report.
ABOUT = {
    "name_missing": "нет фамилии или имени",
    "not_a_person": "не похоже на ФИО",
    "duplicate_row": "повтор строки",
    "birth_in_future": "дата рождения в будущем",
    "hired_before_birth": "принят раньше рождения",
    "date_incomplete": "дата неполная",
    "date_unreadable": "дата не распознана",
    "email_unreadable": "адрес почты не распознан",
    "value_unreadable": "значение не распознано",
}


@dataclass
class Problem:
    """One thing about one row that a person must look at.

    ``kept`` says whether the row is in ``rows`` all the same. ``fio`` is what stands in the
    first filled name cell, ``person`` the name put together from all name cells, ``field``
    and ``value`` the key concerned and the cell as written (empty where the row as a whole
    is concerned).
    """

    sheet: str
    row: int
    code: str
    about: str
    fio: str = ""
    kept: bool = False
    person: str = ""
    field: str = ""
    value: str = ""

    def as_json(self) -> dict:
        shape = {
            "sheet": self.sheet,
            "row": self.row,
            "code": self.code,
            "about": self.about,
            "fio": self.fio,
        }
        if self.kept:
            shape["kept"] = True
        return shape


@dataclass
class StaffRow:
    """One person as the list has them.

    ``fields`` has exactly the keys of ``ROW_FIELDS``: dates or None, whole years or None,
    ``is_teacher_mentor`` true or false, everything else text ("" where the list is silent).
    """

    sheet: str
    row: int
    fields: dict
    questions: list[Problem] = field(default_factory=list)
    fio: str = ""

    @property
    def person(self) -> str:
        parts = (self.fields[part] for part in ("last_name", "first_name", "patronymic"))
        return " ".join(part for part in parts if part)

    def as_json(self) -> dict:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.fields.items()
        }


@dataclass
class Column:
    """One column: its place (from 0), heading as written, recognised field or None."""

    index: int
    heading: str
    field: str | None
    samples: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """One sheet: what was found in it, and why it was not used (empty when it was)."""

    name: str
    header_rows: list[int] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    used: bool = False
    why_not: str = ""
    hidden: bool = False


@dataclass
class StaffList:
    sheets: list[Sheet] = field(default_factory=list)
    rows: list[StaffRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict:
        """The shape of the public contract, made of plain JSON values."""
        return {
            "rows": [row.as_json() for row in self.rows],
            "problems": [problem.as_json() for problem in self.problems],
        }
