"""«Всё подписано»: consents, addenda and the order of many pairs in one transaction."""

import datetime as dt

from programs.choices import ConsentRole
from programs.errors import TransitionError
from programs.models import Consent, MentorAppointment, Order, PaperKind
from programs.workflow.base import require_alive
from programs.workflow.consents import write_consent
from programs.workflow.contract_papers import last_print, record_printed_addendum
from programs.workflow.locking import issuer_step
from programs.workflow.signing import lock_draft, sign
from schools.models import Person, StaffMember


def record_all_signed(
    order: Order,
    *,
    by,
    on: dt.date,
    number: str,
    signed_on: dt.date,
    signatory_position: str,
    signatory_name: str,
    consents: dict[tuple[int, int], dt.date],
    addenda: dict[int, dt.date] | None = None,
    signatory_role: str = "",
    signatory: Person | None = None,
) -> Order:
    """Record the consents that are not yet recorded, the addenda, then the order. All or nothing.

    Args:
        consents: {(case pk, post pk): date on the paper}. What is recorded already stays.
        addenda: {appointment pk: date on the paper} of addenda that were printed; what was
            typed for the print is recorded.

    Raises:
        TransitionError: ``case_not_in_order``, ``not_in_case``, ``addendum_not_printed`` and
            the codes of ``write_consent``, ``record_addendum`` and ``sign_order``. Nothing is
            changed then.
    """

    def cases():
        return order.lines.filter(dropped_on=None).values_list("group", flat=True)

    with issuer_step(order.register, cases, by=by, on=on) as (change, groups):
        lock_draft(order)
        if {group for group, _ in consents} - set(groups):
            raise TransitionError("case_not_in_order", "Этой пары нет в приказе.")
        posts = StaffMember.objects.select_related("person").in_bulk({post for _, post in consents})
        for (group_pk, post_pk), consented_on in sorted(consents.items()):
            group, post = groups[group_pk], posts.get(post_pk)
            require_alive(group)
            role = _role(group, post_pk)
            if not _is_recorded(group, post_pk, role):
                write_consent(change, group, role=role, post=post, signed_on=consented_on)
        _record_addenda(addenda or {}, groups, by=by, on=on)
        return sign(
            change,
            order,
            groups,
            number=number,
            signed_on=signed_on,
            signatory_position=signatory_position,
            signatory_name=signatory_name,
            signatory_role=signatory_role,
            signatory=signatory,
        )


def _record_addenda(addenda: dict[int, dt.date], groups, *, by, on: dt.date) -> None:
    rows = MentorAppointment.objects.filter(group__in=groups, dropped_on=None)
    rows = rows.select_related("group__school", "post__person").in_bulk(addenda)
    for pk, signed_on in sorted(addenda.items()):
        if pk not in rows:
            raise TransitionError("case_not_in_order", "Этой пары нет в приказе.")
        printed = last_print(PaperKind.ADDENDUM, rows[pk])
        if printed is None:
            raise TransitionError(
                "addendum_not_printed",
                f"{rows[pk].post.person.short_name}: соглашение не печатали, внесите его на"
                " странице пары.",
            )
        terms = printed.data["terms"]
        record_printed_addendum(rows[pk], terms, by=by, on=on, signed_on=signed_on)


def _role(group, post_pk: int) -> str:
    mentors = MentorAppointment.objects.filter(group=group, post=post_pk, dropped_on=None)
    if mentors.filter(ends_on=None).exists():
        return ConsentRole.MENTOR
    if group.members.present().filter(post=post_pk).exists():
        return ConsentRole.MENTEE
    raise TransitionError("not_in_case", "Согласие не участника пары.")


def _is_recorded(group, post_pk: int, role: str) -> bool:
    """A consent in force that says all it must: a mentor's names every present mentee."""
    papers = Consent.objects.in_force().filter(group=group, post=post_pk, role=role)
    if role == ConsentRole.MENTEE:
        return papers.exists()
    unnamed = group.members.present().exclude(named_in__in=papers)
    return papers.exists() and not unnamed.exists()
