"""Consents to the processing of personal data: separate sheets of one worker."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import permissions, printable
from programs.forms.prints import DataConsentForm, WithdrawDataConsentForm
from programs.models import Document
from programs.views.files import kept
from programs.views.steps import posted, step_page
from programs.workflow.data_consents import record_data_consent, withdraw_data_consent
from schools.models import DataConsent, StaffMember
from schools.views.common import require


def _post(request, pk) -> StaffMember:
    posts = StaffMember.objects.visible_to(request.user)
    post = get_object_or_404(posts.select_related("person", "school__municipality"), pk=pk)
    require(permissions.can_record_data_consent(request.user, post))
    return post


@require_safe
def staff_papers(request, pk):
    """Sheets on personal data of one worker, and prints about the worker outside of cases."""
    post = _post(request, pk)
    consents = DataConsent.objects.visible_to(request.user).filter(
        person=post.person_id, school=post.school_id
    )
    documents = Document.objects.visible_to(request.user).filter(post=post, group=None)
    context = {
        "post": post,
        "consents": consents.select_related("scan").order_by("-signed_on", "-pk"),
        "print_processing": printable.button("data-consent", post),
        "print_site": printable.button("data-consent-site", post),
        "documents": documents.select_related("job", "file", "word_file")[:30],
    }
    return render(request, "programs/staff_papers.html", context)


@require_http_methods(["GET", "POST"])
def data_consent_add(request, pk):
    post = _post(request, pk)
    on = timezone.localdate()
    return step_page(
        request,
        DataConsentForm(*posted(request), initial={"signed_on": on}),
        partial(_record, post, by=request.user, on=on),
        title=f"Обработка персональных данных: {post.person.short_name}",
        done="Записано.",
        back=reverse("staff-papers", args=[pk]),
        lead="Согласие нужно только там, где нет другого основания: сведения по трудовому договору"
        " и закону обрабатываются без него.",
        clause="152-ФЗ, ст. 6, 9 и 10.1",
    )


def _record(post, *, scan=None, by, on, **data):
    with kept(scan, post.school, by=by, field="scan") as stored:
        return record_data_consent(post, by=by, on=on, scan=stored, **data)


@require_http_methods(["GET", "POST"])
def data_consent_withdraw(request, pk):
    rows = DataConsent.objects.visible_to(request.user).select_related("person", "school")
    consent = get_object_or_404(rows, pk=pk)
    on = timezone.localdate()
    post = get_object_or_404(
        StaffMember.objects.visible_to(request.user)
        .filter(person=consent.person_id, school=consent.school_id)
        .select_related("school")
        .order_by("-left_on", "pk")[:1]
    )
    require(permissions.can_record_data_consent(request.user, post))
    return step_page(
        request,
        WithdrawDataConsentForm(*posted(request), initial={"withdrawn_on": on}),
        partial(withdraw_data_consent, consent, by=request.user, on=on),
        title=f"Отзыв согласия: {consent.person.short_name}",
        done="Отзыв отмечен.",
        back=reverse("staff-papers", args=[post.pk]),
        lead="Документы, которые организация обязана хранить по закону, остаются.",
    )
