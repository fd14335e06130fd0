import datetime as dt

import pytest

from programs.models import GroupMember, MentorAppointment, MentoringGroup, RequestOutcome
from programs.tests.factories import (
    ENDS,
    PROPOSED,
    SECONDMENT,
    STARTS,
    WHY,
    again,
    lend,
    make_consented,
    make_ordered,
    make_partner_post,
    make_proposal,
    make_student,
)
from programs.tests.refusals import refused
from programs.workflow.consents import withdraw_consent
from programs.workflow.groups import (
    add_member,
    change_proposal,
    drop_member,
    propose_group,
    release_member,
    warnings_for,
    withdraw_proposal,
)
from programs.workflow.orders import LineDraft, default_register, draft_order
from programs.workflow.requests import request_mentoring, settle_request
from schools.models import SchoolPolicy, StaffMember
from schools.tests.factories import (
    make_curator,
    make_director,
    make_person,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db
DAY = PROPOSED


@pytest.fixture
def school():
    school = make_school()
    make_director(school)
    return school


def propose(school, mentor, mentees, **fields):
    curator = fields.pop("curator", None) or make_curator(school)
    return propose_group(
        school,
        **{
            "by": curator,
            "on": DAY,
            "mentor": mentor,
            "mentees": [(post, "YOUNG_SPECIALIST") for post in mentees],
            "form": "TEACHER_TEACHER",
            "kinds": ["VIRTUAL"],
            "why": WHY,
            "curator": curator.person,
            "starts_on": STARTS,
            "ends_on": ENDS,
            **fields,
        },
    )


def test_a_proposal_is_a_mentor_and_mentees_without_an_order(school):
    case = make_proposal(school, mentees=2)

    assert case.appointment.ordered_on is None
    assert [member.joined_on for member in case.members] == [None, None]
    assert case.group.planned_starts_on == STARTS


def test_open_requests_of_the_mentees_become_paired_and_open_again_after_withdrawal(school):
    curator = make_curator(school)
    post = make_post(school)
    request = request_mentoring(post, by=curator, on=DAY, category="YOUNG_SPECIALIST")
    with refused("request_open"):
        request_mentoring(post, by=curator, on=DAY, category="YOUNG_SPECIALIST")

    group = propose(school, make_post(school), [post], curator=curator)
    request.refresh_from_db()
    assert (request.outcome, request.group) == (RequestOutcome.PAIRED, group)
    with refused("request_settled"):
        settle_request(request, by=curator, on=DAY, outcome="NOT_NEEDED")

    withdraw_proposal(group, by=curator, on=DAY, why="наставник передумал")
    request.refresh_from_db()
    assert (request.outcome, request.group, request.settled_on) == ("", None, None)
    settle_request(request, by=curator, on=DAY, outcome="NO_MENTOR")
    with refused("outcome_unknown"):
        settle_request(request, by=curator, on=DAY, outcome="PAIRED")


@pytest.mark.parametrize(
    ("kinds", "count", "code"),
    [
        ([], 1, "kinds_missing"),
        (["SPEED"], 1, "lone_consultation"),
        (["GROUP"], 1, "group_needs_two"),
        (["TRADITIONAL"], 2, "traditional_is_one_to_one"),
        (["ANYTHING"], 1, "kinds_unknown"),
    ],
)
def test_kinds_must_fit_the_number_of_mentees(school, kinds, count, code):
    mentor, mentees, curator = (
        make_post(school),
        [make_post(school) for _ in range(count)],
        make_curator(school),
    )
    with refused(code, "kinds"):
        propose(school, mentor, mentees, kinds=kinds, curator=curator)


def test_reverse_mentoring_never_asks_for_age_or_length_of_service(school):
    young = make_post(school, teaching_years=1)
    old = make_post(school, teaching_years=40)
    assert propose(school, young, [old], kinds=["REVERSE"]).kinds == ("REVERSE",)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "lawful"),
    [
        (dt.date(2026, 11, 30), dt.date(2027, 2, 27), True),  # 28 February less a day
        (dt.date(2026, 11, 30), dt.date(2027, 2, 26), False),
        (dt.date(2026, 9, 1), dt.date(2026, 11, 30), True),
        (dt.date(2026, 9, 1), dt.date(2026, 11, 29), False),
        (dt.date(2026, 9, 1), dt.date(2027, 8, 31), True),
        (dt.date(2026, 9, 1), dt.date(2027, 9, 1), False),
    ],
)
def test_the_term_is_three_to_twelve_calendar_months(school, starts_on, ends_on, lawful):
    mentor, mentee, curator = make_post(school), make_post(school), make_curator(school)
    dates = {"starts_on": starts_on, "ends_on": ends_on, "curator": curator}
    if lawful:
        assert propose(school, mentor, [mentee], **dates).planned_ends_on == ends_on
    else:
        with refused("term_out_of_limits", "ends_on"):
            propose(school, mentor, [mentee], **dates)


