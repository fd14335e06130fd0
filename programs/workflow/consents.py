"""Written consents of mentors and mentees (Положение, 2.3 and 3.3; ТК РФ, ст. 351.8)."""

import datetime as dt

from programs.choices import ConsentMeans, ConsentRole
from programs.documents.texts import consent_text
from programs.errors import TransitionError
from programs.models import Consent, GroupMember, MentorAppointment, MentoringGroup
from programs.workflow.base import case_step, not_in_future, require_alive
from programs.workflow.locking import refusing
from programs.workflow.policies import policy_on
from schools.history import Change
from schools.models import ActKind, LocalAct, StaffMember, StoredFile


def record_consent(
    group: MentoringGroup,
    *,
    by,
    on: dt.date,
    role: str,
    post: StaffMember,
    signed_on: dt.date,
    means: str = ConsentMeans.PAPER,
    members=(),
    scan: StoredFile | None = None,
    text: str = "",
) -> Consent:
    """Note a signed consent; its text is kept as it was signed.

    A mentor's consent names the mentees (all present ones by default). Where the mentor has
    consented already and mentees came later, this is a supplement that names the new ones.

    Args:
        signed_on: the date on the paper, not after ``on``.
        members: the mentees that a mentor's paper names.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed`` and those of ``write_consent``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        return write_consent(
            change,
            group,
            role=role,
            post=post,
            signed_on=signed_on,
            means=means,
            members=members,
            scan=scan,
            text=text,
        )


def write_consent(
    change: Change,
    group: MentoringGroup,
    *,
    role: str,
    post: StaffMember,
    signed_on: dt.date,
    means: str = ConsentMeans.PAPER,
    members=(),
    scan: StoredFile | None = None,
    text: str = "",
) -> Consent:
    """``record_consent`` inside a change whose case is locked.

    Raises:
        TransitionError: ``date_in_future``, ``role_unknown``, ``means_unknown``,
            ``qualified_file_missing``, ``not_the_mentor``, ``mentor_consent_on_paper``,
            ``member_of_another_case``, ``consent_recorded``, ``not_a_mentee``,
            ``mark_only_by_oneself``, ``mark_not_allowed``, ``mark_is_of_today``.
    """
    not_in_future(signed_on, change.on, field="signed_on", what="Дата подписания")
    if role not in ConsentRole.values:
        raise TransitionError("role_unknown", "Укажите, чьё это согласие.", field="role")
    if means not in ConsentMeans.values:
        raise TransitionError("means_unknown", "Укажите, как дано согласие.", field="means")
    if means == ConsentMeans.QUALIFIED_FILE and scan is None:
        raise TransitionError(
            "qualified_file_missing", "Приложите файл с квалифицированной подписью.", field="scan"
        )
    if role == ConsentRole.MENTOR:
        supplements, named = _mentor_paper(group, post, means, members)
    else:
        supplements, named = None, []
        _check_mentee_paper(change, group, post, means, signed_on)
    with refusing("consent_recorded", "Согласие уже отмечено.", field="post"):
        consent = Consent.objects.create(
            group=group,
            post=post,
            role=role,
            means=means,
            supplements=supplements,
            text=text or consent_text(group, post, role, members=named or None),
            signed_on=signed_on,
            recorded_on=change.on,
            scan=scan,
        )
    consent.members.set(named)
    change.record(
        "supplement_recorded" if supplements else f"{role.lower()}_consent_recorded",
        consent,
        group,
        school=group.school_id,
        person=post.person.short_name,
        signed_on=signed_on,
        mentees=[member.post.person.short_name for member in named],
    )
    return consent


def _mentor_paper(group, post, means, members) -> tuple[Consent | None, list[GroupMember]]:
    """What the mentor's paper adds to, if anything, and the mentees whom it names."""
    mentors = MentorAppointment.objects.filter(group=group, dropped_on=None, ends_on=None)
    if not mentors.filter(post=post).exists():
        raise TransitionError(
            "not_the_mentor",
            f"{post.person.short_name} — не предложенный наставник этой пары.",
            field="post",
        )
    if means == ConsentMeans.MARK:
        raise TransitionError(
            "mentor_consent_on_paper",
            "Согласие наставника даётся на бумаге (Положение, 3.3).",
            field="means",
        )
    present = {m.pk: m for m in group.members.present().select_related("post__person")}
    strangers = {member.pk for member in members} - set(present)
    if strangers:
        raise TransitionError(
            "member_of_another_case", "Согласие называет не тех наставляемых.", field="members"
        )
    papers = list(
        Consent.objects.in_force().filter(group=group, post=post, role=ConsentRole.MENTOR)
    )
    first = next((paper for paper in papers if paper.supplements_id is None), None)
    if first is None:
        return None, list(members) or list(present.values())
    named = set(GroupMember.objects.filter(named_in__in=papers).values_list("pk", flat=True))
    new = [m for m in (list(members) or present.values()) if m.pk not in named]
    if not new:
        raise TransitionError("consent_recorded", "Согласие наставника уже отмечено.", field="post")
    return first, new


