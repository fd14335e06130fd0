"""Приказы: on pairs with their lines, on the local regulation, on the curator, on incentives."""

import datetime as dt

from django.utils import timezone

from programs.choices import Basis, Ground, LineAction
from programs.documents.data.common import (
    LABOUR_CODE,
    REGULATION,
    capital,
    curators_of,
    his,
    letterhead,
    mentors_of,
    named_in,
    participants,
    signing_head,
    title_in,
    typed_signature,
    within,
)
from programs.models import Incentive, IncentiveKind, MentoringGroup, Order
from schools import grammar
from schools.grammar import ACCUSATIVE, DATIVE, GENITIVE
from schools.models import ActKind, School
from schools.typography import day, quoted, roubles, short_day

ONE_DAY = dt.timedelta(days=1)
# Actions that rest on what a mentor or a mentee signed.
BY_CONSENT = {
    LineAction.ASSIGN,
    LineAction.ADD_MEMBER,
    LineAction.REPLACE_MENTOR,
    LineAction.APPOINT_TEMPORARY,
}
STAGES = {
    1: "Подготовка условий",
    2: "Банк наставляемых",
    3: "Банк наставников",
    4: "Отбор и обучение наставников",
    5: "Пары, группы и программы",
    6: "Завершение программ",
    7: "Информационная поддержка",
}


def order(order: Order) -> dict:
    """Приказ: a table of the pairs that it assigns, a point for everything else that it does.

    A signed line speaks from what was frozen in it, a draft one from today's rows.
    """
    school = order.register.school
    on = order.signed_on or timezone.localdate()
    lines = order.lines.filter(dropped_on=None).select_related("group__curator").order_by("pk")
    rows = [line.data.get("row") or order_row(line) for line in lines]
    mentors = mentors_of(*(line.group_id for line in lines))
    head = signing_head(school, on, mentors) if school else None
    acts = school.acts.in_force(on).filter(kind=ActKind.REGULATION) if school else []
    municipality = {"school": "", "short_school": "", "founder": "", "place": ""}
    if school is None:
        municipality["school"] = order.register.municipality.authority_name
    assigned = [row for row in rows if row["action"] == LineAction.ASSIGN]
    return {
        **(letterhead(school) if school else municipality),
        "title": capital(order.title),
        "date": day(order.signed_on),
        "number": order.number,
        "grounds": _grounds(acts, labour=any(row["paid"] for row in rows)),
        "by_consent": any(row["action"] in BY_CONSENT for row in rows),
        "amends": str(order.amends) if order.amends else "",
        "assigned": assigned,
        "in_a_table": len(assigned) > 1,
        "other": [row for row in rows if row["action"] != LineAction.ASSIGN],
        "program_due_on": day(order.program_due_on),
        "curators": sorted({row["curator_datv"] for row in rows}),
        "paid": any(row["paid"] for row in assigned),
        "position": capital(order.signatory_position or (head.position if head else "")),
        "signature": typed_signature(order.signatory_name) or (head.signature if head else ""),
        "to_acquaint": sorted({name for row in rows for name in row["people"]}),
    }


def _grounds(acts, *, labour: bool) -> str:
    """With the preposition, in the instrumental: on what the order rests."""
    found = [f"со {LABOUR_CODE}"] if labour else []
    found.append(REGULATION if labour else f"с {REGULATION}")
    found += [f"локальным нормативным актом организации {_act(act)}" for act in acts]
    return ", ".join(found)


def _act(act) -> str:
    number = f" №\u00a0{act.number}" if act.number else ""
    return f"{quoted(act.title)} от {short_day(act.adopted_on)}{number}"


