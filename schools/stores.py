"""The database that went away and the broker that does not answer: how to know, how to tell."""

import logging
import time

from celery import current_app
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)

# SQLite has one error for “away” and for a wrong query; these words mean away or busy.
SQLITE_AWAY = ("locked", "unable to open", "disk i/o error", "readonly", "disk is full")
# After one failed message this process tries no other for so long: a step that has ten things
# to tell, or ten steps in a row, wait for a dead broker once. The sweepers tell what was not told.
QUIET_AFTER_FAILURE = 10.0  # seconds

_quiet_until = float("-inf")


def database_is_away(error: BaseException | None) -> bool:
    """The database cannot be reached or is too busy: the same request may succeed later."""
    if connection.vendor == "sqlite":
        return isinstance(error, OperationalError) and any(
            words in str(error).lower() for words in SQLITE_AWAY
        )
    return isinstance(error, (OperationalError, InterfaceError))


def hint(task: str, *args: int, queue: str | None = None) -> bool:
    """Tell the broker once that a row waits; False when it is away.

    Never raises and never tries again: the row is the truth, a sweeper tells what was not heard.

    Args:
        task: the full name of a Celery task.
        args: primary keys; personal data never goes into a queue.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task(task, args, queue=queue, retry=False)
    except Exception as error:
        _quiet_until = time.monotonic() + QUIET_AFTER_FAILURE
        log.warning("The broker is away; %s %s waits for the sweeper: %s", task, args, error)
        return False
    return True
