"""Rows of the one table of what is due, as a person reads them: words, tone and a link."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse

from programs import permissions as may
from programs import queries
from programs.choices import Force
from programs.deadlines.kinds import KINDS, WHO_WORDS, Who
from programs.deadlines.owners import owed_by
from programs.deadlines.words import deadline_url, may_be_red, reads
from programs.models import Deadline, OrderLine, PlannedEvent
from programs.notifications import lists
from schools.words import words_for

# What a mentor or a mentee settles alone; other rows of theirs wait for paper at the curator's.
OWN_FORMS = {"program_draft", "program_agree", "planned_event", "no_meeting", "help_answer"}
# «Не хватает бумаг»: everything that is signed on paper and comes back to the organisation.
PAPERS = [
    "mentor_consent",
    "mentee_consent",
    "addendum",
    "order",
    "order_signature",
    "acquaintance",
    "scan",
    "order_scan",
]
FILING = {"acquaintance", "scan", "order_scan"}
OWN_WORDS = {
    "mentor_consent": "Подписать согласие на бумаге — возьмите бланк у куратора",
    "mentee_consent": "Подписать согласие — возьмите бланк у куратора",
    "program_agree": "Прочитать и согласовать программу",
    "program_draft": "Составить программу",
    "help_answer": "Ответить на просьбу о помощи",
}


@dataclass(frozen=True)
class Due:
    """One line of «что сделать»."""

    row: Deadline
    title: str
    about: str
    when: str
    owner: str
    url: str
    late: bool
    count: int = 1

    @property
    def basis(self) -> str:
        return self.row.basis

    @property
    def tone(self) -> str:
        return "late" if self.late else "neutral"


def owed(user, on: dt.date, mine: Q | None = None):
    """Open rows that ``user`` answers for on ``on``, the most urgent first (queryset).

    First what may be red and is overdue, then law, then the rest by date. ``mine``: what
    ``owed_by`` gave, where it was asked already.
    """
    if user.access.person_id is None:
        return Deadline.objects.none()
    return (
        Deadline.objects.visible_to(user)
        .open(on)
        .filter(mine or owed_by(user.person, on))
        .select_related("school", "person", "group")
        .order_by("due_on", "pk")
    )


def unanswered(user, on: dt.date, mine: Q | None = None):
    """«Не ответили на напоминания» in the organisations of ``user``: what others owe there and
    were reminded of as often as the ladder allows, the latest first (queryset): what is a year
    old has waited longest and is needed least. ``mine`` as in ``owed``."""
    if not user.access.school_ids:
        return Deadline.objects.none()
    return (
        lists.unanswered(user.access.school_ids, user.access.home_municipality_ids, on)
        .visible_to(user)
        .exclude(mine or owed_by(user.person, on))
        .select_related("school", "person", "group")
        .order_by("-due_on", "pk")
    )


def urgency(due: Due) -> tuple:
    """Key for sorting: red first, then steps by day, then filing of paper, then advice."""
    advice = due.row.force == Force.ADVICE
    return (not due.late, due.row.kind in FILING, advice, due.row.due_on)


def with_drafts(dues: list[Due]) -> list[Due]:
    """Where an order is drafted for a case, its signature is the one thing to do: the duties of
    those cases to have an order stand behind it, and give it their urgency. One query at most.
    """
    signatures = {d.row.subject.partition(":")[2] for d in dues if d.row.kind == "order_signature"}
    if not signatures:
        return dues
    points = OrderLine.objects.filter(order__in=signatures, dropped_on=None)
    behind = {group: f"order:{order}" for group, order in points.values_list("group", "order")}
    wanted: dict[str, list[Due]] = {}
    for due in dues:
        if due.row.kind == "order" and due.row.group_id in behind:
            wanted.setdefault(behind[due.row.group_id], []).append(due)
    covered = {due.row.pk for found in wanted.values() for due in found}
    return [
        _signing(due, wanted[due.row.subject])
        if due.row.kind == "order_signature" and due.row.subject in wanted
        else due
        for due in dues
        if due.row.pk not in covered
    ]


def _signing(signature: Due, orders: list[Due]) -> Due:
    """The signature of a draft, as urgent as itself or the most urgent order that it gives."""
    first = min([signature, *orders], key=urgency)
    about = orders[0].about if len(orders) == 1 else f"пар и групп: {len(orders)}"
    return replace(first, title=signature.title, about=about, url=signature.url)


def merged(dues: list[Due]) -> list[Due]:
    """Papers of one case to file are one line with a count; everything else is its own line."""
    first: dict[tuple, Due] = {}
    counts: dict[tuple, int] = {}
    for due in dues:
        about = due.row.kind, due.row.group_id if due.row.kind in FILING else due.row.pk
        counts[about] = counts.get(about, 0) + 1
        first.setdefault(about, due)
    return [replace(due, count=counts[about]) for about, due in first.items()]


def lines(
    rows,
    user,
    on: dt.date,
    *,
    names: dict[int, str] | None = None,
    events: dict[str, str] | None = None,
) -> list[Due]:
    """``rows`` in their order, read for ``user``; three queries for the names of the pairs
    that ``names`` does not know yet, and one for the titles of planned events ({subject:
    title}) where ``events`` are not given."""
    rows, names = list(rows), names or {}
    unknown = {row.group_id for row in rows if row.group_id} - set(names)
    names = {**names, **(queries.titles(unknown) if unknown else {})}
    if events is None:
        events = _events(rows)
    return [_line(row, user, on, names.get(row.group_id, ""), events) for row in rows]


def _events(rows: list[Deadline]) -> dict[str, str]:
    """{subject: title} of the planned events among ``rows``; one query where there are any."""
    pks = [row.subject.partition(":")[2] for row in rows if row.kind == "planned_event"]
    if not pks:
        return {}
    found = PlannedEvent.objects.filter(pk__in=pks).values_list("pk", "title")
    return {f"event:{pk}": title for pk, title in found}


def _line(row: Deadline, user, on: dt.date, about: str, events: dict[str, str]) -> Due:
    staff = row.school_id in user.access.school_ids
    mine = row.owner == f"person:{user.access.person_id}"
    return Due(
        row=row,
        title=events.get(row.subject) or action_words(row, staff=staff, mine=mine),
        about=about or (row.person.short_name if row.person_id else str(row.school)),
        when=reads(row, on),
        owner=owner_words(row),
        url=address(row, user, staff=staff, mine=mine),
        late=may_be_red(row) and row.due_on < on,
    )


def owner_words(row: Deadline) -> str:
    """«директор» or «заведующий» by kind, «куратор», or «наставник Иванова М. П.»."""
    role = row.owner.partition(":")[0]
    if role == Who.DIRECTOR:
        return words_for(row.school).head
    if role == Who.CURATOR:
        return WHO_WORDS[Who.CURATOR]
    name = row.person.short_name if row.person_id else ""
    return f"{KINDS[row.kind].who_word} {name}".strip()


def action_words(row: Deadline, *, staff: bool, mine: bool) -> str:
    """The action as its reader does it: who is not staff fetches the form from the curator."""
    title = KINDS[row.kind].title
    return OWN_WORDS.get(row.kind, title) if mine and not staff else title


def address(row: Deadline, user, *, staff: bool, mine: bool) -> str:
    """The form that settles the row, for those who may; else the page of the case."""
    asked = row.kind == "planned_event" and not staff
    mentor = asked and may.is_mentor_of(user, row.group)
    return address_for(row, staff=staff, mine=mine, mentor=mentor)


def address_for(row: Deadline, *, staff: bool, mine: bool, mentor: bool) -> str:
    """``address`` for a reader of whom the caller knows whether they are the case's mentor."""
    if staff or (mine and row.kind in OWN_FORMS):
        # Marks on the plan are the mentor's; a mentee reads the plan.
        if row.kind == "planned_event" and not (staff or mentor):
            return reverse("group-work", args=[row.group_id])
        found = deadline_url(row)
        if found:
            return found
    return reverse("group-detail", args=[row.group_id]) if row.group_id else reverse("home")
