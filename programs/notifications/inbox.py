"""The inbox: everything that one person was told, and whether it still waits."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from programs import due
from programs.deadlines.kinds import KINDS
from programs.deadlines.words import day_words
from programs.models import Deadline, Notification
from programs.notifications.holding import EVENT

NOT_OURS = "больше не ваша задача"
# Why nothing waits any more, '' while it does. A deadline is asked itself: what was done may be
# opened again, and a moved date has reminders of its own.
OVER = Case(
    When(about__startswith=EVENT, then=Value("")),
    When(deadline=None, then=Value("больше не нужно")),
    When(deadline__done_on__isnull=False, then=Value("сделано")),
    When(deadline__void_on__isnull=False, then=Value("больше не нужно")),
    When(deadline__hidden=True, then=Value("на паузе")),
    When(~Q(deadline__due_on=F("due_on")), then=Value("срок перенесён")),
    default=Value(""),
)
# Reminded again since: the newer item is the one to read.
AGAIN = Exists(
    Notification.objects.filter(
        recipient=OuterRef("recipient"), about=OuterRef("about"), pk__gt=OuterRef("pk")
    )
)


@dataclass(frozen=True)
class Line:
    """One item as its person reads it. ``over``: why nothing waits any more, '' while it does."""

    pk: int
    title: str
    about: str
    when: str
    tone: str
    url: str
    over: str
    unread: bool


@dataclass(frozen=True)
class Day:
    label: str
    lines: list[Line]


def items_of(user):
    """Own items with the columns ``over`` and ``again``, the newest first (queryset)."""
    items = Notification.objects.visible_to(user).annotate(over=OVER, again=AGAIN)
    return items.select_related("deadline").order_by("-told_on", "-pk")


def unread_count(user) -> int:
    """Matters that still wait and were not opened since; no query for an account of nobody."""
    if user.access.person_id is None:
        return 0
    return items_of(user).unread().filter(over="", again=False).count()


def days(items, user, on: dt.date) -> list[Day]:
    """``items`` (a page of ``items_of``) in their order as days of lines, «Сегодня» first."""
    found: dict[dt.date, list[Line]] = {}
    items = list(items)
    for item, line in zip(items, lines(items, user, on), strict=True):
        found.setdefault(item.told_on, []).append(line)
    return [Day(_day_label(day, on), own) for day, own in found.items()]


def lines(items: list[Notification], user, on: dt.date) -> list[Line]:
    """``items`` of ``items_of`` as lines; a number of queries that does not depend on theirs."""
    asked = {item.deadline_id for item in items if item.deadline_id}
    rows = Deadline.objects.visible_to(user).filter(pk__in=asked)
    dues = due.lines(rows.select_related("school", "person", "group"), user, on) if asked else []
    known = {one.row.pk: one for one in dues}
    return [_line(item, known.get(item.deadline_id)) for item in items]


def _line(item: Notification, known: due.Due | None) -> Line:
    event = item.about.startswith(EVENT)
    over = item.over or ("" if known or event else NOT_OURS)
    unread = item.read_at is None and not (item.over or item.again)
    if event:
        safe = url_has_allowed_host_and_scheme(item.path, allowed_hosts=None)
        url = item.path if safe else reverse("home")
        return Line(item.pk, item.text, "", "", "info", url, over, unread)
    if known is None:  # a role ended, or the row is gone: no names of what is not one's own
        kind = KINDS.get(item.kind)
        title = kind.title if kind else "Напоминание"
        return Line(item.pk, title, "", "", "neutral", "", over, unread)
    about = f"{known.about} · {known.owner}" if item.escalated else known.about
    url = _page_of_case(known) if over else known.url
    return Line(item.pk, known.title, about, known.when, known.tone, url, over, unread)


def _page_of_case(known: due.Due) -> str:
    """Where to look at what is done; its form would only refuse."""
    group = known.row.group_id
    return reverse("group-detail", args=[group]) if group else ""


def _day_label(day: dt.date, on: dt.date) -> str:
    words = {on: "Сегодня", on - dt.timedelta(days=1): "Вчера"}
    return words.get(day) or day_words(day, on)
