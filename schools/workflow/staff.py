"""Posts: hiring, corrections, a new position.

Every function is a step (``schools.history``): ``by`` acts, ``on`` is the local day of
recording. A refusal is a ``TransitionError``; nothing has changed then.
"""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import (
    Partner,
    Person,
    Qualification,
    Relation,
    School,
    StaffMember,
    Study,
    Unit,
)
from schools.text import clean
from schools.workflow.base import apply, write
from schools.workflow.doubles import note_doubles
from schools.workflow.leaving import end_post, working_post

PERSON_FIELDS = ("last_name", "first_name", "patronymic", "sex", "birth_date", "phone", "email")
NAME_FIELDS = ("last_name", "first_name", "patronymic")
POST_FIELDS = (
    "unit", "relation", "partner", "position", "subject", "education", "hired_on",
    "total_years", "teaching_years", "young_specialist", "young_specialist_basis",
)  # fmt: skip
YEARS_FIELDS = ("total_years", "teaching_years")


def add_post(
    school: School,
    *,
    by,
    on: dt.date,
    position: str,
    person: Person | None = None,
    namesake: bool = False,
    **facts,
) -> StaffMember:
    """Take a person on: somebody new, or one who already is or was here.

    Args:
        person: known in this organisation; None makes a new person of the names in ``facts``.
            People of other organisations are never looked up: they come by a ``Transfer``.
        namesake: confirms that the new person is not the one of the same name.
        facts: fields of ``PERSON_FIELDS`` (new person only) and of ``POST_FIELDS``.

    Raises:
        TransitionError: ``person_unknown``, ``person_known``, ``born_in_future``,
            ``foreign_row`` or ``constraint``.
    """
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        if person is None:
            person = _new_person(school, on=on, namesake=namesake, facts=facts)
        elif not person.posts.filter(school=school).exists():
            raise TransitionError(
                "person_unknown",
                "Этот человек не работал в вашей организации. Из другой организации района"
                " сотрудник приходит переходом.",
                field="person",
            )
        change.touch(people=[person.pk])
        post = StaffMember(school=school, person=person, position=clean(position))
        for name in POST_FIELDS:
            if name in facts:
                setattr(post, name, facts[name])
        _stays_at_home(post)
        if post.total_years is not None or post.teaching_years is not None:
            post.years_as_of = on
        write(post)
        note_doubles([person.pk], school)
        change.record(
            "post_added", post, person, school=school.pk,
            person=person.short_name, position=post.title, hired_on=post.hired_on,
        )  # fmt: skip
        return post


def _new_person(school, *, on, namesake, facts) -> Person:
    person = Person(**{name: facts[name] for name in PERSON_FIELDS if facts.get(name)})
    _born(person, on)
    person.fill_keys()
    if not namesake:
        _refuse_known(person, school)
    write(person)
    return person


def _refuse_known(person: Person, school: School) -> None:
    """The same name here is the same person, unless both birth dates say otherwise."""
    known = Person.objects.filter(name_key=person.name_key, posts__school=school).distinct()
    for other in known:
        if not (other.birth_date and person.birth_date and other.birth_date != person.birth_date):
            raise TransitionError(
                "person_known",
                f"{other.full_name} уже есть в вашей организации. Выберите этого человека в поле"
                " «Уже известен(на)» или отметьте, что это однофамилец.",
                field="namesake",
            )


def change_post_details(post: StaffMember, *, by, on: dt.date, **facts) -> StaffMember:
    """Correct what is known about a post and its person; the history keeps from → to.

    A real change of position is ``new_post``; here a position is only spelled right.

    Args:
        facts: fields of ``PERSON_FIELDS`` and ``POST_FIELDS``; what is not named stays.

    Raises:
        TransitionError: ``born_in_future``, ``foreign_row`` or ``constraint``.
    """
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        person = Person.objects.select_for_update().get(pk=post.person_id)
        post = StaffMember.objects.select_for_update().get(pk=post.pk)
        of_person = {n: facts[n] for n in PERSON_FIELDS if n in facts}
        former = person.full_name
        said = apply(person, of_person)
        if said:
            _born(person, on)
            if person.full_name != former:
                person.cases = {}  # they were of the former name
            write(person, [*of_person, "name_key", "cases"])
            note_doubles([person.pk], post.school)
        of_post = {n: facts[n] for n in POST_FIELDS if n in facts}
        if said_of_post := apply(post, of_post):
            _stays_at_home(post)
            if any(name in of_post for name in YEARS_FIELDS):
                post.years_as_of = on
            write(post, [*of_post, "years_as_of", "post_key"])
        if said + said_of_post:
            change.record(
                "post_details_changed", post, person, school=post.school_id,
                person=person.short_name, changes="; ".join(said + said_of_post),
            )  # fmt: skip
        return post


