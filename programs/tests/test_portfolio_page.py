"""The page of what a person has done as a mentor."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.tests.factories import SECONDMENT, make_guest, make_ordered
from programs.tests.page_world import client_of
from programs.workflow.portfolio import record_episode
from schools.tests.factories import make_director, make_methodologist, make_school

pytestmark = pytest.mark.django_db


def page_for(user, post) -> str:
    response = client_of(user).get(reverse("staff-mentoring", args=[post.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_help_outside_programmes_is_recorded_from_the_page_and_seen_there():
    case = make_ordered()
    post = case.mentor_post
    mentor = client_of(case.mentor)
    assert (
        reverse("staff-mentoring", args=[post.pk])
        in mentor.get(reverse("profile")).content.decode()
    )
    assert reverse("episode-record", args=[post.pk]) in page_for(case.mentor, post)
    day = timezone.localdate() - dt.timedelta(days=3)
    answer = mentor.post(
        reverse("episode-record", args=[post.pk]),
        {
            "kind": "CONTEST", "whom": "Сидорова", "starts_on": day.isoformat(),
            "ends_on": day.isoformat(), "text": "Репетиция открытого занятия", "hours": "",
        },
    )  # fmt: skip
    assert answer.url == reverse("staff-mentoring", args=[post.pk])
    assert "Репетиция открытого занятия" in page_for(case.curator, post)


def test_the_district_sees_the_pairs_and_no_episodes():
    case = make_ordered()
    day = dt.date(2026, 9, 10)
    record_episode(
        case.mentor_post, by=case.curator, on=day, kind="CONTEST", whom="Сидорова",
        starts_on=day, ends_on=day, text="Репетиция",
    )  # fmt: skip
    page = page_for(make_methodologist(case.school.municipality), case.mentor_post)
    assert case.mentee_posts[0].person.short_name in page
    assert "Репетиция" not in page


def test_the_home_organisation_reads_no_names_of_a_pair_elsewhere():
    host = make_school()
    home = make_school(municipality=host.municipality)
    guest = make_guest(host, home)
    case = make_ordered(host, mentor=guest, **SECONDMENT)
    page = page_for(make_director(home), guest)
    assert host.short_name in page
    assert case.mentee_posts[0].person.last_name not in page
