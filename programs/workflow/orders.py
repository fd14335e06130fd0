"""Orders: the draft, its lines, numbers. Signing and cancelling stand in ``signing``."""

import datetime as dt
import re
from contextlib import contextmanager

from programs.choices import LineAction, OrderKind
from programs.errors import TransitionError
from programs.models import Order, OrderLine, OrderRegister
from programs.workflow.base import require_alive
from programs.workflow.locking import issuer_step
from programs.workflow.order_lines import LINE_HANDLERS, LineDraft, case_name, register_line
from programs.workflow.signing import cancel_line, lock_draft, register_year, sign_order
from schools.history import Change
from schools.models import School

__all__ = [
    "LINE_HANDLERS",
    "LineDraft",
    "add_line",
    "amend_order",
    "cancel_line",
    "default_register",
    "draft_order",
    "drop_line",
    "drop_order",
    "register_line",
    "sign_order",
    "suggest_number",
]

REGISTER_NAME = "Приказы по основной деятельности"
# Which actions an order of a kind may hold; the kinds that are not here may hold any.
ACTIONS = {
    OrderKind.ASSIGN: {LineAction.ASSIGN},
    OrderKind.REPLACE: {LineAction.REPLACE_MENTOR},
    OrderKind.EXTEND: {LineAction.EXTEND},
    OrderKind.CLOSE: {LineAction.CLOSE},
}
# What a draft's author may say in a line; the rest is settled at signing.
DATA = {
    LineAction.REPLACE_MENTOR: {"reason"},
    LineAction.APPOINT_TEMPORARY: {"reason"},
    LineAction.ADD_MEMBER: {"members", "starts_on"},
    LineAction.RELEASE_MEMBER: {"members", "left_on", "ground", "statement_on", "result"},
    LineAction.END_APPOINTMENT: {"appointment", "ends_on", "reason"},
    LineAction.EXTEND: {"ends_on", "agreed_on", "reason"},
    LineAction.CLOSE: {"ends_on", "ground", "ground_text", "reason", "results"},
    LineAction.CANCEL: {"line"},
}


def default_register(school: School) -> OrderRegister:
    """The organisation's book of orders; made at the first need."""
    first = OrderRegister.objects.filter(school=school).first()
    if first is not None:
        return first
    return OrderRegister.objects.get_or_create(school=school, name=REGISTER_NAME)[0]


def draft_order(
    register: OrderRegister,
    *,
    by,
    on: dt.date,
    kind: str,
    lines,
    title: str = "",
    amends: Order | None = None,
    program_due_on: dt.date | None = None,
) -> Order:
    """Draft an order. A draft freezes nothing: names and dates are read when it is signed.

    Args:
        lines: ``LineDraft`` of cases of the issuer.
        program_due_on: by when the mentors prepare the programmes.

    Raises:
        TransitionError: ``kind_unknown``, ``order_empty``, ``case_of_another_school``,
            ``case_withdrawn``, ``case_closed``, ``action_not_of_kind``, ``line_twice``,
            ``line_already_drafted``.
    """
    lines = list(lines)
    pks = {line.group.pk for line in lines}
    with issuer_step(register, lambda: pks, by=by, on=on) as (change, cases):
        return write_draft(
            change,
            register,
            cases,
            kind=kind,
            lines=lines,
            title=title,
            amends=amends,
            program_due_on=program_due_on,
        )


def write_draft(
    change: Change,
    register: OrderRegister,
    cases: dict,
    *,
    kind: str,
    lines: list,
    title: str = "",
    amends: Order | None = None,
    program_due_on: dt.date | None = None,
) -> Order:
    """``draft_order`` inside a change that holds the issuer and the cases locked."""
    if kind not in OrderKind.values:
        raise TransitionError("kind_unknown", "Выберите вид приказа.", field="kind")
    if not lines:
        raise TransitionError("order_empty", "В приказе нет ни одного пункта.", field="lines")
    order = Order.objects.create(
        register=register,
        kind=kind,
        title=title.strip() or OrderKind(kind).label.capitalize(),
        prepared_on=change.on,
        program_due_on=program_due_on,
        amends=amends,
    )
    for line in lines:
        _write_line(order, line, cases)
    change.record(
        "order_drafted",
        order,
        *cases.values(),
        school=register.school_id,
        municipality=register.municipality_id,
        title=order.title,
        lines=len(lines),
    )
    return order


