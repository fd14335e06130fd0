"""How long a list of 5,000 rows takes to read, against bare openpyxl on the same file.

Run: python -m bench.stafflist. One line: figure | ours | floor | ratio | target | ok or short;
exit status 1 if short.
"""

import random
import sys
import time
from datetime import date, timedelta
from io import BytesIO

import openpyxl

from schools.stafflist import read

ROWS = 5_000
TARGET_SECONDS = 60
HEADER = [
    "№ п/п", "Фамилия, имя, отчество", "Должность, предмет", "Дата рождения", "Категория",
    "Общий стаж", "Пед. стаж", "Дата приёма", "Телефон", "E-mail",
]  # fmt: skip


def build() -> BytesIO:
    chance = random.Random(1)
    stems = ["Иванов", "Петров", "Сидоров", "Абдуллаев", "Воробьёв", "Кузнецов", "Смирнов"]
    firsts = ["Анна", "Мария", "Ольга", "Елена", "Гульназ", "Дарья", "Раиса", "Софья"]
    patronymics = ["Ивановна", "Петровна", "Львовна", "Ильинична", "Рустамовна", "Юрьевна"]
    posts = ["учитель математики", "учитель (физика, химия)", "воспитатель", "педагог-психолог"]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Педагоги")
    sheet.append(["Список педагогических работников"])
    sheet.append(HEADER)
    for number in range(1, ROWS + 1):
        born = date(1960, 1, 1) + timedelta(chance.randrange(15_000))
        years = chance.randrange(40)
        name = f"{chance.choice(stems)}а {chance.choice(firsts)} {chance.choice(patronymics)}"
        phone = f"8 9{chance.randrange(100):02} {chance.randrange(1000):03}-11-{number % 100:02}"
        sheet.append(
            [
                number,
                name,
                chance.choice(posts),
                chance.choice([born, born.strftime("%d.%m.%Y г.")]),
                chance.choice(["высшая", "1 кв. категория", "СЗД", "б/к", None]),
                f"{years} лет",
                years,
                date(2020, 9, 1),
                phone,
                f"teacher{number}@school.example",
            ]
        )
    stream = BytesIO()
    book.save(stream)
    return stream


def bare(stream: BytesIO) -> float:
    started = time.perf_counter()
    book = openpyxl.load_workbook(stream, read_only=True)
    cells = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    book.close()
    assert cells > ROWS
    return time.perf_counter() - started


def main() -> int:
    stream = build()
    floor = bare(stream)
    started = time.perf_counter()
    result = read(stream, name="список.xlsx", as_of=date(2026, 9, 1))
    ours = time.perf_counter() - started
    assert len(result.rows) + len(result.problems) >= ROWS
    good = ours <= TARGET_SECONDS
    print(
        f"staff list of {ROWS} rows, s | {ours:.2f} | {floor:.2f} | {ours / floor:.1f} "
        f"| ≤ {TARGET_SECONDS} | {'ok' if good else 'short'}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
