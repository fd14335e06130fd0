"""Who holds which role in an organisation, from when to when; both days belong to the period.

Every function is a step (``schools.history``). Roles begin and end by dates; nothing is
deleted but a role that never began.
"""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Membership, Person, Role, School, StaffMember
from schools.workflow.base import refusing
from schools.workflow.staff import add_post

DAY = dt.timedelta(days=1)
ROLE_HELD = "У этого человека уже есть эта роль в указанные дни."
DIRECTORS_OVERLAP = "На эти дни в организации уже есть руководитель."


def give_role(
    school: School, *, by, on: dt.date, person: Person, starts_on: dt.date,
    role: str = Role.CURATOR, ends_on: dt.date | None = None,
) -> Membership:  # fmt: skip
    """Make ``person`` a curator of ``school``; there may be several.

    Raises:
        TransitionError: ``role_is_handed_over`` (a director is named by ``hand_over_school`` or
            ``name_director``), ``not_staff``, ``ends_before_start`` or ``role_held``.
    """
    if role != Role.CURATOR:
        raise TransitionError("role_is_handed_over", "Руководитель назначается передачей роли.")
    with history.changing(_scope(school, person), by=by, on=on) as change:
        _lock(school)
        _is_staff(person, school, on)
        membership = _add(
            Membership(
                person=person, role=role, school=school, starts_on=starts_on, ends_on=ends_on
            )
        )
        change.record(
            "role_given", membership, person, school=school.pk, role=membership.get_role_display(),
            person=person.short_name, starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        return membership


def end_role(membership: Membership, *, by, on: dt.date, ends_on: dt.date) -> None:
    """Let a curator's or deputy's role end with the day ``ends_on``; its deputies end with it.

    A role that would end before it begins never was: its row goes.

    Raises:
        TransitionError: ``role_is_handed_over`` (the director's own) or ``role_ended``.
    """
    school = membership.school
    with history.changing(_scope(school, membership.person), by=by, on=on) as change:
        _lock(school)
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if membership.role == Role.DIRECTOR and membership.deputises_for_id is None:
            raise TransitionError(
                "role_is_handed_over", "Руководитель не уходит без преемника: передайте роль."
            )
        if membership.ends_on is not None and membership.ends_on < on:
            raise TransitionError("role_ended", "Эта роль уже завершена.")
        for row in [*membership.deputies.select_for_update(), membership]:
            _end(change, row, ends_on)


def deputise(
    principal: Membership, *, by, on: dt.date, person: Person, starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> Membership:  # fmt: skip
    """Let ``person`` act for the holder of ``principal`` from ``starts_on`` to ``ends_on``.

    Raises:
        TransitionError: ``deputy_of_deputy``, ``same_person``, ``outside_role`` (days on which
            the principal has no role), ``not_staff``, ``ends_before_start`` or ``role_held``.
    """
    school = principal.school
    with history.changing(_scope(school, person), by=by, on=on) as change:
        _lock(school)
        principal = Membership.objects.select_related("person").get(pk=principal.pk)
        if principal.deputises_for_id is not None:
            raise TransitionError("deputy_of_deputy", "Заместителя заместителя не назначают.")
        if principal.person_id == person.pk:
            raise TransitionError("same_person", "Выберите другого человека.", field="person")
        last = principal.ends_on
        if starts_on < principal.starts_on or last and (ends_on is None or ends_on > last):
            raise TransitionError(
                "outside_role",
                "Замещать можно только в дни, когда роль есть у самого замещаемого.",
                field="starts_on",
            )
        _is_staff(person, school, on)
        deputy = _add(
            Membership(
                person=person, role=principal.role, school=school, starts_on=starts_on,
                ends_on=ends_on, deputises_for=principal,
            )
        )  # fmt: skip
        change.record(
            "deputy_named", deputy, person, principal.person, school=school.pk,
            person=person.short_name, principal=principal.person.short_name,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        return deputy


def hand_over_school(
    school: School, *, by, on: dt.date, new_director: Person, from_on: dt.date
) -> Membership:
    """Pass the whole organisation to ``new_director`` from the day ``from_on``.

    The director's role ends the day before, and with it everything else that the former
    director holds here: a curator's role, deputies and deputising. The post stays: somebody
    may go on as a teacher.

    Raises:
        TransitionError: ``handover_planned``, ``no_director``, ``same_person``,
            ``starts_too_early``, ``not_staff`` or ``directors_overlap``.
    """
    with history.changing(_scope(school, new_director), by=by, on=on) as change:
        _lock(school)
        if planned_director(school, on) is not None:
            raise TransitionError(
                "handover_planned", "Передача уже назначена: сначала отмените её."
            )
        old = _directors(school).filter(ends_on=None).select_related("person").first()
        if old is None:
            raise TransitionError("no_director", "Передавать роль некому: руководителя нет.")
        if old.person_id == new_director.pk:
            raise TransitionError("same_person", "Это и есть руководитель.", field="new_director")
        if from_on <= old.starts_on:
            raise TransitionError(
                "starts_too_early",
                f"Нынешний руководитель назначен с {old.starts_on:%d.%m.%Y}: укажите день позже.",
                field="from_on",
            )
        _is_staff(new_director, school, on, field="new_director")
        change.touch(people=[old.person_id])
        _end_everything(change, school, old, from_on - DAY)
        _end_deputies_of_director(change, school, new_director, from_on - DAY)
        new = _new_director(school, new_director, from_on)
        change.record(
            "school_handed_over", new, old, new_director, old.person, school=school.pk,
            person=new_director.short_name, previous=old.person.short_name, starts_on=from_on,
        )  # fmt: skip
        return new


def cancel_hand_over(school: School, *, by, on: dt.date) -> Membership:
    """Take back a hand-over whose day has not come: the director stays.

    Other roles and deputies that ended with it are not given again.

    Raises:
        TransitionError: ``no_handover``, or ``no_director`` (nobody was director before).
    """
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        _lock(school)
        new = planned_director(school, on)
        if new is None:
            raise TransitionError("no_handover", "Назначенной передачи нет: её день уже наступил.")
        old = _directors(school).filter(ends_on=new.starts_on - DAY).first()
        if old is None:
            raise TransitionError(
                "no_director", "Прежнего руководителя нет: возвращать роль некому."
            )
        change.touch(people=[old.person_id, new.person_id])
        change.record(
            "handover_cancelled", new, old, new.person, old.person, school=school.pk,
            person=new.person.short_name, previous=old.person.short_name, starts_on=new.starts_on,
        )  # fmt: skip
        for row in new.deputies.all():
            _end(change, row, new.starts_on - DAY)
        new.delete()
        old.ends_on = None
        old.save(update_fields=["ends_on"])
        return old


def planned_director(school: School, on: dt.date) -> Membership | None:
    """The director whose role begins after ``on``, if one is named already."""
    return _directors(school).filter(starts_on__gt=on).select_related("person").first()


def name_director(
    school: School, *, by, on: dt.date, from_on: dt.date, new_director: Person | None = None,
    position: str = "", **names,
) -> Membership:  # fmt: skip
    """Name the director of an organisation that has none (the founder's decision).

    Args:
        new_director: one of the staff, or None for somebody new with ``last_name``,
            ``first_name``, ``patronymic`` in ``names`` and a ``position``.

    Raises:
        TransitionError: ``has_director``, ``not_staff``, ``directors_overlap`` and what
            ``add_post`` refuses.
    """
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        _lock(school)
        if _directors_from(school, on).exists():
            raise TransitionError("has_director", "В организации есть руководитель.")
        if new_director is None:
            post = add_post(school, by=by, on=on, position=position, hired_on=from_on, **names)
            new_director = post.person
        _is_staff(new_director, school, on, field="new_director")
        change.touch(people=[new_director.pk])
        new = _new_director(school, new_director, from_on)
        change.record(
            "director_named", new, new_director, school=school.pk,
            person=new_director.short_name, starts_on=from_on,
        )  # fmt: skip
        return new


def _scope(school: School, *people: Person) -> Scope:
    return Scope.of(schools=[school.pk], people=[p.pk for p in people])


def _lock(school: School) -> None:
    School.objects.select_for_update().get(pk=school.pk)


def _directors(school: School):
    return Membership.objects.filter(school=school, role=Role.DIRECTOR, deputises_for=None)


def _directors_from(school: School, on: dt.date):
    """Directors in force on ``on`` or later."""
    return _directors(school).exclude(ends_on__lt=on)


def _is_staff(person: Person, school: School, on: dt.date, *, field: str = "person") -> None:
    if not StaffMember.objects.working(on).filter(person=person, school=school).exists():
        raise TransitionError(
            "not_staff", "Этот человек не работает в вашей организации.", field=field
        )


def _add(membership: Membership) -> Membership:
    """Insert a role that meets no other of the same kind of the same person."""
    starts_on, ends_on = membership.starts_on, membership.ends_on
    if ends_on is not None and ends_on < starts_on:
        raise TransitionError(
            "ends_before_start", "Последний день раньше первого.", field="ends_on"
        )
    same = Membership.objects.filter(
        person=membership.person, school=membership.school, role=membership.role
    ).exclude(ends_on__lt=starts_on)
    if ends_on is not None:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise TransitionError("role_held", ROLE_HELD, field="person")
    with refusing("role_held", ROLE_HELD, field="person"):
        membership.save(force_insert=True)
    return membership


def _new_director(school: School, person: Person, from_on: dt.date) -> Membership:
    with refusing("directors_overlap", DIRECTORS_OVERLAP, field="from_on"):
        return Membership.objects.create(
            person=person, role=Role.DIRECTOR, school=school, starts_on=from_on
        )


def _end(change, membership: Membership, ends_on: dt.date) -> None:
    """End one role with ``ends_on``; one that ended earlier is left alone."""
    if membership.ends_on is not None and membership.ends_on <= ends_on:
        return
    change.touch(people=[membership.person_id])
    change.record(
        "role_ended", membership, membership.person, school=membership.school_id,
        role=membership.get_role_display(), person=membership.person.short_name, ends_on=ends_on,
    )  # fmt: skip
    if ends_on < membership.starts_on:
        membership.delete()
        return
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])


def _end_everything(change, school: School, old: Membership, ends_on: dt.date) -> None:
    """All roles of the director ``old`` here, and those who acted in any of them."""
    held = Membership.objects.filter(school=school, person=old.person_id)
    acting = Membership.objects.filter(deputises_for__in=held.values("pk"))
    for row in [*acting.select_related("person"), *held.order_by("-deputises_for")]:
        _end(change, row, ends_on)


def _end_deputies_of_director(change, school, person: Person, ends_on: dt.date) -> None:
    """The new director no longer acts for anybody in the same role."""
    acting = Membership.objects.filter(
        school=school, person=person, role=Role.DIRECTOR, deputises_for__isnull=False
    )
    for row in acting:
        _end(change, row, ends_on)
