"""The page of one form and one step, the commonest page of all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect

from schools.views.common import refusals, refusals_as_messages, render_form


@dataclass(frozen=True)
class Page:
    """Words of the page: heading, a line under it, where «назад» and success lead."""

    heading: str
    up: str
    up_label: str
    done: str
    lead: str = ""


def step_page(request, form, step: Callable, page: Page):
    """Show ``form``; when it is right, take ``step(**cleaned_data)`` and go up.

    A refusal comes back on the form at its field, with everything typed.
    """
    if form.is_valid():
        with refusals(form):
            step(**form.cleaned_data)
            messages.success(request, page.done)
            return redirect(page.up)
    return render_form(request, "schools/step_form.html", {"page": page}, form)


def step_button(request, step: Callable, *, up: str, done: str):
    """Take ``step()`` for a plain button and go to ``up``; a refusal is shown there."""
    with refusals_as_messages(request):
        step()
        messages.success(request, done)
    return redirect(up)
