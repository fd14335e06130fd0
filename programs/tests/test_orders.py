import datetime as dt

import pytest

from programs.models import Order, OrderLine, OrderRegister
from programs.tests.factories import (
    CONSENTED,
    ORDERED,
    STARTS,
    again,
    consent_all,
    make_consented,
    make_guest,
    make_ordered,
    make_proposal,
)
from programs.tests.refusals import refused
from programs.workflow.consents import record_consent, withdraw_consent
from programs.workflow.groups import add_member, withdraw_proposal
from programs.workflow.orders import (
    LineDraft,
    add_line,
    default_register,
    draft_order,
    drop_line,
    drop_order,
    sign_order,
    suggest_number,
)
from programs.workflow.september import record_all_signed
from schools import history
from schools.models import SchoolPolicy
from schools.tests.factories import make_director, make_person, make_post, make_school

pytestmark = pytest.mark.django_db


def draft(*cases, on=ORDERED, kind="ASSIGN", action="ASSIGN", **fields):
    register = default_register(cases[0].school)
    lines = [LineDraft(case.group, action) for case in cases]
    return draft_order(register, by=cases[0].curator, on=on, kind=kind, lines=lines, **fields)


def sign(order, case, **fields):
    return sign_order(
        order,
        **{
            "by": case.director,
            "on": ORDERED,
            "number": "45-од",
            "signed_on": ORDERED,
            "signatory_position": "директор",
            "signatory_name": case.director.person.full_name,
            **fields,
        },
    )


def test_one_order_covers_every_pair_and_freezes_its_words():
    school = make_school()
    cases = [make_consented(school), make_consented(school, mentees=2)]
    order = sign(draft(*cases), cases[0])

    assert order.number_key == "45-од"
    assert (order.year_starts_on, order.year_ends_on) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )
    for case in map(again, cases):
        assert case.appointment.ordered_on == ORDERED
        assert case.appointment.consented_on == CONSENTED
        assert case.appointment.starts_on == STARTS
        assert {member.joined_on for member in case.members} == {STARTS}
        assert case.mentor_post.person.full_name in order.text
    person = cases[0].mentor_post.person
    person.last_name = "Новая"
    person.save()
    assert "Новая" not in Order.objects.get().text
    line = OrderLine.objects.get(group=cases[0].group)
    assert "Новая" not in line.data["row"]["mentor"]


def test_a_draft_freezes_nothing():
    case = make_consented()
    order = draft(case)
    assert (order.text, order.lines.get().data, order.number) == ("", {}, "")
    assert again(case).appointment.ordered_on is None


def test_an_appointment_never_begins_before_its_order():
    case = make_consented()
    late = dt.date(2026, 9, 7)
    sign(draft(case, on=late), case, on=late, signed_on=late)
    case = again(case)
    assert case.appointment.starts_on == late
    assert case.members[0].joined_on == late


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"number": "  "}, "number_missing", "number"),
        ({"signed_on": STARTS}, "date_in_future", "signed_on"),
        ({"signatory_name": ""}, "signatory_missing", "signatory_name"),
        ({"signatory_position": ""}, "signatory_missing", "signatory_position"),
        ({"signed_on": CONSENTED - dt.timedelta(days=1)}, "mentor_consent_missing", None),
    ],
)
def test_a_wrong_paper_is_not_recorded(fields, code, field):
    case = make_consented()
    order = draft(case)
    with refused(code, field):
        sign(order, case, **fields)


def test_no_order_without_the_mentors_consent_in_force():
    case = make_consented()
    order = draft(case)
    withdraw_consent(
        case.group.consents.get(role="MENTOR"), by=case.curator, on=ORDERED, withdrawn_on=ORDERED
    )
    with refused("mentor_consent_missing"):
        sign(order, case)


def test_the_refusal_names_every_mentee_without_consent_unless_the_school_asks_for_none():
    case = make_proposal(mentees=3)
    for role, post in [("MENTOR", case.mentor_post), ("MENTEE", case.mentee_posts[0])]:
        record_consent(
            case.group, by=case.curator, on=ORDERED, role=role, post=post, signed_on=ORDERED
        )
    order = draft(case)
    with refused("mentee_consent_missing") as caught:
        sign(order, case)
    assert case.mentee_posts[0].person.short_name not in caught.value.message
    for post in case.mentee_posts[1:]:
        assert post.person.short_name in caught.value.message

    SchoolPolicy.objects.create(
        school=case.school, starts_on=dt.date(2026, 8, 1), mentee_consent_required=False
    )
    sign(order, case)
    assert all(member.joined_on for member in again(case).members)


