"""The letter of the day: one a person, from the hour set, of what still holds."""

import datetime as dt
import re

import pytest

from programs.models import Deadline, Letter, LetterState, Notification, ReminderSettings
from programs.notifications.letters import compose
from programs.notifications.rendering import messages
from programs.tests.factories_letters import (
    NOON,
    TODAY,
    make_duty,
    make_item,
    make_letter,
    make_reader,
)
from programs.tests.races import together
from schools.models import Absence, Membership, MunicipalityPolicy, SchoolBreak
from schools.tests.factories import make_curator, make_director, make_school

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def lines(message) -> list[str]:
    """«1. …» lines of the text."""
    return re.findall(r"^\d+\. .*", message.text, re.M)


# --- composing --------------------------------------------------------------------------------


def test_one_letter_a_person_and_day_however_often_it_runs():
    reader, other = make_reader(), make_reader()
    for _ in range(3):
        make_item(reader, make_duty(reader))
    make_item(other, make_duty(other))
    assert compose() == 2
    assert compose() == 0
    letter = Letter.objects.get(recipient=reader.person)
    assert (letter.day, letter.state, letter.items.count()) == (TODAY, "WAITING", 3)
    make_item(reader, make_duty(reader))  # told later the same day: it still joins
    assert compose() == 0
    assert letter.items.count() == 4
    Letter.objects.update(state=LetterState.EMPTY)
    make_item(reader, make_duty(reader))  # nothing was left to say and nothing left: it is free
    assert compose() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.items.count()) == ("WAITING", 5)
    Letter.objects.update(state=LetterState.SENT, sent_at=NOON)
    make_item(reader, make_duty(reader))  # the letter has left: tomorrow's takes it
    assert compose() == 0
    assert Notification.objects.filter(letter=None).count() == 1


def test_letters_wait_for_the_hour_of_their_municipality(time_machine):
    reader = make_reader()
    make_item(reader, make_duty(reader))
    place = reader.person.memberships.get().school.municipality
    MunicipalityPolicy.objects.create(
        municipality=place, starts_on=TODAY - DAY, letters_at=dt.time(9, 0)
    )
    for hour, written in [(1, 0), (2, 1)]:  # 8:00, then 9:00 in Barnaul
        time_machine.move_to(dt.datetime(2026, 10, 20, hour, tzinfo=dt.UTC))
        assert compose() == written
    other = make_reader()
    make_item(other, make_duty(other))
    time_machine.move_to(dt.datetime(2026, 10, 20, 17, 30, tzinfo=dt.UTC))  # 00:30 on the 21st
    assert compose() == 0
    assert compose(on=TODAY) == 1  # by hand: this day, at any hour


def test_only_who_can_be_reached_and_wants_it_is_written_to():
    away = make_reader(email="")
    asleep, off = make_reader(), make_reader()
    off.is_active = False
    off.save()
    ReminderSettings.objects.create(person=asleep.person, paused_until=TODAY + DAY)
    for reader in (away, asleep, off):
        make_item(reader, make_duty(reader))
    assert compose() == 0
    assert compose(on=TODAY + DAY) == 1
    assert Letter.objects.get().recipient == asleep.person


def test_after_days_of_standstill_there_is_one_letter(time_machine):
    reader = make_reader()
    first, second = make_duty(reader), make_duty(reader, due_on=TODAY + 2 * DAY)
    make_item(reader, first)
    assert compose() == 1
    time_machine.shift(3 * DAY)
    make_item(reader, first, step=1)
    make_item(reader, second, step=0)
    assert compose() == 0
    letter = Letter.objects.get()
    assert (letter.day, letter.items.count()) == (TODAY + 3 * DAY, 3)
    (message,) = messages([letter]).values()
    assert len(lines(message)) == 2  # a duty is one line, at however many steps it was told


def test_holidays_hold_back_what_was_written_before_them():
    late = make_letter()  # its server was away until the holidays
    reader = make_reader()
    own, law = make_duty(reader), make_duty(reader, force="LAW")
    for duty in (own, law):
        make_item(reader, duty)
    for school in (own.school, late.items.get().deadline.school):
        SchoolBreak.objects.create(
            municipality=school.municipality, kind=school.kind, name="осенние",
            starts_on=TODAY + DAY, ends_on=TODAY + 9 * DAY,
        )  # fmt: skip
    assert compose(on=TODAY + DAY) == 1
    assert Notification.objects.get(letter=None).deadline == own
    Letter.objects.update(day=TODAY + DAY)
    (message,) = messages(Letter.objects.all()).values()
    assert (message.letter == late.pk, len(lines(message))) == (False, 1)
    Letter.objects.update(state=LetterState.SENT, sent_at=NOON)
    assert compose(on=TODAY + 10 * DAY) == 1
    assert Notification.objects.get(deadline=own).letter.day == TODAY + 10 * DAY


def test_a_letter_of_a_day_ahead_of_the_clock_reads_as_on_that_day():
    reader = make_reader()
    make_item(reader, make_duty(reader, opens_on=TODAY + 5 * DAY, due_on=TODAY + 9 * DAY))
    other = make_letter()
    assert compose(on=TODAY + 8 * DAY) == 1
    made = messages(Letter.objects.all())
    assert "на 20 октября" in made.pop(other.pk).text
    (message,) = made.values()
    assert "на 28 октября" in message.text
    assert lines(message) == ["1. Проверить раздел «Наставничество» на сайте — до 29 октября"]


