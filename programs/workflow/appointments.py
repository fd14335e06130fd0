"""Another mentor, or a temporary one (domain b.4)."""

import datetime as dt

from programs.choices import Basis
from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup
from programs.workflow import proposals
from programs.workflow.base import case_step, require_alive
from programs.workflow.locking import refusing
from programs.workflow.notices import give_notice, require_open
from programs.workflow.order_lines import drop_draft_lines, main_mentor
from programs.workflow.proposals import MentorTerms
from schools.models import Partner, StaffMember

__all__ = [
    "appoint_temporary",
    "drop_mentor",
    "end_temporary",
    "give_notice",
    "replace_mentor",
]


def replace_mentor(
    group: MentoringGroup,
    *,
    by,
    on: dt.date,
    mentor: StaffMember,
    starts_on: dt.date,
    reason: str,
    basis: str = Basis.ADDENDUM,
    duty_clause: str = "",
    duty_dated: dt.date | None = None,
    home_order: str = "",
    home_agreement: str = "",
    partner: Partner | None = None,
    hours_per_month: int | None = None,
) -> MentorAppointment:
    """Propose another mentor. The order line REPLACE_MENTOR closes the former one the day
    before the new one starts (or on the day that a notice fixed); the programme goes on.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``no_mentor``,
            ``reason_missing``, ``starts_before_old_ends``, ``same_mentor``,
            ``mentor_is_mentee``, ``mentor_already_proposed`` and the codes of
            ``proposals.check_mentor``.
    """
    terms = MentorTerms(
        basis, duty_clause, duty_dated, home_order, home_agreement, partner, hours_per_month
    )
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        old = main_mentor(group)
        if old is None:
            raise TransitionError(
                "no_mentor", "Наставник ещё не назначен приказом: измените предложение."
            )
        if not reason.strip():
            raise TransitionError(
                "reason_missing", "Напишите, почему меняется наставник.", field="reason"
            )
        after = old.ends_on or old.starts_on
        if starts_on <= after:
            raise TransitionError(
                "starts_before_old_ends",
                f"Новый наставник начинает не раньше дня после {after:%d.%m.%Y}.",
                field="starts_on",
            )
        if mentor.person_id == old.post.person_id and old.ends_on is None:
            raise TransitionError("same_mentor", "Это тот же наставник.", field="mentor")
        appointment = _propose(
            group, mentor, terms, on=on, starts_on=starts_on, follows=old, reason=reason.strip()
        )
        change.record(
            "mentor_proposed",
            group,
            appointment,
            school=group.school_id,
            mentor=mentor.person.short_name,
            starts_on=starts_on,
            reason=reason.strip(),
        )
        return appointment


def appoint_temporary(
    group: MentoringGroup,
    *,
    by,
    on: dt.date,
    mentor: StaffMember,
    starts_on: dt.date,
    expected_ends_on: dt.date,
    reason: str = "",
    basis: str = Basis.ADDENDUM,
    duty_clause: str = "",
    duty_dated: dt.date | None = None,
    home_order: str = "",
    home_agreement: str = "",
    partner: Partner | None = None,
    hours_per_month: int | None = None,
) -> MentorAppointment:
    """Propose a mentor for the time of a long absence; the first returns without new papers.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``no_mentor``,
            ``ends_before_start``, ``temporary_exists``, ``mentor_is_mentee``,
            ``same_mentor`` and the codes of ``proposals.check_mentor``.
    """
    terms = MentorTerms(
        basis, duty_clause, duty_dated, home_order, home_agreement, partner, hours_per_month
    )
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        main = main_mentor(group)
        if main is None or main.ends_on is not None:
            raise TransitionError(
                "no_mentor", "Временно замещают действующего наставника, а его нет."
            )
        if mentor.person_id == main.post.person_id:
            raise TransitionError("same_mentor", "Это тот же наставник.", field="mentor")
        if expected_ends_on < starts_on:
            raise TransitionError(
                "ends_before_start", "Окончание раньше начала.", field="expected_ends_on"
            )
        if group.appointments.filter(temporary=True, ends_on=None, dropped_on=None).exists():
            raise TransitionError("temporary_exists", "Временный наставник уже есть.")
        appointment = _propose(
            group,
            mentor,
            terms,
            on=on,
            starts_on=starts_on,
            temporary=True,
            expected_ends_on=expected_ends_on,
            reason=reason.strip(),
        )
        change.record(
            "temporary_mentor_proposed",
            group,
            appointment,
            school=group.school_id,
            mentor=mentor.person.short_name,
            starts_on=starts_on,
            expected_on=expected_ends_on,
        )
        return appointment


