"""Another mentor, a temporary one, early ending by notice (domain b.4; ТК РФ, ст. 351.8)."""

import datetime as dt

from programs.choices import Basis
from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup, NoticeBy, TerminationNotice
from programs.workflow import proposals
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.locking import refusing
from programs.workflow.order_lines import main_mentor
from programs.workflow.proposals import MentorTerms
from schools.calendar import earliest_notice_effect
from schools.models import Partner, StaffMember, StoredFile

ONE_DAY = dt.timedelta(days=1)


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
    """Take back a proposed replacement or temporary mentor; the case goes on as it is.

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
        _require_open(appointment)
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


def _require_open(appointment: MentorAppointment) -> None:
    if appointment.ends_on is not None:
        raise TransitionError(
            "appointment_ended",
            f"Последний день этого поручения уже определён: {appointment.ends_on:%d.%m.%Y}.",
        )


def give_notice(
    appointment: MentorAppointment,
    *,
    by,
    on: dt.date,
    side: str,
    given_on: dt.date,
    effective_on: dt.date,
    received_on: dt.date | None = None,
    agreed_on: dt.date | None = None,
    reason: str = "",
    scan: StoredFile | None = None,
) -> TerminationNotice:
    """A mentor refuses early, or the employer cancels the task: in writing, at least three
    working days before (ТК РФ, ст. 351.8). No reason is needed.

    The three days run from the day on which the other side got the notice, in the employer's
    five- or six-day week; the day itself is not counted.

    Args:
        side: NoticeBy.
        effective_on: the first day without the duty; the appointment ends the day before.
        received_on: when the other side got it; ``given_on`` where nothing is said.
        agreed_on: date of an agreement of both on an earlier day.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``side_unknown``,
            ``mentor_not_ordered``, ``appointment_ended``, ``notice_recorded``,
            ``date_in_future``, ``received_before_given``, ``notice_too_short``,
            ``notice_before_start``.
    """
    with case_step(appointment.group, by=by, on=on) as (change, group):
        require_alive(group)
        if side not in NoticeBy.values:
            raise TransitionError("side_unknown", "Укажите, чьё это уведомление.", field="side")
        appointment = group.appointments.select_related("post__person", "post__school").get(
            pk=appointment.pk
        )
        if appointment.ordered_on is None:
            raise TransitionError(
                "mentor_not_ordered",
                "Приказа ещё нет: наставник отзывает согласие, уведомление не нужно.",
            )
        if appointment.notices.exists():
            raise TransitionError("notice_recorded", "Уведомление уже внесено.")
        _require_open(appointment)
        _check_notice_dates(on, given_on, received_on, agreed_on)
        earliest_on = earliest_notice_effect(received_on or given_on, appointment.post.school.week)
        _check_effect(appointment, effective_on, given_on, earliest_on, agreed_on)
        with refusing("notice_recorded", "Уведомление уже внесено."):
            notice = TerminationNotice.objects.create(
                appointment=appointment,
                by=side,
                given_on=given_on,
                received_on=received_on,
                recorded_on=on,
                earliest_on=earliest_on,
                effective_on=effective_on,
                agreed_on=agreed_on,
                reason=reason.strip(),
                scan=scan,
            )
        appointment.ends_on = effective_on - ONE_DAY
        appointment.end_reason = NoticeBy(side).label
        appointment.save(update_fields=["ends_on", "end_reason"])
        change.record(
            f"notice_by_{side.lower()}",
            notice,
            appointment,
            group,
            school=group.school_id,
            mentor=appointment.post.person.short_name,
            given_on=given_on,
            effective_on=effective_on,
        )
        return notice


def _check_notice_dates(on, given_on, received_on, agreed_on) -> None:
    not_in_future(given_on, on, field="given_on", what="Дата уведомления")
    if received_on is not None:
        not_in_future(received_on, on, field="received_on", what="Дата получения")
        if received_on < given_on:
            raise TransitionError(
                "received_before_given", "Получено раньше, чем подано.", field="received_on"
            )
    if agreed_on is not None:
        not_in_future(agreed_on, on, field="agreed_on", what="Дата соглашения")


def _check_effect(appointment, effective_on, given_on, earliest_on, agreed_on) -> None:
    if effective_on < earliest_on and agreed_on is None:
        raise TransitionError(
            "notice_too_short",
            "Предупреждают не менее чем за три рабочих дня (ТК РФ, ст. 351.8): первый день без"
            f" поручения — не раньше {earliest_on:%d.%m.%Y}, раньше — по соглашению сторон.",
            field="effective_on",
        )
    if effective_on < given_on:
        raise TransitionError(
            "notice_too_short", "Поручение не прекращают задним числом.", field="effective_on"
        )
    if effective_on <= appointment.starts_on:
        raise TransitionError(
            "notice_before_start",
            f"Поручение начинается {appointment.starts_on:%d.%m.%Y}: до этого дня отменяют пункт"
            " приказа.",
            field="effective_on",
        )
