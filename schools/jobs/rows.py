"""Everything long is a row first, a hint to the broker after the commit; workers do the rest.

The row is the truth (``schools.jobs.runs`` says how one is done). A sweeper hands over what the
broker forgot or a dead worker held, and parks what failed three times.
"""

import datetime as dt

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from schools import registry, stores
from schools.models import Job, JobState

MAX_ATTEMPTS = 3
HINT_AFTER = dt.timedelta(seconds=10)  # a waiting row this old was not heard of by a worker
# Told again after as long as it waits already, up to this: a worker that is away for days finds
# a few hundred messages about a job, not a hundred thousand.
HINT_AT_MOST_EVERY = dt.timedelta(minutes=5)
BATCH = 200

PARKED = "Не получилось подготовить. Попробуйте ещё раз; если не поможет — сообщите администратору."
DIED = (
    "Исполнитель несколько раз остановился посреди работы. Попробуйте ещё раз;"
    " если не поможет — сообщите администратору."
)


def start(kind: str, *, owner, params: dict, school=None, total: int = 0, title: str = "") -> Job:
    """Write a waiting job in the current transaction and hint at it after the commit.

    Args:
        params: ids only; personal data never goes into a queue.
        total: how many steps ``report`` will tell of, 0 where that is not known yet.
        title: what the owner reads in the list of own jobs; the kind's title by default.
    """
    if kind not in registry.job_kinds:
        raise ValueError(f"nothing runs jobs of the kind {kind!r}")
    job = Job.objects.create(
        kind=kind, owner=owner, params=params, school=school, total=total, title=title,
        hint_at=timezone.now() + HINT_AFTER,
    )  # fmt: skip
    transaction.on_commit(lambda: hint(job), robust=True)
    return job


def hint(job: Job) -> bool:
    """Tell the broker once; False when it is away (the sweeper will tell again)."""
    return stores.hint("schools.tasks.run_job", job.pk, queue=registry.job_kinds[job.kind].queue)


def title_of(job: Job) -> str:
    """What ``job`` is, for its owner: may hold a name."""
    return job.title or kind_title(job)


def kind_title(job: Job) -> str:
    """What ``job`` is, for anybody."""
    kind = registry.job_kinds.get(job.kind)
    return kind.title if kind else job.kind


def is_expired(job: Job) -> bool:
    """Its file had a time to live, and that is over; the job can be done anew."""
    return (
        job.state == JobState.DONE
        and job.expires_at is not None
        and job.expires_at <= timezone.now()
    )


def sweep() -> int:
    """Hand over forgotten and abandoned jobs, park the poisoned; returns how many were hinted."""
    now = timezone.now()
    abandoned = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    finish(abandoned.filter(attempts__gte=MAX_ATTEMPTS), JobState.FAILED, error=DIED)
    forgotten = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    waiting = Job.objects.filter(forgotten, hint_at__lte=now, kind__in=registry.job_kinds)
    hinted = 0
    for job in waiting.order_by("hint_at", "pk")[:BATCH]:
        if not hint(job):
            break
        pause = min(max(now - job.queued_at, HINT_AFTER), HINT_AT_MOST_EVERY)
        Job.objects.filter(pk=job.pk).update(hint_at=now + pause)
        hinted += 1
    return hinted


def cancel(job: Job) -> bool:
    """Stop a waiting or running job; whoever runs it notices within seconds."""
    return bool(finish(Job.objects.open().filter(pk=job.pk), JobState.CANCELLED))


def retry(job: Job) -> bool:
    """Let a failed, cancelled or expired job wait again, with its attempts counted anew."""
    now = timezone.now()
    stopped = Q(state__in=[JobState.FAILED, JobState.CANCELLED])
    expired = Q(state=JobState.DONE, expires_at__lte=now, file=None)
    done = Job.objects.filter(stopped | expired, pk=job.pk).update(
        state=JobState.WAITING, attempts=0, error="", finished_at=None, expires_at=None,
        progress=0, queued_at=now, hint_at=now + HINT_AFTER,
    )  # fmt: skip
    if done:
        transaction.on_commit(lambda: hint(job), robust=True)
    return bool(done)


def finish(jobs, state: JobState, **fields) -> int:
    """Close ``jobs`` (a queryset) with ``state``; returns how many still could be closed."""
    return jobs.update(
        state=state, claim="", lease_until=None, finished_at=timezone.now(), **fields
    )


def expire_files() -> int:
    """Delete the files of jobs whose time is over; the jobs stay. Returns how many went.

    A file that something else has come to point at (a paper of a case) is not deleted.
    """
    now, count = timezone.now(), 0
    old = Job.objects.filter(file__isnull=False, expires_at__lte=now).select_related("file")
    for job in old.order_by("expires_at")[:BATCH]:
        mine = Job.objects.filter(pk=job.pk, file=job.file, expires_at__lte=now)
        try:
            with transaction.atomic():
                stored = job.file
                if not mine.update(file=None):
                    continue  # another sweep was faster
                stored.delete()
                transaction.on_commit(lambda f=stored: f.file.delete(save=False), robust=True)
        except ProtectedError:  # ask no more about it, and go on to the others
            mine.update(expires_at=None)
            continue
        count += 1
    return count
