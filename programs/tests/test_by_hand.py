"""Texts for people whom no letter reaches, as the curator prints or sends them."""

import pytest
from django.urls import reverse

from programs.models import Deadline
from programs.tests.factories_reminders import make_item, make_news
from programs.tests.page_world import NOON, TODAY, World, client_of
from schools.models import User
from schools.tests.factories import make_person, make_post, make_user

pytestmark = pytest.mark.django_db
PAGE = "/reminders/by-hand/"


@pytest.fixture
def world(time_machine, settings):
    time_machine.move_to(NOON, tick=False)
    settings.SITE_URL = "https://nastavnik.example"
    return World()


def texts(user) -> dict[str, str]:
    page = client_of(user).get(PAGE)
    return {sheet.person.last_name: sheet.text for _, s in page.context["parts"] for sheet in s}


def duty_of(person, world) -> Deadline:
    """To record a meeting in the case of ``world``."""
    return Deadline.objects.create(
        kind="no_meeting", subject=f"group:{world.running.group.pk}", owner=f"person:{person.pk}",
        school=world.school, group=world.running.group, person=person, opens_on=TODAY,
        due_on=TODAY, basis="7.1", force="ADVICE", date_source="DEFAULT",
    )  # fmt: skip


def event_of(world) -> Deadline:
    return Deadline.objects.get(kind="planned_event", group=world.running.group)


def test_a_text_has_everything_once_with_links_and_names_nobody_else(world):
    mentor = world.running.mentor.person
    world.event.title = "Урок у Петровой"
    world.event.save()
    due = event_of(world)
    make_item(due, mentor, TODAY, step=0)
    make_item(due, mentor, TODAY, step=1)
    make_news(mentor, TODAY, path="/pairs/7/")
    assert texts(world.curator) == {
        mentor.last_name: (
            "Здравствуйте, Мария Петровна!\n"
            "Вот что ждёт вас в «Наставничестве» на 20 октября:\n"
            "1. Подписан приказ о вашей паре\n"
            "https://nastavnik.example/pairs/7/\n"
            "2. Провести мероприятие и отметить его — ждёт с 1 октября\n"
            f"https://nastavnik.example{reverse('event-settle', args=[world.event.pk])}"
        )
    }


def test_who_has_mail_or_nothing_to_do_is_left_out(world):
    mentor = world.running.mentor
    item = make_item(event_of(world), mentor.person, TODAY)
    User.objects.filter(pk=mentor.pk).update(email="m@school.example", email_key="m@school.example")
    assert texts(world.curator) == {}
    User.objects.filter(pk=mentor.pk).update(email="", email_key=None)
    assert set(texts(world.curator)) == {mentor.person.last_name}
    Deadline.objects.filter(pk=item.deadline_id).update(done_on=TODAY)
    assert texts(world.curator) == {}
    assert "Передавать нечего" in client_of(world.curator).get(PAGE).content.decode()


def test_somebody_without_an_account_is_told_how_to_come_in(world):
    person = world.young.person
    make_news(person, TODAY)
    assert texts(world.director)[person.last_name].endswith("листок с кодом.")


def test_what_concerns_another_organisation_stays_out(world):
    """A teacher of two schools: each curator tells only what is owed there."""
    other = World()
    person = make_person()
    for school in (world.school, other.school):
        make_post(school, person=person)
    for place in (world, other):
        make_item(duty_of(person, place), person, TODAY)
    make_news(person, TODAY)
    text = texts(world.curator)[person.last_name]
    assert reverse("meeting-log", args=[world.running.group.pk]) in text
    assert reverse("meeting-log", args=[other.running.group.pk]) not in text
    assert "приказ" not in text
    assert client_of(other.curator).get(PAGE).status_code == 200


def test_only_director_and_curator_open_it(world):
    assert client_of(world.running.mentor).get(PAGE).status_code == 403
    assert client_of(world.methodologist).get(PAGE).status_code == 403


def test_it_costs_the_same_for_one_person_and_for_many(world, django_assert_max_num_queries):
    client = client_of(world.curator)
    make_item(event_of(world), world.running.mentor.person, TODAY)
    client.get(PAGE)
    with django_assert_max_num_queries(16):
        client.get(PAGE)
    for _ in range(10):
        person = make_user(make_post(world.school).person).person
        make_item(duty_of(person, world), person, TODAY)
    with django_assert_max_num_queries(16):
        page = client.get(PAGE)
    assert len(page.context["parts"][0][1]) == 11


def test_the_curator_is_not_shown_the_own_text(world):
    make_item(event_of(world), world.curator.person, TODAY)
    assert texts(world.curator) == {}
