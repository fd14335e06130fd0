"""«Работа системы»: for administrators, every number with the list behind it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from monitoring import operations
from programs.models import LetterState
from programs.workflow.letters import STOPPED, resend_letter
from schools.calendar import horizon
from schools.models import JobState, Municipality
from schools.permissions import can_operate
from schools.views.common import paginate, refusals_as_messages, require
from schools.workflow.jobs import retry_parked_job


@never_cache
@require_safe
def operations_home(request):
    """Everything that may have stopped, on one page."""
    require(can_operate(request.user))
    behind = operations.behind()
    context = {
        "now": timezone.now(),
        "processes": operations.processes(),
        "runs": operations.scheduled_runs(),
        "queues": operations.queues(),
        "jobs": operations.jobs_by_state(),
        "letters": operations.letters_by_state(),
        "recomputes": operations.waiting_recomputes(),
        "behind": len(behind),
        "municipalities": Municipality.objects.count(),
    }
    return render(request, "monitoring/operations_home.html", context)


@never_cache
@require_safe
def operations_jobs(request):
    """Tasks in one state or all, with a button to repeat what was parked."""
    require(can_operate(request.user))
    state = _known(request.GET.get("state", ""), JobState)
    page = paginate(request, operations.jobs_in(state))
    context = {
        "page": page,
        "rows": [(job, operations.job_title(job), job.state == JobState.FAILED) for job in page],
        "states": operations.jobs_by_state(),
        "state": state,
    }
    return render(request, "monitoring/operations_jobs.html", context)


@require_POST
def operations_job_retry(request, pk):
    require(can_operate(request.user))
    job = get_object_or_404(operations.jobs_in(""), pk=pk)
    with refusals_as_messages(request):
        retry_parked_job(job, by=request.user, on=timezone.localdate())
        messages.success(request, f"Задание № {job.pk} снова в очереди.")
    return redirect("operations-jobs")


@never_cache
@require_safe
def operations_letters(request):
    """Letters in one state or all, with a button to send again what did not leave."""
    require(can_operate(request.user))
    state = _known(request.GET.get("state", ""), LetterState)
    page = paginate(request, operations.letters_in(state))
    context = {
        "page": page,
        "rows": [(letter, letter.state in STOPPED) for letter in page],
        "states": operations.letters_by_state(),
        "state": state,
    }
    return render(request, "monitoring/operations_letters.html", context)


@require_POST
def operations_letter_resend(request, pk):
    require(can_operate(request.user))
    letter = get_object_or_404(operations.letters_in(""), pk=pk)
    with refusals_as_messages(request):
        resend_letter(letter, by=request.user, on=timezone.localdate())
        messages.success(request, f"Письмо № {letter.pk} будет отправлено ещё раз.")
    return redirect("operations-letters")


@never_cache
@require_safe
def operations_horizon(request):
    """Up to which day the deadlines of each municipality are laid."""
    require(can_operate(request.user))
    only = request.GET.get("only") == "behind"
    late = operations.behind()
    places = Municipality.objects.select_related("region").order_by("region__name", "name", "pk")
    page = paginate(request, places.filter(pk__in=late) if only else places)
    rows = [
        (place, place.local_day(), horizon(place.local_day()), place.pk in late) for place in page
    ]
    context = {"page": page, "rows": rows, "only": only, "behind": len(late)}
    return render(request, "monitoring/operations_horizon.html", context)


def _known(value: str, states) -> str:
    return value if value in states.values else ""
