"""Requests for a mentor, and who should have one and has none."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import matching, queries
from programs.forms.filters import RequestFilter
from programs.forms.requests import AskMentorForm, RequestForm, SettleRequestForm
from programs.models import MentoringRequest
from programs.permissions import can_ask_mentor, can_read_request, can_request_mentoring
from programs.views.steps import posted, row_or_404, school_or_404, step_page
from programs.workflow.requests import request_mentoring, settle_request
from schools.models import School, StaffMember
from schools.text import row_key
from schools.views.common import paginate, require

HAS_MENTOR = (
    "Наставник у вас уже есть: помощи или другого наставника просят на странице пары."
    " Запрос здесь — о ещё одном наставнике."
)


@require_safe
def request_list(request):
    filters = RequestFilter(request.GET or None)
    rows = MentoringRequest.objects.visible_to(request.user).select_related(
        "post__person", "post__school", "group"
    )
    if filters.value("state") != "all":
        rows = rows.filter(outcome="")
    if filters.value("q"):
        rows = rows.filter(post__in=StaffMember.objects.search(filters.value("q")))
    page = paginate(request, rows.prefetch_related("needs"))
    schools = School.objects.filter(pk__in=request.user.access.school_ids)
    context = {
        "page": page,
        "filters": filters,
        "schools": schools,
        "many_schools": len({r.post.school_id for r in page}) > 1,
        "staffed": request.user.access.school_ids,
    }
    return render(request, "programs/request_list.html", context)


@require_safe
def mentor_needed(request):
    """Who should have a mentor and has none: the list behind the number on the home page."""
    on = timezone.localdate()
    require(bool(request.user.access.school_ids))
    rows = queries.needing_mentor(request.user.access.school_ids, on).prefetch_related("requests")
    return render(request, "programs/request_needed.html", {"page": paginate(request, rows)})


@require_safe
def request_detail(request, pk):
    row = row_or_404(request, MentoringRequest, pk, "post__person", "post__school", "group")
    context = {
        "row": row,
        "texts": can_read_request(request.user, row),
        "needs": list(row.needs.all()),
        "may_answer": can_request_mentoring(request.user, row.post.school) and not row.outcome,
    }
    return render(request, "programs/request_detail.html", context)


@require_http_methods(["GET", "POST"])
def request_add(request, pk):
    school = school_or_404(request, pk)
    require(can_request_mentoring(request.user, school))
    on = timezone.localdate()
    wanted = row_key(request.GET.get("post", ""))
    chosen = school.staff.filter(pk=wanted).first() if wanted else None
    initial = {"post": chosen}
    if chosen is not None:
        initial["category"] = matching.suggested_category(chosen, on)
    form = RequestForm(*posted(request), school=school, on=on, initial=initial)
    return step_page(
        request,
        form,
        partial(request_mentoring, by=request.user, on=on),
        title="Запрос на наставника",
        done="Запрос записан. Теперь можно предложить пару.",
        back=reverse("request-list"),
        clause="Положение, 4.2",
    )


@require_http_methods(["GET", "POST"])
def mentor_ask(request, pk):
    """«Попросить наставника»: for the own post; whose request waits is shown that one."""
    post = row_or_404(request, StaffMember, pk, "person", "school", "unit")
    require(can_ask_mentor(request.user, post))
    waiting = post.requests.filter(outcome="").first()
    if request.method == "GET" and waiting is not None:
        return redirect("request-detail", pk=waiting.pk)
    on = timezone.localdate()
    initial = {"category": matching.suggested_category(post, on)}
    return step_page(
        request,
        AskMentorForm(*posted(request), place=post.unit or post.school, initial=initial),
        partial(request_mentoring, post, by=request.user, on=on),
        title="Попросить наставника",
        done="Запрос записан: куратор его уже видит.",
        back=reverse("home"),
        lead=f"{post.title}, {post.school}. Отметьте, в чём нужна помощь.",
        clause="Положение, 4.2",
        warnings=[HAS_MENTOR] if queries.with_mentor().filter(post=post).exists() else [],
    )


@require_http_methods(["GET", "POST"])
def request_settle(request, pk):
    row = row_or_404(request, MentoringRequest, pk, "post__person", "post__school")
    require(can_request_mentoring(request.user, row.post.school))
    return step_page(
        request,
        SettleRequestForm(*posted(request)),
        partial(settle_request, row, by=request.user, on=timezone.localdate()),
        title=f"Закрыть запрос: {row.post.person.short_name}",
        done="Запрос закрыт.",
        back=reverse("request-list"),
    )
