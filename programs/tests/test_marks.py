"""A mentee's own mark instead of paper: only where settings and a local act allow it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Consent
from programs.tests.factories import make_proposal
from programs.tests.page_world import client_of
from schools.models import LocalAct, SchoolPolicy

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_proposal()


def allow(case):
    SchoolPolicy.objects.filter(school=case.school).update(mentee_mark_allowed=True)
    LocalAct.objects.create(
        school=case.school, kind="SIGNATURES", title="О простой электронной подписи",
        number="3", adopted_on=timezone.localdate(),
    )  # fmt: skip


def mark(user, case):
    return client_of(user).post(reverse("consent-mark", args=[case.members[0].pk]))


def test_the_mentee_agrees_by_one_button_where_it_is_allowed(case):
    allow(case)
    url = reverse("consent-mark", args=[case.members[0].pk])
    assert url in client_of(case.mentee).get(case.group.get_absolute_url()).content.decode()
    assert mark(case.mentee, case).status_code == 302
    assert Consent.objects.get().means == "MARK"


def test_nobody_marks_for_the_mentee_and_nothing_is_marked_without_the_act(case):
    assert mark(case.mentee, case).status_code == 422
    allow(case)
    for user in (case.mentor, case.curator, case.director):
        assert mark(user, case).status_code == 403
    assert not Consent.objects.exists()
    page = client_of(case.curator).get(reverse("consent-record", args=[case.group.pk]))
    assert "отметка в системе" not in page.content.decode()
