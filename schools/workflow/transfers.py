"""Moves to another organisation of the municipality: the home asks, the host answers.

The person stays one person with two posts; no organisation ever searches among strangers.
"""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import School, StaffMember, Transfer
from schools.text import clean
from schools.workflow.base import refusing, write
from schools.workflow.leaving import end_post

HOME, HOST = "HOME", "HOST"
SIDE_FIELDS = {HOME: "home_confirmed_on", HOST: "host_confirmed_on"}


def ask_transfer(
    post: StaffMember,
    *,
    by,
    on: dt.date,
    to_school: School,
    position: str,
    moves_on: dt.date,
    subject: str = "",
    keeps_post: bool = False,
) -> Transfer:
    """The home organisation offers a person to another one; asking confirms its own side.

    Args:
        moves_on: first day at the new place.
        keeps_post: works at both places; otherwise the post here ends the day before.

    Raises:
        TransitionError: ``post_ended``, ``not_in_district``, ``starts_too_early``,
            ``transfer_open``.
    """
    with _changing(post, to_school, by, on) as change:
        post = StaffMember.objects.select_for_update().get(pk=post.pk)
        require_destination(post, to_school, on)
        _require_leave(post, moves_on, keeps_post)
        with refusing("transfer_open", "Переход этого сотрудника уже запрошен."):
            transfer = Transfer.objects.create(
                post=post, to_school=to_school, position=clean(position), subject=clean(subject),
                moves_on=moves_on, keeps_post=keeps_post, asked_on=on, asked_by=by,
                home_confirmed_on=on,
            )  # fmt: skip
        _tell(change, "transfer_asked", transfer, moves_on=moves_on)
        return transfer


def confirm_transfer(transfer: Transfer, *, by, on: dt.date, side: str = HOST) -> Transfer:
    """One side agrees; with both consents the person gets the second post.

    Raises:
        TransitionError: ``transfer_closed``, ``transfer_confirmed``, ``post_ended``,
            ``starts_too_early`` or ``constraint``.
    """
    with _changing(transfer.post, transfer.to_school, by, on) as change:
        transfer = _open(transfer)
        if getattr(transfer, SIDE_FIELDS[side]) is not None:
            raise TransitionError("transfer_confirmed", "Ваша организация уже согласилась.")
        setattr(transfer, SIDE_FIELDS[side], on)
        transfer.save(update_fields=[SIDE_FIELDS[side]])
        if transfer.home_confirmed_on and transfer.host_confirmed_on:
            _complete(transfer, change)
        return transfer


def refuse_transfer(
    transfer: Transfer, *, by, on: dt.date, reason: str, side: str = HOST
) -> Transfer:
    """The host does not take the person, or the home takes its offer back.

    Raises:
        TransitionError: ``transfer_closed``.
    """
    with _changing(transfer.post, transfer.to_school, by, on) as change:
        transfer = _open(transfer)
        transfer.refused_on, transfer.refusal_reason = on, clean(reason)
        transfer.save(update_fields=["refused_on", "refusal_reason"])
        kind = "transfer_refused" if side == HOST else "transfer_withdrawn"
        _tell(change, kind, transfer, reason=transfer.refusal_reason)
        return transfer


def _complete(transfer: Transfer, change) -> None:
    old = StaffMember.objects.select_for_update().get(pk=transfer.post_id)
    _require_leave(old, transfer.moves_on, transfer.keeps_post)
    new = StaffMember(
        person_id=old.person_id, school_id=transfer.to_school_id, position=transfer.position,
        subject=transfer.subject, education=old.education, hired_on=transfer.moves_on,
        total_years=old.total_years, teaching_years=old.teaching_years,
        years_as_of=old.years_as_of,
    )  # fmt: skip
    write(new)
    current = old.qualifications.first()
    if current is not None:
        current.pk, current.post = None, new
        current._state.adding = True
        current.save()
    if not transfer.keeps_post:
        end_post(old, transfer.moves_on - dt.timedelta(days=1), change)
    transfer.new_post = new
    transfer.save(update_fields=["new_post"])
    _tell(change, "transfer_done", transfer, moves_on=transfer.moves_on)


def require_destination(post: StaffMember, to_school: School, on: dt.date) -> None:
    """People go to another open organisation of their own municipality.

    Raises:
        TransitionError: ``not_in_district``.
    """
    home = post.school
    if (
        to_school.pk == home.pk
        or to_school.municipality_id != home.municipality_id
        or not School.objects.open(on).filter(pk=to_school.pk).exists()
    ):
        raise TransitionError(
            "not_in_district", "Выберите другую организацию своего муниципалитета.",
            field="to_school",
        )  # fmt: skip


def _require_leave(post: StaffMember, moves_on: dt.date, keeps_post: bool) -> None:
    if post.left_on is not None:
        raise TransitionError("post_ended", "Уход с прежней должности уже отмечен.")
    if not keeps_post and post.hired_on is not None and moves_on <= post.hired_on:
        raise TransitionError(
            "starts_too_early",
            f"Здесь человек принят {post.hired_on:%d.%m.%Y}: переход возможен позже.",
            field="moves_on",
        )


def _open(transfer: Transfer) -> Transfer:
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if transfer.refused_on is not None or transfer.new_post_id is not None:
        raise TransitionError("transfer_closed", "Этот переход уже решён.")
    return transfer


def _changing(post: StaffMember, to_school: School, by, on: dt.date):
    scope = Scope.of(schools=[post.school_id, to_school.pk], people=[post.person_id])
    return history.changing(scope, by=by, on=on)


def _tell(change, kind: str, transfer: Transfer, **values) -> None:
    """The same event in the histories of both organisations."""
    post = transfer.post
    for school in (post.school_id, transfer.to_school_id):
        change.record(
            kind, transfer, post, transfer.new_post, post.person, school=school,
            person=post.person.short_name, home=post.school.short_name,
            host=transfer.to_school.short_name, position=transfer.position, **values,
        )  # fmt: skip
