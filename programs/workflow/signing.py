"""Recording a signed order, and cancelling its lines (Положение, 3.3)."""

import datetime as dt

from programs.choices import LineAction
from programs.documents.data.orders import order_row
from programs.documents.texts import order_text
from programs.errors import TransitionError
from programs.models import Order, OrderLine, OrderRegister
from programs.notifications.events import tell_order_signed
from programs.signatories import refuse_mentor_name
from programs.workflow import order_actions  # noqa: F401 registers what the actions do
from programs.workflow.base import not_in_future, require_alive
from programs.workflow.closing import close_by_line
from programs.workflow.locking import issuer_step, refusing
from programs.workflow.order_lines import LINE_HANDLERS, register_line
from programs.workflow.term import extend_by_line
from schools.history import Change
from schools.models import Person, StoredFile
from schools.text import clean, key


def sign_order(
    order: Order,
    *,
    by,
    on: dt.date,
    number: str,
    signed_on: dt.date,
    signatory_position: str,
    signatory_name: str,
    signatory_role: str = "",
    signatory: Person | None = None,
    scan: StoredFile | None = None,
) -> Order:
    """Record that the order is signed: every line does to its case what it says.

    Names, posts and dates are frozen in the lines, the whole text in the order. An
    appointment never begins before the order's date. All lines or none.

    Args:
        number: as in the issuer's own register, unique within its year.
        signed_on: date on the paper, not after ``on``.
        signatory: who signed, if the form knows; tells a namesake of a mentor from him.

    Raises:
        TransitionError: ``order_not_draft``, ``date_in_future``, ``number_missing``,
            ``number_taken``, ``signatory_missing``, ``order_empty``, ``case_withdrawn``,
            ``case_closed``, ``mentor_named`` and the codes of ``order_actions``. Nothing is
            changed then.
    """
    with issuer_step(order.register, lambda: _cases(order), by=by, on=on) as (change, cases):
        return sign(
            change,
            order,
            cases,
            number=number,
            signed_on=signed_on,
            signatory_position=signatory_position,
            signatory_name=signatory_name,
            signatory_role=signatory_role,
            signatory=signatory,
            scan=scan,
        )


def _cases(order: Order) -> set[int]:
    return set(order.lines.filter(dropped_on=None).values_list("group", flat=True))


def sign(
    change: Change,
    order: Order,
    cases: dict,
    *,
    number: str,
    signed_on: dt.date,
    signatory_position: str,
    signatory_name: str,
    signatory_role: str = "",
    signatory: Person | None = None,
    scan: StoredFile | None = None,
) -> Order:
    """``sign_order`` inside a change that holds the issuer and the cases locked."""
    order = lock_draft(order)
    not_in_future(signed_on, change.on, field="signed_on", what="Дата приказа")
    order.number, order.number_key = clean(number), key(number)
    if not order.number:
        raise TransitionError("number_missing", "Укажите номер приказа.", field="number")
    order.signatory_position, order.signatory_name = (
        clean(signatory_position),
        clean(signatory_name),
    )
    if not order.signatory_name or not order.signatory_position:
        raise TransitionError(
            "signatory_missing",
            "Укажите, кто подписал приказ, и должность.",
            field="signatory_position" if order.signatory_name else "signatory_name",
        )
    order.signatory_role, order.scan = signatory_role, scan
    order.signed_on, order.recorded_on = signed_on, change.on
    order.year_starts_on, order.year_ends_on = register_year(order.register, signed_on)
    lines = _lines(order, cases)
    for group in {line.group_id: line.group for line in lines}.values():
        require_alive(group)
        refuse_mentor_name(
            group,
            order.signatory_name,
            field="signatory_name",
            what="подписать приказ",
            person=signatory,
        )
    for line in lines:
        _freeze(line, order)
    order.text = order_text(order)
    _save_signed(order)
    _record_signed(change, order, cases)
    for line in lines:
        LINE_HANDLERS[line.action].apply(line, order, change)
    tell_order_signed(change, order, lines)
    return order


def lock_draft(order: Order) -> Order:
    """``order`` re-read under a lock; refuses what is signed or dropped.

    Raises:
        TransitionError: ``order_not_draft``.
    """
    orders = Order.objects.select_for_update(of=("self",)).select_related(
        "register__school__municipality", "register__municipality", "amends"
    )
    order = orders.get(pk=order.pk)
    if order.signed_on is not None:
        raise TransitionError("order_not_draft", f"Подписание уже отмечено: {order}.")
    if order.dropped_on is not None:
        raise TransitionError("order_not_draft", "Проект приказа снят.")
    return order


def _lines(order: Order, cases: dict) -> list[OrderLine]:
    lines = list(order.lines.filter(dropped_on=None).order_by("group", "pk"))
    if not lines:
        raise TransitionError("order_empty", "В приказе нет ни одного пункта.")
    for line in lines:
        line.order, line.group = order, cases[line.group_id]
    return lines


