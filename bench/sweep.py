"""The reminder sweep over 240,000 due rows on PostgreSQL, first and again, beside raw SQL.

The floor writes the very same items into a table with the same indexes and foreign keys out of a
list that was worked out before: what we take longer is who answers, and which step it is. The
database is made for the run on the server of TEST_DATABASE_URL and dropped after it.
"""

import datetime as dt
import os
import statistics
import sys
import time
from collections.abc import Callable

import psycopg2

SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASE = f"bench_sweep_{os.getpid()}"
os.environ["DATABASE_URL"] = f"{SERVER.rpartition('/')[0]}/{DATABASE}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django  # noqa: E402 the database is chosen above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.common import figure, fill, finish, missing  # noqa: E402
from programs.models import Deadline, MentoringGroup  # noqa: E402
from programs.notifications.sweep import sweep  # noqa: E402
from schools.models import (  # noqa: E402
    Absence,
    Membership,
    Municipality,
    Person,
    Region,
    School,
    SchoolPolicy,
    StaffMember,
)

MUNICIPALITIES, SCHOOLS, PEOPLE, PAIRS = 60, 2_400, 30, 10  # people and pairs of each school
DUE, REST = 100, 150  # rows of each school that are spoken of today, and that are not
ON = dt.date(2026, 11, 20)
FIRST, AGAIN = 25_000, 40_000  # rows a second
REPEATS = 3


def build() -> None:
    """A country in which everything waits.

    Half of the due rows bind, from a week ahead to three weeks late; the others are in the week
    before their day. Owners in turn: mentor, mentee, director, curator. A person in fifty is away,
    directors and curators too.
    """
    fill(Region, "generate_series(1, 1) n", id="n", name="'Край'")
    fill(
        Municipality, f"generate_series(1, {MUNICIPALITIES}) n",
        id="n", region_id="1", name="'Район ' || n", horizon_on="'2028-08-31'",
    )  # fmt: skip
    fill(
        School, f"generate_series(1, {SCHOOLS}) n",
        id="n", municipality_id=f"n % {MUNICIPALITIES} + 1", short_name="'Школа ' || n",
        kind="'SCHOOL'",
    )  # fmt: skip
    fill(
        SchoolPolicy, f"generate_series(1, {SCHOOLS}) n",
        school_id="n", starts_on="'2020-09-01'", quiet_reminders="FALSE",
    )  # fmt: skip
    people = f"generate_series(0, {SCHOOLS * PEOPLE - 1}) n"
    fill(Person, people, id="n + 1", last_name="'Ф' || n", first_name="'И'", name_key="'ф' || n")
    fill(
        StaffMember, people,
        id="n + 1", person_id="n + 1", school_id=f"n / {PEOPLE} + 1", position="'учитель'",
    )  # fmt: skip
    fill(
        Absence, f"generate_series(1, {SCHOOLS * PEOPLE}, 50) n",
        post_id="n", kind="'OTHER'", starts_on="'2026-11-16'",
    )  # fmt: skip
    fill(
        Membership, f"generate_series(0, {SCHOOLS - 1}) s, generate_series(1, 3) k",
        person_id=f"s * {PEOPLE} + k", role="CASE k WHEN 1 THEN 'DIRECTOR' ELSE 'CURATOR' END",
        school_id="s + 1", starts_on="'2020-09-01'",
    )  # fmt: skip
    fill(
        Membership, f"generate_series(1, {MUNICIPALITIES}) m",
        person_id=f"m * {PEOPLE}", role="'METHODOLOGIST'", municipality_id="m",
        starts_on="'2020-09-01'",
    )  # fmt: skip
    fill(
        MentoringGroup, f"generate_series(0, {SCHOOLS - 1}) s, generate_series(1, {PAIRS}) k",
        id=f"s * {PAIRS} + k", school_id="s + 1", form="'TEACHER_TEACHER'", kinds="1", why="'-'",
        curator_id=f"s * {PEOPLE} + 2 + k % 2", proposed_on="'2026-09-01'",
        planned_starts_on="'2026-09-14'", planned_ends_on="'2027-05-31'",
    )  # fmt: skip
    _owe()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _owe() -> None:
    mate = f"s * {PEOPLE} + 4 + j % {PEOPLE - 3}"
    role = "CASE j / 2 % 4 WHEN 2 THEN 'director' WHEN 3 THEN 'curator' END"
    late = f"CASE WHEN j >= {DUE} THEN -60 - j WHEN j % 2 = 0 THEN j % 28 - 7 ELSE -(j / 2 % 8) END"
    fill(
        Deadline,
        f"(SELECT s, j, {role} AS role, DATE '{ON}' - ({late}) AS due_on, {mate} AS mate"
        f" FROM generate_series(0, {SCHOOLS - 1}) s, generate_series(0, {DUE + REST - 1}) j) d",
        kind="'program_draft'", subject=f"'group:' || s * {PAIRS} + j % {PAIRS} + 1",
        owner="COALESCE(role || ':school:' || s + 1, 'person:' || mate)", period="'' || j",
        school_id="s + 1", group_id=f"s * {PAIRS} + j % {PAIRS} + 1",
        person_id="CASE WHEN role IS NULL THEN mate END",
        opens_on="due_on - 14", due_on="due_on", basis="'-'",
        done_on=f"CASE WHEN j >= {DUE} AND j % 3 <> 0 THEN due_on END",
        force="CASE j % 2 WHEN 0 THEN 'LAW' ELSE 'SCHOOL' END",
        date_source="CASE j % 2 WHEN 0 THEN 'DISTRICT' ELSE 'DEFAULT' END",
    )  # fmt: skip


