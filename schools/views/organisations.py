"""Organisations: the list of a territory, the page of one, its data, branches, settings."""

from functools import partial

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools import history
from schools.context import address
from schools.forms.organisations import PolicyForm, SchoolFilter, SchoolForm, UnitForm, school_year
from schools.models import LocalAct, Membership, Role, School, SchoolPolicy, Unit
from schools.staff_permissions import can_edit_school, can_see_papers
from schools.views.common import paginate, require
from schools.views.staff import FORM, by_now, own_schools
from schools.views.stepping import Page, step_button, step_page
from schools.workflow import places
from schools.workflow.base import words
from schools.workflow.places import POLICY_FIELDS


def school_or_404(request, pk) -> School:
    schools = School.objects.visible_to(request.user).select_related("municipality__region")
    return get_object_or_404(schools, pk=pk)


def editable_school(request, pk) -> School:
    school = school_or_404(request, pk)
    require(can_edit_school(request.user, school))
    return school


def school_page(school) -> str:
    return reverse("school-detail", args=[school.pk])


def page_of(school, heading, done, lead="") -> Page:
    return Page(heading, school_page(school), school.short_name, done, lead)


@require_GET
def my_school(request):
    """The own organisation, or the choice between several."""
    schools = list(own_schools(request))
    if len(schools) == 1:
        return redirect("school-detail", pk=schools[0].pk)
    return render(request, "schools/my_school.html", {"schools": schools})


@require_GET
def school_list(request):
    """Organisations of the territory with what is in place; no contacts."""
    access, on = request.user.access, timezone.localdate()
    require(access.sees_territory)
    wanted = SchoolFilter(request.GET)
    rows = School.objects.visible_to(request.user).filter(
        municipality__in=access.watched_municipalities()
    )
    chosen = wanted.cleaned_data if wanted.is_valid() else {}
    if not chosen.get("closed"):
        rows = rows.open(on)
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    curators = Membership.objects.current(on).filter(school=OuterRef("pk"), role=Role.CURATOR)
    regulations = LocalAct.objects.in_force(on).filter(school=OuterRef("pk"), kind="REGULATION")
    rows = rows.search(chosen.get("q", "")).select_related("municipality")
    rows = rows.annotate(has_curator=Exists(curators), has_act=Exists(regulations))
    page = paginate(request, rows.order_by("short_name", "pk"))
    return render(request, "schools/school_list.html", {"page": page, "filter": wanted})


@require_GET
def school_detail(request, pk):
    """Everybody who knows it sees what it is; its papers those who may."""
    school = school_or_404(request, pk)
    on, may_edit = timezone.localdate(), can_edit_school(request.user, school)
    papers = can_see_papers(request.user, school)
    year = school_year(on)
    policy = policy_of(school, on) if may_edit else None
    context = {
        "school": school,
        "facts": school_facts(school),
        "on": on,
        "may_edit": may_edit,
        "papers": papers,
        "year": f"{year}/{(year + 1) % 100:02d}",
        "units": school.units.all(),
        "acts": acts_of(school) if papers else (),
        "papers_url": address("school-papers", school.pk) if may_edit else "",
        "partners": school.partners.all() if papers else (),
        "roadmap": school.roadmap.filter(school_year=year) if papers else (),
        "checks": school.year_checks.filter(school_year=year) if papers else (),
        "policy": policy,
        "settings": settings_facts(policy) if policy else (),
        "coming": school.policies.filter(starts_on__gt=on) if may_edit else (),
        "lines": history.lines(school, limit=30) if may_edit else (),
    }
    return render(request, "schools/school_detail.html", context)


def acts_of(school) -> list[LocalAct]:
    """Acts with the address of the sheet of acquaintance, a page of a higher app."""
    acts = list(school.acts.select_related("file"))
    for act in acts:
        act.sheet_url = address("acquaintance-act", act.pk)
    return acts


def school_facts(school) -> list[tuple[str, object]]:
    facts = [
        ("Вид", school.get_kind_display()),
        ("Муниципалитет", school.municipality),
        ("Учредитель", school.founder),
        ("Рабочая неделя", school.get_week_display()),
        ("Населённый пункт", school.settlement),
        ("Адрес", school.address),
        ("Сайт", school.site_url),
    ]
    if school.closed_on:
        facts.append(("Закрыта с", f"{school.closed_on:%d.%m.%Y}"))
    return facts


def settings_facts(policy) -> list[tuple[str, str]]:
    """The settings in words: «завершение приказом — да»."""
    labels = {name: SchoolPolicy._meta.get_field(name).verbose_name for name in POLICY_FIELDS}
    return [(label[:1].upper() + label[1:], words(policy, n)) for n, label in labels.items()]


def policy_of(school, on) -> SchoolPolicy | None:
    return SchoolPolicy.objects.in_force(on).filter(school=school).first()


@require_http_methods(FORM)
def school_edit(request, pk):
    school = editable_school(request, pk)
    page = page_of(school, "Сведения об организации", "Сведения исправлены.")
    form = SchoolForm(request.POST or None, instance=school)
    form.cancel_url = page.up
    return step_page(request, form, partial(places.change_school, school, **by_now(request)), page)


@require_http_methods(FORM)
def school_policy(request, pk):
    school = editable_school(request, pk)
    on = timezone.localdate()
    current = policy_of(school, on) or SchoolPolicy(school=school)
    current.starts_on = on
    page = page_of(
        school, "Настройки наставничества", "Настройки записаны.",
        "Новые настройки действуют с указанного дня; прежние остаются для прошлого.",
    )  # fmt: skip
    form = PolicyForm(request.POST or None, instance=current)
    form.cancel_url = page.up
    return step_page(request, form, partial(places.set_policy, school, **by_now(request)), page)


@require_http_methods(FORM)
def unit_add(request, pk):
    school = editable_school(request, pk)
    page = page_of(school, "Новое подразделение", "Подразделение добавлено.")
    form = UnitForm(request.POST or None, initial={"kind": school.kind})
    form.cancel_url = page.up
    return step_page(request, form, partial(places.add_unit, school, **by_now(request)), page)


def _unit(request, pk) -> Unit:
    unit = get_object_or_404(
        Unit, pk=pk, school__in=School.objects.visible_to(request.user).values("pk")
    )
    require(can_edit_school(request.user, unit.school))
    return unit


@require_http_methods(FORM)
def unit_edit(request, pk):
    unit = _unit(request, pk)
    page = page_of(unit.school, "Подразделение", "Подразделение исправлено.")
    form = UnitForm(request.POST or None, instance=unit)
    form.cancel_url = page.up
    return step_page(request, form, partial(places.change_unit, unit, **by_now(request)), page)


@require_POST
def unit_remove(request, pk):
    unit = _unit(request, pk)
    step = partial(places.remove_unit, unit, **by_now(request))
    return step_button(request, step, up=school_page(unit.school), done="Подразделение удалено.")
