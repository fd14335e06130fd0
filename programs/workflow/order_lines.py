"""Lines of orders: their drafts, the table of what they do, and the checks they share.

``prepare(line, order)`` settles the dates of the line before its words are frozen;
``apply(line, order, change)`` does it; ``undo(line, day, change, by_line)`` takes it back on
the day of the cancelling order. Steps of a programme add their own actions with
``register_line``. All run with the case locked, inside ``sign_order`` or ``cancel_line``.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from programs.choices import ConsentRole
from programs.errors import TransitionError
from programs.models import (
    Consent,
    GroupMember,
    MentorAppointment,
    MentoringGroup,
    Order,
    OrderLine,
)
from programs.workflow.locking import refusing
from programs.workflow.policies import policy_on

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class LineDraft:
    """A line to put into a draft. ``data``, by action (dates as ISO text):

    ASSIGN: nothing. REPLACE_MENTOR, APPOINT_TEMPORARY: ``reason`` if any.
    ADD_MEMBER: ``members`` (pks; all proposed ones by default).
    RELEASE_MEMBER: ``members``, ``left_on``, ``ground``, ``statement_on``, ``result``.
    END_APPOINTMENT: ``ends_on`` (last day), ``reason``, ``appointment`` (the main one by default).
    CANCEL: ``line`` (pk of a line of an earlier order).
    EXTEND, CLOSE: see ``programs.workflow.term`` and ``closing``.
    """

    group: MentoringGroup
    action: str
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class LineRule:
    apply: Callable
    prepare: Callable | None = None
    undo: Callable | None = None


LINE_HANDLERS: dict[str, LineRule] = {}


def register_line(action: str, apply, *, prepare=None, undo=None) -> None:
    """Say what lines of ``action`` do; called once, at import."""
    LINE_HANDLERS[action] = LineRule(apply, prepare, undo)


def day_of(line: OrderLine, name: str) -> dt.date | None:
    """A date of the line's data; refuses what is no date as ``line_incomplete``."""
    text = line.data.get(name)
    try:
        return dt.date.fromisoformat(text) if text else None
    except (TypeError, ValueError) as error:
        raise TransitionError("line_incomplete", "В пункте приказа неверная дата.") from error


def drop_draft_lines(group: MentoringGroup, *, on: dt.date, actions=()) -> None:
    """Lines about the case leave the drafts; a draft without any line goes too.

    Args:
        actions: only lines of these; of every action by default.
    """
    lines = OrderLine.objects.filter(group=group, order__signed_on=None, dropped_on=None)
    if actions:
        lines = lines.filter(action__in=actions)
    orders = list(lines.values_list("order", flat=True))
    lines.filter(pk__in=list(lines.values_list("pk", flat=True))).update(dropped_on=on)
    left = OrderLine.objects.filter(order__in=orders, dropped_on=None).values("order")
    drafts = Order.objects.filter(pk__in=orders, signed_on=None, dropped_on=None)
    drafts.exclude(pk__in=left).update(dropped_on=on)


# --- who is meant, and the consents -----------------------------------------------------------


def proposed_mentor(line: OrderLine, *, temporary: bool = False) -> MentorAppointment:
    """The proposed appointment of the line's case.

    Raises:
        TransitionError: ``no_proposed_mentor``.
    """
    proposed = MentorAppointment.objects.select_related("post__person", "follows")
    found = proposed.filter(
        group=line.group_id, ordered_on=None, dropped_on=None, temporary=temporary
    ).first()
    if found is None:
        raise TransitionError(
            "no_proposed_mentor", f"{case_name(line.group)}: наставник не предложен."
        )
    return found


def main_mentor(group) -> MentorAppointment | None:
    """The latest ordered main appointment, open or ended."""
    ordered = MentorAppointment.objects.ordered().filter(group=group, temporary=False)
    return ordered.select_related("post__person").order_by("-starts_on", "-pk").first()


def named_members(line: OrderLine, *, joined: bool) -> list[GroupMember]:
    """Members that the line names, present, joined or not yet; all such by default.

    Raises:
        TransitionError: ``no_mentees``.
    """
    members = line.group.members.present().filter(joined_on__isnull=not joined)
    members = members.select_related("post__person").order_by("pk")
    named = line.data.get("members")
    if named:
        members = members.filter(pk__in=named)
    found = list(members)
    if not found or (named and len(found) != len(set(named))):
        raise TransitionError(
            "no_mentees", f"{case_name(line.group)}: проверьте список наставляемых."
        )
    return found


