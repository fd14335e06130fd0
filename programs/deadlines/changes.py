"""What comes between: notices, questions, remarks, pauses, temporary mentors, people leaving."""

import datetime as dt

from programs.choices import DateSource
from programs.deadlines.case import Case
from programs.deadlines.kinds import STOP_NOTICE_DAYS
from programs.deadlines.rows import curator, director, person
from programs.models import HelpKind

STOP_NOTICE = dt.timedelta(days=STOP_NOTICE_DAYS)
# An appointment or membership that ended longer before the person's last day had other reasons.
LEAVING_WINDOW = dt.timedelta(days=90)


def derive(case: Case) -> None:
    for appointment in case.facts.appointments:
        for notice in case.facts.notices.get(appointment.pk, []):
            _notice(case, appointment, notice)
        if appointment.temporary and appointment.ordered_on and appointment.expected_ends_on:
            _stop(
                case, "temporary_end", f"appointment:{appointment.pk}",
                appointment.expected_ends_on, appointment.ends_on, case.alive,
            )  # fmt: skip
        if not appointment.dropped_on:
            # The end of a main mentor's work leaves the pair without one: that settles nothing.
            ended = [appointment.ends_on] if appointment.temporary else []
            settled = [*ended, *_successions(case, appointment)]
            _leaving(case, "appointment", appointment, settled)
    for member in case.facts.members:
        _leaving(case, "member", member, [member.left_on])
    for program in case.facts.programs:
        for pause in program.pauses:
            alive = case.alive and program.row.closed_on is None
            _stop(
                case, "pause_end", f"pause:{pause.pk}", pause.expected_on, pause.resumed_on, alive
            )
    for request in case.facts.help:
        _help(case, request)
    for remark in case.facts.remarks:
        case.ledger.owe(
            "remark",
            f"remark:{remark.pk}",
            curator(case.row.school_id),
            opens=remark.written_on,
            due=remark.due_on,
            source=DateSource.ACT,
            done=remark.answered_on,
        )


def _notice(case: Case, appointment, notice) -> None:
    """The director papers the end of the duty, the curator finds who goes on.

    An order about the end, an order on a successor and the end of the case settle both.
    """
    line = case.facts.lines.get(appointment.end_line_id)
    later = _successions(case, appointment)
    over = [day for day in (case.row.closed_on, case.row.withdrawn_on) if day]
    succeeded = min(later + over, default=None)
    ended = min(later + over + ([line.signed_on] if line and line.signed_on else []), default=None)
    for kind, owner, done in [
        ("notice_effect", director(case.row.school_id), ended),
        ("successor", curator(case.row.school_id), succeeded),
    ]:
        case.ledger.owe(
            kind,
            f"notice:{notice.pk}",
            owner,
            opens=notice.given_on,
            due=notice.effective_on,
            source=DateSource.ACT,
            done=done,
            about=appointment.person_id,
        )


def _stop(case: Case, kind: str, subject: str, expected: dt.date, done, alive: bool) -> None:
    case.ledger.owe(
        kind,
        subject,
        curator(case.row.school_id),
        opens=expected - STOP_NOTICE,
        due=expected,
        source=DateSource.ACT,
        done=done,
        alive=alive,
    )


def _leaving(case: Case, name: str, part, settled: list) -> None:
    """Opens with the part in the case: the day of the announcement is not among the facts.

    ``settled`` are days on which the part was released or replaced; closing settles it too.
    """
    last_day = part.post_left_on or part.leaving_on
    if last_day is None:
        return
    over = [case.row.closed_on, case.row.withdrawn_on, *settled]
    done = min([day for day in over if day], default=None)
    if done is not None and done < last_day - LEAVING_WINDOW:
        return
    case.ledger.owe(
        "leaving",
        f"{name}:{part.pk}",
        curator(case.row.school_id),
        opens=min(part.proposed_on, last_day),
        due=last_day,
        source=DateSource.ACT,
        done=done,
        about=part.person_id,
    )


def _successions(case: Case, appointment) -> list[dt.date]:
    """Days of the orders that put another main mentor in the place of this one."""
    return [
        other.ordered_on
        for other in case.main
        if other.pk != appointment.pk
        and (other.follows_id == appointment.pk or other.starts_on > appointment.starts_on)
    ]


def _help(case: Case, request) -> None:
    """Help is the mentor's to give; «другой наставник» never reaches the mentor."""
    member = next(m for m in case.facts.members if m.pk == request.member_id)
    mentor = case.mentor_for(request.answered_on)
    if request.kind == HelpKind.HELP and mentor is not None:
        kind, owner = "help_answer", person(mentor.person_id)
    elif request.kind == HelpKind.HELP:
        kind, owner = "help_answer", curator(case.row.school_id)
    else:
        kind, owner = "mentor_change", curator(case.row.school_id)
    case.ledger.owe(
        kind,
        f"help:{request.pk}",
        owner,
        opens=request.asked_on,
        due=case.rules.after(kind, request.asked_on),
        done=request.answered_on,
        alive=case.alive and member.left_on is None,
        about=member.person_id,
    )
