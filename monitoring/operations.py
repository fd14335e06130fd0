"""Is the system itself at work: processes, queues, the calendar's horizon, letters, tasks.

For administrators. No names of people but those of accounts, nothing of a case.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from programs.deadlines import wide
from programs.models import Letter, LetterState
from schools import calendar, jobs, pulse, registry
from schools.models import Heartbeat, Job, JobState, Municipality, Recompute

SCHEDULE_WORDS = {
    "password-letters": "письма о новом пароле",
    "jobs": "обход заданий",
    "job-files": "удаление файлов с истёкшим сроком",
    "lists": "удаление старых загруженных списков",
    "recompute": "пересчёт сроков",
    "tick": "производственный календарь и горизонт сроков",
    "remind": "напоминания",
    "letters": "обход писем",
}
QUEUE_WORDS = {"default": "обычная очередь", "papers": "бумаги", "long": "стопки и комплекты"}


@dataclass(frozen=True)
class Process:
    """One process that must live, and when it last said so (None: never)."""

    label: str
    at: dt.datetime | None
    alive: bool


@dataclass(frozen=True)
class Queue:
    """Rows that wait for workers of one queue: rows, not messages of the broker."""

    label: str
    what: str
    waiting: int
    running: int
    oldest: dt.datetime | None
    url: str

    @property
    def waits_long(self) -> bool:
        """Longer than a minute: workers that are well take a row within seconds."""
        return self.oldest is not None and timezone.now() - self.oldest > dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Waiting:
    """One wide change that waits for its recomputation."""

    words: str
    asked_at: dt.datetime
    done: int
    total: int


def _queue_name(queue: str) -> str:
    return f"{QUEUE_WORDS.get(queue, queue)} ({queue})"


def _beats() -> dict[str, dt.datetime]:
    return dict(Heartbeat.objects.values_list("name", "at"))


def processes() -> list[Process]:
    """Workers of each queue, beat, and whether beat's ticks reach a worker."""
    beats, now = _beats(), timezone.now()
    wanted = [
        *[
            (pulse.worker_row(queue), f"Исполнитель, {_queue_name(queue)}", pulse.DEAD_AFTER)
            for queue in settings.WORKER_QUEUES
        ],
        (pulse.BEAT, "Расписание (beat)", pulse.DEAD_AFTER),
        (pulse.TICK, "Исполнитель берёт работу из очереди", pulse.STUCK_AFTER),
    ]
    return [
        Process(label, beats.get(name), name in beats and now - beats[name] <= limit)
        for name, label, limit in wanted
    ]


def scheduled_runs() -> list[tuple[str, dt.datetime | None]]:
    """(what, when it last ended well) for each task of the schedule, in its order."""
    beats = _beats()
    return [
        (SCHEDULE_WORDS.get(name, name), beats.get(pulse.RUN + name))
        for name in settings.CELERY_BEAT_SCHEDULE
        if name != "heartbeat"
    ]


def queues() -> list[Queue]:
    """What waits for each queue, the oldest first to worry about."""
    now = timezone.now()
    found = []
    for queue in settings.WORKER_QUEUES:
        kinds = [name for name, kind in registry.job_kinds.items() if kind.queue == queue]
        if not kinds:
            continue
        waiting, running = Q(state=JobState.WAITING), Q(state=JobState.RUNNING)
        row = Job.objects.filter(kind__in=kinds).aggregate(
            waiting=Count("pk", filter=waiting), running=Count("pk", filter=running),
            oldest=Min("queued_at", filter=waiting),
        )  # fmt: skip
        url = f"{reverse('operations-jobs')}?state=WAITING"
        found.append(Queue(_queue_name(queue), "задания", url=url, **row))
    due = Q(state=LetterState.WAITING, not_before__lte=now)
    row = Letter.objects.aggregate(
        waiting=Count("pk", filter=due),
        running=Count("pk", filter=Q(state=LetterState.SENDING)),
        oldest=Min("not_before", filter=due),
    )
    url = f"{reverse('operations-letters')}?state=WAITING"
    found.append(Queue(_queue_name("default"), "письма, время которых пришло", url=url, **row))
    return found


def jobs_by_state() -> list[tuple[str, str, int]]:
    """(state, its word, number) of all tasks, also where there are none."""
    numbers = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, state.label, numbers.get(state, 0)) for state in JobState]


def letters_by_state() -> list[tuple[str, str, int]]:
    """(state, its word, number) of all letters, also where there are none."""
    numbers = dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, state.label, numbers.get(state, 0)) for state in LetterState]


def jobs_in(state: str):
    """Tasks in ``state`` ('' for all), newest first."""
    rows = Job.objects.select_related("owner", "school").order_by("-created_at", "-pk")
    return rows.filter(state=state) if state else rows


def letters_in(state: str):
    """Letters in ``state`` ('' for all), newest first."""
    rows = Letter.objects.select_related("recipient__user").order_by("-created_at", "-pk")
    return rows.filter(state=state) if state else rows


def job_title(job: Job) -> str:
    """What kind of work it is; its own title may hold a name from a case."""
    return jobs.kind_title(job)


def waiting_recomputes() -> list[Waiting]:
    """Wide changes whose organisations are not all recomputed yet, oldest first."""
    found = []
    for row in Recompute.objects.order_by("asked_at"):
        schools = wide.schools_of(row.scope)
        found.append(
            Waiting(
                wide.words(row.scope),
                row.asked_at,
                schools.filter(pk__lte=row.done_upto).count(),
                schools.count(),
            )
        )
    return found


def behind() -> set[int]:
    """Municipalities (pk) whose deadlines are not laid up to the end of the next school year."""
    return {
        place.pk
        for place in Municipality.objects.only("pk", "time_zone", "horizon_on")
        if place.horizon_on < calendar.horizon(place.local_day())
    }
