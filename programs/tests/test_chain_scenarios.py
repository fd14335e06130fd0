"""Whole lives of cases, form by form; the deadlines follow from the facts at every end."""

import datetime as dt

import pytest

from programs import deadlines
from programs.models import Deadline, GroupMember, Meeting, MentorAppointment, MentoringGroup
from programs.states import State, state_of
from programs.tests.factories import (
    ORDERED,
    SECONDMENT,
    STARTS,
    again,
    consent_all,
    make_draft,
    make_guest,
    make_order,
    make_ordered,
    make_partner_post,
    make_proposal,
    make_student,
    sign_draft,
    staff_of,
)
from programs.tests.factories_programme import make_evaluated, make_running
from programs.workflow.appointments import (
    appoint_temporary,
    end_temporary,
    give_notice,
    replace_mentor,
)
from programs.workflow.closing import close_program
from programs.workflow.consents import record_consent
from programs.workflow.groups import release_member, withdraw_proposal
from programs.workflow.meetings import log_meeting
from programs.workflow.orders import LineDraft
from programs.workflow.requests import request_mentoring
from schools import history
from schools.models import EventChain, Role
from schools.tests.factories import make_director, make_post, make_school
from schools.workflow.calendar import load_library

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)
NOV = dt.date(2026, 11, 2)


def state(group, on):
    return state_of(MentoringGroup.objects.with_state_facts(on).get(pk=group.pk), on)


def meet(program, day):
    return log_meeting(
        program, by=None, on=day, held_on=day, minutes=45, format="IN_PERSON", topic="Урок",
        present=list(GroupMember.objects.on(day).filter(group=program.group)),
    )  # fmt: skip


def nothing_is_wrong(school):
    """Deadlines of cases and orders follow from the facts, the history is whole.

    The school itself was made by a factory, not by a step: its yearly duties have no rows.
    """
    differences = deadlines.check([school.pk])
    assert [d for d in differences if not d.key[1].startswith("school:")] == []
    chain = EventChain.objects.get(name=f"school:{school.pk}")
    assert history.broken_links(chain) == []


def head_of(school):
    return make_director(school).person.posts.get()


