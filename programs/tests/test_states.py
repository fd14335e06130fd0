import datetime as dt

import pytest

from programs.models import MentoringGroup
from programs.states import State, state_of, with_state
from programs.tests.factories import (
    CONSENTED,
    ORDERED,
    PROPOSED,
    STARTS,
    make_consented,
    make_ordered,
    make_proposal,
)
from programs.tests.factories_programme import END, make_agreed, make_draft, make_running
from programs.workflow.closing import close_program
from programs.workflow.consents import record_consent
from programs.workflow.groups import withdraw_proposal
from programs.workflow.term import pause_program, resume_program
from schools.models import SchoolPolicy
from schools.tests.factories import make_school

pytestmark = pytest.mark.django_db
OCT = dt.date(2026, 10, 12)


def state(group, on) -> State:
    """The state as a page reads it, after a look that a list reads the same."""
    row = MentoringGroup.objects.with_state_facts(on).get(pk=group.pk)
    found = state_of(row, on)
    assert with_state(MentoringGroup.objects.all(), on).get(pk=group.pk).state == found
    assert list(MentoringGroup.objects.filter(pk=group.pk).in_state([found], on)) == [group]
    return found


def test_a_proposal_waits_for_consents_then_for_the_order():
    case = make_proposal(mentees=2)
    assert state(case.group, PROPOSED) == State.PROPOSED
    posts = [("MENTEE", case.mentee_posts[0]), ("MENTOR", case.mentor_post)]
    for role, post in posts:
        record_consent(case.group, by=None, on=CONSENTED, role=role, post=post, signed_on=CONSENTED)
        assert state(case.group, CONSENTED) == State.CONSENTS
    record_consent(
        case.group, by=None, on=CONSENTED, role="MENTEE", post=case.mentee_posts[1],
        signed_on=CONSENTED,
    )  # fmt: skip
    assert state(case.group, CONSENTED) == State.ORDER


def test_where_no_consent_of_mentees_is_asked_the_mentors_is_enough():
    case = make_proposal()
    SchoolPolicy.objects.filter(school=case.school).update(mentee_consent_required=False)
    record_consent(
        case.group, by=None, on=CONSENTED, role="MENTOR", post=case.mentor_post,
        signed_on=CONSENTED,
    )  # fmt: skip
    assert state(case.group, CONSENTED) == State.ORDER


def test_a_case_goes_from_the_order_to_the_closing_by_dates_alone():
    case = make_ordered()
    assert state(case.group, ORDERED) == State.DRAFTING
    make_draft(case.group)
    assert state(case.group, STARTS) == State.DRAFTING

    other = make_ordered()
    make_agreed(other.group)
    assert state(other.group, STARTS) == State.AGREEMENT

    program = make_running(starts_on=dt.date(2026, 9, 10))
    group = program.group
    assert state(group, dt.date(2026, 9, 9)) == State.APPROVED
    assert state(group, dt.date(2026, 9, 10)) == State.RUNNING
    assert state(group, END) == State.RUNNING
    assert state(group, END + dt.timedelta(days=1)) == State.EVALUATION

    pause = {"starts_on": OCT, "expected_on": dt.date(2026, 11, 1), "reason": "отпуск"}
    pause_program(program, by=None, on=OCT, **pause)
    assert state(group, OCT - dt.timedelta(days=1)) == State.RUNNING
    assert state(group, OCT) == State.PAUSED
    resumed = dt.date(2026, 10, 26)
    resume_program(program, by=None, on=resumed, resumed_on=resumed)
    assert state(group, resumed) == State.RUNNING

    close_program(program, by=None, on=resumed, ground="MUTUAL", closed_on=resumed)
    assert state(group, resumed) == State.ENDED_EARLY
    assert state(group, OCT) == State.PAUSED


def test_an_approved_programme_without_an_order_still_waits_for_the_order():
    program = make_running(make_consented().group)
    assert state(program.group, OCT) == State.ORDER


def test_full_completion_reads_completed():
    program = make_running()
    group = program.group
    row = MentoringGroup.objects.with_state_facts(END).get(pk=group.pk)
    row.closed_on, row.sf_ground = END, "FULL"
    assert state_of(row, END) == State.COMPLETED


def test_a_withdrawn_proposal_reads_so():
    case = make_proposal()
    withdraw_proposal(case.group, by=None, on=CONSENTED, why="передумали")
    assert state(case.group, CONSENTED) == State.WITHDRAWN


def test_a_list_reads_states_in_one_query(django_assert_num_queries):
    school = make_school()
    for _ in range(3):
        make_consented(school)
    with django_assert_num_queries(1):
        groups = list(MentoringGroup.objects.with_state_facts(OCT))
        assert {state_of(group, OCT) for group in groups} == {State.ORDER}
