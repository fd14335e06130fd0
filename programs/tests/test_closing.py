"""Closing: one ground with what it rests on, everything ends on one day, nothing is invented."""

import datetime as dt

import pytest

from programs.models import Program, TerminationNotice
from programs.tests.factories_programme import (
    END,
    START,
    make_draft,
    make_evaluated,
    make_line,
    make_ordered_case,
    make_proposed_case,
    make_running,
)
from programs.tests.refusals import refused
from programs.workflow.closing import close_by_line, close_group, close_program, full_from
from programs.workflow.meetings import log_meeting
from programs.workflow.term import extend_program, pause_program
from schools import history
from schools.history import Scope
from schools.models import Absence

pytestmark = pytest.mark.django_db
MIDDLE = dt.date(2027, 1, 20)


def close(program, **fields):
    return close_program(
        program, **{"by": None, "on": END, "ground": "FULL", "closed_on": END, **fields}
    )


def untouched(program) -> None:
    program.refresh_from_db()
    program.group.refresh_from_db()
    assert (program.closed_on, program.ground, program.group.closed_on) == (None, "", None)
    assert not program.group.members.exclude(left_on=None).exists()
    assert not program.group.appointments.exclude(ends_on=None).exists()


def test_full_completion_ends_everything_on_its_day():
    program = make_evaluated(make_running(mentees=2))
    first, second = program.group.members.all()
    pause_program(
        program, by=None, on=END, starts_on=MIDDLE, expected_on=END, reason="Длительный отпуск"
    )

    close(program, results={first.pk: "Первая категория"})

    program.refresh_from_db()
    group = program.group
    group.refresh_from_db()
    assert (program.closed_on, program.ground, group.closed_on) == (END, "FULL", END)
    assert group.appointments.get().ends_on == END
    assert list(group.members.values_list("left_on", "left_ground", "result")) == [
        (END, "FINISHED", "Первая категория"),
        (END, "FINISHED", ""),
    ]
    assert program.pauses.get().resumed_on == END
    assert history.lines(group)[0].text == (
        "Программа завершена 31.05.2027: реализована в полном объёме по результатам оценки"
        " эффективности."
    )


def test_open_events_stay_without_a_mark():
    program = make_running()
    close(program, ground="MUTUAL", closed_on=MIDDLE)
    assert program.events.get().outcome == ""
    assert set(program.group.members.values_list("left_ground", flat=True)) == {"CLOSED"}


def test_full_completion_needs_an_evaluation_not_later_than_the_closing():
    program = make_running()
    with refused("not_evaluated", "ground"):
        close(program)
    untouched(program)
    make_evaluated(program)
    with refused("not_evaluated", "ground"):
        close(program, closed_on=END - dt.timedelta(days=1))
    untouched(program)


def test_full_completion_begins_thirty_days_before_the_end_and_never_before_three_months():
    day = END - dt.timedelta(days=30)
    program = make_evaluated(on=day - dt.timedelta(days=1))
    assert full_from(program) == day
    with refused("too_early_for_full", "closed_on"):
        close(program, closed_on=day - dt.timedelta(days=1))
    untouched(program)
    close(program, closed_on=day)

    short = make_running(make_ordered_case(end=dt.date(2026, 12, 10)))
    assert full_from(short) == dt.date(2026, 11, 30)


def test_an_extension_moves_full_completion_too():
    program = make_evaluated(on=MIDDLE)
    extend_program(
        program, by=None, on=MIDDLE, new_ends_on=dt.date(2027, 8, 31), reason="Нужно время",
        agreed_on=MIDDLE,
    )  # fmt: skip
    with refused("too_early_for_full"):
        close(program)


def test_a_low_score_may_complete_in_full_with_reasons():
    program = make_evaluated(value=0, conclusion="LOW")
    with refused("ground_text_missing", "ground_text"):
        close(program)
    untouched(program)
    close(program, ground_text="Цель достигнута иным путём: педагог получил категорию.")


