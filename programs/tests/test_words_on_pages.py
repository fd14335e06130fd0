"""A kindergarten reads its own words, a school its own."""

import pytest
from django.urls import reverse

from programs.due import owner_words
from programs.initials import signatory
from programs.models import Deadline
from programs.tests.factories import ORDERED, STARTS, make_ordered
from programs.tests.factories_programme import make_running
from programs.tests.page_world import client_of
from programs.workflow.meetings import correct_meeting, log_meeting
from schools import history
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
    program = make_running(case.group)
    unit = Unit.objects.create(school=case.school, name="Группа «Солнышко»", kind="KINDERGARTEN")
    StaffMember.objects.filter(pk=case.mentee_posts[0].pk).update(unit=unit)
    client = client_of(case.mentor)
    meeting = log_meeting(
        program, by=case.mentor, on=STARTS, held_on=STARTS, minutes=45, format="LESSON_VISIT",
        topic="Прогулка", present=case.members,
    )  # fmt: skip
    correct_meeting(meeting, by=case.mentor, on=STARTS, format="IN_PERSON")
    correct_meeting(meeting, by=case.mentor, on=STARTS, format="LESSON_VISIT")
    for name, row in [
        ("meeting-log", case.group), ("meeting-correct", meeting), ("group-work", case.group),
    ]:  # fmt: skip
        page = client.get(reverse(name, args=[row.pk])).content.decode()
        assert "посещение занятия" in page, name
        assert "посещение урока" not in page, name
    assert "«очно» → «посещение занятия»" in history.lines(meeting)[0].text
