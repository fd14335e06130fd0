"""A home organisation lends a mentor to another one; nobody searches among strangers."""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Relation, School, Secondment, StaffMember
from schools.text import clean
from schools.workflow.base import write
from schools.workflow.transfers import require_destination


def second_mentor(
    post: StaffMember,
    *,
    by,
    on: dt.date,
    to_school: School,
    home_order: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    home_agreement: str = "",
) -> Secondment:
    """Let ``to_school`` propose pairs with this mentor; it learns the name and the post alone.

    Args:
        home_order: number and date of the home employer's order.
        ends_on: the last day, if it is known.

    Raises:
        TransitionError: ``post_ended``, ``not_an_employee``, ``not_in_district``,
            ``order_missing`` or ``constraint``.
    """
    with _changing(post, to_school, by, on) as change:
        post = StaffMember.objects.select_for_update().get(pk=post.pk)
        if not post.works(on):
            raise TransitionError("post_ended", "Этот сотрудник здесь уже не работает.")
        if post.relation != Relation.EMPLOYEE:
            raise TransitionError("not_an_employee", "Направить можно только своего работника.")
        require_destination(post, to_school, on)
        if not clean(home_order):
            raise TransitionError("order_missing", "Назовите приказ.", field="home_order")
        offer = Secondment(
            post=post, to_school=to_school, home_order=clean(home_order),
            home_agreement=clean(home_agreement), starts_on=starts_on, ends_on=ends_on,
            offered_on=on,
        )  # fmt: skip
        write(offer)
        _tell(change, "mentor_seconded", offer, starts_on=starts_on, home_order=offer.home_order)
        return offer


def withdraw_secondment(offer: Secondment, *, by, on: dt.date) -> Secondment:
    """No new pairs by this offer; appointments already ordered go on by their own papers.

    Raises:
        TransitionError: ``secondment_withdrawn``.
    """
    with _changing(offer.post, offer.to_school, by, on) as change:
        offer = Secondment.objects.select_for_update().get(pk=offer.pk)
        if offer.withdrawn_on is not None:
            raise TransitionError("secondment_withdrawn", "Это направление уже отозвано.")
        offer.withdrawn_on = on
        offer.save(update_fields=["withdrawn_on"])
        _tell(change, "secondment_withdrawn", offer)
        return offer


def _changing(post: StaffMember, to_school: School, by, on: dt.date):
    scope = Scope.of(schools=[post.school_id, to_school.pk], people=[post.person_id])
    return history.changing(scope, by=by, on=on)


def _tell(change, kind: str, offer: Secondment, **values) -> None:
    """The same event in the histories of both organisations."""
    post = offer.post
    for school in (post.school_id, offer.to_school_id):
        change.record(
            kind, offer, post, post.person, school=school, person=post.person.short_name,
            home=post.school.short_name, host=offer.to_school.short_name, **values,
        )  # fmt: skip
