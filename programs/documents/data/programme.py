"""Papers of the programme and of the work on it: text, meetings, report, evaluation."""

import datetime as dt

from django.db.models import Sum
from django.utils import timezone

from programs.choices import EventOutcome, LineAction
from programs.documents.data.common import (
    capital,
    curator_signature,
    items,
    mentors_of,
    participants,
    person,
    signing_head,
    typed_signature,
)
from programs.formats import format_word, place_of
from programs.models import MentorReport, Program
from programs.workflow.evaluation import sheet_for
from schools import grammar
from schools.models import Category, StaffMember
from schools.text import plural
from schools.typography import NBSP, day, short_day

SCORES = ["не проявляется", "частично", "в основном", "в полной мере"]


def program(program: Program) -> dict:
    """Персонализированная программа наставничества (Положение, 1.2.1)."""
    group = program.group
    school = group.school
    appointment, members = participants(group)
    people = [{"role": "Наставник", **_details(appointment.post)}] if appointment else []
    people += [{"role": "Наставляемый", **_details(member.post)} for member in members]
    return {
        "title": "Персонализированная программа наставничества",
        "school": school.full_name,
        "settlement": school.settlement,
        "year": (program.starts_on or timezone.localdate()).year,
        "approved_on": day(program.approved_on),
        "approved_position": capital(
            program.approved_position
            or signing_head(school, timezone.localdate(), mentors_of(group.pk)).position
        ),
        "approved_name": typed_signature(program.approved_name),
        "order": _order_of(group),
        "people": people,
        "curator": curator_signature(group),
        "form": group.get_form_display(),
        "kinds": group.kind_labels,
        "why": group.why,
        "starts_on": day(program.starts_on),
        "ends_on": day(program.ends_on),
        "current_ends_on": day(program.current_ends_on)
        if program.current_ends_on != program.ends_on
        else "",
        "goal": program.goal,
        "tasks": items(program.tasks),
        "needs": [need.name for need in program.needs.all()],
        "strengths": program.strengths,
        "schedule": program.schedule.rstrip(". "),
        "results": items(program.results),
        "directions": [direction.name for direction in program.directions.all()],
        "events": [_event(event) for event in program.events.select_related("direction", "need")],
        "version": program.version,
        "changes": _changes(program),
        "signatures": [{"role": each["role"], "signature": each["signature"]} for each in people]
        + [{"role": "Куратор", "signature": curator_signature(group)}],
    }


def _order_of(group) -> str:
    lines = group.order_lines.filter(order__signed_on__isnull=False, action=LineAction.ASSIGN)
    line = lines.select_related("order").first()
    if line is None:
        return ""
    return f"приказ от {day(line.order.signed_on)} №{NBSP}{line.order.number}"


def _changes(program: Program) -> list[dict]:
    """Лист изменений: corrections, extensions and pauses in the order in which they came."""
    rows = [
        (a.agreed_on, f"Версия {a.version}: {a.summary}", a.agreed_on)
        for a in program.amendments.all()
    ]
    for extension in program.extensions.select_related("line__order"):
        ordered = ""
        if extension.line_id:
            order = extension.line.order
            ordered = f" (приказ от {short_day(order.signed_on)} №{NBSP}{order.number})"
        text = (
            f"Продлена до {short_day(extension.new_ends_on)}{ordered}, было до"
            f" {short_day(extension.old_ends_on)}. Причина: {extension.reason}"
        )
        rows.append((extension.agreed_on, text, extension.agreed_on))
    for pause in program.pauses.all():
        until = f" по {short_day(pause.resumed_on - dt.timedelta(days=1))}" if (
            pause.resumed_on
        ) else ""  # fmt: skip
        text = f"Приостановлена с {short_day(pause.starts_on)}{until}. Причина: {pause.reason}"
        rows.append((pause.starts_on, text, None))
    rows.sort(key=lambda row: row[0])
    return [
        {"on": short_day(on), "text": text, "agreed_on": short_day(agreed) if agreed else "—"}
        for on, text, agreed in rows
    ]


def _details(post: StaffMember) -> dict:
    qualification = post.qualifications.first()
    known = qualification is not None and qualification.category != Category.NONE
    return {
        **person(post),
        "education": post.education,
        "years": "" if post.teaching_years is None else str(post.teaching_years),
        "category": qualification.get_category_display() if known else "",
    }


