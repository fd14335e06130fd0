"""A programme half written before anybody types: from the request, the plan and the catalogue."""

from django.db.models import F, Q

from programs.models import MentoringGroup, ProgramTemplate
from schools.calendar import programme_bounds


def prefill(group: MentoringGroup) -> dict:
    """First values for a programme of ``group``, as keyword arguments of ``draft_program``.

    The term is the planned one, drawn into the lawful bounds; needs and strengths come from the
    mentees' own requests; goal and tasks from the template for this kind of organisation.
    """
    requests = list(group.requests.prefetch_related("needs").order_by("asked_on", "pk"))
    earliest, latest = programme_bounds(group.planned_starts_on)
    template = templates_for(group).first()
    needs = list(dict.fromkeys(need for request in requests for need in request.needs.all()))
    return {
        "goal": template.goal if template else "",
        "tasks": template.tasks if template else "",
        "results": template.results if template else "",
        "strengths": "; ".join(dict.fromkeys(r.strengths for r in requests if r.strengths)),
        "needs": needs,
        "directions": [],
        "starts_on": group.planned_starts_on,
        "ends_on": min(max(group.planned_ends_on, earliest), latest),
        "template": template,
    }


def templates_for(group: MentoringGroup):
    """Templates offered: the school's own first, then the district's for its kind, then common."""
    school = group.school
    return (
        ProgramTemplate.objects.filter(Q(school=school) | Q(school=None), is_active=True)
        .filter(Q(kind=school.kind) | Q(kind=""))
        .order_by(F("school").desc(nulls_last=True), "-kind", "name", "-version")
    )
