"""Who was never taken on, who has left, and who is still to come: what each of them reads."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Document, Meeting, MentoringGroup
from programs.workflow.appointments import drop_mentor, replace_mentor
from programs.workflow.members import drop_member
from schools.models import User
from schools.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


def sees(user, group) -> int:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(reverse("group-detail", args=[group.pk])).status_code


@pytest.fixture
def place(world):
    return world.places["А"]


@pytest.fixture
def successor(place):
    """Proposed to follow the mentor of the main case, not ordered yet."""
    post = make_post(place.school)
    appointment = replace_mentor(
        place.main.group, by=place.curator, on=TODAY, mentor=post, starts_on=dt.date(2026, 12, 1),
        reason="Нагрузка",
    )  # fmt: skip
    return make_user(post.person), appointment


def test_a_mentor_to_come_reads_the_case_and_no_meetings_yet(place, successor):
    user, _ = successor
    assert sees(user, place.main.group) == 200
    assert not Meeting.objects.visible_to(user).exists()


def test_a_mentor_struck_out_before_any_order_does_not_see_the_case(place, successor):
    user, appointment = successor
    drop_mentor(appointment, by=place.curator, on=TODAY)
    assert sees(user, place.main.group) == 404


def test_a_mentee_struck_out_before_any_order_does_not_see_the_case(place):
    user, member = place.later, place.rows.proposed_member
    assert sees(user, member.group) == 200
    drop_member(member, by=place.curator, on=TODAY)
    assert sees(user, member.group) == 404


def test_a_former_mentee_takes_only_papers_printed_before_the_last_day(place):
    def printed(on):
        return Document.objects.create(
            kind="PROGRAM", school=place.school, group=place.main.group,
            program=place.main.program, printed_on=on,
        )  # fmt: skip

    early, late = printed(dt.date(2026, 9, 2)), printed(dt.date(2026, 11, 2))
    theirs = Document.objects.visible_to(User.objects.get(pk=place.former.pk))
    assert set(theirs.filter(kind="PROGRAM")) == {early}
    mentee = Document.objects.visible_to(User.objects.get(pk=place.mentee.pk))
    assert set(mentee.filter(kind="PROGRAM")) == {early, late}


def test_a_former_mentee_keeps_what_was_before_and_meets_nobody_who_came_later(place, world):
    client = Client()
    client.force_login(place.former)
    page = client.get(reverse("group-work", args=[place.main.group.pk]))
    read = {c.kind for c in world.canaries.in_response(page)}
    assert "meeting" in read
    assert not read & {"later meeting", "name of spare", "name of later"}
    stranger = reverse("staff-detail", args=[place.posts["spare"].pk])
    assert client.get(stranger).status_code == 404


def test_somebody_without_an_account_cannot_be_unlocked(place):
    client = Client()
    client.force_login(place.director)
    person = make_post(place.school).person
    url = reverse("access-unlock", args=[place.school.pk, person.pk])
    assert client.post(url).status_code == 404


def test_a_superuser_without_a_role_sees_no_case(world):
    assert not MentoringGroup.objects.visible_to(world.users["superuser"]).exists()
