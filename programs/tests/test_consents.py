import datetime as dt

import pytest

from programs.tests.factories import (
    CONSENTED,
    ORDERED,
    PROPOSED,
    STARTS,
    again,
    make_consented,
    make_ordered,
    make_proposal,
)
from programs.tests.refusals import refused
from programs.workflow.consents import record_consent, withdraw_consent
from programs.workflow.groups import add_member
from schools import history
from schools.models import ActKind, LocalAct, SchoolPolicy
from schools.tests.factories import make_post

pytestmark = pytest.mark.django_db
DAY = CONSENTED


def of_mentor(case, **fields):
    fields = {"by": case.curator, "on": DAY, "signed_on": DAY, **fields}
    return record_consent(case.group, role="MENTOR", post=case.mentor_post, **fields)


def of_mentee(case, **fields):
    fields = {"by": case.curator, "on": DAY, "signed_on": DAY, **fields}
    return record_consent(case.group, role="MENTEE", post=case.mentee_posts[0], **fields)


def test_a_mentors_consent_names_every_mentee_and_keeps_its_words():
    case = make_proposal(mentees=2)
    consent = of_mentor(case)

    assert list(consent.members.order_by("pk")) == case.members
    assert all(post.person.last_name in consent.text for post in case.mentee_posts)
    assert (consent.signed_on, consent.recorded_on) == (DAY, DAY)
    with refused("consent_recorded"):
        of_mentor(case)


def test_a_consent_is_not_of_the_future_and_not_of_a_stranger():
    case, another = make_proposal(), make_proposal()
    stranger = make_post(case.school)
    with refused("date_in_future", "signed_on"):
        of_mentor(case, signed_on=DAY + dt.timedelta(days=1))
    for role, code in [("MENTOR", "not_the_mentor"), ("MENTEE", "not_a_mentee")]:
        with refused(code, "post"):
            record_consent(
                case.group, by=case.curator, on=DAY, role=role, post=stranger, signed_on=DAY
            )
    with refused("member_of_another_case", "members"):
        of_mentor(case, members=another.members)


def test_a_mentor_never_marks_in_the_system():
    case = make_proposal()
    with refused("mentor_consent_on_paper", "means"):
        of_mentor(case, means="MARK", by=case.mentor)
    with refused("qualified_file_missing", "scan"):
        of_mentor(case, means="QUALIFIED_FILE")


def test_a_mentee_marks_alone_where_settings_and_a_local_act_allow_it():
    case = make_proposal()
    with refused("mark_only_by_oneself", "means"):
        of_mentee(case, means="MARK")
    with refused("mark_not_allowed", "means"):
        of_mentee(case, means="MARK", by=case.mentee)
    SchoolPolicy.objects.filter(school=case.school).update(mentee_mark_allowed=True)
    with refused("mark_not_allowed", "means"):
        of_mentee(case, means="MARK", by=case.mentee)
    LocalAct.objects.create(
        school=case.school, kind=ActKind.SIGNATURES, title="Порядок", adopted_on=PROPOSED
    )
    with refused("mark_is_of_today", "signed_on"):
        of_mentee(case, means="MARK", by=case.mentee, signed_on=PROPOSED)

    assert of_mentee(case, means="MARK", by=case.mentee).means == "MARK"


def test_a_later_mentee_is_named_in_a_supplement():
    case = make_proposal(kinds=["VIRTUAL"])
    first = of_mentor(case)
    late = add_member(
        case.group, by=case.curator, on=DAY, post=make_post(case.school), category="OTHER"
    )
    supplement = of_mentor(case)

    assert supplement.supplements == first
    assert list(supplement.members.all()) == [late]
    assert case.mentee_posts[0].person.full_name not in supplement.text


def test_a_consent_is_withdrawn_before_the_order_with_its_supplements_and_given_anew():
    case = make_proposal(kinds=["VIRTUAL"])
    first = of_mentor(case)
    add_member(case.group, by=case.curator, on=DAY, post=make_post(case.school), category="OTHER")
    supplement = of_mentor(case)
    with refused("withdrawn_before_signed", "withdrawn_on"):
        withdraw_consent(first, by=case.curator, on=DAY, withdrawn_on=PROPOSED)
    with refused("date_in_future", "withdrawn_on"):
        withdraw_consent(first, by=case.curator, on=DAY, withdrawn_on=ORDERED)

    withdraw_consent(first, by=case.curator, on=DAY, withdrawn_on=DAY)

    supplement.refresh_from_db()
    assert supplement.withdrawn_on == DAY
    with refused("consent_withdrawn"):
        withdraw_consent(first, by=case.curator, on=DAY, withdrawn_on=DAY)
    assert of_mentor(case).members.count() == 2


def test_after_the_order_a_mentor_gives_notice_and_a_mentee_a_statement():
    case = make_ordered()
    with refused("mentor_ordered") as caught:
        withdraw_consent(
            case.group.consents.get(role="MENTOR"), by=case.curator, on=STARTS, withdrawn_on=STARTS
        )
    assert "уведомление" in caught.value.message
    with refused("mentee_ordered") as caught:
        withdraw_consent(
            case.group.consents.get(role="MENTEE"), by=case.curator, on=STARTS, withdrawn_on=STARTS
        )
    assert "заявление" in caught.value.message


def test_history_says_what_was_recorded():
    case = again(make_consented())
    texts = [line.text for line in history.lines(case.group)]
    name = case.mentor_post.person.short_name
    assert any(
        text.startswith(f"Отмечено согласие наставника ({name}) от 26.08.2026") for text in texts
    )
