"""Consents, addendum, order, acquaintance and scans of a case."""

import datetime as dt

from programs.choices import Basis, ConsentMeans, ConsentRole, DateSource, Force
from programs.deadlines.case import Case
from programs.deadlines.kinds import LATE_MEMBER_DAYS
from programs.deadlines.rows import curator, director, person
from schools.models import Relation


def derive(case: Case) -> None:
    """Enter what is due on the papers of ``case``."""
    for appointment in case.facts.appointments:
        consented = _mentor_consented(case, appointment)
        alive = case.alive and not appointment.dropped_on and not appointment.ends_on
        case.ledger.owe(
            "mentor_consent",
            f"appointment:{appointment.pk}",
            person(appointment.person_id),
            opens=appointment.proposed_on,
            due=_before_start(case, "mentor_consent", appointment),
            source=case.rules.source(appointment.proposed_on),
            done=consented,
            alive=alive,
        )
        _addendum(case, appointment, consented, alive)
        _order(case, appointment, consented, alive)
    for member in case.facts.members:
        _mentee_consent(case, member)
        if case.is_late(member):
            _late_member(case, member)
    for line in case.facts.lines.values():
        _acquaintance(case, line)
    _scans(case)


def _before_start(case: Case, kind: str, appointment) -> dt.date:
    return case.rules.after(kind, appointment.starts_on, on=appointment.proposed_on, sign=-1)


def _mentor_consented(case: Case, appointment) -> dt.date | None:
    if appointment.consented_on:
        return appointment.consented_on
    given = [
        consent.signed_on
        for consent in case.facts.consents
        if consent.role == ConsentRole.MENTOR
        and consent.post_id == appointment.post_id
        and consent.supplements_id is None
        and consent.withdrawn_on is None
    ]
    return min(given, default=None)


def _mentee_consented(case: Case, member) -> dt.date | None:
    given = [
        consent.signed_on
        for consent in case.facts.consents
        if consent.role == ConsentRole.MENTEE
        and consent.post_id == member.post_id
        and consent.withdrawn_on is None
    ]
    return min(given, default=None)


def _mentee_consent(case: Case, member) -> None:
    if case.is_late(member):
        due = _late_due(case, member.proposed_on)
    else:
        due = case.rules.after(
            "mentee_consent", case.row.planned_starts_on, on=member.proposed_on, sign=-1
        )
    case.ledger.owe(
        "mentee_consent",
        f"member:{member.pk}",
        person(member.person_id),
        opens=member.proposed_on,
        due=due,
        done=_mentee_consented(case, member),
        alive=case.alive and member.left_on is None,
    )


def _addendum(case: Case, appointment, consented: dt.date | None, alive: bool) -> None:
    """Settled by the paper that the basis of the mentor's work asks for.

    Help to a student who is nobody's employee is outside ст. 351.8 («другому работнику»):
    there the addendum is only advised.
    """
    if consented is None:
        return
    students = case.facts.members and all(
        member.relation == Relation.PRACTICE for member in case.facts.members
    )
    case.ledger.owe(
        "addendum",
        f"appointment:{appointment.pk}",
        director(case.row.school_id),
        opens=consented,
        due=appointment.starts_on,
        source=DateSource.ORDER if appointment.ordered_on else None,
        done=_addendum_done(case, appointment, consented),
        alive=alive,
        about=appointment.person_id,
        force=Force.ADVICE if students else None,
    )


def _addendum_done(case: Case, appointment, consented: dt.date) -> dt.date | None:
    signed = [addendum.signed_on for addendum in case.facts.addenda.get(appointment.pk, [])]
    if signed:
        return min(signed)
    if appointment.basis == Basis.DUTY_OF_POST:
        return consented  # the job description itself; its clause and date are obligatory
    if appointment.basis == Basis.SECONDMENT:
        papers = appointment.home_order and appointment.home_agreement
        return (appointment.ordered_on or consented) if papers else None
    if appointment.basis == Basis.PARTNER_AGREEMENT:
        return appointment.partner_agreement_on
    return None


