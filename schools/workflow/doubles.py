"""Likely doubles: a queue for the municipality, never a search for a school."""

from collections.abc import Iterable

from schools.models import Person, PossibleDouble, School


def note_doubles(people: Iterable[int], school: School) -> int:
    """Put people who also seem to work elsewhere in the municipality into the queue.

    The same name and the same birth date in another organisation of the municipality make a
    likely double. Runs inside a step, in two queries whatever the number of people; pairs that
    are known stay as they were settled.

    Args:
        people: primary keys of people with a post in ``school``.

    Returns:
        How many pairs were found, old ones among them.
    """
    ours = {}
    for person in Person.objects.filter(pk__in=list(people), birth_date__isnull=False):
        ours.setdefault((person.name_key, person.birth_date), []).append(person.pk)
    elsewhere = (
        Person.objects.filter(
            posts__school__municipality=school.municipality_id,
            birth_date__in={born for _, born in ours},
        )
        .exclude(posts__school=school)
        .values_list("pk", "name_key", "birth_date")
        .distinct()
    )
    pairs = {
        tuple(sorted((mine, pk)))
        for pk, name, born in elsewhere
        for mine in ours.get((name, born), [])
        if mine != pk
    }
    PossibleDouble.objects.bulk_create(
        (PossibleDouble(first_id=first, second_id=second) for first, second in sorted(pairs)),
        ignore_conflicts=True,
    )
    return len(pairs)