def _propose(group, mentor: StaffMember, terms: MentorTerms, *, on, **columns):
    proposals.check_mentor(group.school, mentor, terms, form=group.form, on=on)
    if group.members.present().filter(post__person=mentor.person_id).exists():
        raise TransitionError(
            "mentor_is_mentee", "Никто не бывает наставником самому себе.", field="mentor"
        )
    with refusing("mentor_already_proposed", "Наставник уже предложен.", field="mentor"):
        return MentorAppointment.objects.create(
            group=group, post=mentor, proposed_on=on, **columns, **terms.columns(mentor)
        )


def drop_mentor(appointment: MentorAppointment, *, by, on: dt.date) -> MentorAppointment:
    """Take back a proposed replacement or temporary mentor, with its line of a draft order.

    The case goes on as it is.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``mentor_ordered``,
            ``mentor_dropped``, ``only_mentor``.
    """
    with case_step(appointment.group, by=by, on=on) as (change, group):
        require_alive(group)
        appointment = group.appointments.select_related("post__person").get(pk=appointment.pk)
        if appointment.ordered_on is not None:
            raise TransitionError("mentor_ordered", "Приказ о наставнике уже подписан.")
        if appointment.dropped_on is not None:
            raise TransitionError("mentor_dropped", "Предложение этого наставника уже снято.")
        if not group.appointments.ordered().exists():
            raise TransitionError("only_mentor", "Снимите предложение пары или измените его.")
        appointment.dropped_on = on
        appointment.save(update_fields=["dropped_on"])
        action = "APPOINT_TEMPORARY" if appointment.temporary else "REPLACE_MENTOR"
        drop_draft_lines(group, on=on, actions=[action])
        change.record(
            "mentor_dropped",
            group,
            appointment,
            school=group.school_id,
            mentor=appointment.post.person.short_name,
        )
        return appointment


def end_temporary(
    appointment: MentorAppointment, *, by, on: dt.date, ends_on: dt.date
) -> MentorAppointment:
    """The first mentor is back: the temporary one's last day is ``ends_on`` (included).

    No order is needed: the term of a temporary appointment stands in its own order.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``not_temporary``,
            ``appointment_ended``, ``ends_before_start``.
    """
    with case_step(appointment.group, by=by, on=on) as (change, group):
        require_alive(group)
        appointment = group.appointments.select_related("post__person").get(pk=appointment.pk)
        if not appointment.temporary or appointment.ordered_on is None:
            raise TransitionError("not_temporary", "Это не временное назначение по приказу.")
        require_open(appointment)
        if ends_on < appointment.starts_on:
            raise TransitionError(
                "ends_before_start",
                f"Последний день — не раньше {appointment.starts_on:%d.%m.%Y}.",
                field="ends_on",
            )
        appointment.ends_on, appointment.end_reason = ends_on, "возвращение наставника"
        appointment.save(update_fields=["ends_on", "end_reason"])
        change.record(
            "temporary_mentor_ended",
            group,
            appointment,
            school=group.school_id,
            mentor=appointment.post.person.short_name,
            ends_on=ends_on,
        )
        return appointment
