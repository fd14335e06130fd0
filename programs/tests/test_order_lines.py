"""Lines that change a running case, and orders that cancel them."""

import datetime as dt

import pytest

from programs.models import GroupMember, MentorAppointment, Program
from programs.tests.factories import (
    ORDERED,
    STARTS,
    again,
    make_consented,
    make_draft,
    make_order,
    make_ordered,
    sign_draft,
)
from programs.tests.refusals import refused
from programs.workflow.appointments import give_notice, replace_mentor
from programs.workflow.consents import record_consent
from programs.workflow.groups import add_member, withdraw_proposal
from programs.workflow.orders import LineDraft, amend_order, cancel_line
from schools.calendar import programme_bounds
from schools.tests.factories import make_post

pytestmark = pytest.mark.django_db
NOV = dt.date(2026, 11, 2)


def one_more(case, *, consents=("MENTOR", "MENTEE"), on=NOV):
    member = add_member(
        case.group, by=case.curator, on=on, post=make_post(case.school), category="OTHER"
    )
    for role in consents:
        post = case.mentor_post if role == "MENTOR" else member.post
        record_consent(case.group, by=case.curator, on=on, role=role, post=post, signed_on=on)
    return member


def approve_quietly(group):
    """A programme approved on paper, as far as cancelling an order looks at it."""
    earliest, latest = programme_bounds(STARTS)
    Program.objects.create(
        group=group, goal="цель", tasks="задачи", opened_on=STARTS, submitted_on=STARTS,
        starts_on=STARTS, ends_on=latest, current_ends_on=latest, min_ends_on=earliest,
        max_ends_on=latest, approved_on=STARTS, approved_position="директор", approved_name="Д.",
    )  # fmt: skip


# --- members ----------------------------------------------------------------------------------


def test_a_mentee_joins_a_running_group_by_order():
    case = make_ordered(mentees=2)
    member = one_more(case)
    order = make_order(case, LineDraft(case.group, "ADD_MEMBER"), on=NOV)
    member.refresh_from_db()
    assert (member.joined_on, member.joined_line.order) == (NOV, order)


def test_the_mentor_must_have_agreed_to_the_new_mentee_and_the_mentee_too():
    case = make_ordered(mentees=2)
    member = one_more(case, consents=())
    order = make_draft(case, LineDraft(case.group, "ADD_MEMBER"), on=NOV)
    with refused("consent_names_not"):
        sign_draft(order, case, on=NOV)
    record_consent(
        case.group, by=case.curator, on=NOV, role="MENTOR", post=case.mentor_post, signed_on=NOV
    )
    with refused("mentee_consent_missing"):
        sign_draft(order, case, on=NOV)
    record_consent(
        case.group, by=case.curator, on=NOV, role="MENTEE", post=member.post, signed_on=NOV
    )
    sign_draft(order, case, on=NOV)


def test_one_line_may_name_some_of_the_proposed():
    case = make_ordered(mentees=2)
    first, second = one_more(case), one_more(case)
    make_order(case, LineDraft(case.group, "ADD_MEMBER", {"members": [second.pk]}), on=NOV)
    assert [GroupMember.objects.get(pk=m.pk).joined_on for m in (first, second)] == [None, NOV]


def release_line(case, **data):
    data = {"members": [case.members[0].pk], "left_on": "2026-11-01", "ground": "OTHER"} | data
    return LineDraft(case.group, "RELEASE_MEMBER", data)


def test_one_mentee_of_three_leaves_and_the_group_goes_on():
    case = make_ordered(mentees=3)
    order = make_order(case, release_line(case), on=NOV)
    member = GroupMember.objects.get(pk=case.members[0].pk)
    assert (member.left_on, member.left_ground) == (dt.date(2026, 11, 1), "OTHER")
    assert member.left_line.order == order
    assert case.group.members.present().count() == 2
    assert again(case).appointment.ends_on is None


def test_an_incomplete_release_is_refused():
    case = make_ordered(mentees=2)
    for data, code in [
        ({"left_on": None}, "line_incomplete"),
        ({"left_on": "вчера"}, "line_incomplete"),
        ({"ground": ""}, "line_incomplete"),
        ({"members": [10**6]}, "no_mentees"),
        ({"ground": "STATEMENT"}, "statement_missing"),
    ]:
        order = make_draft(case, release_line(case, **data), on=NOV)
        with refused(code):
            sign_draft(order, case, on=NOV)
        order.lines.update(dropped_on=NOV)


# --- ending -----------------------------------------------------------------------------------


def end_line(case, **data):
    return LineDraft(case.group, "END_APPOINTMENT", {"ends_on": "2026-11-15"} | data)


def test_an_order_ends_an_appointment_or_confirms_the_day_that_a_notice_fixed():
    case = make_ordered()
    make_order(case, end_line(case, reason="перевод"), on=NOV)
    ended = again(case).appointment
    assert (ended.ends_on, ended.end_reason) == (dt.date(2026, 11, 15), "перевод")

    other = make_ordered()
    give_notice(
        other.appointment,
        by=None, on=NOV, side="MENTOR", given_on=NOV, effective_on=dt.date(2026, 11, 6),
    )  # fmt: skip
    order = make_draft(other, end_line(other), on=NOV)
    with refused("end_already_fixed"):
        sign_draft(order, other, on=NOV)
    order.lines.update(data={})
    sign_draft(order, other, on=NOV)
    ended = again(other).appointment
    assert (ended.ends_on, ended.end_line.order) == (dt.date(2026, 11, 5), order)


