import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.models import Order, Program
from programs.tests.factories import (
    WHY,
    again,
    case_of,
    make_ordered,
    make_proposal,
    sign_draft,
    staff_of,
)
from programs.tests.page_world import client_of
from programs.tests.refusals import refused
from programs.workflow.adopt import adopt_case
from programs.workflow.order_corrections import correct_order
from schools import history
from schools.models import Role, SchoolPolicy
from schools.tests.factories import make_post, make_school

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
CONSENTED, ORDERED, BEGAN = dt.date(2026, 8, 28), dt.date(2026, 9, 3), dt.date(2026, 9, 1)
ENDS = dt.date(2027, 5, 31)
PROGRAM = {
    "goal": "Войти в профессию",
    "tasks": "Освоить планирование урока",
    "starts_on": dt.date(2026, 9, 10),
    "ends_on": dt.date(2027, 5, 31),
    "approved_on": dt.date(2026, 9, 9),
    "approved_position": "директор",
    "approved_name": "Директорова А. Б.",
}


@pytest.fixture
def school():
    return make_school()


def adopt(school, mentor=None, mentees=None, **fields):
    curator, director = staff_of(school, Role.CURATOR), staff_of(school, Role.DIRECTOR)
    mentor = mentor or make_post(school)
    mentees = mentees or [make_post(school)]
    group = adopt_case(
        school,
        **{
            "by": curator,
            "on": TODAY,
            "mentor": mentor,
            "mentees": [(post, "YOUNG_SPECIALIST") for post in mentees],
            "form": "TEACHER_TEACHER",
            "kinds": ["VIRTUAL"],
            "why": WHY,
            "curator": curator.person,
            "consented_on": CONSENTED,
            "order_number": "17-к",
            "ordered_on": ORDERED,
            "signatory_position": "директор",
            "signatory_name": "Директорова А. Б.",
            "starts_on": BEGAN,
            "ends_on": ENDS,
            "mentee_consents": {post.pk: CONSENTED for post in mentees},
            **fields,
        },
    )
    return case_of(group, director=director, curator=curator)


def test_a_running_pair_enters_with_the_dates_of_its_papers(school):
    case = adopt(school, program=PROGRAM)

    assert (case.group.adopted_on, case.group.proposed_on) == (TODAY, CONSENTED)
    assert (case.appointment.ordered_on, case.appointment.consented_on) == (ORDERED, CONSENTED)
    assert case.appointment.starts_on == BEGAN  # as the paper says
    assert case.members[0].joined_on == BEGAN
    order = Order.objects.get()
    assert (order.number, order.signed_on, order.recorded_on) == ("17-к", ORDERED, TODAY)
    assert order.lines.get().data["row"]["starts_on"] == "01.09.2026"
    program = Program.objects.get()
    assert (program.approved_on, program.opened_on) == (dt.date(2026, 9, 9), TODAY)
    assert {c.recorded_on for c in case.group.consents.all()} == {TODAY}
    entry = next(line for line in history.lines(case.group) if line.kind == "case_adopted")
    assert entry.on == TODAY
    assert "приказ от 03.09.2026 №\u00a017-к" in entry.text


def test_several_pairs_of_one_paper_order_are_lines_of_it(school):
    first, second = adopt(school), adopt(school)
    assert Order.objects.get().lines.count() == 2
    assert first.appointment.order_line.order == second.appointment.order_line.order

    mentor, mentees = make_post(school), [make_post(school)]
    with refused("number_taken", "order_number"):
        adopt(school, mentor, mentees, ordered_on=ORDERED + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "papers",
    [
        {"order_number": "", "ordered_on": None},
        {"consented_on": None},
        {"consented_on": ORDERED + dt.timedelta(days=1)},
        {"mentee_consents": {}},
    ],
    ids=["no order", "no consent", "consent after the order", "no consent of the mentee"],
)
def test_without_lawful_papers_the_pair_enters_as_a_proposal(school, papers):
    case = adopt(school, program=PROGRAM, **papers)

    assert case.group.adopted_on == TODAY
    assert case.appointment.ordered_on is None
    assert case.members[0].joined_on is None
    draft = Order.objects.get()
    assert (draft.signed_on, draft.lines.get().action) == (None, "ASSIGN")
    program = Program.objects.get()
    assert (program.goal, program.approved_on, program.starts_on) == (PROGRAM["goal"], None, None)


def test_a_consent_later_than_the_paper_order_serves_the_new_one(school):
    case = adopt(school, consented_on=ORDERED + dt.timedelta(days=1))
    sign_draft(Order.objects.get(), case, on=TODAY)
    case = again(case)
    assert (case.appointment.ordered_on, case.appointment.starts_on) == (TODAY, TODAY)


def test_a_school_that_asks_for_no_consent_of_mentees_adopts_without(school):
    SchoolPolicy.objects.filter(school=school).update(mentee_consent_required=False)
    assert adopt(school, mentee_consents={}).appointment.ordered_on == ORDERED


