"""Roles with dates, deputies, passing an organisation on."""

import datetime as dt
import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools import throttle
from schools.errors import TransitionError
from schools.history import lines
from schools.models import Event, Membership, Person, Role, StaffMember
from schools.permissions import (
    can_deputise,
    can_end_role,
    can_give_role,
    can_hand_over_school,
    can_name_director,
)
from schools.tests.factories import (
    LONG_AGO,
    make_curator,
    make_director,
    make_methodologist,
    make_municipality,
    make_post,
    make_school,
    make_user,
)
from schools.workflow.roles import (
    cancel_hand_over,
    deputise,
    end_role,
    give_role,
    hand_over_school,
    name_director,
)

ON = dt.date(2026, 9, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def director(school):
    return make_director(school)


@pytest.fixture
def teacher(school):
    return make_post(school).person


def head_of(school):
    return Membership.objects.get(school=school, role="DIRECTOR", deputises_for=None, ends_on=None)


def refused(step, *args, **kwargs):
    """The code with which ``step`` refuses, having changed nothing."""
    before = (list(Membership.objects.order_by("pk").values()), Event.objects.count())
    with pytest.raises(TransitionError) as caught:
        step(*args, **kwargs)
    assert before == (list(Membership.objects.order_by("pk").values()), Event.objects.count())
    return caught.value.code


def test_a_school_has_several_curators_each_with_dates(school, director, teacher):
    second = make_post(school).person
    give_role(school, by=director, on=ON, person=teacher, starts_on=ON)
    give_role(school, by=director, on=ON, person=second, starts_on=ON, ends_on=ON + 30 * DAY)
    curators = Membership.objects.current(ON).filter(school=school, role=Role.CURATOR)
    assert {m.person for m in curators} == {teacher, second}
    texts = [line.text for line in lines(teacher)]
    assert texts == [f"Назначена роль «куратор»: {teacher.short_name}, с 01.09.2026 по —."]


def test_curator_role_is_refused_to_strangers_and_twice(school, director, teacher):
    stranger = make_post(make_school()).person
    arguments = {"by": director, "on": ON, "starts_on": ON}
    assert refused(give_role, school, person=stranger, **arguments) == "not_staff"
    early = ON - DAY
    assert (
        refused(give_role, school, person=teacher, ends_on=early, **arguments)
        == "ends_before_start"
    )
    assert (
        refused(give_role, school, person=teacher, role=Role.DIRECTOR, **arguments)
        == "role_is_handed_over"
    )
    give_role(school, person=teacher, ends_on=ON + 9 * DAY, **arguments)
    assert refused(give_role, school, person=teacher, **arguments) == "role_held"


def test_a_role_ends_with_its_last_day_and_takes_its_deputies_along(school, director, teacher):
    curator = make_curator(school)
    principal = Membership.objects.get(person=curator.person)
    deputise(principal, by=director, on=ON, person=teacher, starts_on=ON)

    end_role(principal, by=director, on=ON, ends_on=ON + DAY)

    roles = Membership.objects.filter(school=school, role=Role.CURATOR)
    assert {m.ends_on for m in roles} == {ON + DAY}
    assert roles.current(ON + DAY).count() == 2
    assert not roles.current(ON + 2 * DAY).exists()
    assert refused(end_role, principal, by=director, on=ON + 3 * DAY, ends_on=ON) == "role_ended"


def test_a_role_that_never_began_leaves_no_row(school, director, teacher):
    role = give_role(school, by=director, on=ON, person=teacher, starts_on=ON + 9 * DAY)
    end_role(role, by=director, on=ON, ends_on=ON)
    assert not Membership.objects.filter(person=teacher).exists()
    assert lines(teacher)[0].kind == "role_ended"


def test_deputies_are_refused_outside_the_role(school, director, teacher):
    head = head_of(school)
    deputy = deputise(
        head, by=director, on=ON, person=teacher, starts_on=ON, ends_on=ON + 14 * DAY
    )  # fmt: skip
    other = make_post(school).person
    arguments = {"by": director, "on": ON}
    assert refused(deputise, deputy, person=other, starts_on=ON, **arguments) == "deputy_of_deputy"
    assert (
        refused(deputise, head, person=director.person, starts_on=ON, **arguments) == "same_person"
    )
    assert (
        refused(deputise, head, person=other, starts_on=LONG_AGO - DAY, **arguments)
        == "outside_role"
    )
    assert Membership.objects.current(ON).filter(school=school, role="DIRECTOR").count() == 2


def test_the_school_is_handed_over_in_one_action(school, director, teacher):
    """Old roles end the day before, in whatever form they were held; nothing overlaps."""
    head = head_of(school)
    give_role(school, by=director, on=ON, person=director.person, starts_on=ON)
    acting = make_post(school).person
    deputise(head, by=director, on=ON, person=acting, starts_on=ON)
    from_on = ON + 5 * DAY

    new = hand_over_school(school, by=director, on=ON, new_director=teacher, from_on=from_on)

    assert (new.person, new.starts_on, new.ends_on) == (teacher, from_on, None)
    left = Membership.objects.filter(school=school, person__in=[director.person, acting])
    assert {m.ends_on for m in left} == {from_on - DAY}
    for day, heads in ((from_on - DAY, {director.person, acting}), (from_on, {teacher})):
        directors = Membership.objects.current(day).filter(school=school, role="DIRECTOR")
        assert {m.person for m in directors} == heads
    assert not Membership.objects.current(from_on).filter(person=director.person).exists()
    assert StaffMember.objects.working(from_on).filter(person=director.person).exists()
    assert lines(school, new)[0].kind == "school_handed_over"


def test_a_deputy_may_become_the_director(school, director, teacher):
    deputise(head_of(school), by=director, on=ON, person=teacher, starts_on=ON)
    hand_over_school(school, by=director, on=ON, new_director=teacher, from_on=ON + DAY)
    current = Membership.objects.current(ON + DAY).filter(person=teacher)
    assert [m.deputises_for for m in current] == [None]


def test_hand_over_is_refused(school, director, teacher):
    arguments = {"by": director, "on": ON}
    stranger = make_post(make_school()).person
    for new, day, code in (
        (director.person, ON + DAY, "same_person"),
        (stranger, ON + DAY, "not_staff"),
        (teacher, LONG_AGO, "starts_too_early"),
    ):
        assert refused(hand_over_school, school, new_director=new, from_on=day, **arguments) == code
    hand_over_school(school, new_director=teacher, from_on=ON + 9 * DAY, **arguments)
    other = make_post(school).person
    assert (
        refused(hand_over_school, school, new_director=other, from_on=ON + 2 * DAY, **arguments)
        == "handover_planned"
    )


def test_a_hand_over_is_taken_back_before_its_day_only(school, director, teacher):
    arguments = {"by": director, "on": ON}
    assert refused(cancel_hand_over, school, **arguments) == "no_handover"
    hand_over_school(school, new_director=teacher, from_on=ON + DAY, **arguments)

    cancel_hand_over(school, **arguments)

    assert head_of(school).person == director.person
    assert not Membership.objects.filter(person=teacher).exists()
    hand_over_school(school, new_director=teacher, from_on=ON + DAY, **arguments)
    assert refused(cancel_hand_over, school, by=director, on=ON + DAY) == "no_handover"


@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once_leave_one_director():
    school = make_school()
    director = make_director(school)
    people = [make_post(school).person for _ in range(2)]
    start, codes = threading.Barrier(2), []

    def hand_over(person):
        start.wait()
        try:
            hand_over_school(school, by=director, on=ON, new_director=person, from_on=ON + DAY)
        except TransitionError as error:
            codes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_over, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == ["handover_planned"]
    assert Membership.objects.filter(school=school, role="DIRECTOR", ends_on=None).count() == 1


def test_the_founder_names_a_director_only_where_there_is_none(school):
    methodologist = make_methodologist(school.municipality)
    assert can_name_director(methodologist, school)
    assert not can_name_director(make_methodologist(make_municipality()), school)
    names = {"last_name": "Новая", "first_name": "Анна", "position": "директор"}
    new = name_director(school, by=methodologist, on=ON, from_on=ON, **names)

    assert Person.objects.get(last_name="Новая") == new.person
    assert StaffMember.objects.get(person=new.person).school == school
    assert not can_name_director(methodologist, school)
    assert refused(
        name_director, school, by=methodologist, on=ON, from_on=ON, new_director=new.person
    ) == "has_director"  # fmt: skip


def test_who_may_do_what_with_roles(school, director, teacher):
    head = head_of(school)
    acting_role = deputise(head, by=director, on=ON, person=teacher, starts_on=ON)
    acting, curator = make_user(teacher), make_curator(school)
    curators_role = Membership.objects.get(person=curator.person)
    rows = [
        # user, give, hand over, end curator, end acting, deputise head, deputise curator
        (director, True, True, True, True, True, True),
        (acting, True, False, True, False, False, True),
        (curator, False, False, False, False, False, False),
        (make_director(make_school()), False, False, False, False, False, False),
        (make_methodologist(school.municipality), False, False, False, False, False, False),
    ]
    for user, *expected in rows:
        assert [
            can_give_role(user, school),
            can_hand_over_school(user, school),
            can_end_role(user, curators_role),
            can_end_role(user, acting_role),
            can_deputise(user, head),
            can_deputise(user, curators_role),
        ] == expected
    assert not can_end_role(director, head)


def test_pages_of_roles_take_the_steps(client, school, director, teacher):
    client.force_login(director)
    today = timezone.localdate()
    give = reverse("role-give", args=[school.pk])
    outsider = make_post(make_school()).person

    refused_post = client.post(give, {"person": outsider.pk, "starts_on": today})
    assert refused_post.status_code == 422
    assert client.post(give, {"person": teacher.pk, "starts_on": today}).status_code == 302
    role = Membership.objects.get(person=teacher)
    page = client.get(reverse("access-school", args=[school.pk])).content.decode()
    assert teacher.full_name in page
    client.post(reverse("role-end", args=[role.pk]), {"ends_on": today})
    role.refresh_from_db()
    assert role.ends_on == today

    hand = reverse("access-hand-over", args=[school.pk])
    tomorrow = today + DAY
    response = client.post(hand, {"new_director": teacher.pk, "from_on": tomorrow})
    assert response.url == "/"
    assert head_of(school).person == teacher


def test_the_director_of_another_school_reaches_nothing_here(client, school, director, teacher):
    client.force_login(make_director(make_school()))
    head = head_of(school)
    for name, pk in (
        ("access-school", school.pk), ("role-give", school.pk), ("access-hand-over", school.pk),
        ("access-name-director", school.pk), ("access-cancel-hand-over", school.pk),
        ("role-end", head.pk), ("role-deputise", head.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[pk])).status_code in {404, 405}
        assert client.post(reverse(name, args=[pk])).status_code in {404, 405}
    assert Membership.objects.filter(school=school).count() == 1


def test_the_director_sees_and_lifts_a_delay(client, school, director, teacher):
    user = make_user(teacher)
    for _ in range(6):
        Client().post(reverse("login"), {"username": user.login, "password": "wrong"})
    client.force_login(director)
    page = reverse("access-school", args=[school.pk])
    assert "вход замедлен" in client.get(page).content.decode()

    curator = make_curator(school)
    guest = Client()
    guest.force_login(curator)
    url = reverse("access-unlock", args=[school.pk, teacher.pk])
    assert guest.post(url).status_code == 403
    assert throttle.slowed([f"user:{user.pk}"])

    client.post(url)
    assert not throttle.slowed([f"user:{user.pk}"])


def test_the_access_page_asks_as_often_for_many_people_as_for_few(
    client, school, director, django_assert_max_num_queries
):
    client.force_login(director)
    page = reverse("access-school", args=[school.pk])
    for _ in range(3):
        make_user(make_post(school).person)
    client.get(page)  # the first page also writes the time zone into the session
    with django_assert_max_num_queries(20) as few:
        client.get(page)
    for _ in range(30):
        make_user(make_post(school).person)
    with django_assert_max_num_queries(20) as many:
        client.get(page)
    assert len(many) == len(few)
