"""A letter as it leaves: made from what still holds at that moment, in text and in HTML."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from programs.deadlines.kinds import KINDS
from programs.deadlines.words import day_words, may_be_red, reads
from programs.due import action_words, address_for, urgency
from programs.models import Letter, Notification
from programs.notifications import preferences, wording
from programs.notifications.holding import EVENT, Facts
from schools.models import User
from schools.text import clean, plural

MOST_LINES = 30  # the rest is read on the site


@dataclass(frozen=True)
class Message:
    """One letter ready to leave. ``items``: pks of what it tells; ``to`` is '' for a person
    who has no active account or no address any more."""

    letter: int
    to: str
    subject: str
    text: str
    html: str
    message_id: str
    pause_url: str
    items: frozenset[int]

    def as_email(self) -> EmailMultiAlternatives:
        """The message for a mail server; ``Auto-Submitted`` keeps robots from answering."""
        email = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[self.to],
            headers={
                "Message-ID": self.message_id,
                "List-Unsubscribe": f"<{self.pause_url}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        email.attach_alternative(self.html, "text/html")
        return email


@dataclass(frozen=True)
class Line:
    """One action in a letter; no names of people: whoever reads the mailbox learns none."""

    row: object  # what ``urgency`` sorts by; None for an event
    title: str
    when: str
    url: str
    late: bool
    count: int = 1


def messages(letters: Iterable[Letter], now: dt.datetime | None = None) -> dict[int, Message]:
    """{pk: Message} of ``letters``; a letter of which nothing holds is left out.

    What was settled meanwhile is marked with ``settled_on``. A constant number of queries.
    """
    letters, now = list(letters), now or timezone.now()
    items = list(
        Notification.objects.filter(letter__in=[letter.pk for letter in letters], settled_on=None)
        .select_related("deadline")
        .order_by("letter", "pk")
    )
    days = {letter.pk: letter.day for letter in letters}
    facts = Facts.load(items, now, lambda item: days[item.letter_id])
    held, dropped = defaultdict(list), []
    for item in items:
        (held[item.letter_id] if facts.hold(item) else dropped).append(item)
    _settle(dropped, facts)
    recipients = {letter.recipient_id for letter in letters if letter.pk in held}
    users = User.objects.filter(person__in=recipients, is_active=True).select_related("person")
    accounts = {user.person_id: user for user in users}
    words = wording.current_all()
    return {
        letter.pk: _message(
            letter, held[letter.pk], accounts.get(letter.recipient_id), facts, words
        )
        for letter in letters
        if letter.pk in held
    }


def _settle(items: list[Notification], facts: Facts) -> None:
    by_day = defaultdict(list)
    for item in items:
        day = facts.days.get(item.deadline_id) or timezone.localdate(facts.now)
        by_day[day].append(item.pk)
    for day, pks in by_day.items():
        Notification.objects.filter(pk__in=pks).update(settled_on=day)


def _message(letter, items, user: User | None, facts: Facts, words: dict) -> Message:
    code, day = items[0].kind, letter.day
    if not letter.urgent_key:  # what is late is counted from the day on which it is read
        code = wording.DAILY
        day = max((facts.days[i.deadline_id] for i in items if i.deadline_id), default=day)
    lines = lines_of(items, facts)
    pause = preferences.pause_url(user.person) if user else ""
    subject, text, html = draw(words[code], lines, day, pause)
    return Message(
        letter=letter.pk,
        to=user.email if user else "",
        subject=subject,
        text=text,
        html=html,
        message_id=letter.message_id,
        pause_url=pause,
        items=frozenset(item.pk for item in items),
    )


def lines_of(items: list[Notification], facts: Facts) -> list[Line]:
    """News first, then duties, the most urgent first; a duty at several steps is one line, and
    duties that read alike and are settled in one place are one line with a count."""
    news = [
        Line(None, item.text, "", settings.SITE_URL + item.path, False)
        for item in items
        if item.about.startswith(EVENT)
    ]
    latest = {item.deadline_id: item for item in items if item.deadline_id}
    duties: dict[tuple, list[Line]] = defaultdict(list)
    for item in latest.values():
        line = _duty(item, facts)
        duties[line.title, line.when, line.url].append(line)
    merged = [replace(alike[0], count=len(alike)) for alike in duties.values()]
    return news + sorted(merged, key=urgency)


def _duty(item: Notification, facts: Facts) -> Line:
    row, reader = item.deadline, item.recipient_id
    on = facts.days[row.pk]
    staff = (reader, row.school_id) in facts.staff
    mine = row.owner == f"person:{reader}"
    title = action_words(row, staff=staff, mine=mine)
    if item.escalated and reader not in facts.owners.get(row.pk, ()):
        title = f"{title} (ждём: {KINDS[row.kind].who_word})"
    path = address_for(row, staff=staff, mine=mine, mentor=(reader, row.group_id) in facts.mentors)
    return Line(
        row, title, reads(row, on), settings.SITE_URL + path, may_be_red(row) and row.due_on < on
    )


def draw(words: wording.Words, lines: list[Line], day: dt.date, pause: str) -> tuple[str, str, str]:
    """Subject, text and HTML of a letter about ``lines`` on ``day``."""
    subject, context = _context(words, lines, day, pause)
    return subject, _plain(context), _styled("mail/letter.html", context)


def _context(words: wording.Words, lines: list[Line], day: dt.date, pause: str) -> tuple[str, dict]:
    count = sum(line.count for line in lines)
    fields = {
        wording.COUNT: f"{count} {plural(count, 'напоминание', 'напоминания', 'напоминаний')}",
        wording.LATE: str(sum(line.count for line in lines if line.late)),
        wording.DAY: day_words(day, day),
    }
    return clean(wording.fill(words.subject, fields)), {
        "opening": _paragraphs(wording.fill(words.opening, fields)),
        "closing": _paragraphs(wording.fill(words.closing, fields)),
        "lines": lines[:MOST_LINES],
        "more": sum(line.count for line in lines[MOST_LINES:]),
        "home_url": _page(settings.SITE_URL, "home"),
        "inbox_url": _page(settings.SITE_URL, "reminder-list"),
        "pause_url": pause,
        "settings_url": preferences.settings_url(),
    }


@functools.cache
def _page(site: str, name: str) -> str:
    """The same in every letter."""
    return site + reverse(name)


def _plain(context: dict) -> str:
    return _template("mail/letter.txt").render(Context(context, autoescape=False))


def _styled(name: str, context: dict) -> str:
    return _template(name).render(Context(context))


def _template(name: str):
    """The compiled template itself: a letter has no request and no context processors."""
    return get_template(name).template


def _paragraphs(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def sample(code: str, words: wording.Words, on: dt.date) -> tuple[str, str, str]:
    """Subject, text and the styled part of an invented letter with ``words``, for a preview."""
    home = settings.SITE_URL + reverse("home")
    if code == wording.DAILY:
        lines = [
            Line(None, "Подготовить программу", "просрочено на 3 дня", home, True),
            Line(None, "Приложить скан подписанной бумаги", "сегодня", home, False, 2),
            Line(None, "Обновить список нуждающихся в наставнике", "рекомендуется", home, False),
        ]
    else:
        lines = [Line(None, wording.KINDS[code].line, "", home, False)]
    subject, context = _context(words, lines, on, home)
    return subject, _plain(context), _styled("mail/_letter.html", context)
