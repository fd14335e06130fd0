"""Two people at once on one case: whatever the order, the table follows from the facts."""

import datetime as dt

import pytest

from programs import deadlines, tasks
from programs.models import Deadline, MentoringGroup
from programs.tests.factories import make_consented, make_ordered, make_proposal
from programs.tests.factories_programme import make_agreed, make_running
from programs.tests.races import together
from programs.workflow.consents import record_consent
from programs.workflow.groups import propose_group, withdraw_proposal
from programs.workflow.meetings import log_meeting
from programs.workflow.programs import approve_program, return_program
from programs.workflow.term import pause_program
from schools.models import Recompute
from schools.tests.factories import make_post
from schools.workflow.absences import record_absence
from schools.workflow.calendar import correct_day

pytestmark = pytest.mark.django_db(transaction=True)
ON = dt.date(2026, 9, 15)


def settled(case):
    """The organisation was made behind the steps' back: its own rows are laid here."""
    deadlines.rebuild([case.school.pk])
    return case


def right(school) -> bool:
    tasks.run_recomputes()
    return deadlines.check([school.pk]) == [] and not Recompute.objects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_consents_recorded_at_once_open_the_order(attempt):
    case = settled(make_proposal())
    posts = [("MENTOR", case.mentor_post), ("MENTEE", case.mentee_posts[0])]
    together(
        *[
            lambda role=role, post=post: record_consent(
                case.group, by=case.curator, on=ON, role=role, post=post, signed_on=ON
            )
            for role, post in posts
        ]
    )
    assert Deadline.objects.live().get(kind="order").opens_on == ON
    assert right(case.school)


@pytest.mark.parametrize("attempt", range(3))
def test_consent_and_withdrawal_of_the_proposal_leave_it_right(attempt):
    case = settled(make_consented(on=dt.date(2026, 8, 26)))
    together(
        lambda: withdraw_proposal(case.group, by=case.curator, on=ON, why="передумали"),
        lambda: record_absence(
            case.mentor_post, by=case.curator, on=ON, kind="OTHER", starts_on=ON
        ),
    )
    assert not Deadline.objects.live().filter(group=case.group, done_on=None).exists()
    assert right(case.school)


@pytest.mark.parametrize("attempt", range(3))
def test_approval_against_return_leaves_it_right(attempt):
    case = settled(make_ordered())
    program = make_agreed(case.group)
    refused = together(
        lambda: approve_program(
            program, by=None, on=ON, approved_on=ON, position="директор", name="Чужой Ч. Ч."
        ),
        lambda: return_program(program, by=None, on=ON, reason="исправить"),
    )
    assert len(refused) == 1
    assert right(case.school)


@pytest.mark.parametrize("attempt", range(3))
def test_meeting_absence_pause_and_calendar_at_once_leave_it_right(attempt):
    case = settled(make_ordered())
    program = make_running(case.group)
    together(
        lambda: log_meeting(
            program, by=None, on=ON, held_on=ON, minutes=30, format="IN_PERSON", topic="урок",
            present=list(case.group.members.all()),
        ),
        lambda: pause_program(
            program, by=None, on=ON, starts_on=ON, expected_on=ON + dt.timedelta(days=9),
            reason="карантин",
        ),
        lambda: record_absence(case.mentor_post, by=None, on=ON, kind="OTHER", starts_on=ON),
        lambda: correct_day(
            ON + dt.timedelta(days=7), works_five=False, works_six=False, name="карантин",
            by=None, on=ON,
        ),
        tasks.run_recomputes,
        tasks.tick,
    )  # fmt: skip
    assert right(case.school)


@pytest.mark.parametrize("attempt", range(3))
def test_two_first_proposals_at_once_ask_for_one_local_act(attempt):
    case = settled(make_proposal())
    posts = [make_post(case.school) for _ in range(4)]
    MentoringGroup.objects.filter(pk=case.group.pk).update(withdrawn_on=ON)
    deadlines.rebuild([case.school.pk])

    def propose(mentor, mentee, on):
        propose_group(
            case.school, by=case.curator, on=on, mentor=mentor,
            mentees=[(mentee, "YOUNG_SPECIALIST")], form="TEACHER_TEACHER",
            kinds=["TRADITIONAL"], why="запрос", curator=case.curator.person,
            starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2027, 5, 31),
        )  # fmt: skip

    refused = together(
        lambda: propose(posts[0], posts[1], ON),
        lambda: propose(posts[2], posts[3], ON - dt.timedelta(days=5)),
    )
    assert refused == []
    assert Deadline.objects.live().get(kind="local_act").opens_on == ON - dt.timedelta(days=5)
    assert right(case.school)
