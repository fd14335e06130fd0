"""What of a letter's items still holds, and what it takes to say so, for many letters at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from programs.deadlines.owners import Staffing, responsible_for
from programs.models import Deadline, HelpRequest, MentorAppointment, Notification, Program
from programs.notifications import wording
from programs.notifications.manners import silent_on
from schools.access import STAFF_ROLES
from schools.models import Membership, School

EVENT = "event|"  # how the key of an item begins that is no deadline
EVENT_LIVES = dt.timedelta(days=7)  # older news is read on the site


@dataclass
class Facts:
    """Read once for a batch of letters; a constant number of queries.

    Attributes:
        days: {deadline: the day it is there, or that of a letter that lies ahead of the clock
            (``remind --on``)}.
        owners: {deadline: people who answer for it}.
        above: {organisation: people told of what others leave undone}.
        staff: {(person, organisation)} of directors and curators.
        mentors: {(person, case)} of mentors in force.
        silent: duties that nobody speaks of while their organisation is on holidays.
        over: keys of news about what is settled by now.
    """

    now: dt.datetime
    days: dict[int, dt.date]
    owners: dict[int, set[int]]
    above: dict[int, set[int]]
    staff: set[tuple[int, int]]
    mentors: set[tuple[int, int]]
    silent: set[int]
    over: set[str]

    @classmethod
    def load(
        cls, items: list[Notification], now: dt.datetime, day_of: Callable[..., dt.date]
    ) -> "Facts":
        """``day_of(item)``: the day for which it is told; one that is past reads as today."""
        over = _answered(items) | _handed_in(items)
        facts = cls(now, {}, {}, defaultdict(set), set(), set(), set(), over)
        duties = [item for item in items if item.deadline is not None]
        schools = School.objects.filter(pk__in={item.deadline.school_id for item in duties})
        zones = schools.values_list("pk", "municipality__time_zone")
        local = {pk: timezone.localdate(now, timezone=ZoneInfo(zone)) for pk, zone in zones}
        by_day = defaultdict(dict)
        for item in duties:
            row = item.deadline
            day = facts.days[row.pk] = max(day_of(item), local[row.school_id])
            by_day[day][row.pk] = row
        escalated = {item.deadline.school_id for item in duties if item.escalated}
        for day, rows in by_day.items():
            facts._read(day, list(rows.values()), escalated)
        return facts

    def _read(self, day: dt.date, deadlines: list[Deadline], escalated: set[int]) -> None:
        for pk, people in responsible_for(deadlines, day).items():
            self.owners[pk] = {person.pk for person in people}
        schools = {d.school_id for d in deadlines}
        staff = Membership.objects.current(day).filter(role__in=STAFF_ROLES, school__in=schools)
        self.staff |= set(staff.order_by().values_list("person", "school"))
        groups = {d.group_id for d in deadlines if d.kind == "planned_event"}
        if groups:
            mentors = MentorAppointment.objects.on(day).filter(group__in=groups).order_by()
            self.mentors |= set(mentors.values_list("post__person", "group"))
        silent = Deadline.objects.filter(silent_on(day), pk__in=[d.pk for d in deadlines])
        self.silent |= set(silent.order_by().values_list("pk", flat=True))
        asked = schools & escalated
        if asked:
            staffing = Staffing.load(asked, day)
            for school in asked:
                self.above[school] |= staffing.curators(school) | staffing.directors(school)

    def hold(self, item: Notification) -> bool:
        """The duty is still open, on the same date, and this person's; news is still new, and
        what it asks for not done."""
        if item.about.startswith(EVENT):
            is_new = item.told_on >= timezone.localdate(self.now) - EVENT_LIVES
            return is_new and item.about not in self.over
        row = item.deadline
        if row is None or row.due_on != item.due_on:
            return False
        if row.done_on or row.void_on or row.hidden or row.opens_on > self.days[row.pk]:
            return False
        if row.pk in self.silent:
            return False
        people = self.owners.get(row.pk, set())
        if item.escalated:
            people = people | self.above[row.school_id]
        return item.recipient_id in people


def _answered(items: list[Notification]) -> set[str]:
    """Keys of news about requests that have been answered: «event|help_asked|help:5»."""
    asked = _news(items, wording.HELP_ASKED)
    requests = {int(key.rpartition(":")[2]): key for key in asked}
    if not requests:
        return set()
    answered = HelpRequest.objects.filter(pk__in=requests, answered_on__isnull=False)
    return {requests[pk] for pk in answered.values_list("pk", flat=True)}


def _handed_in(items: list[Notification]) -> set[str]:
    """Keys of news about programmes handed in again: «event|program_returned|program:7|2»."""
    versions = {}
    for key in _news(items, wording.PROGRAM_RETURNED):
        pk, _, version = key.rpartition(":")[2].partition("|")
        versions[key] = int(pk), int(version)
    if not versions:
        return set()
    programs = Program.objects.filter(pk__in={pk for pk, _ in versions.values()})
    waiting = set(programs.filter(submitted_on=None).values_list("pk", "version"))
    return {key for key, version in versions.items() if version not in waiting}


def _news(items: list[Notification], code: str) -> set[str]:
    return {item.about for item in items if item.about.startswith(f"{EVENT}{code}|")}
