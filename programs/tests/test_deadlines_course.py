"""The programme from draft to closing, and what comes between: opens, due, done, lapsed."""

import datetime as dt

import pytest

from programs.models import (
    Deadline,
    HelpRequest,
    ProgramAgreement,
    ProgramAmendment,
    ProgramExtension,
    ProgramPause,
    Remark,
    TerminationNotice,
)
from programs.tests.deadline_world import World, d, dates
from schools.models import Absence, SchoolBreak
from schools.tests.factories import make_methodologist, make_post

pytestmark = pytest.mark.django_db


def agree(program, member, day):
    return ProgramAgreement.objects.create(
        program=program, member=member, version=program.version, agreed_on=day
    )


def vacation(world, first, last, kind="SCHOOL"):
    return SchoolBreak.objects.create(
        municipality=world.school.municipality, kind=kind, name="каникулы",
        starts_on=d(first), ends_on=d(last),
    )  # fmt: skip


def pause(program, first, expected, resumed=None):
    return ProgramPause.objects.create(
        program=program, starts_on=d(first), expected_on=d(expected),
        resumed_on=resumed and d(resumed), reason="карантин",
    )  # fmt: skip


def ask(world, asked_on, kind="HELP") -> HelpRequest:
    return HelpRequest.objects.create(
        group=world.group, member=world.member, kind=kind, asked_on=asked_on
    )


# --- the programme ------------------------------------------------------------------------------


def test_a_programme_is_due_thirty_days_after_the_order():
    world = World()
    world.consents()
    assert world.due("program_draft") == []
    world.order(d("10.09.2026"))
    row = world.one("program_draft")
    assert dates(row) == ("10.09.2026", "10.10.2026", None)
    assert (row.force, row.date_source, row.period) == ("LAW", "DEFAULT", "1.1")
    assert row.owner == f"person:{world.mentor.person_id}"


def test_a_day_named_in_the_order_binds():
    world = World()
    world.consents()
    world.order(d("10.09.2026"), program_due_on=d("25.09.2026"))
    row = world.one("program_draft")
    assert (dates(row)[1], row.date_source) == ("25.09.2026", "ORDER")


def test_submitted_programme_goes_to_the_mentee_then_to_the_director():
    world = World()
    world.consents()
    world.order()
    program = world.program(submitted=d("21.09.2026"))
    assert world.one("program_draft").done_on == d("21.09.2026")
    assert dates(world.one("program_agree")) == ("21.09.2026", "28.09.2026", None)
    assert world.due("program_approve") == []
    agree(program, world.member, d("22.09.2026"))
    assert world.one("program_agree").done_on == d("22.09.2026")
    assert dates(world.one("program_approve")) == ("22.09.2026", "29.09.2026", None)
    program.approved_on, program.approved_position = d("23.09.2026"), "директор"
    program.approved_name = "Иванова И. И."
    program.save()
    assert world.one("program_approve").done_on == d("23.09.2026")


def test_programme_before_the_order_is_agreed_too_and_nothing_runs():
    world = World()
    program = world.program(approved=d("08.09.2026"))
    world.event(program, d("20.09.2026"))
    world.consents()
    assert world.one("program_draft").done_on == d("08.09.2026")
    assert world.one("program_approve").done_on == d("08.09.2026")
    assert world.due("planned_event") == world.due("no_meeting") == world.due("closing") == []


def test_a_returned_programme_is_owed_again_in_ten_working_days():
    world = World()
    world.consents()
    world.order()
    program = world.program(submitted=d("21.09.2026"))
    agree(program, world.member, d("22.09.2026"))
    world.refresh()
    program.submitted_on, program.returned_on, program.version = None, d("23.09.2026"), 2
    program.save()
    row = world.one("program_draft")
    assert (dates(row), row.period) == (("23.09.2026", "07.10.2026", None), "1.2")
    assert world.due("program_agree") == world.due("program_approve") == []
    program.submitted_on = d("25.09.2026")
    program.save()
    assert world.one("program_draft").done_on == d("25.09.2026")
    assert dates(world.one("program_agree")) == ("25.09.2026", "02.10.2026", None)


