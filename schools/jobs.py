"""Everything long runs here: a row first, a hint to the broker after the commit.

The row is the truth. A worker claims it by a conditional update, with a lease and a token;
whoever lost the claim writes nothing. A sweeper hands over what the broker forgot or a dead
worker held, and parks what failed three times.
"""

import datetime as dt
import logging
import secrets

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from schools import registry
from schools.models import Job, JobState

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
HINT_AFTER = dt.timedelta(seconds=20)  # a waiting row this old was not heard of by a worker
MAX_ATTEMPTS = 3
PAPER_QUEUE = "papers"

PARKED = "Не получилось подготовить. Попробуйте ещё раз; если не поможет — сообщите администратору."


class JobCancelled(Exception):
    """Somebody else holds or ended the job: the runner must stop and write nothing."""


def start(kind: str, *, owner, params: dict, school=None, total: int = 0) -> Job:
    """Write a waiting job in the current transaction and hint at it after the commit.

    Args:
        params: ids only; personal data never goes into a queue.
    """
    if kind not in registry.job_runners:
        raise ValueError(f"nothing runs jobs of the kind {kind!r}")
    job = Job.objects.create(kind=kind, owner=owner, params=params, school=school, total=total)
    transaction.on_commit(lambda: hint(job.pk), robust=True)
    return job


def hint(job_id: int) -> bool:
    """Tell the broker once; False when it is away (the sweeper will tell again)."""
    try:
        current_app.send_task("schools.tasks.run_job", [job_id], queue=PAPER_QUEUE, retry=False)
    except Exception:
        log.warning("the broker is away; job %s waits for the sweeper", job_id)
        return False
    return True


def run(job_id: int) -> str:
    """Do one job unless it is done, cancelled or in other hands; safe to call many times."""
    token, now = secrets.token_hex(16), timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(free, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
        state=JobState.RUNNING, claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return "skipped"
    job = Job.objects.get(pk=job_id)
    mine = Job.objects.filter(pk=job_id, claim=token)

    def report(progress: int, total: int | None = None) -> None:
        fields = {"progress": progress, "lease_until": timezone.now() + LEASE}
        if total is not None:
            fields["total"] = total
        if not mine.update(**fields):
            raise JobCancelled

    try:
        result = registry.job_runners[job.kind](job, report) or {}
    except JobCancelled:
        return "cancelled"
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        if job.attempts < MAX_ATTEMPTS:
            mine.update(state=JobState.WAITING, claim="", lease_until=None, error=PARKED)
        else:
            _finish(mine, JobState.FAILED, error=PARKED)
        return "failed"
    return "done" if _finish(mine, JobState.DONE, result=result, error="") else "lost"


def _finish(jobs, state: JobState, **fields) -> int:
    return jobs.update(
        state=state, claim="", lease_until=None, finished_at=timezone.now(), **fields
    )


def sweep() -> int:
    """Hand over forgotten and abandoned jobs, park the poisoned; returns how many were hinted."""
    now = timezone.now()
    abandoned = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    _finish(abandoned.filter(attempts__gte=MAX_ATTEMPTS), JobState.FAILED, error=PARKED)
    forgotten = Q(state=JobState.WAITING, created_at__lt=now - HINT_AFTER)
    waiting = Job.objects.filter(forgotten | Q(state=JobState.RUNNING, lease_until__lt=now))
    hinted = 0
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:200]:
        if not hint(pk):
            break
        hinted += 1
    return hinted


def cancel(job: Job) -> bool:
    """Stop a waiting or running job; its worker notices at the next report."""
    open_ones = Job.objects.filter(pk=job.pk, state__in=[JobState.WAITING, JobState.RUNNING])
    return bool(_finish(open_ones, JobState.CANCELLED))


def retry(job: Job) -> bool:
    """Let a failed or cancelled job wait again, with its attempts counted anew."""
    stopped = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    done = stopped.update(
        state=JobState.WAITING, attempts=0, error="", finished_at=None, progress=0
    )
    if done:
        hint(job.pk)
    return bool(done)
