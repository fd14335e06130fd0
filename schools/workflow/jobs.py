"""What an administrator does with background work that stopped."""

import datetime as dt

from schools import history, jobs
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Job, JobState


def retry_parked_job(job: Job, *, by, on: dt.date) -> None:
    """Let a job that failed wait again, with its attempts counted anew.

    Raises:
        TransitionError: ``job_not_parked`` where it runs, is done or its owner cancelled it.
    """
    with history.changing(Scope(), by=by, on=on) as change:
        current = Job.objects.select_for_update().get(pk=job.pk)
        if current.state != JobState.FAILED or not jobs.retry(current):
            raise TransitionError(
                "job_not_parked", "Это задание уже не остановлено: повторять нечего."
            )
        change.record("job_retried", current, number=current.pk, what=jobs.kind_title(current))