def _check_mentee_paper(change: Change, group, post, means, signed_on: dt.date) -> None:
    if not group.members.present().filter(post=post).exists():
        raise TransitionError(
            "not_a_mentee",
            f"{post.person.short_name} — не наставляемый этой пары.",
            field="post",
        )
    if means != ConsentMeans.MARK:
        return
    if change.by is None or change.by.person_id != post.person_id:
        raise TransitionError(
            "mark_only_by_oneself", "Отметку в системе ставит только сам наставляемый.",
            field="means",
        )  # fmt: skip
    acts = LocalAct.objects.filter(school=group.school_id, kind=ActKind.SIGNATURES)
    if not (
        policy_on(group.school_id, signed_on).mentee_mark_allowed
        and acts.in_force(signed_on).exists()
    ):
        raise TransitionError(
            "mark_not_allowed",
            "Отметка вместо бумаги возможна, когда её разрешают настройки организации"
            " и действующий локальный акт.",
            field="means",
        )
    if signed_on != change.on:
        raise TransitionError(
            "mark_is_of_today", "Отметка ставится сегодняшним днём.", field="signed_on"
        )


def withdraw_consent(consent: Consent, *, by, on: dt.date, withdrawn_on: dt.date) -> Consent:
    """Take a consent back before the order; a mentor's supplements go with it.

    Afterwards a mentor gives notice and a mentee leaves by a statement: other steps.

    Args:
        withdrawn_on: the date of the withdrawal, from ``signed_on`` to ``on``.

    Raises:
        TransitionError: ``case_withdrawn``, ``case_closed``, ``consent_withdrawn``,
            ``mentor_ordered``, ``mentee_ordered``, ``date_in_future``,
            ``withdrawn_before_signed``.
    """
    with case_step(consent.group, by=by, on=on) as (change, group):
        require_alive(group)
        consent = (
            Consent.objects.select_for_update(of=("self",)).select_related("post__person")
        ).get(pk=consent.pk)
        if consent.withdrawn_on is not None:
            raise TransitionError("consent_withdrawn", "Отзыв этого согласия уже отмечен.")
        not_in_future(withdrawn_on, on, field="withdrawn_on", what="Дата отзыва")
        if withdrawn_on < consent.signed_on:
            raise TransitionError(
                "withdrawn_before_signed",
                "Отозвать согласие можно не раньше дня, когда оно дано.",
                field="withdrawn_on",
            )
        _refuse_after_order(group, consent)
        papers = [consent, *consent.consent_set.in_force()]
        for paper in papers:
            paper.withdrawn_on = max(withdrawn_on, paper.signed_on)
            paper.save(update_fields=["withdrawn_on"])
        change.record(
            "consent_withdrawn",
            consent,
            group,
            school=group.school_id,
            person=consent.post.person.short_name,
            withdrawn_on=withdrawn_on,
        )
        return consent


def _refuse_after_order(group: MentoringGroup, consent: Consent) -> None:
    joined = group.members.filter(joined_on__isnull=False)
    if consent.role == ConsentRole.MENTOR:
        ordered = group.appointments.ordered().filter(consent=consent).exists()
        if ordered or (consent.supplements_id and joined.filter(named_in=consent).exists()):
            raise TransitionError(
                "mentor_ordered",
                "Приказ уже подписан: наставник подаёт уведомление об отказе (ТК РФ, ст. 351.8).",
            )
    elif joined.filter(post=consent.post_id, left_on=None).exists():
        raise TransitionError(
            "mentee_ordered",
            "Приказ уже подписан: наставляемый подаёт заявление о выходе из группы.",
        )
