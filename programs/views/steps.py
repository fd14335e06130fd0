"""What the pages of steps share: fetch a case, and one page around one form."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from programs import casefile, queries
from schools.errors import DomainError
from schools.models import Job, School
from schools.views.common import render_form


def case_or_404(request, pk: int):
    """The case if the person sees it, with its state and its people's names."""
    groups = casefile.cases(request.user, timezone.localdate())
    return get_object_or_404(queries.with_people(groups, request.user), pk=pk)


def school_or_404(request, pk: int) -> School:
    schools = School.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(schools, pk=pk)


def row_or_404(request, model, pk: int, *related):
    """A row of a case if the person sees it."""
    return get_object_or_404(model.objects.visible_to(request.user).select_related(*related), pk=pk)


def own_jobs(user, kind: str):
    """Jobs of ``kind`` that the person asked for, whose organisation they still run: papers of
    a former one are handed out no more."""
    jobs = Job.objects.visible_to(user).filter(kind=kind)
    return jobs.filter(school__in=user.access.staffed_schools()).select_related("file", "school")


def taken(form, step) -> bool:
    """Take the step with the form's data; a refusal goes to its field, nothing typed is lost.

    A form may say in ``aliases`` which of its fields stands for an argument of the step.
    """
    if not form.is_valid():
        return False
    try:
        step(**form.cleaned_data)
    except DomainError as error:
        field = getattr(form, "aliases", {}).get(error.field, error.field)
        form.add_error(field if field in form.fields else None, error.message)
        return False
    return True


ORDER_DRAFTED = "Проект приказа подготовлен: распечатайте его и отметьте подписание."


def step_page(
    request, form, step, *, title, done, back, up="", lead="", clause="", warnings=(),
    template=None, **context,
):  # fmt: skip
    """The page of one step: its form, and after it the page ``back`` with the words ``done``.

    Args:
        step: called with the cleaned data; object, author and day are already in it.
        done: what was done, in words, or a function giving them.
        back: a model instance with an address, an address, or a function giving one.
        up: the address of «Назад», by default that of ``back``.
        warnings: sentences that do not block.
    """
    if request.method == "POST" and taken(form, step):
        messages.success(request, done() if callable(done) else done)
        return redirect(back() if callable(back) else back)
    if not up and not callable(back):
        up = back if isinstance(back, str) else back.get_absolute_url()
    form.cancel_url = up
    page = {
        "title": title, "lead": lead, "clause": clause, "warnings": warnings, "up": up, **context
    }  # fmt: skip
    return render_form(request, template or "programs/step_form.html", page, form)


def posted(request):
    """Data and files of a POST, nothing for a GET: the first two arguments of a form."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
