"""Records of meetings and marks on the plan: only what happened, in a running programme."""

import datetime as dt
import uuid

import pytest

from programs.models import Attendance, GroupMember, Meeting, MentorAppointment
from programs.tests.factories import make_account
from programs.tests.factories_programme import (
    END,
    START,
    make_agreed,
    make_ordered_case,
    make_proposed_case,
    make_running,
)
from programs.tests.refusals import refused
from programs.workflow.events import move_event, reopen_event, settle_event
from programs.workflow.meetings import (
    cancel_meeting,
    confirm_meeting,
    correct_meeting,
    log_meeting,
)
from schools import history
from schools.models import Event
from schools.tests.factories import make_post

pytestmark = pytest.mark.django_db
DAY = START + dt.timedelta(days=10)
NOW = DAY + dt.timedelta(days=2)


def log(program, **fields) -> Meeting:
    return log_meeting(
        program,
        **{
            "by": None,
            "on": NOW,
            "held_on": DAY,
            "minutes": 45,
            "format": "IN_PERSON",
            "topic": "Планирование урока",
            "present": list(program.group.members.all()),
            **fields,
        },
    )


def test_a_meeting_is_recorded_with_who_came_and_who_did_not():
    program = make_running(mentees=2)
    came, missed = program.group.members.all()
    meeting = log(program, present=[came], result="Разобрали план", needs_curator=True)

    assert meeting.appointment == program.group.appointments.get()
    assert (meeting.recorded_on, meeting.needs_curator) == (NOW, True)
    assert dict(meeting.attendance.values_list("member", "present")) == {
        came.pk: True,
        missed.pk: False,
    }


def test_the_same_key_sent_twice_is_one_meeting_even_after_more_happened():
    program = make_running()
    key = uuid.uuid4()
    first = log(program, client_key=key)
    again = log(program, client_key=key, topic="Другое")
    assert again == first
    assert Meeting.objects.get().topic == "Планирование урока"
    assert Event.objects.filter(kind="meeting_logged").count() == 1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"held_on": NOW + dt.timedelta(days=1)}, "date_in_future", "held_on"),
        ({"held_on": START - dt.timedelta(days=1)}, "meeting_before_start", "held_on"),
        ({"minutes": 0}, "minutes_out_of_limits", "minutes"),
        ({"minutes": 601}, "minutes_out_of_limits", "minutes"),
        ({"format": "DREAM"}, "format_unknown", "format"),
        ({"topic": " "}, "text_missing", "topic"),
        ({"present": []}, "nobody_present", "present"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(change, code, field):
    program = make_running()
    with refused(code, field):
        log(program, **change)
    assert not Meeting.objects.exists()
    assert not Attendance.objects.exists()


def test_nothing_runs_without_order_and_approved_programme_in_either_sequence():
    approved_only = make_running(make_proposed_case())
    with refused("no_mentor_that_day", "held_on"):
        log(approved_only)
    with refused("no_order"):
        settle_event(approved_only.events.get(), by=None, on=NOW, outcome="DONE", settled_on=DAY)
    ordered_only = make_agreed(make_ordered_case())
    with refused("program_not_approved"):
        log(ordered_only)
    with refused("program_not_approved"):
        settle_event(ordered_only.events.get(), by=None, on=NOW, outcome="DONE", settled_on=DAY)
    assert not Meeting.objects.exists()


def test_only_members_of_that_day_can_have_come():
    program = make_running(mentees=2)
    left, stays = program.group.members.all()
    left.left_on, left.left_ground = DAY - dt.timedelta(days=1), "STATEMENT"
    left.save()
    with refused("not_a_member", "present"):
        log(program, present=[left, stays])
    assert not Meeting.objects.exists()
    assert log(program, present=[stays]).attendance.get().member == stays


def test_the_temporary_mentor_is_found_for_his_days_and_whoever_records_comes_first():
    program = make_running()
    main = program.group.appointments.get()
    post = make_post(program.group.school)
    consent = main.consent
    consent.pk, consent.post = None, post
    consent.save()
    temporary = MentorAppointment.objects.create(
        group=program.group, post=post, temporary=True, proposed_on=START, starts_on=DAY,
        ends_on=DAY, consent=consent, consented_on=consent.signed_on,
        order_line=main.order_line, ordered_on=main.ordered_on,
    )  # fmt: skip
    assert log(program).appointment == temporary
    assert log(program, held_on=DAY - dt.timedelta(days=1)).appointment == main
    assert log(program, by=make_account(main.post)).appointment == main


def test_a_ticked_event_is_settled_only_when_asked_and_keeps_the_pairs_words_private():
    program = make_running()
    event = program.events.get()
    log(program, event=event)
    event.refresh_from_db()
    assert event.outcome == ""
    log(program, event=event, settle=True, result="Личное")
    event.refresh_from_db()
    assert (event.outcome, event.settled_on, event.actual) == ("DONE", DAY, "")
    with refused("event_settled", "event"):
        log(program, event=event, settle=True)
    other = make_running().events.get()
    with refused("event_of_another_program", "event"):
        log(program, event=other)
    assert Meeting.objects.count() == 2


def test_a_correction_keeps_what_was_and_takes_confirmations_back():
    program = make_running()
    meeting = log(program)
    confirm_meeting(meeting.attendance.get(), by=None, on=NOW)

    correct_meeting(meeting, by=None, on=NOW, minutes=60, topic="Самоанализ", event=None)

    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.topic) == (60, "Самоанализ")
    assert meeting.attendance.get().confirmed_on is None
    own = history.lines(meeting)[0].text
    assert own == (
        "Было → стало. длительность, минут: «45» → «60»; тема: «Планирование урока» → «Самоанализ»"
    )
    case = " ".join(line.text for line in history.lines(program.group))
    assert "Исправлена запись о встрече 11.09.2026: длительность, минут, тема." in case
    assert "Самоанализ" not in case  # the district reads the history of the pair


