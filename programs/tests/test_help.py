"""Asking and answering: who asks, who reads it, and what the mentor never meets."""

import datetime as dt

import pytest

from programs.models import HelpRequest, PrivateNote, Remark
from programs.queries import history_of
from programs.tests.factories import ENDS, STARTS, make_ordered, make_proposal
from programs.tests.refusals import refused
from programs.workflow.help import (
    answer_help,
    answer_remark,
    ask_help,
    write_note,
    write_remark,
)
from schools.models import Event
from schools.tests.factories import make_methodologist

pytestmark = pytest.mark.django_db
DAY = STARTS + dt.timedelta(days=20)


@pytest.fixture
def case(time_machine):
    time_machine.move_to(dt.datetime(2026, 9, 25, 6, tzinfo=dt.UTC))
    return make_ordered()


def texts(case, user) -> list[str]:
    return [line.text for line in history_of(case.group, user)]


def ask(case, kind="HELP", **fields) -> HelpRequest:
    return ask_help(case.members[0], **{"by": case.mentee, "on": DAY, "kind": kind, **fields})


def test_another_mentor_is_asked_for_behind_the_mentors_back(case):
    request = ask(case, "OTHER_MENTOR", text="Трудно договориться о времени")
    asked = "Наставляемый просит другого наставника."

    assert asked in texts(case, case.curator)
    assert asked in texts(case, case.mentee)
    assert asked not in texts(case, case.mentor)
    assert asked not in texts(case, make_methodologist(case.school.municipality))
    assert not HelpRequest.objects.visible_to(case.mentor).exists()
    answer_help(request, by=case.curator, on=DAY, answer="Поговорим вместе")
    assert "На просьбу о другом наставнике отвечено." not in texts(case, case.mentor)


def test_help_reaches_the_mentor_and_is_answered_once(case):
    request = ask(case, text="Как провести собрание?")
    assert "Наставляемый просит о помощи." in texts(case, case.mentor)
    with refused("text_missing", "answer"):
        answer_help(request, by=case.mentor, on=DAY, answer=" ")
    answer_help(request, by=case.mentor, on=DAY, answer="Обсудим завтра")
    with refused("already_answered"):
        answer_help(request, by=case.curator, on=DAY, answer="Ещё раз")
    request.refresh_from_db()
    assert (request.answer, request.answered_on) == ("Обсудим завтра", DAY)


def test_one_open_request_of_a_kind_from_somebody_in_the_case(case):
    ask(case)
    ask(case, "OTHER_MENTOR")
    with refused("already_asked"):
        ask(case)
    with refused("help_kind_unknown", "kind"):
        ask(case, "HOLIDAY")
    with refused("not_a_member"):
        ask(case, on=STARTS - dt.timedelta(days=1))
    proposed = make_proposal()
    with refused("not_a_member"):
        ask(proposed)
    assert HelpRequest.objects.count() == 2


def test_a_note_belongs_to_the_pair_alone(case):
    note = write_note(case.group, by=case.mentee, on=DAY, text="Подготовить вопросы")
    assert list(PrivateNote.objects.visible_to(case.mentor)) == [note]
    assert not PrivateNote.objects.visible_to(case.director).exists()
    for user in (case.director, case.curator, case.mentor):
        assert "Добавлена заметка пары." not in texts(case, user)
    with refused("text_missing", "text"):
        write_note(case.group, by=case.mentee, on=DAY, text="")


def test_a_remark_is_written_with_a_day_and_answered_once(case):
    methodologist = make_methodologist(case.school.municipality)
    events = Event.objects.count()
    with refused("due_in_the_past", "due_on"):
        write_remark(
            case.group, by=methodologist, on=DAY, text="Нет скана", due_on=DAY - dt.timedelta(1)
        )
    with refused("text_missing", "text"):
        write_remark(case.group, by=methodologist, on=DAY, text=" ", due_on=DAY)
    assert (Remark.objects.count(), Event.objects.count()) == (0, events)
    remark = write_remark(case.group, by=methodologist, on=DAY, text="Нет скана", due_on=ENDS)
    answer_remark(remark, by=case.curator, on=DAY, answer="Приложен")
    with refused("already_answered"):
        answer_remark(remark, by=case.curator, on=DAY, answer="Приложен")
    assert "Замечание методиста, ответить до 31.05.2027." in texts(case, case.curator)
