"""Consents, addenda and scans; help outside programmes and incentives."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import initials, queries
from programs.casefile import CaseFile
from programs.choices import ConsentRole
from programs.forms.papers import (
    AddendumForm,
    ConsentForm,
    EpisodeForm,
    IncentiveForm,
    ScanForm,
    WithdrawConsentForm,
)
from programs.models import Consent, ContractAddendum, Order, TerminationNotice
from programs.permissions import (
    can_attach_scan,
    can_edit_order,
    can_grant_incentive,
    can_record_addendum,
    can_record_consent,
    can_record_episode,
    can_withdraw_consent,
)
from programs.views.files import kept
from programs.views.steps import case_or_404, posted, row_or_404, step_page
from programs.workflow.addenda import record_addendum
from programs.workflow.consents import record_consent, withdraw_consent
from programs.workflow.portfolio import grant_incentive, record_episode
from programs.workflow.scans import attach_scan
from schools.files import serve
from schools.models import StaffMember
from schools.views.common import require

# What carries a scan: word in the address -> model and the way to its case.
SCANNED = {
    "consent": (Consent, ("group__school", "post__person", "scan")),
    "addendum": (ContractAddendum, ("appointment__group__school", "scan")),
    "notice": (TerminationNotice, ("appointment__group__school", "scan")),
    "order": (Order, ("register__school", "scan")),
}


@require_http_methods(["GET", "POST"])
def consent_record(request, pk):
    group = case_or_404(request, pk)
    require(can_record_consent(request.user, group))
    on = timezone.localdate()
    case = CaseFile(group, request.user, on)
    if request.method == "GET" and not case.missing_consents:
        return redirect(group)
    form = ConsentForm(
        *posted(request),
        people=case.missing_consents,
        initial={"signed_on": on, "who": _first(case)},
    )
    form.aliases = {"role": "who", "post": "who", "members": "who"}
    return step_page(
        request,
        form,
        partial(_record_consent, case, by=request.user, on=on),
        title="Отметить подписание согласия",
        done="Согласие отмечено.",
        back=group,
        lead=queries.title(group),
        clause="Положение, 3.3; ТК РФ, ст. 351.8",
    )


def _first(case) -> str:
    for role, post in case.missing_consents:
        return f"{role}:{post.pk}"
    return ""


def _record_consent(case, *, scan=None, by, on, **data):
    """The consent, with its scan where one came with the form."""
    members = case.members if data["role"] == ConsentRole.MENTOR else ()
    with kept(scan, case.group.school, by=by, field="scan") as stored:
        return record_consent(case.group, by=by, on=on, members=members, scan=stored, **data)


@require_http_methods(["GET", "POST"])
def consent_withdraw(request, pk):
    consent = row_or_404(request, Consent, pk, "group__school", "post__person")
    require(can_withdraw_consent(request.user, consent.group))
    on = timezone.localdate()
    return step_page(
        request,
        WithdrawConsentForm(*posted(request), initial={"withdrawn_on": on}),
        partial(withdraw_consent, consent, by=request.user, on=on),
        title=f"Отзыв согласия: {consent.post.person.short_name}",
        done="Отзыв согласия отмечен.",
        back=consent.group,
    )


@require_http_methods(["GET", "POST"])
def addendum_record(request, pk):
    group = case_or_404(request, pk)
    require(can_record_addendum(request.user, group))
    on = timezone.localdate()
    mentor = CaseFile(group, request.user, on).mentor
    if mentor is None:
        raise Http404
    return step_page(
        request,
        AddendumForm(*posted(request), initial=initials.addendum(group, mentor, on)),
        partial(_record_addendum, mentor, group.school, by=request.user, on=on),
        title=f"Дополнительное соглашение: {mentor.post.person.short_name}",
        done="Дополнительное соглашение отмечено.",
        back=group,
        lead="Перепишите с подписанной бумаги. Содержание, срок, форма и оплата — обязательны.",
        clause="ТК РФ, ст. 351.8",
    )


def _record_addendum(mentor, school, *, scan=None, by, on, **data):
    with kept(scan, school, by=by, field="scan") as stored:
        return record_addendum(mentor, by=by, on=on, scan=stored, **data)


def _scanned(request, kind: str, pk: int):
    """The paper if the person sees it, and its case (None for an order)."""
    if kind not in SCANNED:
        raise Http404
    model, related = SCANNED[kind]
    row = row_or_404(request, model, pk, *related)
    if kind == "order":
        return row, None
    return row, row.group if kind == "consent" else row.appointment.group


@require_http_methods(["GET", "POST"])
def scan_upload(request, kind, pk):
    row, group = _scanned(request, kind, pk)
    allowed = can_edit_order if group is None else can_attach_scan
    require(allowed(request.user, group or row))
    return step_page(
        request,
        ScanForm(*posted(request)),
        partial(attach_scan, row, by=request.user, on=timezone.localdate()),
        title="Приложить скан",
        done="Скан сохранён.",
        back=group or row,
        lead="Снимок телефоном подойдёт: главное, чтобы читались текст и подпись.",
    )


@require_safe
def scan_download(request, kind, pk):
    row, _ = _scanned(request, kind, pk)
    if row.scan is None:
        raise Http404
    return serve(row.scan)


@require_safe
def scan_attach(request, pk):
    """Papers of the case without a scan: one button each."""
    group = case_or_404(request, pk)
    require(can_attach_scan(request.user, group))
    rows = unscanned(group)
    return render(request, "programs/scan_list.html", {"group": group, "rows": rows})


def unscanned(group) -> list[tuple[str, int, str]]:
    """(kind, pk, title) of signed papers of the case that have no scan yet."""
    papers = [
        ("consent", c.pk, f"Согласие: {c.post.person.short_name}, {c.signed_on:%d.%m.%Y}")
        for c in group.consents.in_force().filter(scan=None).select_related("post__person")
    ]
    papers += [
        ("addendum", a.pk, f"Дополнительное соглашение от {a.signed_on:%d.%m.%Y}")
        for a in ContractAddendum.objects.filter(appointment__group=group, scan=None)
    ]
    papers += [
        ("notice", n.pk, f"Уведомление от {n.given_on:%d.%m.%Y}")
        for n in TerminationNotice.objects.filter(appointment__group=group, scan=None)
    ]
    orders = Order.objects.signed().filter(lines__group=group, scan=None).distinct()
    return papers + [("order", o.pk, str(o).capitalize()) for o in orders]


@require_http_methods(["GET", "POST"])
def episode_record(request, pk):
    post = get_object_or_404(
        StaffMember.objects.visible_to(request.user).select_related("person", "school"), pk=pk
    )
    require(can_record_episode(request.user, post))
    on = timezone.localdate()
    return step_page(
        request,
        EpisodeForm(*posted(request), initial={"starts_on": on, "ends_on": on}),
        partial(record_episode, post, by=request.user, on=on),
        title=f"Помощь вне программы: {post.person.short_name}",
        done="Записано.",
        back=reverse("staff-mentoring", args=[pk]),
        lead="Практика, разовая консультация, помощь с конкурсом: попадёт в справку о наставнике.",
    )


@require_http_methods(["GET", "POST"])
def incentive_grant(request, pk):
    group = case_or_404(request, pk)
    require(can_grant_incentive(request.user, group))
    on = timezone.localdate()
    mentor = CaseFile(group, request.user, on).mentor
    if mentor is None:
        raise Http404
    return step_page(
        request,
        IncentiveForm(*posted(request), initial={"granted_on": on}),
        partial(grant_incentive, mentor.post, by=request.user, on=on, group=group),
        title=f"Поощрить наставника: {mentor.post.person.short_name}",
        done="Поощрение записано.",
        back=group,
        clause="Положение, 5.1",
    )
