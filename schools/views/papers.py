"""Papers of an organisation: local acts, partners, roadmap, yearly checks."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.files import discard, serve, store_upload
from schools.forms.organisations import ActForm, CheckForm, PartnerForm, RoadmapForm
from schools.models import CheckKind, LocalAct, Partner, RoadmapItem, SchoolYearCheck
from schools.staff_permissions import can_edit_papers
from schools.views.common import require
from schools.views.organisations import editable_school, page_of, school_page
from schools.views.staff import FORM, by_now
from schools.views.stepping import step_button, step_page
from schools.workflow import acts


def _paper(request, model, pk):
    row = get_object_or_404(
        model.objects.visible_to(request.user).select_related("school__municipality"), pk=pk
    )
    require(can_edit_papers(request.user, row.school))
    return row


def _shown(request, form, step, page):
    form.cancel_url = page.up
    return step_page(request, form, step, page)


def _with_file(step, school, request):
    """``step`` that also keeps the uploaded file; a refused step leaves no file behind."""

    def take(upload=None, **facts):
        stored = None
        if upload:
            stored = store_upload(upload, by=request.user, school=school, field="upload")
        try:
            return step(file=stored, **facts)
        except Exception:
            if stored is not None:
                discard(stored)
            raise

    return take


@require_http_methods(FORM)
def act_add(request, pk):
    school = editable_school(request, pk)
    form = ActForm(request.POST or None, request.FILES or None)
    step = _with_file(partial(acts.add_act, school, **by_now(request)), school, request)
    page = page_of(
        school, "Новый локальный акт", "Локальный акт записан.",
        "Мнение профсоюза и протокол совета — если их учитывали.",
    )  # fmt: skip
    return _shown(request, form, step, page)


@require_http_methods(FORM)
def act_edit(request, pk):
    act = _paper(request, LocalAct, pk)
    form = ActForm(request.POST or None, request.FILES or None, instance=act)
    step = _with_file(partial(acts.change_act, act, **by_now(request)), act.school, request)
    return _shown(request, form, step, page_of(act.school, "Локальный акт", "Акт исправлен."))


@require_GET
def act_file(request, pk):
    """The file itself: the organisation's staff only, the district sees that it exists."""
    act = _paper(request, LocalAct, pk)
    if act.file is None:
        raise Http404
    return serve(act.file)


@require_http_methods(FORM)
def partner_add(request, pk):
    school = editable_school(request, pk)
    step = partial(acts.add_partner, school, **by_now(request))
    page = page_of(school, "Новый партнёр", "Партнёр добавлен.")
    return _shown(request, PartnerForm(request.POST or None), step, page)


@require_http_methods(FORM)
def partner_edit(request, pk):
    partner = _paper(request, Partner, pk)
    form = PartnerForm(request.POST or None, instance=partner)
    step = partial(acts.change_partner, partner, **by_now(request))
    return _shown(request, form, step, page_of(partner.school, "Партнёр", "Исправлено."))


@require_http_methods(FORM)
def roadmap_add(request, pk):
    school = editable_school(request, pk)
    step = partial(acts.add_roadmap_item, school, **by_now(request))
    page = page_of(school, "Пункт дорожной карты", "Пункт добавлен.")
    return _shown(request, RoadmapForm(request.POST or None), step, page)


@require_http_methods(FORM)
def roadmap_edit(request, pk):
    item = _paper(request, RoadmapItem, pk)
    form = RoadmapForm(request.POST or None, instance=item)
    step = partial(acts.change_roadmap_item, item, **by_now(request))
    return _shown(request, form, step, page_of(item.school, "Пункт дорожной карты", "Исправлено."))


@require_POST
def roadmap_done(request, pk):
    """Mark done today, or take the mark back: one button each way."""
    item = _paper(request, RoadmapItem, pk)
    day = None if item.done_on else timezone.localdate()
    step = partial(acts.change_roadmap_item, item, done_on=day, **by_now(request))
    done = "Отмечено." if day else "Отметка снята."
    return step_button(request, step, up=school_page(item.school), done=done)


@require_POST
def roadmap_remove(request, pk):
    item = _paper(request, RoadmapItem, pk)
    step = partial(acts.remove_roadmap_item, item, **by_now(request))
    return step_button(request, step, up=school_page(item.school), done="Пункт удалён.")


@require_http_methods(FORM)
def check_add(request, pk, kind):
    """One yearly duty: ``kind`` of ``CheckKind`` comes with the address."""
    school = editable_school(request, pk)
    form = CheckForm(request.POST or None, initial={"url": school.site_url}, kind=kind)
    step = partial(acts.record_check, school, kind=kind, **by_now(request))
    heading = str(CheckKind(kind).label)
    page = page_of(school, heading[:1].upper() + heading[1:], "Отмечено.")
    return _shown(request, form, step, page)


@require_POST
def check_remove(request, pk):
    check = _paper(request, SchoolYearCheck, pk)
    step = partial(acts.remove_check, check, **by_now(request))
    return step_button(request, step, up=school_page(check.school), done="Отметка снята.")