def test_a_mentee_who_left_and_came_back_is_asked_once():
    world = World()
    world.consents()
    world.order()
    world.member.left_on, world.member.left_ground = d("16.09.2026"), "STATEMENT"
    world.member.save()
    world.add_member(world.mentee, proposed_on=d("18.09.2026"))
    world.program(submitted=d("21.09.2026"))
    assert dates(world.one("program_agree")) == ("21.09.2026", "28.09.2026", None)


def test_an_amendment_does_not_ask_for_another_agreement():
    world = World()
    program = world.running()
    before = [(r.key_text, dates(r)) for r in _keyed(world.due("program_agree"))]
    ProgramAmendment.objects.create(
        program=program, version=2, summary="план", agreed_on=d("01.10.2026"),
        recorded_on=d("01.10.2026"),
    )  # fmt: skip
    program.version = 2
    program.save()
    assert [(r.key_text, dates(r)) for r in _keyed(world.due("program_agree"))] == before


def _keyed(rows):
    for row in rows:
        row.key_text = f"{row.kind} {row.subject} {row.owner} {row.period}"
    return rows


@pytest.mark.parametrize(
    ("responsible", "owner"),
    [("MENTOR", "mentor"), ("MENTEE", "mentee"), ("CURATOR", "curator")],
)
def test_a_planned_event_opens_two_weeks_before_its_day(responsible, owner):
    world = World()
    program = world.running()
    event = world.event(program, d("10.11.2026"), responsible)
    row = world.one("planned_event")
    assert dates(row) == ("27.10.2026", "10.11.2026", None)
    owners = {
        "mentor": f"person:{world.mentor.person_id}",
        "mentee": f"person:{world.mentee.person_id}",
        "curator": f"curator:school:{world.school.pk}",
    }
    assert (row.owner, row.force, row.date_source) == (owners[owner], "SCHOOL", "ACT")
    event.due_on = d("17.11.2026")  # moved: the same duty, another day
    event.save()
    assert world.one("planned_event").pk == row.pk
    event.outcome, event.settled_on = "DONE", d("16.11.2026")
    event.save()
    assert dates(world.one("planned_event")) == ("03.11.2026", "17.11.2026", "16.11.2026")


def test_a_date_in_a_break_moves_past_it_and_one_that_the_pair_named_stays():
    world = World()
    program = world.running()
    vacation(world, "31.10.2026", "08.11.2026")
    vacation(world, "09.11.2026", "20.11.2026", kind="KINDERGARTEN")
    ask(world, d("29.10.2026"))
    assert world.one("help_answer").due_on == d("09.11.2026")
    world.event(program, d("03.11.2026"))
    assert world.one("planned_event").due_on == d("03.11.2026")
    assert world.one("evaluation").due_on == d("15.06.2027")


def test_law_dates_do_not_move_past_a_break():
    world = World()
    vacation(world, "01.06.2027", "31.08.2027")
    world.running()
    assert world.one("evaluation").due_on == d("15.06.2027")
    assert world.one("closing").due_on == d("15.06.2027")


# --- silence ------------------------------------------------------------------------------------


def test_thirty_days_without_a_record_from_the_start_in_force():
    world = World()
    program = world.running()
    row = world.one("no_meeting")
    assert (dates(row), row.period) == (("15.09.2026", "15.10.2026", None), "2026-09-15")
    world.meet(program, d("24.09.2026"))
    first, second = world.due("no_meeting")
    assert dates(first) == ("15.09.2026", "15.10.2026", "24.09.2026")
    assert dates(second) == ("24.09.2026", "24.10.2026", None)
    program.meetings.update(cancelled_on=d("25.09.2026"), cancel_reason="ошибка")
    assert dates(world.one("no_meeting")) == ("15.09.2026", "15.10.2026", None)


