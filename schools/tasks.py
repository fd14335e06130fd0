"""Background tasks of people and places. Each may run twice, late, or never: rows decide."""

from celery import shared_task

from schools import jobs, pulse, registry, resets
from schools.workflow import drafts


@shared_task
def heartbeat() -> None:
    """Beat's tick has reached a worker (``schools.pulse``)."""
    pulse.beat_once(pulse.TICK)


@shared_task(soft_time_limit=registry.LONGEST_WORK + 30, time_limit=registry.LONGEST_WORK + 60)
def run_job(job_id: int) -> None:
    """Do one job; a second message about it does nothing. Each kind of job has its own limits."""
    jobs.run_in_child(job_id)


@shared_task
def sweep_jobs() -> None:
    """Hand over jobs that the broker forgot or a dead worker held."""
    jobs.sweep()


@shared_task
def expire_job_files() -> None:
    """Delete what jobs made for download and nobody may keep for ever."""
    jobs.expire_files()


@shared_task
def send_password_letters() -> None:
    """Answer everybody who asked for a new password by e-mail."""
    resets.send_letters()


@shared_task
def delete_expired_lists() -> None:
    """Uploaded staff lists live a week: they are copies of personal data."""
    drafts.delete_expired()