def _event(event) -> dict:
    return {
        "aim": ": ".join(str(part) for part in (event.direction, event.need) if part),
        "title": event.title,
        "work_form": event.work_form,
        "due_on": short_day(event.due_on),
        "responsible": event.get_responsible_display(),
        "expected": event.expected,
        "actual": event.actual,
        "mark": f"{event.get_outcome_display()}, {short_day(event.settled_on)}"
        if event.outcome
        else "",
    }


# --- meetings -----------------------------------------------------------------------------------


def hours(minutes: int) -> str:
    """«12 ч 30 мин», without a part that is nought."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}{NBSP}ч" if whole else "", f"{rest}{NBSP}мин" if rest else ""]
    return " ".join(part for part in parts if part) or f"0{NBSP}ч"


def meetings(program: Program) -> dict:
    """Записи о встречах: what was held, with totals; cancelled ones are left out."""
    group = program.group
    place = place_of(group.members.select_related("post__unit").order_by("pk"), group.school)
    appointment, members = participants(group)
    held = program.meetings.held().order_by("held_on", "pk").prefetch_related(
        "attendance__member__post__person"
    ).select_related("event")  # fmt: skip
    rows = [_meeting(meeting, place) for meeting in held]
    minutes = held.order_by().aggregate(total=Sum("minutes"))["total"] or 0
    return {
        **_about(program, appointment, members),
        "title": "Записи о встречах",
        "rows": rows,
        "several": len(members) > 1,
        "total": f"{len(rows)} {plural(len(rows), 'встреча', 'встречи', 'встреч')},"
        f" {hours(minutes)}",
        "signatures": _pair_signatures(appointment, members, group),
    }


def _meeting(meeting, place) -> dict:
    present = [a for a in meeting.attendance.all() if a.present]
    return {
        "on": short_day(meeting.held_on),
        "minutes": meeting.minutes,
        "format": format_word(meeting.format, place),
        "topic": meeting.topic,
        "event": meeting.event.title
        if meeting.event and meeting.event.title != meeting.topic
        else "",
        "result": meeting.result,
        "agreements": meeting.agreements,
        "present": [a.member.post.person.short_name for a in present],
        "confirmed": [
            f"{a.member.post.person.short_name}, {short_day(a.confirmed_on)}"
            for a in present
            if a.confirmed_on
        ],
    }


def _about(program: Program, appointment, members) -> dict:
    """Whose programme: the lines under the heading of every paper about the work."""
    school = program.group.school
    return {
        "school": school.full_name,
        "place": school.settlement,
        "mentor": person(appointment.post) if appointment else None,
        "mentees": [person(member.post) for member in members],
        "starts_on": day(program.starts_on),
        "ends_on": day(program.current_ends_on),
        "form": program.group.get_form_display(),
        "kinds": program.group.kind_labels,
        "order": _order_of(program.group),
    }


def _pair_signatures(appointment, members, group) -> list[dict]:
    rows = [("Наставник", appointment.post.person)] if appointment else []
    rows += [("Наставляемый", member.post.person) for member in members]
    signed = [{"role": role, "signature": grammar.signature(who)} for role, who in rows]
    return [*signed, {"role": "Куратор", "signature": curator_signature(group)}]


# --- the mentor's report ------------------------------------------------------------------------


def report_facts(program: Program, appointment) -> dict:
    """Figures of the report, of the time in which this mentor worked with the case."""
    held = program.meetings.held().filter(appointment=appointment)
    events = list(program.events.select_related("need", "direction"))
    due = [e for e in events if e.outcome != EventOutcome.CANCELLED]
    done = [e for e in due if e.outcome in (EventOutcome.DONE, EventOutcome.PARTIAL)]
    minutes = held.aggregate(total=Sum("minutes"))["total"] or 0
    extensions = program.extensions.all()
    return {
        "meetings": held.count(),
        "hours": hours(minutes),
        "events": len(due),
        "done": len(done),
        "extended": [short_day(e.new_ends_on) for e in extensions],
        "rows": [
            {
                "aim": _event(e)["aim"],
                "title": e.title,
                "due_on": short_day(e.due_on),
                "mark": _event(e)["mark"],
                "actual": e.actual,
            }
            for e in due
        ],
    }


def report_draft(program: Program, appointment) -> dict:
    """First words of the report, all from facts: the mentor changes what is not right."""
    events = list(program.events.select_related("need", "direction"))
    return {
        "dynamics": "\n".join(_dynamics(program, events)),
        "difficulties": "\n".join(
            f"{e.title}: {e.get_outcome_display()}" + (f" ({e.actual})" if e.actual else "")
            for e in events
            if e.outcome in (EventOutcome.NOT_DONE, EventOutcome.PARTIAL)
        ),
        "achievements": "\n".join(
            f"{m.post.person.short_name}: {m.result}"
            for m in program.group.members.select_related("post__person")
            if m.result
        ),
        "conclusion": "FINISH",
    }


def _dynamics(program: Program, events) -> list[str]:
    """A line for each difficulty that the programme names: what was done about it."""
    found = []
    for need in program.needs.all():
        aimed = [e for e in events if e.need_id == need.pk]
        done = [e for e in aimed if e.outcome in (EventOutcome.DONE, EventOutcome.PARTIAL)]
        reached = "; ".join(e.actual for e in done if e.actual)
        line = f"{need.name}: выполнено мероприятий — {len(done)} из {len(aimed)}"
        found.append(f"{line}; {reached}" if reached else line)
    if found:
        return found
    due = [e for e in events if e.outcome != EventOutcome.CANCELLED]
    done = [e for e in due if e.outcome in (EventOutcome.DONE, EventOutcome.PARTIAL)]
    return [f"Выполнено мероприятий программы: {len(done)} из {len(due)}."]


def report(program: Program, report: MentorReport) -> dict:
    """Отчёт наставника: figures from facts, words as the mentor left them."""
    appointment = report.appointment
    members = list(program.group.members.filter(joined_on__isnull=False).select_related(
        "post__person", "post__school"
    ))  # fmt: skip
    last = appointment.ends_on or min(report.written_on, program.current_ends_on)
    return {
        **_about(program, appointment, members),
        "title": "Отчёт наставника",
        "period": f"с {day(appointment.starts_on)} по {day(last)}",
        "facts": report_facts(program, appointment),
        "dynamics": items(report.dynamics),
        "difficulties": items(report.difficulties),
        "achievements": items(report.achievements),
        "conclusion": report.get_conclusion_display(),
        "proposals": items(report.proposals),
        "written_on": day(report.written_on),
        "signatures": _pair_signatures(appointment, [], program.group),
    }


# --- evaluation ---------------------------------------------------------------------------------


def evaluation(program: Program) -> dict:
    """Лист оценки (Положение, 7.1): filled in from the record, else empty to be filled by hand."""
    group = program.group
    appointment, members = participants(group)
    summary = program.evaluations.filter(member=None).select_related("sheet").first()
    own = list(
        program.evaluations.filter(member__isnull=False)
        .select_related("member__post__person")
        .prefetch_related("scores")
        .order_by("member")
    )
    if own:
        members = [each.member for each in own]
    sheet = summary.sheet if summary else sheet_for(group.school)
    scores = {each.member_id: {s.criterion_id: s.value for s in each.scores.all()} for each in own}
    criteria = list(sheet.criteria.all()) if sheet else []
    return {
        **_about(program, appointment, members),
        "title": "Лист оценки эффективности персонализированной программы наставничества",
        "scale": [f"{value} — {words}" for value, words in enumerate(SCORES)],
        # A line each: side by side the names of a group do not fit above narrow columns.
        "columns": [member.post.person.short_name.split(NBSP, 1) for member in members],
        "criteria": [
            {
                "block": criterion.block,
                "text": criterion.text,
                "weight": criterion.weight,
                "scores": [scores.get(m.pk, {}).get(criterion.pk, "") for m in members],
            }
            for criterion in criteria
        ],
        "percents": [f"{each.percent}{NBSP}%" for each in own] or ["" for _ in members],
        "done": summary is not None,
        "percent": f"{summary.percent}{NBSP}%" if summary else "",
        "conclusion": summary.get_conclusion_display() if summary else "",
        "text": summary.text if summary else "",
        "evaluated_on": day(summary.evaluated_on) if summary else "",
        "evaluator": summary.evaluator if summary else "",
    }
