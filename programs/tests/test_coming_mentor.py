"""Between the order and the first day: the programme is drafted, and nobody is led astray."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from programs.due import lines
from programs.models import Deadline
from programs.tests.factories import make_ordered
from programs.tests.page_world import NOON, TODAY, client_of
from schools.tests.factories import make_methodologist, make_school

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def ordered():
    with time_machine.travel(NOON):
        yield make_ordered(make_school(), starts_on=TOMORROW, ends_on=dt.date(2027, 5, 31))


def test_a_mentor_named_for_a_coming_day_drafts_the_programme(ordered):
    page = reverse("program-edit", args=[ordered.group.pk])
    assert client_of(ordered.mentor).get(page).status_code == 200
    assert client_of(ordered.mentees[0]).get(page).status_code == 403


def test_the_duty_of_another_leads_to_the_pair_not_to_a_form(ordered):
    watcher = make_methodologist(ordered.group.school.municipality)
    rows = Deadline.objects.filter(kind="program_draft")
    [mine], [watched] = lines(rows, ordered.mentor, TODAY), lines(rows, watcher, TODAY)
    assert mine.url == reverse("program-edit", args=[ordered.group.pk])
    assert watched.url == reverse("group-detail", args=[ordered.group.pk])
