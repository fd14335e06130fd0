"""Реестр выплат наставникам за месяц, for the accountant: read from addenda, no payroll."""

import calendar
import datetime as dt
from decimal import Decimal

from programs.choices import PayKind
from programs.models import ContractAddendum
from schools import xlsx
from schools.typography import short_day

COLUMNS = [
    "№", "Наставник", "Должность", "Наставляемые", "Соглашение", "Действует в месяце с", "по",
    "Размер", "Единица", "Основание",
]  # fmt: skip


def month_of(text: str, on: dt.date) -> dt.date:
    """First day of the month «2026-11»; of the month of ``on`` where the text names none."""
    try:
        found = dt.datetime.strptime(f"{text}-01", "%Y-%m-%d").date()  # noqa: DTZ007 a day
    except ValueError:
        return on.replace(day=1)
    return found if 1900 < found.year < 2100 else on.replace(day=1)


def in_force(school, user, month: dt.date) -> list[tuple[ContractAddendum, dt.date, dt.date]]:
    """(addendum, first day, last day) of every addendum that holds on some day of the month.

    A later addendum to the same appointment takes the place of the earlier from its first day;
    none outlives the appointment. Both days are included.
    """
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    rows = (
        ContractAddendum.objects.visible_to(user)
        .filter(appointment__group__school=school, starts_on__lte=last, ends_on__gte=month)
        .select_related("appointment__post__person")
        .order_by("appointment__post__person__name_key", "appointment", "starts_on", "signed_on")
    )
    rows, found = list(rows), []
    for place, row in enumerate(rows):
        later = [r for r in rows[place + 1 :] if r.appointment_id == row.appointment_id]
        ends = [row.ends_on, last, *(r.starts_on - dt.timedelta(days=1) for r in later)]
        if row.appointment.ends_on:
            ends.append(row.appointment.ends_on)
        starts_on, ends_on = max(row.starts_on, month), min(ends)
        if starts_on <= ends_on:
            found.append((row, starts_on, ends_on))
    return found


def workbook(school, user, month: dt.date) -> bytes:
    """The register as XLSX with a total of the roubles a month that the addenda name."""
    held = in_force(school, user, month)
    rows = [_row(number, *found) for number, found in enumerate(held, 1)]
    roubles = [a.pay_amount for a, _, _ in held if a.pay_kind == PayKind.ROUBLES]
    total = ["", "Итого в рублях по соглашениям", "", "", "", "", "", sum(roubles, Decimal(0)),
             PayKind.ROUBLES.label, ""]  # fmt: skip
    return xlsx.table(f"Выплаты {month:%m.%Y}", COLUMNS, [*rows, total])


def _row(number: int, addendum, starts_on, ends_on) -> list:
    post = addendum.appointment.post
    members = addendum.appointment.group.members.filter(joined_on__lte=ends_on)
    members = members.exclude(left_on__lt=starts_on).select_related("post__person")
    dated = f"от {short_day(addendum.signed_on)}"
    return [
        number,
        post.person.full_name,
        post.title,
        ", ".join(m.post.person.short_name for m in members),
        f"№ {addendum.number} {dated}" if addendum.number else dated,
        starts_on,
        ends_on,
        addendum.pay_amount,
        addendum.get_pay_kind_display(),
        addendum.pay_basis,
    ]
