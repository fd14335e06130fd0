"""«Доступ»: who may sign in to an organisation's records, in which role, from when to when."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schools import permissions, qr
from schools.forms.roles import (
    CodesForm,
    DeputiseForm,
    EndRoleForm,
    GiveRoleForm,
    HandOverForm,
    NameDirectorForm,
)
from schools.models import Membership, Person, School
from schools.people_access import account_rows, role_rows
from schools.views.common import refusals, refusals_as_messages, render_form, require
from schools.workflow.accounts import issue_sign_in_code, unlock_sign_in
from schools.workflow.roles import (
    cancel_hand_over,
    deputise,
    end_role,
    give_role,
    hand_over_school,
    name_director,
    planned_director,
)


@require_http_methods(["GET"])
def access_list(request):
    """Organisations whose access the person looks after; the only one opens at once."""
    access = request.user.access
    schools = School.objects.visible_to(request.user).open(access.on)
    own = schools.filter(pk__in=access.school_ids)
    watched = schools.filter(municipality__in=access.municipality_ids)
    schools = (own | watched).select_related("municipality")
    require(bool(access.school_ids or access.municipality_ids))
    only = schools[:2]
    if len(only) == 1:
        return redirect("access-school", pk=only[0].pk)
    headed = Membership.objects.current(access.on).filter(role="DIRECTOR", school__in=schools)
    names: dict[int, str] = {}
    for membership in headed.select_related("person").order_by("deputises_for"):
        names[membership.school_id] = membership.person.short_name
    rows = [(school, names.get(school.pk, "")) for school in schools]
    return render(request, "schools/access_list.html", {"rows": rows})


@require_http_methods(["GET"])
def access_school(request, pk):
    school = _school(request, pk)
    user = request.user
    staffs = bool(user.access.roles_at(school.pk))
    context = {
        "school": school,
        "roles": role_rows(user, school),
        "accounts": account_rows(user, school) if staffs else [],
        "staffs": staffs,
        "founder_codes": [] if staffs else _directors_without_account(user, school),
        "may_give_role": permissions.can_give_role(user, school),
        "may_hand_over": permissions.can_hand_over_school(user, school),
        "planned": planned_director(school, user.access.on),
        "may_name_director": permissions.can_name_director(user, school),
        "may_unlock": permissions.can_give_role(user, school),
    }
    return render(request, "schools/access_school.html", context)


@require_http_methods(["GET", "POST"])
def role_give(request, pk):
    school = _school(request, pk)
    require(permissions.can_give_role(request.user, school))
    on = timezone.localdate()
    form = GiveRoleForm(request.POST or None, school=school, on=on)
    return _role_page(
        request, school, form, "schools/role_give.html", "Куратор назначен.",
        lambda data: give_role(school, by=request.user, on=on, **data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def role_end(request, pk):
    membership = _membership(request, pk)
    require(permissions.can_end_role(request.user, membership))
    on = timezone.localdate()
    form = EndRoleForm(request.POST or None, on=on)
    return _role_page(
        request, membership.school, form, "schools/role_end.html", "Роль завершена.",
        lambda data: end_role(membership, by=request.user, on=on, **data),
        membership=membership,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def role_deputise(request, pk):
    principal = _membership(request, pk)
    require(permissions.can_deputise(request.user, principal))
    on = timezone.localdate()
    form = DeputiseForm(request.POST or None, principal=principal, on=on)
    return _role_page(
        request, principal.school, form, "schools/role_deputise.html", "Замещение назначено.",
        lambda data: deputise(principal, by=request.user, on=on, **data),
        membership=principal,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def access_hand_over(request, pk):
    school = _school(request, pk)
    require(permissions.can_hand_over_school(request.user, school))
    on = timezone.localdate()
    form = HandOverForm(
        request.POST or None, school=school, director=request.user.person, on=on
    )  # fmt: skip
    return _role_page(
        request, school, form, "schools/access_hand_over.html", "Передача записана.",
        lambda data: hand_over_school(school, by=request.user, on=on, **data),
        after="/",  # from that day on the organisation's pages are somebody else's
    )  # fmt: skip


@require_POST
def access_cancel_hand_over(request, pk):
    school = _school(request, pk)
    require(permissions.can_hand_over_school(request.user, school))
    with refusals_as_messages(request):
        cancel_hand_over(school, by=request.user, on=timezone.localdate())
        messages.success(request, "Передача отменена: вы остаётесь руководителем.")
    return redirect("access-school", pk=school.pk)


@require_http_methods(["GET", "POST"])
def access_name_director(request, pk):
    school = _school(request, pk)
    require(permissions.can_name_director(request.user, school))
    on = timezone.localdate()
    form = NameDirectorForm(request.POST or None, school=school, on=on)
    return _role_page(
        request, school, form, "schools/access_name_director.html", "Руководитель назначен.",
        lambda data: name_director(school, by=request.user, on=on, **data),
    )  # fmt: skip


@never_cache
@require_POST
def code_issue(request, pk):
    """Issue codes and show the sheets: this answer is the only place where they can be read."""
    school = _school(request, pk)
    people = permissions.people_for_codes(request.user, school)
    form = CodesForm(request.POST, people=people)
    if not form.is_valid():
        for error in form.errors.get("people", []):
            messages.error(request, error)
        return redirect("access-school", pk=school.pk)
    sheets = []
    for person in form.cleaned_data["people"].order_by("name_key", "pk"):
        with refusals_as_messages(request):
            issued = issue_sign_in_code(
                person, by=request.user, on=timezone.localdate(), school=school
            )  # fmt: skip
            url = settings.SITE_URL + reverse("code-use", args=[issued.code])
            sheets.append({"person": person, "issued": issued, "qr": qr.svg(url)})
    context = {"school": school, "sheets": sheets, "site": settings.SITE_URL}
    return render(request, "schools/code_sheets.html", context)


@require_POST
def access_unlock(request, pk, person_pk):
    """Let somebody of the own organisation sign in at once after failed tries."""
    school = _school(request, pk)
    people = Person.objects.visible_to(request.user).filter(user__isnull=False)
    person = get_object_or_404(people, pk=person_pk)
    require(permissions.can_unlock_sign_in(request.user, school, person))
    unlock_sign_in(person, by=request.user, on=timezone.localdate(), school=school)
    messages.success(request, "Задержка снята: можно входить.")
    return redirect("access-school", pk=school.pk)


def _school(request, pk) -> School:
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    require(permissions.can_see_access(request.user, school))
    return school


def _membership(request, pk) -> Membership:
    memberships = Membership.objects.visible_to(request.user).filter(school__isnull=False)
    return get_object_or_404(memberships.select_related("school", "person"), pk=pk)


def _directors_without_account(user, school: School) -> list[Person]:
    """Directors to whom the methodologist may hand the first code."""
    return list(permissions.people_for_codes(user, school))


def _role_page(request, school, form, template, done, step, *, after="", **context):
    """One form about roles: take the step, or show the page again."""
    form.cancel_url = reverse("access-school", args=[school.pk])
    if form.is_valid():
        with refusals(form):
            step(form.cleaned_data)
            messages.success(request, done)
            return redirect(after or form.cancel_url)
    return render_form(request, template, {"school": school, **context}, form)
