"""A new organisation is led by the hand until its first pair."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.tests.factories import make_proposal
from programs.tests.page_world import client_of
from schools.models import LocalAct
from schools.tests.factories import make_curator, make_director, make_post, make_school

pytestmark = pytest.mark.django_db


def steps(user):
    """[(done, has a link)] of the first steps on the home page, None where there are none."""
    home = client_of(user).get("/").context["home"]
    shown = [found for _, found in home.beginnings]
    return [(step.done, bool(step.url)) for step in shown[0]] if shown else None


def test_an_empty_organisation_sees_four_steps_with_their_forms():
    school = make_school()
    director = make_director(school)
    page = client_of(director).get("/").content.decode()
    assert steps(director) == [(False, True)] * 4
    for name, args in [("import-add", []), ("role-give", [school.pk]), ("act-add", [school.pk])]:
        assert reverse(name, args=args) in page


def test_what_is_done_is_marked_and_the_curator_is_named_by_the_director_alone():
    school = make_school()
    make_director(school)
    curator = make_curator(school)
    make_post(school)
    LocalAct.objects.create(
        school=school, kind="REGULATION", title="Положение", number="5",
        adopted_on=timezone.localdate(),
    )  # fmt: skip
    assert steps(curator) == [(True, True), (True, False), (True, True), (False, True)]


def test_the_first_pair_ends_the_beginning():
    assert steps(make_proposal().curator) is None
