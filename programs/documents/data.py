"""What each paper says, as plain words and dates: frozen when the paper is asked for.

Templates only lay these dicts out, so that a signed paper never changes with the rows.
"""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from programs.choices import Ground, LineAction
from programs.models import MentoringGroup, Order, Program
from schools.grammar import ACCUSATIVE, DATIVE, GENITIVE, name_in, post_in, signature
from schools.models import Membership, OrganisationKind, Role, School, StaffMember

REGULATION = (
    "Положением о наставничестве для педагогических работников муниципальных образовательных"
    " организаций"
)

# Actions that rest on what a mentor or a mentee signed.
BY_CONSENT = {
    LineAction.ASSIGN,
    LineAction.ADD_MEMBER,
    LineAction.REPLACE_MENTOR,
    LineAction.APPOINT_TEMPORARY,
}


def day(value: dt.date | None) -> str:
    """«5 сентября 2026 г.» with a non-breaking space before «г.», '' where there is no day."""
    return date_format(value, "j E Y").replace(" ", "\u00a0") + "\u00a0г." if value else ""


def short_day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def head_of(school: School, on: dt.date) -> tuple[str, object | None]:
    """Position and person of the director in office on ``on``; a default position if unnamed."""
    membership = (
        Membership.objects.current(on)
        .filter(school=school, role=Role.DIRECTOR)
        .select_related("person")
        .order_by("deputises_for")
        .first()
    )
    usual = "заведующий" if school.kind == OrganisationKind.KINDERGARTEN else "директор"
    if membership is None:
        return usual, None
    post = school.staff.working(on).filter(person=membership.person).order_by("pk").first()
    heads = ("директор", "заведующ", "руководител", "исполняющ", "и. о.", "и.о.")
    position = post.position if post and post.position.lower().startswith(heads) else usual
    return position, membership.person


def _participants(group: MentoringGroup):
    """The case's present mentor (proposed first, else ordered) and present members."""
    appointments = group.appointments.select_related("post__person", "post__school")
    proposed = appointments.filter(ordered_on=None, dropped_on=None)
    appointment = proposed.first() or appointments.ordered().order_by("-starts_on").first()
    members = group.members.present().select_related("post__person")
    return appointment, list(members)


def _person(post: StaffMember) -> dict:
    return {
        "name": post.person.full_name,
        "signature": signature(post.person),
        "post": post.title,
    }


def mentor_consent(group: MentoringGroup, post: StaffMember, members=None) -> dict:
    """Согласие наставника (ТК РФ, ст. 351.8; Положение, 3.3). No personal-data clause inside.

    ``members`` are the mentees whom the paper names: all present ones by default.
    """
    if members is None:
        _, members = _participants(group)
    return {
        **_consent(group, post),
        "title": "Согласие на выполнение работы по наставничеству",
        "mentor": _person(post),
        "mentees": [_person(member.post) for member in members],
        "by_contract": group.appointments.filter(post=post, basis="ADDENDUM").exists(),
    }


def mentee_consent(group: MentoringGroup, post: StaffMember) -> dict:
    """Согласие наставляемого (Положение, 2.3)."""
    appointment, _ = _participants(group)
    return {
        **_consent(group, post),
        "title": "Согласие на участие в программе наставничества",
        "mentee": _person(post),
        "mentor": _person(appointment.post) if appointment else None,
    }


def _consent(group: MentoringGroup, post: StaffMember) -> dict:
    """Addressee, author, form, kinds and term: the same on both consents."""
    school = group.school
    position, head = head_of(school, timezone.localdate())
    if head is not None and head.pk == post.person_id:
        # The head answers to the founder: nobody addresses a paper to oneself.
        to = [f"В {school.municipality.authority_name}"]
    else:
        to = [f"{post_in(position, DATIVE).capitalize()} {school.short_name}"]
        if head is not None:
            to.append(name_in(head, DATIVE, short=True))
    subject = f" ({post.subject})" if post.subject else ""
    return {
        "to": to,
        "author": f"{post_in(post.position, GENITIVE)}{subject}",
        "author_name": name_in(post.person, GENITIVE),
        "school": school.full_name,
        "form": group.get_form_display(),
        "kinds": group.kind_labels,
        "starts_on": day(group.planned_starts_on),
        "ends_on": day(group.planned_ends_on),
    }


def order(order: Order) -> dict:
    """Приказ: a table of the pairs that it assigns, a point for everything else that it does.

    A signed line speaks from what was frozen in it, a draft one from today's rows.
    """
    school = order.register.school
    on = order.signed_on or timezone.localdate()
    position, head = head_of(school, on) if school else ("", None)
    lines = order.lines.filter(dropped_on=None).select_related("group__curator").order_by("pk")
    rows = [line.data.get("row") or order_row(line) for line in lines]
    acts = school.acts.in_force(on).filter(kind="REGULATION") if school else []
    return {
        "title": order.title,
        "school": school.full_name if school else order.register.municipality.authority_name,
        "short_school": school.short_name if school else "",
        "founder": school.founder if school else "",
        "place": school.settlement if school else "",
        "date": day(order.signed_on),
        "number": order.number,
        "acts": [str(act) for act in acts],
        "regulation": REGULATION,
        "amends": str(order.amends) if order.amends else "",
        "assigned": [row for row in rows if row["action"] == LineAction.ASSIGN],
        "other": [row for row in rows if row["action"] != LineAction.ASSIGN],
        "program_due_on": day(order.program_due_on),
        "curators": sorted({row["curator"] for row in rows if row["curator"]}),
        "paid": any(row["paid"] for row in rows),
        "by_consent": any(row["action"] in BY_CONSENT for row in rows),
        "position": order.signatory_position or position,
        "signature": order.signatory_name or (signature(head) if head else ""),
        "to_acquaint": sorted({name for row in rows for name in row["people"]}),
    }


