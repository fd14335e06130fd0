"""Absences, categories and studies of one person."""

from functools import partial

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from schools.forms.staff import (
    AbsenceChangeForm,
    AbsenceForm,
    QualificationForm,
    ReturnForm,
    StudyForm,
)
from schools.models import Absence, Qualification, Study
from schools.views.staff import FORM, by_now, card, editable_post
from schools.views.stepping import Page, step_button, step_page
from schools.workflow import absences, records


def _editable(request, model, pk):
    """A row of ``model`` whose post the person keeps; 404 when the post is not visible."""
    row = model.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.post = editable_post(request, row.post_id)
    return row


def _page(post, heading, done, lead="") -> Page:
    return Page(heading, card(post), post.person.full_name, done, lead)


def _form(form, post):
    form.cancel_url = card(post)
    return form


@require_http_methods(FORM)
def absence_add(request, pk):
    post = editable_post(request, pk)
    form = _form(
        AbsenceForm(request.POST or None, initial={"starts_on": timezone.localdate()}), post
    )
    page = _page(
        post, "Отметить отсутствие", "Отсутствие отмечено.",
        "Только даты: причина болезни или диагноз здесь не указываются.",
    )  # fmt: skip
    step = partial(absences.record_absence, post, **by_now(request))
    return step_page(request, form, step, page)


@require_http_methods(FORM)
def absence_edit(request, pk):
    absence = _editable(request, Absence, pk)
    form = _form(AbsenceChangeForm(request.POST or None, instance=absence), absence.post)
    page = _page(absence.post, "Исправить отсутствие", "Отсутствие исправлено.")
    step = partial(absences.change_absence, absence, **by_now(request))
    return step_page(request, form, step, page)


@require_http_methods(FORM)
def absence_return(request, pk):
    absence = _editable(request, Absence, pk)
    initial = {"returned_on": timezone.localdate()}
    form = _form(ReturnForm(request.POST or None, initial=initial), absence.post)
    page = _page(absence.post, "Выход на работу", "Выход на работу отмечен.")
    step = partial(absences.record_return, absence, **by_now(request))
    return step_page(request, form, step, page)


@require_POST
def absence_remove(request, pk):
    absence = _editable(request, Absence, pk)
    step = partial(absences.remove_absence, absence, **by_now(request))
    return step_button(request, step, up=card(absence.post), done="Запись удалена.")


@require_http_methods(FORM)
def qualification_add(request, pk):
    post = editable_post(request, pk)
    form = _form(QualificationForm(request.POST or None), post)
    page = _page(post, "Категория", "Категория записана.")
    step = partial(records.add_qualification, post, **by_now(request))
    return step_page(request, form, step, page)


@require_http_methods(FORM)
def qualification_edit(request, pk):
    row = _editable(request, Qualification, pk)
    form = _form(QualificationForm(request.POST or None, instance=row), row.post)
    page = _page(row.post, "Исправить категорию", "Категория исправлена.")
    step = partial(records.change_qualification, row, **by_now(request))
    return step_page(request, form, step, page)


@require_POST
def qualification_remove(request, pk):
    row = _editable(request, Qualification, pk)
    step = partial(records.remove_qualification, row, **by_now(request))
    return step_button(request, step, up=card(row.post), done="Запись удалена.")


@require_http_methods(FORM)
def study_add(request, pk):
    post = editable_post(request, pk)
    form = _form(StudyForm(request.POST or None), post)
    page = _page(post, "Обучение", "Обучение записано.")
    return step_page(request, form, partial(records.add_study, post, **by_now(request)), page)


@require_http_methods(FORM)
def study_edit(request, pk):
    row = _editable(request, Study, pk)
    form = _form(StudyForm(request.POST or None, instance=row), row.post)
    page = _page(row.post, "Исправить обучение", "Обучение исправлено.")
    return step_page(request, form, partial(records.change_study, row, **by_now(request)), page)


@require_POST
def study_remove(request, pk):
    row = _editable(request, Study, pk)
    step = partial(records.remove_study, row, **by_now(request))
    return step_button(request, step, up=card(row.post), done="Запись удалена.")
