"""What the curator is told before proposing a pair: warnings, never refusals."""

import datetime as dt

from programs.models import GroupMember, MentorAppointment
from programs.workflow.policies import policy_on
from programs.workflow.proposals import is_director
from schools.models import ActKind, LocalAct, StaffMember


def warnings_for(school, mentor: StaffMember | None, mentees, on: dt.date) -> list[str]:
    """Sentences to show beside the proposal; nothing here blocks it.

    Args:
        mentees: posts of the proposed mentees.
        on: the local day.
    """
    found = []
    if mentor is not None:
        found += _load(school, mentor, mentees, on)
    found += _already_mentored(mentees)
    if not LocalAct.objects.filter(school=school, kind=ActKind.REGULATION).in_force(on).exists():
        found.append(
            "Нет действующего положения о наставничестве организации (Положение, 3.1):"
            " внесите локальный акт."
        )
    return found


def _load(school, mentor: StaffMember, mentees, on: dt.date) -> list[str]:
    found = []
    limit = policy_on(school.pk, on).warn_above_mentees
    cases = MentorAppointment.objects.filter(
        post__person=mentor.person_id,
        dropped_on=None,
        ends_on=None,
        group__withdrawn_on=None,
        group__closed_on=None,
    )
    people = set(
        GroupMember.objects.present()
        .filter(group__in=cases.values("group"))
        .values_list("post__person", flat=True)
    )
    total = len(people | {post.person_id for post in mentees})
    if total > limit:
        found.append(
            f"У наставника станет наставляемых: {total}, в организации принято не больше {limit}."
        )
    if mentor.leaving_on is not None:
        found.append(f"Наставник уходит: последний день — {mentor.leaving_on:%d.%m.%Y}.")
    if mentor.absences.filter(returned_on=None, starts_on__lte=on).exists():
        found.append("Наставник сейчас отсутствует.")
    if is_director(mentor, on):
        found.append(
            "Наставник — руководитель: приказ и программу подписывает исполняющий обязанности,"
            " заместитель или учредитель."
        )
    partner = mentor.partner
    if partner is not None and not partner.agreement_on:
        found.append(f"Не указан договор с организацией-партнёром «{partner}».")
    elif partner is not None and partner.agreement_until and partner.agreement_until < on:
        found.append(
            f"Договор с организацией-партнёром «{partner}» закончился"
            f" {partner.agreement_until:%d.%m.%Y}."
        )
    return found


def _already_mentored(mentees) -> list[str]:
    taken = (
        GroupMember.objects.present()
        .filter(
            post__person__in=[post.person_id for post in mentees],
            group__withdrawn_on=None,
            group__closed_on=None,
        )
        .select_related("post__person")
        .order_by("post__person__name_key", "pk")
    )
    names = dict.fromkeys(member.post.person.short_name for member in taken)
    return [f"{name} уже участвует в другой паре или группе." for name in names]