def test_an_end_names_its_day_and_is_not_before_the_start():
    case = make_ordered()
    for ends_on, code in [(None, "line_incomplete"), ("2026-08-31", "ends_before_start")]:
        order = make_draft(case, end_line(case, ends_on=ends_on), on=NOV)
        with refused(code):
            sign_draft(order, case, on=NOV)
        order.lines.update(dropped_on=NOV)


# --- cancelling -------------------------------------------------------------------------------


def cancel(case, line, *, on):
    """Draft and sign an order that cancels ``line``."""
    order = amend_order(
        line.order,
        by=case.curator,
        on=on,
        lines=[LineDraft(case.group, "CANCEL", {"line": line.pk})],
    )
    return sign_draft(order, case, on=on)


def cancel_draft(case, line, *, on):
    lines = [LineDraft(case.group, "CANCEL", {"line": line.pk})]
    return amend_order(line.order, by=case.curator, on=on, lines=lines)


def test_an_assignment_that_has_not_begun_returns_to_the_proposal():
    case = make_ordered()
    line = case.order.lines.get()
    amending = cancel(case, line, on=ORDERED)

    line.refresh_from_db()
    assert line.cancelled_by == amending
    assert f"Отменить пункт приказа от 31.08.2026 № {case.order.number}" in amending.text
    back = again(case)
    assert (back.appointment.ordered_on, back.appointment.consent) == (None, None)
    assert back.members[0].joined_on is None
    make_order(back, on=STARTS)  # the consents stand: it may be ordered again
    assert again(case).appointment.ordered_on == STARTS


def test_an_assignment_that_has_begun_ends_on_the_day_of_the_cancelling_order():
    case = make_ordered(mentees=2)
    day = dt.date(2026, 9, 10)
    cancel(case, case.order.lines.get(), on=day)
    after = again(case)
    assert (after.appointment.ends_on, after.appointment.ordered_on) == (day, ORDERED)
    assert {member.left_on for member in after.members} == {day}
    withdraw_proposal(case.group, by=case.curator, on=day, why="приказ отменён")


def test_an_assignment_with_an_approved_programme_is_closed_not_cancelled():
    case = make_ordered()
    approve_quietly(case.group)
    order = cancel_draft(case, case.order.lines.get(), on=NOV)
    with refused("line_has_lived"):
        sign_draft(order, case, on=NOV)


def test_a_line_is_cancelled_once_by_a_later_order_of_the_same_issuer():
    case, other = make_ordered(), make_ordered()
    line = case.order.lines.get()
    with refused("order_too_early"):
        cancel_line(line, by=case.curator, on=NOV, order=case.order)
    with refused("order_of_another_issuer"):
        cancel_line(line, by=case.curator, on=NOV, order=other.order)
    third = make_consented(case.school)
    draft = make_draft(third, on=NOV)
    with refused("order_not_signed"):
        cancel_line(line, by=case.curator, on=NOV, order=draft)
    with refused("line_not_signed"):
        cancel_line(draft.lines.get(), by=case.curator, on=NOV, order=case.order)
    with refused("order_not_signed"):
        amend_order(draft, by=case.curator, on=NOV, lines=[LineDraft(third.group, "ASSIGN")])
    sign_draft(draft, third, on=NOV)

    cancel_line(line, by=case.curator, on=NOV, order=draft)
    with refused("line_cancelled"):
        cancel_line(line, by=case.curator, on=NOV, order=draft)
    assert again(case).appointment.ends_on == NOV


def replaced(case, starts_on=dt.date(2026, 11, 16)):
    new = replace_mentor(
        case.group,
        by=case.curator,
        on=NOV,
        mentor=make_post(case.school),
        starts_on=starts_on,
        reason="по просьбе",
    )
    record_consent(case.group, by=case.curator, on=NOV, role="MENTOR", post=new.post, signed_on=NOV)
    order = make_order(case, LineDraft(case.group, "REPLACE_MENTOR"), on=NOV, kind="REPLACE")
    return new, order.lines.get()


def test_a_replacement_is_taken_back_only_before_the_new_mentor_begins():
    case = make_ordered()
    new, line = replaced(case)
    cancel(case, line, on=dt.date(2026, 11, 10))
    old = MentorAppointment.objects.get(pk=case.appointment.pk)
    new.refresh_from_db()
    assert (old.ends_on, old.end_line, old.end_reason) == (None, None, "")
    assert (new.ordered_on, new.dropped_on) == (None, dt.date(2026, 11, 10))

    _, line = replaced(case)
    order = cancel_draft(case, line, on=dt.date(2026, 11, 16))
    with refused("line_has_lived"):
        sign_draft(order, case, on=dt.date(2026, 11, 16))


def test_an_end_that_lies_ahead_and_moves_of_members_are_taken_back():
    case = make_ordered(mentees=2)
    ending = make_order(case, end_line(case), on=NOV).lines.get()
    leaving = make_order(case, release_line(case), on=NOV).lines.get()
    cancel(case, ending, on=dt.date(2026, 11, 10))
    cancel(case, leaving, on=dt.date(2026, 11, 10))
    assert again(case).appointment.ends_on is None
    assert case.group.members.present().count() == 2

    member = one_more(case)
    joining = make_order(case, LineDraft(case.group, "ADD_MEMBER"), on=NOV).lines.get()
    cancel(case, joining, on=dt.date(2026, 11, 10))
    member.refresh_from_db()
    assert (member.left_on, member.left_ground) == (dt.date(2026, 11, 10), "OTHER")


def test_a_past_end_is_not_taken_back():
    case = make_ordered()
    line = make_order(case, end_line(case), on=NOV).lines.get()
    day = dt.date(2026, 11, 20)
    order = cancel_draft(case, line, on=day)
    with refused("line_has_lived"):
        sign_draft(order, case, on=day)
