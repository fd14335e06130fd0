"""How people want to be written to: settings, pauses, the link of a letter."""

import datetime as dt
import logging

import pytest
from django.core import signing
from django.test import Client, override_settings
from django.urls import reverse

from programs.choices import DateSource
from programs.models import Deadline, Notification, ReminderSettings
from programs.notifications import preferences
from programs.notifications.preferences import writable_items
from programs.tests.factories_reminders import make_item, make_news
from programs.tests.page_world import client_of
from programs.tests.races import together
from schools.models import User
from schools.tests.factories import make_post, make_school, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
SETTINGS = "/reminders/settings/"
# 02:00 on 24 November in Barnaul, still 23 November in London and Moscow.
NIGHT = dt.datetime(2026, 11, 23, 19, tzinfo=dt.UTC)
TUESDAY = dt.date(2026, 11, 24)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def user(school, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    return make_user(make_post(school).person)


def make_deadline(school, force) -> Deadline:
    return Deadline.objects.create(
        kind="local_act", subject=f"school:{school.pk}", owner=f"director:school:{school.pk}",
        period=force, school=school, opens_on=MONDAY, due_on=MONDAY, basis="3.1", force=force,
        date_source=DateSource.ACT,
    )  # fmt: skip


def written_to(on: dt.date) -> set[str]:
    """Which items may go into a letter: «LAW», «SCHOOL» or «event»."""
    found = writable_items(Notification.objects.all(), on)
    return {item.deadline.force if item.deadline else "event" for item in found}


@pytest.fixture
def told(school, user):
    """A LAW item, one of the school's own, and an event, all told on Wednesday 18 November."""
    told_on = MONDAY - days(5)
    for force in ("LAW", "SCHOOL"):
        make_item(make_deadline(school, force), user.person, told_on)
    make_news(user.person, told_on)


EVERYTHING = {"LAW", "SCHOOL", "event"}


@pytest.mark.parametrize(
    ("own", "on", "expected"),
    [
        (None, MONDAY, EVERYTHING),
        ({"frequency": "DAILY"}, MONDAY - days(1), EVERYTHING),
        ({"frequency": "LAW_ONLY"}, MONDAY, {"LAW", "event"}),
        ({"frequency": "WEEKLY"}, MONDAY - days(4), {"event"}),
        ({"frequency": "WEEKLY"}, MONDAY - days(1), {"event"}),
        ({"frequency": "WEEKLY"}, MONDAY, EVERYTHING),
        ({"frequency": "WEEKLY"}, MONDAY + days(1), EVERYTHING),  # the Monday was missed
        ({"paused_until": MONDAY + days(1)}, MONDAY, {"event"}),
        ({"paused_until": MONDAY}, MONDAY, EVERYTHING),
        ({"at_once": False}, MONDAY, {"LAW", "SCHOOL"}),
        ({"at_once": False, "paused_until": MONDAY + days(9)}, MONDAY, set()),
    ],
)
def test_what_may_be_written_on_which_day(told, user, own, on, expected):
    if own is not None:
        ReminderSettings.objects.create(person=user.person, **own)
    assert written_to(on) == expected


def test_a_weekly_letter_that_left_on_monday_is_the_only_one(school, user):
    """What is told on Monday after the letter, or on Tuesday, waits for the next Monday."""
    ReminderSettings.objects.create(person=user.person, frequency="WEEKLY")
    deadline = make_deadline(school, "LAW")
    for step, told_on in enumerate([MONDAY, TUESDAY]):
        make_item(deadline, user.person, told_on, step=step)
    assert written_to(TUESDAY) == set()
    assert written_to(MONDAY + days(7)) == {"LAW"}


def test_settings_are_kept_and_shown_again(user):
    client = client_of(user)
    assert client.post(SETTINGS, {"frequency": "WEEKLY"}).url == SETTINGS
    own = ReminderSettings.objects.get(person=user.person)
    assert (own.frequency, own.at_once) == ("WEEKLY", False)
    page = client.get(SETTINGS)
    assert page.context["form"]["frequency"].value() == "WEEKLY"
    assert client.post(SETTINGS, {"frequency": "HOURLY"}).status_code == 422
    own.refresh_from_db()
    assert own.frequency == "WEEKLY"


@pytest.mark.parametrize(("ahead", "status"), [(0, 422), (1, 302), (60, 302), (61, 422)])
def test_a_pause_lasts_one_to_sixty_local_days(user, ahead, status):
    url, until = reverse("reminder-pause"), TUESDAY + days(ahead)
    client = client_of(user)
    answer = client.post(url, {"until": until.isoformat()})
    assert answer.status_code == status
    kept = ReminderSettings.objects.filter(person=user.person).values_list("paused_until")
    assert list(kept) == ([(until,)] if status == 302 else [])
    if status == 422:
        assert "Выберите день с 25.11.2026 по 23.01.2027." in answer.content.decode()
        assert until.isoformat() in answer.content.decode()


def test_a_pause_is_taken_back(user):
    client = client_of(user)
    client.post(reverse("reminder-pause"), {"until": "2026-12-01"})
    assert "01.12.2026" in client.get(SETTINGS).content.decode()
    client.post(reverse("reminder-resume"))
    assert "Снять паузу" not in client.get(SETTINGS).content.decode()
    assert ReminderSettings.objects.get(person=user.person).paused_until is None


def link_of(user) -> str:
    return preferences.pause_url(user.person).removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def stranger(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    return Client(enforce_csrf_checks=True)


def paused(user):
    return ReminderSettings.objects.filter(person=user.person).values_list("paused_until").first()


def test_a_link_is_opened_without_signing_in_and_only_its_button_acts(user, stranger):
    url = link_of(user)
    for _ in range(3):  # scanners of mail
        page = stranger.get(url)
    assert (page.status_code, paused(user)) == (200, None)
    assert stranger.post(url, {"until": "2026-12-01"}).url == url
    assert paused(user) == (dt.date(2026, 12, 1),)
    page = stranger.get(url).content.decode()
    assert "01.12.2026" in page
    assert 'value="2026-12-01"' in page  # the day to change
    stranger.post(url, {"until": "2026-12-24"})
    assert paused(user) == (dt.date(2026, 12, 24),)
    stranger.post(url, {"resume": "1"})
    assert paused(user) == (None,)


def test_a_link_takes_no_more_than_sixty_days_and_loses_nothing_typed(user, stranger):
    answer = stranger.post(link_of(user), {"until": "2027-06-01"})
    assert (answer.status_code, paused(user)) == (422, None)
    assert "2027-06-01" in answer.content.decode()


def test_the_page_names_nobody_and_hands_its_address_to_nobody(user, stranger):
    page = stranger.get(link_of(user))
    text = page.content.decode()
    assert user.person.last_name not in text
    assert user.login not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_a_link_of_sixty_days_is_old_and_says_so(user, stranger, time_machine):
    url = link_of(user)
    time_machine.move_to(NIGHT + days(59), tick=False)
    assert stranger.get(url).status_code == 200
    time_machine.move_to(NIGHT + days(60) + dt.timedelta(seconds=1), tick=False)
    assert stranger.get(url).status_code == 410
    assert stranger.post(url, {"until": "2027-02-01"}).status_code == 410
    assert paused(user) is None


def test_forged_foreign_and_dead_links_are_not_found(user, stranger):
    good = link_of(user)
    other = make_user()
    token = good.split("/")[-2]
    with override_settings(SITE_URL="https://other.example"):
        foreign = preferences.pause_url(other.person).split("/")[-2]
    forged = [
        f"{other.person_id}{token[token.index(':') :]}",
        signing.TimestampSigner(salt="other").sign(str(user.person_id)),
        foreign, token[:-1], "x", "a" * 3000, "%00", "١:١:١",
    ]  # fmt: skip
    for one in forged:
        url = f"/reminders/pause/{one}/"
        assert stranger.get(url).status_code == 404, one
        assert stranger.post(url, {"until": "2026-12-01"}).status_code == 404, one
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert stranger.get(good).status_code == 404
    assert not ReminderSettings.objects.exists()


def test_secrets_of_addresses_reach_no_log(user, stranger, caplog):
    """Django writes down every address that it refuses."""
    with caplog.at_level(logging.DEBUG):
        for url in [
            "/reminders/pause/7:secret-one:x/", "/calendar/secret-two.ics",
            "/accounts/code/secret-three/", "/accounts/reset/MQ/secret-four/",
        ]:  # fmt: skip
            stranger.post(url)
            stranger.get(url)
    assert "secret" not in caplog.text
    assert "/reminders/pause/***" in caplog.text
    assert "/calendar/***" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_first_settings_and_first_pause_at_once_are_one_row(user):
    """Two tabs, or a link and a page: neither is lost."""
    person, until = user.person, TUESDAY + days(5)
    together(
        lambda: preferences.change_letters(person, frequency="WEEKLY", at_once=False),
        lambda: preferences.pause_letters(person, until=until, on=TUESDAY),
    )
    own = ReminderSettings.objects.get(person=person)
    assert (own.frequency, own.at_once, own.paused_until) == ("WEEKLY", False, until)