def order_row(line) -> dict:
    """What one line of an order says, in words; ``sign_order`` freezes it as ``data["row"]``."""
    group = line.group
    appointment, members = _named(line)
    mentor = appointment.post if appointment else None
    former = _former(line, appointment)
    starts_on, ends_on = _term(line, appointment)
    return {
        "action": line.action,
        "mentor": named_in(mentor, "nomn") if mentor else "",
        "mentor_accs": named_in(mentor, ACCUSATIVE) if mentor else "",
        "mentor_gent": grammar.name_in(mentor.person, GENITIVE, short=True) if mentor else "",
        "mentor_his": his(mentor.person) if mentor else "",
        "mentor_consent": short_day(_consent_of(group, mentor)),
        "former_accs": named_in(former.post, ACCUSATIVE) if former else "",
        "former_ends_on": short_day(_former_end(former, starts_on)),
        "former_paid": bool(former and former.basis == Basis.ADDENDUM),
        "mentees": [named_in(m.post, "nomn") for m in members],
        "mentees_accs": [named_in(m.post, ACCUSATIVE) for m in members],
        "mentees_gent": [named_in(m.post, GENITIVE) for m in members],
        "form": group.get_form_display(),
        "kinds": ", ".join(group.kind_labels),
        "several_kinds": len(group.kind_labels) > 1,
        "starts_on": short_day(starts_on),
        "ends_on": short_day(ends_on),
        "after": short_day(ends_on + ONE_DAY) if ends_on else "",
        "agreed_on": short_day(_date(line.data.get("agreed_on"))),
        "statement_on": short_day(_date(line.data.get("statement_on"))),
        "reason": _reason(line),
        "evaluation": _evaluation(line),
        "curator": group.curator.full_name,
        "curator_datv": grammar.name_in(group.curator, DATIVE),
        "paid": bool(appointment and appointment.basis == Basis.ADDENDUM),
        "consents": _consents(group),
        "people": [
            post.person.full_name
            for post in [mentor, former.post if former else None, *(m.post for m in members)]
            if post
        ]
        + [group.curator.full_name],
    }


def _named(line):
    """The appointment and the members that the line is about."""
    group = line.group
    appointment, members = participants(group)
    if line.data.get("appointment"):
        appointment = group.appointments.select_related(
            "post__person", "post__school", "partner"
        ).get(pk=line.data["appointment"])
    if line.data.get("members"):
        members = list(
            group.members.filter(pk__in=line.data["members"]).select_related(
                "post__person", "post__school"
            )
        )
    return appointment, members


def _former(line, appointment):
    """Whom a new main mentor replaces: set when the order is signed, found before that."""
    if appointment is None or line.action != LineAction.REPLACE_MENTOR:
        return None
    ordered = line.group.appointments.ordered().filter(temporary=False).exclude(pk=appointment.pk)
    ordered = ordered.select_related("post__person", "post__school")
    return appointment.follows or ordered.order_by("-starts_on", "-pk").first()


def _former_end(former, starts_on) -> dt.date | None:
    if former is None:
        return None
    return former.ends_on or (starts_on - ONE_DAY if starts_on else None)


def _consent_of(group, mentor) -> dt.date | None:
    if mentor is None:
        return None
    rows = group.consents.in_force().filter(post=mentor, role="MENTOR")
    return rows.order_by("-signed_on").values_list("signed_on", flat=True).first()


def _consents(group: MentoringGroup) -> list[str]:
    rows = group.consents.in_force().order_by("role", "signed_on").select_related("post__person")
    return [f"{row.post.person.short_name} — {short_day(row.signed_on)}" for row in rows]


def _reason(line) -> str:
    """Why, in words: for a closing its ground (Положение, 6.1) with what was added to it."""
    if line.action != LineAction.CLOSE:
        return within(line.data.get("reason", ""))
    ground = line.data.get("ground", "")
    named = Ground(ground).label if ground else ""
    if ground == Ground.FULL:
        named = f"программа {named}"
    parts = [named, line.data.get("ground_text", "")]
    return "; ".join(within(part) for part in parts if part)


def _evaluation(line) -> str:
    """The result on which a completion in full rests (Положение, 6.1)."""
    if line.action != LineAction.CLOSE or line.data.get("ground") != Ground.FULL:
        return ""
    program = line.group.programs.order_by("closed_on", "-pk").first()
    summary = program.evaluations.filter(member=None).first() if program else None
    if summary is None:
        return ""
    return (
        f"оценка от {short_day(summary.evaluated_on)}:"
        f" {summary.percent}\u00a0%, {summary.get_conclusion_display()}"
    )