def order_row(line) -> dict:
    """What one line of an order says, in words; ``sign_order`` freezes it as ``data["row"]``."""
    group = line.group
    appointment, members = _participants(group)
    if line.data.get("appointment"):
        appointment = group.appointments.select_related("post__person").get(
            pk=line.data["appointment"]
        )
    if line.data.get("members"):
        members = list(
            group.members.filter(pk__in=line.data["members"]).select_related("post__person")
        )
    mentor = appointment.post if appointment else None
    former = appointment.follows if appointment else None
    consents = group.consents.in_force().order_by("role", "signed_on")
    starts_on, ends_on = _term(line, appointment)
    return {
        "action": line.action,
        "mentor": f"{mentor.person.full_name}, {mentor.title}" if mentor else "",
        "mentor_accs": _accusative(mentor) if mentor else "",
        "former_accs": _accusative(former.post) if former else "",
        "mentees": [f"{m.post.person.full_name}, {m.post.title}" for m in members],
        "mentees_accs": [_accusative(m.post) for m in members],
        "form": group.get_form_display(),
        "kinds": ", ".join(group.kind_labels),
        "starts_on": short_day(starts_on),
        "ends_on": short_day(ends_on),
        "reason": _reason(line),
        "curator": group.curator.full_name,
        "paid": bool(appointment and appointment.basis == "ADDENDUM"),
        "consents": [
            f"{consent.post.person.short_name} — {short_day(consent.signed_on)}"
            for consent in consents.select_related("post__person")
        ],
        "people": [p.person.full_name for p in [mentor, *(m.post for m in members)] if p]
        + [group.curator.full_name],
    }


def _reason(line) -> str:
    """Why, in words: for a closing its ground (Положение, 6.1) with what was added to it."""
    if line.action != LineAction.CLOSE:
        return line.data.get("reason", "")
    ground = line.data.get("ground", "")
    parts = [Ground(ground).label if ground else "", line.data.get("ground_text", "")]
    return "; ".join(part for part in parts if part)


def _term(line, appointment) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that the line names: its own data first, else the case's plan."""
    planned = line.group.planned_starts_on, line.group.planned_ends_on
    if appointment is not None and line.action != LineAction.ASSIGN:
        planned = appointment.starts_on, appointment.expected_ends_on or appointment.ends_on
    return tuple(
        _date(line.data.get(name)) or usual
        for name, usual in zip(("starts_on", "ends_on"), planned, strict=True)
    )


def _accusative(post: StaffMember) -> str:
    """«Иванову Марию Петровну, учителя (математика)»."""
    subject = f" ({post.subject})" if post.subject else ""
    return f"{name_in(post.person, ACCUSATIVE)}, {post_in(post.position, GENITIVE)}{subject}"


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def program(program: Program) -> dict:
    """Персонализированная программа наставничества (Положение, 1.2.1)."""
    group = program.group
    school = group.school
    appointment, members = _participants(group)
    head_position, _ = head_of(school, timezone.localdate())
    people = [{"role": "Наставник", **_details(appointment.post)}] if appointment else []
    people += [{"role": "Наставляемый", **_details(member.post)} for member in members]
    order_line = group.order_lines.filter(order__signed_on__isnull=False, action="ASSIGN").first()
    return {
        "title": "Персонализированная программа наставничества",
        "school": school.full_name,
        "settlement": school.settlement,
        "year": (program.starts_on or timezone.localdate()).year,
        "approved_on": day(program.approved_on),
        "approved_position": program.approved_position or head_position,
        "approved_name": program.approved_name,
        "order": f"приказ от {day(order_line.order.signed_on)} №\u00a0{order_line.order.number}"
        if order_line
        else "",
        "people": people,
        "curator": group.curator.full_name,
        "form": group.get_form_display(),
        "kinds": group.kind_labels,
        "why": group.why,
        "starts_on": day(program.starts_on),
        "ends_on": day(program.ends_on),
        "goal": program.goal,
        "tasks": _items(program.tasks),
        "needs": [need.name for need in program.needs.all()],
        "strengths": program.strengths,
        "schedule": program.schedule,
        "results": _items(program.results),
        "directions": [direction.name for direction in program.directions.all()],
        "events": [_event(event) for event in program.events.select_related("direction", "need")],
        "version": program.version,
        "changes": [
            f"Версия {a.version} от {short_day(a.recorded_on)}: {a.summary}"
            for a in program.amendments.all()
        ]
        + [
            f"Продлена до {short_day(e.new_ends_on)} (было до {short_day(e.old_ends_on)}):"
            f" {e.reason}"
            for e in program.extensions.all()
        ],
        "signatures": [
            {"role": person["role"], "signature": person["signature"]} for person in people
        ]
        + [{"role": "Куратор", "signature": signature(group.curator)}],
    }


def _details(post: StaffMember) -> dict:
    qualification = post.qualifications.first()
    return {
        **_person(post),
        "education": post.education,
        "years": "" if post.teaching_years is None else str(post.teaching_years),
        "category": qualification.get_category_display() if qualification else "",
    }


def _event(event) -> dict:
    aim = event.direction or event.need
    return {
        "aim": " — ".join(str(part) for part in (event.direction, event.need) if part)
        if aim
        else "",
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


def _items(text: str) -> list[str]:
    return [line.strip(" •–—-\t") for line in text.splitlines() if line.strip()]
