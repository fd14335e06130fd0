"""What reminders did not move: the curator's list, the methodologist's, and where they stand."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Deadline, HelpRequest, Notification
from programs.notifications.ladder import Ladder
from programs.notifications.lists import needs_attention, unanswered
from programs.notifications.manners import manner_on, policies_on
from programs.notifications.sweep import sweep
from programs.tests.deadline_world import World, d
from programs.tests.page_world import client_of
from programs.tests.test_sweep import DUE, owe, soft
from schools.models import Membership, MunicipalityPolicy, School
from schools.tests.factories import make_methodologist, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(calendar=False)


def noon(day: dt.date) -> dt.datetime:
    """13:00 of that day in Barnaul."""
    return dt.datetime(day.year, day.month, day.day, 6, tzinfo=dt.UTC)


def listed(world, on: dt.date) -> set[str]:
    """Periods of the rows in the curator's list on ``on``."""
    return set(
        unanswered([world.school.pk], [world.school.municipality_id], on).values_list(
            "period", flat=True
        )
    )


def test_what_was_spoken_of_three_times_passes_to_the_list_when_the_fourth_would_come(world):
    soft(world)
    soft(world, "mentee", opens_on=d("09.11.2026"))  # hears on 9, 10 and 11 November
    owe(world, "curator")  # the law: goes on and upwards
    assert listed(world, DUE) == set()
    assert listed(world, d("11.11.2026")) == {"mentor"}
    assert listed(world, d("17.11.2026")) == {"mentor"}
    assert listed(world, d("18.11.2026")) == {"mentor", "mentee"}
    assert listed(world, d("18.11.2030")) == {"mentor", "mentee"}


def test_one_is_spoken_of_or_listed_and_never_both(world):
    """Every manner and many openings, day by day, against the count of steps."""
    world.policy(d("20.11.2026"), quiet_reminders=True)
    for force, source in [("ADVICE", "DEFAULT"), ("LAW", "DEFAULT"), ("LAW", "ACT"),
                          ("DISTRICT", "ACT")]:  # fmt: skip
        for opened in range(0, 20):
            owe(
                world, force=force, date_source=source, period=f"{force}{source}{opened}",
                opens_on=DUE - dt.timedelta(days=opened),
            )  # fmt: skip
    for day in (DUE + dt.timedelta(days=n) for n in range(-12, 25)):
        Notification.objects.all().delete()
        sweep(day)
        spoken = set(Notification.objects.values_list("deadline", flat=True))
        silent = set(
            unanswered([world.school.pk], [world.school.municipality_id], day).values_list(
                "pk", flat=True
            )
        )
        assert not spoken & silent
        for row in Deadline.objects.open(day).annotate(manner=manner_on(day)):
            ladder = Ladder.of(MunicipalityPolicy(), row.manner)
            steps = ladder.spoken(row.opens_on, row.due_on, day)
            assert (row.pk in silent) == (ladder.limit is not None and steps > ladder.limit)
            assert (row.pk in spoken) == (steps > 0 and row.pk not in silent)


def test_a_done_or_paused_duty_is_in_no_list(world):
    soft(world, done_on=DUE)
    soft(world, "mentee", hidden=True)
    assert listed(world, d("18.11.2026")) == set()


def test_the_methodologist_finds_what_is_overdue_for_as_long_as_the_district_waits(world):
    owe(world)
    owe(world, "mentee", date_source="DEFAULT")
    soft(world, "curator")
    schools = School.objects.filter(pk=world.school.pk)

    def found(on):
        return set(
            needs_attention(schools, [world.school.municipality_id], on).values_list(
                "period", flat=True
            )
        )

    assert found(d("09.12.2026")) == set()
    assert found(d("10.12.2026")) == {"mentor"}
    world.district(to_methodologist_after=45)
    assert found(d("24.12.2026")) == set()
    assert found(d("25.12.2026")) == {"mentor"}


def test_the_newest_settings_of_the_day_hold(world):
    world.district(first_before=5)
    later = {"municipality": world.school.municipality, "starts_on": DUE, "first_before": 9}
    MunicipalityPolicy.objects.create(**later)
    for on, days in ((d("09.11.2026"), 5), (DUE, 9), (d("01.08.2020"), 7)):
        assert [policy.first_before for _, _, policy in policies_on(on)] == [days]


# --- pages --------------------------------------------------------------------------------------