def test_nobody_mentors_himself_even_on_another_post(school):
    person = make_person()
    teacher = make_post(school, person=person)
    other = make_post(school, person=person, position="педагог-организатор")
    curator = make_curator(school)
    with refused("mentor_is_mentee"):
        propose(school, teacher, [other], curator=curator)


def test_people_of_another_school_are_refused_unless_seconded(school):
    stranger, mentee, curator = make_post(make_school()), make_post(school), make_curator(school)
    with refused("post_of_another_school", "mentor"):
        propose(school, stranger, [mentee], curator=curator)
    with refused("post_of_another_school", "mentees"):
        propose(school, mentee, [stranger], curator=curator)
    with refused("post_of_the_same_school", "basis"):
        propose(school, make_post(school), [mentee], curator=curator, **SECONDMENT)
    with refused("not_seconded", "mentor"):  # the form's choices are not the only guard
        propose(school, stranger, [mentee], curator=curator, **SECONDMENT)
    elsewhere = lend(stranger, make_school())
    with refused("not_seconded", "mentor"):
        propose(school, elsewhere, [mentee], curator=curator, **SECONDMENT)
    assert propose(school, lend(stranger, school), [mentee], curator=curator, **SECONDMENT)


def test_whoever_left_is_neither_mentor_nor_mentee(school):
    gone = make_post(school, left_on=DAY - dt.timedelta(days=1))
    here, curator = make_post(school), make_curator(school)
    with refused("post_left", "mentor"):
        propose(school, gone, [here], curator=curator)
    with refused("post_left", "mentees"):
        propose(school, here, [gone], curator=curator)


def test_a_duty_of_the_post_names_its_clause(school):
    mentor, mentee, curator = make_post(school), make_post(school), make_curator(school)
    with refused("duty_clause_missing", "duty_clause"):
        propose(school, mentor, [mentee], basis="DUTY_OF_POST", curator=curator)
    group = propose(
        school,
        mentor,
        [mentee],
        curator=curator,
        basis="DUTY_OF_POST",
        duty_clause="2.7",
        duty_dated=dt.date(2024, 9, 1),
    )
    assert group.appointments.get().duty_clause == "2.7"


def test_forms_ask_for_their_people(school):
    mentee, curator = make_post(school), make_curator(school)
    teacher, partner = make_post(school), make_partner_post(school)
    with refused("mentor_not_director", "mentor"):
        propose(school, teacher, [mentee], form="HEAD_TEACHER", curator=curator)
    with refused("mentee_not_student", "mentees"):
        propose(school, teacher, [mentee], form="EMPLOYER_STUDENT", curator=curator)
    with refused("form_needs_partner", "form"):
        propose(school, teacher, [mentee], form="PARTNER_TEACHER", curator=curator)
    with refused("basis_does_not_fit", "basis"):
        propose(school, partner, [mentee], curator=curator)
    with refused("basis_does_not_fit", "basis"):
        propose(school, teacher, [mentee], basis="PARTNER_AGREEMENT", curator=curator)
    with refused("partner_of_another_school", "partner"):
        propose(
            school,
            partner,
            [mentee],
            basis="PARTNER_AGREEMENT",
            partner=make_partner_post(make_school()).partner,
            curator=curator,
        )


