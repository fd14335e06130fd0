"""Kinds of values, one table each: the cell as clerks write it, and what it means."""

from datetime import date, datetime, time

import pytest

from schools.stafflist import jobs, names, values
from schools.stafflist.dates import read_date
from schools.stafflist.headings import OTHER, recognise
from schools.stafflist.text import Formula

AS_OF = date(2026, 11, 22)


def midnight(year, month, day):
    """A date as a workbook gives it."""
    return datetime.combine(date(year, month, day), time())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (midnight(1978, 1, 16), date(1978, 1, 16)),
        ("16.01.1978", date(1978, 1, 16)),
        ("16.1.78", date(1978, 1, 16)),
        ("1978-01-16", date(1978, 1, 16)),
        ("1978-01-16 00:00:00", date(1978, 1, 16)),
        ("16/01/1978", date(1978, 1, 16)),
        ("01/16/1978", date(1978, 1, 16)),
        ("16,01,1978", date(1978, 1, 16)),
        ("16. 01. 1978", date(1978, 1, 16)),
        ("16.01.1978г.", date(1978, 1, 16)),
        ("16.01.1978 (48 лет)", date(1978, 1, 16)),
        ("16 января 1978 г.", date(1978, 1, 16)),
        ("«16» мая 1978 года", date(1978, 5, 16)),
        ("16-янв-78", date(1978, 1, 16)),
        ("12.1о.1980", date(1980, 10, 12)),
        ("28.05.63", date(1963, 5, 28)),
        ("28.06.03", date(2003, 6, 28)),
        (28506, date(1978, 1, 16)),
        ("28506", date(1978, 1, 16)),
        ("01.09.2015, пр. № 45", date(2015, 9, 1)),
        ("приказ № 45 от 28.08.2015, с 01.09.2015", date(2015, 9, 1)),
        ("-", None),
        ("", None),
        ("2015", "date_incomplete"),
        (2015, "date_incomplete"),
        ("с 2015 г.", "date_incomplete"),
        ("сентябрь 2015", "date_incomplete"),
        ("09.2015", "date_incomplete"),
        ("31.02.1980", "date_unreadable"),
        ("01.09.20155", "date_unreadable"),
        ("не помню", "date_unreadable"),
        (Formula("=TODAY()"), "date_unreadable"),
    ],
)
def test_date(cell, expected):
    found, code = read_date(cell, as_of=AS_OF, young=14)
    assert (found or code or None) == expected


def test_two_digit_year_of_a_hiring_is_recent_and_of_a_birth_is_not():
    assert read_date("01.09.24", as_of=AS_OF)[0] == date(2024, 9, 1)
    assert read_date("01.09.24", as_of=AS_OF, young=14)[0] == date(1924, 9, 1)


def test_serial_date_of_a_1904_book():
    assert read_date(28506 - 1462, as_of=AS_OF, epoch_1904=True)[0] == date(1978, 1, 16)


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        (25, 25),
        (12.7, 12),
        ("5,5", 5),
        ("2 года 3 мес.", 2),
        ("12 л 5 м 3 дн", 12),
        ("12-05-03", 12),
        ("5 л.", 5),
        ("21г", 21),
        ("20+", 20),
        ("более 20 лет", 20),
        ("25 лет (с 2001)", 25),
        ("менее года", 0),
        ("до 1 года", 0),
        ("11 мес.", 0),
        ("б/с", 0),
        ("нет", 0),
        ("с 2015 г.", 11),
        (2015, 11),
        ("01.12.2015", 10),
        (midnight(2015, 9, 1), 11),
        (midnight(1900, 1, 25), 25),
        ("-", None),
        ("", None),
        ("сорок", "value_unreadable"),
        (120, "value_unreadable"),
        (Formula("=A1"), "value_unreadable"),
    ],
)
def test_years(cell, years):
    found, code = values.read_years(cell, as_of=AS_OF)
    assert (code or found) == years


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("3/2", (3, 2)),
        ("12 лет/10 лет", (12, 10)),
        ("20 (18)", (20, 18)),
        ("20; 18", (20, 18)),
        ("20 лет 18 лет", (20, 18)),
        ("20 л. 3 мес. / 18 л.", (20, 18)),
        ("общ. 20, пед. 18", (20, 18)),
        ("пед. 18, общ. 20", (20, 18)),
        ("общий – 20 лет\nпедагогический – 18 лет", (20, 18)),
        ("б/с", (0, 0)),
    ],
)
def test_both_years_in_one_cell(cell, pair):
    assert values.read_both_years(cell, as_of=AS_OF) == (*pair, "")


