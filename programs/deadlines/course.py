"""The programme of a case: draft, agreement, approval, events, meetings, evaluation, closing."""

import datetime as dt

from programs.choices import DateSource, Kind, LineAction, Responsible
from programs.deadlines.case import Case
from programs.deadlines.facts import ProgramFacts
from programs.deadlines.kinds import END_NOTICE_DAYS, RETURN_DAYS
from programs.deadlines.rows import curator, director, person
from programs.deadlines.rules import skip_quiet
from schools.calendar import ONE_DAY

END_NOTICE = dt.timedelta(days=END_NOTICE_DAYS)


def derive(case: Case) -> None:
    """Enter what is due on the programmes of ``case``.

    A draft is owed from the order on. Programme and order may come in either sequence: what
    was submitted before the order is agreed and approved; nothing runs without both.
    """
    programs = case.facts.programs or ([None] if case.main else [])
    for number, program in enumerate(programs, start=1):
        _draft(case, program, number)
        if program is not None:
            _agreement(case, program, number)
        if case.main:
            if program is not None and program.row.approved_on:
                _events(case, program)
                _silences(case, program)
                _evaluation(case, program)
            _closing(case, program)


def _version(program: ProgramFacts) -> int:
    """The version that was submitted: amendments of an approved programme only add to it."""
    return max(1, program.row.version - program.amendments)


def _alive(case: Case, program: ProgramFacts) -> bool:
    return case.alive and program.row.closed_on is None


def _draft(case: Case, program: ProgramFacts | None, number: int) -> None:
    """Owed from the order on; a returned programme is owed anew, as its next version."""
    row, done, alive, version = program and program.row, None, case.alive, 1
    if row is not None:
        done = row.submitted_on or row.approved_on
        alive, version = _alive(case, program), _version(program)
    source = None
    if row is not None and row.returned_on and version > 1:
        opens = row.returned_on
        due = case.rules.working(opens, case.rules.days("program_return", opens, RETURN_DAYS))
    elif case.main:
        opens = case.main[0].ordered_on if number == 1 else row.opened_on
        due = case.rules.after("program_draft", opens)
        line = case.facts.lines.get(case.main[0].order_line_id)
        if number == 1 and line is not None and line.program_due_on:
            due, source = line.program_due_on, DateSource.ORDER
    elif done is not None:
        opens = row.opened_on
        due = case.rules.after("program_draft", opens)
    else:
        return
    mentor = case.mentor_for(done)
    if mentor is None:
        return
    case.ledger.owe(
        "program_draft",
        f"group:{case.row.pk}",
        person(mentor.person_id),
        opens=opens,
        due=due,
        source=source,
        done=done,
        alive=alive,
        period=f"{number}.{version}",
    )


def _agreement(case: Case, program: ProgramFacts, number: int) -> None:
    """Each mentee agrees to the submitted version, then the director approves."""
    row, version = program.row, _version(program)
    if row.submitted_on is None:
        return
    agreed = {a.member_id: a.agreed_on for a in program.agreements if a.version == version}
    alive = _alive(case, program) and row.approved_on is None
    asked = []
    for member in case.facts.members:
        done = agreed.get(member.pk)
        if done is None and row.approved_on and member.joined_on:
            done = row.approved_on if member.joined_on <= row.approved_on else None
        if member.left_on is None and not (case.is_late(member) and not member.joined_on):
            asked.append(done)
        case.ledger.owe(
            "program_agree",
            f"program:{row.pk}",
            person(member.person_id),
            opens=row.submitted_on,
            due=case.rules.after("program_agree", row.submitted_on),
            done=done,
            alive=alive and member.left_on is None,
            period=f"{number}.{version}",
        )
    if row.approved_on is None and (not asked or None in asked):
        return
    opens = max([day for day in asked if day] or [row.submitted_on])
    case.ledger.owe(
        "program_approve",
        f"program:{row.pk}",
        director(case.row.school_id),
        opens=opens,
        due=case.rules.after("program_approve", opens),
        done=row.approved_on,
        alive=alive,
        period=str(version),
    )


def _events(case: Case, program: ProgramFacts) -> None:
    for event in program.events:
        if event.responsible == Responsible.CURATOR:
            owners = [curator(case.row.school_id)]
        elif event.responsible == Responsible.MENTOR:
            owners = [person(case.mentor_for(event.settled_on).person_id)]
        else:
            owners = [
                person(member.person_id)
                for member in case.facts.members
                if member.joined_on
                and (member.left_on is None or member.left_on >= (event.settled_on or dt.date.max))
            ]
        due = event.due_on
        ahead = case.rules.days("planned_event", due, 14)
        for owner in dict.fromkeys(owners):
            case.ledger.owe(
                "planned_event",
                f"event:{event.pk}",
                owner,
                opens=min(due, max(due - dt.timedelta(days=ahead), program.row.approved_on)),
                due=due,
                source=DateSource.ACT,
                done=event.settled_on,
                alive=_alive(case, program),
            )