def prepare_floor() -> None:
    """The items as a ready list, and an empty table like that of the items."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ready AS SELECT * FROM programs_notification")
        cursor.execute("CREATE TABLE floor (LIKE programs_notification INCLUDING ALL)")
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'programs_notification'::regclass AND contype = 'f'"
        )
        for (definition,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE floor ADD {definition}")
        cursor.execute("VACUUM ANALYZE ready")


COLUMNS = (
    "recipient_id, kind, about, due_on, step, escalated, urgent, deadline_id, path, text, told_on"
)


def floor() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO floor (id, {COLUMNS}) SELECT id, {COLUMNS} FROM ready"
            " ORDER BY recipient_id, deadline_id ON CONFLICT DO NOTHING"
        )
        return cursor.rowcount


def empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")
        cursor.execute("CHECKPOINT")


def seconds(work: Callable[[], int], expected: int) -> float:
    began = time.perf_counter()
    found = work()
    took = time.perf_counter() - began
    if found != expected:
        raise SystemExit(f"{found} new items where {expected} were expected")
    return took


def measure() -> None:
    due = SCHOOLS * DUE
    items = sweep(ON)
    prepare_floor()
    print(f"{due} due rows give {items} items", flush=True)
    times = {"first": [], "again": [], "floor first": [], "floor again": []}
    for _ in range(REPEATS):
        empty("programs_notification")
        times["first"].append(seconds(lambda: sweep(ON), items))
        times["again"].append(seconds(lambda: sweep(ON), 0))
        empty("floor")
        times["floor first"].append(seconds(floor, items))
        times["floor again"].append(seconds(floor, 0))
    for what, target in (("first", FIRST), ("again", AGAIN)):
        ours, bare = (statistics.median(times[key]) for key in (what, f"floor {what}"))
        figure(
            f"sweep {what}: due rows", due / ours, target, floor=due / bare, unit=" rows/s",
            more_is_better=True,
        )  # fmt: skip
        print(f"  {what}: {times[what]} s; floor: {times[f'floor {what}']} s", flush=True)


def main() -> None:
    try:
        server = psycopg2.connect(SERVER, connect_timeout=3)
    except psycopg2.OperationalError as error:
        missing(f"PostgreSQL ({str(error).strip()})")
        finish()
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {DATABASE}")
    try:
        call_command("migrate", verbosity=0)
        build()
        measure()
    finally:
        connection.close()
        server.cursor().execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        server.close()
    finish()


if __name__ == "__main__":
    sys.exit(main())
