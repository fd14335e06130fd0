"""Extension, amendment and pause: by consent, dated, one after another."""

import datetime as dt

import pytest

from programs.documents.data.programme import program as program_paper
from programs.models import Deadline, Need, ProgramAmendment, ProgramExtension, ProgramPause
from programs.tests.factories_programme import (
    END,
    START,
    make_draft,
    make_line,
    make_proposed_case,
    make_running,
)
from programs.tests.refusals import refused
from programs.workflow.events import move_event, settle_event
from programs.workflow.meetings import log_meeting
from programs.workflow.term import (
    amend_program,
    extend_by_line,
    extend_program,
    extension_warnings,
    pause_program,
    prolong_pause,
    resume_program,
)
from schools import history
from schools.history import Scope

pytestmark = pytest.mark.django_db
NOW = dt.date(2027, 5, 3)
NEW_END = dt.date(2027, 12, 31)
EXTENSION = {"new_ends_on": NEW_END, "reason": "Не всё освоено", "agreed_on": NOW}


def days(n: int) -> dt.timedelta:
    return dt.timedelta(days=n)


def test_an_extension_is_a_row_of_its_own_and_moves_only_the_current_end():
    program = make_running()
    event = program.events.get()
    extend_program(program, by=None, on=NOW, **EXTENSION)
    extend_program(program, by=None, on=NOW, **{**EXTENSION, "new_ends_on": NEW_END + days(40)})

    program.refresh_from_db()
    event.refresh_from_db()
    assert (program.ends_on, program.current_ends_on) == (END, NEW_END + days(40))
    assert list(program.extensions.values_list("old_ends_on", "new_ends_on")) == [
        (END, NEW_END),
        (NEW_END, NEW_END + days(40)),
    ]
    assert event.due_on == START + days(30)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"new_ends_on": END}, "end_not_later", "new_ends_on"),
        ({"reason": " "}, "text_missing", "reason"),
        ({"agreed_on": NOW + days(1)}, "date_in_future", "agreed_on"),
    ],
)
def test_an_extension_needs_a_later_end_a_reason_and_a_past_consent(change, code, field):
    program = make_running()
    with refused(code, field):
        extend_program(program, by=None, on=NOW, **{**EXTENSION, **change})
    program.refresh_from_db()
    assert program.current_ends_on == END
    assert not ProgramExtension.objects.exists()


def test_a_draft_is_neither_extended_nor_amended_nor_paused():
    program = make_draft()
    for step in (
        lambda: extend_program(program, by=None, on=NOW, **EXTENSION),
        lambda: amend_program(program, by=None, on=NOW, summary="Иное", agreed_on=NOW),
        lambda: pause_program(
            program, by=None, on=NOW, starts_on=NOW, expected_on=NOW + days(9), reason="Отъезд"
        ),
    ):
        with refused("program_not_approved"):
            step()


def test_more_than_two_years_in_all_only_warns():
    program = make_running()
    assert extension_warnings(program, dt.date(2028, 8, 31)) == []
    assert extension_warnings(program, dt.date(2028, 9, 1))
    extend_program(program, by=None, on=NOW, **{**EXTENSION, "new_ends_on": dt.date(2029, 1, 1)})
    program.refresh_from_db()
    assert program.current_ends_on == dt.date(2029, 1, 1)


def test_the_order_of_an_extension_is_signed_about_this_case_and_says_the_same():
    program = make_running()
    group = program.group
    said = {"ends_on": NEW_END.isoformat()}
    for line, code in (
        (make_line(group, "EXTEND", data=said), "line_not_signed"),
        (make_line(group, "CLOSE", signed_on=NOW, number="2"), "line_of_another_case"),
        (make_line(make_proposed_case(), "EXTEND", signed_on=NOW), "line_of_another_case"),
    ):
        with refused(code, "line"):
            extend_program(program, by=None, on=NOW, line=line, **EXTENSION)
    line = make_line(group, "EXTEND", signed_on=NOW, number="3", data=said)
    with refused("line_says_otherwise"):
        extend_program(
            program, by=None, on=NOW, line=line, **{**EXTENSION, "new_ends_on": NEW_END + days(1)}
        )
    assert extend_program(program, by=None, on=NOW, line=line, **EXTENSION).line == line


