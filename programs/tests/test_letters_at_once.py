"""Events that cannot wait: whom they reach, in which transaction, and whom they never reach."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programs.models import Letter, MentorAppointment, Notification, ReminderSettings
from programs.notifications import outbox
from programs.notifications.events import tell_at_once
from programs.notifications.letters import compose
from programs.notifications.rendering import messages
from programs.tests.factories import (
    ORDERED,
    STARTS,
    make_consented,
    make_draft,
    make_ordered,
    sign_draft,
)
from programs.tests.factories_programme import make_agreed
from programs.tests.refusals import refused
from programs.workflow.appointments import replace_mentor
from programs.workflow.consents import record_consent
from programs.workflow.help import answer_help, ask_help
from programs.workflow.orders import LineDraft
from programs.workflow.programs import return_program, submit_program
from schools import history, stores
from schools.history import Scope
from schools.models import Absence, Membership
from schools.tests.factories import make_methodologist, make_post

pytestmark = pytest.mark.django_db
DAY = STARTS + dt.timedelta(days=20)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 9, 21, 6, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def hinted(monkeypatch) -> list[tuple]:
    """What the broker was told."""
    told = []
    monkeypatch.setattr(outbox, "hint", lambda *pks: told.append(pks))
    return told


def addressed(*users):
    for user in users:
        user.email = f"{user.login}@school.example"
        user.save()


def written_to() -> set:
    """People of the letters that wait."""
    return set(Letter.objects.unsent().values_list("recipient__user__login", flat=True))


def test_a_letter_is_written_in_the_steps_transaction_and_hinted_at_after_it(
    hinted, django_capture_on_commit_callbacks
):
    case = make_ordered()
    addressed(case.mentor)
    with transaction.atomic():
        ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
        assert Letter.objects.count() == 1
        transaction.set_rollback(True)
    assert (Letter.objects.count(), Notification.objects.count(), hinted) == (0, 0, [])
    with django_capture_on_commit_callbacks(execute=True):
        ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
        assert hinted == []
    letter = Letter.objects.get()
    assert hinted == [(letter.pk,)]
    assert outbox.send(letter.pk) == "SENT"
    assert mail.outbox[0].to == [case.mentor.email]
    path = reverse("help-answer", args=[case.group.help_requests.get().pk])
    assert path in mail.outbox[0].body


def test_the_wish_for_another_mentor_reaches_the_curator_and_never_the_mentor():
    case = make_ordered()
    addressed(case.mentor, case.mentee, case.curator, case.director)
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="OTHER_MENTOR")
    assert written_to() == {case.curator.login}
    assert set(Notification.objects.values_list("recipient", flat=True)) == {case.curator.person_id}


def test_a_mentor_who_is_the_curator_too_learns_nothing_of_that_wish():
    case = make_ordered()
    addressed(case.mentor, case.curator, case.director)
    Membership.objects.filter(person=case.curator.person).update(person=case.mentor.person)
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="OTHER_MENTOR")
    assert written_to() == {case.director.login}


def test_help_goes_to_who_stands_in_for_an_absent_mentor():
    case = make_ordered()
    addressed(case.mentor, case.curator)
    Absence.objects.create(post=case.mentor_post, starts_on=DAY, kind="VACATION")
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
    assert written_to() == {case.curator.login}


def test_a_signed_order_is_told_to_the_pair_once_for_all_its_cases():
    mentor = None
    cases = []
    for _ in range(2):
        case = make_consented(cases[0].school if cases else None, mentor=mentor)
        mentor = case.mentor_post
        cases.append(case)
    addressed(cases[0].mentor, cases[0].mentee, cases[1].mentee, cases[0].curator)
    order = make_draft(cases[0], *[LineDraft(case.group, "ASSIGN") for case in cases], on=ORDERED)
    with refused("number_missing", "number"):
        sign_draft(order, cases[0], on=ORDERED, number=" ")
    assert not Letter.objects.exists()
    sign_draft(order, cases[0], on=ORDERED)
    assert written_to() == {case.mentee.login for case in cases} | {cases[0].mentor.login}
    paths = dict(Notification.objects.values_list("recipient", "path"))
    assert paths[cases[0].mentor.person_id] == reverse("group-list")
    assert paths[cases[1].mentee.person_id] == reverse("group-detail", args=[cases[1].group.pk])


def test_both_mentors_and_the_mentee_are_told_of_a_replacement_by_one_letter_each():
    case = make_ordered()
    new = make_post(case.school)
    replace_mentor(case.group, by=case.curator, on=DAY, mentor=new, starts_on=DAY, reason="переезд")
    assert not Letter.objects.exists()  # nothing is decided before the order
    record_consent(case.group, by=case.curator, on=DAY, role="MENTOR", post=new, signed_on=DAY)
    order = make_draft(case, LineDraft(case.group, "REPLACE_MENTOR"), on=DAY)
    sign_draft(order, case, on=DAY)
    told = Notification.objects.values_list("recipient", "kind").order_by("recipient")
    people = {case.mentor.person_id, case.mentee.person_id, new.person_id}
    assert sorted(told) == sorted((pk, "mentor_replaced") for pk in people)
    assert MentorAppointment.objects.get(post=new).ordered_on == DAY


def test_a_returned_programme_is_told_to_its_mentor_each_time():
    case = make_ordered()
    addressed(case.mentor, case.mentee)
    program = make_agreed(case.group)
    return_program(program, by=case.curator, on=DAY, reason="нет сроков")
    (item,) = Notification.objects.all()
    assert item.recipient_id == case.mentor.person_id
    assert item.path == reverse("program-edit", args=[case.group.pk])
    assert "нет сроков" not in item.text


def test_who_does_not_want_letters_at_once_finds_it_in_the_daily_one():
    case = make_ordered()
    addressed(case.mentor)
    ReminderSettings.objects.create(person=case.mentor.person, at_once=False)
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
    assert written_to() == set()
    assert compose(on=DAY) == 1
    letter = Letter.objects.get()
    assert (letter.urgent_key, outbox.send(letter.pk)) == ("", "SENT")
    assert "Наставляемый просит и ждёт ответа" in mail.outbox[0].body


def test_what_was_answered_or_handed_in_by_the_next_letter_is_not_asked_for_any_more():
    case = make_ordered()
    addressed(case.mentor)
    ReminderSettings.objects.create(person=case.mentor.person, at_once=False)
    request = ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
    program = make_agreed(case.group)
    returned = return_program(program, by=case.curator, on=DAY, reason="нет сроков")
    compose(on=DAY)
    letter = Letter.objects.get()
    (message,) = messages([letter]).values()
    assert "Наставляемый просит" in message.text
    assert "вернули на доработку" in message.text
    answer_help(request, by=case.mentor, on=DAY, answer="Разберём в четверг.")
    (message,) = messages([letter]).values()
    assert "Наставляемый просит" not in message.text
    assert "вернули на доработку" in message.text
    submit_program(returned, by=case.mentor, on=DAY)
    assert messages([letter]) == {}


def test_who_has_a_role_and_no_post_finds_it_in_the_daily_one_too():
    """A methodologist, asked where nobody of the organisation is left to be."""
    case = make_ordered()
    Membership.objects.all().delete()
    methodologist = make_methodologist(case.group.school.municipality)
    addressed(methodologist)
    ReminderSettings.objects.create(person=methodologist.person, at_once=False)
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="OTHER_MENTOR")
    assert compose() == 1
    assert Letter.objects.get().recipient == methodologist.person


def test_without_an_address_there_is_an_item_and_no_letter():
    case = make_ordered()
    ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
    assert Letter.objects.count() == 0
    assert Notification.objects.visible_to(case.mentor).count() == 1


def test_telling_twice_tells_once_and_the_one_who_acts_is_not_told():
    case = make_ordered()
    addressed(case.mentor, case.curator)
    people = [case.mentor.person_id, case.curator.person_id]
    with history.changing(Scope(), by=case.curator, on=DAY) as change:
        for _ in range(2):
            tell_at_once(change, "order_signed", people, about="order:1", path="/", on=DAY)
    assert written_to() == {case.mentor.login}
    assert Notification.objects.count() == 1


def test_a_dead_broker_neither_breaks_nor_delays_the_step(monkeypatch):
    def away(*args, **kwargs):
        raise OSError("away")

    monkeypatch.setattr(stores, "_quiet_until", float("-inf"))
    monkeypatch.setattr(stores.current_app, "send_task", away)
    case = make_ordered()
    addressed(case.mentor)
    client = Client()
    client.force_login(case.mentee)
    answer = client.post(reverse("help-ask", args=[case.group.pk]), {"kind": "HELP"})
    assert answer.status_code == 302
    assert written_to() == {case.mentor.login}
    assert outbox.sweep_letters() == 1


def test_a_case_that_is_loaded_tells_nobody():
    with history.bulk_loading():
        case = make_ordered()
        addressed(case.mentor)
        ask_help(case.members[0], by=case.mentee, on=DAY, kind="HELP")
    assert not Notification.objects.exists()
