"""Background work on deadlines. Every task may run twice at once, or be lost and run later."""

from celery import shared_task

from programs.deadlines import wide
from programs.notifications import outbox
from programs.notifications.letters import compose
from programs.notifications.sweep import sweep
from programs.workflow import returning
from schools import calendar, history
from schools.history import Scope
from schools.models import Municipality
from schools.workflow.calendar import load_library


@shared_task
def tick() -> int:
    """Read the published calendar and lay deadlines up to the end of the next school year.

    Each municipality by its own local day. Nothing else about the passing of time needs a job.

    Returns:
        How many municipalities got a later horizon; their organisations wait as Recompute.
    """
    load_library(by=None)
    moved = 0
    for place in Municipality.objects.order_by("pk"):
        on = place.local_day()
        horizon = calendar.horizon(on)
        if place.horizon_on >= horizon:
            continue
        wide_scope = Scope.of(wide=[f"municipality:{place.pk}"])
        with history.changing(wide_scope, by=None, on=on):
            moved += Municipality.objects.filter(pk=place.pk, horizon_on__lt=horizon).update(
                horizon_on=horizon
            )
    return moved


@shared_task
def run_recomputes() -> int:
    """Work for some seconds through changes wider than one organisation.

    Beat asks again soon: letters of the same queue get their turn in between.
    """
    return wide.run(seconds=15)


@shared_task
def remind() -> None:
    """Write what the ladder says today and put it into letters; again and again, adding nothing."""
    sweep()
    compose()


# Both end well before the lease of a letter in hand: whoever takes it over finds nobody sending.
@shared_task(soft_time_limit=150, time_limit=180)
def send_letter(pk: int) -> None:
    """Send one letter now; a second message about it does nothing."""
    outbox.send(pk)


@shared_task(soft_time_limit=150, time_limit=180)
def sweep_letters() -> None:
    """Send letters that nobody was told of, that were put off or that a dead worker held.

    After a standstill of days the letters of then first take in what has fallen due since.
    """
    if outbox.stood_still():
        remind()
    outbox.sweep_letters()


@shared_task
def delete_forgotten_sheets() -> int:
    """Scans that nobody placed live two months: they are copies of personal data."""
    return returning.delete_forgotten()
