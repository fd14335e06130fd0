"""The sweep under a frozen clock: who is told of what, on which day, and how often."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from programs import deadlines
from programs.models import Deadline, HelpRequest, Notification
from programs.notifications.sweep import sweep
from programs.tests.deadline_world import World, d
from programs.tests.races import together
from schools.models import Absence, Membership, SchoolBreak
from schools.tests.factories import make_curator, make_school
from schools.workflow.calendar import correct_day

DUE = d("10.11.2026")  # a Tuesday
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(calendar=False)


def owe(world, owner="mentor", **fields) -> Deadline:
    """A duty of the world's case, from 1 October to 10 November: LAW, dates confirmed."""
    owners = {"curator": f"curator:school:{world.school.pk}",
              "director": f"director:school:{world.school.pk}"}  # fmt: skip
    person = None if owner in owners else getattr(world, owner).person
    return Deadline.objects.create(
        **{
            "kind": "program_draft",
            "subject": f"group:{world.group.pk}",
            "owner": owners.get(owner) or f"person:{person.pk}",
            "period": owner,
            "school": world.school,
            "group": world.group,
            "person": person,
            "opens_on": d("01.10.2026"),
            "due_on": DUE,
            "basis": "Положение, 3.5",
            "force": "LAW",
            "date_source": "DISTRICT",
            **fields,
        }
    )


def soft(world, owner="mentor", **fields) -> Deadline:
    return owe(world, owner, **{"force": "ADVICE", "date_source": "DEFAULT", **fields})


def told(on: dt.date) -> set[tuple]:
    """What a sweep of that day adds: (recipient, step, whether from above)."""
    before = set(Notification.objects.values_list("pk", flat=True))
    count = sweep(on)
    new = Notification.objects.exclude(pk__in=before)
    assert count == new.count()
    assert all(item.told_on == on and item.letter_id is None for item in new)
    return {(item.recipient, item.step, item.escalated) for item in new}


def days_told(world, person, first: str, last: str) -> list[tuple]:
    """(day, step) of every item of ``person`` in a daily sweep, both days included."""
    day, found = d(first), []
    while day <= d(last):
        sweep(day)
        day += dt.timedelta(days=1)
    for item in Notification.objects.filter(recipient=person).order_by("told_on", "step"):
        found.append((f"{item.told_on:%d.%m}", item.step))
    return found


def test_every_step_of_the_ladder_on_its_day(world):
    owe(world)
    assert days_told(world, world.mentor.person, "20.10.2026", "26.11.2026") == [
        ("03.11", -7), ("09.11", -1), ("10.11", 0), ("11.11", 1), ("18.11", 8), ("25.11", 15),
    ]  # fmt: skip


def test_overdue_law_reaches_the_curator_after_a_week_and_the_director_after_two(world):
    owe(world)
    sweep(d("16.11.2026"))
    assert told(d("17.11.2026")) == {(world.curator, 7, True)}
    assert told(d("18.11.2026")) == {(world.mentor.person, 8, False)}
    assert told(d("24.11.2026")) == {(world.curator, 14, True), (world.director, 14, True)}
    assert told(d("25.11.2026")) == {(world.mentor.person, 15, False)}
    # And nobody above the organisation: the methodologist has a list, no letter.
    assert {who for who, _, _ in told(d("31.12.2026"))} == {
        world.mentor.person, world.curator, world.director
    }  # fmt: skip


def test_who_owes_it_is_not_told_of_it_from_above_as_well(world):
    owe(world, "curator")
    owe(world, "director")
    Membership.objects.filter(person=world.curator).update(person=world.director)
    assert told(d("24.11.2026")) == {(world.director, 8, False)}
    assert Notification.objects.count() == 2


def test_a_default_date_never_goes_upwards(world):
    owe(world, date_source="DEFAULT")
    found = days_told(world, world.mentor.person, "20.10.2026", "30.12.2026")
    assert found == [("03.11", -7), ("09.11", -1), ("10.11", 0)]
    assert not Notification.objects.filter(escalated=True).exists()


def test_what_the_law_does_not_ask_for_stops_after_three(world):
    soft(world)
    assert days_told(world, world.mentor.person, "20.10.2026", "30.12.2026") == [
        ("03.11", -7), ("09.11", -1), ("10.11", 0)
    ]  # fmt: skip


def test_three_are_counted_from_the_day_it_opened(world):
    soft(world, opens_on=d("09.11.2026"))
    assert days_told(world, world.mentor.person, "20.10.2026", "30.12.2026") == [
        ("09.11", -1), ("10.11", 0), ("11.11", 1)
    ]  # fmt: skip


