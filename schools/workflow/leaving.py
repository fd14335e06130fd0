"""Leaving: announced, recorded, taken back. Every public function is a step or part of one."""

import datetime as dt

from schools import history, registry
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import StaffMember
from schools.workflow.base import not_in_future, write


def announce_leaving(post: StaffMember, *, by, on: dt.date, leaving_on: dt.date) -> StaffMember:
    """Note that a person is going to leave; the pairs are looked at before that day.

    Raises:
        TransitionError: ``post_ended``, ``leaves_too_early`` (use ``record_leaving``).
    """
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        post = working_post(post)
        if leaving_on < on:
            raise TransitionError(
                "leaves_too_early",
                "Этот день уже прошёл: отметьте уход, а не предупреждение о нём.",
                field="leaving_on",
            )
        post.leaving_on = leaving_on
        write(post, ["leaving_on"])
        change.record(
            "leaving_announced", post, post.person, school=post.school_id,
            person=post.person.short_name, leaving_on=leaving_on,
        )  # fmt: skip
        return post


def withdraw_leaving(post: StaffMember, *, by, on: dt.date) -> StaffMember:
    """The person stays after all: the announced day is taken back."""
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        post = working_post(post)
        if post.leaving_on is None:
            raise TransitionError("leaving_not_announced", "Об уходе не предупреждали.")
        post.leaving_on = None
        write(post, ["leaving_on"])
        change.record(
            "leaving_withdrawn", post, post.person, school=post.school_id,
            person=post.person.short_name,
        )  # fmt: skip
        return post


def record_leaving(post: StaffMember, *, by, on: dt.date, left_on: dt.date) -> StaffMember:
    """Record the last day worked; what hangs on the post ends with it.

    Raises:
        TransitionError: ``post_ended``, ``date_in_future`` or ``ends_before_start``.
    """
    not_in_future(left_on, on, field="left_on", what="Дата ухода")
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        return leave_post(post, change, left_on=left_on)


def leave_post(post: StaffMember, change, *, left_on: dt.date) -> StaffMember:
    """``record_leaving`` inside a step that is already under way."""
    post = working_post(post)
    end_post(post, left_on, change, field="left_on")
    change.record(
        "post_left", post, post.person, school=post.school_id,
        person=post.person.short_name, position=post.title, left_on=left_on,
    )  # fmt: skip
    return post


def undo_leaving(post: StaffMember, *, by, on: dt.date) -> StaffMember:
    """The leaving was recorded by mistake: the post goes on.

    What ended with the post (appointments) stays ended: papers are drawn up anew.

    Raises:
        TransitionError: ``post_goes_on``, ``post_followed`` or ``constraint``.
    """
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        post = StaffMember.objects.select_for_update().get(pk=post.pk)
        if post.left_on is None:
            raise TransitionError("post_goes_on", "Уход не отмечен.")
        if post.followers.exists() or post.transfers.filter(new_post__isnull=False).exists():
            raise TransitionError(
                "post_followed", "После этой должности началась другая: отменить уход нельзя."
            )
        post.left_on = None
        write(post, ["left_on"])
        change.record(
            "leaving_undone", post, post.person, school=post.school_id,
            person=post.person.short_name,
        )  # fmt: skip
        return post


def end_post(post: StaffMember, last_day: dt.date, change, *, field: str = "") -> None:
    """End a locked post inside a step, and everything that hangs on it.

    Raises:
        TransitionError: ``ends_before_start``.
    """
    if post.hired_on is not None and last_day < post.hired_on:
        raise TransitionError(
            "ends_before_start",
            f"На эту должность человек принят {post.hired_on:%d.%m.%Y}: уйти раньше нельзя.",
            field=field,
        )
    post.left_on, post.leaving_on = last_day, None
    write(post, ["left_on", "leaving_on"])
    for end in registry.post_endings:
        end(post, last_day, change)


def working_post(post: StaffMember) -> StaffMember:
    """The post, locked and re-read; refuses when it has ended."""
    post = StaffMember.objects.select_for_update().get(pk=post.pk)
    if post.left_on is not None:
        raise TransitionError(
            "post_ended", f"Уход с этой должности уже отмечен: {post.left_on:%d.%m.%Y}."
        )
    return post