def test_who_came_can_be_corrected_and_an_empty_correction_changes_nothing():
    program = make_running(mentees=2)
    first, second = program.group.members.all()
    meeting = log(program, present=[first])
    confirm_meeting(meeting.attendance.get(member=first), by=None, on=NOW)
    events = Event.objects.count()
    correct_meeting(meeting, by=None, on=NOW, minutes=45)
    assert Event.objects.count() == events
    assert meeting.attendance.get(member=first).confirmed_on == NOW

    correct_meeting(meeting, by=None, on=NOW, present=[second])
    assert meeting.attendance.get(present=True).member == second


def test_a_correction_obeys_the_rules_of_a_record():
    program = make_running()
    meeting = log(program)
    with refused("meeting_before_start", "held_on"):
        correct_meeting(meeting, by=None, on=NOW, held_on=START - dt.timedelta(days=1))
    meeting.refresh_from_db()
    assert meeting.held_on == DAY
    assert meeting.attendance.count() == 1


def test_a_cancelled_meeting_stays_with_its_reason_and_takes_no_more_steps():
    program = make_running()
    meeting = log(program)
    with refused("text_missing", "reason"):
        cancel_meeting(meeting, by=None, on=NOW, reason=" ")
    cancel_meeting(meeting, by=None, on=NOW, reason="Педагог заболел")
    for step in (
        lambda: cancel_meeting(meeting, by=None, on=NOW, reason="Ещё раз"),
        lambda: correct_meeting(meeting, by=None, on=NOW, minutes=5),
        lambda: confirm_meeting(meeting.attendance.get(), by=None, on=NOW),
    ):
        with refused("meeting_cancelled"):
            step()
    assert not Meeting.objects.held().exists()
    assert Meeting.objects.exists()


def test_only_who_came_confirms_and_once_is_enough():
    program = make_running(mentees=2)
    came, missed = program.group.members.all()
    meeting = log(program, present=[came])
    confirm_meeting(meeting.attendance.get(member=came), by=None, on=NOW)
    confirm_meeting(meeting.attendance.get(member=came), by=None, on=END)
    assert meeting.attendance.get(member=came).confirmed_on == NOW
    with refused("was_absent"):
        confirm_meeting(meeting.attendance.get(member=missed), by=None, on=NOW)


def test_a_mark_is_put_once_and_taken_back_with_a_trace():
    event = make_running().events.get()
    settle_event(
        event, by=None, on=NOW, outcome="PARTIAL", settled_on=DAY, actual="Проведён один урок"
    )
    with refused("event_settled"):
        settle_event(event, by=None, on=NOW, outcome="DONE", settled_on=DAY)
    with refused("event_settled", "due_on"):
        move_event(event, by=None, on=NOW, due_on=END)
    reopen_event(event, by=None, on=NOW)
    event.refresh_from_db()
    assert (event.outcome, event.settled_on, event.actual) == ("", None, "")
    with refused("event_open"):
        reopen_event(event, by=None, on=NOW)
    assert "выполнено частично, 11.09.2026" in history.lines(event)[0].text


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"outcome": "MAYBE"}, "outcome_unknown", "outcome"),
        ({"settled_on": NOW + dt.timedelta(days=1)}, "date_in_future", "settled_on"),
        ({"settled_on": START - dt.timedelta(days=1)}, "settled_before_start", "settled_on"),
    ],
)
def test_a_mark_that_cannot_be_true_is_refused(change, code, field):
    event = make_running().events.get()
    with refused(code, field):
        settle_event(
            event, **{"by": None, "on": NOW, "outcome": "DONE", "settled_on": DAY, **change}
        )
    event.refresh_from_db()
    assert event.outcome == ""


def test_a_moved_event_keeps_its_first_date_and_stays_within_the_programme():
    event = make_running().events.get()
    first = event.due_on
    move_event(event, by=None, on=NOW, due_on=END, reason="Каникулы")
    event.refresh_from_db()
    assert (event.due_on, event.first_due_on) == (END, first)
    assert "01.10.2026 → 31.05.2027. Каникулы" in history.lines(event)[0].text
    with refused("event_not_moved", "due_on"):
        move_event(event, by=None, on=NOW, due_on=END)
    with refused("event_outside_term", "due_on"):
        move_event(event, by=None, on=NOW, due_on=END + dt.timedelta(days=1))


def test_a_member_proposed_later_is_not_among_those_who_came():
    program = make_running()
    other = make_proposed_case(school=program.group.school).members.get()
    GroupMember.objects.filter(pk=other.pk).update(group=program.group)
    assert log(program, present=program.group.members.on(DAY)).attendance.count() == 1
