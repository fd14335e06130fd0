"""Telling by hand: what waits for people whom no letter reaches, as text to print or to send.

The words are those of letters: actions, days and links, nobody's name but the reader's own.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from programs.deadlines.words import day_words
from programs.models import Deadline, Notification
from programs.notifications.holding import EVENT, Facts
from programs.notifications.rendering import lines_of
from programs.notifications.wording import HELP_ASKED
from schools.models import Membership, Person, StaffMember
from schools.permissions import people_of

# Everybody but those whom ``letters.HAS_ADDRESS`` lets through.
WITHOUT_LETTERS = Q(user=None) | Q(user__is_active=False) | Q(user__email="")
LINE = 60  # letters of a text field on a phone; more break into another line


@dataclass(frozen=True)
class Sheet:
    """One person's text. ``why``: why no letter comes."""

    person: Person
    why: str
    text: str

    @property
    def height(self) -> int:
        """Lines of a text field that shows all of it."""
        return sum(1 + len(line) // LINE for line in self.text.splitlines())


def sheets(school, user, on: dt.date) -> list[Sheet]:
    """People of ``school`` without letters who have something to do, by name, as ``user`` may
    know it. A number of queries that does not depend on the number of people.

    Duties elsewhere stay out; so does «прошу другого наставника» for the mentor who is a curator
    as well, and with it the news that help is asked for: its deadline says it where it may.
    """
    people = Person.objects.filter(WITHOUT_LETTERS, pk__in=people_of([school.pk], on).values("pk"))
    people = people.exclude(pk=user.access.person_id).select_related("user")
    people = list(people.annotate(elsewhere=_works_elsewhere(user, on)).order_by("name_key", "pk"))
    here = [person.pk for person in people if not person.elsewhere]
    rows = Deadline.objects.visible_to(user).filter(school=school)
    news = Q(about__startswith=EVENT, read_at=None, recipient__in=here) & ~Q(kind=HELP_ASKED)
    items = Notification.objects.filter(Q(deadline__in=rows) | news, recipient__in=people)
    items = list(items.select_related("deadline").order_by("pk"))
    facts = Facts.load(items, timezone.now(), lambda item: on)
    told = defaultdict(list)
    for item in items:
        if facts.hold(item):
            told[item.recipient_id].append(item)
    return [
        Sheet(person, _why(person), _text(person, lines_of(told[person.pk], facts), on))
        for person in people
        if told[person.pk]
    ]


def _works_elsewhere(user, on: dt.date):
    """Whether news might be about a place that ``user`` does not staff."""
    posts = StaffMember.objects.filter(person=OuterRef("pk")).exclude(left_on__lt=on)
    roles = Membership.objects.filter(person=OuterRef("pk")).exclude(ends_on__lt=on)
    own = user.access.school_ids
    return Exists(posts.exclude(school__in=own)) | Exists(roles.exclude(school__in=own))


def _why(person: Person) -> str:
    account = getattr(person, "user", None)
    if account is None:
        return "нет учётной записи"
    return "нет почты" if account.is_active else "учётная запись отключена"


def _text(person: Person, lines: list, on: dt.date) -> str:
    name = " ".join(filter(None, [person.first_name, person.patronymic]))
    parts = [
        f"Здравствуйте, {name}!",
        f"Вот что ждёт вас в «Наставничестве» на {day_words(on, on)}:",
    ]
    for number, line in enumerate(lines, 1):
        count = f" ({line.count})" if line.count > 1 else ""
        when = f" — {line.when}" if line.when else ""
        parts += [f"{number}. {line.title}{count}{when}", line.url]
    if getattr(person, "user", None) is None:
        parts.append("Чтобы войти, возьмите у куратора листок с кодом.")
    return "\n".join(parts)
