"""Every figure is computed here, once; screens, letters and files read it here.

Conventions: ``schools`` is a queryset of organisations, ``on`` the last day looked at. People
are counted once. A share without a denominator is «н/д», never 0 %; shares of several
organisations are Σ numerators / Σ denominators, never a mean of percentages.
"""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from programs.models import (
    Deadline,
    GroupMember,
    MentoringGroup,
    Program,
)
from programs.notifications import lists
from programs.queries import cases_not_evaluated, silent_cases
from programs.states import AT_WORK, with_state
from schools.calendar import add_months
from schools.models import ActKind, LocalAct, Relation, StaffMember


class Share(NamedTuple):
    """``number`` out of ``total``; a share that nobody could reach is «н/д»."""

    number: int
    total: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.number / self.total, 1) if self.total else None

    @property
    def missing(self) -> int:
        return self.total - self.number

    @property
    def words(self) -> str:
        """«83,3 %» or «н/д»."""
        if self.percent is None:
            return "н/д"
        return f"{self.percent:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0%"


def states(schools, on: dt.date) -> dict[str, int]:
    """Cases by state on ``on``; states without cases are left out. One query."""
    groups = with_state(MentoringGroup.objects.filter(school__in=schools), on)
    rows = groups.order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def units_count(counts: dict[str, int]) -> int:
    """Число действующих пар и групп: cases whose programme is at work (running, paused, or
    waiting for its evaluation). ``counts`` is what ``states`` gave."""
    return sum(counts.get(state, 0) for state in AT_WORK)


def young_coverage(schools, on: dt.date) -> Share:
    """Доля педагогов со стажем 0–3 года, имеющих наставника.

    Distinct such people who are mentees, by a signed order, of a case at work on ``on`` /
    all such people working on ``on``. Service is measured on ``on``. One query.
    """
    found = young_posts(schools, on).annotate(mentored=has_mentor(on)).order_by()
    counts = found.aggregate(
        total=Count("person", distinct=True),
        number=Count("person", distinct=True, filter=Q(mentored=True)),
    )
    return Share(counts["number"], counts["total"])


def young_posts(schools, on: dt.date):
    """Posts of ``young_coverage``'s denominator (queryset)."""
    posts = StaffMember.objects.working(on).novices(on)
    return posts.filter(school__in=schools, relation=Relation.EMPLOYEE)


def has_mentor(on: dt.date) -> Exists:
    """Whether the person of a post is a mentee, by a signed order, of a case at work on ``on``."""
    return Exists(
        GroupMember.objects.on(on).filter(
            post__person=OuterRef("person"), group__withdrawn_on=None, group__closed_on=None
        )
    )


def org_with_local_act(schools, on: dt.date) -> Share:
    """Доля организаций, утвердивших положение: with a regulation in force on ``on`` / all."""
    acts = LocalAct.objects.in_force(on).filter(kind=ActKind.REGULATION)
    found = schools.order_by().aggregate(
        total=Count("pk"), number=Count("pk", filter=Q(pk__in=acts.values("school")))
    )
    return Share(found["number"], found["total"])


def full_completion(schools, since: dt.date, until: dt.date) -> Share:
    """Доля программ, завершённых в полном объёме: closed with ground FULL / all closed in the
    period, both days included."""
    found = Program.objects.filter(
        group__school__in=schools, closed_on__gte=since, closed_on__lte=until
    ).aggregate(total=Count("pk"), number=Count("pk", filter=Q(ground="FULL")))
    return Share(found["number"], found["total"])


def overdue(schools, on: dt.date):
    """Overdue duties of LAW and DISTRICT with a named date, of ``schools`` (queryset)."""
    return Deadline.objects.overdue(on).filter(school__in=schools)


def overdue_by_school(schools, on: dt.date) -> dict[int, int]:
    """{school pk: number of overdue duties}; organisations without one are left out."""
    rows = overdue(schools, on).order_by().values("school").annotate(n=Count("pk"))
    return {row["school"]: row["n"] for row in rows}


def needs_attention(schools, municipalities: list[int], on: dt.date):
    """Duties of ``schools``, which lie in ``municipalities``, overdue for as long as these wait
    before their methodologist looks, the oldest first (queryset): LAW and DISTRICT with a named
    date only."""
    return lists.needs_attention(schools, municipalities, on).order_by("due_on", "pk")


def not_evaluated(schools, on: dt.date):
    """Cases whose programme ended before ``on`` without an evaluation (queryset)."""
    return MentoringGroup.objects.open().filter(school__in=schools, pk__in=cases_not_evaluated(on))


def silent(schools, on: dt.date):
    """Cases without a record of a meeting for 30 days, breaks and pauses not counted."""
    return MentoringGroup.objects.open().filter(school__in=schools, pk__in=silent_cases(on))


def running_by_month(schools, on: dt.date, months: int = 12) -> list[tuple[dt.date, int]]:
    """Programmes at work on the first day of each of the last ``months`` months, oldest first.

    At work: approved, begun, and neither closed nor past its end on that day. One query.
    """
    first = on.replace(day=1)
    days = [add_months(first, -shift) for shift in reversed(range(months))]
    counts = {
        f"m{number}": Count(
            "pk",
            filter=Q(starts_on__lte=day, current_ends_on__gte=day)
            & (Q(closed_on=None) | Q(closed_on__gte=day)),
        )
        for number, day in enumerate(days)
    }
    found = Program.objects.filter(group__school__in=schools, approved_on__isnull=False).aggregate(
        **counts
    )
    return [(day, found[f"m{number}"]) for number, day in enumerate(days)]
