"""The methodologist's pages: what needs attention, coverage, organisations."""

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import indicators
from programs.due import lines
from programs.states import State
from schools.calendar import add_months
from schools.models import ActKind, LocalAct, Membership, Role, School
from schools.views.common import paginate, require

FIRST = 10  # organisations on the first page before the link to all


def territory(request):
    """Open organisations of the person's territory, at any level."""
    on = timezone.localdate()
    watched = request.user.access.watched_municipalities()
    return School.objects.visible_to(request.user).filter(municipality__in=watched).open(on)


@require_safe
def district_home(request):
    """Attention first, then coverage and counts. Pairs open only at the own municipality."""
    require(request.user.access.sees_territory)
    on, schools = timezone.localdate(), territory(request)
    late = indicators.overdue_by_school(schools, on)
    named = {s.pk: s for s in School.objects.filter(pk__in=late).select_related("municipality")}
    worst = sorted(late.items(), key=lambda row: (-row[1], named[row[0]].short_name))
    counts = indicators.states(schools, on)
    trend = indicators.running_by_month(schools, on)
    # Region and country see organisations, not what a person owes in one.
    own = request.user.access.municipality_ids
    attention = indicators.needs_attention(schools.filter(municipality__in=own), own, on)
    shown = attention.select_related("school", "person")[:FIRST] if own else []
    context = {
        "on": on,
        "pairs": bool(own),
        "attention": lines(shown, request.user, on),
        "attention_total": attention.count() if own else 0,
        "worst": [(named[pk], number) for pk, number in worst[:FIRST]],
        "worst_total": len(worst),
        "overdue_total": sum(late.values()),
        "acts": indicators.org_with_local_act(schools, on),
        "young": indicators.young_coverage(schools, on),
        "full": indicators.full_completion(schools, add_months(on, -12), on),
        "not_evaluated": indicators.not_evaluated(schools, on).count(),
        "silent": indicators.silent(schools, on).count(),
        "units": indicators.units_count(counts),
        "states": [(state, state.label, counts[state]) for state in State if state in counts],
        "trend": trend,
        "peak": max([number for _, number in trend] + [1]),
    }
    return render(request, "monitoring/district_home.html", context)


@require_safe
def district_young(request):
    """The list behind the coverage: teachers of up to three years of service, own district."""
    access, on = request.user.access, timezone.localdate()
    require(bool(access.municipality_ids))
    posts = (
        indicators.young_posts(territory(request), on)
        .filter(school__municipality__in=access.municipality_ids)
        .annotate(has_mentor=indicators.has_mentor(on))
        .select_related("person", "school")
    )
    only = request.GET.get("only", "")
    if only == "without":
        posts = posts.filter(has_mentor=False)
    page = paginate(request, posts.order_by("school__short_name", "person__name_key", "pk"))
    return render(request, "monitoring/district_young.html", {"page": page, "only": only})


@require_safe
def district_schools(request):
    """The list behind the figures: one row for each organisation."""
    require(request.user.access.sees_territory)
    on = timezone.localdate()
    only = request.GET.get("only", "")
    rows = _with_figures(territory(request), on)
    if only == "no_act":
        rows = rows.filter(has_act=False)
    elif only == "overdue":
        rows = rows.filter(pk__in=indicators.overdue(rows, on).values("school"))
    page = paginate(request, rows.order_by("municipality__name", "short_name", "pk"))
    late = indicators.overdue_by_school(School.objects.filter(pk__in=[s.pk for s in page]), on)
    for school in page:
        school.late = late.get(school.pk, 0)
    context = {"page": page, "only": only, "pairs": bool(request.user.access.municipality_ids)}
    return render(request, "monitoring/district_schools.html", context)


def _with_figures(schools, on):
    acts = LocalAct.objects.in_force(on).filter(school=OuterRef("pk"), kind=ActKind.REGULATION)
    curators = Membership.objects.current(on).filter(school=OuterRef("pk"), role=Role.CURATOR)
    open_cases = Q(groups__withdrawn_on=None, groups__closed_on=None, groups__isnull=False)
    return schools.select_related("municipality").annotate(
        has_act=Exists(acts),
        has_curator=Exists(curators),
        pairs=Count("groups", filter=open_cases, distinct=True),
    )
