"""The addendum to the contract of employment (ТК РФ, ст. 351.8)."""

import datetime as dt
from decimal import Decimal

from programs.choices import Basis, PayKind
from programs.errors import TransitionError
from programs.models import ContractAddendum, MentorAppointment
from programs.signatories import names_person
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.locking import refusing
from schools.models import StoredFile

REQUIRED = {
    "content": "Опишите содержание работы наставника.",
    "work_form": "Укажите форму выполнения работы.",
    "pay_basis": "Укажите локальный акт, по которому установлена выплата.",
    "employer_position": "Укажите должность подписавшего за работодателя.",
    "employer_name": "Укажите, кто подписал за работодателя.",
}


def record_addendum(
    appointment: MentorAppointment,
    *,
    by,
    on: dt.date,
    signed_on: dt.date,
    content: str,
    work_form: str,
    starts_on: dt.date,
    ends_on: dt.date,
    pay_kind: str,
    pay_amount: Decimal,
    pay_basis: str,
    employer_position: str,
    employer_name: str,
    number: str = "",
    scan: StoredFile | None = None,
) -> ContractAddendum:
    """Record a signed addendum: content, term, form, size and conditions of pay.

    It may be signed before the order or later: its absence only warns. For a director who
    mentors the founder signs.

    Args:
        pay_amount: roubles a month, per cent of the salary or points, as ``pay_kind`` says.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``addendum_not_needed``,
            ``mentor_dropped``, ``date_in_future``, ``ends_before_start``, ``pay_unknown``,
            ``field_missing``, ``mentor_signs_for_employer``, ``addendum_recorded``.
    """
    fields = {
        "content": content.strip(),
        "work_form": work_form.strip(),
        "pay_basis": pay_basis.strip(),
        "employer_position": employer_position.strip(),
        "employer_name": employer_name.strip(),
    }
    with case_step(appointment.group, by=by, on=on) as (change, group):
        require_alive(group)
        appointment = group.appointments.select_related("post__person").get(pk=appointment.pk)
        not_in_future(signed_on, on, field="signed_on", what="Дата подписания")
        check_addendum(
            appointment,
            starts_on=starts_on,
            ends_on=ends_on,
            pay_kind=pay_kind,
            pay_amount=pay_amount,
            **fields,
        )
        with refusing(
            "addendum_recorded", "Соглашение с этой датой уже внесено.", field="signed_on"
        ):
            addendum = ContractAddendum.objects.create(
                appointment=appointment,
                number=number.strip(),
                signed_on=signed_on,
                recorded_on=on,
                starts_on=starts_on,
                ends_on=ends_on,
                pay_kind=pay_kind,
                pay_amount=pay_amount,
                scan=scan,
                **fields,
            )
        # No size of pay in the history: whoever sees the case reads it.
        change.record(
            "addendum_recorded",
            addendum,
            appointment,
            group,
            school=group.school_id,
            mentor=appointment.post.person.short_name,
            signed_on=signed_on,
        )
        return addendum


def check_addendum(
    appointment, *, starts_on, ends_on, pay_kind, pay_amount, employer_name, **texts
) -> None:
    """Whether an addendum is needed and whole: content, term, form, size and conditions of pay.

    Raises:
        TransitionError: ``addendum_not_needed``, ``mentor_dropped``, ``ends_before_start``,
            ``pay_unknown``, ``field_missing``, ``mentor_signs_for_employer``.
    """
    if appointment.basis != Basis.ADDENDUM:
        raise TransitionError(
            "addendum_not_needed",
            f"Основание — {appointment.get_basis_display()}: дополнительное соглашение"
            " не заключают.",
        )
    if appointment.dropped_on is not None:
        raise TransitionError("mentor_dropped", "Предложение этого наставника снято.")
    if ends_on < starts_on:
        raise TransitionError("ends_before_start", "Окончание раньше начала.", field="ends_on")
    if pay_kind not in PayKind.values or pay_amount is None or pay_amount <= 0:
        raise TransitionError(
            "pay_unknown", "Укажите размер выплаты больше нуля.", field="pay_amount"
        )
    texts["employer_name"] = employer_name
    for name, message in REQUIRED.items():
        if not texts[name]:
            raise TransitionError("field_missing", message, field=name)
    if names_person(appointment.post.person, employer_name):
        raise TransitionError(
            "mentor_signs_for_employer",
            "Наставник не подписывает соглашение за работодателя: за руководителя-наставника"
            " подписывает учредитель.",
            field="employer_name",
        )
