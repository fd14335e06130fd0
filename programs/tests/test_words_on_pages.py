"""A kindergarten reads its own words, a school its own."""

import pytest
from django.urls import reverse

from programs.due import owner_words
from programs.initials import signatory
from programs.models import Deadline
from programs.tests.factories import ORDERED, make_ordered
from programs.tests.factories_programme import make_running
from programs.tests.page_world import client_of
from schools.models import StaffMember, Unit
from schools.tests.factories import make_school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "head", "visit"),
    [
        ("SCHOOL", "директор", "посещение урока"),
        ("KINDERGARTEN", "заведующий", "посещение занятия"),
    ],
)
def test_the_head_and_the_visit_are_called_as_there(kind, head, visit):
    case = make_ordered(make_school(kind=kind))
    make_running(case.group)
    owed = Deadline.objects.filter(school=case.school, owner__startswith="director").first()
    assert owner_words(owed) == head
    StaffMember.objects.filter(person=case.director.person).delete()
    assert signatory(case.school, ORDERED)[0] == head.capitalize()
    page = client_of(case.mentor).get(reverse("meeting-log", args=[case.group.pk]))
    assert visit in page.content.decode()


def test_a_kindergarten_group_of_a_school_reads_the_kindergarten_s_words():
    case = make_ordered()
    make_running(case.group)
    unit = Unit.objects.create(school=case.school, name="Группа «Солнышко»", kind="KINDERGARTEN")
    StaffMember.objects.filter(pk=case.mentee_posts[0].pk).update(unit=unit)
    page = client_of(case.mentor).get(reverse("meeting-log", args=[case.group.pk]))
    assert "посещение занятия" in page.content.decode()
