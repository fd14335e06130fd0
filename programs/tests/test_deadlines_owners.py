"""Who answers for a deadline today, what a person finds as own, and how it reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.deadlines.kinds import KINDS
from programs.deadlines.owners import owed_by, responsible, responsible_for
from programs.deadlines.words import deadline_url, reads
from programs.models import Deadline, HelpRequest
from programs.tests.deadline_world import World, d
from schools.models import Absence, Membership
from schools.tests.factories import (
    make_curator,
    make_methodologist,
    make_person,
    make_post,
    make_user,
)
from schools.text import plural

pytestmark = pytest.mark.django_db
ON = d("20.10.2026")


@pytest.fixture
def world():
    world = World()
    world.running()
    world.methodologist = make_methodologist(world.school.municipality).person
    world.refresh(schools=[world.school.pk])
    return world


def away(person, **fields):
    post = person.posts.first()
    return Absence.objects.create(
        post=post, kind="VACATION", **{"starts_on": d("15.10.2026"), **fields}
    )


def deputy(person, of, school):
    return Membership.objects.create(
        person=person, school=school, role=of.role, starts_on=d("01.09.2020"), deputises_for=of
    )


def asked(world, kind):
    """People who answer for the first open row of ``kind``, checked in both directions."""
    row = Deadline.objects.live().filter(kind=kind, school=world.school, done_on=None).first()
    people = responsible(row, ON)
    for person in people:
        assert Deadline.objects.filter(owed_by(person, ON), pk=row.pk).exists()
    others = [world.director, world.curator, world.mentor.person, world.mentee.person,
              world.methodologist]  # fmt: skip
    for person in set(others) - set(people):
        if row.owner == f"person:{person.pk}":
            continue  # who is away still finds the own duty on the own page
        assert not Deadline.objects.filter(owed_by(person, ON), pk=row.pk).exists()
    return people


def test_holders_answer_for_their_roles(world):
    assert asked(world, "addendum") == [world.director]
    assert asked(world, "evaluation") == [world.curator]
    assert asked(world, "no_meeting") == [world.mentor.person]


def test_who_is_away_is_passed_over_level_by_level(world):
    away(world.mentor.person)
    assert asked(world, "no_meeting") == [world.curator]
    away(world.curator)
    assert asked(world, "no_meeting") == [world.director]
    assert asked(world, "evaluation") == [world.director]
    away(world.director)
    assert asked(world, "evaluation") == [world.methodologist]
    assert asked(world, "addendum") == [world.methodologist]


@pytest.mark.parametrize(
    ("absence", "is_away"),
    [
        ({"expected_on": d("21.10.2026")}, True),
        ({"expected_on": d("20.10.2026")}, False),  # back on the expected day
        ({"returned_on": d("20.10.2026")}, False),
        ({"returned_on": d("21.10.2026")}, True),
        ({"starts_on": d("21.10.2026")}, False),
        ({}, True),
    ],
)
def test_an_absence_lasts_until_the_day_of_return(world, absence, is_away):
    away(world.director, **absence)
    assert (asked(world, "addendum") == [world.methodologist]) == is_away


def test_a_deputy_answers_while_the_holder_is_away(world):
    acting = make_post(world.school).person
    deputy(acting, Membership.objects.get(person=world.director), world.school)
    assert asked(world, "addendum") == [world.director]
    away(world.director)
    assert asked(world, "addendum") == [acting]
    away(acting)
    assert asked(world, "addendum") == [world.methodologist]


def test_an_organisation_without_a_director_is_answered_for_by_the_district(world):
    Membership.objects.filter(person=world.director).update(ends_on=d("01.10.2026"))
    assert asked(world, "addendum") == [world.methodologist]


def test_of_two_curators_the_one_the_case_names_answers(world):
    second = make_curator(world.school).person
    assert asked(world, "evaluation") == [world.curator]
    assert set(asked(world, "roster_refresh")) == {world.curator, second}
    away(world.curator)
    assert asked(world, "evaluation") == [second]


def test_a_director_who_is_curator_gets_both(world):
    Membership.objects.filter(person=world.curator).update(person=world.director)
    kinds = set(
        Deadline.objects.filter(owed_by(world.director, ON)).open(ON).values_list("kind", flat=True)
    )
    assert {"addendum", "scan", "roster_refresh"} <= kinds


def test_who_has_left_no_longer_answers(world):
    world.mentor.left_on = d("19.10.2026")
    world.mentor.save()
    assert asked(world, "no_meeting") == [world.curator]


def test_another_mentor_is_never_asked_of_the_mentor(world):
    HelpRequest.objects.create(
        group=world.group, member=world.member, kind="OTHER_MENTOR", asked_on=d("19.10.2026")
    )
    world.refresh()
    assert asked(world, "mentor_change") == [world.curator]
    # The curator of the school is the mentor of the case as well.
    Membership.objects.filter(person=world.curator).update(person=world.mentor.person)
    assert asked(world, "mentor_change") == [world.director]
    mentor = make_user(world.mentor.person)
    seen = Deadline.objects.visible_to(mentor)
    assert seen.filter(kind="evaluation").exists()
    assert not seen.filter(kind="mentor_change").exists()


def test_somebody_outside_is_asked_nothing(world):
    assert not Deadline.objects.filter(owed_by(make_person(), ON)).exists()


def test_queries_do_not_grow_with_rows_or_organisations(world):
    with CaptureQueriesContext(connection) as one:
        list(Deadline.objects.filter(owed_by(world.curator, ON)))
    with CaptureQueriesContext(connection) as few:
        responsible_for(Deadline.objects.all(), ON)
    for _ in range(3):
        World(beside=world).running()
    world.refresh(schools=[world.school.pk])
    with CaptureQueriesContext(connection) as more:
        list(Deadline.objects.filter(owed_by(world.curator, ON)))
    with CaptureQueriesContext(connection) as many:
        responsible_for(Deadline.objects.all(), ON)
    assert len(one) == len(more) <= 6
    assert len(few) == len(many) <= 7


# --- words --------------------------------------------------------------------------------------


def row(**fields) -> Deadline:
    return Deadline(
        **{
            "kind": "evaluation",
            "subject": "program:1",
            "opens_on": d("01.10.2026"),
            "due_on": d("17.10.2026"),
            "force": "LAW",
            "date_source": "DISTRICT",
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "просрочено на 3 дня"),
        ({"due_on": d("19.10.2026")}, "просрочено на 1 день"),
        ({"due_on": d("09.10.2026")}, "просрочено на 11 дней"),
        ({"due_on": d("20.10.2026")}, "сегодня"),
        ({"due_on": d("05.11.2026")}, "до 5 ноября"),
        ({"due_on": d("12.01.2027")}, "до 12 января 2027"),
        ({"due_on": d("12.01.2028"), "provisional": True}, "до 12 января 2028 (предварительно)"),
        ({"date_source": "DEFAULT"}, "ждёт с 1 октября"),
        ({"force": "SCHOOL"}, "ждёт с 17 октября"),
        ({"force": "SCHOOL", "due_on": d("05.11.2026")}, "до 5 ноября"),
        ({"force": "ADVICE", "date_source": "DEFAULT"}, "рекомендуется"),
        ({"force": "ADVICE", "due_on": d("05.11.2026")}, "рекомендуется до 5 ноября"),
        ({"force": "ADVICE"}, "рекомендуется"),
        ({"done_on": d("16.10.2026")}, "сделано 16 октября"),
        ({"opens_on": d("01.11.2026"), "due_on": d("05.11.2026")}, "начнётся 1 ноября"),
    ],
)
def test_a_deadline_reads_in_words(fields, text):
    assert reads(row(**fields), ON) == text


def test_the_form_that_settles_it_or_nothing():
    assert deadline_url(row(kind="roadmap", subject="school:1", school_id=None)) is None
    assert plural(21, "день", "дня", "дней") == "день"


def test_only_law_and_district_dates_that_somebody_named_are_overdue(world):
    Deadline.objects.all().delete()
    fields = {"school": world.school, "owner": "x", "basis": ""}
    red = [(force, source) for force in ("LAW", "DISTRICT")
           for source in ("ACT", "ORDER", "DISTRICT")]  # fmt: skip
    for force in ("LAW", "DISTRICT", "SCHOOL", "ADVICE"):
        for source in ("ACT", "ORDER", "DISTRICT", "DEFAULT"):
            one = row(force=force, date_source=source, period=f"{force}{source}", **fields)
            one.save()
    found = Deadline.objects.overdue(ON).values_list("force", "date_source")
    assert set(found) == set(red)
    assert not Deadline.objects.overdue(d("17.10.2026")).exists()
    assert Deadline.objects.overdue(d("18.10.2026")).count() == len(red)


def test_every_kind_has_a_form_that_takes_what_the_table_says():
    for name, kind in KINDS.items():
        one = row(kind=name, subject="x:7", group_id=8, school_id=9)
        argument = {"subject": 7, "group": 8, "school": 9}[kind.argument]
        assert deadline_url(one) == reverse(kind.url, args=[argument]), name