@pytest.mark.parametrize("due_on", ["05.11.2016", "05.11.1926", "05.11.1900"])
def test_a_date_of_long_ago_is_spoken_of_and_holds_up_nobody_else(world, due_on):
    """1926 for 2026 passes every form; the databases have limits of numbers and parameters."""
    owe(world, opens_on=d(due_on), due_on=d(due_on))
    owe(world, "mentee")
    new = told(d("09.11.2026"))
    assert (world.mentee.person, -1, False) in new
    late = (d("09.11.2026") - d(due_on)).days
    assert (world.mentor.person, late - (late - 1) % 7, False) in new
    assert told(d("09.11.2026")) == set()


def test_three_days_missed_make_one_item(world):
    owe(world)
    sweep(d("08.11.2026"))
    assert told(d("12.11.2026")) == {(world.mentor.person, 1, False)}
    assert told(d("12.11.2026")) == set()


def test_a_quiet_organisation_is_never_silent_about_the_law(world):
    world.policy(quiet_reminders=True)
    owe(world)
    soft(world, "mentee")
    assert days_told(world, world.mentor.person, "20.10.2026", "26.11.2026") == [
        ("09.11", -1), ("11.11", 1), ("25.11", 15)
    ]  # fmt: skip
    assert days_told(world, world.mentee.person, "20.10.2026", "26.11.2026") == [("10.11", 0)]


def test_quiet_begins_and_ends_with_the_policys_day(world):
    owe(world)
    world.policy(d("05.11.2026"), quiet_reminders=True)
    world.policy(d("10.11.2026"), quiet_reminders=False)
    assert days_told(world, world.mentor.person, "20.10.2026", "11.11.2026") == [
        ("03.11", -7), ("09.11", -1), ("10.11", 0), ("11.11", 1)
    ]  # fmt: skip


def test_the_municipality_sets_the_steps(world):
    world.district(first_before=3, second_before=2, on_the_day=False, to_curator_after=3)
    owe(world)
    assert days_told(world, world.mentor.person, "20.10.2026", "12.11.2026") == [
        ("07.11", -3), ("08.11", -2), ("11.11", 1)
    ]  # fmt: skip
    assert told(d("13.11.2026")) == {(world.curator, 3, True)}


@pytest.mark.parametrize(
    "fields",
    [
        {"done_on": d("05.11.2026")},
        {"void_on": d("05.11.2026")},
        {"hidden": True},
        {"opens_on": DUE},
    ],
)
def test_nothing_about_what_is_done_lapsed_paused_or_not_yet_open(world, fields):
    owe(world, **fields)
    assert told(d("09.11.2026")) == set()


def test_holidays_silence_everything_but_the_law(world):
    place = world.school.municipality
    SchoolBreak.objects.create(
        municipality=place, kind="SCHOOL", name="летние", starts_on=d("01.06.2027"),
        ends_on=d("31.08.2027"),
    )  # fmt: skip
    SchoolBreak.objects.create(
        municipality=place, kind="KINDERGARTEN", name="не наши", starts_on=d("01.09.2027"),
        ends_on=d("30.09.2027"),
    )  # fmt: skip
    dates = {"opens_on": d("20.05.2027"), "due_on": d("01.09.2027")}
    owe(world, **dates)
    soft(world, "mentee", **dates)
    summer = days_told(world, world.mentee.person, "20.05.2027", "02.09.2027")
    assert summer == [("01.09", 0)]
    assert days_told(world, world.mentor.person, "20.05.2027", "02.09.2027") == [
        ("25.08", -7), ("31.08", -1), ("01.09", 0), ("02.09", 1)
    ]  # fmt: skip


def test_who_is_away_is_passed_over_and_the_stand_in_told(world):
    owe(world)
    Absence.objects.create(
        post=world.mentor, kind="VACATION", starts_on=d("01.11.2026"), expected_on=d("10.11.2026")
    )
    assert told(d("03.11.2026")) == {(world.curator, -7, False)}
    Absence.objects.create(post=world.curator.posts.get(), kind="OTHER", starts_on=d("08.11.2026"))
    assert told(d("09.11.2026")) == {(world.director, -1, False)}
    assert told(d("10.11.2026")) == {(world.mentor.person, 0, False)}  # back on that day


def test_of_two_curators_the_one_the_case_names_is_told(world):
    second = make_curator(world.school).person
    owe(world, "curator")
    owe(world, "curator", period="without a case", group=None)
    assert told(DUE) == {(world.curator, 0, False), (second, 0, False)}
    assert Notification.objects.filter(recipient=world.curator).count() == 2
    assert Notification.objects.filter(recipient=second).count() == 1


