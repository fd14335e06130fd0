"""Random layouts of a known staff: whatever the shape of the list, the same people come out."""

import csv
from datetime import date
from io import BytesIO, StringIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from schools.stafflist import read

AS_OF = date(2026, 11, 22)
LASTS = "Смирнова Абдуллаева Белых Тер-Петросян Ковальчук Рабинович Лю Жук Воробей Гоголь-Яновская"
FIRSTS = "Анна Мария Гульназ Зульфия Ольга Дарья Асель Раиса Вера Любовь"
PATRONYMICS = "Алексеевна Ильинична Рустамовна Львовна Петровна Никитична Кузьминична Юрьевна"
POSTS = [
    ("учитель", "математика"),
    ("учитель", "русский язык и литература"),
    ("учитель", "химия, биология"),
    ("учитель начальных классов", ""),
    ("педагог-психолог", ""),
    ("заместитель директора по УВР", "история"),
    ("воспитатель", ""),
]
CATEGORIES = {
    "HIGHEST": ["высшая", "в/к", "Высшая (2023 г.)"],
    "FIRST": ["первая", "I", "1 кв. категория"],
    "SOZD": ["СЗД", "соответствие занимаемой должности"],
    "NONE": ["б/к", "без категории"],
    "": ["", "-", "—"],
}
HEADINGS = {
    "birth_date": ["Дата рождения", "Д/р", "Дата рожд.", "Число, месяц, год рождения"],
    "position": ["Должность", "Занимаемая должность", "Кем работает"],
    "subject": ["Предмет", "Преподаваемые дисциплины", "Что преподаёт"],
    "category": ["Категория", "Кв. кат.", "Квалификационная категория"],
    "total_years": ["Общий стаж", "Стаж общий, лет", "Общий трудовой стаж"],
    "teaching_years": ["Педстаж", "Стаж работы по специальности", "Пед. стаж (лет)"],
    "hired_on": ["Дата приёма на работу", "В школе с", "Принят(а)", "Дата поступления"],
    "phone": ["Телефон", "Моб. тел.", "Сотовый"],
    "email": ["E-mail", "Эл. почта", "Электронный адрес"],
}
NAME_HEADINGS = ["ФИО", "Ф. И. О. педагога", "Фамилия, имя, отчество", "Сотрудник"]
TITLES = [["МБОУ «Средняя школа № 7»"], ["Список работников на 01.09.2026 г."], []]
SECTIONS = ["Начальная школа", "Учителя-предметники", "Администрация", "Корпус 2"]
FOOTERS = [[], ["", "Итого: 12"], ["", "Директор школы", "", "__________", "И.И. Иванова"]]

people = st.builds(
    lambda last, first, patronymic, post, category, birth, hired, years, less, digits: {
        "last_name": last,
        "first_name": first,
        "patronymic": patronymic,
        "birth_date": birth,
        "position": post[0],
        "subject": post[1],
        "category": category,
        "is_teacher_mentor": False,
        "total_years": years,
        "teaching_years": max(years - less, 0),
        "hired_on": hired,
        "phone": f"+79{digits:09}",
        "email": f"user{digits}@school.example",
    },
    st.sampled_from(LASTS.split()),
    st.sampled_from(FIRSTS.split()),
    st.sampled_from(PATRONYMICS.split()),
    st.sampled_from(POSTS),
    st.sampled_from(list(CATEGORIES)),
    st.dates(date(1955, 1, 1), date(2003, 12, 31)),
    st.dates(date(2004, 1, 1), date(2026, 9, 1)),
    st.integers(0, 45),
    st.integers(0, 5),
    st.integers(0, 999_999_999),
)
staffs = st.lists(people, min_size=3, max_size=8, unique_by=lambda p: p["phone"])


# The same examples every time: a suite that fails by chance is not believed.
ORDINARY = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def written(draw, name, value):
    """A value as some clerk writes it."""
    if name in {"birth_date", "hired_on"}:
        style = draw(st.sampled_from(["%d.%m.%Y", "%d.%m.%Y г.", "%Y-%m-%d", "%d/%m/%Y", "serial"]))
        return (
            str((value - date(1899, 12, 30)).days) if style == "serial" else value.strftime(style)
        )
    if name == "category":
        return draw(st.sampled_from(CATEGORIES[value]))
    if name in {"total_years", "teaching_years"}:
        return draw(
            st.sampled_from([str(value), f"{value} лет", f"{value},5", f"{value} л. 3 мес."])
        )
    if name == "phone":
        d = value[2:]
        forms = [f"8{d}", d, f"8 {d[:3]} {d[3:6]}-{d[6:8]}-{d[8:]}", f"+7({d[:3]}){d[3:]}"]
        return draw(st.sampled_from(forms))
    if name == "subject":
        return draw(st.sampled_from([value, value.replace(", ", "/"), value.capitalize()]))
    return draw(st.sampled_from([value, value.upper()])) if name == "position" else value