def test_the_curator_finds_what_others_did_not_answer_and_comes_to_it(world, time_machine):
    time_machine.move_to(noon(d("18.11.2026")), tick=False)
    soft(world)
    soft(world, "curator")  # one's own duty stands under «Что сделать» already
    client = client_of(world.curator.user)
    page = client.get(reverse("home"))
    text = page.content.decode()
    assert "Не ответили на напоминания" in text
    assert [line.row.period for line in page.context["home"].unanswered_first] == ["mentor"]
    assert f"{reverse('deadline-list')}?when=unanswered" in text
    behind = client.get(reverse("deadline-list"), {"when": "unanswered"})
    assert behind.context["page"].paginator.count == page.context["home"].unanswered == 1
    director = client_of(world.director.user).get(reverse("home"))
    assert director.context["home"].unanswered == 2
    mentor = client_of(make_user(world.mentor.person))
    assert "Не ответили" not in mentor.get(reverse("home")).content.decode()
    strangers = mentor.get(reverse("deadline-list"), {"when": "unanswered"})
    assert strangers.context["filters"].errors  # not offered: filters nothing, and says so


def test_another_mentor_stays_hidden_from_a_mentor_who_is_curator(world, time_machine):
    world.running()
    HelpRequest.objects.create(
        group=world.group, member=world.member, kind="OTHER_MENTOR", asked_on=d("01.10.2026")
    )
    world.refresh()
    Membership.objects.filter(person=world.curator).update(person=world.mentor.person)
    time_machine.move_to(noon(d("18.11.2026")), tick=False)
    listing = {"when": "unanswered"}
    mentor = client_of(make_user(world.mentor.person)).get(reverse("deadline-list"), listing)
    assert "mentor_change" not in {line.row.kind for line in mentor.context["due"]}
    asked = unanswered([world.school.pk], [world.school.municipality_id], d("18.11.2026")).filter(
        kind="mentor_change"
    )
    assert asked.exists()


def test_the_home_page_reads_the_list_with_as_many_queries_as_without(world, time_machine):
    time_machine.move_to(noon(d("18.11.2026")), tick=False)
    client = client_of(world.curator.user)

    def counted() -> int:
        client.get(reverse("home"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        return len(queries)

    soft(world)
    one = counted()
    for number in range(12):
        soft(world, period=f"{number}")
    assert counted() == one


def test_each_row_of_the_district_leads_to_its_pair(world, time_machine):
    time_machine.move_to(noon(d("15.12.2026")), tick=False)
    owe(world)
    owe(world, "director", kind="local_act", group=None, subject=f"school:{world.school.pk}")
    owe(world, "mentee", due_on=d("10.12.2026"))
    client = client_of(make_methodologist(world.school.municipality))
    page = client.get(reverse("district-home"))
    text = page.content.decode()
    assert [line.row.period for line in page.context["attention"]] == ["mentor", "director"]
    assert reverse("group-detail", args=[world.group.pk]) in text
    assert client.get(reverse("group-detail", args=[world.group.pk])).status_code == 200
    behind = client.get(reverse("deadline-list"), {"when": "attention"})
    assert behind.context["page"].paginator.count == page.context["attention_total"] == 2
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("district-home"))
    assert len(queries) <= 20


def test_above_the_municipality_no_duty_of_a_pair_is_shown(world, time_machine):
    time_machine.move_to(noon(d("15.12.2026")), tick=False)
    owe(world)
    region = client_of(make_methodologist(world.school.municipality.region))
    page = region.get(reverse("district-home"))
    assert page.context["attention"] == []
    assert "Просрочено давно" not in page.content.decode()


def test_the_admin_is_told_in_words_what_the_ladder_refuses(world):
    root = make_user(is_staff=True, is_superuser=True)
    place, policy = world.school.municipality, world.district()
    address = reverse("admin:schools_municipality_change", args=[place.pk])
    client = client_of(root)
    form = client.get(address).context["inline_admin_formsets"]
    data = {f.html_name: f.value() or "" for f in client.get(address).context["adminform"].form}
    for inline in form:
        data |= {f.html_name: f.value() for f in inline.formset.management_form}
        for one in inline.formset.initial_forms:
            data |= {f.html_name: f.value() for f in one if f.value() not in (None, False)}
    prefix = "policies-0-"
    assert data[f"{prefix}first_before"] == 7
    wrong = data | {f"{prefix}first_before": 1, f"{prefix}to_director_after": 3}
    text = client.post(address, wrong).content.decode()
    assert "Первый раз напоминают раньше, чем второй." in text
    assert "Сначала пишут куратору, потом руководителю и методисту." in text
    assert "Напоминания" in text
    for_ever = client.post(address, data | {f"{prefix}stop_after": 9999})
    assert "Повторять можно через 1–60 дней, от 1 до 50 раз." in for_ever.content.decode()
    assert client.post(address, data | {f"{prefix}first_before": 10}).status_code == 302
    policy.refresh_from_db()
    assert policy.first_before == 10