@pytest.mark.django_db(transaction=True)
def test_composing_at_once_makes_one_letter_a_person():
    readers = [make_reader() for _ in range(3)]
    for reader in readers:
        for _ in range(2):
            make_item(reader, make_duty(reader))
    together(*[lambda: compose(on=TODAY)] * 4)
    assert Letter.objects.count() == 3
    assert sorted(letter.items.count() for letter in Letter.objects.all()) == [2, 2, 2]


def test_what_a_sender_has_in_hand_gets_no_more_items():
    letter = make_letter()
    Letter.objects.update(state="SENDING", claim="x", lease_until=NOON + DAY, attempts=1)
    reader = letter.recipient.user
    make_item(reader, make_duty(reader))
    compose()
    compose(on=TODAY + DAY)
    assert sorted(Letter.objects.values_list("day", "state")) == [
        (TODAY, "SENDING"), (TODAY + DAY, "WAITING"),
    ]  # fmt: skip
    assert letter.items.count() == 1


# --- what is in it ----------------------------------------------------------------------------


def test_the_most_urgent_comes_first_and_every_item_leads_to_its_form(settings):
    settings.SITE_URL = "https://mentors.example"
    reader = make_reader()
    school = reader.person.memberships.get().school
    duties = [
        {"kind": "site_section", "force": "ADVICE", "due_on": TODAY + DAY},
        {"kind": "roster_refresh", "due_on": TODAY},
        {"kind": "local_act", "force": "LAW", "date_source": "ACT", "due_on": TODAY - 3 * DAY},
    ]
    for duty in duties:
        make_item(reader, make_duty(reader, **duty))
    compose()
    (message,) = messages(Letter.objects.all()).values()
    assert lines(message) == [
        "1. Утвердить положение о наставничестве — просрочено на 3 дня",
        "2. Обновить список нуждающихся в наставнике — сегодня",
        "3. Проверить раздел «Наставничество» на сайте — рекомендуется до 21 октября",
    ]
    assert message.subject == "Наставничество: 3 напоминания"
    links = re.findall(r"https://mentors\.example\S*", message.text)
    assert links[0].endswith(f"/schools/{school.pk}/acts/add/")
    for link in links:
        assert link in message.html


def test_a_long_letter_ends_with_how_many_more(settings):
    reader = make_reader()
    for n in range(34):
        make_item(reader, make_duty(reader, due_on=TODAY + n * DAY))
    compose()
    (message,) = messages(Letter.objects.all()).values()
    assert len(lines(message)) == 30
    assert f"И ещё 4 — на сайте: {settings.SITE_URL}/reminders/" in message.text
    assert "И ещё 4 — на сайте" in message.html
    assert message.subject == "Наставничество: 34 напоминания"


@pytest.mark.parametrize(
    "change",
    [
        {"done_on": TODAY},
        {"void_on": TODAY},
        {"hidden": True},
        {"due_on": TODAY + 9 * DAY},  # moved: the new date has reminders of its own
        {"opens_on": TODAY + DAY},
        {"owner": "director:school:0"},  # of whom nobody is there
    ],
)
def test_what_was_settled_meanwhile_drops_out(change):
    letter = make_letter(duties=2)
    gone = letter.items.first()
    Deadline.objects.filter(pk=gone.deadline_id).update(**change)
    (message,) = messages([letter]).values()
    assert len(lines(message)) == 1
    assert message.items == frozenset(letter.items.exclude(pk=gone.pk).values_list("pk", flat=True))
    assert list(Notification.objects.exclude(settled_on=None)) == [gone]


def test_duties_follow_the_role_and_the_absence_of_its_holder():
    school = make_school()
    reader, director = make_reader(school), make_director(school)
    letter = make_letter(reader, owner=f"curator:school:{school.pk}")
    assert messages([letter])
    post = reader.person.posts.get()
    absence = Absence.objects.create(post=post, starts_on=TODAY, kind="VACATION")
    assert not messages([letter])
    absence.delete()
    Notification.objects.update(settled_on=None)
    Membership.objects.filter(person=reader.person).update(ends_on=TODAY - DAY)
    make_curator(school)
    assert not messages([letter])
    assert director


def test_an_escalated_duty_says_for_whom_one_waits():
    school = make_school()
    director, reader = make_director(school), make_reader(school)
    director.email = "director@school.example"
    director.save()
    duty = make_duty(reader, kind="program_draft", force="LAW", due_on=TODAY - 14 * DAY)
    make_item(director, duty, step=15, escalated=True)
    compose()
    (message,) = messages(Letter.objects.all()).values()
    assert message.to == "director@school.example"
    assert lines(message) == ["1. Подготовить программу (ждём: наставник) — просрочено на 14 дней"]


def test_no_name_of_a_person_and_no_line_break_gets_into_a_letter():
    reader = make_reader()
    person = reader.person
    type(person).objects.filter(pk=person.pk).update(
        last_name="Иванова\r\nBcc: all@example.com", first_name="<b>Мария</b>"
    )
    letter = make_letter(reader)
    (message,) = messages([letter]).values()
    email = message.as_email().message()
    assert email["Subject"]
    assert email["Bcc"] is None
    whole = message.subject + message.text + message.html
    assert "Иванова" not in whole
    assert "Мария" not in whole
    assert email["To"] == reader.email
    assert email["Message-ID"] == letter.message_id
    assert email["List-Unsubscribe"] == f"<{message.pause_url}>"
    assert message.pause_url in message.text


def test_many_letters_take_as_many_queries_as_one(django_assert_num_queries):
    letters = [make_letter(duties=2) for _ in range(4)]
    messages(letters[:1])
    with django_assert_num_queries(10):
        messages(letters[:1])
    with django_assert_num_queries(10):
        assert len(messages(letters)) == 4