def test_the_curator_holds_a_role_in_the_organisation(school):
    mentor, mentee, curator = make_post(school), make_post(school), make_curator(school)
    with refused("curator_without_role", "curator"):
        propose_group(
            school,
            by=curator,
            on=DAY,
            mentor=mentor,
            mentees=[(mentee, "OTHER")],
            form="TEACHER_TEACHER",
            kinds=["VIRTUAL"],
            why=WHY,
            curator=mentor.person,
            starts_on=STARTS,
            ends_on=ENDS,
        )


def test_a_double_click_makes_one_pair_and_another_mentor_is_only_warned_about(school):
    case = make_proposal(school)
    with refused("pair_exists"):
        make_proposal(school, mentor=case.mentor_post, mentee_posts=case.mentee_posts)

    warnings = warnings_for(school, make_post(school), case.mentee_posts, DAY)
    assert any("уже участвует" in text for text in warnings)
    assert make_proposal(school, mentee_posts=case.mentee_posts).group != case.group


def test_the_load_of_a_mentor_is_warned_about_above_the_schools_own_limit(school):
    mentor = make_proposal(school, mentees=3).mentor_post
    one_more = [make_post(school)]
    assert any("не больше 3" in text for text in warnings_for(school, mentor, one_more, DAY))

    SchoolPolicy.objects.filter(school=school).update(warn_above_mentees=4)
    assert not any("не больше" in text for text in warnings_for(school, mentor, one_more, DAY))


def test_whoever_is_away_leaving_or_the_head_is_warned_about(school):
    leaving = make_post(school, leaving_on=ENDS)
    assert any("уходит" in text for text in warnings_for(school, leaving, [], DAY))
    away = make_post(school)
    away.absences.create(kind="LONG", starts_on=DAY)
    assert any("отсутствует" in text for text in warnings_for(school, away, [], DAY))
    head = StaffMember.objects.get(school=school, position="директор")
    assert any("руководитель" in text for text in warnings_for(school, head, [], DAY))
    partner = make_partner_post(school)
    partner.partner.agreement_until = DAY - dt.timedelta(days=1)
    partner.partner.save()
    assert any("закончился" in text for text in warnings_for(school, partner, [], DAY))


def test_a_proposal_changes_until_the_order(school):
    case = make_proposal(school)
    other, second = make_post(school), make_post(school)

    change_proposal(
        case.group,
        by=case.curator,
        on=DAY,
        mentor=other,
        mentees=[(case.mentee_posts[0], "RETURNING"), (second, "OTHER")],
        kinds=["GROUP"],
        ends_on=dt.date(2027, 3, 31),
    )

    group = MentoringGroup.objects.get()
    assert group.kinds == ("GROUP",)
    assert group.planned_ends_on == dt.date(2027, 3, 31)
    assert group.appointments.get(dropped_on=None).post == other
    assert group.appointments.get(post=case.mentor_post).dropped_on == DAY
    assert list(group.members.present().values_list("post", "category")) == [
        (case.mentee_posts[0].pk, "RETURNING"),
        (second.pk, "OTHER"),
    ]


def test_what_a_signed_consent_says_is_not_changed_behind_its_back(school):
    case = make_consented(school)
    changed = {"by": case.curator, "on": dt.date(2026, 8, 27), "ends_on": dt.date(2027, 4, 30)}
    with refused("consent_signed", "ends_on"):
        change_proposal(case.group, **changed)

    withdraw_consent(
        case.group.consents.get(role="MENTOR"),
        by=case.curator,
        on=changed["on"],
        withdrawn_on=changed["on"],
    )
    assert change_proposal(case.group, **changed).planned_ends_on == dt.date(2027, 4, 30)


def test_after_the_order_nothing_is_changed_or_taken_back(school):
    case = make_ordered(school)
    with refused("case_ordered"):
        change_proposal(case.group, by=case.curator, on=STARTS, why="другое")
    with refused("case_ordered"):
        withdraw_proposal(case.group, by=case.curator, on=STARTS, why="ошибка")


