import datetime as dt

import pytest

from programs.models import MentorAppointment
from programs.tests.factories import (
    CONSENTED,
    SECONDMENT,
    STARTS,
    again,
    make_consented,
    make_draft,
    make_guest,
    make_order,
    make_ordered,
    make_proposal,
    sign_draft,
)
from programs.tests.refusals import refused
from programs.workflow.appointments import (
    appoint_temporary,
    drop_mentor,
    end_temporary,
    give_notice,
    replace_mentor,
)
from programs.workflow.consents import record_consent
from programs.workflow.orders import LineDraft
from schools.models import CalendarDay
from schools.tests.factories import make_post

pytestmark = pytest.mark.django_db
NOV = dt.date(2026, 11, 2)  # a Monday
ONE_DAY = dt.timedelta(days=1)


def propose_other(case, **fields):
    return replace_mentor(
        case.group,
        **{
            "by": case.curator,
            "on": NOV,
            "mentor": fields.pop("mentor", None) or make_post(case.school),
            "starts_on": dt.date(2026, 11, 16),
            "reason": "просьба наставляемого",
            **fields,
        },
    )


def consent_of(case, appointment, on=NOV):
    return record_consent(
        case.group, by=case.curator, on=on, role="MENTOR", post=appointment.post, signed_on=on
    )


def notice(appointment, **fields):
    return give_notice(
        appointment,
        **{
            "by": None,
            "on": NOV,
            "side": "MENTOR",
            "given_on": NOV,
            "effective_on": dt.date(2026, 11, 6),
            **fields,
        },
    )


# --- replacing --------------------------------------------------------------------------------


def test_a_replacement_closes_one_appointment_and_opens_another_and_the_case_goes_on():
    case = make_ordered(mentees=2)
    new = propose_other(case)
    consent_of(case, new)
    order = make_order(case, LineDraft(case.group, "REPLACE_MENTOR"), on=NOV, kind="REPLACE")

    old = MentorAppointment.objects.get(pk=case.appointment.pk)
    new.refresh_from_db()
    assert (old.ends_on, old.end_line.order) == (dt.date(2026, 11, 15), order)
    assert old.end_reason == "просьба наставляемого"
    assert (new.starts_on, new.ordered_on, new.follows) == (dt.date(2026, 11, 16), NOV, old)
    assert case.group.members.present().count() == 2
    assert "просьба наставляемого" in order.text


def test_a_new_mentor_needs_a_consent_of_his_own_that_names_all_mentees():
    case = make_ordered(mentees=2)
    new = propose_other(case)
    order = make_draft(case, LineDraft(case.group, "REPLACE_MENTOR"), on=NOV, kind="REPLACE")
    with refused("mentor_consent_missing"):
        sign_draft(order, case, on=NOV)
    record_consent(
        case.group,
        by=case.curator,
        on=NOV,
        role="MENTOR",
        post=new.post,
        signed_on=NOV,
        members=case.members[:1],
    )
    with refused("consent_names_not"):
        sign_draft(order, case, on=NOV)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"starts_on": STARTS}, "starts_before_old_ends"),
    ],
)
def test_a_wrong_replacement_is_refused(fields, code):
    case = make_ordered()
    other = make_post(case.school)
    with refused(code):
        propose_other(case, mentor=other, **fields)


def test_nobody_replaces_himself_or_becomes_the_mentor_of_himself():
    case = make_ordered()
    with refused("same_mentor"):
        propose_other(case, mentor=case.mentor_post)
    with refused("mentor_is_mentee"):
        propose_other(case, mentor=case.mentee_posts[0])
    proposed, other = propose_other(case), make_post(case.school)
    with refused("mentor_already_proposed"):
        propose_other(case, mentor=other)

    drop_mentor(proposed, by=case.curator, on=NOV)
    with refused("mentor_dropped"):
        drop_mentor(proposed, by=case.curator, on=NOV)
    assert propose_other(case, mentor=other).dropped_on is None


def test_before_the_order_the_proposal_is_changed_instead():
    case = make_proposal()
    other = make_post(case.school)
    with refused("no_mentor"):
        propose_other(case, mentor=other)
    with refused("only_mentor"):
        drop_mentor(case.appointment, by=case.curator, on=NOV)


def test_a_successor_after_a_notice_starts_the_day_after_the_last_one():
    case = make_ordered()
    notice(case.appointment)
    other = make_post(case.school)
    with refused("starts_before_old_ends", "starts_on"):
        propose_other(case, mentor=other, starts_on=dt.date(2026, 11, 5))
    new = propose_other(case, mentor=other, starts_on=dt.date(2026, 11, 6))
    consent_of(case, new)
    make_order(case, LineDraft(case.group, "REPLACE_MENTOR"), on=NOV, kind="REPLACE")

    old = MentorAppointment.objects.get(pk=case.appointment.pk)
    assert old.ends_on == dt.date(2026, 11, 5)
    assert old.end_reason == "наставник отказывается"


def test_a_mentor_seconded_from_a_neighbouring_school_may_follow():
    case = make_ordered()
    guest = make_guest(case.school)
    new = propose_other(case, mentor=guest, **SECONDMENT)
    consent_of(case, new)
    make_order(case, LineDraft(case.group, "REPLACE_MENTOR"), on=NOV, kind="REPLACE")
    assert again(case).appointment.post == guest


# --- temporary --------------------------------------------------------------------------------


