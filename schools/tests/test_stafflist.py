"""The three example lists are read as a careful clerk reads them; the shape is the contract's."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from schools.stafflist import FIELDS, ROW_FIELDS, read

DATA = Path(__file__).parent / "data"
AS_OF = date(2026, 11, 22)


def comparable(value):
    """The contract compares text without regard to case and ё/е."""
    return " ".join(value.split()).casefold().replace("ё", "е") if type(value) is str else value


def rows_of(shape):
    return [{name: comparable(value) for name, value in row.items()} for row in shape["rows"]]


@pytest.mark.parametrize("name", ["staff-a.xlsx", "staff-b.xlsx", "staff-c.csv"])
def test_example_list_equals_what_a_clerk_reads(name):
    truth = json.loads((DATA / f"{name[:7]}.truth.json").read_text())

    shape = read(DATA / name, name=name, as_of=AS_OF).as_json()

    assert rows_of(shape) == rows_of(truth)
    assert shape["problems"] == truth["problems"]
    assert json.loads(json.dumps(shape)) == shape


def xlsx(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream


def read_rows(*rows, **kwargs):
    return read(xlsx(Лист1=rows), name="список.xlsx", as_of=AS_OF, **kwargs)


HEADER = ["№", "ФИО", "Должность", "Дата рождения", "Телефон"]


def test_row_has_exactly_the_keys_of_the_contract():
    result = read_rows(HEADER, [1, "Белых Анна Львовна", "тьютор", "01.02.1980", "9131112233"])

    assert list(result.rows[0].fields) == list(ROW_FIELDS)
    assert set(ROW_FIELDS) < set(FIELDS)
    assert result.as_json()["rows"][0]["birth_date"] == "1980-02-01"


@pytest.mark.parametrize(
    "row",
    [
        ["", "Вакансия", "учитель физики"],
        [5, "", "учитель химии (вакансия)"],
        [5, "-", "0,5 ставки, вакантно"],
        ["", "Итого:", 12],
        ["Всего педагогов: 32"],
        ["Начальная школа"],
        ["", "Специалисты"],
        ["", "Директор школы", "", "_________", "И.И. Иванова"],
        ["Директор школы", "Иванова И.И."],
        ["", "Исп. Иванова М.П., тел. 2-34-56"],
        [1, 2, 3, 4, 5],
        ["№", "ФИО", "Должность", "Дата рождения", "Телефон"],
        [6],
    ],
)
def test_row_that_is_no_person_is_passed_over(row):
    person = [1, "Белых Анна Львовна", "тьютор", "01.02.1980", "9131112233"]
    result = read_rows(HEADER, person, row)

    assert [r.fields["last_name"] for r in result.rows] == ["Белых"]
    assert result.problems == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([2, "", "учитель физики", "01.02.1981", ""], "name_missing"),
        ([2, "Кравец", "учитель физики", "01.02.1981", ""], "name_missing"),
        ([2, "Анна Львовна", "учитель физики", "01.02.1981", ""], "name_missing"),
        ([2, "???", "учитель физики", "01.02.1981", ""], "not_a_person"),
        ([2, "см. приказ 12", "учитель физики", "01.02.1981", ""], "not_a_person"),
        ([2, '=HYPERLINK("http://example.org","Я")', "учитель", "01.02.1981"], "not_a_person"),
        ([2, "Жук Анна Львовна", "учитель", "01.02.2062", ""], "birth_in_future"),
        ([None, "Кравец"], "name_missing"),
        ([1, "Белых Анна Львовна", "тьютор", "01.02.1980", "9131112233"], "duplicate_row"),
        ([7, "БЕЛЫХ АННА ЛЬВОВНА", "", "1.2.80", ""], "duplicate_row"),
    ],
)
def test_row_that_may_be_a_person_is_refused_aloud(row, code):
    person = [1, "Белых Анна Львовна", "тьютор", "01.02.1980", "9131112233"]
    result = read_rows(HEADER, person, row)

    assert [(p.row, p.code, p.kept) for p in result.problems] == [(3, code, False)]
    assert [r.row for r in result.rows] == [2]


def test_namesake_with_another_birth_date_is_another_person():
    result = read_rows(
        HEADER,
        [1, "Белых Анна Львовна", "тьютор", "01.02.1980", ""],
        [2, "Белых Анна Львовна", "тьютор", "01.02.1981", ""],
    )
    assert len(result.rows) == 2
    assert result.problems == []


def test_question_stands_at_the_row_and_in_the_problems():
    result = read_rows(HEADER, [1, "Белых Анна Львовна", "тьютор", "в мае", "2-34-56"])

    assert [q.code for q in result.rows[0].questions] == ["date_unreadable", "value_unreadable"]
    assert result.problems == result.rows[0].questions
    assert result.problems[0].value == "в мае"
    assert result.problems[0].person == "Белых Анна Львовна"
    assert all(p.kept for p in result.problems)


def test_sheets_that_hold_no_staff_are_left_out_with_a_reason():
    result = read(
        xlsx(
            Инструкция=[["Заполните все столбцы"], ["Даты в виде ДД.ММ.ГГГГ"]],
            Корпус_1=[HEADER, [1, "Белых Анна Львовна", "тьютор", "01.02.1980", ""]],
            Корпус_2=[HEADER, [1, "Жук Иван Ильич", "тьютор", "01.02.1980", ""]],
            Вакансии=[["Должность", "Ставка"], ["учитель физики", 1]],
            Ученики=[["ФИО", "Класс", "Дата рождения"], ["Лю Анна Львовна", "5А", "01.02.2015"]],
        ),
        name="x.xlsx",
        as_of=AS_OF,
    )
    assert [(row.sheet, row.row) for row in result.rows] == [("Корпус 1", 2), ("Корпус 2", 2)]
    assert [sheet.used for sheet in result.sheets] == [False, True, True, False, False]
    assert result.sheets[0].why_not == "не найден столбец с фамилиями"
    assert result.sheets[4].why_not == "похоже на список учеников, а не работников"


def test_hidden_sheets_and_rows_are_read():
    stream = xlsx(
        Скрытый=[HEADER, [1, "Жук Иван Ильич", "тьютор"]], Лист=[HEADER, [1, "Лю Анна Львовна"]]
    )
    book = load_workbook(stream)
    book["Скрытый"].sheet_state = "hidden"
    book["Лист"].row_dimensions[2].hidden = True
    stream = BytesIO()
    book.save(stream)

    result = read(stream, name="x.xlsx", as_of=AS_OF)

    assert [row.fields["last_name"] for row in result.rows] == ["Жук", "Лю"]
    assert result.sheets[0].hidden


def test_columns_show_heading_field_and_samples():
    result = read_rows(HEADER, [1, "Белых Анна Львовна", "тьютор", "01.02.1980", ""])

    sheet = result.sheets[0]
    assert sheet.header_rows == [1]
    assert [(c.index, c.heading, c.field) for c in sheet.columns] == [
        (0, "№", None),
        (1, "ФИО", "full_name"),
        (2, "Должность", "position"),
        (3, "Дата рождения", "birth_date"),
        (4, "Телефон", "phone"),
    ]
    assert sheet.columns[1].samples == ["Белых Анна Львовна"]


def test_mapping_of_a_person_overrides_what_was_recognised():
    rows = (
        ["Кадр", "Ещё", "Когда", "Дата рождения"],
        ["Белых", "Анна", "01.09.2020", "01.02.1980"],
        ["Жук", "Иван", "01.09.2021", "01.02.1981"],
    )
    mapping = {"Лист1": {0: "last_name", "1": "first_name", 2: "hired_on", 3: ""}}

    result = read_rows(*rows, mapping=mapping)

    assert [r.fields["last_name"] for r in result.rows] == ["Белых", "Жук"]
    assert result.rows[0].fields["hired_on"] == date(2020, 9, 1)
    assert result.rows[0].fields["birth_date"] is None
    assert result.sheets[0].columns[2].field == "hired_on"


def test_mapping_makes_an_unfit_sheet_read():
    rows = [["ФИО", "Класс"], ["Лю Анна Львовна", "тьютор"]]
    stream = xlsx(Ученики=rows)
    assert read(stream, name="x", as_of=AS_OF).rows == []

    result = read(stream, name="x", as_of=AS_OF, mapping={"Ученики": {1: "position"}})

    assert result.rows[0].fields["position"] == "тьютор"


def test_second_table_of_a_sheet_has_columns_of_its_own():
    result = read_rows(
        ["ФИО", "Телефон", "Должность"],
        ["Лю Анна Львовна", "89131112233", "директор"],
        ["Учителя"],
        ["ФИО", "Должность", "Телефон"],
        ["Жук Иван Ильич", "учитель физики", "89131112234"],
    )
    assert [r.fields["phone"] for r in result.rows] == ["+79131112233", "+79131112234"]
    assert result.rows[1].fields["subject"] == "физика"


def test_people_over_the_first_header_are_not_lost():
    result = read_rows(
        ["Лю Анна Львовна", "директор", "01.02.1980"],
        ["Жук Иван Ильич", "завуч", "01.02.1981"],
        ["ФИО", "Должность", "Дата рождения"],
        ["Белых Олег Львович", "тьютор", "01.02.1982"],
    )
    assert [r.fields["last_name"] for r in result.rows] == ["Лю", "Жук", "Белых"]
    assert result.rows[0].fields["birth_date"] == date(1980, 2, 1)


def test_second_post_under_a_merged_name_is_not_passed_over_in_silence():
    result = read_rows(
        HEADER, [1, "Лю Анна Львовна", "учитель физики"], [None, None, "учитель химии"]
    )
    assert [r.row for r in result.rows] == [2]
    assert [(p.row, p.code) for p in result.problems] == [(3, "name_missing")]


def test_director_of_a_list_with_room_for_signatures_is_not_taken_for_a_signature():
    result = read_rows(
        ["ФИО", "Должность", "Ознакомлен"],
        ["Жук И.И.", "директор", "________"],
        ["Лю А.Л.", "заместитель директора по УВР", "________"],
    )
    assert [r.fields["last_name"] for r in result.rows] == ["Жук", "Лю"]


def test_category_in_the_cell_of_the_post_is_read():
    result = read_rows(
        ["ФИО", "Должность, категория"],
        ["Лю Анна Львовна", "учитель физики, высшая категория"],
        ["Жук Иван Ильич", "учитель химии первой категории"],
        ["Белых Олег Львович", "тьютор, СЗД"],
    )
    fields = [row.fields for row in result.rows]
    assert [f["category"] for f in fields] == ["HIGHEST", "FIRST", "SOZD"]
    assert [f["position"] for f in fields] == ["учитель", "учитель", "тьютор"]
    assert [f["subject"] for f in fields] == ["физика", "химия", ""]


def test_category_ticked_in_columns_of_its_own():
    result = read_rows(
        ["ФИО", "Должность", "Категория", None, None, "Дата рождения"],
        [None, None, "высшая", "первая", "СЗД", None],
        ["Лю Анна Львовна", "тьютор", None, "+", None, "01.02.1980"],
        ["Жук Иван Ильич", "тьютор", None, None, "да", "01.02.1981"],
    )
    assert [row.fields["category"] for row in result.rows] == ["FIRST", "SOZD"]
    assert result.sheets[0].header_rows == [1, 2]


def test_heading_written_in_two_cells_is_one_heading():
    result = read_rows(
        ["Фамилия,", "Дата", "Общий", "Педаг.", "Дата"],
        ["имя, отчество", "рождения", "стаж", "стаж", "приёма"],
        ["Лю Анна Львовна", "01.02.1980", 20, 18, "01.09.2010"],
    )
    fields = result.rows[0].fields
    assert (fields["total_years"], fields["teaching_years"]) == (20, 18)
    assert fields["birth_date"] == date(1980, 2, 1)
    assert fields["hired_on"] == date(2010, 9, 1)


def test_subject_stays_in_a_post_where_other_teachers_are_told_apart_by_nothing():
    result = read_rows(
        ["ФИО", "Должность"],
        ["Лю Анна Львовна", "учитель"],
        ["Жук Иван Ильич", "учитель физической культуры"],
    )
    assert [row.fields["subject"] for row in result.rows] == ["", ""]


def test_sheet_of_birthdays_only_repeats_the_staff():
    result = read(
        xlsx(
            Кадры=[HEADER, [1, "Лю Анна Львовна", "тьютор", "01.02.1980", "9131112233"]],
            Дни_рождения=[["ФИО", "Дата рождения"], ["Лю Анна Львовна", "01.02.1980"]],
        ),
        name="x",
        as_of=AS_OF,
    )
    assert len(result.rows) == 1
    assert [(p.sheet, p.row, p.code) for p in result.problems] == [
        ("Дни рождения", 2, "duplicate_row")
    ]