@pytest.mark.parametrize(
    ("ground", "code", "field"),
    [
        ("", "ground_unknown", "ground"),
        ("BORED", "ground_unknown", "ground"),
        ("MENTOR_INITIATIVE", "ground_without_paper", "ground"),
        ("EMPLOYER_CANCEL", "ground_without_paper", "ground"),
        ("PARTICIPANT_LEFT", "ground_without_paper", "ground"),
        ("CURATOR_INITIATIVE", "ground_text_missing", "ground_text"),
        ("OTHER", "ground_text_missing", "ground_text"),
    ],
)
def test_an_early_ground_rests_on_something(ground, code, field):
    program = make_running()
    with refused(code, field):
        close(program, ground=ground, closed_on=MIDDLE)
    untouched(program)


@pytest.mark.parametrize(
    ("ground", "text"),
    [
        ("MENTEE_INITIATIVE", ""),
        ("MUTUAL", ""),
        ("MENTOR_INITIATIVE", "Заявление от 15.01.2027"),
        ("CURATOR_INITIATIVE", "Договорённости не выполняются"),
        ("OTHER", "Реорганизация школы"),
    ],
)
def test_early_grounds_by_will_or_by_words(ground, text):
    program = make_running()
    close(program, ground=ground, ground_text=text, closed_on=MIDDLE)
    program.refresh_from_db()
    assert (program.ground, program.ground_text) == (ground, text)


@pytest.mark.parametrize(
    ("ground", "by"), [("MENTOR_INITIATIVE", "MENTOR"), ("EMPLOYER_CANCEL", "EMPLOYER")]
)
def test_a_notice_closes_from_its_day_and_only_on_its_own_side(ground, by):
    program = make_running()
    TerminationNotice.objects.create(
        appointment=program.group.appointments.get(), by=by, given_on=MIDDLE, recorded_on=MIDDLE,
        earliest_on=MIDDLE + dt.timedelta(days=6), effective_on=MIDDLE + dt.timedelta(days=6),
    )  # fmt: skip
    with refused("notice_not_in_effect", "closed_on"):
        close(program, ground=ground, closed_on=MIDDLE)
    other = {"MENTOR_INITIATIVE": "EMPLOYER_CANCEL", "EMPLOYER_CANCEL": "MENTOR_INITIATIVE"}
    with refused("ground_without_paper", "ground"):
        close(program, ground=other[ground])
    untouched(program)
    close(program, ground=ground, closed_on=MIDDLE + dt.timedelta(days=5))


def test_somebody_who_left_the_organisation_or_is_away_for_long_is_a_ground():
    gone, away = make_running(), make_running()
    post = gone.group.appointments.get().post
    post.left_on = MIDDLE
    post.save()
    Absence.objects.create(
        post=away.group.members.get().post, kind="LONG", starts_on=MIDDLE - dt.timedelta(days=9)
    )
    for program in (gone, away):
        close(program, ground="PARTICIPANT_LEFT", closed_on=MIDDLE)
        program.refresh_from_db()
        assert program.ground == "PARTICIPANT_LEFT"


def test_the_last_day_is_neither_ahead_nor_before_what_happened():
    program = make_running()
    with refused("date_in_future", "closed_on"):
        close(program, ground="MUTUAL", closed_on=END + dt.timedelta(days=1))
    with refused("closed_before_start", "closed_on"):
        close(program, ground="MUTUAL", closed_on=START - dt.timedelta(days=1))
    log_meeting(
        program, by=None, on=END, held_on=END, minutes=30, format="ONLINE", topic="Итоги",
        present=program.group.members.all(),
    )  # fmt: skip
    with refused("meeting_after_closing", "closed_on"):
        close(program, ground="MUTUAL", closed_on=MIDDLE)
    with refused("not_a_member", "results"):
        close(program, ground="MUTUAL", results={0: "Чужой"})
    untouched(program)


