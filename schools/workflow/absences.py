"""Absences: dates only, never a diagnosis."""

import datetime as dt

from django.db.models import Q

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Absence, StaffMember
from schools.workflow.base import apply, not_in_future, refusing, write

FIELDS = ("kind", "starts_on", "expected_on", "returned_on")


def record_absence(
    post: StaffMember,
    *,
    by,
    on: dt.date,
    kind: str,
    starts_on: dt.date,
    expected_on: dt.date | None = None,
) -> Absence:
    """Note that a person is or will be away from ``starts_on`` on.

    Args:
        expected_on: the first working day afterwards, None while nobody knows.

    Raises:
        TransitionError: ``post_ended``, ``returns_before_start``, ``absence_open``,
            ``absence_overlaps``.
    """
    with _changing(post, by, on) as change:
        return add_absence(post, change, kind=kind, starts_on=starts_on, expected_on=expected_on)


def add_absence(
    post: StaffMember, change, *, kind: str, starts_on: dt.date, expected_on: dt.date | None = None
) -> Absence:
    """``record_absence`` inside a step that is already under way."""
    post = StaffMember.objects.select_for_update().get(pk=post.pk)
    if not post.works(starts_on):
        raise TransitionError("post_ended", "К этому дню человек уже уволен.")
    absence = Absence(post=post, kind=kind, starts_on=starts_on, expected_on=expected_on)
    _check(absence)
    with refusing("absence_open", "Уже отмечено отсутствие: сначала отметьте выход."):
        absence.save()
    change.record(
        "absence_recorded", absence, post, post.person, school=post.school_id,
        person=post.person.short_name, what=absence.get_kind_display(),
        starts_on=starts_on, expected_on=expected_on,
    )  # fmt: skip
    return absence


def record_return(absence: Absence, *, by, on: dt.date, returned_on: dt.date) -> Absence:
    """Note the first day back at work.

    Raises:
        TransitionError: ``already_returned``, ``date_in_future``, ``returns_before_start``.
    """
    not_in_future(returned_on, on, field="returned_on", what="Дата выхода")
    with _changing(absence.post, by, on) as change:
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if absence.returned_on is not None:
            raise TransitionError("already_returned", "Выход на работу уже отмечен.")
        absence.returned_on = returned_on
        _check(absence)
        write(absence, ["returned_on"])
        post = absence.post
        change.record(
            "absence_ended", absence, post, post.person, school=post.school_id,
            person=post.person.short_name, returned_on=returned_on,
        )  # fmt: skip
        return absence


def change_absence(absence: Absence, *, by, on: dt.date, **facts) -> Absence:
    """Correct an absence: any of kind, starts_on, expected_on, returned_on.

    Raises:
        TransitionError: ``date_in_future``, ``returns_before_start``, ``absence_overlaps``
            or ``absence_open``.
    """
    with _changing(absence.post, by, on) as change:
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        said = apply(absence, {name: facts[name] for name in FIELDS if name in facts})
        if said:
            not_in_future(absence.returned_on, on, field="returned_on", what="Дата выхода")
            _check(absence)
            with refusing("absence_open", "У человека уже есть другое неоконченное отсутствие."):
                absence.save(update_fields=FIELDS)
            post = absence.post
            change.record(
                "absence_changed", absence, post, post.person, school=post.school_id,
                person=post.person.short_name, changes="; ".join(said),
            )  # fmt: skip
        return absence


def remove_absence(absence: Absence, *, by, on: dt.date) -> None:
    """Take back an absence that was recorded by mistake; the history keeps what it said."""
    with _changing(absence.post, by, on) as change:
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        post = absence.post
        change.record(
            "absence_removed", absence, post, post.person, school=post.school_id,
            person=post.person.short_name, what=absence.get_kind_display(),
            starts_on=absence.starts_on,
        )  # fmt: skip
        absence.delete()


def _changing(post: StaffMember, by, on: dt.date):
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    return history.changing(scope, by=by, on=on)


def _check(absence: Absence) -> None:
    """The return is not before the start, and one absence ends before the next begins."""
    start, back = absence.starts_on, absence.returned_on
    for field, day in (("expected_on", absence.expected_on), ("returned_on", back)):
        if day is not None and day < start:
            raise TransitionError(
                "returns_before_start", "Выход раньше начала отсутствия.", field=field
            )
    others = absence.post.absences.exclude(pk=absence.pk)
    if back is None and others.filter(returned_on=None).exists():
        raise TransitionError("absence_open", "Уже отмечено отсутствие: сначала отметьте выход.")
    # The day of return is a working day: the next absence may begin on it.
    overlap = Q(returned_on__gt=start) | Q(returned_on=None)
    if back is not None:
        overlap &= Q(starts_on__lt=back)
    if others.filter(overlap).exists():
        raise TransitionError(
            "absence_overlaps", "В эти дни уже отмечено другое отсутствие.", field="starts_on"
        )
