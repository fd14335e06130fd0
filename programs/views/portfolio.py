"""What a person has done as a mentor: pairs, help outside programmes, recognition."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programs import queries
from programs.models import (
    GroupMember,
    Incentive,
    MentorAppointment,
    MentoringEpisode,
    MentoringGroup,
)
from programs.permissions import (
    can_print_certificate,
    can_print_own_papers,
    can_record_episode,
)
from schools.models import StaffMember


@require_safe
def staff_mentoring(request, pk):
    """Of the person, not of one post: whoever moved has the former work here too.

    Each list shows what the reader may see of it: a methodologist the pairs, neither
    episodes nor payments, the home organisation of a seconded mentor no names.
    """
    posts = StaffMember.objects.visible_to(request.user).select_related("person", "school")
    post = get_object_or_404(posts, pk=pk)
    user, own = request.user, {"post__person": post.person_id}
    mentored = MentorAppointment.objects.visible_to(user).ordered().filter(**own)
    mentored = list(mentored.select_related("group__school").order_by("-starts_on", "-pk"))
    learned = GroupMember.objects.visible_to(user).filter(joined_on__isnull=False, **own)
    learned = list(learned.select_related("group__school").order_by("-joined_on", "-pk"))
    _name(user, [*mentored, *learned])
    context = {
        "post": post,
        "mentored": mentored,
        "learned": learned,
        "episodes": MentoringEpisode.objects.visible_to(user).filter(mentor__person=post.person_id),
        "incentives": Incentive.objects.visible_to(user).filter(**own),
        "may_record": can_record_episode(user, post),
        "may_certify": can_print_certificate(user, post),
        "may_print": can_print_own_papers(user, post),
    }
    return render(request, "programs/staff_mentoring.html", context)


def _name(user, rows) -> None:
    """Name the pairs that the reader may open; an appointment may be visible without its pair."""
    seen = MentoringGroup.objects.visible_to(user).filter(pk__in=[row.group_id for row in rows])
    names = queries.titles(seen.values_list("pk", flat=True))
    for row in rows:
        row.name = names.get(row.group_id, "")