def test_a_withdrawn_proposal_takes_no_more_steps_and_leaves_draft_orders(school):
    case = make_proposal(school)
    order = draft_order(
        default_register(school),
        by=case.curator,
        on=DAY,
        kind="ASSIGN",
        lines=[LineDraft(case.group, "ASSIGN")],
    )
    with refused("why_missing", "why"):
        withdraw_proposal(case.group, by=case.curator, on=DAY, why=" ")

    withdraw_proposal(case.group, by=case.curator, on=DAY, why="передумали")

    order.refresh_from_db()
    assert (order.dropped_on, order.lines.get().dropped_on) == (DAY, DAY)
    assert MentorAppointment.objects.get().dropped_on == DAY
    with refused("case_withdrawn"):
        add_member(case.group, by=case.curator, on=DAY, post=make_post(school), category="OTHER")


def test_members_are_added_and_struck_out_of_a_proposal(school):
    case = make_proposal(school, kinds=["VIRTUAL"])
    with refused("last_member"):
        drop_member(case.members[0], by=case.curator, on=DAY)
    with refused("mentee_twice"):
        add_member(case.group, by=case.curator, on=DAY, post=case.mentee_posts[0], category="OTHER")
    with refused("mentor_is_mentee"):
        add_member(case.group, by=case.curator, on=DAY, post=case.mentor_post, category="OTHER")

    member = add_member(
        case.group, by=case.curator, on=DAY, post=make_post(school), category="OTHER"
    )
    drop_member(member, by=case.curator, on=DAY)
    with refused("member_left"):
        drop_member(member, by=case.curator, on=DAY)
    assert case.group.members.present().count() == 1


def test_a_pair_becomes_a_group_only_with_other_kinds(school):
    case = make_proposal(school)
    one_more = make_post(school)
    with refused("traditional_is_one_to_one"):
        add_member(case.group, by=case.curator, on=DAY, post=one_more, category="OTHER")
    add_member(
        case.group, by=case.curator, on=DAY, post=one_more, category="OTHER", kinds=["GROUP"]
    )
    assert again(case).group.kinds == ("GROUP",)


def test_a_joined_mentee_leaves_by_statement(school):
    case = make_ordered(school, mentees=3)
    member = case.members[0]
    leave = {"by": case.curator, "on": dt.date(2026, 10, 5), "left_on": dt.date(2026, 10, 4)}
    with refused("statement_missing", "statement_on"):
        release_member(member, ground="STATEMENT", **leave)
    with refused("date_in_future", "statement_on"):
        release_member(member, ground="STATEMENT", statement_on=dt.date(2026, 10, 6), **leave)
    with refused("ground_unknown", "ground"):
        release_member(member, ground="", **leave)
    with refused("left_before_joined", "left_on"):
        release_member(member, ground="OTHER", **{**leave, "left_on": dt.date(2026, 8, 31)})
    with refused("member_joined"):
        drop_member(member, by=case.curator, on=DAY)

    release_member(member, ground="STATEMENT", statement_on=dt.date(2026, 10, 1), **leave)

    with refused("member_left"):
        release_member(member, ground="OTHER", **leave)
    assert GroupMember.objects.on(dt.date(2026, 10, 4)).count() == 3
    assert GroupMember.objects.on(dt.date(2026, 10, 5)).count() == 2


def test_a_proposed_mentee_is_not_released(school):
    case = make_proposal(school)
    with refused("member_not_joined"):
        release_member(case.members[0], by=case.curator, on=DAY, left_on=DAY, ground="OTHER")


def test_a_closed_school_proposes_nobody(school):
    mentor, mentee, curator = make_post(school), make_post(school), make_curator(school)
    school.closed_on = DAY
    school.save(update_fields=["closed_on"])
    with refused("school_closed"):
        propose(school, mentor, [mentee], curator=curator)


def test_students_on_practice_and_hired_students_may_be_mentees(school):
    hired = make_post(school)
    hired.studies.create(institution="Педагогический колледж", course=4)
    group = propose(
        school, make_post(school), [make_student(school), hired], form="EMPLOYER_STUDENT"
    )
    assert group.members.count() == 2
