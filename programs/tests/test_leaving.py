import datetime as dt

import pytest

from programs.models import GroupMember, MentorAppointment
from programs.tests.factories import ORDERED, again, make_consented, make_ordered, make_proposal
from programs.workflow.groups import change_proposal
from schools import history
from schools.tests.factories import make_post
from schools.workflow.leaving import record_leaving

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 11, 13)


def leave(case, post, day=LAST_DAY):
    record_leaving(post, by=case.director, on=day, left_on=day)


def test_a_mentors_appointments_end_on_the_last_day_of_the_post():
    case = make_ordered()
    leave(case, case.mentor_post)
    appointment = again(case).appointment
    assert (appointment.ends_on, appointment.end_reason) == (LAST_DAY, "увольнение или перевод")
    assert again(case).group.closed_on is None
    assert any("Поручение закончено" in line.text for line in history.lines(case.group))


def test_a_mentees_memberships_end_with_the_post():
    case = make_ordered(mentees=2)
    leave(case, case.mentee_posts[0])
    member = GroupMember.objects.get(pk=case.members[0].pk)
    assert (member.left_on, member.left_ground) == (LAST_DAY, "LEFT_SCHOOL")
    assert case.group.members.present().count() == 1


def test_a_pair_whose_proposed_mentor_left_is_given_another():
    case = make_proposal()
    leave(case, case.mentor_post)
    other = make_post(case.school)

    change_proposal(case.group, by=case.curator, on=LAST_DAY, mentor=other)

    assert case.group.appointments.get(dropped_on=None).post == other


def test_a_proposed_mentor_is_dropped_and_a_proposed_mentee_struck_out():
    case = make_proposal(mentees=2)
    leave(case, case.mentor_post)
    leave(case, case.mentee_posts[0])
    assert MentorAppointment.objects.get().dropped_on == LAST_DAY
    member = GroupMember.objects.get(pk=case.members[0].pk)
    assert (member.joined_on, member.left_on) == (None, LAST_DAY)


def test_what_was_ordered_and_has_not_begun_is_taken_back():
    case = make_ordered(mentees=2)
    leave(case, case.mentor_post, ORDERED)
    leave(case, case.mentee_posts[0], ORDERED)
    appointment = MentorAppointment.objects.get()
    assert (appointment.ordered_on, appointment.dropped_on) == (None, ORDERED)
    member = GroupMember.objects.get(pk=case.members[0].pk)
    assert (member.joined_on, member.left_on) == (None, ORDERED)


def test_other_peoples_cases_stay_as_they_are():
    case, other = make_ordered(), make_consented()
    leave(case, case.mentor_post)
    assert again(other).appointment.dropped_on is None
    assert again(case).members[0].left_on is None
