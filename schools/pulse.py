"""Signs of life of workers and of beat: rows that any machine can read (``/healthz``).

A worker's main process and beat each write a row of their own every few seconds; the tick
that beat sends and a worker executes writes a third. So a dead worker, a dead beat and a
worker that lives but takes no work can be told apart.
"""

import datetime as dt
import logging
import threading
import time

from celery import states
from celery.beat import PersistentScheduler
from celery.signals import task_postrun, worker_ready, worker_shutting_down
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from schools.models import Heartbeat

logger = logging.getLogger(__name__)

EVERY = 15  # seconds between two signs of life
DEAD_AFTER = dt.timedelta(seconds=45)  # two may be late before a process counts as dead
STUCK_AFTER = dt.timedelta(minutes=10)  # longer than any task may run

BEAT = "beat"
TICK = "tick"
RUN = "run:"  # + entry of beat's schedule: when that task last ended well


def worker_row(queue: str) -> str:
    return f"worker:{queue}"


def beat_once(*names: str) -> None:
    """Write that ``names`` are alive now."""
    now = timezone.now()
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now) for name in sorted(names)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def ended_well_within(entry: str, limit: dt.timedelta) -> bool:
    """That ``entry`` of beat's schedule last ended well no longer ago than ``limit``."""
    return Heartbeat.objects.filter(name=RUN + entry, at__gte=timezone.now() - limit).exists()


def living() -> dict[str, bool]:
    """Whether ``worker`` and ``beat`` are alive, by their rows.

    Raises:
        django.db.Error: the database is away, so nobody can tell.
    """
    age = {row.name: timezone.now() - row.at for row in Heartbeat.objects.all()}

    def within(name: str, limit: dt.timedelta) -> bool:
        return name in age and age[name] <= limit

    beat = within(BEAT, DEAD_AFTER)
    workers = all(within(worker_row(queue), DEAD_AFTER) for queue in settings.WORKER_QUEUES)
    # Without beat there are no ticks, and their absence says nothing about the worker.
    takes_work = not beat or within(TICK, STUCK_AFTER)
    return {"worker": workers and takes_work, "beat": beat}


@task_postrun.connect
def note_scheduled_run(sender, state, **kwargs):
    """Keep when each task of the schedule last ended well, for the page of operations."""
    if state != states.SUCCESS:
        return
    names = [
        RUN + name
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
        if entry["task"] == sender.name
    ]
    try:
        beat_once(*names)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("The end of %s was not written: %s", sender.name, error)


class PulsingScheduler(PersistentScheduler):
    """Beat's own schedule file, and a sign of life from the loop itself."""

    _beaten_at = float("-inf")

    def tick(self, *args, **kwargs):
        if time.monotonic() - self._beaten_at >= EVERY:
            self._beaten_at = time.monotonic()
            _try_to_beat(BEAT)
        return min(super().tick(*args, **kwargs), EVERY)


_stopping = threading.Event()


@worker_ready.connect
def start_pulse(sender, **kwargs):
    """A thread of the worker's main process: long tasks run in children and never hold it."""
    names = [worker_row(queue) for queue in sender.app.amqp.queues.consume_from]
    threading.Thread(target=_pulse, args=names, name="pulse", daemon=True).start()


@worker_shutting_down.connect
def stop_pulse(**kwargs):
    _stopping.set()


def _pulse(*names: str) -> None:
    while not _stopping.is_set():
        _try_to_beat(*names)
        _stopping.wait(EVERY)


def _try_to_beat(*names: str) -> None:
    """A database that is away is no reason to stop: `/healthz` shows the silence."""
    try:
        beat_once(*names)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("No sign of life written: %s", error)
    finally:
        connection.close()