def test_breaks_pauses_and_absences_do_not_count_as_silence():
    world = World()
    program = world.running()
    vacation(world, "05.10.2026", "11.10.2026")  # 7 days
    assert world.one("no_meeting").due_on == d("22.10.2026")
    pause(program, "08.10.2026", "15.10.2026", "15.10.2026")  # 3 more beside the break
    assert world.one("no_meeting").due_on == d("25.10.2026")
    absence = Absence.objects.create(
        post=world.mentor, kind="OTHER", starts_on=d("20.10.2026"), expected_on=d("22.10.2026")
    )
    assert world.one("no_meeting").due_on == d("27.10.2026")
    absence.expected_on = None
    absence.save()
    assert world.due("no_meeting") == []  # away nobody knows for how long


@pytest.mark.parametrize("change", ["situational", "switched off", "evaluated", "past the end"])
def test_silence_is_not_asked_about(change):
    world = World(kinds=("SITUATIONAL",)) if change == "situational" else World()
    program = world.running()
    if change == "switched off":
        world.policy(meetings_tracked=False)
    elif change == "evaluated":
        program.evaluated_on = d("10.10.2026")
        program.save()
    elif change == "past the end":
        world.meet(program, d("15.05.2027"))
        assert [r.done_on for r in world.due("no_meeting")] == [d("15.05.2027")]
        return
    assert world.due("no_meeting") == []


def test_a_successor_s_silence_starts_with_the_successor():
    world = World()
    program = world.running()
    world.meet(program, d("24.09.2026"))
    old = world.appointment
    old.ends_on, old.end_line = (
        d("11.10.2026"),
        world.signed_line("REPLACE_MENTOR", d("09.10.2026")),
    )
    old.save()
    new = world.propose(
        make_post(world.school), proposed_on=d("05.10.2026"), starts_on=d("12.10.2026"), follows=old
    )
    world.consent(new.post, "MENTOR", d("06.10.2026"))
    world.order(d("09.10.2026"), new)
    done, now = world.due("no_meeting")
    assert (done.owner, done.done_on) == (f"person:{world.mentor.person_id}", d("24.09.2026"))
    assert (now.owner, dates(now)) == (
        f"person:{new.post.person_id}", ("12.10.2026", "11.11.2026", None),
    )  # fmt: skip


# --- pause --------------------------------------------------------------------------------------


def test_an_open_pause_hides_what_no_law_asks_and_resuming_adds_its_days():
    world = World()
    program = world.running()
    world.event(program, d("10.11.2026"))
    world.event(program, d("20.10.2026"))  # due before the pause
    stop = pause(program, "02.11.2026", "16.11.2026")
    assert [r.hidden for r in world.due("planned_event")] == [True, True]
    assert not world.one("addendum").hidden
    assert not world.one("evaluation").hidden
    assert dates(world.one("pause_end")) == ("09.11.2026", "16.11.2026", None)
    assert not world.one("pause_end").hidden
    ask(world, d("30.10.2026"))
    assert world.one("help_answer").due_on == d("05.11.2026")
    stop.resumed_on = d("12.11.2026")
    stop.save()
    assert world.one("help_answer").due_on == d("15.11.2026")
    assert not any(r.hidden for r in world.due("planned_event"))
    assert world.one("evaluation").due_on == d("15.06.2027")
    assert world.one("pause_end").done_on == d("12.11.2026")


def test_what_was_settled_before_a_pause_does_not_move():
    world = World()
    program = world.running()
    asked = ask(world, d("30.10.2026"))
    asked.answer, asked.answered_on = "Зайду", d("01.11.2026")
    asked.save()
    pause(program, "02.11.2026", "12.11.2026", "12.11.2026")
    assert world.one("help_answer").due_on == d("05.11.2026")


# --- the end ------------------------------------------------------------------------------------


def test_evaluation_decision_and_closing_around_the_end():
    world = World()
    program = world.running()
    assert dates(world.one("evaluation")) == ("01.05.2027", "15.06.2027", None)
    assert dates(world.one("extension_decision")) == ("01.05.2027", "31.05.2027", None)
    assert dates(world.one("closing")) == ("01.06.2027", "15.06.2027", None)
    program.evaluated_on = d("25.05.2027")
    program.save()
    assert world.one("evaluation").done_on == d("25.05.2027")
    assert world.one("extension_decision").done_on == d("25.05.2027")
    assert dates(world.one("closing")) == ("25.05.2027", "15.06.2027", None)


