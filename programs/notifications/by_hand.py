"""Telling by hand: what waits for people whom no letter reaches, as text to print or to send.

A text goes to its own person by paper or messenger: it names nobody else. Titles that people
typed themselves (of planned events) may hold names and are said in general words.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from programs.deadlines.kinds import KINDS
from programs.deadlines.words import day_words, deadline_url, reads
from programs.due import OWN_FORMS, OWN_WORDS
from programs.models import Deadline, MentorAppointment, Notification
from programs.notifications.inbox import EVENT, OVER
from schools.models import Membership, Person, StaffMember
from schools.permissions import people_of


@dataclass(frozen=True)
class Sheet:
    """One person's text. ``why``: why no letter comes."""

    person: Person
    why: str
    count: int
    text: str

    @property
    def rows(self) -> int:
        """Lines of a text field that shows all of it, long addresses broken once."""
        return sum(1 + len(line) // 60 for line in self.text.splitlines())


def without_letters() -> Q:
    """People whom no letter can reach: no account that is open, or no address in it."""
    return Q(user=None) | Q(user__is_active=False) | Q(user__email="")


def sheets(school, user, on: dt.date) -> list[Sheet]:
    """People of ``school`` without letters who have something to do, by name, as ``user`` may
    know it. A number of queries that does not depend on the number of people.

    What the reader's organisation has no part in — duties elsewhere, «прошу другого наставника»
    for the mentor who is a curator as well — stays out.
    """
    people = Person.objects.filter(
        without_letters(), pk__in=people_of([school.pk], on).values("pk")
    )
    people = people.exclude(pk=user.access.person_id).select_related("user")
    people = list(people.annotate(elsewhere=_works_elsewhere(user, on)).order_by("name_key", "pk"))
    rows = Deadline.objects.visible_to(user).filter(school=school)
    items = (
        Notification.objects.annotate(over=OVER)
        .filter(Q(deadline__in=rows) | Q(about__startswith=EVENT, read_at=None), over="")
        .filter(recipient__in=people)
        .select_related("deadline__group")
        .order_by(F("deadline__due_on").asc(nulls_first=True), "pk")
    )
    told: dict[int, dict[str, Notification]] = {}
    for item in items:  # the same thing is said once, however often it was reminded of
        told.setdefault(item.recipient_id, {})[item.about] = item
    writer = _Writer(school, people, on)
    found = []
    for person in people:
        own = [i for i in told.get(person.pk, {}).values() if i.deadline_id or not person.elsewhere]
        if own:
            found.append(Sheet(person, _why(person), len(own), writer.text(person, own)))
    return found


def _works_elsewhere(user, on: dt.date):
    """Whether an event might be about a place that ``user`` does not staff."""
    posts = StaffMember.objects.filter(person=OuterRef("pk")).exclude(left_on__lt=on)
    roles = Membership.objects.filter(person=OuterRef("pk")).exclude(ends_on__lt=on)
    own = user.access.school_ids
    return Exists(posts.exclude(school__in=own)) | Exists(roles.exclude(school__in=own))


def _why(person: Person) -> str:
    account = getattr(person, "user", None)
    if account is None:
        return "нет учётной записи"
    return "учётная запись отключена" if not account.is_active else "нет почты"


class _Writer:
    """Words and links for people of one school, who may have no account to ask."""

    def __init__(self, school, people: list[Person], on: dt.date):
        self.on = on
        pks = [person.pk for person in people]
        roles = Membership.objects.current(on).filter(school=school, person__in=pks)
        self.staff = set(roles.values_list("person", flat=True))
        mentors = MentorAppointment.objects.on(on).filter(post__person__in=pks)
        self.mentors = set(mentors.values_list("group", "post__person"))

    def text(self, person: Person, items: list[Notification]) -> str:
        name = " ".join(filter(None, [person.first_name, person.patronymic]))
        parts = [
            f"Здравствуйте, {name}!",
            f"Вот что вас ждёт в «Наставничестве» на {day_words(self.on, self.on)}:",
        ]
        parts += [self._line(n, item, person) for n, item in enumerate(items, 1)]
        if getattr(person, "user", None) is None:
            parts.append("Чтобы войти, возьмите у куратора листок с кодом.")
        return "\n".join(parts)

    def _line(self, number: int, item: Notification, person: Person) -> str:
        row = item.deadline
        if row is None:
            return f"{number}. {item.text}\n{settings.SITE_URL}{item.path}"
        mine = row.owner == f"person:{person.pk}"
        staff = person.pk in self.staff
        title = KINDS[row.kind].title
        title = OWN_WORDS.get(row.kind, title) if mine and not staff else title
        page = self._page(row, person, staff=staff, mine=mine)
        return f"{number}. {title} — {reads(row, self.on)}\n{settings.SITE_URL}{page}"

    def _page(self, row: Deadline, person: Person, *, staff: bool, mine: bool) -> str:
        """As ``due.address`` decides it for somebody who is signed in."""
        if staff or (mine and row.kind in OWN_FORMS):
            mentor = (row.group_id, person.pk) in self.mentors
            if row.kind == "planned_event" and not (staff or mentor):
                return reverse("group-work", args=[row.group_id])
            found = deadline_url(row)
            if found:
                return found
        return reverse("group-detail", args=[row.group_id]) if row.group_id else reverse("home")