def test_a_signed_line_extends_by_itself():
    program = make_running()
    line = make_line(
        program.group, "EXTEND", signed_on=NOW,
        data={"ends_on": NEW_END.isoformat(), "agreed_on": NOW.isoformat(), "reason": "Просьба"},
    )  # fmt: skip
    with history.changing(Scope.of(cases=[program.group_id]), by=None, on=NOW) as change:
        extend_by_line(line, line.order, change)
    program.refresh_from_db()
    assert (program.current_ends_on, program.extensions.get().line) == (NEW_END, line)


def test_a_line_without_its_dates_is_refused():
    program = make_running()
    line = make_line(program.group, "EXTEND", signed_on=NOW, data={"ends_on": "2027-12-31"})
    with (
        refused("line_incomplete"),
        history.changing(Scope.of(cases=[program.group_id]), by=None, on=NOW) as change,
    ):
        extend_by_line(line, line.order, change)
    assert not ProgramExtension.objects.exists()


def test_an_amendment_is_a_new_version_with_everybodys_consent():
    program = make_running(mentees=2)
    event = program.events.get()
    amend_program(
        program, by=None, on=NOW, summary="Добавлен мастер-класс", agreed_on=NOW,
        changes=[
            {"add": {"title": "Мастер-класс", "due_on": END, "responsible": "MENTOR"}},
            {"event": event, "set": {"due_on": END}},
            {"text": {"schedule": "раз в неделю"}},
        ],
    )  # fmt: skip

    program.refresh_from_db()
    event.refresh_from_db()
    assert (program.version, program.schedule) == (2, "раз в неделю")
    assert program.agreements.filter(version=2).count() == 2
    assert (event.due_on, event.first_due_on) == (END, START + days(30))
    assert program.events.count() == 2
    amend_program(
        program, by=None, on=NOW, summary="Убрано лишнее", agreed_on=NOW,
        changes=[{"remove": event}],
    )  # fmt: skip
    assert program.events.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (lambda e: [{"event": e, "set": {"due_on": END + days(1)}}], "event_outside_term"),
        (lambda e: [{"text": {"goal": " "}}], "text_missing"),
        (lambda e: [{"add": {"title": "", "due_on": END, "responsible": "MENTOR"}}],
         "text_missing"),
    ],
)  # fmt: skip
def test_an_amendment_that_breaks_a_rule_changes_nothing(changes, code):
    program = make_running()
    with refused(code):
        amend_program(
            program, by=None, on=NOW, summary="Иначе", agreed_on=NOW,
            changes=[{"text": {"schedule": "иначе"}}, *changes(program.events.get())],
        )  # fmt: skip
    program.refresh_from_db()
    assert (program.version, program.schedule) == (1, "")
    assert not ProgramAmendment.objects.exists()


def test_marked_events_and_those_with_meetings_stay():
    program = make_running()
    event = program.events.get()
    log_meeting(
        program, by=None, on=NOW, held_on=NOW, minutes=45, format="IN_PERSON", topic="Урок",
        event=event, present=program.group.members.all(),
    )  # fmt: skip
    common = {"by": None, "on": NOW, "summary": "Убрано", "agreed_on": NOW}
    with refused("event_has_meetings"):
        amend_program(program, changes=[{"remove": event}], **common)
    settle_event(event, by=None, on=NOW, outcome="DONE", settled_on=NOW)
    with refused("event_settled"):
        amend_program(program, changes=[{"event": event, "set": {"title": "Иное"}}], **common)
    assert program.events.get().title == "Посещение урока"


def test_a_pause_ends_before_another_begins_and_the_end_stays():
    program = make_running()
    pause_program(
        program, by=None, on=NOW, starts_on=NOW - days(30), expected_on=NOW, reason="Отъезд"
    )
    with refused("already_paused"):
        pause_program(
            program, by=None, on=NOW, starts_on=NOW, expected_on=NOW + days(5), reason="Ещё"
        )
    with refused("resumed_before_pause", "resumed_on"):
        resume_program(program, by=None, on=NOW, resumed_on=NOW - days(30))
    with refused("date_in_future", "resumed_on"):
        resume_program(program, by=None, on=NOW, resumed_on=NOW + days(1))
    pause = resume_program(program, by=None, on=NOW, resumed_on=NOW - days(10))
    with refused("not_paused"):
        resume_program(program, by=None, on=NOW, resumed_on=NOW)
    with refused("pauses_overlap", "starts_on"):
        pause_program(
            program, by=None, on=NOW, starts_on=NOW - days(11), expected_on=NOW, reason="Ещё"
        )
    program.refresh_from_db()
    assert (program.current_ends_on, pause.resumed_on) == (END, NOW - days(10))


