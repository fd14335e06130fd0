"""Papers of the mentor's own contract (ТК РФ, ст. 351.8): the addendum and the notices."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from programs.choices import PayKind
from programs.documents.data.common import (
    acting,
    addressed,
    capital,
    head_of,
    letterhead,
    named_in,
    participants,
    person,
    signing_head,
    title_in,
    typed_name_in,
    typed_signature,
)
from programs.models import NoticeBy
from schools import grammar
from schools.grammar import DATIVE, GENITIVE
from schools.typography import day, roubles, short_day

ONE_DAY = dt.timedelta(days=1)


def addendum(appointment, terms: dict) -> dict:
    """Дополнительное соглашение: content, term, form, size and conditions of pay.

    It ends with the mentor's contract, and with the contract of the last mentee.

    Args:
        terms: what the form asks: content, work_form, starts_on, ends_on, pay_kind,
            pay_amount, pay_basis, employer_position, employer_name, contract_on,
            contract_number, number.
    """
    group = appointment.group
    school, mentor = group.school, appointment.post
    head = head_of(school, timezone.localdate())
    heads_himself = head.person is not None and head.person.pk == mentor.person_id
    _, members = participants(group)
    founder = school.founder or school.municipality.authority_name
    return {
        "title": "Дополнительное соглашение к трудовому договору",
        "number": terms["number"],
        "contract_on": day(terms["contract_on"]),
        "contract_number": terms["contract_number"],
        "place": school.settlement,
        "school": school.full_name,
        "address": school.address,
        "employer": founder if heads_himself else school.full_name,
        "employer_post": grammar.post_in(terms["employer_position"].lower(), GENITIVE),
        "employer_whom": typed_name_in(terms["employer_name"], GENITIVE),
        "employer_acting": acting(terms["employer_name"]),
        "employer_charter": not heads_himself,
        "employer_position": capital(terms["employer_position"]),
        "employer_signature": typed_signature(terms["employer_name"]),
        "mentor": person(mentor),
        "consented_on": short_day(_consented_on(appointment)),
        "mentees": [named_in(member.post, GENITIVE) for member in members],
        "mentees_employed": all(m.post.relation == "EMPLOYEE" for m in members),
        "form": group.get_form_display(),
        "kinds": group.kind_labels,
        "content": terms["content"].rstrip(". "),
        "work_form": terms["work_form"].rstrip(". "),
        "starts_on": day(terms["starts_on"]),
        "ends_on": day(terms["ends_on"]),
        "pay": _pay(terms["pay_kind"], terms["pay_amount"]),
        "pay_basis": terms["pay_basis"].rstrip(". "),
    }


def _consented_on(appointment) -> dt.date | None:
    if appointment.consented_on:
        return appointment.consented_on
    rows = appointment.group.consents.in_force().filter(post=appointment.post, role="MENTOR")
    return rows.values_list("signed_on", flat=True).first()


def _pay(kind: str, amount: Decimal) -> str:
    """«ежемесячная выплата в размере …» in the unit that the act sets."""
    if kind == PayKind.ROUBLES:
        return roubles(amount)
    figure = f"{amount.normalize():f}".replace(".", ",")
    if kind == PayKind.PERCENT:
        return f"{figure}\u00a0% оклада (должностного оклада, ставки заработной платы)"
    return f"{figure} {PayKind(kind).label} по системе оценки, установленной локальным актом"


def notice(appointment, *, side: str, given_on: dt.date, effective_on: dt.date, reason: str):
    """Уведомление об отказе наставника or об отмене поручения: at least three working days.

    Args:
        effective_on: the first day without the duty.
    """
    group = appointment.group
    school, mentor = group.school, appointment.post
    by_mentor = side == NoticeBy.MENTOR
    head = signing_head(school, timezone.localdate(), {mentor.person_id})
    order = appointment.order_line.order if appointment.order_line_id else None
    _, members = participants(group)
    return {
        **letterhead(school),
        "title": "Уведомление о досрочном отказе от выполнения работы по наставничеству"
        if by_mentor
        else "Уведомление о досрочной отмене поручения о выполнении работы по наставничеству",
        "by_mentor": by_mentor,
        "to": addressed(school, timezone.localdate(), mentor.person)
        if by_mentor
        else [capital(title_in(mentor, DATIVE)), grammar.name_in(mentor.person, DATIVE)],
        "author": title_in(mentor, GENITIVE),
        "author_name": grammar.name_in(mentor.person, GENITIVE),
        "mentor": person(mentor),
        "mentees": [named_in(member.post, GENITIVE) for member in members],
        "order": f"приказом от {short_day(order.signed_on)} №\u00a0{order.number}"
        if order and order.signed_on
        else "",
        "given_on": day(given_on),
        "effective_on": day(effective_on),
        "last_day": day(effective_on - ONE_DAY),
        "reason": reason.rstrip(". "),
        "position": capital(head.position),
        "receiver": head.position,
        "signature": head.signature,
    }