def mentor_consent(appointment: MentorAppointment, members, signed_on: dt.date) -> Consent:
    """The mentor's consent in force, not later than the order, that names every mentee.

    Raises:
        TransitionError: ``mentor_consent_missing`` or ``consent_names_not``.

    Source: Положение, 3.3; ТК РФ, ст. 351.8.
    """
    papers = (
        Consent.objects.select_for_update(of=("self",))
        .in_force()
        .filter(
            group=appointment.group_id,
            post=appointment.post_id,
            role=ConsentRole.MENTOR,
            signed_on__lte=signed_on,
        )
    )
    papers = list(papers.order_by("pk"))
    first = next((paper for paper in papers if paper.supplements_id is None), None)
    person = appointment.post.person.short_name
    if first is None:
        raise TransitionError(
            "mentor_consent_missing",
            f"Нет согласия наставника ({person}) не позже даты приказа (Положение, 3.3).",
        )
    named = set(GroupMember.objects.filter(named_in__in=papers).values_list("pk", flat=True))
    missing = [m.post.person.short_name for m in members if m.pk not in named]
    if missing:
        raise TransitionError(
            "consent_names_not",
            f"Согласие наставника ({person}) не называет: {', '.join(missing)}."
            " Нужно дополнение к согласию не позже даты приказа.",
        )
    return first


def require_mentee_consents(line: OrderLine, members, signed_on: dt.date) -> None:
    """Each mentee's consent where the organisation's settings of that day ask for it.

    Raises:
        TransitionError: ``mentee_consent_missing``, naming everybody without one.
    """
    if not policy_on(line.group.school_id, signed_on).mentee_consent_required:
        return
    given = (
        Consent.objects.select_for_update(of=("self",))
        .in_force()
        .filter(group=line.group_id, role=ConsentRole.MENTEE, signed_on__lte=signed_on)
    )
    posts = {consent.post_id for consent in given.order_by("pk")}
    missing = [m.post.person.short_name for m in members if m.post_id not in posts]
    if missing:
        raise TransitionError(
            "mentee_consent_missing",
            f"Нет согласия не позже даты приказа: {', '.join(missing)}.",
        )


def order_appointment(appointment: MentorAppointment, line: OrderLine, order, consent) -> None:
    """The proposed appointment is in force by ``line`` from its ``starts_on`` on.

    Raises:
        TransitionError: ``secondment_papers_missing``, ``mentor_taken``.
    """
    if appointment.basis == "SECONDMENT" and not (
        appointment.home_order and appointment.home_agreement
    ):
        raise TransitionError(
            "secondment_papers_missing",
            f"{case_name(line.group)}: нужны приказ организации-работодателя"
            " и соглашение организаций.",
        )
    appointment.consent, appointment.consented_on = consent, consent.signed_on
    appointment.order_line, appointment.ordered_on = line, order.signed_on
    with refusing("mentor_taken", "В паре уже есть действующий наставник."):
        appointment.save(
            update_fields=["consent", "consented_on", "order_line", "ordered_on", "starts_on"]
        )


def join(members, line: OrderLine, joined_on: dt.date) -> None:
    for member in members:
        member.joined_on, member.joined_line = joined_on, line
        member.save(update_fields=["joined_on", "joined_line"])


def case_name(group: MentoringGroup) -> str:
    """«Пара (Иванова М. П. — Петрова А. А.)», for a refusal in an order of many pairs."""
    appointments = group.appointments.filter(dropped_on=None).select_related("post__person")
    mentor = appointments.order_by("pk").last()
    mentees = short_names(group.members.present().select_related("post__person"))
    people = " — ".join(
        filter(None, [mentor.post.person.short_name if mentor else "", ", ".join(mentees)])
    )
    return f"{'Группа' if len(mentees) > 1 else 'Пара'} ({people})"


def short_names(members) -> list[str]:
    return [member.post.person.short_name for member in members]


def told(line: OrderLine, order) -> dict:
    """What every event of a line says, for its sentence."""
    return {"order": order.number, "ordered_on": order.signed_on, "school": line.group.school_id}