def amend_order(order: Order, *, by, on: dt.date, lines, title: str = "") -> Order:
    """Draft an order that amends a signed one; CANCEL lines take back points of it.

    Raises:
        TransitionError: ``order_not_signed`` and the codes of ``draft_order``.
    """
    if order.signed_on is None:
        raise TransitionError("order_not_signed", "Проект приказа меняют, а не дополняют приказом.")
    return draft_order(
        order.register,
        by=by,
        on=on,
        kind=OrderKind.AMEND,
        lines=lines,
        title=title or f"О внесении изменений в {order}",
        amends=order,
    )


def _write_line(order: Order, draft: LineDraft, cases) -> OrderLine:
    group = cases[draft.group.pk]
    register = order.register
    if register.school_id != group.school_id and (
        register.municipality_id != group.school.municipality_id
    ):
        raise TransitionError(
            "case_of_another_school", "Пара другой организации в этот приказ не входит."
        )
    require_alive(group)
    if draft.action not in ACTIONS.get(order.kind, set(LineAction.values)):
        raise TransitionError(
            "action_not_of_kind",
            f"«{LineAction(draft.action).label}» — не для приказа {order.get_kind_display()}.",
        )
    same = OrderLine.objects.filter(group=group, action=draft.action, dropped_on=None)
    if same.filter(order=order).exists():
        raise TransitionError("line_twice", "Пункт об этой паре в приказе уже есть.")
    if same.filter(order__signed_on=None, order__dropped_on=None).exists():
        raise TransitionError(
            "line_already_drafted", f"{case_name(group)}: уже есть в другом проекте приказа."
        )
    known = DATA.get(draft.action, set())
    return OrderLine.objects.create(
        order=order,
        group=group,
        action=draft.action,
        data={name: value for name, value in draft.data.items() if name in known},
    )


def add_line(order: Order, *, by, on: dt.date, line: LineDraft) -> OrderLine:
    """One more line in a draft.

    Raises:
        TransitionError: ``order_not_draft`` and the codes of ``draft_order``.
    """
    with _draft_step(order, by=by, on=on, extra=[line.group.pk]) as (change, order, cases):
        written = _write_line(order, line, cases)
        _record(change, "order_line_added", order, cases[line.group.pk], line.action)
        return written


def drop_line(line: OrderLine, *, by, on: dt.date) -> OrderLine:
    """Strike a line out of a draft; a signed one is cancelled by another order.

    Raises:
        TransitionError: ``order_not_draft``, ``line_dropped``, ``last_line``.
    """
    with _draft_step(line.order, by=by, on=on) as (change, order, cases):
        left = {row.pk: row for row in order.lines.filter(dropped_on=None)}
        if line.pk not in left:
            raise TransitionError("line_dropped", "Этого пункта в проекте уже нет.")
        if len(left) == 1:
            raise TransitionError("last_line", "Это единственный пункт: снимите проект приказа.")
        line = left[line.pk]
        line.dropped_on = on
        line.save(update_fields=["dropped_on"])
        _record(change, "order_line_dropped", order, cases[line.group_id], line.action)
        return line


def drop_order(order: Order, *, by, on: dt.date) -> Order:
    """Take a draft off; its lines go with it.

    Raises:
        TransitionError: ``order_not_draft``.
    """
    with _draft_step(order, by=by, on=on) as (change, order, cases):
        order.dropped_on = on
        order.save(update_fields=["dropped_on"])
        order.lines.filter(dropped_on=None).update(dropped_on=on)
        change.record(
            "order_dropped",
            order,
            *cases.values(),
            school=order.register.school_id,
            municipality=order.register.municipality_id,
            title=order.title,
        )
        return order


@contextmanager
def _draft_step(order: Order, *, by, on: dt.date, extra=()):
    """A step on a draft, re-read under the issuer's lock; refuses any other order."""

    def cases():
        return {*order.lines.values_list("group", flat=True), *extra}

    with issuer_step(order.register, cases, by=by, on=on) as (change, groups):
        yield change, lock_draft(order), groups


def _record(change: Change, kind: str, order: Order, group, action: str) -> None:
    change.record(
        kind,
        order,
        group,
        school=order.register.school_id,
        municipality=order.register.municipality_id,
        action=LineAction(action).label,
        title=order.title,
    )


def suggest_number(register: OrderRegister, on: dt.date) -> str:
    """The number after the largest of the register's year, in its own style («46-од»).

    A suggestion only: the register on paper is the truth.
    """
    starts_on, _ = register_year(register, on)
    signed = Order.objects.filter(register=register, year_starts_on=starts_on)
    newest = signed.order_by("-signed_on", "-pk").values_list("number", flat=True)
    found = [re.match(r"(\d+)(.*)", number) for number in newest]
    found = [match for match in found if match]
    if not found:
        return "1"
    return f"{max(int(match[1]) for match in found) + 1}{found[0][2]}"