FORMS = {
    "TEACHER_TEACHER": lambda school: {},
    "HEAD_TEACHER": lambda school: {"mentor": head_of(school)},
    "EMPLOYER_STUDENT": lambda school: {"mentee_posts": [make_student(school)]},
    "LECTURER_YOUNG_TEACHER": lambda school: {
        "mentor": make_partner_post(school),
        "basis": "PARTNER_AGREEMENT",
    },
    "PARTNER_TEACHER": lambda school: {
        "mentor": make_partner_post(school),
        "basis": "PARTNER_AGREEMENT",
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_lives_from_the_proposal_to_full_completion(form):
    school = make_school()
    case = make_ordered(school, form=form, **FORMS[form](school))
    program = make_running(case.group)
    meet(program, dt.date(2026, 10, 1))
    make_evaluated(program)
    end = program.ends_on
    assert state(case.group, end) == State.EVALUATION
    close_program(program, by=case.director, on=end, ground="FULL", closed_on=end)

    assert state(case.group, end) == State.COMPLETED
    assert again(case).appointment.ends_on == end
    nothing_is_wrong(school)


def test_a_mentor_of_a_neighbouring_school_is_seconded():
    home, host = make_school(), make_school()
    guest = make_guest(host, home)
    case = make_ordered(host, mentor=guest, **SECONDMENT)
    program = make_running(case.group)
    meet(program, STARTS)

    home_director = make_director(home)
    assert list(MentorAppointment.objects.visible_to(home_director)) == [case.appointment]
    assert not MentoringGroup.objects.visible_to(home_director).exists()
    nothing_is_wrong(host)


def test_one_of_three_leaves_and_the_group_goes_on():
    case = make_ordered(mentees=3)
    program = make_running(case.group)
    leaving = case.members[0]
    release_member(
        leaving,
        by=case.curator,
        on=NOV,
        left_on=NOV,
        ground="STATEMENT",
        statement_on=NOV - ONE_DAY,
    )
    meeting = meet(program, NOV + ONE_DAY)
    assert sorted(a.member_id for a in meeting.attendance.filter(present=True)) == [
        member.pk for member in case.members[1:]
    ]
    assert state(case.group, NOV + ONE_DAY) == State.RUNNING
    nothing_is_wrong(case.school)


def test_the_mentor_is_replaced_after_a_notice_over_the_new_year_holidays():
    load_library([2026, 2027], by=None)
    case = make_ordered()
    program = make_running(case.group)
    given = dt.date(2026, 12, 28)
    with pytest.raises(Exception, match="не раньше"):
        give_notice(
            case.appointment, by=None, on=given, side="MENTOR", given_on=given,
            effective_on=dt.date(2026, 12, 31),
        )  # fmt: skip
    notice = give_notice(
        case.appointment, by=None, on=given, side="MENTOR", given_on=given,
        effective_on=dt.date(2027, 1, 14),
    )  # fmt: skip
    assert notice.earliest_on > dt.date(2027, 1, 8)
    starts_on = notice.effective_on
    new = replace_mentor(
        case.group, by=case.curator, on=given, mentor=make_post(case.school), starts_on=starts_on,
        reason="наставник отказался",
    )  # fmt: skip
    record_consent(
        case.group, by=case.curator, on=given, role="MENTOR", post=new.post, signed_on=given
    )
    make_order(case, LineDraft(case.group, "REPLACE_MENTOR"), on=given, kind="REPLACE")

    assert meet(program, starts_on).appointment == new
    assert meet(program, starts_on - ONE_DAY).appointment == case.appointment
    assert case.group.programs.get() == program
    nothing_is_wrong(case.school)


def test_a_temporary_mentor_meets_while_the_first_is_away():
    case = make_ordered()
    make_running(case.group)
    stand_in = appoint_temporary(
        case.group, by=case.curator, on=NOV, mentor=make_post(case.school), starts_on=NOV,
        expected_ends_on=dt.date(2026, 12, 31), reason="длительное отсутствие",
    )  # fmt: skip
    record_consent(
        case.group, by=case.curator, on=NOV, role="MENTOR", post=stand_in.post, signed_on=NOV
    )
    order = make_order(case, LineDraft(case.group, "APPOINT_TEMPORARY"), on=NOV)
    assert "Временно назначить наставником" in order.text
    end_temporary(stand_in, by=case.curator, on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 11, 30))
    in_force = MentorAppointment.objects.on(dt.date(2026, 12, 1)).filter(group=case.group)
    assert list(in_force) == [case.appointment]
    nothing_is_wrong(case.school)


def test_extension_and_closing_by_lines_of_an_order():
    case = make_ordered()
    program = make_running(case.group, by_order=True)
    longer = dt.date(2027, 8, 31)
    line = LineDraft(
        case.group,
        "EXTEND",
        {"ends_on": longer.isoformat(), "agreed_on": "2027-05-20", "reason": "не всё освоено"},
    )
    day = dt.date(2027, 5, 25)
    make_order(case, line, on=day, kind="EXTEND")
    program.refresh_from_db()
    assert program.current_ends_on == longer

    make_order(
        case,
        LineDraft(case.group, "CLOSE", {"ends_on": "2027-06-01", "ground": "MUTUAL"}),
        on=dt.date(2027, 6, 1),
        kind="CLOSE",
    )
    assert state(case.group, dt.date(2027, 6, 1)) == State.ENDED_EARLY
    assert again(case).appointment.ends_on == dt.date(2027, 6, 1)
    nothing_is_wrong(case.school)


def test_a_village_director_is_curator_and_mentor_and_another_signs():
    school = make_school()
    post = head_of(school)
    person = post.person
    case = make_proposal(school, mentor=post, curator=person)
    consent_all(case, signed_on=ORDERED, on=ORDERED)
    order = make_draft(case, on=ORDERED)
    sign_draft(
        order,
        case,
        on=ORDERED,
        signatory_position="председатель комитета по образованию",
        signatory_name="Районова В. Г.",
    )
    assert again(case).appointment.post == post
    assert not Meeting.objects.exists()
    nothing_is_wrong(school)


def test_a_request_is_answered_by_a_proposal_and_open_again_when_it_is_withdrawn():
    school = make_school()
    mentee, curator = make_post(school), staff_of(school, Role.CURATOR)
    request_mentoring(mentee, by=curator, on=NOV, category="YOUNG_SPECIALIST")
    asked = Deadline.objects.filter(kind="request_answer")
    assert asked.live().get().done_on is None

    case = make_proposal(school, mentee_posts=[mentee], on=NOV)
    assert asked.get().done_on == NOV
    assert Deadline.objects.live().filter(kind="local_act", school=school).exists()
    nothing_is_wrong(school)

    withdraw_proposal(case.group, by=curator, on=NOV, why="наставник передумал")
    assert asked.get().done_on is None
    nothing_is_wrong(school)
