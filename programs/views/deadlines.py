"""«Все сроки»: the one table of what is due, as a list."""

import datetime as dt

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.deadlines.kinds import KINDS
from programs.due import lines
from programs.forms.filters import DeadlineFilter
from programs.models import Deadline
from schools.views.common import paginate


@require_safe
def deadline_list(request):
    on = timezone.localdate()
    rows = Deadline.objects.visible_to(request.user).open(on).select_related("school", "person")
    kinds = [(kind.name, kind.title) for kind in KINDS.values()]
    filters = DeadlineFilter(request.GET or None, kinds=kinds)
    page = paginate(request, _filtered(rows, filters, on).order_by("due_on", "pk"), per_page=40)
    context = {
        "page": page,
        "filters": filters,
        "due": lines(page, request.user, on),
        "many_schools": len({row.school_id for row in page}) > 1,
    }
    return render(request, "programs/deadline_list.html", context)


def _filtered(rows, filters, on: dt.date):
    when, owner = filters.value("when"), filters.value("owner")
    if when == "overdue":
        rows = rows.overdue(on)
    elif when == "week":
        rows = rows.filter(due_on__range=(on, on + dt.timedelta(days=7)))
    if filters.value("kind"):
        rows = rows.filter(kind=filters.value("kind"))
    if owner:
        rows = rows.filter(owner__startswith=f"{owner}:")
    if when == "past":
        rows = rows.filter(due_on__lt=on)
    return rows
