"""The calendar by a secret address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from programs.models import CalendarFeed, Deadline, PlannedEvent
from programs.notifications import feed
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.tests.races import together
from programs.workflow.term import pause_program
from schools.models import User
from schools.tests.factories import make_post, make_school, make_user
from schools.text import clean

pytestmark = pytest.mark.django_db
SITE = "https://nastavnik.example"


@pytest.fixture
def world(time_machine, settings):
    time_machine.move_to(NOON, tick=False)
    settings.SITE_URL = SITE
    return World()


def address_of(user) -> str:
    page = client_of(user).post(reverse("calendar-make"))
    return page.context["address"].removeprefix(SITE)


def fetched(user) -> list:
    answer = Client().get(address_of(user))
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def by_title(user) -> dict:
    return {str(entry["summary"]): entry for entry in fetched(user)}


def test_deadlines_plan_and_meetings_are_whole_days(world):
    assert world.meeting
    found = by_title(world.running.mentor)
    plan, meeting = found["Посещение урока"], found["Встреча с наставником"]
    assert plan["dtstart"].params["VALUE"] == "DATE"
    assert (plan.decoded("dtstart"), plan.decoded("dtend")) == (
        world.event.due_on, world.event.due_on + dt.timedelta(days=1),
    )  # fmt: skip
    assert meeting.decoded("dtstart") == TODAY
    assert found["Записать встречу"].decoded("dtstart") > TODAY
    assert str(plan["url"]) == SITE + reverse("group-work", args=[world.running.group.pk])


def test_only_ones_own_is_in_it(world):
    assert world.meeting
    assert "Записать встречу" not in by_title(world.running.mentee)
    assert "Посещение урока" not in by_title(world.curator)
    assert set(by_title(world.methodologist)) == set()


def test_names_are_no_longer_than_in_lists_and_pay_or_texts_are_absent(world):
    assert world.addendum
    assert world.meeting
    content = Client().get(address_of(world.running.mentor)).content.decode()
    text = content.replace("\r\n ", "")
    mentee = world.running.mentee.person
    assert clean(mentee.short_name) in text
    assert mentee.full_name not in text
    assert "Разбор урока" not in text
    assert "17500" not in text


def test_entries_stay_the_same_when_rows_are_made_anew(world):
    mentor = world.running.mentor
    before = {str(e["uid"]) for e in fetched(mentor)}
    old = Deadline.objects.get(kind="no_meeting", group=world.running.group)
    again = Deadline.objects.get(pk=old.pk)
    old.delete()
    again.pk, again._state.adding = None, True
    again.save()
    assert {str(e["uid"]) for e in fetched(mentor)} == before
    assert len(before) == len(fetched(mentor))


def test_hostile_text_injects_nothing_and_lines_fold_between_letters(world):
    hostile = "Урок\r\nEND:VEVENT\nATTACH:http://x\r; , \\ \x0b\x00".replace("\x00", "") + "ё" * 150
    PlannedEvent.objects.filter(pk=world.event.pk).update(title=hostile)
    content = Client().get(address_of(world.running.mentor)).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None and b"\n" not in line for line in lines)
    assert not any(line.startswith((b"ATTACH", b"\x0b")) for line in lines)
    entries = Calendar.from_ical(content).walk("VEVENT")
    assert lines.count(b"END:VEVENT") == len(entries)
    assert any("END:VEVENT ATTACH:http://x ; , \\ ёё" in str(e["summary"]) for e in entries)


def test_a_pause_takes_the_plan_out_until_the_dates_are_known_again(world):
    pause_program(
        world.program, by=world.curator, on=TODAY, starts_on=TODAY,
        expected_on=dt.date(2026, 12, 1), reason="Болезнь",
    )  # fmt: skip
    assert "Посещение урока" not in by_title(world.running.mentor)


def test_the_day_is_that_of_the_municipality(world, time_machine):
    """19:00 UTC on 20 October is already the 21st in Barnaul."""
    address = address_of(world.running.mentor)
    time_machine.move_to(dt.datetime(2026, 10, 20, 19, tzinfo=dt.UTC), tick=False)
    content = Client().get(address).content.decode()
    assert "X-WR-TIMEZONE:Asia/Barnaul" in content
    assert "DTSTAMP:20261020T170000Z" in content  # midnight of the 21st there


def test_the_address_is_shown_once_and_only_its_hash_is_kept(world):
    mentor = world.running.mentor
    address = address_of(mentor)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43  # 256 bits
    kept = CalendarFeed.objects.get(user=mentor)
    assert token not in str(vars(kept))
    page = client_of(mentor).get(reverse("reminder-settings")).content.decode()
    assert token not in page
    answer = Client().get(address)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"].startswith("text/calendar")


def test_wrong_revoked_replaced_and_closed_all_read_alike(world):
    mentor = world.running.mentor
    first = address_of(mentor)
    assert Client().get(first).status_code == 200
    second = address_of(mentor)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    User.objects.filter(pk=mentor.pk).update(is_active=False)
    assert Client().get(second).status_code == 404
    User.objects.filter(pk=mentor.pk).update(is_active=True, person=None)
    assert Client().get(second).status_code == 404
    User.objects.filter(pk=mentor.pk).update(person=mentor.person)
    client_of(User.objects.get(pk=mentor.pk)).post(reverse("calendar-revoke"))
    assert Client().get(second).status_code == 404
    for wrong in ["x", "%00", "a" * 3000, "٣"]:
        assert Client().get(f"/calendar/{wrong}.ics").status_code == 404
    assert Client().post(second).status_code == 405


def test_reading_is_noted_once_an_hour(world, time_machine):
    mentor = world.running.mentor
    address = address_of(mentor)
    for minutes, noted in [(0, 0), (59, 0), (61, 61)]:
        at = NOON + dt.timedelta(minutes=minutes)
        time_machine.move_to(at, tick=False)
        Client().get(address)
        read_at = CalendarFeed.objects.get(user=mentor).last_read_at
        assert read_at == NOON + dt.timedelta(minutes=noted)


def test_a_calendar_costs_the_same_however_long_it_is(world, django_assert_max_num_queries):
    assert world.meeting
    address = address_of(world.curator)
    Client().get(address)
    with django_assert_max_num_queries(16):
        Client().get(address)
    for _ in range(3):
        World.proposal.func(world)
    with django_assert_max_num_queries(16):
        Client().get(address)
    with django_assert_max_num_queries(1):
        Client().get("/calendar/wrong.ics")


@pytest.mark.django_db(transaction=True)
def test_two_addresses_made_at_once_leave_one_that_works():
    user = make_user(make_post(make_school()).person)
    made = []
    together(*[lambda: made.append(feed.make_address(user)) for _ in range(3)])
    answers = [Client().get(one[one.index("/calendar/") :]).status_code for one in made]
    assert sorted(answers) == [200, 404, 404]