def test_an_extension_settles_the_decision_and_moves_the_end():
    world = World()
    program = world.running()
    world.refresh()
    ProgramExtension.objects.create(
        program=program, old_ends_on=d("31.05.2027"), new_ends_on=d("30.06.2027"), reason="цель",
        agreed_on=d("20.05.2027"), recorded_on=d("20.05.2027"),
    )  # fmt: skip
    program.current_ends_on = d("30.06.2027")
    program.save()
    old, new = world.due("extension_decision")
    assert dates(old) == ("01.05.2027", "31.05.2027", "20.05.2027")
    assert dates(new) == ("31.05.2027", "30.06.2027", None)
    assert world.one("evaluation").due_on == d("14.07.2027")


def test_closing_by_order_is_settled_by_the_order():
    world = World()
    program = world.running()
    program.evaluated_on = program.closed_on = d("02.06.2027")
    program.ground = "MENTEE_INITIATIVE"
    program.save()
    world.group.closed_on = program.closed_on
    world.group.save()
    assert world.one("closing").done_on is None
    program.closing_line = world.signed_line("CLOSE", d("02.06.2027"))
    program.save()
    assert world.one("closing").done_on == d("02.06.2027")
    assert world.due("no_meeting") == []
    assert world.one("evaluation").done_on


def test_closing_by_decision_needs_no_order():
    world = World()
    world.policy(closing_by_order=False)
    program = world.running()
    program.closed_on, program.ground = d("02.03.2027"), "MUTUAL"
    program.save()
    world.group.closed_on = program.closed_on
    world.group.save()
    assert dates(world.one("closing")) == ("02.03.2027", "17.03.2027", "02.03.2027")
    assert world.due("evaluation") == []
    assert Deadline.objects.filter(kind="evaluation").count() == 0


def test_a_case_that_nobody_is_left_in_must_be_closed():
    world = World()
    world.running()
    world.member.left_on, world.member.left_ground = d("20.10.2026"), "STATEMENT"
    world.member.save()
    assert dates(world.one("closing")) == ("20.10.2026", "03.11.2026", None)
    assert world.due("no_meeting") == []


# --- changes on the way -------------------------------------------------------------------------


def test_a_notice_asks_the_director_for_the_end_and_the_curator_for_a_successor():
    world = World()
    world.running()
    TerminationNotice.objects.create(
        appointment=world.appointment, by="MENTOR", given_on=d("05.10.2026"),
        recorded_on=d("05.10.2026"), earliest_on=d("09.10.2026"), effective_on=d("09.10.2026"),
    )  # fmt: skip
    world.appointment.ends_on = d("08.10.2026")
    world.appointment.save()
    for kind, owner in [("notice_effect", "director"), ("successor", "curator")]:
        row = world.one(kind)
        assert dates(row) == ("05.10.2026", "09.10.2026", None)
        assert (row.force, row.date_source) == ("LAW", "ACT")
        assert row.owner == f"{owner}:school:{world.school.pk}"
    world.appointment.end_line = world.signed_line("END_APPOINTMENT", d("08.10.2026"))
    world.appointment.save()
    assert world.one("notice_effect").done_on == d("08.10.2026")
    assert world.one("successor").done_on is None
    new = world.propose(
        make_post(world.school), starts_on=d("12.10.2026"), follows=world.appointment
    )
    world.consent(new.post, "MENTOR", d("06.10.2026"))
    world.order(d("09.10.2026"), new)
    assert world.one("successor").done_on == d("09.10.2026")