def test_a_mentor_who_agreed_to_one_mentee_is_not_given_another():
    case = make_consented(kinds=["VIRTUAL"])
    late = add_member(
        case.group, by=case.curator, on=ORDERED, post=make_post(case.school), category="OTHER"
    )
    record_consent(
        case.group, by=case.curator, on=ORDERED, role="MENTEE", post=late.post, signed_on=ORDERED
    )
    order = draft(case)
    with refused("consent_names_not") as caught:
        sign(order, case)
    assert late.post.person.short_name in caught.value.message

    record_consent(
        case.group,
        by=case.curator,
        on=ORDERED,
        role="MENTOR",
        post=case.mentor_post,
        signed_on=ORDERED,
    )
    sign(order, case)


def test_a_number_is_unique_in_its_register_and_year_in_any_writing():
    school = make_school()
    first, second = make_consented(school), make_consented(school)
    sign(draft(first), first)
    order = draft(second)
    with refused("number_taken", "number"):
        sign(order, second, number="45-ОД ")

    other = OrderRegister.objects.create(school=school, name="Личный состав")
    personal = draft_order(
        other, by=first.curator, on=ORDERED, kind="ASSIGN", lines=[LineDraft(first.group, "ASSIGN")]
    )
    drop_order(personal, by=first.curator, on=ORDERED)
    assert sign(order, second, number="46-од").number == "46-од"


def test_a_registers_year_may_start_on_the_first_of_september():
    case = make_consented()
    register = default_register(case.school)
    register.year_starts_in = 9
    register.save()
    order = sign(draft(case), case)
    assert (order.year_starts_on, order.year_ends_on) == (
        dt.date(2025, 9, 1),
        dt.date(2026, 8, 31),
    )


def test_the_next_number_is_suggested_in_the_schools_own_style():
    case = make_consented()
    register = default_register(case.school)
    assert suggest_number(register, ORDERED) == "1"
    sign(draft(case), case, number="45-од")
    assert suggest_number(register, ORDERED) == "46-од"
    assert suggest_number(register, dt.date(2027, 1, 11)) == "1"


@pytest.mark.parametrize("form", ["full", "short", "initials_first", "shouting"])
def test_the_mentor_of_a_case_never_signs_its_order(form):
    case = make_consented()
    person = case.mentor_post.person
    person.last_name, person.first_name, person.patronymic = "Алёхина", "Мария", "Петровна"
    person.save()
    name = {
        "full": "Алехина Мария Петровна",
        "short": "Алёхина М. П.",
        "initials_first": "М.П. Алёхина",
        "shouting": "АЛЁХИНА М.П.",
    }[form]
    order = draft(case)
    with refused("mentor_named", "signatory_name"):
        sign(order, case, signatory_name=name)
    with refused("mentor_named", "signatory_name"):
        sign(order, case, signatory_name="Кто-то Другой", signatory=person)

    namesake = make_person(last_name="Алёхина", first_name="Мария", patronymic="Павловна")
    sign(order, case, signatory_name="Алёхина М. П.", signatory=namesake)


def test_a_director_who_mentors_needs_another_signatory():
    school = make_school()
    director = make_director(school)
    post = director.person.posts.get()
    case = make_consented(school, mentor=post, form="HEAD_TEACHER")
    order = draft(case)
    with refused("mentor_named", "signatory_name"):
        sign(order, case)
    signed = sign(
        order, case, signatory_position="и. о. директора", signatory_name="Замещалова А. Б."
    )
    assert signed.signatory_position == "и. о. директора"


def test_all_lines_or_none():
    school = make_school()
    good, bad = make_consented(school), make_proposal(school)
    order = draft(good, bad)
    with refused("mentor_consent_missing"):
        sign(order, good)


def test_a_seconded_mentor_needs_both_organisations_papers_before_the_order():
    host = make_school()
    case = make_consented(host, mentor=make_guest(host), basis="SECONDMENT")
    order = draft(case)
    with refused("secondment_papers_missing"):
        sign(order, case)


def test_a_signed_order_is_signed_once_and_a_dropped_one_never():
    case = make_consented()
    order = draft(case)
    with refused("line_already_drafted"):
        draft(case)
    drop_order(order, by=case.curator, on=ORDERED)
    with refused("order_not_draft"):
        sign(order, case)
    again_drafted = draft(case)
    sign(again_drafted, case)
    for step in (
        lambda: sign(again_drafted, case, number="46"),
        lambda: drop_order(again_drafted, by=case.curator, on=ORDERED),
        lambda: drop_line(again_drafted.lines.get(), by=case.curator, on=ORDERED),
    ):
        with refused("order_not_draft"):
            step()


