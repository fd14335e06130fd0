"""The letter of the day: unsent items of one person become one letter, however often this runs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from programs.models import Letter, LetterState, Notification
from programs.notifications.holding import EVENT
from programs.notifications.manners import silent_on
from programs.notifications.preferences import writable_items
from schools.models import Membership, Municipality, MunicipalityPolicy, StaffMember

BATCH = 1000  # people of one transaction
HEAD_START = dt.timedelta(minutes=15)  # beat asks for letters every ten
# Whom a letter can reach at all: an active account with an address of its own.
HAS_ADDRESS = Q(recipient__user__is_active=True) & ~Q(recipient__user__email="")


def compose(now: dt.datetime | None = None, on: dt.date | None = None) -> int:
    """Put unsent items that are not urgent into one letter a person and local day.

    Only for people who can be reached and whose settings let it, and only from the hour that
    their municipality has set. What waits from an earlier day (an outage of days) joins the
    letter of this one. Running it again, or twice at once, adds nothing.

    Args:
        on: this day in every municipality, without waiting for the hour.

    Returns:
        How many letters were written.
    """
    now = now or timezone.now()
    if on is None:
        _hold_back(now)
    days = {on: None} if on else _days(now)
    written = 0
    for day, places in days.items():
        items = _items(day, places)
        people = items.order_by("recipient").values_list("recipient", flat=True).distinct()
        for some in _batches(list(people)):
            with transaction.atomic():
                written += _write(items, some, day)
    return written


def _days(now: dt.datetime) -> dict[dt.date, list[int]]:
    """{local day: municipalities where the hour of letters has come}."""
    days = defaultdict(list)
    for place, local, hour in _clocks(now):
        if local.time() >= hour:
            days[local.date()].append(place)
    return days


def _hold_back(now: dt.datetime) -> None:
    """Before the hour of letters those left over from earlier days wait for it too, and a little
    longer: the letter of this day takes them in, and nobody gets two, one of them at night."""
    early = defaultdict(list)
    for place, local, hour in _clocks(now):
        if local.time() < hour:
            until = dt.datetime.combine(local.date(), hour, local.tzinfo) + HEAD_START
            early[local.date(), until].append(place)
    for (day, until), places in early.items():
        left = Letter.objects.filter(
            urgent_key="", state=LetterState.WAITING, attempts=0, day__lt=day, not_before__lt=until
        )
        left.filter(_at_home_in(places)).update(not_before=until)


def _clocks(now: dt.datetime) -> Iterator[tuple[int, dt.datetime, dt.time]]:
    """(municipality, local time there, its hour of letters)."""
    usual = MunicipalityPolicy._meta.get_field("letters_at").default
    hours = defaultdict(list)
    policies = MunicipalityPolicy.objects.order_by("starts_on")
    for place, since, at in policies.values_list("municipality", "starts_on", "letters_at"):
        hours[place].append((since, at))
    for place, zone in Municipality.objects.values_list("pk", "time_zone"):
        local = timezone.localtime(now, timezone=ZoneInfo(zone))
        in_force = [at for since, at in hours[place] if since <= local.date()]
        yield place, local, in_force[-1] if in_force else usual


def _at_home_in(places: list[int]) -> Q:
    """Recipients with a post or a role in the municipalities ``places``."""
    posts = StaffMember.objects.filter(school__municipality__in=places)
    roles = Membership.objects.filter(
        Q(municipality__in=places) | Q(school__municipality__in=places)
    )
    return Q(recipient__in=posts.order_by().values("person")) | Q(
        recipient__in=roles.order_by().values("person")
    )


def _items(day: dt.date, places: list[int] | None):
    """Items that a letter of ``day`` may tell: unsent, still owed, wanted by who can be reached.

    The letter itself looks closer when it is made (``holding``); this only keeps empty ones few.
    """
    owed = Q(
        deadline__done_on=None,
        deadline__void_on=None,
        deadline__hidden=False,
        deadline__opens_on__lte=day,
        deadline__due_on=F("due_on"),
    )
    news = Q(about__startswith=EVENT)
    if places is not None:
        owed &= Q(deadline__school__municipality__in=places)
        news &= _at_home_in(places)
    owed &= ~silent_on(day, "deadline__")  # written before the holidays: it waits for their end
    items = Notification.objects.filter(letter=None, urgent=False, settled_on=None)
    return writable_items(items.filter(owed | news, HAS_ADDRESS), day)


def _write(items, people: list[int], day: dt.date) -> int:
    daily = Letter.objects.filter(recipient__in=people, urgent_key="")
    # Nothing was left to say in it then, and nothing was sent: it is still the day's letter.
    daily.filter(day=day, state=LetterState.EMPTY).update(
        state=LetterState.WAITING, not_before=timezone.now()
    )
    untouched = daily.filter(state=LetterState.WAITING, attempts=0)
    has_one = set(daily.filter(day=day).values_list("recipient", flat=True))
    late = untouched.filter(day__lt=day).exclude(recipient__in=has_one).order_by()
    newest = late.values("recipient").annotate(newest=Max("pk")).values_list("newest", flat=True)
    # Only what nobody has begun to send: a sender may have claimed it since.
    moved = untouched.filter(pk__in=list(newest))
    moved.update(day=day, not_before=timezone.now())
    has_one |= set(daily.filter(day=day).values_list("recipient", flat=True))
    new = [person for person in people if person not in has_one]
    Letter.objects.bulk_create(
        [Letter(recipient_id=person, day=day) for person in new], ignore_conflicts=True
    )
    # Under a lock: a sender that claims a letter waits, and then reads the items it got.
    waiting = untouched.filter(day=day).select_for_update().order_by("pk")
    reached = list(waiting.values_list("recipient", flat=True))
    letter = Letter.objects.filter(
        recipient=OuterRef("recipient"), day=day, urgent_key="", state=LetterState.WAITING
    )
    items.filter(recipient__in=reached).update(letter=Subquery(letter.values("pk")[:1]))
    return len(new)


def _batches(people: list[int]):
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]