def test_another_mentor_is_never_spoken_of_to_the_mentor(world):
    world.running()
    Membership.objects.filter(person=world.curator).update(person=world.mentor.person)
    HelpRequest.objects.create(
        group=world.group, member=world.member, kind="OTHER_MENTOR", asked_on=d("06.11.2026")
    )
    world.refresh()
    row = Deadline.objects.live().get(kind="mentor_change")
    sweep(row.due_on)
    items = Notification.objects.filter(kind="mentor_change")
    assert [(item.recipient, item.step) for item in items] == [(world.director, 0)]
    assert sweep(row.due_on) == 0


def test_midnight_is_the_municipalitys_own(world, time_machine):
    """17:30 UTC is 00:30 of the next day in UTC+7, and still the same day in Kaliningrad."""
    owe(world)
    west = World(calendar=False)
    west.school.municipality.time_zone = "Europe/Kaliningrad"
    west.school.municipality.save()
    owe(west)
    time_machine.move_to(dt.datetime(2026, 11, 9, 16, 59, tzinfo=dt.UTC), tick=False)
    assert sweep() == 2
    assert {item.step for item in Notification.objects.all()} == {-1}
    time_machine.move_to(dt.datetime(2026, 11, 9, 17, 1, tzinfo=dt.UTC), tick=False)
    assert sweep() == 1
    item = Notification.objects.get(step=0)
    assert (item.recipient, item.told_on) == (world.mentor.person, DUE)
    time_machine.move_to(dt.datetime(2026, 11, 9, 22, 1, tzinfo=dt.UTC), tick=False)
    assert sweep() == 1


def test_only_the_municipalities_asked_for(world):
    owe(world)
    other = World(calendar=False)
    owe(other)
    assert sweep(DUE, [other.school.municipality_id]) == 1
    assert Notification.objects.get().recipient == other.mentor.person


def test_a_leap_day(world):
    owe(world, opens_on=d("01.02.2028"), due_on=d("29.02.2028"))
    assert days_told(world, world.mentor.person, "20.02.2028", "02.03.2028") == [
        ("22.02", -7), ("28.02", -1), ("29.02", 0), ("01.03", 1)
    ]  # fmt: skip


def test_a_day_off_by_decree_moves_the_date_and_reminds_again():
    """Acquaintance: five working days after the order of 10 September, 17 September."""
    world = World()
    world.consents()
    world.order()
    world.refresh(schools=[world.school.pk])
    row = Deadline.objects.live().get(kind="acquaintance")
    assert row.due_on == d("17.09.2026")
    sweep(d("16.09.2026"))
    mine = Notification.objects.filter(kind="acquaintance")
    before = mine.count()
    correct_day(
        d("17.09.2026"), works_five=False, works_six=False, name="по указу", by=None,
        on=d("16.09.2026"),
    )  # fmt: skip
    deadlines.rebuild([world.school.pk])
    row.refresh_from_db()
    assert row.due_on == d("18.09.2026")
    sweep(d("17.09.2026"))
    assert mine.count() == 2 * before
    assert mine.filter(due_on=d("18.09.2026"), step=-1).count() == before


def test_a_rebuild_reminds_nobody_again():
    world = World(confirmed=True)
    world.running()
    world.refresh(schools=[world.school.pk])
    on = d("20.10.2026")
    assert sweep(on) > 3
    deadlines.rebuild([world.school.pk])
    assert sweep(on) == 0
    # Nor does a table computed from nothing, whose rows have other numbers.
    Deadline.objects.all().delete()
    deadlines.rebuild([world.school.pk])
    assert sweep(on) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_each_item_once():
    world = World(calendar=False)
    for number in range(40):
        for owner in ("mentor", "director", "curator"):
            owe(world, owner, period=f"{owner} {number}")
    together(*[lambda: sweep(d("24.11.2026"))] * 4)
    keys = list(Notification.objects.values_list("recipient", "about", "due_on", "step"))
    assert len(keys) == len(set(keys))
    sweep(d("24.11.2026"))
    assert Notification.objects.count() == len(keys) == 40 * (3 + 2 + 2)


def test_nothing_to_say_is_no_error(db):
    make_school()
    assert sweep(DUE) == 0


def test_the_command_says_how_many_and_takes_a_day(world):
    owe(world)
    for new in (1, 0):
        out = StringIO()
        call_command("remind", on="2026-11-10", stdout=out)
        assert f"Новых напоминаний: {new}\nНовых писем: 0\n" in out.getvalue()
    with pytest.raises(CommandError, match="нужна дата"):
        call_command("remind", on="10.11.2026")