def _freeze(line: OrderLine, order: Order) -> None:
    """Dates settled, words frozen: what the paper says from here on."""
    rule = LINE_HANDLERS[line.action]
    if rule.prepare is not None:
        rule.prepare(line, order)
    line.data["row"] = order_row(line)
    line.save(update_fields=["data"])


def refuse_number_taken(number: str):
    """A context: writing an order whose number the register's year already has is refused."""
    return refusing(
        "number_taken",
        f"Приказ №\u00a0{number} в этой книге за этот год уже есть.",
        field="number",
    )


def _save_signed(order: Order) -> None:
    with refuse_number_taken(order.number):
        order.save(
            update_fields=[
                "number", "number_key", "signed_on", "recorded_on", "year_starts_on",
                "year_ends_on", "signatory_role", "signatory_position", "signatory_name",
                "text", "scan",
            ]
        )  # fmt: skip


def _record_signed(change: Change, order: Order, cases: dict) -> None:
    change.record(
        "order_signed",
        order,
        school=order.register.school_id,
        municipality=order.register.municipality_id,
        number=order.number,
        signed_on=order.signed_on,
        title=order.title,
        signatory=order.signatory_name,
        cases=len(cases),
    )


def register_year(register: OrderRegister, day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the register's year that holds ``day``."""
    month = register.year_starts_in
    year = day.year if day.month >= month else day.year - 1
    return dt.date(year, month, 1), dt.date(year + 1, month, 1) - dt.timedelta(days=1)


# --- cancelling -------------------------------------------------------------------------------


def cancel_line(line: OrderLine, *, by, on: dt.date, order: Order) -> OrderLine:
    """A later signed order of the same issuer takes back what ``line`` did, where lawful.

    An assignment that has not begun returns to the proposal; one that has begun ends on the
    date of the cancelling order, with its mentees (no programme may be approved yet).

    Raises:
        TransitionError: ``order_not_signed``, ``order_of_another_issuer``,
            ``line_not_signed``, ``line_cancelled``, ``order_too_early``,
            ``line_cannot_be_cancelled``, ``line_has_lived``.
    """
    with issuer_step(line.order.register, lambda: [line.group_id], by=by, on=on) as step:
        change, _ = step
        orders = Order.objects.select_for_update(of=("self",)).select_related("register")
        order = orders.get(pk=order.pk)
        if order.signed_on is None:
            raise TransitionError("order_not_signed", "Отменяющий приказ ещё не подписан.")
        return _cancel(change, line.pk, order)


def _cancel(change: Change, pk: int, order: Order, by_line: OrderLine | None = None) -> OrderLine:
    line = _cancellable(pk, order)
    rule = LINE_HANDLERS[line.action]
    if rule.undo is None:
        raise TransitionError("line_cannot_be_cancelled", "Этот пункт приказа отменить нельзя.")
    rule.undo(line, order.signed_on, change, by_line)
    line.cancelled_by = order
    line.save(update_fields=["cancelled_by"])
    change.record(
        "order_line_cancelled",
        line,
        line.order,
        line.group,
        school=line.group.school_id,
        what=_said(line),
        order=order.number,
        ordered_on=order.signed_on,
    )
    return line


def _cancellable(pk: int, order: Order) -> OrderLine:
    lines = OrderLine.objects.select_for_update(of=("self",))
    line = lines.select_related("order__register", "group__school").filter(pk=pk).first()
    if line is None or line.order.signed_on is None or line.dropped_on is not None:
        raise TransitionError("line_not_signed", "Отменяют пункт подписанного приказа.")
    ours, theirs = order.register, line.order.register
    if (ours.school_id, ours.municipality_id) != (theirs.school_id, theirs.municipality_id):
        raise TransitionError(
            "order_of_another_issuer", "Пункт отменяет приказ той же организации."
        )
    if line.cancelled_by_id is not None:
        raise TransitionError("line_cancelled", "Этот пункт уже отменён.")
    if line.order_id == order.pk or order.signed_on < line.order.signed_on:
        raise TransitionError("order_too_early", "Пункт отменяет более поздний приказ.")
    return line


def _said(line: OrderLine) -> str:
    """«пункт приказа от 01.09.2026 № 12 (закрепить …: Иванова М. П.)»."""
    mentor = line.data.get("row", {}).get("mentor", "")
    what = f"{line.get_action_display()}: {mentor}" if mentor else line.get_action_display()
    return f"пункт приказа от {line.order.signed_on:%d.%m.%Y} №\u00a0{line.order.number} ({what})"


def _prepare_cancel(line: OrderLine, order: Order) -> None:
    target = _cancellable(line.data.get("line"), order)
    if target.group_id != line.group_id:
        raise TransitionError("line_not_signed", "Пункт прежнего приказа — о другой паре.")
    line.data["reason"] = _said(target)


def _apply_cancel(line: OrderLine, order: Order, change: Change) -> None:
    _cancel(change, line.data["line"], order, by_line=line)


register_line(LineAction.CANCEL, _apply_cancel, prepare=_prepare_cancel)
register_line(LineAction.EXTEND, extend_by_line)
register_line(LineAction.CLOSE, close_by_line)
