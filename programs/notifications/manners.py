"""Which ladder a duty is on: the settings of its municipality and of its organisation."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from programs.choices import Force
from programs.models.papers import MAY_BE_RED
from programs.notifications.ladder import Ladder, Manner
from schools.models import Municipality, MunicipalityPolicy, School, SchoolPolicy

Ladders = tuple[tuple[Manner, Ladder], ...]  # of every manner under one municipality's settings


def quiet_schools(on: dt.date):
    """Organisations that want fewer letters on ``on`` (queryset of pks)."""
    newer = SchoolPolicy.objects.filter(
        school=OuterRef("school"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on
    )
    asked = SchoolPolicy.objects.filter(quiet_reminders=True, starts_on__lte=on)
    return asked.filter(~Exists(newer)).order_by().values("school")


def silent_on(on: dt.date, deadline: str = "") -> Q:
    """Duties that nobody speaks of on ``on``: of an organisation on holidays, but for the law.

    ``deadline``: how the rows asked lead to it, «deadline__».
    """
    holidays = School.objects.filter(
        municipality__breaks__kind=F("kind"),
        municipality__breaks__starts_on__lte=on,
        municipality__breaks__ends_on__gte=on,
    )
    return ~Q(**{f"{deadline}force": Force.LAW}) & Q(
        **{f"{deadline}school__in": holidays.order_by().values("pk")}
    )


def manner_on(on: dt.date) -> Case:
    """The ``Manner`` of a ``Deadline`` on ``on``, as an expression."""
    quiet, law = Q(school__in=quiet_schools(on)), Q(force=Force.LAW)
    return Case(
        When(quiet & ~law, then=Value(Manner.QUIET)),
        When(quiet & MAY_BE_RED, then=Value(Manner.QUIET_FIRM)),
        When(quiet, then=Value(Manner.QUIET_LAW)),
        When(MAY_BE_RED, then=Value(Manner.FIRM)),
        default=Value(Manner.SOFT),
        output_field=CharField(),
    )


def policies_on(
    on: dt.date | None, municipalities: Iterable[int] | None = None
) -> list[tuple[int, dt.date, MunicipalityPolicy]]:
    """(municipality, day, settings in force) of ``municipalities`` (pks; all by default): the
    day is ``on``, else the local one. The defaults where there are no settings. One query for
    the settings, and one for the municipalities unless both they and the day are given."""
    begun = MunicipalityPolicy.objects.order_by("starts_on")
    if municipalities is not None:
        municipalities = sorted(set(municipalities))
        begun = begun.filter(municipality__in=municipalities)
    if on is not None and municipalities is not None:
        days = [(pk, on) for pk in municipalities]
    else:
        places = Municipality.objects.order_by("pk").only("pk", "time_zone")
        if municipalities is not None:
            places = places.filter(pk__in=municipalities)
        days = [(place.pk, on or place.local_day()) for place in places]
    policies = defaultdict(list)
    for policy in begun:
        policies[policy.municipality_id].append(policy)
    found = []
    for pk, day in days:
        past = [policy for policy in policies[pk] if policy.starts_on <= day]
        found.append((pk, day, past[-1] if past else MunicipalityPolicy()))
    return found


def ladder_groups(
    on: dt.date | None, municipalities: Iterable[int] | None = None
) -> dict[tuple[dt.date, Ladders], list[int]]:
    """Municipalities that share their day and their ladders; see ``policies_on``."""
    groups = defaultdict(list)
    for pk, day, policy in policies_on(on, municipalities):
        ladders = tuple((manner, Ladder.of(policy, manner)) for manner in Manner)
        groups[day, ladders].append(pk)
    return dict(groups)