def test_both_years_in_the_order_of_the_heading():
    assert values.read_both_years("2/3", as_of=AS_OF, reverse=True) == (3, 2, "")
    assert values.read_both_years("5", as_of=AS_OF) == (None, None, "value_unreadable")


@pytest.mark.parametrize(
    ("cell", "category"),
    [
        ("высшая", "HIGHEST"),
        ("в/к", "HIGHEST"),
        ("ВКК", "HIGHEST"),
        ("выс.", "HIGHEST"),
        ("высшaя", "HIGHEST"),  # a Latin «a»
        ("Высшая кв.к. 25.12.2023 № 1", "HIGHEST"),
        ("первая, 12.2024 приказ № 1", "FIRST"),
        ("1 кв. категория", "FIRST"),
        ("I", "FIRST"),
        ("1", "FIRST"),
        ("1-я", "FIRST"),
        ("25.12.2023 первая", "FIRST"),
        ("СЗД", "SOZD"),
        ("соотв.", "SOZD"),
        ("соответствие занимаемой должности", "SOZD"),
        ("б/к", "NONE"),
        ("нет", "NONE"),
        ("без категории", "NONE"),
        ("не аттестован", "NONE"),
        ("-", ""),
        ("—", ""),
        ("", ""),
        ("педагог-методист", ""),
    ],
)
def test_category(cell, category):
    assert values.read_category(cell) == (category, False, "")


def test_category_of_a_teacher_mentor():
    assert values.read_category("высшая, педагог-наставник") == ("HIGHEST", True, "")
    assert values.read_category("вторая") == ("", False, "value_unreadable")


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("8 953 925-28-86", "+79539252886"),
        ("+7(953)925-28-86", "+79539252886"),
        ("9539252886", "+79539252886"),
        (9539252886, "+79539252886"),
        (89539252886.0, "+79539252886"),
        ("2-45-67, 8-953-925-28-86", "+79539252886"),
        ("8 (38511) 2-34-56; 8-953-925-28-86", "+79539252886"),
        ("8 953 925-28-86 +7 913 111 22 33", "+79539252886"),
        ("8 (38511) 2-34-56", "+73851123456"),
        ("-", ""),
    ],
)
def test_phone(cell, phone):
    assert values.read_phone(cell) == (phone, "")


@pytest.mark.parametrize("cell", ["нет", "2-45-67", "+375 29 123 45 67", "8 953 925 28 8"])
def test_phone_unreadable(cell):
    assert values.read_phone(cell) == ("", "value_unreadable")


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("Ivanova@Mail.RU", "ivanova@mail.ru"),
        (" ivanova @ mail.ru", "ivanova@mail.ru"),
        ("ivanova(собака)mail.ru", "ivanova@mail.ru"),
        ("ivanova@mail.ru.", "ivanova@mail.ru"),
        ("mailto:ivanova@mail.ru", "ivanova@mail.ru"),
        ("ivanova@mаil.ru", "ivanova@mail.ru"),  # a Cyrillic «а»
        ("ivanova 78@mail.ru", "ivanova78@mail.ru"),
        ("a@b.ru; c@d.ru", "a@b.ru"),
        ("-", ""),
    ],
)
def test_email(cell, email):
    assert values.read_email(cell) == (email, "")


