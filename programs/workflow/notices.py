"""Early ending by notice (ТК РФ, ст. 351.8)."""

import datetime as dt

from programs.errors import TransitionError
from programs.models import MentorAppointment, NoticeBy, TerminationNotice
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.locking import refusing
from schools.calendar import earliest_notice_effect
from schools.models import StoredFile

ONE_DAY = dt.timedelta(days=1)


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
        require_open(appointment)
        _check_notice_dates(on, given_on, received_on, agreed_on)
        earliest_on = earliest_notice_effect(received_on or given_on, appointment.post.school.week)
        check_effect(appointment, effective_on, given_on, earliest_on, agreed_on)
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


def check_effect(appointment, effective_on, given_on, earliest_on, agreed_on) -> None:
    """Three working days ahead unless both agreed, and not before the task has begun.

    Raises:
        TransitionError: ``notice_too_short``, ``notice_before_start``.
    """
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


def require_open(appointment: MentorAppointment) -> None:
    """Refuses an appointment whose last day is fixed: ``appointment_ended``."""
    if appointment.ends_on is not None:
        raise TransitionError(
            "appointment_ended",
            f"Последний день этого поручения уже определён: {appointment.ends_on:%d.%m.%Y}.",
        )