def _term(line, appointment) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that the line names: its own data first, else the case's plan."""
    planned = line.group.planned_starts_on, line.group.planned_ends_on
    if appointment is not None and line.action != LineAction.ASSIGN:
        planned = appointment.starts_on, appointment.expected_ends_on or appointment.ends_on
    return tuple(
        _date(line.data.get(name)) or usual
        for name, usual in zip(("starts_on", "ends_on"), planned, strict=True)
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- orders of the organisation that concern no single case ------------------------------------


def _own(school: School, on: dt.date, title: str, *, about=()) -> dict:
    """An order of the organisation's head, without number and date yet.

    Args:
        about: mentors (pks of people) whom the order rewards.
    """
    head = signing_head(school, on, about)
    return {
        **letterhead(school),
        "title": title,
        "date": "",
        "number": "",
        "regulation": REGULATION,
        "position": capital(head.position),
        "signature": head.signature,
    }


def regulation_order(school: School, on: dt.date) -> dict:
    """Приказ об утверждении положения with its roadmap (Положение, 3.1 и 3.4)."""
    act = school.acts.in_force(on).filter(kind=ActKind.REGULATION).first()
    year = on.year if on.month >= 6 else on.year - 1
    roadmap = [
        {
            "stage": f"{item.stage}. {STAGES[item.stage]}",
            "title": item.title,
            "due_on": short_day(item.due_on),
        }
        for item in school.roadmap.filter(school_year=year)
    ]
    curators = curators_of(school, on)
    return {
        **_own(school, on, "Об утверждении локального нормативного акта о наставничестве"),
        "act": act.title if act else "Положение о наставничестве педагогических работников",
        "union": act.union_opinion if act else "",
        "council": act.council_minutes if act else "",
        "school_year": f"{year}/{year + 1}",
        # Stages without events are room to write them in: an order approves no empty table.
        "roadmap": roadmap
        or [{"stage": f"{n}. {name}", "title": "", "due_on": ""} for n, name in STAGES.items()],
        "curators": [_curator(school, curator, on, ACCUSATIVE) for curator in curators],
        "to_acquaint": [curator.full_name for curator in curators],
    }


def curator_order(school: School, on: dt.date) -> dict:
    """Приказ о назначении куратора: who, from what day, what to do."""
    curators = curators_of(school, on)
    return {
        **_own(
            school,
            on,
            "О назначении куратора реализации персонализированных программ наставничества",
        ),
        "curators": [_curator(school, curator, on, ACCUSATIVE) for curator in curators],
        "many": len(curators) > 1,
        "to_acquaint": [curator.full_name for curator in curators],
    }


def _curator(school: School, curator, on: dt.date, case: str) -> str:
    post = school.staff.working(on).filter(person=curator).order_by("pk").first()
    return named_in(post, case) if post else grammar.name_in(curator, case)


def incentive_order(incentive: Incentive, on: dt.date) -> dict:
    """Приказ о поощрении наставника (Положение, 5.1)."""
    post = incentive.post
    paid = incentive.kind == IncentiveKind.PAYMENT
    return {
        **_own(post.school, on, "О поощрении наставника", about={post.person_id}),
        "whom": named_in(post, ACCUSATIVE),
        "to_whom": named_in(post, DATIVE),
        "paid": paid,
        "measure": incentive.measure.rstrip(". "),
        "amount": roubles(incentive.amount) if paid else "",
        "basis": incentive.basis.rstrip(". "),
        "mentees": _helped(incentive),
        "to_acquaint": [post.person.full_name],
    }


def thanks(incentive: Incentive, on: dt.date) -> dict:
    """Благодарственное письмо: public recognition (Положение, 5.1.2)."""
    post = incentive.post
    head = signing_head(post.school, on, {post.person_id})
    return {
        **letterhead(post.school),
        "title": "Благодарственное письмо",
        "name": grammar.name_in(post.person, DATIVE),
        "post": title_in(post, DATIVE),
        "mentees": _helped(incentive),
        "date": day(incentive.granted_on),
        "position": capital(head.position),
        "signature": head.signature,
    }


def _helped(incentive: Incentive) -> list[str]:
    """The mentees of the case that the incentive is for, in the genitive; none without one.
    In full: after initials a sentence would end with two full stops."""
    if incentive.group is None:
        return []
    members = incentive.group.members.filter(joined_on__isnull=False).select_related("post__person")
    return [grammar.name_in(m.post.person, GENITIVE) for m in members]
