"""Справка о наставнической деятельности for the attestation as «педагог-наставник», and the
draft of the employer's petition (приказ Минпросвещения от 24.03.2023 № 196)."""

import datetime as dt

from django.db.models import Sum
from django.utils import timezone

from programs.documents.data.common import capital, letterhead, signing_head, title_in
from programs.documents.data.programme import hours
from programs.models import (
    EpisodeKind,
    GroupMember,
    Incentive,
    IncentiveKind,
    Meeting,
    MentorAppointment,
    MentoringEpisode,
)
from schools import grammar
from schools.grammar import DATIVE, GENITIVE
from schools.typography import NBSP, day, short_day


def certificate(post, user, as_of: dt.date, *, petition: bool) -> dict:
    """What the person did as a mentor up to ``as_of``, over years, organisations and episodes.

    Each line names the paper that it rests on; hours are those of the records of meetings.
    Only what ``user`` may see of it enters.
    """
    school, person = post.school, post.person
    # Whoever heads the organisation on the day of the print signs, whatever day it tells of.
    head = signing_head(school, timezone.localdate(), {person.pk})
    rows = [_row(each, as_of) for each in _appointments(person, user, as_of)]
    minutes = sum(row.pop("minutes") for row in rows)
    qualification = post.qualifications.first()
    return {
        **letterhead(school),
        "title": "Справка о наставнической деятельности",
        "as_of": day(as_of),
        "name": person.full_name,
        "name_datv": grammar.name_in(person, DATIVE),
        "name_gent": grammar.name_in(person, GENITIVE),
        "post_datv": title_in(post, DATIVE),
        "post_gent": title_in(post, GENITIVE),
        "category": qualification.get_category_display() if qualification else "",
        "rows": rows,
        "hours": hours(minutes),
        "mentees": len(_people(person, user, as_of)),
        "episodes": _episodes(person, user, as_of),
        "incentives": [
            {"text": row.measure, "on": short_day(row.granted_on), "paper": row.basis}
            for row in Incentive.objects.visible_to(user)
            .filter(
                post__person=person, kind=IncentiveKind.RECOGNITION, granted_on__lte=as_of
            )
            .order_by("granted_on", "pk")
        ],
        "petition": petition,
        "position": capital(head.position),
        "signature": head.signature,
    }  # fmt: skip


def _appointments(person, user, as_of):
    rows = MentorAppointment.objects.visible_to(user).ordered()
    rows = rows.filter(post__person=person, starts_on__lte=as_of)
    return rows.select_related("group__school", "order_line__order", "post").order_by(
        "starts_on", "pk"
    )


def _members(appointment, as_of):
    """Mentees who were in the case while this mentor was."""
    last = min(appointment.ends_on or as_of, as_of)
    rows = GroupMember.objects.filter(group=appointment.group_id, joined_on__lte=last)
    return rows.exclude(left_on__lt=appointment.starts_on).select_related("post__person")


def _people(person, user, as_of) -> set[int]:
    appointments = _appointments(person, user, as_of)
    return {m.post.person_id for a in appointments for m in _members(a, as_of)}


def _row(appointment, as_of) -> dict:
    order = appointment.order_line.order
    held = Meeting.objects.held().filter(appointment=appointment, held_on__lte=as_of)
    minutes = held.aggregate(total=Sum("minutes"))["total"] or 0
    until = appointment.ends_on if appointment.ends_on and appointment.ends_on <= as_of else None
    return {
        "school": appointment.group.school.short_name,
        "mentees": ", ".join(m.post.person.short_name for m in _members(appointment, as_of)),
        "term": f"с {short_day(appointment.starts_on)}"
        + (f" по {short_day(until)}" if until else " по настоящее время"),
        "form": appointment.group.get_form_display(),
        "meetings": f"{held.count()}; {hours(minutes)}" if minutes else "—",
        "result": _result(appointment, as_of),
        "paper": f"приказ от {short_day(order.signed_on)} №{NBSP}{order.number}",
        "minutes": minutes,
    }


def _result(appointment, as_of) -> str:
    program = appointment.group.programs.order_by("-opened_on", "-pk").first()
    if program is None:
        return "—"
    if program.closed_on is None or program.closed_on > as_of:
        approved = program.approved_on is not None and program.approved_on <= as_of
        return "реализуется" if approved else "готовится"
    closed = f"завершена {short_day(program.closed_on)}: {program.get_ground_display()}"
    summary = program.evaluations.filter(member=None).first()
    if summary is None:
        return closed
    return f"{closed}; оценка {summary.percent}{NBSP}% от {short_day(summary.evaluated_on)}"


def _episodes(person, user, as_of) -> list[dict]:
    rows = MentoringEpisode.objects.visible_to(user).filter(
        mentor__person=person, ends_on__lte=as_of
    )
    return [
        {
            "kind": capital(EpisodeKind(row.kind).label),
            "whom": row.whom,
            "term": short_day(row.starts_on)
            if row.starts_on == row.ends_on
            else f"{short_day(row.starts_on)}–{short_day(row.ends_on)}",
            "hours": row.hours or "—",
            "text": row.text,
        }
        for row in rows.order_by("starts_on", "pk")
    ]
