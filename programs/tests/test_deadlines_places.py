"""Requests, transfers and what an organisation owes by the year; horizon, recomputes, rebuild."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs import deadlines, tasks
from programs.deadlines import wide
from programs.models import Deadline, MentoringRequest
from programs.tests.deadline_world import World, d, dates
from schools import history
from schools.history import Scope
from schools.models import (
    LocalAct,
    Membership,
    Municipality,
    Recompute,
    RoadmapItem,
    School,
    SchoolYearCheck,
    Transfer,
)
from schools.tests.factories import make_post, make_school, make_user
from schools.workflow.calendar import correct_day

pytestmark = pytest.mark.django_db


def school_rows(world, kind):
    world.refresh(schools=[world.school.pk])
    return list(
        Deadline.objects.live().filter(kind=kind, school=world.school).order_by("period", "pk")
    )


def test_a_request_is_answered_in_ten_working_days_and_follows_the_person():
    world = World()
    request = MentoringRequest.objects.create(
        post=world.mentee, asked_on=d("21.08.2026"), category="YOUNG_SPECIALIST"
    )
    world.refresh(people=[world.mentee.person_id])
    row = Deadline.objects.get(kind="request_answer")
    assert (dates(row), row.force) == (("21.08.2026", "04.09.2026", None), "ADVICE")
    assert (row.owner, row.person_id) == (
        f"curator:school:{world.school.pk}", world.mentee.person_id,
    )  # fmt: skip
    request.outcome, request.settled_on, request.group = "PAIRED", d("01.09.2026"), world.group
    request.save()
    assert world.one("request_answer").done_on == d("01.09.2026")


def test_a_transfer_is_answered_by_each_side():
    world, host = World(), make_school()
    transfer = Transfer.objects.create(
        post=world.mentee, to_school=host, position="учитель", asked_on=d("01.10.2026"),
        asked_by=make_user(), moves_on=d("01.11.2026"),
    )  # fmt: skip
    world.refresh(people=[world.mentee.person_id])
    rows = Deadline.objects.filter(kind="transfer").order_by("school")
    assert {(r.school_id, dates(r)[1], r.done_on) for r in rows} == {
        (world.school.pk, "08.10.2026", None),
        (host.pk, "08.10.2026", None),
    }
    transfer.home_confirmed_on = d("02.10.2026")
    transfer.save()
    world.refresh(schools=[host.pk])  # the other side's row is not touched from here
    assert not Deadline.objects.filter(kind="transfer", done_on__isnull=False).exists()
    world.refresh(schools=[world.school.pk])
    assert Deadline.objects.get(kind="transfer", school=world.school).done_on
    transfer.refused_on, transfer.refusal_reason = d("05.10.2026"), "нет места"
    transfer.save()
    world.refresh(people=[world.mentee.person_id])
    assert Deadline.objects.get(kind="transfer", school=host).done_on == d("05.10.2026")


def test_yearly_duties_of_this_and_the_next_school_year():
    world = World()
    owners = {"curator_named": "director", "roadmap": "director",
              "roster_refresh": "curator", "site_section": "curator"}  # fmt: skip
    Membership.objects.filter(school=world.school, role="CURATOR").delete()
    Municipality.objects.update(horizon_on=d("31.08.2028"))
    for kind, owner in owners.items():
        rows = school_rows(world, kind)
        assert [(r.period, *dates(r)) for r in rows] == [
            ("2026/27", "01.09.2026", "15.09.2026", None),
            ("2027/28", "01.09.2027", "15.09.2027", None),
        ]
        assert {r.owner for r in rows} == {f"{owner}:school:{world.school.pk}"}
        assert {r.force for r in rows} == {"ADVICE"}


def test_yearly_duties_are_settled_by_their_facts():
    world = World()
    Municipality.objects.update(horizon_on=d("31.08.2027"))
    for kind in ("ROSTER", "SITE"):
        SchoolYearCheck.objects.create(
            school=world.school, school_year=2026, kind=kind, done_on=d("10.09.2026")
        )
    RoadmapItem.objects.create(
        school=world.school, school_year=2026, stage=1, title="акт", due_on=d("01.10.2026")
    )
    assert school_rows(world, "roster_refresh")[-1].done_on == d("10.09.2026")
    assert school_rows(world, "site_section")[-1].done_on == d("10.09.2026")
    assert school_rows(world, "roadmap")[-1].done_on == d("01.09.2026")
    assert school_rows(world, "curator_named")[-1].done_on == d("01.09.2020")
    Membership.objects.filter(school=world.school, role="CURATOR").update(ends_on=d("01.11.2026"))
    assert school_rows(world, "curator_named")[-1].done_on is None


def test_the_site_may_be_switched_off_and_a_closed_organisation_owes_nothing():
    world = World()
    world.policy(site_tracked=False)
    assert school_rows(world, "site_section") == []
    School.objects.filter(pk=world.school.pk).update(closed_on=d("01.08.2025"))
    assert school_rows(world, "roster_refresh") == []


def test_the_local_act_is_due_thirty_days_after_the_first_proposal_without_one():
    world = World()
    row = world.one("local_act")
    assert (dates(row), row.force) == (("01.09.2026", "01.10.2026", None), "LAW")
    World(beside=world, proposed_on=d("25.08.2026"))
    assert dates(world.one("local_act")) == ("25.08.2026", "24.09.2026", None)
    act = LocalAct.objects.create(
        school=world.school, kind="REGULATION", title="Положение", adopted_on=d("20.09.2026")
    )
    assert world.one("local_act").done_on == d("20.09.2026")
    act.adopted_on = d("01.09.2025")
    act.save()
    assert world.due("local_act") == []


def test_an_expiring_local_act_is_renewed_in_time():
    world = World()
    LocalAct.objects.create(
        school=world.school, kind="REGULATION", title="Положение", adopted_on=d("01.09.2024"),
        valid_until=d("31.12.2026"),
    )  # fmt: skip
    row = world.one("local_act")
    assert (dates(row), row.date_source) == (("01.11.2026", "31.12.2026", None), "ACT")
    LocalAct.objects.create(
        school=world.school, kind="REGULATION", title="Положение", adopted_on=d("20.12.2026")
    )
    assert world.one("local_act").done_on == d("20.12.2026")


# --- wide changes -------------------------------------------------------------------------------


def test_a_wide_change_waits_and_is_worked_through_school_by_school():
    world, other = World(), World(calendar=False)
    Recompute.objects.all().delete()
    for one in (world, other):
        one.refresh(schools=[one.school.pk])
    assert world.one("mentor_consent").due_on == d("09.09.2026")
    correct_day(
        d("10.09.2026"), works_five=False, works_six=False, name="карантин", by=None,
        on=d("02.09.2026"),
    )  # fmt: skip
    assert [r.scope for r in wide.waiting(world.school)] == ["calendar"]
    assert wide.words("calendar").startswith("сроки пересчитываются")
    assert Deadline.objects.filter(kind="mentor_consent", due_on=d("09.09.2026")).count() == 2

    assert wide._one_school(Recompute.objects.get()) == 1  # interrupted after one
    assert wide.waiting(world.school) == []
    assert [r.scope for r in wide.waiting(other.school)] == ["calendar"]
    assert Deadline.objects.filter(kind="mentor_consent", due_on=d("09.09.2026")).count() == 1
    assert tasks.run_recomputes() == 1
    assert not Recompute.objects.exists()
    assert not Deadline.objects.filter(kind="mentor_consent", due_on=d("09.09.2026")).exists()
    assert tasks.run_recomputes() == 0


def test_asked_again_while_it_runs_it_starts_from_the_beginning():
    world = World()
    stale = Recompute.objects.get(scope="calendar")
    wide.ask("calendar")
    wide._one_school(stale)
    assert Recompute.objects.get().done_upto == 0
    assert wide.run() == 1
    assert world.one("mentor_consent")


def test_district_settings_reach_only_the_district():
    world, other = World(), World(calendar=False)
    wide.run()
    world.district(days={"mentor_consent": 5})
    other.district(days={"mentor_consent": 5})
    with history.changing(
        Scope.of(wide=[f"municipality:{world.school.municipality_id}"]), by=None, on=d("02.09.2026")
    ):
        pass
    assert tasks.run_recomputes() == 1
    due = dict(Deadline.objects.filter(kind="mentor_consent").values_list("school", "due_on"))
    assert due == {world.school.pk: d("07.09.2026"), other.school.pk: d("09.09.2026")}


@pytest.mark.parametrize(
    ("moment", "horizon"),
    [
        ("2027-08-31 16:30:00+00:00", "31.08.2028"),  # still 31 August in Barnaul
        ("2027-08-31 17:30:00+00:00", "31.08.2029"),  # already 1 September there
    ],
)
def test_the_tick_moves_the_horizon_on_the_local_day(moment, horizon):
    world = World()
    wide.run()
    Municipality.objects.update(horizon_on=d("31.08.2028"))
    with time_machine.travel(moment, tick=False):
        first = tasks.tick()
        assert tasks.tick() == 0
        tasks.run_recomputes()
    assert Municipality.objects.get(pk=world.school.municipality_id).horizon_on == d(horizon)
    assert first == (horizon == "31.08.2029")
    years = set(Deadline.objects.live().filter(kind="roadmap").values_list("period", flat=True))
    assert ("2028/29" in years) == bool(first)


# --- check and rebuild --------------------------------------------------------------------------


@pytest.fixture
def kept():
    world = World()
    world.running()
    wide.run()
    assert deadlines.check([world.school.pk]) == []
    return world


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": dt.date(2030, 1, 1)},
        {"done_on": dt.date(2026, 9, 30)},
        {"void_on": dt.date(2026, 9, 30)},
        {"owner": "person:999"},
        {"force": "ADVICE"},
        {"hidden": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_check_finds_a_row_made_by_hand_and_rebuild_mends_it(kept, change, capsys):
    row = Deadline.objects.get(kind="evaluation")
    Deadline.objects.filter(pk=row.pk).update(**change)
    assert deadlines.check([kept.school.pk])
    with pytest.raises(SystemExit) as stopped:
        call_command("rebuild", "deadlines", "--check")
    assert stopped.value.code == 1
    assert "evaluation" in capsys.readouterr().out
    call_command("rebuild", "deadlines")
    assert deadlines.check([kept.school.pk]) == []
    call_command("rebuild", "deadlines", "--check")


def test_check_names_what_still_waits_and_what_follows_from_nothing(kept, capsys):
    Deadline.objects.create(
        kind="roadmap", subject="school:9", owner="x", school=kept.school, opens_on=d("01.09.2026"),
        due_on=d("01.09.2026"), basis="", force="LAW", date_source="ACT",
    )  # fmt: skip
    wide.ask(f"municipality:{kept.school.municipality_id}")
    with pytest.raises(SystemExit):
        call_command("rebuild", "deadlines", "--check")
    out = capsys.readouterr().out
    assert "не следует из данных" in out
    assert "Ещё ждёт" in out


def test_a_rebuild_of_nothing_missing_changes_no_row(kept):
    before = list(Deadline.objects.order_by("pk").values())
    call_command("rebuild", "deadlines")
    assert list(Deadline.objects.order_by("pk").values()) == before


def test_a_rebuild_goes_on_where_it_was_stopped_and_stays_in_its_region(kept):
    far = World(calendar=False)
    wide.run()
    Deadline.objects.update(due_on=dt.date(2030, 1, 1))
    wide.ask("country")
    Recompute.objects.update(done_upto=kept.school.pk)
    call_command("rebuild", "deadlines")
    assert deadlines.check([far.school.pk]) == []
    assert deadlines.check([kept.school.pk])
    region = kept.school.municipality.region_id
    with pytest.raises(SystemExit):
        call_command("rebuild", "deadlines", "--check", "--region", region)
    call_command("rebuild", "deadlines", "--region", region)
    call_command("rebuild", "deadlines", "--check", "--region", region)
    with pytest.raises(CommandError):
        call_command("rebuild", "deadlines", "--region", 10**6)


def test_the_number_of_queries_does_not_grow_with_the_cases():
    world = World()
    counts = []
    for _ in range(2):
        World(beside=world).running()
        world.refresh(schools=[world.school.pk])
        with CaptureQueriesContext(connection) as counted:
            world.refresh(schools=[world.school.pk])
        counts.append(len(counted))
        for _ in range(9):
            pair = World(beside=world)
            pair.event(pair.running(), d("10.11.2026"))
    assert counts[0] == counts[1] <= 40


def test_a_deadline_of_a_post_elsewhere_does_not_disappear():
    world = World()
    guest = make_post(make_school())
    world.appointment.basis, world.appointment.post = "SECONDMENT", guest
    world.appointment.save()
    world.refresh(people=[guest.person_id])
    row = Deadline.objects.live().get(kind="mentor_consent")
    assert (row.owner, row.school) == (f"person:{guest.person_id}", world.school)
    world.refresh(schools=[guest.school_id])
    assert Deadline.objects.live().filter(pk=row.pk).exists()
