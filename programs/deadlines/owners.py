"""Who a deadline's owner is today. The table names roles; people are found when it is read.

Holder, else who deputises, else the next level up: mentor or mentee -> curator -> director ->
methodologist of the municipality. Somebody away on the day is passed over. Of several
curators the one that the case names answers for it. «Другой наставник» is never for the
mentor of that case, whatever other roles the mentor has.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from programs.deadlines.rows import curator, director, person
from programs.models import Deadline, MentorAppointment, MentoringGroup
from schools.models import Absence, Membership, Person, Role, School, StaffMember

KEPT_FROM_MENTOR = "mentor_change"


def responsible(deadline: Deadline, on: dt.date) -> list[Person]:
    """People who answer for ``deadline`` on ``on``, by name; empty where nobody is left."""
    return responsible_for([deadline], on)[deadline.pk]


def responsible_for(deadlines: Iterable[Deadline], on: dt.date) -> dict[int, list[Person]]:
    """``responsible`` for many, in a constant number of queries: {pk: people}."""
    deadlines = list(deadlines)
    staffing = Staffing.load(
        {d.school_id for d in deadlines}, on, {d.person_id for d in deadlines if d.person_id}
    )
    answer = _resolve(staffing, deadlines, on)
    people = Person.objects.in_bulk({pk for pks in answer.values() for pk in pks})
    return {
        pk: sorted((people[one] for one in pks), key=lambda p: (p.name_key, p.pk))
        for pk, pks in answer.items()
    }


def owed_by(who: Person, on: dt.date) -> Q:
    """What ``who`` answers for on ``on``, as a filter on ``Deadline``: own duties (even while
    away), those of every role held, and those that fall to ``who`` while others are away.

    A constant number of queries. Combine it with ``visible_to`` and ``open(on)``.
    """
    own = Q(owner=person(who.pk))
    schools = _schools_of(who, on)
    if not schools:
        return own
    staffing = Staffing.load(schools, on)
    owed = own
    for school in sorted(schools):
        if who.pk in staffing.directors(school):
            owed |= Q(owner=director(school))
        curators = staffing.curators(school)
        if who.pk not in curators:
            continue
        owners = [curator(school), *(person(pk) for pk in sorted(staffing.away - {who.pk}))]
        mine = Q(owner__in=owners, school=school)
        if len(curators) > 1:
            mine &= (
                Q(group=None) | Q(group__curator=who.pk) | ~Q(group__curator__in=sorted(curators))
            )
        owed |= mine
    kept = list(
        Deadline.objects.live().filter(school__in=schools, kind=KEPT_FROM_MENTOR, done_on=None)
    )
    answer = _resolve(staffing, kept, on) if kept else {}
    asked = [pk for pk, people in answer.items() if who.pk in people]
    return owed & ~Q(kind=KEPT_FROM_MENTOR) | Q(pk__in=asked)


@dataclass
class Staffing:
    """Who holds which role in some organisations on one day, and who is away."""

    municipality: dict[int, int]
    holders: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    deputies: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, schools: Iterable[int], on: dt.date, people: Iterable[int] = ()) -> "Staffing":
        """Three queries. ``people``: owners to ask about beside those of open deadlines."""
        places = dict(School.objects.filter(pk__in=schools).values_list("pk", "municipality_id"))
        holders, deputies = defaultdict(set), defaultdict(set)
        memberships = Membership.objects.current(on).filter(
            Q(school__in=places) | Q(municipality__in=set(places.values()))
        )
        for row in memberships:
            side = holders if row.deputises_for_id is None else deputies
            side[row.role, row.school_id or row.municipality_id].add(row.person_id)
        asked = set(people).union(*holders.values(), *deputies.values())
        return cls(places, holders, deputies, _away(asked, places, on))

    def methodologists(self, school: int) -> set[int]:
        return self._acting(Role.METHODOLOGIST, self.municipality[school])

    def directors(self, school: int, barred: frozenset = frozenset()) -> set[int]:
        return self._acting(Role.DIRECTOR, school) - barred or self.methodologists(school) - barred

    def curators(self, school: int, barred: frozenset = frozenset()) -> set[int]:
        return self._acting(Role.CURATOR, school) - barred or self.directors(school, barred)

    def _acting(self, role: str, place: int) -> set[int]:
        """Holders who are there, else their deputies who are there."""
        return (
            self.holders.get((role, place), set()) - self.away
            or self.deputies.get((role, place), set()) - self.away
        )


def _resolve(staffing: Staffing, deadlines: list[Deadline], on: dt.date) -> dict[int, set[int]]:
    groups = {d.group_id for d in deadlines if d.group_id}
    named = dict(MentoringGroup.objects.filter(pk__in=groups).values_list("pk", "curator_id"))
    mentors = defaultdict(set)
    asked = [d.group_id for d in deadlines if d.kind == KEPT_FROM_MENTOR]
    for group, pk in (
        MentorAppointment.objects.on(on)
        .filter(group__in=asked)
        .values_list("group_id", "post__person_id")
    ):
        mentors[group].add(pk)
    answer = {}
    for d in deadlines:
        barred = frozenset(mentors[d.group_id]) if d.kind == KEPT_FROM_MENTOR else frozenset()
        role, _, pk = d.owner.partition(":")
        if role == "person" and int(pk) not in staffing.away:
            answer[d.pk] = {int(pk)}
        elif role == "director":
            answer[d.pk] = staffing.directors(d.school_id)
        else:
            curators = staffing.curators(d.school_id, barred)
            own = named.get(d.group_id)
            answer[d.pk] = {own} if own in curators else curators
    return answer


def _schools_of(who: Person, on: dt.date) -> set[int]:
    """Organisations whose duties may come to ``who`` by a role held on ``on``."""
    memberships = Membership.objects.current(on).filter(person=who)
    return set(
        School.objects.filter(
            Q(pk__in=memberships.values("school"))
            | Q(municipality__in=memberships.values("municipality"))
        ).values_list("pk", flat=True)
    )


def absent_on(on: dt.date) -> Exists:
    """Whether the holder of a post is under an absence that covers ``on``.

    An absence ends on the day of return, or on the expected day where nobody has marked the
    return.
    """
    return Exists(
        Absence.objects.filter(post=OuterRef("pk"), starts_on__lte=on).filter(
            Q(returned_on__gt=on)
            | Q(returned_on=None) & (Q(expected_on=None) | Q(expected_on__gt=on))
        )
    )


def _away(people: set[int], schools: Iterable[int], on: dt.date) -> set[int]:
    """Those of ``people`` and of the owners of open deadlines who have no post to be at.

    Away: every post is left or under an absence that covers ``on``.
    """
    owners = Deadline.objects.live().filter(
        school__in=schools, done_on=None, owner__startswith="person:"
    )
    posts = (
        StaffMember.objects.filter(Q(person__in=people) | Q(person__in=owners.values("person")))
        .annotate(absent=absent_on(on))
        .order_by()
    )
    there = defaultdict(bool)
    for post in posts:
        there[post.person_id] |= post.works(on) and not post.absent
    return {pk for pk, present in there.items() if not present}


def all_away(on: dt.date):
    """Everybody who has posts and none to be at on ``on``: the rule of ``_away`` for the whole
    table, as a queryset of {"person": pk}, for those who join it."""
    there = StaffMember.objects.working(on).filter(~absent_on(on), person=OuterRef("person"))
    not_there = StaffMember.objects.filter(Q(left_on__lt=on) | absent_on(on))
    return not_there.filter(~Exists(there)).order_by().values("person").distinct()
