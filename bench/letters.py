"""Letters of 50,000 people: composed and made, beside Django's bare templates with the same text.

Every person owes five things; one in ten holds a role. A fifth of the items is settled before the
letters are made. The database is made for the run on the server of TEST_DATABASE_URL and
dropped after it.
"""

import datetime as dt
import os
import resource
import sys
import time

import psycopg2

SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASE = f"bench_letters_{os.getpid()}"
os.environ["DATABASE_URL"] = f"{SERVER.rpartition('/')[0]}/{DATABASE}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django  # noqa: E402 the database is chosen above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.common import figure, fill, finish, missing  # noqa: E402
from programs.models import Deadline, Letter, Notification  # noqa: E402
from programs.notifications import outbox, rendering  # noqa: E402
from programs.notifications.letters import compose  # noqa: E402
from schools.models import (  # noqa: E402
    Membership,
    Municipality,
    Person,
    Region,
    School,
    StaffMember,
    User,
)

SCHOOLS, PEOPLE, DUTIES = 2_500, 20, 5  # people of each school, duties of each person
SECONDS, MEGABYTES = 120, 300
ON = dt.date(2026, 11, 20)
SAMPLE = 2_000  # letters of the floor


def build() -> None:
    everybody = f"generate_series(1, {SCHOOLS * PEOPLE}) n"
    school = f"(n - 1) / {PEOPLE} + 1"
    fill(Region, "generate_series(1, 1) n", id="n", name="'Край'")
    fill(
        Municipality, "generate_series(1, 60) n",
        id="n", region_id="1", name="'Район ' || n", horizon_on="'2028-08-31'",
    )  # fmt: skip
    fill(
        School, f"generate_series(1, {SCHOOLS}) n", id="n", municipality_id="n % 60 + 1",
        full_name="'Школа ' || n", short_name="'Школа ' || n", name_key="'школа ' || n",
        kind="'SCHOOL'", settlement="'Степное'",
    )  # fmt: skip
    fill(
        Person, everybody, id="n", last_name="'Иванова' || n", first_name="'Мария'",
        patronymic="'Петровна'", name_key="'иванова' || n",
    )  # fmt: skip
    fill(
        User, everybody, id="n", person_id="n", password="'!'", login="'user' || n",
        login_key="'user' || n", email="'user' || n || '@school.example'",
        email_key="'user' || n || '@school.example'",
    )  # fmt: skip
    fill(
        StaffMember, everybody, id="n", person_id="n", school_id=school, position="'учитель'",
        post_key="'учитель'", hired_on="'2020-09-01'::date",
    )  # fmt: skip
    fill(
        Membership, f"generate_series(1, {SCHOOLS * PEOPLE}) n WHERE n % {PEOPLE} < 2",
        person_id="n", school_id=school, starts_on="'2020-09-01'::date",
        role=f"CASE WHEN n % {PEOPLE} = 0 THEN 'DIRECTOR' ELSE 'CURATOR' END",
    )  # fmt: skip
    duties = f"generate_series(1, {SCHOOLS * PEOPLE * DUTIES}) n"
    person = f"(n - 1) / {DUTIES} + 1"
    kinds = "ARRAY['program_draft', 'site_section', 'roster_refresh', 'local_act', 'roadmap']"
    late = "n % 5 < 2"
    fill(
        Deadline, duties, id="n", kind=f"({kinds})[n % 5 + 1]", subject="'school:' || n",
        owner=f"'person:' || ({person})", person_id=person,
        school_id=f"(({person}) - 1) / {PEOPLE} + 1", opens_on="'2026-09-01'::date",
        due_on=f"'{ON}'::date + CASE WHEN {late} THEN -(n % 15) ELSE n % 7 END",
        force=f"CASE WHEN {late} THEN 'LAW' ELSE 'SCHOOL' END", date_source="'ACT'",
        basis="'порядок'",
    )  # fmt: skip
    fill(
        Notification, f"{Deadline._meta.db_table} d", recipient_id="d.person_id", kind="d.kind",
        about="d.kind || '|' || d.subject || '|' || d.owner || '|'", due_on="d.due_on", step="1",
        deadline_id="d.id", told_on=f"'{ON}'::date",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_all(pks: list[int]) -> tuple[int, float, float]:
    """Every letter; (how many, seconds of making them, seconds of turning them into the bytes
    that a mail server gets)."""
    made, making, wiring = 0, 0.0, 0.0
    for start in range(0, len(pks), outbox.BATCH):
        began = time.perf_counter()
        letters = Letter.objects.filter(pk__in=pks[start : start + outbox.BATCH])
        messages = rendering.messages(letters).values()
        drawn = time.perf_counter()
        for message in messages:
            message.as_email().message().as_bytes()
        making, wiring = making + drawn - began, wiring + time.perf_counter() - drawn
        made += len(messages)
    return made, making, wiring


def bare_seconds(pks: list[int], count: int) -> float:
    """Rendering the very contexts of some letters, for ``count`` letters."""
    drawn = []
    template = rendering._template

    class Kept:
        def __init__(self, name):
            self.template = template(name)

        def render(self, context):
            drawn.append((self.template, context.flatten(), context.autoescape))
            return ""

    rendering._template = Kept
    some = rendering.messages(Letter.objects.filter(pk__in=pks[:SAMPLE]))
    rendering._template = template
    began = time.perf_counter()
    for bare, values, autoescape in drawn:
        bare.render(rendering.Context(values, autoescape=autoescape))
    return (time.perf_counter() - began) / len(some) * count


def main() -> None:
    try:
        server = psycopg2.connect(SERVER)
    except psycopg2.OperationalError as error:
        missing(f"PostgreSQL: {error}".strip())
        finish()
    server.autocommit = True
    server.cursor().execute(f'CREATE DATABASE "{DATABASE}"')
    try:
        call_command("migrate", verbosity=0)
        build()
        measure()
    finally:
        connection.close()
        server.cursor().execute(f'DROP DATABASE "{DATABASE}"')
    finish()


def measure() -> None:
    people = SCHOOLS * PEOPLE
    began = time.perf_counter()
    composed = compose(on=ON)
    composing = time.perf_counter() - began
    began = time.perf_counter()
    again = compose(on=ON)
    once_more = time.perf_counter() - began
    Deadline.objects.filter(pk__in=range(1, people * DUTIES, 5)).update(done_on=ON)
    pks = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    floor = bare_seconds(pks[-SAMPLE:], people)
    worked = time.process_time()
    made, making, wiring = make_all(pks)
    worked = time.process_time() - worked
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figure("letters composed", composed + again, people, more_is_better=True)
    figure("composing them", composing, SECONDS / 4, unit=" s")
    figure("composing when nothing is new", once_more, 5, unit=" s")
    figure("letters made", made, people, more_is_better=True)
    figure("composing and making them", composing + making, SECONDS, floor=floor, unit=" s")
    figure("as bytes for a mail server", wiring, SECONDS, unit=" s")
    print(f"(making and wiring kept the processor busy for {worked:.0f} s)")
    figure("memory", used, MEGABYTES, unit=" MB")


if __name__ == "__main__":
    sys.exit(main())
