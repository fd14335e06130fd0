"""What is known about a person at work: categories, studies, the bank of mentors."""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Qualification, StaffMember, Study
from schools.workflow.base import apply, not_in_future, write

QUALIFICATION_FIELDS = ("category", "is_teacher_mentor", "is_teacher_methodist", "granted_on")
STUDY_FIELDS = ("institution", "course", "starts_on", "ends_on")


def add_qualification(post: StaffMember, *, by, on: dt.date, **facts) -> Qualification:
    """Record a category (``QUALIFICATION_FIELDS``); the newest one holds.

    Raises:
        TransitionError: ``date_in_future``.
    """
    return _add(Qualification(post=post, recorded_on=on), QUALIFICATION_FIELDS, by, on, facts)


def change_qualification(row: Qualification, *, by, on: dt.date, **facts) -> Qualification:
    """Correct a recorded category.

    Raises:
        TransitionError: ``date_in_future``.
    """
    return _change(row, QUALIFICATION_FIELDS, by, on, facts)


def remove_qualification(row: Qualification, *, by, on: dt.date) -> None:
    """Take back a category recorded by mistake."""
    _remove(row, str(row), by, on)


def add_study(post: StaffMember, *, by, on: dt.date, **facts) -> Study:
    """Record where a person studies (``STUDY_FIELDS``).

    Raises:
        TransitionError: ``constraint``.
    """
    return _add(Study(post=post), STUDY_FIELDS, by, on, facts)


def change_study(row: Study, *, by, on: dt.date, **facts) -> Study:
    """Correct recorded studies.

    Raises:
        TransitionError: ``constraint``.
    """
    return _change(row, STUDY_FIELDS, by, on, facts)


def remove_study(row: Study, *, by, on: dt.date) -> None:
    """Take back studies recorded by mistake."""
    _remove(row, row.institution, by, on)


def list_in_bank(post: StaffMember, *, by, on: dt.date, consent_on: dt.date) -> StaffMember:
    """Put a person into the bank of mentors with the consent signed on ``consent_on``.

    Raises:
        TransitionError: ``post_ended``, ``date_in_future``.
    """
    not_in_future(consent_on, on, field="consent_on", what="Дата согласия")
    return _set_bank(post, by, on, consent_on)


def leave_bank(post: StaffMember, *, by, on: dt.date) -> StaffMember:
    """Take a person out of the bank of mentors; the consent's date goes into the history."""
    return _set_bank(post, by, on, None)


def _set_bank(post, by, on, consent_on) -> StaffMember:
    with _changing(post, by, on) as change:
        post = StaffMember.objects.select_for_update().get(pk=post.pk)
        if consent_on is not None and not post.works(on):
            raise TransitionError("post_ended", "Человек уже не работает.")
        kind = "bank_left" if consent_on is None else "bank_joined"
        day = post.bank_consent_on if consent_on is None else consent_on
        post.in_mentor_bank, post.bank_consent_on = consent_on is not None, consent_on
        write(post, ["in_mentor_bank", "bank_consent_on"])
        change.record(
            kind, post, post.person, school=post.school_id,
            person=post.person.short_name, consent_on=day,
        )  # fmt: skip
        return post


def _changing(post: StaffMember, by, on: dt.date):
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    return history.changing(scope, by=by, on=on)


def _add(row, fields, by, on, facts):
    with _changing(row.post, by, on) as change:
        said = apply(row, {name: facts[name] for name in fields if name in facts})
        _check(row, on)
        write(row)
        _tell(change, "record_of_person_added", row, changes="; ".join(said))
        return row


def _change(row, fields, by, on, facts):
    with _changing(row.post, by, on) as change:
        row = type(row).objects.select_for_update().get(pk=row.pk)
        said = apply(row, {name: facts[name] for name in fields if name in facts})
        if said:
            _check(row, on)
            write(row, list(fields))
            _tell(change, "record_of_person_changed", row, changes="; ".join(said))
        return row


def _remove(row, said, by, on) -> None:
    with _changing(row.post, by, on) as change:
        row = type(row).objects.select_for_update().get(pk=row.pk)
        _tell(change, "record_of_person_removed", row, changes=said)
        row.delete()


def _check(row, on) -> None:
    not_in_future(getattr(row, "granted_on", None), on, field="granted_on", what="Дата присвоения")


def _tell(change, kind, row, **values) -> None:
    post = row.post
    change.record(
        kind, row, post, post.person, school=post.school_id, person=post.person.short_name,
        what=str(row._meta.verbose_name), **values,
    )  # fmt: skip
