"""The certificate of a mentor for attestation, and the accountant's register of pay."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import payregister, permissions
from programs.forms.prints import CertificateForm
from programs.views.steps import posted, school_or_404, step_page
from programs.workflow.papers import print_certificate
from schools import xlsx
from schools.models import StaffMember
from schools.views.common import require


@require_http_methods(["GET", "POST"])
def certificate_print(request, pk):
    """Of the person, over years and organisations: as much as the reader may see."""
    posts = StaffMember.objects.visible_to(request.user)
    post = get_object_or_404(posts.select_related("person", "school__municipality"), pk=pk)
    require(permissions.can_print_certificate(request.user, post))
    on = timezone.localdate()
    made = []

    def step(**data):
        made.append(print_certificate(post, by=request.user, on=on, **data))

    return step_page(
        request,
        CertificateForm(*posted(request), initial={"as_of": on}),
        step,
        title=f"Справка о наставничестве: {post.person.short_name}",
        done="Справка готовится к печати.",
        back=lambda: reverse("job-detail", args=[made[0].job_id]),
        up=reverse("staff-mentoring", args=[pk]),
        lead="Пары, группы и помощь вне программ за все годы, часы — по записям о встречах.",
        clause="приказ Минпросвещения от 24.03.2023 № 196",
    )


@require_safe
def pay_register(request, pk):
    """Pay of mentors in a month as the addenda say."""
    school = school_or_404(request, pk)
    require(permissions.can_read_pay(request.user, school))
    month = payregister.month_of(request.GET.get("month", ""), timezone.localdate())
    data = payregister.workbook(school, request.user, month)
    return xlsx.download(f"Выплаты наставникам {month:%Y-%m}.xlsx", data)
