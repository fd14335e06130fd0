"""Questions about cases that more than one place asks."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q

from programs.models import (
    Deadline,
    GroupMember,
    HelpRequest,
    MentorAppointment,
    MentoringGroup,
    MentoringRequest,
    Program,
)
from schools import history
from schools.calendar import add_months
from schools.models import Relation, StaffMember


def posts_in_cases_of(person_id: int):
    """Posts of everybody whom the person met in a case: see ``_met``."""
    mentors = _mentors().filter(_met(person_id, "starts_on"))
    members = _members().filter(_met(person_id, "proposed_on"))
    return StaffMember.objects.filter(
        Q(pk__in=mentors.values("post")) | Q(pk__in=members.values("post"))
    )


def _mentors():
    return MentorAppointment.objects.filter(dropped_on=None)


def _members():
    return GroupMember.objects.filter(Q(joined_on__isnull=False) | Q(left_on=None))


def _met(person_id: int, came: str) -> Q:
    """Rows of a case whose day ``came`` is not after the person's own last day in that case:
    who has left does not learn who came later."""
    own = {"post__person": person_id, "group": OuterRef("group")}
    taught = _mentors().filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef(came)), **own)
    learned = _members().filter(Q(left_on=None) | Q(left_on__gte=OuterRef(came)), **own)
    return Q(Exists(taught) | Exists(learned))


def _known_to(user, came: str) -> Q:
    """The same as ``user`` may read it: the organisation and the methodologist read all."""
    access = user.access
    return (
        Q(group__school__in=access.staffed_schools())
        | Q(group__school__municipality__in=access.inspected_municipalities())
        | _met(access.person_id, came)
    )


def history_of(group, user) -> list[history.Line]:
    """History of the case as ``user`` may read it, newest first.

    Requests for help carry events of their own, so that «прошу другого наставника» reaches only
    those who see the request: never the mentor before a decision. The caller has fetched
    ``group`` through ``visible_to``.
    """
    requests = HelpRequest.objects.visible_to(user).filter(group=group)
    return history.lines(group, *requests)


def with_mentor():
    """People who are mentees of a case at work (proposed ones too), as person pks."""
    return (
        GroupMember.objects.present()
        .filter(group__withdrawn_on=None, group__closed_on=None)
        .values("post__person")
    )


def needing_mentor(schools, on: dt.date):
    """Posts in ``schools`` that should have a mentor and have none: an open request, or
    service of at most three years. Staff and students on practice, not partners."""
    asked = MentoringRequest.objects.filter(outcome="").values("post")
    novices = StaffMember.objects.novices(on).values("pk")
    settled = MentoringRequest.objects.filter(
        outcome__in=["DECLINED_BY_MENTEE", "NOT_NEEDED"],
        settled_on__gte=add_months(on, -12),
    )
    return (
        StaffMember.objects.working(on)
        .filter(school__in=schools)
        .exclude(relation=Relation.PARTNER)
        .filter(Q(pk__in=asked) | Q(pk__in=novices) & ~Q(pk__in=settled.values("post")))
        .exclude(person__in=with_mentor())
        .select_related("person", "school")
        .order_by("person__name_key", "pk")
    )


def own_posts_to_ask_for(person_id: int | None, on: dt.date) -> list[StaffMember]:
    """Posts for which the person may ask for a mentor: not a partner's, and while nobody mentors
    the person. Each has ``asked``, the open request of that post, None without one."""
    posts = StaffMember.objects.working(on).filter(person=person_id)
    posts = posts.exclude(relation=Relation.PARTNER).exclude(person__in=with_mentor())
    waiting = Prefetch(
        "requests", queryset=MentoringRequest.objects.filter(outcome=""), to_attr="waiting"
    )
    found = list(posts.select_related("school").prefetch_related(waiting).order_by("pk"))
    for post in found:
        post.asked = next(iter(post.waiting), None)
    return found


def with_people(groups, user=None):
    """Cases with ``mentor_rows`` (not dropped, last first) and ``member_rows`` (not left, or all
    of a closed case) read in two queries more, as far as ``user`` may know them."""
    mentors = MentorAppointment.objects.filter(dropped_on=None)
    members = GroupMember.objects.all()
    if user is not None:
        mentors = mentors.filter(_known_to(user, "starts_on"))
        members = members.filter(_known_to(user, "proposed_on"))
    mentors = mentors.select_related("post__person").order_by("-starts_on", "-pk")
    members = members.select_related("post__person").order_by("pk")
    return groups.prefetch_related(
        Prefetch("appointments", queryset=mentors, to_attr="mentor_rows"),
        Prefetch("members", queryset=members, to_attr="member_rows"),
    )


def titles(group_ids) -> dict[int, str]:
    """«Иванова М. П. → Петров А. С.» for each case; two queries whatever the number."""
    groups = with_people(MentoringGroup.objects.filter(pk__in=set(group_ids)))
    return {group.pk: title(group) for group in groups}


def title(group) -> str:
    """Who mentors whom, of a case read ``with_people``."""
    return f"{mentor_name(group)} → {mentee_names(group)}"


def named_mentor(group) -> MentorAppointment | None:
    """The appointment named on lists: an open one first, ordered before proposed."""
    rows = sorted(group.mentor_rows, key=lambda a: (a.ends_on is not None, a.ordered_on is None))
    return rows[0] if rows else None


def mentor_name(group) -> str:
    mentor = named_mentor(group)
    return mentor.post.person.short_name if mentor else "наставник не назван"


def mentee_names(group) -> str:
    present = [m for m in group.member_rows if m.left_on is None] or group.member_rows
    return ", ".join(m.post.person.short_name for m in present) or "нет наставляемых"


def silent_cases(on: dt.date):
    """Cases (pks) without a record of a meeting for 30 days, breaks and pauses not counted."""
    rows = Deadline.objects.open(on).filter(kind="no_meeting", due_on__lt=on)
    return rows.values("group")


def cases_not_evaluated(on: dt.date):
    """Cases (pks) whose programme ended before ``on`` without an evaluation."""
    return Program.objects.filter(
        closed_on=None, evaluated_on=None, approved_on__isnull=False, current_ends_on__lt=on
    ).values("group")