@st.composite
def lists(draw):
    """(rows of cells, staff)."""
    staff = draw(staffs)
    columns = draw(st.permutations(list(HEADINGS)))
    place = draw(st.integers(0, len(columns)))
    parts = draw(st.sampled_from([1, 3]))
    order = draw(
        st.sampled_from(["last_name first_name patronymic", "first_name patronymic last_name"])
    )
    numbered, upper = draw(st.booleans()), draw(st.booleans())
    headings = [draw(st.sampled_from(HEADINGS[name])) for name in columns]
    two_lines = parts == 3 and draw(st.booleans())
    name_top = ["ФИО", "", ""] if two_lines else ["Фамилия", "Имя", "Отчество"]
    if parts == 1:
        name_top = [draw(st.sampled_from(NAME_HEADINGS))]
    header = headings[:place] + name_top + headings[place:]
    lead = [["№ п/п"], [""]] if numbered else [[], []]
    rows = [*draw(st.lists(st.sampled_from(TITLES), max_size=3)), lead[0] + header]
    if two_lines:
        blank = [""] * place
        rows.append(lead[1] + blank + ["Фамилия", "Имя", "Отчество"] + [""] * (9 - place))
    if draw(st.booleans()):
        rows.append([str(n + 1) for n in range(len(rows[-1]))])
    repeated = draw(st.integers(0, 20))
    for number, person in enumerate(staff, 1):
        if draw(st.integers(0, 4)) == 0:
            rows.append([draw(st.sampled_from(SECTIONS))])
        if number == repeated:
            rows.append(lead[0] + header)
        name = [person[part] for part in order.split()]
        cells = [" ".join(name)]
        if parts == 3:
            cells = [person["last_name"], person["first_name"], person["patronymic"]]
        if upper:
            cells = [cell.upper() for cell in cells]
        values = [written(draw, column, person[column]) for column in columns]
        rows.append(([str(number)] if numbered else []) + values[:place] + cells + values[place:])
    return rows + [draw(st.sampled_from(FOOTERS))], staff


def as_csv(rows, encoding, separator):
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return BytesIO(text.getvalue().encode(encoding))


def as_xlsx(rows):
    book = Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    stream = BytesIO()
    book.save(stream)
    return stream


@settings(ORDINARY, max_examples=150)
@given(
    lists(),
    st.sampled_from(["xlsx", "utf-8", "utf-8-sig", "cp1251"]),
    st.sampled_from([";", ",", "\t", "|"]),
)
def test_same_people_come_out_of_any_layout(drawn, kind, separator):
    rows, staff = drawn
    stream = as_xlsx(rows) if kind == "xlsx" else as_csv(rows, kind, separator)

    result = read(stream, name="список", as_of=AS_OF)

    assert [p.code for p in result.problems] == []
    assert [key(row.fields) for row in result.rows] == [key(person) for person in staff]


def key(fields):
    return {n: v.casefold() if isinstance(v, str) else v for n, v in fields.items()}


junk = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=12),
    st.sampled_from(["", "-", "нет", "???", "01.02.1980", "вакансия", "учитель", "=A1", "Ли", "5"]),
)


@settings(ORDINARY, max_examples=100)
@given(st.lists(st.tuples(junk, junk, junk, junk), max_size=6), st.randoms())
def test_no_person_is_lost_among_any_other_rows(others, random):
    sure = [
        ["Смирнова Анна Львовна", "тьютор", "01.02.1980", "a@b.ru"],
        ["Абдуллаева Гульназ Рустамовна", "учитель физики", "", ""],
        ["Ким Ольга", "воспитатель", "1985", ""],
    ]
    rows = [*sure, *map(list, others)]
    random.shuffle(rows)
    header = ["ФИО", "Должность", "Дата рождения", "E-mail"]
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])

    result = read(BytesIO(text.getvalue().encode("utf-8", "replace")), name="x", as_of=AS_OF)

    found = {row.fields["last_name"] for row in result.rows}
    assert {"Смирнова", "Абдуллаева", "Ким"} <= found
    result.as_json()
