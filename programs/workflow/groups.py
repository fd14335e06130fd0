"""The proposal of a pair or group, and who belongs to it."""

import datetime as dt

from programs.choices import Basis
from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup, MentoringRequest
from programs.workflow import proposals
from programs.workflow.base import case_step, names, require_alive
from programs.workflow.locking import lock_school
from programs.workflow.members import add_member, drop_member, propose_member, release_member
from programs.workflow.order_lines import drop_draft_lines
from programs.workflow.proposal_changes import change_proposal
from programs.workflow.proposals import MentorTerms
from programs.workflow.warnings import warnings_for
from schools import history
from schools.history import Change, Scope
from schools.models import Partner, Person, School, StaffMember

__all__ = [
    "add_member",
    "change_proposal",
    "drop_member",
    "propose_group",
    "release_member",
    "warnings_for",
    "withdraw_proposal",
]


def propose_group(
    school: School,
    *,
    by,
    on: dt.date,
    mentor: StaffMember,
    mentees: list[tuple[StaffMember, str]],
    form: str,
    kinds,
    why: str,
    curator: Person,
    starts_on: dt.date,
    ends_on: dt.date,
    basis: str = Basis.ADDENDUM,
    duty_clause: str = "",
    duty_dated: dt.date | None = None,
    home_order: str = "",
    home_agreement: str = "",
    partner: Partner | None = None,
    hours_per_month: int | None = None,
) -> MentoringGroup:
    """Propose a pair (one mentee) or a group; open requests of the mentees become PAIRED.

    The mentor is a proposed appointment and the mentees proposed members: nothing runs until
    an order is signed. ``warnings_for`` tells beforehand what only warns.

    Args:
        mentees: list of (post, MenteeCategory value).
        starts_on, ends_on: planned term, both days included; 3 to 12 calendar months.

    Raises:
        TransitionError: ``school_closed``, ``why_missing``, ``term_over``, ``pair_exists`` and
            the codes of ``programs.workflow.proposals``. Nothing is changed then.

    Source: Положение, 3.5, 4.1, 4.2; ТК РФ, ст. 351.8.
    """
    terms = MentorTerms(
        basis, duty_clause, duty_dated, home_order, home_agreement, partner, hours_per_month
    )
    with history.changing(Scope.of(), by=by, on=on) as change:
        school = lock_school(school.pk)
        check_proposal(school, mentor, mentees, form, kinds, why, curator, terms, on=on)
        proposals.check_term(starts_on, ends_on)
        if ends_on < on:
            raise TransitionError(
                "term_over",
                "Срок уже закончился: пару, которая работала, вносят как действующую.",
                field="ends_on",
            )
        group = create_case(
            change,
            school=school,
            mentor=mentor,
            mentees=mentees,
            terms=terms,
            starts_on=starts_on,
            form=form,
            kinds=kinds,
            why=why.strip(),
            curator=curator,
            proposed_on=on,
            planned_starts_on=starts_on,
            planned_ends_on=ends_on,
        )
        change.record(
            "group_proposed",
            group,
            school=school.pk,
            mentor=mentor.person.short_name,
            mentees=names(post.person for post, _ in mentees),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        return group


def check_proposal(school, mentor, mentees, form, kinds, why, curator, terms, *, on) -> None:
    """Everything but the term, which an adopted case counts otherwise."""
    if school.closed_on is not None and school.closed_on <= on:
        raise TransitionError("school_closed", "Организация закрыта.")
    proposals.check_mentor(school, mentor, terms, form=form, on=on)
    proposals.check_mentees(school, mentor, mentees, form=form, on=on)
    proposals.check_kinds(kinds, len(mentees))
    proposals.check_curator(school, curator, on=on)
    if not why.strip():
        raise TransitionError(
            "why_missing", "Напишите, почему выбраны такие форма и виды.", field="why"
        )
    proposals.refuse_same_pair(school, mentor, mentees)


def create_case(
    change: Change, *, mentor, mentees, terms: MentorTerms, starts_on: dt.date, **columns
) -> MentoringGroup:
    """Write the case with its proposed mentor and members; settle the mentees' requests."""
    columns["kinds"] = proposals.in_order(columns["kinds"])
    group = MentoringGroup.objects.create(**columns)
    change.touch(cases=[group.pk])
    MentorAppointment.objects.create(
        group=group,
        post=mentor,
        proposed_on=columns["proposed_on"],
        starts_on=starts_on,
        **terms.columns(mentor),
    )
    for post, category in mentees:
        propose_member(group, post, category, on=change.on, proposed_on=columns["proposed_on"])
    return group


def withdraw_proposal(group: MentoringGroup, *, by, on: dt.date, why: str) -> MentoringGroup:
    """Take the proposal back: no mentor is in force and no programme was approved.

    Lines of unsigned orders go (a draft without lines too); the mentees' requests are open again.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``case_ordered``,
            ``why_missing``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        in_force = group.appointments.ordered().filter(ends_on=None)
        if in_force.exists() or group.programs.filter(approved_on__isnull=False).exists():
            raise TransitionError(
                "case_ordered", "Приказ уже подписан: работу пары завершают, а не снимают."
            )
        if not why.strip():
            raise TransitionError("why_missing", "Напишите, почему снято.", field="why")
        group.withdrawn_on, group.withdrawn_why = max(on, group.proposed_on), why.strip()
        group.save(update_fields=["withdrawn_on", "withdrawn_why"])
        group.appointments.filter(ordered_on=None, dropped_on=None).update(dropped_on=on)
        drop_draft_lines(group, on=on)
        _reopen_requests(group)
        change.record("proposal_withdrawn", group, school=group.school_id, why=why.strip())
        return group


def _reopen_requests(group: MentoringGroup) -> None:
    """The teachers still need a mentor, unless they have asked again meanwhile."""
    again = MentoringRequest.objects.filter(outcome="").values("post")
    group.requests.exclude(post__in=again).update(outcome="", settled_on=None, group=None)
