"""Papers of the mentor's contract, printed before they are signed (ТК РФ, ст. 351.8).

What was typed for the print stays with it, so that recording the signed paper asks for nothing
twice.
"""

import datetime as dt
from decimal import Decimal

from programs.documents.data import contract
from programs.errors import TransitionError
from programs.models import Document, NoticeBy, PaperKind
from programs.workflow.addenda import check_addendum, record_addendum
from programs.workflow.base import require_alive
from programs.workflow.notices import check_effect, require_open
from programs.workflow.papers import freeze_print
from schools.calendar import earliest_notice_effect

# What a printed addendum says and its record keeps, besides the pay.
RECORDED = ("content", "work_form", "starts_on", "ends_on", "pay_kind", "pay_basis",
            "employer_position", "employer_name", "number")  # fmt: skip
DATES = ("starts_on", "ends_on", "contract_on", "given_on", "effective_on")


def print_addendum(
    appointment,
    *,
    by,
    on: dt.date,
    content: str,
    work_form: str,
    starts_on: dt.date,
    ends_on: dt.date,
    pay_kind: str,
    pay_amount: Decimal,
    pay_basis: str,
    employer_position: str,
    employer_name: str,
    contract_on: dt.date | None = None,
    contract_number: str = "",
    number: str = "",
) -> Document:
    """Print an addendum to the contract: whole with content, term, form, size and conditions
    of pay, or not at all.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed`` and the codes of
            ``check_addendum``.
    """
    require_alive(appointment.group)
    terms = {
        "content": content.strip(),
        "work_form": work_form.strip(),
        "pay_basis": pay_basis.strip(),
        "employer_position": employer_position.strip(),
        "employer_name": employer_name.strip(),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "pay_kind": pay_kind,
        "pay_amount": pay_amount,
    }
    check_addendum(appointment, **terms)
    terms |= {
        "contract_on": contract_on,
        "contract_number": contract_number.strip(),
        "number": number.strip(),
    }
    return _print(PaperKind.ADDENDUM, contract.addendum(appointment, terms), appointment, terms,
                  by=by, on=on)  # fmt: skip


def print_notice(
    appointment,
    *,
    by,
    on: dt.date,
    side: str,
    given_on: dt.date,
    effective_on: dt.date,
    agreed_on: dt.date | None = None,
    reason: str = "",
) -> Document:
    """Print a notice of refusal or of cancellation, at least three working days ahead.

    Args:
        effective_on: the first day without the duty.
        agreed_on: date of an agreement of both on an earlier day.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``side_unknown``,
            ``mentor_not_ordered``, ``appointment_ended``, ``notice_too_short``,
            ``notice_before_start``.
    """
    require_alive(appointment.group)
    if side not in NoticeBy.values:
        raise TransitionError("side_unknown", "Укажите, чьё это уведомление.", field="side")
    if appointment.ordered_on is None:
        raise TransitionError(
            "mentor_not_ordered",
            "Приказа ещё нет: наставник отзывает согласие, уведомление не нужно.",
        )
    if not appointment.notices.exists():
        require_open(appointment)
    earliest = earliest_notice_effect(given_on, appointment.post.school.week)
    check_effect(appointment, effective_on, given_on, earliest, agreed_on)
    terms = {
        "side": side,
        "given_on": given_on,
        "effective_on": effective_on,
        "reason": reason.strip(),
    }
    return _print(PaperKind.NOTICE, contract.notice(appointment, **terms), appointment, terms,
                  by=by, on=on)  # fmt: skip


def _print(kind, content: dict, appointment, terms: dict, *, by, on) -> Document:
    kept = {
        name: value.isoformat() if name in DATES and value else str(value or "")
        for name, value in terms.items()
    }
    return freeze_print(
        kind,
        {**content, "terms": kept},
        about=appointment.post.person.last_name,
        by=by,
        on=on,
        school=appointment.group.school,
        group=appointment.group,
        post=appointment.post,
    )


def typed(terms: dict, *names: str) -> dict:
    """Terms kept with a print, as they were typed: days are days, nothing is ''."""
    return {
        name: dt.date.fromisoformat(terms[name]) if name in DATES and terms[name] else terms[name]
        for name in names
    }


def record_printed_addendum(appointment, terms: dict, *, by, on, signed_on, scan=None):
    """``record_addendum`` with the ``terms`` that its print was made with.

    Raises:
        TransitionError: those of ``record_addendum``.
    """
    return record_addendum(
        appointment, by=by, on=on, signed_on=signed_on, scan=scan,
        pay_amount=Decimal(terms["pay_amount"]), **typed(terms, *RECORDED),
    )  # fmt: skip


def last_print(kind: str, appointment) -> Document | None:
    """The last print of such a paper that was not cancelled."""
    return Document.objects.filter(
        kind=kind, group=appointment.group_id, post=appointment.post_id, cancelled_on=None
    ).first()


def printed_terms(kind: str, appointment) -> dict:
    """What was typed for the last print of such a paper; nothing where there is none."""
    last = last_print(kind, appointment)
    if last is None:
        return {}
    return {
        name: dt.date.fromisoformat(value) if name in DATES and value else value or None
        for name, value in last.data["terms"].items()
    }