def test_meetings_before_the_order_stay_as_help_outside_the_programme(school):
    earlier = {
        "starts_on": dt.date(2026, 4, 1),
        "ends_on": dt.date(2026, 8, 31),
        "hours": 12,
        "text": "Посещение уроков",
    }
    case = adopt(school, earlier=earlier)
    episode = case.mentor_post.episodes.get()
    assert (episode.kind, episode.group, episode.hours) == ("BEFORE_ORDER", case.group, 12)

    mentor, mentees = make_post(school), [make_post(school)]
    for wrong in ({"ends_on": BEGAN}, {"ends_on": dt.date(2026, 3, 1)}):
        with refused("earlier_dates_wrong", "earlier_ends_on"):
            adopt(school, mentor, mentees, earlier=earlier | wrong)
    with refused("text_missing", "earlier_text"):
        adopt(school, mentor, mentees, earlier=earlier | {"text": ""})


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"ordered_on": TODAY + dt.timedelta(days=1)}, "date_in_future", "ordered_on"),
        ({"consented_on": TODAY + dt.timedelta(days=1)}, "date_in_future", "consented_on"),
        ({"order_number": ""}, "order_incomplete", "order_number"),
        ({"ordered_on": None}, "order_incomplete", "ordered_on"),
        ({"signatory_name": ""}, "signatory_missing", "signatory_name"),
        ({"ends_on": dt.date(2026, 10, 1)}, "term_out_of_limits", "ends_on"),
        ({"why": ""}, "why_missing", "why"),
        (
            {"program": PROGRAM | {"ends_on": dt.date(2026, 11, 1)}},
            "term_unlawful",
            "ends_on",
        ),
        (
            {"program": PROGRAM | {"approved_on": TODAY + dt.timedelta(days=1)}},
            "date_in_future",
            "approved_on",
        ),
        ({"program": PROGRAM | {"goal": ""}}, "text_missing", "goal"),
        (
            {"ordered_on": None, "order_number": "", "ends_on": dt.date(2026, 11, 19),
             "starts_on": dt.date(2026, 1, 12)},
            "term_over",
            "ends_on",
        ),
    ],
)  # fmt: skip
def test_a_wrong_page_changes_nothing(school, fields, code, field):
    mentor, mentees = make_post(school), [make_post(school)]
    staff_of(school, Role.CURATOR), staff_of(school, Role.DIRECTOR)
    adopt(school)  # the register exists
    with refused(code, field):
        adopt(school, mentor, mentees, **{"order_number": "99", **fields})


def test_the_mentor_signed_neither_the_paper_order_nor_the_programme(school):
    adopt(school)
    mentor, mentees = make_post(school), [make_post(school)]
    name = mentor.person.short_name
    with refused("mentor_named", "signatory_name"):
        adopt(school, mentor, mentees, order_number="99", signatory_name=name)
    with refused("mentor_named", "approved_name"):
        adopt(school, mentor, mentees, program=PROGRAM | {"approved_name": name})


def test_a_pair_is_not_adopted_twice(school):
    case = make_proposal(school)
    with refused("pair_exists"):
        adopt(school, case.mentor_post, case.mentee_posts)


def test_a_slip_in_a_paper_order_is_corrected_with_a_trace(school):
    case = adopt(school)
    order, client = Order.objects.get(), client_of(case.curator)
    url = reverse("order-correct", args=[order.pk])
    assert url in client.get(order.get_absolute_url()).content.decode()
    told = {"signatory_position": "директор", "signatory_name": "Директорова А. Б."}
    early = client.post(url, {"number": "18-к", "signed_on": "2026-08-27", **told})
    assert early.status_code == 422  # the consent is of the 28th
    assert early.context["form"].errors["signed_on"]
    own = {**told, "signatory_name": case.mentor_post.person.full_name}
    assert client.post(url, {"number": "18-к", "signed_on": "2026-09-02", **own}).status_code == 422
    order.refresh_from_db()
    assert (order.number, order.signed_on) == ("17-к", ORDERED)

    right = {"number": "18-к", "signed_on": "2026-09-02", **told}
    assert client.post(url, right).status_code == 302
    order.refresh_from_db()
    assert (order.number, order.signed_on) == ("18-к", dt.date(2026, 9, 2))
    assert again(case).appointment.ordered_on == order.signed_on
    said = history.lines(case.group)[0].text
    assert "номер: «17-к» → «18-к»" in said
    assert "03.09.2026» → «02.09.2026" in said
    assert adopt(school, order_number="18-к", ordered_on=dt.date(2026, 9, 2))  # the same order
    assert Order.objects.count() == 1


def test_an_order_signed_here_is_not_corrected_but_changed_by_another(school):
    case = make_ordered(school)
    client = client_of(case.curator)
    assert "Исправить сведения" not in client.get(case.order.get_absolute_url()).content.decode()
    data = {"number": "99", "signed_on": "2026-08-31", "signatory_position": "директор",
            "signatory_name": "Директорова А. Б."}  # fmt: skip
    answer = client.post(reverse("order-correct", args=[case.order.pk]), data)
    assert answer.status_code == 422
    assert not Order.objects.filter(number="99").exists()


def test_two_paper_orders_keep_their_own_numbers(school):
    first, other = adopt(school), adopt(school, order_number="18-к")
    order = first.appointment.order_line.order
    with refused("number_taken", "number"):
        correct_order(
            order, by=other.curator, on=TODAY, number="18-К", signed_on=ORDERED,
            signatory_position="директор", signatory_name="Директорова А. Б.",
        )  # fmt: skip
    order.refresh_from_db()
    assert order.number == "17-к"


def test_the_database_keeps_a_paper_order_after_its_consent_and_its_text(school):
    order = adopt(school).appointment.order_line.order
    for changed in ({"signed_on": CONSENTED - dt.timedelta(days=1)}, {"text": "Иное"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**changed)
