import datetime as dt
from decimal import Decimal

import pytest

from programs.tests.factories import ENDS, ORDERED, STARTS, make_ordered, make_proposal
from programs.tests.refusals import refused
from programs.workflow.addenda import record_addendum

pytestmark = pytest.mark.django_db


def record(case, **fields):
    return record_addendum(
        case.appointment,
        **{
            "by": case.curator,
            "on": ORDERED,
            "signed_on": ORDERED,
            "content": "Методическая помощь молодому педагогу",
            "work_form": "очно, два часа в неделю",
            "starts_on": STARTS,
            "ends_on": ENDS,
            "pay_kind": "ROUBLES",
            "pay_amount": Decimal("3000"),
            "pay_basis": "Положение об оплате труда, п. 4.2",
            "employer_position": "директор",
            "employer_name": case.director.person.full_name,
            **fields,
        },
    )


def test_an_addendum_states_content_term_form_and_pay():
    case = make_ordered()
    addendum = record(case)
    assert (addendum.pay_amount, addendum.recorded_on) == (Decimal("3000"), ORDERED)
    with refused("addendum_recorded", "signed_on"):
        record(case)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"content": " "}, "field_missing", "content"),
        ({"work_form": ""}, "field_missing", "work_form"),
        ({"pay_basis": ""}, "field_missing", "pay_basis"),
        ({"employer_name": ""}, "field_missing", "employer_name"),
        ({"pay_amount": Decimal("0")}, "pay_unknown", "pay_amount"),
        ({"pay_kind": "GOLD"}, "pay_unknown", "pay_amount"),
        ({"ends_on": ORDERED}, "ends_before_start", "ends_on"),
        ({"signed_on": STARTS}, "date_in_future", "signed_on"),
    ],
)
def test_an_incomplete_addendum_is_refused(fields, code, field):
    case = make_proposal()
    with refused(code, field):
        record(case, **fields)


def test_a_mentor_never_signs_for_the_employer():
    case = make_proposal()
    with refused("mentor_signs_for_employer", "employer_name"):
        record(case, employer_name=case.mentor_post.person.short_name)


def test_where_mentoring_is_a_duty_there_is_no_addendum():
    case = make_proposal(basis="DUTY_OF_POST", duty_clause="2.7", duty_dated=dt.date(2024, 9, 1))
    with refused("addendum_not_needed"):
        record(case)
