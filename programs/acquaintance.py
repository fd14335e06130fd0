"""Who must sign that they know a paper: an act or an order."""

from django.db.models import Q, QuerySet

from programs.models import GroupMember, MentorAppointment, Order
from schools.models import LocalAct, Person, Relation, StaffMember


def readers(paper: Order | LocalAct, *, on) -> QuerySet[Person]:
    """People who must sign, in order of name.

    An act concerns everybody who is employed in the organisation on ``on``. An order concerns
    whom its lines put into a case or take out of it; where a line names nobody (a pause, an
    extension), whoever was in the case on the order's day. Cancelled lines concern nobody.
    """
    if isinstance(paper, LocalAct):
        staff = StaffMember.objects.filter(school=paper.school, relation=Relation.EMPLOYEE)
        people = staff.working(on).values("person")
    else:
        people = _named_by(paper)
    return Person.objects.filter(pk__in=people).order_by("name_key", "pk")


def _named_by(order: Order) -> set[int]:
    people: set[int] = set()
    for line in order.lines.filter(dropped_on=None, cancelled_by=None):
        appointments = MentorAppointment.objects.filter(group=line.group_id)
        members = GroupMember.objects.filter(group=line.group_id)
        named = {
            *appointments.filter(Q(order_line=line) | Q(end_line=line)).values_list(
                "post__person", flat=True
            ),
            *members.filter(Q(joined_line=line) | Q(left_line=line)).values_list(
                "post__person", flat=True
            ),
        }
        if not named and order.signed_on:
            present = members.filter(joined_on__lte=order.signed_on)
            present = present.exclude(left_on__lt=order.signed_on)
            named = {
                *present.values_list("post__person", flat=True),
                *appointments.on(order.signed_on).values_list("post__person", flat=True),
            }
        people |= named
    return people


def sheet(paper: Order | LocalAct, *, on) -> list[Person]:
    """Readers with ``known``, their Acquaintance or None; who signed and has left stays in."""
    known = {row.person_id: row for row in paper.acquaintances.select_related("person")}
    people = list(readers(paper, on=on))
    present = {person.pk for person in people}
    people += [row.person for pk, row in known.items() if pk not in present]
    people.sort(key=lambda person: person.name_key)
    for person in people:
        person.known = known.get(person.pk)
    return people