def test_a_closed_case_takes_no_more_steps():
    program = make_evaluated()
    close(program)
    with refused("case_closed"):
        close(program, ground="MUTUAL")
    program.refresh_from_db()
    assert program.ground == "FULL"


def test_a_programme_never_approved_may_end_early_but_not_in_full():
    program = make_draft(make_ordered_case())
    program.group.school.policies.update(closing_by_order=False)
    with refused("program_not_approved"):
        close(program)
    close(program, ground="MENTEE_INITIATIVE", closed_on=MIDDLE)
    program.refresh_from_db()
    assert program.closed_on == MIDDLE


def test_where_the_school_closes_by_order_a_signed_line_is_needed():
    program = make_evaluated(make_running(by_order=True))
    with refused("order_needed", "line"):
        close(program)
    unsigned = make_line(program.group, "CLOSE")
    with refused("line_not_signed", "line"):
        close(program, line=unsigned)
    other = make_line(make_proposed_case(), "CLOSE", signed_on=END)
    with refused("line_of_another_case", "line"):
        close(program, line=other)
    line = make_line(program.group, "CLOSE", signed_on=END, number="7", data={"ground": "MUTUAL"})
    with refused("line_says_otherwise"):
        close(program, line=line)
    untouched(program)

    close(program, ground="MUTUAL", line=line)

    program.refresh_from_db()
    assert program.closing_line == line
    assert program.group.appointments.get().end_line == line
    assert program.group.members.get().left_line == line


def apply(line, on):
    with history.changing(Scope.of(cases=[line.group_id]), by=None, on=on) as change:
        close_by_line(line, line.order, change)


def test_a_signed_line_closes_by_itself_or_promises_a_day_ahead():
    program = make_evaluated(make_running(by_order=True))
    member = program.group.members.get()
    line = make_line(
        program.group, "CLOSE", signed_on=END, number="9",
        data={"ground": "FULL", "ends_on": END.isoformat(), "results": {str(member.pk): "Рост"}},
    )  # fmt: skip
    apply(line, END - dt.timedelta(days=1))
    untouched(program)
    apply(line, END)
    program.refresh_from_db()
    member.refresh_from_db()
    assert (program.ground, program.closed_on, member.result) == ("FULL", END, "Рост")


def test_a_line_that_may_not_close_stops_its_order():
    program = make_running(by_order=True)
    line = make_line(
        program.group, "CLOSE", signed_on=END, data={"ground": "FULL", "ends_on": END.isoformat()}
    )
    with refused("not_evaluated"):
        apply(line, END)
    untouched(program)
    line.data = {"ground": "FULL"}
    with refused("line_incomplete"):
        apply(line, END)


def test_what_was_only_proposed_is_dropped_with_the_case():
    program = make_running()
    newcomer = make_proposed_case(school=program.group.school)
    member, appointment = newcomer.members.get(), newcomer.appointments.get()
    for row in (member, appointment):
        row.group = program.group
        row.save()
    close(program, ground="MUTUAL", closed_on=MIDDLE)
    appointment.refresh_from_db()
    member.refresh_from_db()
    assert appointment.dropped_on == END
    assert (member.joined_on, member.left_on) == (None, MIDDLE)
    assert Program.objects.filter(closed_on=None).count() == 0


def test_an_ordered_case_without_a_programme_can_end_and_a_proposal_is_withdrawn_instead():
    ordered, proposed = make_ordered_case(), make_proposed_case()
    for group in (ordered, proposed):
        group.school.policies.update(closing_by_order=False)
    facts = {"by": None, "on": END, "closed_on": MIDDLE, "ground": "MENTEE_INITIATIVE"}
    with refused("no_order"):
        close_group(proposed, **facts)
    with refused("program_not_approved"):
        close_group(ordered, **{**facts, "ground": "FULL"})
    program = close_group(ordered, **facts)
    ordered.refresh_from_db()
    assert (program.ground, program.approved_on, ordered.closed_on) == (
        "MENTEE_INITIATIVE", None, MIDDLE,
    )  # fmt: skip
