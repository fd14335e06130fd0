"""Questions about people and staff that more than one page asks."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from schools.models import Absence, Municipality, StaffMember

PRESENT, LEFT, ALL = "", "left", "all"


def staff_rows(user, schools) -> QuerySet[StaffMember]:
    """Posts of ``schools`` with what a list shows: four queries whatever their number."""
    return (
        StaffMember.objects.visible_to(user)
        .filter(school__in=schools)
        .select_related("person", "school", "unit", "partner")
        .prefetch_related(
            "qualifications",
            Prefetch("absences", Absence.objects.filter(returned_on=None), to_attr="open_absences"),
        )
        .order_by("person__name_key", "pk")
    )


def filter_staff(staff: QuerySet[StaffMember], wanted: dict, *, on: dt.date):
    """``staff`` as the filter of the register asks; ``wanted`` is its cleaned data."""
    shown = wanted.get("shown")
    if shown == LEFT:
        staff = staff.filter(left_on__lt=on)
    elif shown != ALL:
        staff = staff.working(on)
    if wanted.get("q"):
        staff = staff.search(wanted["q"])
    for name in ("school", "position", "unit"):
        if wanted.get(name):
            staff = staff.filter(**{name: wanted[name]})
    if wanted.get("novice"):
        staff = staff.novices(on)
    if wanted.get("absent"):
        staff = staff.absent(on)
    if wanted.get("bank"):
        staff = staff.filter(in_mentor_bank=True)
    return staff


def zone_of(person_id: int) -> str | None:
    """Time zone of the municipality where the person has a role or a post."""
    return (
        Municipality.objects.filter(
            Q(membership__person=person_id)
            | Q(schools__memberships__person=person_id)
            | Q(schools__staff__person=person_id)
        )
        .order_by("pk")
        .values_list("time_zone", flat=True)
        .first()
    )
