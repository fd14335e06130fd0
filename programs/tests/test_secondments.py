"""A mentor lent by a neighbouring organisation: offered there, proposed here, seen by both."""

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import MentoringGroup
from programs.tests.page_world import client_of
from schools.errors import TransitionError
from schools.models import Event, Secondment
from schools.tests.factories import make_curator, make_director, make_post, make_school
from schools.workflow.secondments import second_mentor, withdraw_secondment

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_school()


@pytest.fixture
def host(home):
    return make_school(municipality=home.municipality)


@pytest.fixture
def mentor(home):
    return make_post(home, subject="физика")


def lend(mentor, host, **fields):
    today = timezone.localdate()
    form = {
        "to_school": host.pk, "home_order": "№ 30 от 20.08.2026",
        "home_agreement": "соглашение № 4", "starts_on": today.isoformat(), "ends_on": "", **fields,
    }  # fmt: skip
    client = client_of(make_director(mentor.school))
    return client, client.post(reverse("secondment-add", args=[mentor.pk]), form)


def proposal(mentor, mentee, curator):
    today = timezone.localdate()
    return {
        "mentee": mentee.pk, "category": "YOUNG_SPECIALIST", "mentor": mentor.pk,
        "form": "TEACHER_TEACHER", "kinds": ["TRADITIONAL"], "why": "Физику здесь ведёт один.",
        "curator": curator.person_id, "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(days=200)).isoformat(), "basis": "ADDENDUM",
    }  # fmt: skip


def test_the_host_proposes_whom_the_home_has_lent_and_retypes_no_papers(home, host, mentor):
    director, answer = lend(mentor, host)
    assert answer.status_code == 302
    curator, mentee = make_curator(host), make_post(host)
    host_client = client_of(curator)
    page = host_client.get(reverse("secondment-list")).content.decode()
    assert mentor.person.full_name in page
    url = reverse("group-propose", args=[host.pk])
    answer = host_client.post(url, proposal(mentor, mentee, curator))
    assert answer.status_code == 302, answer.context["form"].errors
    appointment = MentoringGroup.objects.get().appointments.get()
    assert appointment.basis == "SECONDMENT"
    assert (appointment.home_order, appointment.home_agreement) == (
        "№ 30 от 20.08.2026", "соглашение № 4",
    )  # fmt: skip


def test_the_home_sees_the_appointment_and_nothing_else_of_the_pair(home, host, mentor):
    director, _ = lend(mentor, host)
    curator, mentee = make_curator(host), make_post(host)
    client_of(curator).post(
        reverse("group-propose", args=[host.pk]), proposal(mentor, mentee, curator)
    )
    page = director.get(reverse("secondment-list")).content.decode()
    assert host.short_name in page
    assert mentee.person.last_name not in page
    group = MentoringGroup.objects.get()
    assert director.get(group.get_absolute_url()).status_code == 404


def test_whoever_was_not_lent_cannot_be_named(home, host, mentor):
    curator, mentee = make_curator(host), make_post(host)
    answer = client_of(curator).post(
        reverse("group-propose", args=[host.pk]), proposal(mentor, mentee, curator)
    )
    assert answer.status_code == 422
    assert not MentoringGroup.objects.exists()
    page = client_of(curator).get(reverse("group-propose", args=[host.pk])).content.decode()
    assert mentor.person.last_name not in page


def test_an_offer_taken_back_offers_nobody(home, host, mentor):
    director, _ = lend(mentor, host)
    offer = Secondment.objects.get()
    stranger = client_of(make_curator(make_school(municipality=home.municipality)))
    url = reverse("secondment-withdraw", args=[offer.pk])
    assert stranger.post(url).status_code == 404
    assert client_of(make_curator(host)).post(url).status_code == 403
    assert director.post(url).status_code == 302
    page = client_of(make_curator(host)).get(reverse("group-propose", args=[host.pk]))
    assert mentor.person.last_name not in page.content.decode()


@pytest.mark.parametrize("refused", ["other_district", "twice", "withdrawn_twice", "left"])
def test_what_is_refused_changes_nothing(home, host, mentor, refused):
    on = timezone.localdate()
    by = make_director(home)
    asked = {"to_school": host, "home_order": "№ 1", "starts_on": on, "by": by, "on": on}
    if refused == "other_district":
        asked["to_school"] = make_school()
    if refused == "left":
        mentor.left_on = on - dt.timedelta(days=1)
        mentor.save(update_fields=["left_on"])
    if refused in ("twice", "withdrawn_twice"):
        offer = second_mentor(mentor, **asked)
    if refused == "withdrawn_twice":
        withdraw_secondment(offer, by=by, on=on)
    before = Event.objects.count(), Secondment.objects.count()
    step = partial(second_mentor, mentor, **asked)
    if refused == "withdrawn_twice":
        step = partial(withdraw_secondment, offer, by=by, on=on)
    with pytest.raises(TransitionError):
        step()
    assert (Event.objects.count(), Secondment.objects.count()) == before
