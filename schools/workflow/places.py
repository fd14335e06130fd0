"""An organisation's own data, its branches and its dated settings."""

import datetime as dt

from django.db.models import ProtectedError

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import School, SchoolPolicy, Unit
from schools.workflow.base import apply, write

# What a school may correct itself; kind, municipality and closing belong to the admin.
SCHOOL_FIELDS = (
    "full_name", "short_name", "founder", "week", "settlement", "address", "site_url",
)  # fmt: skip
UNIT_FIELDS = ("name", "kind", "settlement")
POLICY_FIELDS = (
    "mentee_consent_required", "mentee_mark_allowed", "closing_by_order", "acquaintance_tracked",
    "scans_tracked", "meetings_tracked", "site_tracked", "warn_above_mentees", "quiet_reminders",
)  # fmt: skip


def change_school(school: School, *, by, on: dt.date, **facts) -> School:
    """Correct the organisation's own data (``SCHOOL_FIELDS``); deadlines follow the week.

    Raises:
        TransitionError: ``constraint`` (the short name is taken in the municipality).
    """
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        school = School.objects.select_for_update().get(pk=school.pk)
        said = apply(school, {name: facts[name] for name in SCHOOL_FIELDS if name in facts})
        if said:
            write(school, [*SCHOOL_FIELDS, "name_key"])
            change.record(
                "record_changed", school, school=school.pk,
                what="Сведения об организации", changes="; ".join(said),
            )  # fmt: skip
        return school


def add_unit(school: School, *, by, on: dt.date, **facts) -> Unit:
    """A branch or a group of the organisation (``UNIT_FIELDS``).

    Raises:
        TransitionError: ``constraint`` (the name is known).
    """
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        unit = Unit(school=school)
        apply(unit, {name: facts[name] for name in UNIT_FIELDS if name in facts})
        write(unit)
        change.record("record_added", unit, school, school=school.pk, what=_named(unit))
        return unit


def change_unit(unit: Unit, *, by, on: dt.date, **facts) -> Unit:
    """Correct a branch. Raises as ``add_unit``."""
    with history.changing(Scope.of(schools=[unit.school_id]), by=by, on=on) as change:
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        said = apply(unit, {name: facts[name] for name in UNIT_FIELDS if name in facts})
        if said:
            write(unit, list(UNIT_FIELDS))
            change.record(
                "record_changed", unit, unit.school, school=unit.school_id,
                what=_named(unit), changes="; ".join(said),
            )  # fmt: skip
        return unit


def remove_unit(unit: Unit, *, by, on: dt.date) -> None:
    """Remove a branch in which nobody ever worked.

    Raises:
        TransitionError: ``unit_in_use``.
    """
    with history.changing(Scope.of(schools=[unit.school_id]), by=by, on=on) as change:
        change.record("record_deleted", unit, unit.school, school=unit.school_id, what=_named(unit))
        try:
            unit.delete()
        except ProtectedError as error:
            raise TransitionError(
                "unit_in_use", "В подразделении есть сотрудники: сначала переведите их."
            ) from error


def set_policy(school: School, *, by, on: dt.date, starts_on: dt.date, **facts) -> SchoolPolicy:
    """Settings from ``starts_on`` on (``POLICY_FIELDS``); what is not named stays as it was.

    The past stays: a new dated row is written, or the row of that same day is corrected.

    Raises:
        TransitionError: ``policy_in_past``.
    """
    if starts_on < on:
        raise TransitionError(
            "policy_in_past", "Настройки меняют с сегодняшнего дня или позже.", field="starts_on"
        )
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        School.objects.select_for_update().get(pk=school.pk)
        policy = SchoolPolicy.objects.in_force(starts_on).filter(school=school).first()
        if policy is None:
            policy = SchoolPolicy(school=school)
        elif policy.starts_on != starts_on:
            policy.pk = None
            policy._state.adding = True
        policy.starts_on = starts_on
        said = apply(policy, {name: facts[name] for name in POLICY_FIELDS if name in facts})
        write(policy)
        change.record(
            "policy_set", policy, school, school=school.pk,
            starts_on=starts_on, changes="; ".join(said) or "без изменений",
        )  # fmt: skip
        return policy


def _named(unit: Unit) -> str:
    return f"Подразделение «{unit.name}»"
