"""Who wants to be written to today, and the link by which a letter lets itself be paused."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet

from programs.choices import Force
from programs.models.letters import Frequency

PAUSE_SALT = "reminders.pause"


def pause_url(person) -> str:
    """Address of the page on which ``person`` pauses letters without signing in."""
    token = signing.dumps(person.pk, salt=PAUSE_SALT)
    return f"{settings.SITE_URL}/reminders/pause/{token}/"


def settings_url() -> str:
    """Address of the page of one's own settings of reminders."""
    return f"{settings.SITE_URL}/reminders/settings/"


def writable_items(items: QuerySet, on: dt.date) -> QuerySet:
    """Those of ``items`` (Notification) about which their recipients let us write on ``on``."""
    wants = "recipient__reminder_settings__"
    silent = Q(**{f"{wants}paused_until__gt": on})
    if on.weekday() != 0:
        silent |= Q(**{f"{wants}frequency": Frequency.WEEKLY})
    silent |= Q(**{f"{wants}frequency": Frequency.LAW_ONLY}) & ~Q(deadline__force=Force.LAW)
    return items.exclude(Q(urgent=False) & silent).exclude(
        Q(urgent=True, **{f"{wants}at_once": False})
    )