def test_resuming_moves_the_plan_once_and_a_day_named_afterwards_stays():
    program = make_running()
    first, stop = START + days(30), START + days(20)
    plan = {
        name: program.events.create(
            title=name, due_on=due, first_due_on=due, responsible="MENTOR", position=1
        )
        for name, due in {"before": stop - days(1), "at the end": END}.items()
    }
    pause = {"starts_on": stop, "expected_on": stop + days(15), "reason": "Отъезд"}
    pause_program(program, by=None, on=stop, **pause)
    back = stop + days(14)
    resume_program(program, by=None, on=back, resumed_on=back)
    moved = program.events.get(title="Посещение урока")
    assert (moved.first_due_on, moved.due_on) == (first, first + days(14))
    for event, due in [(plan["before"], stop - days(1)), (plan["at the end"], END)]:
        event.refresh_from_db()
        assert event.due_on == due
    assert "перенесено: 1" in history.lines(program.group)[0].text

    def owed():
        return Deadline.objects.live().get(subject=f"event:{moved.pk}").due_on

    assert owed() == moved.due_on  # as the plan and the paper say
    assert program_paper(program)["events"][1]["due_on"] == f"{moved.due_on:%d.%m.%Y}"
    move_event(moved, by=None, on=back, due_on=back + days(3))
    assert owed() == back + days(3)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"starts_on": NOW + days(1)}, "date_in_future", "starts_on"),
        ({"starts_on": START - days(1)}, "pause_before_start", "starts_on"),
        ({"expected_on": NOW}, "expected_before_pause", "expected_on"),
        ({"reason": ""}, "text_missing", "reason"),
    ],
)
def test_a_pause_is_dated_and_says_why(change, code, field):
    program = make_running()
    facts = {"starts_on": NOW, "expected_on": NOW + days(20), "reason": "Отъезд"}
    with refused(code, field):
        pause_program(program, by=None, on=NOW, **{**facts, **change})
    assert not ProgramPause.objects.exists()


def test_an_open_pause_is_prolonged_to_a_day_ahead():
    program = make_running()
    with refused("not_paused"):
        prolong_pause(program, by=None, on=NOW, expected_on=END)
    pause_program(
        program, by=None, on=NOW, starts_on=NOW, expected_on=NOW + days(9), reason="Отъезд"
    )
    with refused("expected_before_pause", "expected_on"):
        prolong_pause(program, by=None, on=NOW + days(9), expected_on=NOW + days(9))
    assert prolong_pause(program, by=None, on=NOW + days(9), expected_on=END).expected_on == END


def test_an_amendment_may_change_needs_directions_form_and_kinds():
    program = make_running()
    need = Need.objects.create(name="Оценивание")
    common = {"by": None, "on": NOW, "summary": "Иная форма", "agreed_on": NOW}
    for item, code in (
        ({"directions": []}, "directions_missing"),
        ({"form": "PUPIL_PUPIL"}, "form_unknown"),
        ({"kinds": ["GROUP"]}, "group_needs_two"),
    ):
        with refused(code):
            amend_program(program, changes=[{"needs": [need]}, item], **common)
    assert not program.needs.exists()
    amend_program(
        program, changes=[{"needs": [need], "form": "HEAD_TEACHER", "kinds": ["VIRTUAL"]}], **common
    )
    program.group.refresh_from_db()
    assert (program.group.form, program.group.kinds) == ("HEAD_TEACHER", ("VIRTUAL",))
    assert program.needs.get() == need


@pytest.mark.parametrize(
    "step",
    [
        lambda p, long: extend_program(p, by=None, on=NOW, **{**EXTENSION, "reason": long}),
        lambda p, long: pause_program(
            p, by=None, on=NOW, starts_on=NOW, expected_on=END, reason=long
        ),
        lambda p, long: log_meeting(
            p, by=None, on=NOW, held_on=NOW, minutes=45, format="ONLINE", topic=long,
            present=p.group.members.all(),
        ),
        lambda p, long: settle_event(
            p.events.get(), by=None, on=NOW, outcome="DONE", settled_on=NOW, actual=long
        ),
    ],
    ids=["extension", "pause", "meeting", "mark"],
)  # fmt: skip
def test_a_text_longer_than_its_place_is_refused_in_words(step):
    program = make_running()
    with refused("text_too_long"):
        step(program, "я" * 501)
