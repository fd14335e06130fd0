"""Where a duty goes that reminders did not move: to the curator's list, to the methodologist.

Both are lists and no letters; querysets over ``Deadline``, narrowed by whoever shows them with
``visible_to``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from programs.models import Deadline
from programs.notifications.ladder import Ladder
from programs.notifications.manners import ladder_groups, manner_on, policies_on

NOTHING = Q(pk__in=[])


def unanswered(schools, municipalities: Iterable[int], on: dt.date):
    """«Не ответили на напоминания»: open duties of ``schools``, which lie in ``municipalities``,
    whose owner has had all the letters that the ladder allows and hears no more (queryset; one
    query to build it).

    Duties that bind by a named date are not here: their letters go on and go upwards.
    """
    stopped = NOTHING
    for (day, ladders), places in ladder_groups(on, municipalities).items():
        here = NOTHING
        for manner, ladder in ladders:
            if ladder.limit is not None:
                here |= Q(manner=manner) & _stopped(ladder, day)
        stopped |= Q(school__municipality__in=places) & here
    rows = Deadline.objects.open(on).filter(school__in=schools)
    return rows.annotate(manner=manner_on(on)).filter(stopped)


def _stopped(ladder: Ladder, on: dt.date) -> Q:
    """Duties on ``ladder`` that it speaks of no more on ``on``.

    Those due long ago, whenever they opened; of the few days after that, the ones that opened
    early enough to have had their letters.
    """
    day = ladder.all_stopped(on)
    stopped = Q(due_on__lte=day)
    while day < ladder.last_due(on):
        day += dt.timedelta(days=1)
        since = ladder.opened_since(day, on)
        if since > dt.date.min:
            stopped |= Q(due_on=day, opens_on__lt=since)
    return stopped


def needs_attention(schools, municipalities: Iterable[int], on: dt.date):
    """«Требует внимания»: what binds by a named date and has been overdue for as long as the
    municipality waits before its methodologist looks (queryset; one query to build it).
    ``schools`` lie in ``municipalities``."""
    places = defaultdict(list)
    for pk, day, policy in policies_on(on, municipalities):
        places[day - dt.timedelta(days=policy.to_methodologist_after)].append(pk)
    late = NOTHING
    for due_on, here in places.items():
        late |= Q(school__municipality__in=here, due_on__lte=due_on)
    return Deadline.objects.overdue(on).filter(late, school__in=schools)
