"""How a name changes by grammatical cases: what papers say, and the correction."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from schools.forms.names import CasesForm
from schools.grammar import ACCUSATIVE, DATIVE, GENITIVE, name_in, person_post, post_in
from schools.views.common import refusals, render_form
from schools.views.staff import FORM, by_now, card, editable_post
from schools.workflow.names import correct_cases


@require_http_methods(FORM)
def name_cases(request, pk):
    post = editable_post(request, pk)
    form = CasesForm(request.POST or None, person=post.person)
    form.cancel_url = card(post)
    if form.is_valid():
        with refusals(form):
            correct_cases(post, **by_now(request), **form.cleaned_data)
            messages.success(request, "Сохранено: новые бумаги напишут так.")
            return redirect("name-cases", pk=pk)
    context = {"post": post, "up": card(post), "preview": _preview(post)}
    return render_form(request, "schools/name_cases.html", context, form)


def _preview(post) -> list[tuple[str, str]]:
    """Lines of papers in which the name stands."""
    person = post.person
    return [
        ("Согласие", f"от {post_in(post.position, GENITIVE)} {name_in(person, GENITIVE)}"),
        ("Адресат", f"{post_in(post.position, DATIVE)} {name_in(person, DATIVE, short=True)}"),
        ("Приказ", f"назначить наставником {person_post(post, ACCUSATIVE)}"),
    ]
