"""The sweep: what the ladder says today becomes items, each once, in one statement.

One INSERT … SELECT for all municipalities that share their day and settings, the same text on
both databases. Rows and conditions are compiled from the querysets that the rest of the product
uses; who answers is the rule of ``programs.deadlines.owners`` said for whole tables. Run twice,
at once, or after days of standstill, it adds what is missing and nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from programs.deadlines.owners import KEPT_FROM_MENTOR, all_away, responsible_for
from programs.models import Deadline, Notification
from programs.notifications.ladder import Ladder, Manner
from programs.notifications.manners import Ladders, ladder_groups, manner_on, silent_on
from schools.models import Membership, School

BAR = Value("|")
ABOUT = Concat("kind", BAR, "subject", BAR, "owner", BAR, "period")  # the deadline's natural key
DAY_BY_DAY = dt.timedelta(days=400)  # due dates before it are few and far between
NEVER = 0  # as the step of those above: they do not hear of it yet
NOBODY = 0  # as the curator named: none of those who answer

# days: the ladder as a table, due date by due date. waiting: open rows. away, acting: people.
# answering: who answers in each organisation for its two roles, the nearest level that has
# anybody. owed: rows with today's step and the role that answers. asked: the roles that hear.
# Sorted, so that two sweeps at once meet on the same key and never wait in a circle.
SWEEP = """
INSERT INTO {items} (
    recipient_id, kind, about, due_on, step, escalated, urgent, deadline_id, path, text, told_on
)
WITH days (manner, due_on, opened_since, step, higher_step, to_director) AS (VALUES {days}),
waiting (
    id, kind, about, owner, opens_on, due_on, school_id, person_id, curator_id, manner
) AS ({waiting}),
away (person_id) AS MATERIALIZED ({away}),
roles (role, school_id, municipality_id, person_id, deputises_for_id) AS ({roles}),
places (id, municipality_id) AS ({places}),
acting AS MATERIALIZED (
    SELECT role, school_id, municipality_id, person_id FROM (
        SELECT present.*,
            MIN(deputy) OVER (PARTITION BY role, school_id, municipality_id) AS first
        FROM (
            SELECT roles.*, CASE WHEN deputises_for_id IS NULL THEN 0 ELSE 1 END AS deputy
            FROM roles WHERE person_id NOT IN (SELECT person_id FROM away)
        ) AS present
    ) AS ranked WHERE deputy = first
),
answering (school_id, duty, person_id) AS MATERIALIZED (
    SELECT DISTINCT school_id, duty, person_id FROM (
        SELECT able.*, MIN(level) OVER (PARTITION BY school_id, duty) AS nearest FROM (
            SELECT school_id, 'curator' AS duty, 1 AS level, person_id
                FROM acting WHERE role = 'CURATOR'
            UNION ALL SELECT school_id, 'curator', 2, person_id FROM acting WHERE role = 'DIRECTOR'
            UNION ALL SELECT school_id, 'director', 2, person_id FROM acting WHERE role = 'DIRECTOR'
            UNION ALL SELECT places.id, duties.duty, 3, person_id
                FROM acting JOIN places ON places.municipality_id = acting.municipality_id
                CROSS JOIN (SELECT 'curator' AS duty UNION ALL SELECT 'director') AS duties
                WHERE role = 'METHODOLOGIST'
        ) AS able
    ) AS levels WHERE level = nearest
),
owed AS MATERIALIZED (
    SELECT waiting.*, days.step, days.higher_step, days.to_director,
        CASE
            WHEN substr(owner, 1, 7) = 'person:'
                AND person_id NOT IN (SELECT person_id FROM away) THEN 'person'
            WHEN substr(owner, 1, 9) = 'director:' THEN 'director'
            ELSE 'curator'
        END AS duty,
        CASE
            WHEN (school_id, curator_id) IN (
                SELECT school_id, person_id FROM answering WHERE duty = 'curator'
            ) THEN curator_id ELSE {nobody}
        END AS named
    FROM waiting JOIN days
        ON days.manner = waiting.manner AND days.due_on = waiting.due_on
        AND days.opened_since <= waiting.opens_on
),
asked AS (
    SELECT owed.*, duty AS role, step AS own_step, 0 AS escalated FROM owed WHERE duty <> 'person'
    UNION ALL SELECT owed.*, 'curator', higher_step, 1
        FROM owed WHERE higher_step <> {never} AND duty <> 'curator'
    UNION ALL SELECT owed.*, 'director', higher_step, 1
        FROM owed WHERE to_director = 1 AND duty <> 'director'
),
told (recipient_id, kind, about, due_on, step, escalated, id) AS (
    SELECT person_id, kind, about, due_on, step, 0, id FROM owed WHERE duty = 'person'
    UNION ALL SELECT answering.person_id, kind, about, due_on, own_step, escalated, id
        FROM asked JOIN answering
            ON answering.school_id = asked.school_id AND answering.duty = asked.role
        WHERE (role = 'director' OR named IN ({nobody}, answering.person_id))
            AND (escalated = 0 OR NOT CASE
                WHEN asked.duty = 'person' THEN answering.person_id = asked.person_id
                ELSE (asked.duty = 'director' OR named IN ({nobody}, answering.person_id))
                    AND (asked.school_id, asked.duty, answering.person_id)
                        IN (SELECT school_id, duty, person_id FROM answering)
            END)
)
SELECT recipient_id, kind, about, due_on, step, escalated = 1, FALSE, id, '', '', {on}
FROM told
ORDER BY recipient_id, id, escalated
ON CONFLICT DO NOTHING
"""


def sweep(on: dt.date | None = None, municipalities: Iterable[int] | None = None) -> int:
    """Write the items of the day that are not written yet, each without a letter.

    Args:
        on: the day; by default the local day of each municipality.
        municipalities: pks; all by default.

    Returns:
        The number of new items.
    """
    return sum(
        _sweep(day, ladders, places) + _sweep_kept(day, ladders, places)
        for (day, ladders), places in ladder_groups(on, municipalities).items()
    )


def _sweep(on: dt.date, ladders: Ladders, places: list[int]) -> int:
    waiting = _waiting(on, places).exclude(kind=KEPT_FROM_MENTOR)
    long_ago = waiting.filter(due_on__lt=on - DAY_BY_DAY).order_by()
    old = list(long_ago.values_list("due_on", flat=True).distinct())
    days = [row for manner, ladder in ladders for row in _days(manner, ladder, on, old)]
    parts = {
        "waiting": waiting.order_by().values_list(
            "pk", "kind", "about", "owner", "opens_on", "due_on", "school_id", "person_id",
            "curator_id", "manner",
        ),
        "away": all_away(on).values_list("person"),
        "roles": Membership.objects.current(on)
        .order_by()
        .values_list("role", "school", "municipality", "person", "deputises_for"),
        "places": School.objects.filter(municipality__in=places)
        .order_by()
        .values_list("pk", "municipality"),
    }  # fmt: skip
    compiled = {name: queryset.query.sql_with_params() for name, queryset in parts.items()}
    statement = SWEEP.format(
        items=connection.ops.quote_name(Notification._meta.db_table),
        days=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(days)),
        on="%s",
        never=NEVER,
        nobody=NOBODY,
        **{name: sql for name, (sql, _) in compiled.items()},
    )
    given = [value for row in days for value in row]
    for _, params in compiled.values():
        given += params
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, on])
        return cursor.rowcount


def _waiting(on: dt.date, places: list[int]):
    """Open rows of ``places`` that may be spoken of on ``on``. With their ``manner``, ``about``
    of their items and the curator whom their case names."""
    return (
        Deadline.objects.open(on)
        .filter(~silent_on(on), school__municipality__in=places)
        .annotate(manner=manner_on(on), curator_id=F("group__curator"), about=ABOUT)
    )


def _days(manner: Manner, ladder: Ladder, on: dt.date, old: list[dt.date]) -> Iterator[tuple]:
    """The ladder on ``on`` as rows of ``days``, for every due date it speaks of.

    Day by day, and long ago only ``old``, the dates that some row has: a mistyped year must not
    make a statement that no database takes, for then nobody is reminded of anything.
    """
    recent = (ladder.last_due(on) - on + DAY_BY_DAY).days
    stopped = ladder.all_stopped(on)
    for day in [*(ladder.last_due(on) - dt.timedelta(days=n) for n in range(recent + 1)), *old]:
        if stopped is None or day > stopped:
            yield (
                str(manner), day, ladder.opened_since(day, on), ladder.step_on(day, on),
                ladder.higher_step_on(day, on) or NEVER, int(ladder.reaches_director(day, on)),
            )  # fmt: skip


def _sweep_kept(on: dt.date, ladders: Ladders, places: list[int]) -> int:
    """«Другой наставник», kept from the mentor of the case: a few rows, person by person."""
    by_manner = dict(ladders)
    steps = {}
    for row in _waiting(on, places).filter(kind=KEPT_FROM_MENTOR):
        ladder = by_manner[Manner(row.manner)]
        if row.opens_on >= ladder.opened_since(row.due_on, on):
            steps[row] = ladder.step_on(row.due_on, on)
    steps = {row: step for row, step in steps.items() if step is not None}
    if not steps:
        return 0
    people = responsible_for(steps, on)
    items = [
        Notification(
            recipient=person, kind=row.kind, about=row.about, due_on=row.due_on,
            step=step, deadline=row, told_on=on,
        )
        for row, step in steps.items()
        for person in people[row.pk]
    ]  # fmt: skip
    known = set(
        Notification.objects.filter(deadline__in=steps).values_list(
            "recipient", "about", "due_on", "step"
        )
    )
    new = [i for i in items if (i.recipient_id, i.about, i.due_on, i.step) not in known]
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
