"""Correcting what was typed about an order that entered from paper.

An order that was printed and signed here is what it says: it is changed by another order.
"""

import datetime as dt

from programs.errors import TransitionError
from programs.models import GroupMember, MentorAppointment, Order
from programs.signatories import refuse_mentor_name
from programs.workflow.base import not_in_future
from programs.workflow.locking import issuer_step
from programs.workflow.order_lines import require_mentee_consents
from programs.workflow.signing import refuse_number_taken, register_year
from schools.text import clean, key

FIELDS = ("number", "signed_on", "signatory_position", "signatory_name")


def correct_order(
    order: Order,
    *,
    by,
    on: dt.date,
    number: str,
    signed_on: dt.date,
    signatory_position: str,
    signatory_name: str,
) -> Order:
    """Number, date and signatory of an order from paper, as the paper really says them.

    The appointments of the order take its date over. What stood before stays in the history.

    Raises:
        TransitionError: ``order_not_from_paper``, ``date_in_future``, ``number_missing``,
            ``number_taken``, ``signatory_missing``, ``mentor_named``, ``consent_later``,
            ``mentee_consent_missing``, ``order_too_early``. Nothing is changed then.

    Source: Положение, 3.3: the order is not earlier than the consents.
    """
    with issuer_step(order.register, lambda: _cases(order), by=by, on=on) as (change, cases):
        order = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if not order.is_from_paper:
            raise TransitionError(
                "order_not_from_paper",
                "Так исправляют приказ, внесённый с бумаги; другой изменяют новым приказом.",
            )
        not_in_future(signed_on, on, field="signed_on", what="Дата приказа")
        before = _said(order)
        _write(order, number, signed_on, signatory_position, signatory_name)
        after = _said(order)
        if after == before:
            return order
        for group in cases.values():
            refuse_mentor_name(
                group, order.signatory_name, field="signatory_name", what="подписать приказ"
            )
        appointments = _appointments(order)
        with refuse_number_taken(order.number):
            order.save(update_fields=[*FIELDS, "number_key", "year_starts_on", "year_ends_on"])
        for appointment in appointments:
            appointment.ordered_on = order.signed_on
            appointment.save(update_fields=["ordered_on"])
        changes = [
            f"{Order._meta.get_field(name).verbose_name}: «{before[name]}» → «{after[name]}»"
            for name in FIELDS
            if before[name] != after[name]
        ]
        change.record(
            "order_corrected", order, *cases.values(),
            school=order.register.school_id, municipality=order.register.municipality_id,
            changes="; ".join(changes),
        )  # fmt: skip
        return order


def _cases(order: Order) -> set[int]:
    return set(order.lines.values_list("group", flat=True))


def _said(order: Order) -> dict[str, str]:
    shown = {name: getattr(order, name) for name in FIELDS}
    return shown | {"signed_on": f"{order.signed_on:%d.%m.%Y}"}


def _write(order: Order, number: str, signed_on: dt.date, position: str, name: str) -> None:
    order.number, order.number_key, order.signed_on = clean(number), key(number), signed_on
    order.signatory_position, order.signatory_name = clean(position), clean(name)
    order.year_starts_on, order.year_ends_on = register_year(order.register, signed_on)
    if not order.number:
        raise TransitionError("number_missing", "Укажите номер приказа.", field="number")
    if not order.signatory_name or not order.signatory_position:
        raise TransitionError(
            "signatory_missing",
            "Укажите, кто подписал приказ, и должность.",
            field="signatory_position" if order.signatory_name else "signatory_name",
        )


def _appointments(order: Order) -> list[MentorAppointment]:
    """The order's appointments, none of whose consents is later than its date."""
    cancelled = order.lines.filter(cancelled_by__signed_on__lt=order.signed_on)
    if cancelled.exists():
        raise TransitionError(
            "order_too_early",
            "Пункт этого приказа отменён более ранним числом: проверьте дату.",
            field="signed_on",
        )
    appointments = MentorAppointment.objects.select_for_update(of=("self",))
    appointments = appointments.filter(order_line__order=order).select_related("post__person")
    found = list(appointments.order_by("pk"))
    for appointment in found:
        if appointment.consented_on > order.signed_on:
            raise TransitionError(
                "consent_later",
                f"{appointment.post.person.short_name}: согласие подписано"
                f" {appointment.consented_on:%d.%m.%Y}, приказ не бывает раньше (Положение, 3.3).",
                field="signed_on",
            )
    for line in order.lines.filter(dropped_on=None, cancelled_by=None).select_related("group"):
        members = GroupMember.objects.filter(joined_line=line).select_related("post__person")
        require_mentee_consents(line, members, order.signed_on)
    return found
