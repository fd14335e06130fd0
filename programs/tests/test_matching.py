"""Candidates for a mentor: reasons in words, no hidden score, nobody excluded by years."""

import datetime as dt

import pytest

from programs.matching import candidates, suggested_kinds, suggested_why
from programs.tests.factories import make_ordered
from schools.models import Qualification, Secondment
from schools.tests.factories import make_post, make_school

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)


def test_the_same_subject_and_the_category_come_first_with_their_reasons():
    school = make_school()
    mentee = make_post(school, subject="физика, математика", teaching_years=1)
    other = make_post(school, subject="история", teaching_years=30)
    fit = make_post(school, subject="физика", teaching_years=12)
    Qualification.objects.create(post=fit, category="HIGHEST", is_teacher_mentor=True)

    first, second = candidates(school, DAY, mentee=mentee)

    assert (first.post, second.post) == (fit, other)
    assert first.reasons == [
        "тот же предмет: физика",
        "высшая категория",
        "категория «педагог-наставник»",
        "педагогический стаж 12 лет",
    ]


def test_a_beginner_is_offered_too_but_last():
    """Reverse mentoring is lawful: the regulation asks for results, not for years."""
    school = make_school()
    mentee, young = make_post(school), make_post(school, teaching_years=2)
    strong = make_post(school, teaching_years=9)
    found = candidates(school, DAY, mentee=mentee)
    assert [c.post for c in found] == [strong, young]
    assert found[1].cautions == ["педагогический стаж 2 года"]


def test_load_is_named_and_above_the_limit_warns():
    case = make_ordered()
    found = candidates(case.school, DAY, warn_above=1)
    mentor = next(c for c in found if c.post == case.mentor_post)
    assert "уже наставляет: 1" in mentor.cautions
    assert found[-1] is mentor


def test_candidates_cost_three_queries_however_many(django_assert_num_queries):
    school = make_school()
    for _ in range(12):
        make_post(school)
    with django_assert_num_queries(3):
        candidates(school, DAY)


def test_a_stranger_is_reached_only_when_the_own_organisation_lends_the_person():
    school = make_school()
    neighbour = make_school(municipality=school.municipality)
    lent = make_post(neighbour, in_mentor_bank=True, bank_consent_on=DAY)
    make_post(neighbour, in_mentor_bank=True, bank_consent_on=DAY)  # the neighbour's own bank
    assert not candidates(school, DAY)
    Secondment.objects.create(
        post=lent, to_school=school, home_order="№ 3", starts_on=DAY, offered_on=DAY
    )
    (candidate,) = candidates(school, DAY)
    assert candidate.post == lent
    assert candidate.reasons == [f"направляет {neighbour}"]  # no years, no category


def test_the_reason_is_one_ready_sentence():
    school = make_school()
    mentor, mentee = make_post(school, subject="физика"), make_post(school, subject="физика")
    why = suggested_why(mentor, [mentee], "YOUNG_SPECIALIST")
    assert "тот же предмет (физика)" in why
    assert suggested_kinds([mentee, mentor]) == ["GROUP"]
