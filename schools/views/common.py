"""What views of every app share. A view reads as: fetch → require → form → step → redirect.

case = get_object_or_404(MentoringGroup.objects.visible_to(request.user), pk=pk)
require(can_pause_program(request.user, case))
form = PauseForm(request.POST or None, case=case)
if form.is_valid():
    with refusals(form):
        pause_program(case, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, "Программа приостановлена.")
        return redirect("group-detail", pk=case.pk)
return render_form(request, "programs/program_pause.html", {"case": case}, form)
"""

from contextlib import contextmanager
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render

from schools.errors import DomainError


def require(allowed: bool) -> None:
    """Go on only when ``allowed``.

    Raises:
        PermissionDenied: the row is visible, but this action is not this person's: page 403.
    """
    if not allowed:
        raise PermissionDenied


def render_form(request, template: str, context: dict, form):
    """The page of ``form``: 200 when fresh, 422 when it came back with errors.

    The template finds it as ``form``; everything typed is kept in it.
    """
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {**context, "form": form}, status=status)


@contextmanager
def refusals(form):
    """A step that refuses inside this block puts its message on the form, at its field."""
    try:
        yield
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)


@contextmanager
def refusals_as_messages(request):
    """The same for a plain button: the refusal is shown on the page that comes next."""
    try:
        yield
    except DomainError as error:
        messages.error(request, error.message)


def paginate(request, rows, *, per_page: int = 50):
    """The page of ``rows`` that ``?page=`` asks for; a wrong number gives the nearest page.

    ``rows`` must be ordered. Show it with ``components/_pagination.html``.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
