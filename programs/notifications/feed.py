"""One's own calendar for a telephone: deadlines, the plan and meetings under a secret address.

The address is worth as much as a password and lands on servers of others: it is random, only
its hash is kept, and the calendar names people no further than lists of deadlines do. Nothing
here has an hour, so nothing depends on the zone of the reader.
"""

import datetime as dt
import hashlib
import secrets
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from programs import due, queries
from programs.deadlines.owners import owed_by
from programs.formats import format_word
from programs.models import (
    Attendance,
    CalendarFeed,
    Deadline,
    GroupMember,
    Meeting,
    MentorAppointment,
    PlannedEvent,
    ProgramPause,
)
from schools.models import User
from schools.text import clean

TOKEN_BYTES = 32
LOOK_BACK = dt.timedelta(days=366)  # meetings and the plan of the last year
LONGEST = 500  # entries of one sort: a calendar that no telephone chokes on
READINGS_NOTED = dt.timedelta(hours=1)  # «последний раз читали» is no more exact than this
REFRESH = dt.timedelta(hours=6)
ONE_DAY = dt.timedelta(days=1)


# --- the address ---


def of_user(user) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def make_address(user) -> str:
    """A new secret address; the former one stops working. It can never be shown again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": _hash(token), "created_at": timezone.now(), "last_read_at": None}
    CalendarFeed.objects.update_or_create(user=user, defaults=values)
    return settings.SITE_URL + reverse("calendar-feed", args=[token])


def revoke(user) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def user_of(token: str) -> User | None:
    """Whose calendar it is; None where the account is closed or belongs to nobody."""
    users = User.objects.filter(is_active=True, person__isnull=False)
    return users.filter(calendar_feed__token_hash=_hash(token)).select_related("person").first()


def note_reading(user) -> None:
    """Remember that somebody fetched the calendar, at most once an hour."""
    now = timezone.now()
    long_ago = Q(last_read_at=None) | Q(last_read_at__lt=now - READINGS_NOTED)
    CalendarFeed.objects.filter(long_ago, user=user).update(last_read_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# --- the calendar ---


def calendar_of(user, on: dt.date, zone: str) -> bytes:
    """The calendar of ``user`` as read on the local day ``on`` of the time zone ``zone``.

    A number of queries that does not depend on the number of entries.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.LETTER_DOMAIN}//Nastavnichestvo//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Наставничество")
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # The same bytes all day long, whoever asks how often.
    stamp = dt.datetime.combine(on, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    rows = _owed(user, on)
    events, meetings = _planned(user, rows, on), _held(user, on)
    names = queries.titles(
        {row.group_id for row in rows if row.group_id}
        | {entry.program.group_id for entry in [*events, *meetings]}
    )
    for line in due.lines([r for r in rows if r.kind != "planned_event"], user, on, names=names):
        row = line.row
        key = "|".join([row.kind, row.subject, row.owner, row.period])
        sure = "" if not row.provisional else "дата предварительная"
        about = [line.about, row.basis, sure]
        calendar.add_component(_entry(key, row.due_on, line.title, about, line.url, stamp))
    for event in events:
        group = event.program.group_id
        about, page = [names[group]], reverse("group-work", args=[group])
        key = f"planned|{event.pk}"
        calendar.add_component(_entry(key, event.due_on, event.title, about, page, stamp))
    for meeting in meetings:
        group = meeting.program.group_id
        how = format_word(meeting.format, meeting.program.group.school)
        about = [names[group], f"{how}, {meeting.minutes} мин"]
        page, key = reverse("group-work", args=[group]), f"meeting|{meeting.pk}"
        entry = _entry(key, meeting.held_on, "Встреча с наставником", about, page, stamp)
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(key: str, day: dt.date, title: str, about: list[str], page: str, stamp) -> Event:
    """A whole day. ``key`` is what the entry stays the same by, though rows are made anew."""
    entry = Event()
    uid = hashlib.sha256(key.encode()).hexdigest()[:32]
    entry.add("uid", f"{uid}@{settings.LETTER_DOMAIN}")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", day)
    entry.add("dtend", day + ONE_DAY)  # exclusive
    entry.add("summary", clean(title))
    entry.add("description", "\n".join(clean(line) for line in about if line))
    entry.add("url", settings.SITE_URL + page)
    entry.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    return entry


def _owed(user, on: dt.date) -> list[Deadline]:
    """What ``user`` answers for, also what opens later: a calendar looks ahead."""
    rows = Deadline.objects.visible_to(user).live().filter(done_on=None, hidden=False)
    rows = rows.filter(owed_by(user.person, on)).select_related("school", "person", "group")
    return list(rows.order_by("due_on", "pk")[:LONGEST])


def _planned(user, rows: list[Deadline], on: dt.date) -> list[PlannedEvent]:
    """The plan of own programmes that run, and events that ``user`` is responsible for."""
    own = [row.subject.partition(":")[2] for row in rows if row.kind == "planned_event"]
    paused = ProgramPause.objects.filter(program=OuterRef("program"), resumed_on=None)
    running = Q(program__approved_on__isnull=False, program__closed_on=None) & ~Exists(paused)
    events = PlannedEvent.objects.visible_to(user).filter(
        Q(pk__in=own) | running & _in_own_cases(user, on),
        due_on__gte=on - LOOK_BACK,
    )
    events = events.exclude(outcome__in=["CANCELLED", "NOT_DONE"]).select_related("program")
    return list(events.order_by("due_on", "pk")[:LONGEST])


def _in_own_cases(user, on: dt.date) -> Q:
    own = {"post__person": user.person_id}
    mentored = MentorAppointment.objects.on(on).filter(**own).values("group")
    learned = GroupMember.objects.on(on).filter(**own).values("group")
    return Q(program__group__in=mentored) | Q(program__group__in=learned)


def _held(user, on: dt.date) -> list[Meeting]:
    """Meetings at which ``user`` was, as mentor or mentee."""
    there = Attendance.objects.filter(
        meeting=OuterRef("pk"), present=True, member__post__person=user.person_id
    )
    meetings = Meeting.objects.visible_to(user).held().filter(held_on__gte=on - LOOK_BACK)
    meetings = meetings.filter(Q(appointment__post__person=user.person_id) | Exists(there))
    meetings = meetings.select_related("program__group__school")
    return list(meetings.order_by("-held_on", "-pk")[:LONGEST])