def _order(case: Case, appointment, consented: dt.date | None, alive: bool) -> None:
    """Opens when every consent that the order needs is in."""
    needed = [consented]
    is_first = not appointment.temporary and not any(
        other.pk != appointment.pk and other.starts_on < appointment.starts_on
        for other in case.main
    )
    if is_first:
        needed += [
            _mentee_consented(case, member)
            for member in case.present
            if not case.is_late(member)
            and case.rules.wants("mentee_consent_required", member.proposed_on, done=False)
        ]
    if appointment.ordered_on is None and None in needed:
        return
    case.ledger.owe(
        "order",
        f"appointment:{appointment.pk}",
        director(case.row.school_id),
        opens=max([day for day in needed if day] or [appointment.proposed_on]),
        due=appointment.starts_on,
        done=appointment.ordered_on,
        alive=alive,
        about=appointment.person_id,
    )


def _late_due(case: Case, day: dt.date) -> dt.date:
    return case.rules.working(day, case.rules.days("late_member", day, LATE_MEMBER_DAYS))


def _late_member(case: Case, member) -> None:
    """A mentee who joins later: the mentor's consent names them, an order amends."""
    alive = case.alive and member.left_on is None
    named = [
        (consent.signed_on, consent.post_id)
        for consent in case.facts.consents
        if consent.role == ConsentRole.MENTOR
        and consent.withdrawn_on is None
        and (consent.pk, member.pk) in case.facts.named
    ]
    consented, post = min(named, default=(None, None))
    owner = next(
        (a for a in case.facts.appointments if a.post_id == post), case.mentor
    )  # the one who consented; a former mentor's consent stays his
    case.ledger.owe(
        "mentor_consent",
        f"member:{member.pk}",
        person(owner.person_id),
        opens=member.proposed_on,
        due=_late_due(case, member.proposed_on),
        done=consented,
        alive=alive,
    )
    needed = [consented]
    if case.rules.wants("mentee_consent_required", member.proposed_on, done=False):
        needed.append(_mentee_consented(case, member))
    line = case.facts.lines.get(member.joined_line_id)
    if line is None and None in needed:
        return
    opens = max([day for day in needed if day] or [member.proposed_on])
    case.ledger.owe(
        "order",
        f"member:{member.pk}",
        director(case.row.school_id),
        opens=opens,
        due=_late_due(case, opens),
        done=line.signed_on if line else None,
        alive=alive,
        about=member.person_id,
    )


def _acquaintance(case: Case, line) -> None:
    """Everybody whom the line concerns has signed that they know the order."""
    if line.signed_on is None or line.cancelled_by_id or line.dropped_on:
        return
    people = {
        a.person_id
        for a in case.facts.appointments
        if line.pk in (a.order_line_id, a.end_line_id)
    } | {
        m.person_id
        for m in case.facts.members
        if line.pk in (m.joined_line_id, m.left_line_id)
    }  # fmt: skip
    if not people:  # an order about the case itself: whoever was in it that day
        people = {
            m.person_id
            for m in case.facts.members
            if m.joined_on and m.joined_on <= line.signed_on <= (m.left_on or line.signed_on)
        }
        people |= {case.mentor_on(line.signed_on).person_id} if case.mentor else set()
    days = [case.facts.acquainted.get((line.order_id, pk)) for pk in people]
    case.ledger.owe(
        "acquaintance",
        f"line:{line.pk}",
        curator(case.row.school_id),
        opens=line.signed_on,
        due=case.rules.after("acquaintance", line.signed_on),
        done=None if None in days else max(days, default=line.signed_on),
        alive=case.alive,
    )


def _scans(case: Case) -> None:
    papers = [
        ("consent", consent)
        for consent in case.facts.consents
        if consent.means != ConsentMeans.MARK and consent.withdrawn_on is None
    ]
    for appointment in case.facts.appointments:
        papers += [("addendum", x) for x in case.facts.addenda.get(appointment.pk, [])]
        papers += [("notice", x) for x in case.facts.notices.get(appointment.pk, [])]
    for name, paper in papers:
        case.ledger.owe(
            "scan",
            f"{name}:{paper.pk}",
            curator(case.row.school_id),
            opens=paper.recorded_on,
            due=case.rules.after("scan", paper.recorded_on),
            done=case.rules.local_date(paper.scanned_at),
            alive=case.alive,
        )
