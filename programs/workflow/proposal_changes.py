"""Changing what was proposed, before the order."""

import dataclasses
import datetime as dt

from django.db.models import F

from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup
from programs.workflow import proposals
from programs.workflow.base import case_step, names, require_alive
from programs.workflow.members import propose_member, strike_out
from programs.workflow.proposals import MentorTerms

TERMS = [field.name for field in dataclasses.fields(MentorTerms)]


def change_proposal(group: MentoringGroup, *, by, on: dt.date, **fields) -> MentoringGroup:
    """Change what was proposed, before the order only. Absent fields stay as they are.

    Fields are those of ``propose_group``; ``mentees`` is the whole new list. Another mentor
    is a new proposed appointment. What a signed consent says — form, kinds, term — changes
    only after the mentor's consent is withdrawn; a mentee who comes later is named in a
    supplement to it.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``case_ordered``,
            ``consent_signed``, ``no_changes`` and the codes of ``propose_group``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        _require_not_ordered(group)
        # A mentor who left took the proposal along: the last one proposed is still the model.
        appointment = (
            group.appointments.filter(ordered_on=None, temporary=False)
            .select_related("post__partner", "partner")
            .order_by(F("dropped_on").desc(nulls_first=True), "-pk")
            .first()
        )
        members = list(group.members.present().select_related("post__person"))
        new = _proposed_as(group, appointment, members) | fields
        terms = MentorTerms(**{name: new[name] for name in TERMS})
        proposals.check_mentor(group.school, new["mentor"], terms, form=new["form"], on=on)
        proposals.check_mentees(
            group.school, new["mentor"], new["mentees"], form=new["form"], on=on
        )
        proposals.check_kinds(new["kinds"], len(new["mentees"]))
        proposals.check_term(new["starts_on"], new["ends_on"])
        proposals.check_curator(group.school, new["curator"], on=on)
        proposals.refuse_same_pair(group.school, new["mentor"], new["mentees"], except_for=group.pk)
        if not new["why"].strip():
            raise TransitionError(
                "why_missing", "Напишите, почему выбраны такие форма и виды.", field="why"
            )
        _refuse_change_of_consented(group, appointment, new)

        group.form, group.kinds, group.why = (
            new["form"],
            proposals.in_order(new["kinds"]),
            new["why"].strip(),
        )
        group.curator = new["curator"]
        group.planned_starts_on, group.planned_ends_on = new["starts_on"], new["ends_on"]
        group.save(
            update_fields=[
                "form", "kinds", "why", "curator", "planned_starts_on", "planned_ends_on",
            ]
        )  # fmt: skip
        _propose_mentor_anew(group, appointment, new, terms, on=on)
        _propose_members_anew(group, members, new["mentees"], on=on)
        change.record(
            "proposal_changed",
            group,
            school=group.school_id,
            mentor=new["mentor"].person.short_name,
            mentees=names(post.person for post, _ in new["mentees"]),
            starts_on=new["starts_on"],
            ends_on=new["ends_on"],
        )
        return group


def _proposed_as(group, appointment, members) -> dict:
    return {
        "mentor": appointment.post,
        "mentees": [(member.post, member.category) for member in members],
        "form": group.form,
        "kinds": group.kinds,
        "why": group.why,
        "curator": group.curator,
        "starts_on": group.planned_starts_on,
        "ends_on": group.planned_ends_on,
        **{name: getattr(appointment, name) for name in TERMS},
    }


def _require_not_ordered(group: MentoringGroup) -> None:
    if group.appointments.ordered().exists():
        raise TransitionError(
            "case_ordered", "Приказ уже подписан: изменения вносят новым приказом."
        )


def _refuse_change_of_consented(group, appointment, new: dict) -> None:
    consents = group.consents.in_force().filter(role="MENTOR", post=appointment.post_id)
    told = {
        "form": group.form,
        "kinds": set(group.kinds),
        "starts_on": group.planned_starts_on,
        "ends_on": group.planned_ends_on,
    }
    wanted = {name: new[name] for name in told} | {"kinds": set(new["kinds"])}
    changed = [name for name in told if told[name] != wanted[name]]
    if changed and new["mentor"] == appointment.post and consents.exists():
        raise TransitionError(
            "consent_signed",
            "Наставник уже дал согласие на прежние условия: сначала отметьте отзыв согласия.",
            field=changed[0],
        )


def _propose_mentor_anew(group, appointment, new, terms: MentorTerms, *, on: dt.date) -> None:
    columns = terms.columns(new["mentor"]) | {"starts_on": new["starts_on"]}
    if new["mentor"] == appointment.post and appointment.dropped_on is None:
        for name, value in columns.items():
            setattr(appointment, name, value)
        appointment.save(update_fields=list(columns))
        return
    if appointment.dropped_on is None:
        appointment.dropped_on = on
        appointment.save(update_fields=["dropped_on"])
    MentorAppointment.objects.create(group=group, post=new["mentor"], proposed_on=on, **columns)


def _propose_members_anew(group, members, mentees, *, on: dt.date) -> None:
    categories = {post.pk: category for post, category in mentees}
    for member in members:
        if member.post_id not in categories:
            strike_out(member, on=on)
        elif member.category != categories[member.post_id]:
            member.category = categories[member.post_id]
            member.save(update_fields=["category"])
    known = {member.post_id for member in members}
    new = [(post, category) for post, category in mentees if post.pk not in known]
    for post, category in new:
        propose_member(group, post, category, on=on)
