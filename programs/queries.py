"""Questions about cases that more than one place asks."""

from django.db.models import Q

from programs.models import GroupMember, HelpRequest, MentorAppointment
from schools import history
from schools.models import StaffMember


def cases_of(person_id: int) -> Q:
    """Cases (as a filter on ``group``) in which the person takes or took part."""
    mentored = MentorAppointment.objects.filter(post__person=person_id).values("group")
    learned = GroupMember.objects.filter(post__person=person_id).values("group")
    return Q(group__in=mentored) | Q(group__in=learned)


def posts_in_cases_of(person_id: int):
    """Posts of everybody in the cases in which the person takes or took part."""
    own = cases_of(person_id)
    return StaffMember.objects.filter(
        Q(pk__in=MentorAppointment.objects.filter(own).values("post"))
        | Q(pk__in=GroupMember.objects.filter(own).values("post"))
    )


def history_of(group, user) -> list[history.Line]:
    """History of the case as ``user`` may read it, newest first.

    Requests for help carry events of their own, so that «прошу другого наставника» reaches only
    those who see the request: never the mentor before a decision. The caller has fetched
    ``group`` through ``visible_to``.
    """
    requests = HelpRequest.objects.visible_to(user).filter(group=group)
    return history.lines(group, *requests)
