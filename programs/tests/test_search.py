"""Search from the head of every page."""

import pytest
from django.urls import reverse

from programs.tests.factories import make_ordered
from programs.tests.page_world import client_of
from schools.models import Region
from schools.tests.factories import (
    make_curator,
    make_methodologist,
    make_person,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db


def found(user, text):
    response = client_of(user).get(reverse("search"), {"q": text})
    assert response.status_code == 200
    return response.context


@pytest.fixture
def case():
    school = make_school()
    person = make_person(last_name="Алёхин", first_name="Иван", patronymic="", sex="M")
    return make_ordered(school, mentee_posts=[make_post(school, person=person)])


@pytest.mark.parametrize("text", ["алехин", "АЛЁХИН", "Алёхин иван", "  алёх "])
def test_letter_case_and_yo_do_not_matter(case, text):
    context = found(case.curator, text)
    assert [post.pk for post in context["people"]] == [case.mentee_posts[0].pk]
    assert [group.pk for group in context["groups"]] == [case.group.pk]


def test_surnames_come_before_patronymics(case):
    ivanov = make_person(last_name="Иванова", first_name="Яна", patronymic="Юрьевна")
    patronymic = make_person(last_name="Абрамова", first_name="Анна", patronymic="Ивановна")
    posts = [make_post(case.school, person=person) for person in (patronymic, ivanov)]
    assert [post.pk for post in found(case.curator, "ИВАНОВ")["people"]] == [
        posts[1].pk, posts[0].pk,
    ]  # fmt: skip


def test_a_stranger_finds_nobody(case):
    context = found(make_curator(make_school(municipality=case.school.municipality)), "алехин")
    assert (context["people"], context["groups"]) == ([], [])


def test_the_region_finds_organisations_and_no_people(case):
    region = Region.objects.get(pk=case.school.municipality.region_id)
    user = make_methodologist(region)
    assert found(user, "алехин")["people"] == []
    assert found(user, case.school.short_name)["places"] == [case.school]


def test_an_empty_or_odd_question_is_a_page_too(case):
    client = client_of(case.mentor)
    for text in ("", "\0", "%", "я" * 500):
        assert client.get(reverse("search"), {"q": text}).status_code == 200


def test_every_page_of_the_organisation_offers_the_search(case):
    assert f'action="{reverse("search")}"' in client_of(case.curator).get("/").content.decode()
