"""Printing papers and handing out the finished files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from programs.errors import DomainError
from programs.models import Document, MentoringGroup, Order, Program
from programs.permissions import can_edit_order, can_print_paper
from programs.workflow import papers
from schools.files import serve
from schools.views.common import require


def _print(request, step, subject, back):
    try:
        document = step(subject, by=request.user, on=timezone.localdate())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(back)
    return redirect("job-detail", pk=document.job_id)


@require_POST
def consent_print(request, pk):
    groups = MentoringGroup.objects.visible_to(request.user).select_related("school__municipality")
    group = get_object_or_404(groups, pk=pk)
    require(can_print_paper(request.user, group))
    return _print(request, papers.print_mentor_consent, group, group)


@require_POST
def program_print(request, pk):
    programs = Program.objects.visible_to(request.user).select_related(
        "group__school__municipality"
    )
    program = get_object_or_404(programs, pk=pk)
    require(can_print_paper(request.user, program.group))
    return _print(request, papers.print_program, program, program.group)


@require_POST
def order_print(request, pk):
    orders = Order.objects.visible_to(request.user).select_related("register__school")
    order = get_object_or_404(orders, pk=pk)
    require(can_edit_order(request.user, order))
    return _print(request, papers.print_order, order, order)


@require_GET
def document_download(request, code):
    """The PDF of one print, to whoever may see that paper."""
    documents = Document.objects.visible_to(request.user).select_related("file")
    document = get_object_or_404(documents, code=code)
    if document.file is None:
        raise Http404("the paper is not drawn yet")
    return serve(document.file)