def _silences(case: Case, program: ProgramFacts) -> None:
    """One row for each silence: from a meeting (or the start in force) to the next one.

    Days of breaks, pauses and of an absence of the mentor or of the only mentee do not count.
    Where the mentor is away without a known end nothing is due: the curator sees the absence.
    """
    if Kind.SITUATIONAL in case.row.kinds:
        return
    row = program.row
    start = max(row.starts_on, row.approved_on, case.in_force_from)
    if case.row.adopted_on:
        start = max(start, case.row.adopted_on)
    held = {}
    for meeting in sorted(program.meetings, key=lambda m: (m.held_on, m.pk)):
        if meeting.held_on > start:
            held[meeting.held_on] = meeting.person_id
    begin = start
    for day, mentor in held.items():
        _silence(case, program, begin, mentor, done=day)
        begin = day
    alive = _alive(case, program) and not row.evaluated_on and not case.emptied_on
    if alive and case.mentor.ends_on is None:
        begin = max(begin, case.mentor.starts_on) if case.mentor.follows_id else begin
        _silence(case, program, begin, case.mentor.person_id, done=None)


def _silence(case: Case, program: ProgramFacts, begin: dt.date, mentor: int, *, done) -> None:
    posts = [a.post_id for a in case.ordered if a.person_id == mentor][-1:]
    if len(case.present) == 1:
        posts.append(case.present[0].post_id)
    quiet = list(case.rules.breaks)
    quiet += [
        (p.starts_on, (p.resumed_on or p.expected_on) - ONE_DAY)
        for p in program.pauses
        if (p.resumed_on or p.expected_on) > p.starts_on
    ]
    for post in posts:
        quiet += case.away(post)
    due = skip_quiet(begin, case.rules.days("no_meeting", begin, 30), quiet)
    if due is None or (done is None and due > program.row.current_ends_on):
        return
    case.ledger.owe(
        "no_meeting",
        f"program:{program.row.pk}",
        person(mentor),
        opens=begin,
        due=due,
        done=done,
        period=begin.isoformat(),
    )


def _evaluation(case: Case, program: ProgramFacts) -> None:
    row, end = program.row, program.row.current_ends_on
    opens = max(min(end, row.approved_on), end - END_NOTICE)
    case.ledger.owe(
        "evaluation",
        f"program:{row.pk}",
        curator(case.row.school_id),
        opens=opens,
        due=case.rules.after("evaluation", end),
        done=row.evaluated_on,
        alive=_alive(case, program),
    )
    decisions = [(x.old_ends_on, x.agreed_on) for x in program.extensions]
    for last_day, decided in [*decisions, (end, row.evaluated_on)]:
        case.ledger.owe(
            "extension_decision",
            f"program:{row.pk}",
            curator(case.row.school_id),
            opens=last_day - END_NOTICE,
            due=last_day,
            source=DateSource.ACT,
            done=decided,
            alive=_alive(case, program),
            period=last_day.isoformat(),
        )


def _closing(case: Case, program: ProgramFacts | None) -> None:
    """Opens when evaluated, when the end has passed or when no member is left.

    Settled by the ground, and by a signed order where the organisation closes by order.
    """
    row = program and program.row
    ends, opens = [], []
    if row is not None and row.approved_on:
        ends.append(row.current_ends_on)
        opens.append(row.current_ends_on + ONE_DAY)
        opens += [row.evaluated_on] if row.evaluated_on else []
    closed = row.closed_on if row is not None else case.row.closed_on
    for day in (case.emptied_on, closed):
        if day is not None:
            ends.append(day)
            opens.append(day)
    if not ends:
        return
    case.ledger.owe(
        "closing",
        f"program:{row.pk}" if row is not None else f"group:{case.row.pk}",
        director(case.row.school_id),
        opens=min(opens),
        due=case.rules.after("closing", min(ends)),
        done=_closing_done(case, row, closed),
        alive=case.row.withdrawn_on is None,
    )


def _closing_done(case: Case, row, closed: dt.date | None) -> dt.date | None:
    if closed is None:
        return None
    if not case.rules.asks("closing_by_order", closed):
        return closed
    signed = [
        line.signed_on
        for line in case.facts.lines.values()
        if line.action == LineAction.CLOSE and line.signed_on and not line.cancelled_by_id
    ]
    if row is not None and row.closing_line_id:
        return closed
    return max(closed, min(signed)) if signed else None
