"""The page of one long task: progress without reload, and without JavaScript too."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from schools import jobs, registry
from schools.jobs import HINT_AFTER
from schools.models import Job, JobState


def _job_or_404(request, pk):
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)


@require_GET
def job_detail(request, pk):
    """Progress; a finished job of a known kind goes on to its result by itself."""
    job = _job_or_404(request, pk)
    other = registry.job_formats.get(job.kind)
    is_open = job.state in {JobState.WAITING, JobState.RUNNING}
    context = {
        "job": job,
        "is_open": is_open,
        "starts_later": job.state == JobState.WAITING
        and timezone.now() - job.created_at > HINT_AFTER,
        "can_retry": job.state in {JobState.FAILED, JobState.CANCELLED},
        "other_format": other(job) if other and job.state == JobState.DONE else None,
        "result_url": registry.job_results[job.kind](job) if job.state == JobState.DONE else "",
    }
    template = "schools/_job.html" if request.htmx else "schools/job_detail.html"
    return render(request, template, context)


@require_POST
def job_cancel(request, pk):
    job = _job_or_404(request, pk)
    if not jobs.cancel(job):
        messages.info(request, "Работа уже закончена, отменять нечего.")
    return redirect("job-detail", pk=job.pk)


@require_POST
def job_retry(request, pk):
    job = _job_or_404(request, pk)
    if not jobs.retry(job):
        messages.info(request, "Эта работа ещё идёт или уже готова.")
    return redirect("job-detail", pk=job.pk)
