"""Search from the head of every page: people, pairs and organisations that the person sees."""

from django.db.models import Case, F, Q, When
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs import casefile, queries
from schools.models import School, StaffMember
from schools.text import key

SHOWN = 20  # of each sort; the lists behind them have filters of their own
LONGEST = 100


@require_safe
def search(request):
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = _found(request.user, text) if text else {}
    return render(request, "programs/search.html", {"q": text, "shown": SHOWN, **found})


def _found(user, text: str) -> dict:
    people = StaffMember.objects.visible_to(user).search(text).select_related("person", "school")
    surname = Q(person__name_key__startswith=key(text))  # «иванов» is a surname first
    people = people.annotate(elsewhere=Case(When(surname, then=0), default=1))
    working_first = F("left_on").desc(nulls_first=True)
    people = people.order_by("elsewhere", working_first, "person__name_key", "pk")
    groups = casefile.cases(user, timezone.localdate()).search(text)
    groups = list(queries.with_people(groups, user)[:SHOWN])
    for group in groups:
        group.name = queries.title(group)
    schools = School.objects.visible_to(user).search(text)
    return {
        "people": list(
            people.order_by("elsewhere", working_first, "person__name_key", "pk")[:SHOWN]
        ),
        "groups": groups,
        "places": list(schools.order_by("short_name", "pk")[:SHOWN]),
    }