def change_contacts(person: Person, *, by, on: dt.date, phone: str, email: str) -> Person:
    """A person corrects the own telephone and address."""
    with history.changing(Scope.of(people=[person.pk]), by=by, on=on) as change:
        person = Person.objects.select_for_update().get(pk=person.pk)
        if apply(person, {"phone": phone, "email": email}):
            write(person, ["phone", "email"])
            # What they were stays out of the history: a person may take them back.
            change.record("contacts_changed", person, person=person.short_name)
        return person


def new_post(
    post: StaffMember,
    *,
    by,
    on: dt.date,
    position: str,
    starts_on: dt.date,
    subject: str = "",
    unit: Unit | None = None,
) -> StaffMember:
    """Move a person to another position here: the old post ends the day before.

    The category, the studies, an open absence and the years go along: they are not typed again.
    What hung on the old post (appointments) ends with it (``registry.post_endings``).

    Raises:
        TransitionError: ``post_ended``, ``same_position``, ``ends_before_start``,
            ``foreign_row`` or ``constraint``.
    """
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        return move_post(
            post, change, position=position, starts_on=starts_on, subject=subject, unit=unit
        )


def move_post(
    post: StaffMember, change, *, position: str, starts_on: dt.date, subject="", unit=None
) -> StaffMember:
    """``new_post`` inside a step that is already under way."""
    old = working_post(post)
    successor = StaffMember(
        person_id=old.person_id, school_id=old.school_id, position=clean(position),
        subject=clean(subject), unit=unit, relation=old.relation, partner_id=old.partner_id,
        education=old.education, hired_on=starts_on, total_years=old.total_years,
        teaching_years=old.teaching_years, years_as_of=old.years_as_of,
        young_specialist=old.young_specialist,
        young_specialist_basis=old.young_specialist_basis,
        in_mentor_bank=old.in_mentor_bank, bank_consent_on=old.bank_consent_on, follows=old,
    )  # fmt: skip
    _stays_at_home(successor)
    successor.fill_keys()
    if successor.post_key == old.post_key:
        raise TransitionError("same_position", "Должность и предмет те же самые.", field="position")
    end_post(old, starts_on - dt.timedelta(days=1), change, field="starts_on")
    write(successor)
    _carry_along(old, successor)
    change.record(
        "position_changed", old, successor, old.person, school=old.school_id,
        person=old.person.short_name, was=old.title, becomes=successor.title,
        starts_on=starts_on,
    )  # fmt: skip
    return successor


def _carry_along(old: StaffMember, new: StaffMember) -> None:
    current = old.qualifications.first()
    if current is not None:
        Qualification.objects.create(
            post=new, category=current.category, granted_on=current.granted_on,
            is_teacher_mentor=current.is_teacher_mentor,
            is_teacher_methodist=current.is_teacher_methodist,
            recorded_on=current.recorded_on,
        )  # fmt: skip
    for study in old.studies.all():
        Study.objects.create(
            post=new, institution=study.institution, course=study.course,
            starts_on=study.starts_on, ends_on=study.ends_on,
        )  # fmt: skip
    old.absences.filter(returned_on=None).update(post=new)


def _born(person: Person, on: dt.date) -> None:
    if person.birth_date is not None and person.birth_date >= on:
        raise TransitionError(
            "born_in_future", "Проверьте дату рождения: она не раньше сегодняшней.",
            field="birth_date",
        )  # fmt: skip


def _stays_at_home(post: StaffMember) -> None:
    """Branch and partner belong to the organisation of the post."""
    rows: list[Unit | Partner] = [row for row in (post.unit, post.partner) if row is not None]
    if any(row.school_id != post.school_id for row in rows):
        raise TransitionError("foreign_row", "Подразделение и партнёр — из своей организации.")
    if post.relation != Relation.PARTNER:
        post.partner = None
