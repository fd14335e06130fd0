"""Events that cannot wait: an item and its letter are written in the transaction of the step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from programs.choices import LineAction
from programs.deadlines.owners import responsible
from programs.deadlines.rows import curator, person
from programs.models import (
    Deadline,
    GroupMember,
    HelpKind,
    HelpRequest,
    Letter,
    MentorAppointment,
    Notification,
    Order,
    OrderLine,
    Program,
)
from programs.models.letters import EVENT_STEP
from programs.notifications import outbox, wording
from programs.notifications.holding import EVENT
from programs.notifications.letters import HAS_ADDRESS
from programs.notifications.preferences import writable_items
from schools import history
from schools.access import STAFF_ROLES
from schools.history import Change
from schools.models import Membership


def tell_at_once(
    change: Change, code: str, people: Iterable[int], *, about: str, path: str, on: dt.date
) -> int:
    """One item for each of ``people`` and, for whom a letter can reach, a letter of its own.

    Who does not want letters at once, or has no address, finds the item in the list on the site;
    the former also in the next daily letter. Whoever takes the step is not told. While a
    database is being filled nobody is.

    Args:
        code: of ``wording.KINDS``.
        people: pks of Person.
        about: what it is about, once for ever: «order:17».
        path: where it leads on the site.

    Returns:
        How many letters will leave after the commit.
    """
    return _tell(change, code, dict.fromkeys(people, path), about=about, on=on)


def _tell(change: Change, code: str, paths: dict[int, str], *, about: str, on: dt.date) -> int:
    """``tell_at_once`` with a path for each person: {pk: path}."""
    told = sorted(set(paths) - {getattr(change.by, "person_id", None)})
    if not told or history.is_bulk_loading():
        return 0
    key = f"{EVENT}{code}|{about}"
    Notification.objects.bulk_create(
        [
            Notification(
                recipient_id=pk,
                kind=code,
                about=key,
                due_on=on,
                step=EVENT_STEP,
                urgent=True,
                path=paths[pk],
                text=wording.KINDS[code].line,
                told_on=on,
            )
            for pk in told
        ],
        ignore_conflicts=True,
    )
    items = Notification.objects.filter(
        recipient__in=told, about=key, due_on=on, urgent=True, letter=None
    )
    at_once = writable_items(items.filter(HAS_ADDRESS), on).values_list("recipient", flat=True)
    letters = [Letter(recipient_id=pk, day=on, urgent_key=key) for pk in sorted(at_once)]
    items.exclude(recipient__in=[letter.recipient_id for letter in letters]).update(urgent=False)
    Letter.objects.bulk_create(letters)
    own = Letter.objects.filter(recipient=OuterRef("recipient"), day=on, urgent_key=key)
    items.update(letter=Subquery(own.values("pk")))
    if letters:
        change.tell(lambda: outbox.hint(*[letter.pk for letter in letters]))
    return len(letters)


# --- the events, one for each step that calls ---------------------------------------------------


def tell_order_signed(change: Change, order: Order, lines: Iterable[OrderLine]) -> None:
    """Everybody in the cases of ``lines``, once for the whole order; with the page of the case,
    or the list where there are several. A change of mentors is told by its own letter."""
    told_otherwise = {LineAction.REPLACE_MENTOR, LineAction.APPOINT_TEMPORARY}
    cases = {line.group_id for line in lines if line.action not in told_otherwise}
    own = defaultdict(set)
    for case, pk in _people(cases, change.on):
        own[pk].add(case)
    paths = {
        pk: reverse("group-list") if len(mine) > 1 else reverse("group-detail", args=mine)
        for pk, mine in own.items()
    }
    _tell(change, wording.ORDER_SIGNED, paths, about=f"order:{order.pk}", on=change.on)


def tell_mentor_replaced(change: Change, new: MentorAppointment) -> None:
    """The new mentor, whom they follow, and the mentees."""
    people = {pk for _, pk in _people({new.group_id}, change.on)} | {new.post.person_id}
    if new.follows_id is not None:
        people.add(new.follows.post.person_id)
    tell_at_once(
        change,
        wording.MENTOR_REPLACED,
        people,
        about=f"appointment:{new.pk}",
        path=reverse("group-detail", args=[new.group_id]),
        on=change.on,
    )


def tell_program_returned(change: Change, program: Program) -> None:
    """The mentors who are to mend it."""
    mentors = _mentors([program.group_id], change.on)
    tell_at_once(
        change,
        wording.PROGRAM_RETURNED,
        mentors.values_list("post__person", flat=True),
        about=f"program:{program.pk}|{program.version}",
        path=reverse("program-edit", args=[program.group_id]),
        on=change.on,
    )


def tell_help_asked(change: Change, request: HelpRequest) -> None:
    """Who answers: the mentor; where another mentor is asked for, who decides about it.

    Found by the rule of deadlines, which never names the mentor of the case for the latter.
    """
    group, on = request.group, change.on
    mentors = []
    if request.kind == HelpKind.OTHER_MENTOR:
        duties = [("mentor_change", curator(group.school_id))]
    else:
        in_force = MentorAppointment.objects.on(on).filter(group=group)
        mentors = list(in_force.values_list("post__person", flat=True))
        duties = [("help_answer", person(pk)) for pk in mentors]
    asked = {
        one.pk
        for kind, owner in duties
        for one in responsible(
            Deadline(kind=kind, owner=owner, school_id=group.school_id, group=group), on
        )
    }
    # The form opens for who may answer; a methodologist, the last to be asked, reads the page.
    staff = Membership.objects.current(on).filter(school=group.school_id, role__in=STAFF_ROLES)
    may_answer = set(staff.values_list("person", flat=True)) | set(mentors)
    form = reverse("help-answer", args=[request.pk])
    page = reverse("group-detail", args=[group.pk])
    paths = {pk: form if pk in may_answer else page for pk in asked}
    _tell(change, wording.HELP_ASKED, paths, about=f"help:{request.pk}", on=on)


def _people(cases: Iterable[int], on: dt.date) -> set[tuple[int, int]]:
    """(case, person) by order: mentors whose term is not over, members who have not left."""
    members = GroupMember.objects.filter(group__in=cases, joined_on__isnull=False).filter(
        Q(left_on=None) | Q(left_on__gte=on)
    )
    pairs = set(members.values_list("group", "post__person"))
    return pairs | set(_mentors(cases, on).values_list("group", "post__person"))


def _mentors(cases: Iterable[int], on: dt.date):
    """Named by an order, those too whose first day is still to come."""
    rows = MentorAppointment.objects.ordered().filter(group__in=cases)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=on))
