"""«Комплекты»: gaps, all papers of a case as one file, sets that are handed over."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import casepapers, queries
from programs.choices import Force
from programs.due import lines, merged, urgency
from programs.forms.packs import PackForm
from programs.models import Deadline, Pack
from programs.permissions import can_print_paper
from programs.views.steps import case_or_404, own_jobs, posted, step_page
from programs.workflow.packs import ask_archive, hand_over
from schools import history
from schools.files import serve
from schools.views.common import refusals_as_messages, require


@require_safe
def pack_list(request, pk):
    """What is missing, what is there, and what was handed over."""
    group = case_or_404(request, pk)
    require(can_print_paper(request.user, group))
    on = timezone.localdate()
    # «Проверить себя»: the one table of what is due decides; advice and work to come are no gap.
    rows = Deadline.objects.visible_to(request.user).open(on).filter(group=group)
    rows = rows.exclude(force=Force.ADVICE).exclude(kind="planned_event")
    rows = rows.select_related("school", "person", "group")
    gaps = lines(rows, request.user, on, names={group.pk: queries.title(group)})
    packs = list(Pack.objects.visible_to(request.user).filter(group=group))
    context = {
        "group": group,
        "name": queries.title(group),
        "gaps": merged(sorted(gaps, key=urgency)),
        "papers": casepapers.of_case(group, on),
        "packs": packs,
        "history": history.lines(*packs) if packs else [],
    }
    return render(request, "programs/pack_list.html", context)


@require_POST
def archive_make(request, pk):
    group = case_or_404(request, pk)
    require(can_print_paper(request.user, group))
    with refusals_as_messages(request):
        job = ask_archive(group, by=request.user, on=timezone.localdate())
        return redirect("job-detail", pk=job.pk)
    return redirect("pack-list", pk=group.pk)


@require_http_methods(["GET", "POST"])
def pack_add(request, pk):
    group = case_or_404(request, pk)
    require(can_print_paper(request.user, group))
    on = timezone.localdate()
    papers = casepapers.of_case(group, on)
    initial = {"as_of": on, "papers": [paper.key for paper in papers]}
    made = []

    def step(**data):
        made.append(hand_over(group, by=request.user, on=on, **data))

    return step_page(
        request,
        PackForm(*posted(request), papers=papers, initial=initial),
        step,
        title="Комплект для передачи",
        done="Комплект записан в историю; файл готовится.",
        back=lambda: reverse("job-detail", args=[made[0].job_id]),
        up=reverse("pack-list", args=[group.pk]),
        lead="Черновики, заметки пары, ответы на вопросы и рекомендации в комплект не попадают.",
    )


@require_safe
def pack_download(request, pk):
    packs = Pack.objects.visible_to(request.user).select_related("file")
    pack = get_object_or_404(packs, pk=pk)
    if pack.file is None:
        raise Http404("the set is not made yet")
    return serve(pack.file)


@require_safe
def archive_download(request, pk):
    job = get_object_or_404(own_jobs(request.user, "archive"), pk=pk)
    if job.file is None:
        raise Http404("the archive is not made yet")
    return serve(job.file)
