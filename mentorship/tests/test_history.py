"""The history shows that somebody has been at it, also past the application."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mentorship.tests.raw import delete, run, update
from schools import guards, history
from schools.models import Event, EventChain, EventSubject, EventValue
from schools.tests.factories import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = make_school()
    with history.changing(history.Scope(), by=None, on=timezone.localdate()) as change:
        for number in range(4):
            change.record("record_added", school, school=school.pk, what=f"Запись {number}")
    return school


def _chain(school) -> EventChain:
    return EventChain.objects.get(name=f"school:{school.pk}")


def _event(school, seq: int) -> Event:
    return _chain(school).events.get(seq=seq)


def _check() -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("check_history", stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, err.getvalue()
    return 0, out.getvalue()


def test_an_untouched_history_is_whole_also_after_words_were_erased(school):
    EventValue.objects.get(event=_event(school, 2)).delete()
    assert history.broken_links(_chain(school)) == []
    assert _check()[0] == 0


def _remove(school, seq):
    event = _event(school, seq)
    run(delete(event.value))
    run(delete(event.subjects.get()))
    run(delete(event))


def _swap(school):
    first, second = _event(school, 2), _event(school, 3)
    run(update(first, seq=99))
    run(update(second, seq=2))
    run(update(first, seq=3))


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (lambda s: run(update(_event(s, 2), on=dt.date(2020, 1, 1))), [2]),
        (lambda s: run(update(_event(s, 2), kind="record_changed")), [2]),
        (lambda s: run(update(_event(s, 2).value, values={"what": "иное"})), [2]),
        (lambda s: run(update(_event(s, 2).subjects.get(), object_id=10**6)), [2]),
        (lambda s: EventSubject.objects.create(event=_event(s, 2), label="x", object_id=1), [2]),
        (lambda s: _remove(s, 2), [3]),
        (lambda s: _remove(s, 4), [4]),
        (_swap, [2, 3, 4]),
    ],
    ids=["date", "kind", "words", "subject", "added", "removed", "cut", "reordered"],
)
def test_a_tampered_history_is_noticed(school, tamper, broken):
    guards.drop_all("default")
    tamper(school)
    for label in ("schools", "programs"):
        guards.install("default", label)
    assert history.broken_links(_chain(school)) == broken
    code, said = _check()
    assert code == 1
    assert f"school:{school.pk}: broken at event {broken[0]}" in said


def test_a_lost_guard_is_noticed(school):
    with connection.cursor() as cursor:
        on = " ON schools_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER event_is_never_changed{on}")
    assert _check() == (1, "the guard event_is_never_changed is missing: run migrate\n")
