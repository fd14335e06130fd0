"""How a worker does one job: a claim with a token, the work, and one end that counts.

A job is claimed by a conditional update, with a lease; whoever lost the claim writes nothing. A
worker does the work in a child process of its own, bounded in time and memory: what kills the
child costs the job an attempt and harms nobody else.
"""

import datetime as dt
import logging
import secrets
import time

from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.db.models import F, Q
from django.utils import timezone

from schools import registry
from schools.errors import DomainError
from schools.files import discard
from schools.jobs import children
from schools.jobs.rows import DIED, HINT_AFTER, MAX_ATTEMPTS, PARKED, finish
from schools.models import Job, JobState
from schools.stores import database_is_away

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=1)  # a dead worker is found out after it
RENEW_EVERY = 5  # seconds; also how soon a running job notices that it was cancelled
GIVE_BACK_FOR = 60  # seconds to wait for a database that went away in mid-work

TOO_LONG = (
    "Подготовка заняла слишком много времени и остановлена. Возьмите меньший объём"
    " или сообщите администратору."
)
TOO_BIG = "Для подготовки не хватило памяти. Возьмите меньший объём или сообщите администратору."
_WORDS = {children.TOO_LONG: TOO_LONG, children.NO_MEMORY: TOO_BIG, children.DIED: DIED}


class JobCancelled(Exception):
    """Somebody else holds or ended the job: the runner must stop and write nothing."""


def run(job_id: int) -> str:
    """Do one job in this process unless it is done, cancelled or in other hands.

    Safe to call many times. Returns skipped, done, failed, cancelled, lost or away.
    """
    job = _claim(job_id)
    return _work(job) if job else "skipped"


def run_in_child(job_id: int) -> str:
    """Do one job in a child process within the limits of its kind; for workers.

    Returns what ``run`` does, or timeout, memory or died.
    """
    job = _claim(job_id)
    if job is None:
        return "skipped"
    kind = registry.job_kinds[job.kind]
    kind.prepare()
    connections.close_all()  # a connection shared by two processes speaks nonsense
    outcome = children.run(
        lambda: _work(job),
        seconds=kind.seconds,
        megabytes=kind.megabytes,
        every=RENEW_EVERY,
        watch=lambda: _renew(job),
    )
    if outcome in _WORDS:
        log.error("job %s (%s): %s", job.pk, job.kind, outcome)
        _fail(job, _WORDS[outcome])
    elif outcome == "away":
        _give_back(job)
    return outcome


def _claim(job_id: int) -> Job | None:
    token, now = secrets.token_hex(16), timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(free, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
        state=JobState.RUNNING, claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.filter(pk=job_id, claim=token).first() if claimed else None


def _mine(job: Job):
    return Job.objects.filter(pk=job.pk, claim=job.claim)


def _work(job: Job) -> str:
    def report(progress: int, total: int | None = None) -> None:
        fields = {"progress": progress, "lease_until": timezone.now() + LEASE}
        if total is not None:
            fields["total"] = total
        if not _mine(job).update(**fields):
            raise JobCancelled

    try:
        result = dict(registry.job_kinds[job.kind].run(job, report) or {})
        return _end(job, result)
    except JobCancelled:
        return "cancelled"
    except DomainError as refusal:  # it would be refused again: nothing to try twice
        return "failed" if _park(job, refusal.message) else "lost"
    except MemoryError:
        log.error("job %s (%s): out of memory", job.pk, job.kind)
        return _fail(job, TOO_BIG)
    except Exception as error:
        if isinstance(error, (OperationalError, InterfaceError)) and database_is_away(error):
            log.warning("job %s: the database is away", job.pk)
            return "away"
        log.exception("job %s (%s) failed", job.pk, job.kind)
        return _fail(job, PARKED)


def _end(job: Job, result: dict) -> str:
    """Write what came out; a file that nobody waits for any more is thrown away."""
    stored, keeps = result.pop("file", None), registry.job_kinds[job.kind].keeps
    fields = {"result": result, "error": ""}
    if stored is not None:
        fields |= {"file": stored, "expires_at": timezone.now() + keeps if keeps else None}
    if finish(_mine(job), JobState.DONE, **fields):
        return "done"
    if stored is not None:
        discard(stored)
    return "lost"


def _fail(job: Job, words: str) -> str:
    """This attempt is lost: wait for the next one, or be parked with ``words``."""
    if job.attempts < MAX_ATTEMPTS:
        _wait_again(job, error=words)
    else:
        _park(job, words)
    return "failed"


def _park(job: Job, words: str) -> int:
    return finish(_mine(job), JobState.FAILED, error=words[:500])


def _wait_again(job: Job, **fields) -> int:
    return _mine(job).update(
        state=JobState.WAITING, claim="", lease_until=None,
        hint_at=timezone.now() + HINT_AFTER / 4, **fields,
    )  # fmt: skip


def _renew(job: Job) -> bool:
    """Keep the claim while the child works; False when it is lost and the child must stop."""
    try:
        return bool(_mine(job).update(lease_until=timezone.now() + LEASE))
    except (OperationalError, InterfaceError):
        connection.close()
        return True  # nobody can tell; the end is fenced anyway


def _give_back(job: Job) -> None:
    """A database that went away is not the job's fault: the attempt does not count."""
    for _ in range(GIVE_BACK_FOR):
        try:
            with transaction.atomic():
                _wait_again(job, attempts=F("attempts") - 1)
            return
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(1)
