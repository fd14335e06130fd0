"""Two people act on one case at once: one step wins, the other is refused in words.

Both databases end alike: PostgreSQL by row locks, SQLite by its one writer.
"""

import datetime as dt

import pytest

from programs.models import Consent, MentorAppointment, MentoringGroup, Order, TerminationNotice
from programs.tests.factories import (
    CONSENTED,
    ENDS,
    ORDERED,
    STARTS,
    WHY,
    again,
    consent_all,
    make_consented,
    make_draft,
    make_ordered,
    make_proposal,
    sign_draft,
)
from programs.tests.races import together
from programs.workflow.adopt import adopt_case
from programs.workflow.appointments import give_notice, replace_mentor
from programs.workflow.consents import record_consent, withdraw_consent
from programs.workflow.groups import propose_group, withdraw_proposal
from schools.models import Event
from schools.tests.factories import make_post, make_school

pytestmark = pytest.mark.django_db(transaction=True)
NOV = dt.date(2026, 11, 2)


def signing(order, case, **fields):
    return lambda: sign_draft(order, case, on=ORDERED, **fields)


def test_an_order_is_signed_once():
    case = make_consented()
    order = make_draft(case, on=ORDERED)
    assert together(signing(order, case), signing(order, case)) == ["order_not_draft"]
    assert Event.objects.filter(kind="order_signed").count() == 1


def test_two_orders_do_not_take_one_number():
    school = make_school()
    first, second = make_consented(school), make_consented(school)
    orders = [make_draft(first, on=ORDERED), make_draft(second, on=ORDERED)]
    refusals = together(
        signing(orders[0], first, number="45-од"), signing(orders[1], second, number="45-ОД")
    )
    assert refusals == ["number_taken"]
    assert Order.objects.signed().count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_no_appointment_stands_on_a_withdrawn_consent(attempt):
    case = make_consented()
    order = make_draft(case, on=ORDERED)
    consent = case.group.consents.get(role="MENTOR")

    def withdraw():
        withdraw_consent(consent, by=None, on=ORDERED, withdrawn_on=ORDERED)

    refusals = together(signing(order, case), withdraw)

    assert refusals in (["mentor_consent_missing"], ["mentor_ordered"])
    ordered = MentorAppointment.objects.ordered()
    assert not ordered.filter(consent__withdrawn_on__isnull=False).exists()
    assert ordered.exists() == (refusals == ["mentor_ordered"])


def test_a_withdrawn_proposal_is_not_ordered():
    case = make_consented()
    order = make_draft(case, on=ORDERED)

    def withdraw():
        withdraw_proposal(case.group, by=None, on=ORDERED, why="передумали")

    refusals = together(signing(order, case), withdraw)

    group = MentoringGroup.objects.get()
    assert refusals in (["order_not_draft"], ["case_ordered"])
    assert (group.withdrawn_on is None) == group.appointments.ordered().exists()


def test_a_double_click_proposes_one_pair():
    case = make_proposal()  # only for its people
    withdraw_proposal(case.group, by=None, on=ORDERED, why="проба")

    def propose():
        propose_group(
            case.school, by=None, on=ORDERED, mentor=case.mentor_post,
            mentees=[(case.mentee_posts[0], "OTHER")], form="TEACHER_TEACHER", kinds=["VIRTUAL"],
            why=WHY, curator=case.curator.person, starts_on=STARTS, ends_on=ENDS,
        )  # fmt: skip

    assert together(propose, propose) == ["pair_exists"]
    assert MentoringGroup.objects.open().count() == 1


def test_a_consent_is_recorded_once():
    case = make_proposal()

    def record():
        record_consent(
            case.group, by=None, on=CONSENTED, role="MENTOR", post=case.mentor_post,
            signed_on=CONSENTED,
        )  # fmt: skip

    assert together(record, record) == ["consent_recorded"]
    assert Consent.objects.count() == 1


def test_mentor_and_employer_do_not_both_end_the_work():
    case = make_ordered()

    def notice(side, day):
        return lambda: give_notice(
            case.appointment, by=None, on=NOV, side=side, given_on=NOV, effective_on=day
        )

    refusals = together(
        notice("MENTOR", dt.date(2026, 11, 6)), notice("EMPLOYER", dt.date(2026, 11, 9))
    )
    assert refusals == ["notice_recorded"]
    given = TerminationNotice.objects.get()
    assert again(case).appointment.ends_on == given.effective_on - dt.timedelta(days=1)


def test_two_successors_are_not_proposed():
    case = make_ordered()
    posts = [make_post(case.school), make_post(case.school)]

    def propose(post):
        return lambda: replace_mentor(
            case.group, by=None, on=NOV, mentor=post, starts_on=dt.date(2026, 11, 16), reason="р"
        )

    assert together(*map(propose, posts)) == ["mentor_already_proposed"]


def test_two_pairs_of_one_paper_order_are_adopted_at_once():
    school = make_school()
    case = make_proposal(school)
    pairs = [(make_post(school), make_post(school)) for _ in range(2)]

    def adopt(mentor, mentee):
        return lambda: adopt_case(
            school, by=None, on=NOV, mentor=mentor, mentees=[(mentee, "OTHER")],
            form="TEACHER_TEACHER", kinds=["VIRTUAL"], why=WHY, curator=case.curator.person,
            consented_on=CONSENTED, order_number="17-к", ordered_on=ORDERED,
            signatory_position="директор", signatory_name="Директорова А. Б.", starts_on=STARTS,
            ends_on=ENDS, mentee_consents={mentee.pk: CONSENTED},
        )  # fmt: skip

    assert together(*(adopt(*pair) for pair in pairs)) == []
    assert Order.objects.get().lines.count() == 2


def test_many_pairs_signed_in_two_orders_at_once_never_deadlock():
    school = make_school()
    cases = [make_proposal(school) for _ in range(4)]
    for case in cases:
        consent_all(case, signed_on=CONSENTED, on=CONSENTED)
    orders = [make_draft(case, on=ORDERED) for case in cases]
    assert together(*(signing(o, c) for o, c in zip(orders, cases, strict=True))) == []
    assert MentorAppointment.objects.ordered().count() == 4
