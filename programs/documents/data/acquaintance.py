"""Лист ознакомления: one sheet for all who must know an act or an order."""

import datetime as dt

from programs.acquaintance import sheet
from programs.documents.data.common import letterhead
from programs.models import Order
from schools.models import LocalAct, StaffMember
from schools.typography import quoted, short_day


def acquaintance(paper: Order | LocalAct, on: dt.date) -> dict:
    """Who must sign, with posts; whoever has signed already stands there with the day."""
    of_act = isinstance(paper, LocalAct)
    school = paper.school if of_act else paper.register.school
    people = sheet(paper, on=on)
    posts: dict[int, StaffMember] = {}
    rows = StaffMember.objects.filter(person__in=people).order_by("-left_on", "pk")
    for post in rows:
        # The post in this organisation speaks first: a guest has others at home.
        if post.person_id not in posts or post.school_id == school.pk:
            posts[post.person_id] = post
    return {
        **letterhead(school),
        "title": "Лист ознакомления",
        "paper": _act(paper) if of_act else _order(paper),
        "people": [
            {
                "name": person.full_name,
                "post": posts[person.pk].title if person.pk in posts else "",
                "signed_on": short_day(person.known.signed_on) if person.known else "",
            }
            for person in people
        ],
    }


def _act(act: LocalAct) -> str:
    number = f" №\u00a0{act.number}" if act.number else ""
    return (
        f"с локальным нормативным актом {quoted(act.title)} от {short_day(act.adopted_on)}{number}"
    )


def _order(order: Order) -> str:
    title = order.title[:1].lower() + order.title[1:]
    if order.signed_on is None:
        return f"с приказом от ____________ № ______ {quoted(title)}"
    return f"с приказом от {short_day(order.signed_on)} №\u00a0{order.number} {quoted(title)}"
