"""«Все сроки»: the one table of what is due, as a list."""

import datetime as dt

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.deadlines.kinds import KINDS
from programs.deadlines.owners import owed_by
from programs.due import PAPERS, lines, unanswered
from programs.forms.filters import DeadlineFilter
from programs.models import Deadline
from programs.notifications.lists import needs_attention
from schools.models import School
from schools.views.common import paginate


@require_safe
def deadline_list(request):
    on = timezone.localdate()
    rows = (
        Deadline.objects.visible_to(request.user)
        .open(on)
        .select_related("school", "person", "group")
    )
    kinds = [("papers", "все бумаги"), *[(kind.name, kind.title) for kind in KINDS.values()]]
    schools = None
    if request.user.access.municipality_ids or len(request.user.access.school_ids) > 1:
        schools = School.objects.visible_to(request.user)
    filters = DeadlineFilter(
        request.GET or None,
        kinds=kinds,
        schools=schools,
        staff=bool(request.user.access.school_ids),
        inspects=bool(request.user.access.municipality_ids),
    )
    page = paginate(
        request, _filtered(request.user, rows, filters, on).order_by("due_on", "pk"), per_page=40
    )
    context = {
        "page": page,
        "filters": filters,
        "due": lines(page, request.user, on),
        "many_schools": schools is not None,
    }
    return render(request, "programs/deadline_list.html", context)


def _filtered(user, rows, filters, on: dt.date):
    when, owner, kind = (filters.value(name) for name in ("when", "owner", "kind"))
    if when == "overdue":
        rows = rows.overdue(on)
    elif when == "week":
        rows = rows.filter(due_on__range=(on, on + dt.timedelta(days=7)))
    elif when == "unanswered":
        rows = rows.filter(pk__in=unanswered(user, on).order_by().values("pk"))
    elif when == "attention":
        own = user.access.municipality_ids
        late = needs_attention(School.objects.filter(municipality__in=own), own, on)
        rows = rows.filter(pk__in=late.order_by().values("pk"))
    if kind:
        rows = rows.filter(kind__in=PAPERS if kind == "papers" else [kind])
    if owner == "mine":
        rows = rows.filter(owed_by(user.person, on)) if user.person_id else rows.none()
    elif owner:
        rows = rows.filter(owner__startswith=f"{owner}:")
    if "school" in filters.fields and filters.value("school"):
        rows = rows.filter(school=filters.value("school"))
    if when == "past":
        rows = rows.filter(due_on__lt=on)
    return rows
