"""Long tasks: one's own list, and the page of one that shows progress by itself."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from schools import jobs, registry
from schools.files import serve
from schools.models import Job, JobState
from schools.views.common import paginate

TONES = {
    JobState.WAITING: "wait",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "wait",
    JobState.CANCELLED: "neutral",
}


class JobView:
    """One job as a page shows it."""

    def __init__(self, job: Job):
        self.job = job
        self.is_open = job.state in {JobState.WAITING, JobState.RUNNING}
        self.is_expired = jobs.is_expired(job)
        self.starts_later = (
            job.state == JobState.WAITING and timezone.now() - job.queued_at > jobs.HINT_AFTER
        )
        self.can_retry = job.state in {JobState.FAILED, JobState.CANCELLED} or (
            self.is_expired and job.file_id is None
        )
        kind, done = registry.job_kinds[job.kind], job.state == JobState.DONE
        self.result_url = self.other_format = ""
        if done and not self.is_expired:
            self.result_url = kind.address(job)
            self.other_format = kind.other_format(job) if kind.other_format else ""

    @property
    def title(self) -> str:
        return jobs.title_of(self.job)

    @property
    def tone(self) -> str:
        return "neutral" if self.is_expired else TONES[self.job.state]

    @property
    def state(self) -> str:
        return "срок хранения истёк" if self.is_expired else self.job.get_state_display()

    @property
    def step(self) -> int:
        """The step in hand, counted from 1; never past the last."""
        return min(self.job.progress + 1, self.job.total)

    @property
    def stamp(self) -> str:
        """Changes when there is something new to show."""
        job = self.job
        return f"{job.state}.{job.progress}.{job.total}.{job.attempts}.{int(self.starts_later)}"

    @property
    def phase(self) -> str:
        """Changes when there is something new to say aloud; not at every step."""
        return f"{self.job.state}.{int(self.starts_later)}"


def _job_or_404(request, pk):
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)


@require_GET
def job_list(request):
    """One's own tasks: what is under way, then what ended lately."""
    rows = Job.objects.visible_to(request.user).filter(kind__in=registry.job_kinds)
    page = paginate(request, rows.order_by("-created_at", "-pk"), per_page=20)
    open_ones = rows.open().count()
    context = {"page": page, "views": [JobView(job) for job in page], "open_count": open_ones}
    return render(request, "schools/job_list.html", context)


@never_cache
@require_GET
def job_detail(request, pk):
    """Progress. A page that asks again (htmx) gets nothing while there is nothing new."""
    view = JobView(_job_or_404(request, pk))
    if not request.htmx:
        return render(request, "schools/job_detail.html", {"view": view})
    if request.GET.get("seen") == view.stamp:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    told = request.GET.get("told") == view.phase
    return render(request, "schools/_job.html", {"view": view, "say": not told})


@require_GET
def job_file(request, pk):
    """What the job made, while it is kept."""
    job = _job_or_404(request, pk)
    if job.file is None or jobs.is_expired(job):
        return redirect("job-detail", pk=job.pk)
    return serve(job.file)


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
