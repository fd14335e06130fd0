"""Who must sign that they know a paper, and how it is recorded."""

import datetime as dt

import pytest
from django.urls import reverse

from programs.errors import TransitionError
from programs.models import Acquaintance, OrderLine
from programs.tests.factories import ORDERED, make_ordered
from programs.workflow.acquaintance import record_acquaintance
from schools import history
from schools.models import LocalAct
from schools.tests.factories import make_curator, make_methodologist, make_post, make_school

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def case():
    return make_ordered()


def act_of(school):
    return LocalAct.objects.create(
        school=school, kind="REGULATION", title="Положение", adopted_on=dt.date(2026, 9, 1)
    )


def refused(code, *args, **kwargs):
    with pytest.raises(TransitionError) as caught:
        record_acquaintance(*args, **kwargs)
    assert caught.value.code == code
    assert not Acquaintance.objects.exists()


def test_order_is_signed_by_whom_it_names_and_many_at_once(case, client):
    client.force_login(case.curator)
    url = reverse("acquaintance-order", args=[case.order.pk])
    named = {case.mentor.person_id, *(m.post.person_id for m in case.group.members.all())}
    page = client.get(url)
    assert {person.pk for person in page.context["people"]} == named

    response = client.post(url, {"people": [*named], "signed_on": "2026-09-02"})

    assert response.status_code == 302
    assert set(Acquaintance.objects.values_list("person", flat=True)) == named
    assert "Ознакомлены 02.09.2026" in history.lines(case.group)[0].text
    line = OrderLine.objects.get(order=case.order)
    assert client.get(reverse("acquaintance-record", args=[line.pk])).url == url


def test_nobody_signs_before_the_paper_or_tomorrow_or_unasked(case):
    who = {"by": case.curator, "on": TODAY, "people": [case.mentor.person]}
    early = ORDERED - dt.timedelta(days=1)
    refused("before_paper", case.order, **who, signed_on=early)
    refused("date_in_future", case.order, **who, signed_on=TODAY + dt.timedelta(days=1))
    stranger = make_post(make_school()).person
    refused("not_a_reader", case.order, **{**who, "people": [stranger]}, signed_on=TODAY)
    refused("nobody_chosen", case.order, **{**who, "people": []}, signed_on=TODAY)


def test_act_is_signed_by_the_employed_and_the_first_date_stays(client):
    school = make_school()
    curator, act = make_curator(school), act_of(school)
    teacher = make_post(school).person
    gone = make_post(school, left_on=dt.date(2026, 8, 1)).person
    first = record_acquaintance(
        act, by=curator, on=TODAY, people=[teacher], signed_on=dt.date(2026, 9, 3)
    )
    again = record_acquaintance(act, by=curator, on=TODAY, people=[teacher], signed_on=TODAY)

    assert len(first) == 1
    assert again == []
    assert Acquaintance.objects.get().signed_on == dt.date(2026, 9, 3)
    client.force_login(curator)
    page = client.get(reverse("acquaintance-act", args=[act.pk]))
    assert gone not in page.context["people"]


def test_mark_is_taken_back(client):
    school = make_school()
    curator, act = make_curator(school), act_of(school)
    [row] = record_acquaintance(act, by=curator, on=TODAY, people=[curator.person], signed_on=TODAY)
    client.force_login(curator)
    client.post(reverse("acquaintance-withdraw", args=[row.pk]))
    assert not Acquaintance.objects.exists()


def test_sheets_are_for_the_organisation_alone(client, case):
    act = act_of(case.school)
    [row] = record_acquaintance(
        act, by=case.curator, on=TODAY, people=[case.curator.person], signed_on=TODAY
    )
    foreign = make_curator(make_school(municipality=case.school.municipality))
    for user, wanted in ((foreign, 404), (make_methodologist(case.school.municipality), 403)):
        client.force_login(user)
        pages = [("acquaintance-act", act.pk), ("acquaintance-order", case.order.pk)]
        for name, pk in pages:
            status = client.get(reverse(name, args=[pk])).status_code
            assert status in (wanted, 404)
        client.post(reverse("acquaintance-withdraw", args=[row.pk]))
    assert Acquaintance.objects.filter(pk=row.pk).exists()