@pytest.mark.parametrize("cell", ["нет почты", "ivanova@mail", "a@@b.ru", Formula("=A1")])
def test_email_unreadable(cell):
    assert values.read_email(cell) == ("", "email_unreadable")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("  Кравец  Вера Ивановна", ("Кравец", "Вера", "Ивановна")),
        ("ПЕТРОВА-ВОДКИНА ТАТЬЯНА ЮРЬЕВНА", ("Петрова-Водкина", "Татьяна", "Юрьевна")),
        ("Петрова - Водкина Мария Ильинична", ("Петрова-Водкина", "Мария", "Ильинична")),
        ("Мария Ивановна Петрова", ("Петрова", "Мария", "Ивановна")),
        ("Анна Львовна Рабинович", ("Рабинович", "Анна", "Львовна")),
        ("Рабинович Анна Львовна", ("Рабинович", "Анна", "Львовна")),
        ("Иванова (Петрова) Мария", ("Иванова", "Мария", "")),
        ("Иванова И.И.", ("Иванова", "И.", "И.")),
        ("И. И. Иванова", ("Иванова", "И.", "И.")),
        ("Алиев Вагиф Гасан оглы", ("Алиев", "Вагиф", "Гасан оглы")),
        ("АЛИЕВ ВАГИФ ГАСАН-ОГЛЫ", ("Алиев", "Вагиф", "Гасан-оглы")),
        ("фон Мекк Надежда Карловна", ("фон Мекк", "Надежда", "Карловна")),
        ("Нгуен Тхи Линь", ("Нгуен", "Тхи", "Линь")),
        ("Цoй Kонстантин", ("Цой", "Константин", "")),  # Latin «o» and «K»
        ("1. Иванова Мария\u00a0Петровна*", ("Иванова", "Мария", "Петровна")),
        ("Иванова Мария Петровна (внешний совместитель)", ("Иванова", "Мария", "Петровна")),
        ("Иванова Мария Петровна – декрет", ("Иванова", "Мария", "Петровна")),
        ("Иванова М.П., учитель", ("Иванова", "М.", "П.")),
        ("Мария Ивановна", ("", "Мария", "Ивановна")),
        ("Иванова", ("Иванова", "", "")),
    ],
)
def test_name(cell, parts):
    name = names.split_name(cell)
    assert (name.last, name.first, name.patronymic) == parts
    assert names.may_be_person(cell)


@pytest.mark.parametrize(
    "text", ["Начальная школа", "Учителя математики", "Вакансия", "Директор школы", "12", "=A1"]
)
def test_text_that_is_no_name(text):
    assert not names.may_be_person(text)
    assert not names.looks_like_person(text)


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("учитель математики", ("учитель", "математика")),
        ("Учитель, русский язык и литература", ("учитель", "русский язык и литература")),
        ("учитель (физика, информатика)", ("учитель", "физика, информатика")),
        ("учитель русского языка и литературы", ("учитель", "русский язык и литература")),
        ("учитель химии и биологии", ("учитель", "химия, биология")),
        ("учитель – математика", ("учитель", "математика")),
        ("Учитель англ. яз. 0,5 ст.", ("учитель", "английский язык")),
        ("учитель труда (технологии)", ("учитель", "труд (технология)")),
        ("учитель начальных классов", ("учитель начальных классов", "")),
        ("Учитель физкультуры", ("учитель физической культуры", "физическая культура")),
        ("преподаватель-организатор обзр", ("преподаватель-организатор ОБЗР", "ОБЗР")),
        ("учитель - логопед", ("учитель-логопед", "")),
        ("зам. директора по увр, математика", ("заместитель директора по УВР", "математика")),
        ("воспитатель ГПД", ("воспитатель ГПД", "")),
        ("директор, учитель истории", ("директор, учитель", "история")),
    ],
)
def test_post_and_subject_in_one_cell(cell, pair):
    assert jobs.split_position(cell) == pair


@pytest.mark.parametrize(
    ("cell", "subject"),
    [
        ("химия/биология", "химия, биология"),
        ("обж", "ОБЖ"),
        ("рус. яз.", "русский язык"),
        ("-", ""),
    ],
)
def test_subject(cell, subject):
    assert jobs.read_subject(cell) == subject


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ф. И. О. педагога", "full_name"),
        ("Стаж общий/педагогический", "both_years"),
        ("Пед./общий стаж", "both_years_reversed"),
        ("Стаж работы по специальности", "teaching_years"),
        ("Стаж в данной должности", OTHER),
        ("Дата присвоения категории", OTHER),
        ("Категория, дата присвоения", "category"),
        ("В школе с", "hired_on"),
        ("Контактный телефон", "phone"),
        ("Телефон, e-mail", "contacts"),
        ("Должность (предмет)", "position_subject"),
        ("Место рождения", OTHER),
        ("Телефон родителя", OTHER),
    ],
)
def test_heading(heading, field):
    assert recognise(heading)[0] == field
