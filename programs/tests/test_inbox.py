"""The inbox: own items, what still waits, reading them, and the bell on every page."""

import datetime as dt

import pytest
from django.urls import reverse

from programs.models import Deadline, HelpRequest, Notification
from programs.tests.factories_reminders import make_item, make_news
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.workflow.help import ask_help
from schools.models import Membership, User

pytestmark = pytest.mark.django_db
INBOX = "/reminders/"
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    return World()


@pytest.fixture
def event_due(world):
    return Deadline.objects.get(kind="planned_event", group=world.running.group)


def shown(client, query="") -> list[tuple[str, list]]:
    return [(day.label, day.lines) for day in client.get(INBOX + query).context["days"]]


def bell(client) -> int:
    return client.get(INBOX).context["nav"].unread


def test_own_items_stand_by_day_the_newest_first(world, event_due):
    mentor = world.running.mentor
    make_item(event_due, mentor.person, TODAY, step=1)
    make_item(event_due, mentor.person, YESTERDAY, step=0)
    make_news(mentor.person, dt.date(2026, 9, 1))
    make_item(event_due, world.running.mentee.person, TODAY, step=8)
    days = shown(client_of(mentor))
    assert [(label, [line.title for line in lines]) for label, lines in days] == [
        ("Сегодня", ["Посещение урока"]),
        ("Вчера", ["Посещение урока"]),
        ("1 сентября", ["Подписан приказ о вашей паре"]),
    ]


def test_opening_reads_all_that_was_told_about_it_and_leads_to_the_form(world, event_due):
    mentor = world.running.mentor
    client = client_of(mentor)
    make_item(event_due, mentor.person, YESTERDAY, step=0)
    item = make_item(event_due, mentor.person, TODAY, step=1)
    other = make_news(mentor.person, TODAY)
    ((_, today), (_, yesterday)) = shown(client)
    assert [line.unread for line in [*today, *yesterday]] == [True, True, False]
    assert bell(client) == 2  # what was reminded of again counts once
    answer = client.post(reverse("reminder-open", args=[item.pk]))
    assert answer.url == reverse("event-settle", args=[world.event.pk])
    assert bell(client) == 1
    assert set(Notification.objects.unread()) == {other}


def test_looking_reads_nothing_and_one_press_reads_all_of_ones_own(world, event_due):
    mentor, mentee = world.running.mentor, world.running.mentee
    make_item(event_due, mentor.person, TODAY)
    foreign = make_news(mentee.person, TODAY)
    client = client_of(mentor)
    client.get(INBOX)
    assert bell(client) == 1
    assert client.post(reverse("reminder-read-all")).url == INBOX
    assert bell(client) == 0
    assert set(Notification.objects.unread()) == {foreign}


def test_nobody_opens_the_items_of_another(world, event_due):
    item = make_item(event_due, world.running.mentor.person, TODAY)
    answer = client_of(world.director).post(reverse("reminder-open", args=[item.pk]))
    assert answer.status_code == 404
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"done_on": TODAY}, "сделано"),
        ({"void_on": TODAY}, "больше не нужно"),
        ({"hidden": True}, "на паузе"),
        ({"due_on": dt.date(2027, 3, 1)}, "срок перенесён"),
        ({"done_on": None}, ""),
    ],
)
def test_what_waits_no_more_is_grey_and_not_counted(world, event_due, change, word):
    mentor = world.running.mentor
    make_item(event_due, mentor.person, TODAY)
    Deadline.objects.filter(pk=event_due.pk).update(**change)
    client = client_of(mentor)
    ((_, (line,)),) = shown(client)
    assert (line.over, line.unread) == (word, not word)
    assert bell(client) == (0 if word else 1)


def test_what_is_done_leads_to_the_pair_not_to_a_form_that_would_refuse(world, event_due):
    mentor = world.running.mentor
    item = make_item(event_due, mentor.person, TODAY)
    Deadline.objects.filter(pk=event_due.pk).update(done_on=TODAY)
    answer = client_of(mentor).post(reverse("reminder-open", args=[item.pk]))
    assert answer.url == reverse("group-detail", args=[world.running.group.pk])


def test_whoever_lost_the_role_reads_no_names_any_more(world, event_due):
    make_item(event_due, world.curator.person, TODAY, escalated=True)
    client = client_of(world.curator)
    mentee = world.running.mentee.person.last_name
    assert mentee in client.get(INBOX).content.decode()
    Membership.objects.filter(person=world.curator.person).update(ends_on=YESTERDAY)
    page = client_of(User.objects.get(pk=world.curator.pk)).get(INBOX)
    assert mentee not in page.content.decode()
    ((_, (line,)),) = [(d.label, d.lines) for d in page.context["days"]]
    assert (line.over, line.url) == ("больше не ваша задача", "")


def test_another_mentor_wished_for_is_never_told_to_the_mentor_who_is_curator(world):
    running = world.running
    Membership.objects.create(
        person=running.mentor.person, role="CURATOR", school=world.school, starts_on=YESTERDAY
    )
    ask_help(
        running.members[0], by=running.mentee, on=TODAY, kind="OTHER_MENTOR", text="Не сошлись"
    )
    asked = Deadline.objects.get(kind="mentor_change")
    make_item(asked, world.curator.person, TODAY)
    hand = reverse("reminder-by-hand")
    assert "другом наставнике" in client_of(world.director).get(hand).content.decode()
    page = client_of(running.mentor).get(hand).content.decode()
    assert "другом наставнике" not in page
    assert reverse("help-answer", args=[HelpRequest.objects.get().pk]) not in page


def test_a_path_that_leads_elsewhere_is_not_followed(world):
    mentor = world.running.mentor
    item = make_news(mentor.person, TODAY, path="//evil.example/")
    answer = client_of(mentor).post(reverse("reminder-open", args=[item.pk]))
    assert answer.url == "/"


def test_the_bell_is_one_query_and_for_nobody_none(world, django_assert_num_queries):
    from programs.notifications.inbox import unread_count  # noqa: PLC0415 beside what it counts

    make_news(world.running.mentor.person, TODAY)
    with django_assert_num_queries(1):
        assert unread_count(world.running.mentor) == 1
    root = User.objects.create_superuser("root", "secret-password")
    with django_assert_num_queries(0):
        assert unread_count(root) == 0
    page = client_of(root).get(reverse("profile")).content.decode()
    assert "Напоминания" not in page


def test_the_list_costs_the_same_for_one_item_and_for_thirty(
    world, event_due, django_assert_max_num_queries
):
    client = client_of(world.director)
    rows = list(Deadline.objects.live().filter(school=world.school))
    make_item(rows[0], world.director.person, TODAY)
    client.get(INBOX)  # the session learns the time zone
    with django_assert_max_num_queries(14):
        client.get(INBOX)
    for step in range(1, 40):
        for row in rows[:3]:
            make_item(row, world.director.person, TODAY, step=step)
    with django_assert_max_num_queries(14):
        page = client.get(INBOX)
    assert sum(len(day.lines) for day in page.context["days"]) == 30
    assert page.context["page"].paginator.num_pages == 4


def test_an_empty_inbox_says_what_will_come(world):
    page = client_of(world.running.mentee).get(INBOX).content.decode()
    assert "Напоминаний пока нет" in page
