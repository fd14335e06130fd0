"""Two people act on one programme at once: one step wins, the other is refused in words."""

import datetime as dt
import uuid

import pytest

from programs.models import Attendance, HelpRequest, Meeting, Program
from programs.tests.factories_programme import (
    END,
    START,
    make_agreed,
    make_evaluated,
    make_ordered_case,
    make_running,
)
from programs.tests.races import together
from programs.workflow.closing import close_program
from programs.workflow.events import settle_event
from programs.workflow.help import ask_help
from programs.workflow.meetings import log_meeting
from programs.workflow.programs import approve_program, draft_program, return_program
from schools.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
DAY = START + dt.timedelta(days=9)


def logging(program, key, topic):
    def step():
        log_meeting(
            program, by=None, on=DAY, held_on=DAY, minutes=45, format="ONLINE", topic=topic,
            present=list(program.group.members.all()), client_key=key,
        )  # fmt: skip

    return step


def test_a_meeting_sent_twice_at_once_is_one_meeting():
    program, key = make_running(), uuid.uuid4()
    assert together(*(logging(program, key, f"Тема {n}") for n in range(4))) == []
    assert Meeting.objects.count() == 1
    assert Attendance.objects.count() == 1
    assert Event.objects.filter(kind="meeting_logged").count() == 1


def closing(program, ground):
    return lambda: close_program(
        program, by=None, on=END, ground=ground, closed_on=END, ground_text="Заявление"
    )


def test_of_two_closings_one_ground_stays():
    program = make_evaluated()
    assert together(closing(program, "FULL"), closing(program, "MUTUAL")) == ["case_closed"]
    program.refresh_from_db()
    left = {"FULL": "FINISHED", "MUTUAL": "CLOSED"}[program.ground]
    assert program.group.members.get().left_ground == left
    assert Event.objects.filter(kind="program_closed").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_programme_is_approved_or_returned_never_both(attempt):
    program = make_agreed()

    def approve():
        approve_program(
            program, by=None, on=START, approved_on=START, position="директор", name="Орлова В. И."
        )

    def give_back():
        return_program(program, by=None, on=START, reason="Уточните сроки")

    (code,) = together(approve, give_back)
    program.refresh_from_db()
    if code == "program_approved":
        assert (program.approved_on, program.version) == (START, 1)
    else:
        assert code == "program_not_submitted"
        assert (program.approved_on, program.version) == (None, 2)


def test_two_people_who_begin_a_programme_write_one():
    group = make_ordered_case()

    def draft(goal):
        return lambda: draft_program(group, by=None, on=START, goal=goal)

    assert together(draft("Первая цель"), draft("Вторая цель")) == []
    assert Program.objects.get().goal in {"Первая цель", "Вторая цель"}
    assert Event.objects.filter(kind="program_drafted").count() == 1


def test_a_double_tap_settles_an_event_and_asks_for_help_once():
    program = make_running()
    event, member = program.events.get(), program.group.members.get()

    def settle():
        settle_event(event, by=None, on=DAY, outcome="DONE", settled_on=DAY)

    def ask():
        ask_help(member, by=None, on=DAY, kind="HELP")

    assert together(settle, settle) == ["event_settled"]
    assert together(ask, ask) == ["already_asked"]
    assert HelpRequest.objects.count() == 1
