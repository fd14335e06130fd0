"""Requests of teachers who need a mentor (Положение, 4.2)."""

import datetime as dt

from programs.choices import MenteeCategory
from programs.errors import TransitionError
from programs.models import MentoringRequest, RequestOutcome
from programs.workflow.locking import refusing
from programs.workflow.proposals import require_works
from schools import history
from schools.history import Scope
from schools.models import StaffMember


def request_mentoring(
    post: StaffMember,
    *,
    by,
    on: dt.date,
    category: str,
    needs=(),
    strengths: str = "",
    text: str = "",
) -> MentoringRequest:
    """Note that the teacher needs a mentor. A curator may write it for the teacher.

    Raises:
        TransitionError: ``post_left``, ``category_unknown``, ``request_open``.
    """
    with history.changing(
        Scope.of(schools=[post.school_id], people=[post.person_id]), by=by, on=on
    ) as change:
        post = StaffMember.objects.select_related("person").get(pk=post.pk)
        require_works(post, on, field="post")
        if category not in MenteeCategory.values:
            raise TransitionError("category_unknown", "Выберите категорию.", field="category")
        with refusing("request_open", "Открытый запрос этого педагога уже есть.", field="post"):
            request = MentoringRequest.objects.create(
                post=post, asked_on=on, category=category, strengths=strengths, text=text
            )
        request.needs.set(needs)
        change.record(
            "mentoring_requested",
            request,
            post,
            school=post.school_id,
            mentee=post.person.short_name,
        )
        return request


def settle_request(request: MentoringRequest, *, by, on: dt.date, outcome: str):
    """Close a request without a pair; PAIRED comes only from a proposal.

    Raises:
        TransitionError: ``outcome_unknown``, ``request_settled``.
    """
    if outcome not in set(RequestOutcome.values) - {RequestOutcome.PAIRED}:
        raise TransitionError("outcome_unknown", "Выберите итог запроса.", field="outcome")
    post = request.post
    with history.changing(
        Scope.of(schools=[post.school_id], people=[post.person_id]), by=by, on=on
    ) as change:
        request = MentoringRequest.objects.select_for_update().get(pk=request.pk)
        if request.outcome:
            raise TransitionError("request_settled", "По этому запросу решение уже принято.")
        request.outcome, request.settled_on = outcome, max(on, request.asked_on)
        request.save(update_fields=["outcome", "settled_on"])
        change.record(
            "request_settled",
            request,
            post,
            school=post.school_id,
            mentee=post.person.short_name,
            outcome=RequestOutcome(outcome).label,
        )
        return request
