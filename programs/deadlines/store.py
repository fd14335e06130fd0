"""The stored rows: compared with what follows from the facts, and brought in line in bulk."""

import datetime as dt
from dataclasses import dataclass, fields

from django.db.models import Q

from programs.deadlines.facts import Facts
from programs.deadlines.kinds import Level, names_at
from programs.deadlines.rows import Row
from programs.models import Deadline

KEY = ["kind", "subject", "owner", "period"]
COLUMNS = [field.name for field in fields(Row)]
VALUES = [name for name in COLUMNS if name not in KEY]


@dataclass(frozen=True)
class Difference:
    """A stored row that does not follow from the facts, or the other way round."""

    key: tuple[str, str, str, str]
    what: str

    def __str__(self):
        return f"{' / '.join(self.key)}: {self.what}"


def answered_for(facts: Facts) -> Q:
    """The stored rows that a derivation from ``facts`` answers for: no others are touched."""
    about = Q(group__in=[case.row.pk for case in facts.cases])
    about |= Q(
        kind__in=names_at(Level.ORDER),
        subject__in=[f"order:{order.row.pk}" for order in facts.orders],
    )
    about |= Q(kind__in=names_at(Level.PERSON), person__in=facts.people)
    about |= Q(kind__in=names_at(Level.PERSON), school__in=facts.schools)
    about |= Q(kind__in=names_at(Level.SCHOOL), school__in=facts.schools)
    about |= Q(kind="local_act", school__in=[place.rules.school_id for place in facts.places])
    return about


def save(facts: Facts, rows: list[Row], on: dt.date) -> None:
    """Bring the stored rows in line: upsert by natural key, void what no longer follows.

    A row keeps its pk for good, so that whoever was told of it is not told again.

    Args:
        on: the day that a lapsed duty is voided with.
    """
    stored = _stored(facts)
    changed = [row for row in rows if _values(row) != _live_values(stored.get(row.key))]
    keys = {row.key for row in rows}
    lapsed = [d.pk for key, d in stored.items() if key not in keys and d.void_on is None]
    if changed:
        Deadline.objects.bulk_create(
            [Deadline(**{name: getattr(row, name) for name in COLUMNS}) for row in changed],
            update_conflicts=True,
            unique_fields=KEY,
            update_fields=[name.removesuffix("_id") for name in VALUES] + ["void_on"],
        )
    if lapsed:
        Deadline.objects.filter(pk__in=lapsed).update(void_on=on)


def compare(facts: Facts, rows: list[Row]) -> list[Difference]:
    """What ``save`` would change."""
    stored, found = _stored(facts), []
    for row in rows:
        old = stored.pop(row.key, None)
        if old is None or old.void_on is not None:
            found.append(Difference(row.key, "нет в таблице сроков"))
            continue
        wrong = [name for name in VALUES if getattr(old, name) != getattr(row, name)]
        found += [
            Difference(row.key, f"{name}: {getattr(old, name)} вместо {getattr(row, name)}")
            for name in wrong
        ]
    found += [
        Difference(key, "не следует из данных")
        for key, old in stored.items()
        if old.void_on is None
    ]
    return found


def _stored(facts: Facts) -> dict[tuple, Deadline]:
    return {
        (d.kind, d.subject, d.owner, d.period): d
        for d in Deadline.objects.filter(answered_for(facts)).order_by()
    }


def _values(row: Row) -> list:
    return [getattr(row, name) for name in VALUES]


def _live_values(stored: Deadline | None) -> list | None:
    if stored is None or stored.void_on is not None:
        return None
    return [getattr(stored, name) for name in VALUES]
