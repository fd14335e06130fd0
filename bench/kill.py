"""100 random kills of web, worker and beat while 500 reminders fall due.

The product's own processes, with two beats at once, against a mail server that answers late,
says 451 or drops the connection after the body. Meanwhile messages about the same letters come
five times and the broker is flushed; at the end everything has stood still for three days. First
on the embedded default, then on PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL).
Takes some 15 minutes each: leases and pauses are those of the product.
"""

import datetime as dt
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

from bench.common import figure, finish, missing

PEOPLE, KILLS, FLUSHES, SEED = 500, 100, 2, 20261122
MODES = {"embedded": "SQLite and files", "servers": "PostgreSQL and Redis"}
DRAINED_WITHIN = 20 * 60  # seconds: a lease, a pause and the sending itself
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def main(arguments: list[str]) -> None:
    """Each mode is a process of its own: it lives under settings of its own."""
    wrong = 0
    for mode in arguments or MODES:
        command = [sys.executable, "-m", "bench.kill", "--run", mode]
        wrong |= subprocess.run(command, check=False).returncode
    sys.exit(wrong)


@contextmanager
def stores(mode: str):
    """The environment of the drill; everything it makes is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-kill-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        "DJANGO_SETTINGS_MODULE": "bench._drill_settings", "DRILL_FOLDER": str(folder),
        "FILES_URL": f"file://{folder / 'files'}", "PORT": str(port), "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "BROKER_URL": "",
    }  # fmt: skip
    name, server = f"bench_kill_{os.getpid()}", None
    try:
        if mode == "servers":
            server = psycopg2.connect(POSTGRES)
            server.autocommit = True
            server.cursor().execute(f'CREATE DATABASE "{name}"')
            env["DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/{name}"
            env["BROKER_URL"] = REDIS
            redis.Redis.from_url(REDIS).flushdb()
        os.environ.update(env)
        yield folder
    finally:
        if server is not None:
            server.cursor().execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            redis.Redis.from_url(REDIS).flushdb()
        shutil.rmtree(folder, ignore_errors=True)


def run(mode: str) -> None:
    try:
        with stores(mode) as folder:
            import django  # noqa: PLC0415 the environment is ready only now

            django.setup()
            drill(mode, folder)
    except (psycopg2.OperationalError, redis.RedisError) as error:
        missing(f"{MODES[mode]}: {str(error).strip()}")
    finish()


def drill(mode: str, folder: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415 see ``run``

    from programs.tests.smtp import Server  # noqa: PLC0415

    chance = random.Random(SEED)
    call_command("prepare", verbosity=0)
    box = _moody_mailbox(chance)
    with Server(box) as port:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        people = _people(PEOPLE)
        parts = _parts(folder)
        try:
            pace = _start(parts)
            began = time.monotonic()
            _kill_while_due(parts, people, chance, pace)
            killed = time.monotonic() - began
            drained = _drain()
        finally:
            for part in parts:
                part.kill_group()
        label = MODES[mode]
        print(f"{label}: {KILLS} kills in {killed:.0f} s, drained {drained:.0f} s later")
        _judge(label, people, box.copies)
        _standstill(label, parts, box)


def _moody_mailbox(chance: random.Random):
    from programs.tests.smtp import Mailbox  # noqa: PLC0415 see ``run``

    class Moody(Mailbox):
        async def handle_DATA(self, server, session, envelope):
            self.delay = chance.choice([0.02, 0.02, 0.1, 0.5])
            return await super().handle_DATA(server, session, envelope)

    def answer(envelope):
        mood = chance.random()
        if mood < 0.05:
            return "451 later"
        return Mailbox.DROP if mood < 0.07 else None

    return Moody(answer)


def _parts(folder: Path) -> list:
    from mentorship.management.commands import serve  # noqa: PLC0415 see ``run``
    from mentorship.processes import Part  # noqa: PLC0415

    parts = serve.parts()
    (beat,) = [part for part in parts if part.name == "beat"]
    second = [*beat.command, "--schedule", str(folder / "second-beat-schedule")]
    return [*parts, Part("second beat", second)]


# --- what falls due -----------------------------------------------------------------------------


def _people(count: int, *, start: int = 0) -> list[int]:
    """People with an account, an address and a post in one school; letters at any hour."""
    from schools.models import MunicipalityPolicy, Person, StaffMember, User  # noqa: PLC0415
    from schools.tests.factories import make_municipality, make_school  # noqa: PLC0415

    place = make_municipality()
    MunicipalityPolicy.objects.create(
        municipality=place, starts_on=dt.date(2020, 1, 1), letters_at=dt.time(0, 0)
    )
    school = make_school(municipality=place)
    numbers = range(start, start + count)
    people = [Person(last_name=f"Фамилия{n}", first_name="Мария") for n in numbers]
    for person in people:
        person.fill_keys()
    people = Person.objects.bulk_create(people)
    addresses = [f"person{n}@school.example" for n in numbers]
    User.objects.bulk_create(
        User(person=p, login=a, login_key=a, email=a, email_key=a, password="!")
        for p, a in zip(people, addresses, strict=True)
    )
    StaffMember.objects.bulk_create(
        StaffMember(person=p, school=school, position="учитель", post_key="учитель") for p in people
    )
    return [person.pk for person in people]


def _fall_due(people: list[int], *, days_ago: int = 0) -> None:
    from programs.models import Deadline  # noqa: PLC0415 see ``run``
    from schools.models import StaffMember  # noqa: PLC0415

    posts = StaffMember.objects.filter(person__in=people).select_related("school__municipality")
    Deadline.objects.bulk_create(
        Deadline(
            kind="program_draft", subject=f"program:{post.person_id}", school=post.school,
            owner=f"person:{post.person_id}", person_id=post.person_id, period=str(days_ago),
            opens_on=post.school.municipality.local_day() - dt.timedelta(days=30),
            due_on=post.school.municipality.local_day() - dt.timedelta(days=days_ago),
            basis="Положение, 3.5", force="LAW", date_source="ORDER",
        )
        for post in posts
    )  # fmt: skip


# --- killing ------------------------------------------------------------------------------------


def _start(parts: list) -> float:
    """Start everything; seconds until the last part gave a sign of life."""
    from schools import pulse  # noqa: PLC0415 see ``run``

    began = time.monotonic()
    for part in parts:
        part.start()
    while not all(pulse.living().values()):
        time.sleep(0.2)
    return time.monotonic() - began


def _kill_while_due(parts: list, people: list[int], chance: random.Random, pace: float) -> None:
    """One of ``parts`` dies every now and then, so that each lives a little longer than the
    ``pace`` in which it starts: some die before they work, most in the middle of it."""
    waiting = list(people)
    for number in range(KILLS):
        due, waiting = waiting[: -(-PEOPLE // KILLS)], waiting[-(-PEOPLE // KILLS) :]
        _fall_due(due)
        time.sleep(pace * chance.uniform(0.05, 0.35))
        victim = chance.choice(parts)
        victim.kill_group()
        victim.process.wait()
        victim.start()
        _repeat_messages(chance)
        if number in range(KILLS // (FLUSHES + 1), KILLS, KILLS // (FLUSHES + 1)):
            _flush_broker()


def _repeat_messages(chance: random.Random) -> None:
    """The same message five times, about letters in every state."""
    from celery import current_app  # noqa: PLC0415 see ``run``

    from programs.models import Letter  # noqa: PLC0415

    pks = list(Letter.objects.values_list("pk", flat=True))
    if pks:
        pk = chance.choice(pks)
        for _ in range(5):
            current_app.send_task("programs.tasks.send_letter", [pk], retry=False)


def _flush_broker() -> None:
    from django.conf import settings  # noqa: PLC0415 see ``run``

    if settings.CELERY_BROKER_URL.startswith("redis"):
        redis.Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
        return
    for file in Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).iterdir():
        file.unlink(missing_ok=True)


def _drain() -> float:
    """Wait until everything due has a letter and no letter waits; seconds it took."""
    from programs.models import Letter, Notification  # noqa: PLC0415 see ``run``

    began = time.monotonic()
    while time.monotonic() - began < DRAINED_WITHIN:
        time.sleep(2)
        if Letter.objects.unsent().exists() or Notification.objects.filter(letter=None).exists():
            continue
        if _all_told():
            break
    return time.monotonic() - began


def _all_told() -> bool:
    from programs.models import Deadline, Notification  # noqa: PLC0415 see ``run``

    told = Notification.objects.values("deadline")
    return not Deadline.objects.filter(kind="program_draft").exclude(pk__in=told).exists()


# --- judging ------------------------------------------------------------------------------------


def _judge(label: str, people: list[int], copies: Counter) -> None:
    from programs.models import Letter, Notification  # noqa: PLC0415 see ``run``

    letters = Letter.objects.filter(recipient__in=people)
    items = Notification.objects.filter(recipient__in=people)
    states = Counter(letters.values_list("state", flat=True))
    print(f"{label}: states {dict(states)}, copies {dict(Counter(copies.values()))}")
    keys = set(items.values_list("recipient", "about", "due_on", "step"))
    days = set(letters.values_list("recipient", "day", "urgent_key"))
    figure(f"{label}: items beside one a key", items.count() - len(keys), 0)
    figure(f"{label}: people without their one item", abs(len(keys) - len(people)), 0)
    figure(f"{label}: letters beside one a person", abs(letters.count() - len(people)), 0)
    figure(f"{label}: letters beside one a key", letters.count() - len(days), 0)
    lost = [
        letter
        for letter in letters
        if letter.state != "UNCERTAIN" and not copies[letter.message_id]
    ]
    figure(f"{label}: letters lost", len(lost), 0)
    figure(f"{label}: received more than twice", sum(n > 2 for n in copies.values()), 0)
    twice = sum(n == 2 for n in copies.values())
    figure(f"{label}: received twice", 100 * twice / len(people), 10, unit=" %")
    uncertain = 100 * states["UNCERTAIN"] / len(people)
    figure(f"{label}: uncertain", uncertain, 1, unit=" %")


def _standstill(label: str, parts: list, box) -> None:
    """Nothing ran for three days: some letters were left waiting, more fell due meanwhile."""
    from programs.models import Deadline, Letter, Notification  # noqa: PLC0415 see ``run``
    from schools.models import Heartbeat  # noqa: PLC0415

    Heartbeat.objects.all().delete()  # the former part of the run has only just reminded
    people = _people(60, start=PEOPLE)
    for days_ago in (3, 2, 1):
        _fall_due(people, days_ago=days_ago)
    three_days_ago = Deadline.objects.filter(person__in=people, period="3")
    for deadline in three_days_ago.filter(person__in=people[::2]):
        key = f"{deadline.kind}|{deadline.subject}|{deadline.owner}|{deadline.period}"
        letter = Letter.objects.create(recipient=deadline.person, day=deadline.due_on)
        Notification.objects.create(
            recipient=deadline.person, kind=deadline.kind, about=key, due_on=deadline.due_on,
            step=0, deadline=deadline, told_on=deadline.due_on, letter=letter,
        )  # fmt: skip
    box.answer = lambda envelope: None
    try:
        _start(parts)
        drained = _drain()
    finally:
        for part in parts:
            part.kill_group()
    letters = Letter.objects.filter(recipient__in=people)
    received = [box.copies[letter.message_id] for letter in letters]
    print(f"{label}: after three days, drained in {drained:.0f} s")
    figure(f"{label}: letters after three days beside one a person", len(letters) - len(people), 0)
    figure(f"{label}: of them lost or repeated", sum(n != 1 for n in received), 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2])
    else:
        main(sys.argv[1:])