def test_help_is_the_mentor_s_and_another_mentor_is_the_curator_s():
    world = World()
    world.running()
    asked = d("09.10.2026")  # a Friday
    for kind in ("HELP", "OTHER_MENTOR"):
        ask(world, asked, kind)
    assert world.one("help_answer").owner == f"person:{world.mentor.person_id}"
    assert world.one("mentor_change").owner == f"curator:school:{world.school.pk}"
    assert dates(world.one("help_answer")) == ("09.10.2026", "14.10.2026", None)
    HelpRequest.objects.update(answered_on=d("12.10.2026"), answer="да")
    assert world.one("mentor_change").done_on == d("12.10.2026")


def test_a_remark_has_its_own_day_even_in_a_break():
    world = World()
    vacation(world, "31.10.2026", "08.11.2026")
    remark = Remark.objects.create(
        group=world.group, author=make_methodologist(world.school.municipality), text="?",
        written_on=d("20.10.2026"), due_on=d("03.11.2026"),
    )  # fmt: skip
    assert dates(world.one("remark")) == ("20.10.2026", "03.11.2026", None)
    remark.answered_on, remark.answer = d("30.10.2026"), "!"
    remark.save()
    assert world.one("remark").done_on == d("30.10.2026")


def test_a_temporary_mentor_s_end_is_a_question_a_week_before():
    world = World()
    world.running()
    temporary = world.propose(
        make_post(world.school), temporary=True, starts_on=d("05.10.2026"),
        expected_ends_on=d("30.11.2026"), proposed_on=d("01.10.2026"),
    )  # fmt: skip
    world.consent(temporary.post, "MENTOR", d("02.10.2026"))
    world.order(d("02.10.2026"), temporary)
    assert dates(world.one("temporary_end")) == ("23.11.2026", "30.11.2026", None)
    owner = world.one("no_meeting").owner
    assert owner == f"person:{temporary.post.person_id}"
    temporary.ends_on = d("20.11.2026")
    temporary.save()
    assert world.one("temporary_end").done_on == d("20.11.2026")
    assert world.one("no_meeting").owner == f"person:{world.mentor.person_id}"


def test_somebody_s_leaving_is_to_be_settled_in_every_case():
    world = World()
    other = World(beside=world)
    world.running()
    other.running()
    other.add_member(world.mentee)
    assert world.due("leaving") == []
    world.mentee.leaving_on = d("30.11.2026")
    world.mentee.save()
    world.refresh(people=[world.mentee.person_id])
    rows = Deadline.objects.live().filter(kind="leaving").order_by("group_id")
    assert [(r.group_id, r.due_on, r.done_on) for r in rows] == [
        (world.group.pk, d("30.11.2026"), None),
        (other.group.pk, d("30.11.2026"), None),
    ]
    world.member.left_on, world.member.left_ground = d("30.11.2026"), "LEFT_SCHOOL"
    world.member.save()
    assert world.one("leaving", group=world.group).done_on == d("30.11.2026")


def test_dates_past_the_published_calendar_are_provisional():
    world = World(planned_starts_on=d("14.09.2026"))
    world.running(ends="31.08.2027")
    assert not world.one("evaluation").provisional
    program = world.group.programs.get()
    ProgramExtension.objects.create(
        program=program,
        old_ends_on=program.current_ends_on,
        new_ends_on=d("31.01.2028"),
        reason="нужно время",
        agreed_on=d("01.08.2027"),
        recorded_on=d("01.08.2027"),
    )
    program.current_ends_on = d("31.01.2028")
    program.save()
    assert world.one("evaluation").provisional
    assert world.one("evaluation").due_on == d("31.01.2028") + dt.timedelta(days=14)


def test_a_mentor_who_left_is_replaced_or_the_case_is_closed():
    world = World()
    world.running()
    world.mentor.left_on = d("30.11.2026")
    world.mentor.save()
    world.appointment.ends_on = d("30.11.2026")
    world.appointment.save()
    assert world.one("leaving").done_on is None
    new = world.propose(
        make_post(world.school), starts_on=d("01.12.2026"), follows=world.appointment
    )
    world.consent(new.post, "MENTOR", d("20.11.2026"))
    world.order(d("25.11.2026"), new)
    assert world.one("leaving").done_on == d("25.11.2026")
