"""How a person wants to be written to, and the link by which letters are paused without a password.

What is said here holds back letters only: every item waits in the list on the site.
"""

import datetime as dt
import zoneinfo

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from programs.choices import Force
from programs.errors import TransitionError
from programs.models import Frequency, ReminderSettings
from schools.models import Person
from schools.queries import zone_of

LINK_LIFE = dt.timedelta(days=60)
LONGEST_PAUSE = 60  # days
OWN = "recipient__reminder_settings"


def settings_of(person: Person) -> ReminderSettings:
    """The stored settings, or unsaved ones with the defaults."""
    found = ReminderSettings.objects.filter(person=person).first()
    return found or ReminderSettings(person=person)


def change_letters(person: Person, *, frequency: str, at_once: bool) -> None:
    _write(person, frequency=frequency, at_once=at_once)


def pause_letters(person: Person, *, until: dt.date, on: dt.date) -> None:
    """No daily letter before ``until``, the first day on which letters may come again.

    Raises:
        TransitionError: ``pause_length``; not 1 to 60 days after ``on``, the local day.
    """
    first, last = pause_bounds(on)
    if not first <= until <= last:
        raise TransitionError(
            "pause_length",
            f"Выберите день с {first:%d.%m.%Y} по {last:%d.%m.%Y}.",
            field="until",
        )
    _write(person, paused_until=until)


def resume_letters(person: Person) -> None:
    _write(person, paused_until=None)


def paused_until(own: ReminderSettings, on: dt.date) -> dt.date | None:
    """The end of a pause that covers ``on``, else None."""
    return own.paused_until if own.paused_until and own.paused_until > on else None


def pause_bounds(on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day until which a pause may last; both included."""
    return on + dt.timedelta(days=1), on + dt.timedelta(days=LONGEST_PAUSE)


def _write(person: Person, **values) -> None:
    ReminderSettings.objects.update_or_create(person=person, defaults=values)


# --- what may be written about ---


def writable_items(items, on: dt.date):
    """Those of ``items`` (a queryset of Notification) that may go into a letter on ``on``.

    ``on`` is the local day of their recipients. Urgent ones go unless the person does not want
    to be written to at once. The others wait out a pause, and as often as the person chose:
    weekly ones leave on Mondays, or on the next day if a Monday was missed; LAW_ONLY lets
    through what the law asks for.
    """
    monday = on - dt.timedelta(days=on.weekday())
    due_weekly = Q() if on == monday else Q(told_on__lt=monday)
    as_chosen = (
        Q(**{f"{OWN}__frequency": Frequency.DAILY})
        | Q(**{f"{OWN}__frequency": Frequency.WEEKLY}) & due_weekly
        | Q(**{f"{OWN}__frequency": Frequency.LAW_ONLY}, deadline__force=Force.LAW)
    )
    awake = Q(**{f"{OWN}__paused_until": None}) | Q(**{f"{OWN}__paused_until__lte": on})
    return items.filter(
        Q(**{OWN: None})
        | Q(**{f"{OWN}__at_once": True}, urgent=True)
        | awake & as_chosen & Q(urgent=False)
    )


# --- the link in a letter ---


def pause_url(person: Person) -> str:
    """The address, without signing in, where ``person`` may pause the letters; 60 days long."""
    return settings.SITE_URL + reverse("letter-pause", args=[_signer().sign(str(person.pk))])


def settings_url() -> str:
    """The address of the page of one's own settings."""
    return settings.SITE_URL + reverse("reminder-settings")


def person_of_link(token: str) -> Person | None:
    """Whose link it is; None for a forged one, or where nobody is written to any more.

    Raises:
        signing.SignatureExpired: it was ours, more than 60 days ago.
    """
    try:
        pk = _signer().unsign(token, max_age=LINK_LIFE)
    except signing.SignatureExpired:
        raise
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk, user__is_active=True).first()


def local_day_of(person: Person) -> dt.date:
    """Today where ``person`` works, for pages that are opened without signing in."""
    zone = zone_of(person.pk)
    return timezone.localdate(timezone=zoneinfo.ZoneInfo(zone) if zone else None)


def _signer() -> signing.TimestampSigner:
    # With the address: a copy of the site with the same key takes no links of the other.
    return signing.TimestampSigner(salt=f"programs.pause|{settings.SITE_URL}")
