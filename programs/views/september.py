"""«Сентябрь»: all pairs of the year on one page, their papers as one stack."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.models import Document
from programs.permissions import can_draft_order
from programs.september import September
from programs.views.steps import own_jobs, school_or_404
from programs.workflow.bundles import print_bundle
from schools.files import serve
from schools.models import Job, Person
from schools.text import row_key
from schools.views.common import refusals_as_messages, require


@require_safe
def september(request, pk):
    school = school_or_404(request, pk)
    require(can_draft_order(request.user, school))
    page = September(request.user, school, timezone.localdate())
    return render(request, "programs/september.html", {"page": page, "school": school})


@require_POST
def september_print(request, pk):
    """One PDF of everything that waits for a signature; ``person`` limits it to one hand."""
    school = school_or_404(request, pk)
    require(can_draft_order(request.user, school))
    on = timezone.localdate()
    page = September(request.user, school, on)
    wanted = request.POST.get("person", "")
    people = Person.objects.filter(pk__in=[stack.person.pk for stack in page.stacks])
    person = get_object_or_404(people, pk=row_key(wanted)) if wanted else None
    with refusals_as_messages(request):
        job = print_bundle(school, by=request.user, on=on, groups=page.groups, person=person)
        return redirect("job-detail", pk=job.pk)
    return redirect("september", pk=school.pk)


def _bundle(request, pk) -> Job:
    return get_object_or_404(own_jobs(request.user, "bundle"), pk=pk)


@require_safe
def bundle_detail(request, pk):
    """What the stack holds, and what could not be printed."""
    job = _bundle(request, pk)
    if not job.result:
        return redirect("job-detail", pk=job.pk)
    documents = Document.objects.visible_to(request.user).filter(code__in=job.result["codes"])
    documents = documents.select_related("post__person", "order").order_by("pk")
    context = {"job": job, "documents": documents}
    return render(request, "programs/bundle_detail.html", context)


@require_safe
def bundle_download(request, pk):
    job = _bundle(request, pk)
    if job.file is None:
        raise Http404("the stack is not made yet")
    return serve(job.file)