def test_lines_come_and_go_while_the_order_is_a_draft():
    school = make_school()
    first, second = make_consented(school), make_consented(school)
    order = draft(first)
    with refused("last_line"):
        drop_line(order.lines.get(), by=first.curator, on=ORDERED)
    line = add_line(order, by=first.curator, on=ORDERED, line=LineDraft(second.group, "ASSIGN"))
    with refused("line_twice"):
        add_line(order, by=first.curator, on=ORDERED, line=LineDraft(second.group, "ASSIGN"))
    with refused("action_not_of_kind"):
        add_line(
            order, by=first.curator, on=ORDERED, line=LineDraft(second.group, "END_APPOINTMENT")
        )
    drop_line(line, by=first.curator, on=ORDERED)
    with refused("line_dropped"):
        drop_line(line, by=first.curator, on=ORDERED)
    sign(order, first)
    assert again(second).appointment.ordered_on is None


def test_an_order_of_one_school_says_nothing_about_another():
    ours, theirs = make_consented(), make_consented()
    register = default_register(ours.school)
    with refused("case_of_another_school"):
        draft(ours, theirs)
    with refused("order_empty"):
        draft_order(register, by=ours.curator, on=ORDERED, kind="ASSIGN", lines=[])


def test_the_municipality_may_issue_the_order():
    case = make_consented()
    register = OrderRegister.objects.create(
        municipality=case.school.municipality, name="Распоряжения"
    )
    order = draft_order(
        register, by=None, on=ORDERED, kind="ASSIGN", lines=[LineDraft(case.group, "ASSIGN")]
    )
    sign(order, case, signatory_position="председатель комитета", signatory_name="Районова В. Г.")
    assert again(case).appointment.ordered_on == ORDERED


def test_a_withdrawn_pair_is_not_ordered():
    school = make_school()
    stays, goes = make_consented(school), make_consented(school)
    order = draft(stays, goes)
    withdraw_proposal(goes.group, by=goes.curator, on=ORDERED, why="передумали")
    sign(order, stays)
    assert list(order.lines.filter(dropped_on=None).values_list("group", flat=True)) == [
        stays.group.pk
    ]


def test_history_tells_the_order_with_its_date_and_number():
    case = make_ordered()
    texts = [line.text for line in history.lines(case.group)]
    expected = f"Приказом от 31.08.2026 №\u00a0{case.order.number} закреплена пара (группа)"
    assert any(text.startswith(expected) for text in texts)


# --- «всё подписано» --------------------------------------------------------------------------


def everything(*cases, day=CONSENTED):
    return {
        (case.group.pk, post.pk): day
        for case in cases
        for post in [case.mentor_post, *case.mentee_posts]
    }


def record_all(order, case, consents, **fields):
    return record_all_signed(
        order,
        **{
            "by": case.curator,
            "on": ORDERED,
            "number": "45-од",
            "signed_on": ORDERED,
            "signatory_position": "директор",
            "signatory_name": case.director.person.full_name,
            "consents": consents,
            **fields,
        },
    )


def test_every_consent_and_the_order_are_recorded_on_one_page():
    school = make_school()
    cases = [make_proposal(school, mentees=2), make_proposal(school), make_proposal(school)]
    consent_all(cases[2], signed_on=CONSENTED, on=CONSENTED)  # recorded before, stays
    record_all(draft(*cases), cases[0], everything(*cases))

    for case in map(again, cases):
        assert case.appointment.ordered_on == ORDERED
        assert case.group.consents.count() == 1 + len(case.members)


def test_one_wrong_date_leaves_nothing_recorded():
    school = make_school()
    cases, outside = [make_proposal(school), make_proposal(school)], make_proposal(school)
    order = draft(*cases)
    consents = everything(*cases)
    consents[(cases[1].group.pk, cases[1].mentor_post.pk)] = STARTS
    with refused("date_in_future", "signed_on"):
        record_all(order, cases[0], consents)
    del consents[(cases[1].group.pk, cases[1].mentor_post.pk)]
    with refused("mentor_consent_missing"):
        record_all(order, cases[0], consents)
    with refused("case_not_in_order"):
        record_all(order, cases[0], everything(outside))
    with refused("not_in_case"):
        record_all(order, cases[0], {(cases[0].group.pk, cases[1].mentor_post.pk): CONSENTED})


def test_an_order_of_a_group_that_lost_its_second_mentee_asks_for_other_kinds():
    case = make_proposal(mentees=2)
    member = case.members[1]
    member.left_on, member.left_ground = ORDERED, "OTHER"
    member.save()
    consent_all(case, signed_on=ORDERED, on=ORDERED)
    order = draft(case)
    with refused("group_needs_two"):
        sign(order, case)