def temporary(case, **fields):
    return appoint_temporary(
        case.group,
        **{
            "by": case.curator,
            "on": NOV,
            "mentor": fields.pop("mentor", None) or make_post(case.school),
            "starts_on": dt.date(2026, 11, 9),
            "expected_ends_on": dt.date(2027, 1, 31),
            **fields,
        },
    )


def test_a_temporary_mentor_stands_in_and_the_first_returns_without_new_papers():
    case = make_ordered()
    stand_in = temporary(case)
    consent_of(case, stand_in)
    make_order(case, LineDraft(case.group, "APPOINT_TEMPORARY"), on=NOV)

    day = dt.date(2026, 12, 1)
    assert MentorAppointment.objects.on(day).filter(group=case.group).count() == 2
    end_temporary(stand_in, by=case.curator, on=day, ends_on=dt.date(2026, 12, 6))
    assert [a.pk for a in MentorAppointment.objects.on(dt.date(2026, 12, 7))] == [
        case.appointment.pk
    ]
    with refused("appointment_ended"):
        end_temporary(stand_in, by=case.curator, on=day, ends_on=day)


def test_one_temporary_mentor_at_a_time_for_a_mentor_in_force():
    case = make_ordered()
    other = make_post(case.school)
    with refused("same_mentor"):
        temporary(case, mentor=case.mentor_post)
    with refused("ends_before_start"):
        temporary(case, mentor=other, expected_ends_on=NOV)
    stand_in = temporary(case)
    with refused("temporary_exists"):
        temporary(case, mentor=other)
    with refused("not_temporary"):
        end_temporary(stand_in, by=case.curator, on=NOV, ends_on=NOV)
    with refused("not_temporary"):
        end_temporary(case.appointment, by=case.curator, on=NOV, ends_on=NOV)


# --- notice -----------------------------------------------------------------------------------


def test_a_notice_ends_the_appointment_the_day_before_its_effect_and_needs_no_reason():
    case = make_ordered()
    given = notice(case.appointment)
    assert (given.earliest_on, given.reason) == (dt.date(2026, 11, 6), "")
    assert again(case).appointment.ends_on == dt.date(2026, 11, 5)
    with refused("notice_recorded"):
        notice(case.appointment)


def holidays():
    """1 to 10 January 2027 off; 31 December 2026 a working day, 2 January a Saturday."""
    for day in range(1, 11):
        CalendarDay.objects.create(
            day=dt.date(2027, 1, day), works_five=False, works_six=False, source="LIBRARY"
        )


@pytest.mark.parametrize(
    ("week", "earliest"),
    [(5, dt.date(2027, 1, 13)), (6, dt.date(2027, 1, 13))],
)
def test_three_working_days_jump_over_the_new_year_holidays(week, earliest):
    case = make_ordered()
    holidays()
    case.school.week = week
    case.school.save()
    given = dt.date(2026, 12, 30)  # 31 December, 11 and 12 January are the three days
    with refused("notice_too_short", "effective_on") as caught:
        notice(case.appointment, on=given, given_on=given, effective_on=earliest - ONE_DAY)
    assert f"{earliest:%d.%m.%Y}" in caught.value.message

    notice(case.appointment, on=given, given_on=given, effective_on=earliest)
    assert again(case).appointment.ends_on == earliest - ONE_DAY


def test_saturday_counts_in_a_six_day_week():
    case = make_ordered()
    thursday = dt.date(2026, 11, 12)
    assert notice(
        case.appointment, on=thursday, given_on=thursday, effective_on=dt.date(2026, 11, 18)
    ).earliest_on == dt.date(2026, 11, 18)

    other = make_ordered()
    other.school.week = 6
    other.school.save()
    assert notice(
        other.appointment, on=thursday, given_on=thursday, effective_on=dt.date(2026, 11, 17)
    ).earliest_on == dt.date(2026, 11, 17)


def test_the_days_run_from_the_day_on_which_the_other_side_got_the_notice():
    case = make_ordered()
    received = dt.date(2026, 11, 4)
    with refused("notice_too_short"):
        notice(case.appointment, on=received, received_on=received)
    notice(case.appointment, on=received, received_on=received, effective_on=dt.date(2026, 11, 10))


def test_earlier_only_by_a_dated_agreement_of_both():
    case = make_ordered()
    with refused("date_in_future", "agreed_on"):
        notice(case.appointment, effective_on=dt.date(2026, 11, 3), agreed_on=NOV + ONE_DAY)
    notice(case.appointment, effective_on=dt.date(2026, 11, 3), agreed_on=NOV, side="EMPLOYER")
    assert again(case).appointment.ends_on == NOV


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"side": "NOBODY"}, "side_unknown"),
        ({"given_on": NOV + ONE_DAY}, "date_in_future"),
        ({"received_on": NOV - ONE_DAY}, "received_before_given"),
        ({"effective_on": NOV - ONE_DAY, "agreed_on": NOV}, "notice_too_short"),
    ],
)
def test_a_wrong_notice_is_refused(fields, code):
    case = make_ordered()
    with refused(code):
        notice(case.appointment, **fields)


def test_before_the_order_there_is_nothing_to_refuse():
    case = make_consented()
    with refused("mentor_not_ordered"):
        notice(case.appointment)


def test_before_the_first_day_the_order_is_cancelled_instead():
    case = make_ordered()
    with refused("notice_before_start"):
        notice(
            case.appointment,
            on=CONSENTED,
            given_on=CONSENTED,
            effective_on=STARTS,
        )
