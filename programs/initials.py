"""What forms begin with, so that nothing that is known is typed again."""

import datetime as dt

from programs import matching
from programs.choices import Basis
from programs.models import ContractAddendum, MentorAppointment, PaperKind
from programs.workflow.contract_papers import printed_terms
from schools.calendar import add_months, earliest_notice_effect
from schools.models import (
    ActKind,
    LocalAct,
    Membership,
    Relation,
    Role,
    StaffMember,
)
from schools.words import words_for


def proposal(school, on: dt.date, *, user, mentee=None, mentor=None) -> dict:
    """First values of a proposal; ``mentee`` and ``mentor`` are posts or None."""
    starts_on, ends_on = matching.usual_dates(on)
    mentees = [mentee] if mentee else []
    category = ""
    if mentee is not None:
        asked = mentee.requests.filter(outcome="").first()
        category = asked.category if asked else matching.suggested_category(mentee, on)
    return {
        "mentee": mentee,
        "mentor": mentor,
        "category": category,
        "form": matching.suggested_form(mentor, mentees),
        **basis_of(mentor),
        "kinds": matching.suggested_kinds(mentees),
        "why": matching.suggested_why(mentor, mentees, category),
        "curator": curator(school, on, user),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def basis_of(mentor) -> dict:
    """A partner's specialist works by the partner's agreement, everybody else by an addendum."""
    if mentor is not None and mentor.relation == Relation.PARTNER:
        return {"basis": Basis.PARTNER_AGREEMENT, "partner": mentor.partner}
    return {"basis": Basis.ADDENDUM}


def adoption(school, on: dt.date, *, user, mentee=None, mentor=None) -> dict:
    """First values for a pair that already runs: its year began on 1 September."""
    first = dt.date(on.year - (on.month < 9), 9, 1)
    position, name = signatory(school, on)
    return {
        **proposal(school, on, user=user, mentee=mentee, mentor=mentor),
        "category": matching.suggested_category(mentee, on) if mentee else "YOUNG_SPECIALIST",
        "starts_on": first,
        "ends_on": dt.date(first.year + 1, 5, 31),
        "signatory_position": position,
        "signatory_name": name,
    }


def of_proposal(group) -> dict:
    """The proposal as it stands, for its correction."""
    mentor = next((a for a in group.mentor_rows if a.ordered_on is None), None)
    terms = {
        name: getattr(mentor, name)
        for name in (
            "basis", "duty_clause", "duty_dated", "home_order", "home_agreement", "partner",
            "hours_per_month",
        )
    } if mentor else {}  # fmt: skip
    return {
        **terms,
        "form": group.form,
        "kinds": list(group.kinds),
        "why": group.why,
        "curator": group.curator,
        "starts_on": group.planned_starts_on,
        "ends_on": group.planned_ends_on,
    }


def curator(school, on: dt.date, user):
    """The acting person if curator here, else the organisation's curator, else its head."""
    rows = list(
        Membership.objects.current(on)
        .filter(school=school, role__in=[Role.CURATOR, Role.DIRECTOR])
        .select_related("person")
        .order_by("role", "pk")  # CURATOR before DIRECTOR
    )
    own = [m.person for m in rows if m.person_id == user.person_id and m.role == Role.CURATOR]
    return own[0] if own else (rows[0].person if rows else None)


def signatory(school, on: dt.date, groups=()) -> tuple[str, str]:
    """(position, full name) of the head who signs; empty where the head is a mentor there.

    The mentor of a case never signs its papers: then a deputy or the founder does.
    """
    head = (
        Membership.objects.current(on)
        .filter(school=school, role=Role.DIRECTOR)
        .select_related("person")
        .order_by("deputises_for", "-starts_on")
        .first()
    )
    if head is None:
        return "", ""
    mentors = MentorAppointment.objects.filter(
        group__in=[g.pk for g in groups], dropped_on=None, post__person=head.person_id
    )
    if groups and mentors.exists():
        return "", ""
    post = StaffMember.objects.working(on).filter(school=school, person=head.person_id).first()
    return (post.position if post else words_for(school).head).capitalize(), head.person.full_name


def addendum(group, mentor, on: dt.date) -> dict:
    """An addendum as it was printed; else half written: the term of the case, pay as in the
    organisation's last one."""
    last = (
        ContractAddendum.objects.filter(appointment__group__school=group.school)
        .order_by("-signed_on", "-pk")
        .first()
    )
    act = LocalAct.objects.in_force(on).filter(school=group.school, kind=ActKind.PAY).first()
    position, name = signatory(group.school, on, [group])
    printed = printed_terms(PaperKind.ADDENDUM, mentor)
    return {
        "signed_on": on,
        "content": last.content
        if last
        else "Наставничество: помощь наставляемому в работе"
        " по персонализированной программе, встречи, участие в оценке программы.",
        "work_form": last.work_form if last else "очно, в рабочее время",
        "starts_on": mentor.starts_on,
        "ends_on": mentor.ends_on or mentor.expected_ends_on or group.planned_ends_on,
        "pay_kind": last.pay_kind if last else None,
        "pay_amount": last.pay_amount if last else None,
        "pay_basis": last.pay_basis if last else str(act or ""),
        "employer_position": position,
        "employer_name": name,
        **printed,
    }


def notice(appointment, on: dt.date) -> dict:
    """A notice as recorded or printed last, else of today with the earliest lawful day."""
    known = appointment.notices.first()
    if known is not None:
        return {
            "side": known.by,
            "given_on": known.given_on,
            "effective_on": known.effective_on,
            "reason": known.reason,
        }
    return {
        "given_on": on,
        "effective_on": earliest_notice_effect(on, appointment.post.school.week),
        **printed_terms(PaperKind.NOTICE, appointment),
    }


def program_due(on: dt.date) -> dt.date:
    return on + dt.timedelta(days=30)


def extension(program) -> dict:
    """Three months more, agreed today."""
    return {"new_ends_on": add_months(program.current_ends_on, 3)}
