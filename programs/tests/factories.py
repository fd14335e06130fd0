"""Lawful cases for tests, made by the steps themselves: what a step refuses is never built."""

import datetime as dt
import functools
import itertools
from types import SimpleNamespace

from django.db import transaction

from programs import deadlines
from programs.choices import Basis, Form, Kind
from programs.models import MentoringGroup, Order
from programs.workflow.consents import record_consent
from programs.workflow.groups import propose_group
from programs.workflow.orders import LineDraft, default_register, draft_order, sign_order
from schools import history
from schools.models import Membership, Partner, Role, School, Secondment, StaffMember, Study, User
from schools.tests.factories import (
    make_curator,
    make_director,
    make_post,
    make_school,
    make_user,
)

PROPOSED = dt.date(2026, 8, 24)
CONSENTED = dt.date(2026, 8, 26)
ORDERED = dt.date(2026, 8, 31)
STARTS = dt.date(2026, 9, 1)
ENDS = dt.date(2027, 5, 31)
WHY = "Запрос молодого педагога, опытный предметник в той же организации."

_orders = itertools.count(1)


def computed_once(make):
    """What is due is computed once, after the last of the steps that ``make`` takes."""

    @functools.wraps(make)
    def built(*args, **kwargs):
        if history.is_bulk_loading():
            return make(*args, **kwargs)
        with history.bulk_loading():
            case = make(*args, **kwargs)
        with transaction.atomic():
            deadlines.refresh(history.Scope.of(cases=[case.group.pk]), ENDS)
        return case

    return built


def make_account(post: StaffMember) -> User:
    """The account of the post's person, made at the first need."""
    return User.objects.filter(person=post.person).first() or make_user(post.person)


def staff_of(school: School, role: Role) -> User:
    """The present holder of ``role`` with an account, made at the first need."""
    membership = Membership.objects.filter(school=school, role=role, ends_on=None).first()
    if membership is None:
        return (make_director if role == Role.DIRECTOR else make_curator)(school)
    return User.objects.filter(person=membership.person).first() or make_user(membership.person)


def make_partner_post(school: School, **fields) -> StaffMember:
    """A specialist of a partner organisation with an agreement."""
    partner = Partner.objects.create(
        school=school,
        name=f"Педагогический колледж № {next(_orders)}",
        agreement_number="7",
        agreement_on=dt.date(2025, 9, 1),
    )
    return make_post(
        school,
        relation="PARTNER",
        partner=partner,
        position="преподаватель",
        hired_on=None,
        **fields,
    )


def make_student(school: School, **fields) -> StaffMember:
    post = make_post(school, relation="PRACTICE", position="студент", subject="", **fields)
    Study.objects.create(post=post, institution="Педагогический университет", course=3)
    return post


@computed_once
def make_proposal(school: School | None = None, mentees: int = 1, **fields) -> SimpleNamespace:
    """A proposed case and its people.

    ``fields`` go to ``propose_group``; posts may be given as ``mentor`` and ``mentee_posts``.

    Returns:
        school, group, appointment, members, mentor_post, mentee_posts, and the accounts
        director, curator, mentor, mentee (the first one), mentees.
    """
    school = school or make_school()
    director, curator = staff_of(school, Role.DIRECTOR), staff_of(school, Role.CURATOR)
    mentor = fields.pop("mentor", None) or make_post(school)
    posts = fields.pop("mentee_posts", None) or [make_post(school) for _ in range(mentees)]
    many = len(posts) > 1
    group = propose_group(
        school,
        **{
            "by": curator,
            "on": PROPOSED,
            "mentor": mentor,
            "mentees": [(post, "YOUNG_SPECIALIST") for post in posts],
            "form": Form.TEACHER_TEACHER,
            "kinds": [Kind.GROUP if many else Kind.TRADITIONAL],
            "why": WHY,
            "curator": curator.person,
            "starts_on": STARTS,
            "ends_on": ENDS,
            **fields,
        },
    )
    return case_of(group, director=director, curator=curator)


def case_of(group: MentoringGroup, *, director: User, curator: User) -> SimpleNamespace:
    """The people and rows of ``group``, read anew."""
    group = MentoringGroup.objects.select_related("school").get(pk=group.pk)
    appointment = (
        group.appointments.filter(dropped_on=None, temporary=False)
        .select_related("post__person")
        .order_by("-pk")
        .first()
    )
    members = list(group.members.select_related("post__person").order_by("pk"))
    accounts = [make_account(member.post) for member in members]
    return SimpleNamespace(
        school=group.school,
        group=group,
        appointment=appointment,
        members=members,
        mentor_post=appointment.post,
        mentee_posts=[member.post for member in members],
        director=director,
        curator=curator,
        mentor=make_account(appointment.post),
        mentee=accounts[0],
        mentees=accounts,
    )


def again(case: SimpleNamespace) -> SimpleNamespace:
    """``case`` with its rows read anew."""
    return case_of(case.group, director=case.director, curator=case.curator)


def consent_all(case: SimpleNamespace, *, signed_on: dt.date, on: dt.date) -> None:
    """Consents of the mentor and of every present mentee."""
    posts = [("MENTOR", case.mentor_post)]
    posts += [("MENTEE", m.post) for m in case.group.members.present()]
    for role, post in posts:
        record_consent(
            case.group, by=case.curator, on=on, role=role, post=post, signed_on=signed_on
        )


@computed_once
def make_consented(
    school: School | None = None, mentees: int = 1, *, consented_on: dt.date = CONSENTED, **fields
) -> SimpleNamespace:
    """A proposed case with every consent; see ``make_proposal``."""
    case = make_proposal(school, mentees, **fields)
    consent_all(case, signed_on=consented_on, on=max(consented_on, fields.get("on", PROPOSED)))
    return again(case)


def make_draft(case: SimpleNamespace, *lines: LineDraft, on: dt.date, kind="CHANGE"):
    """An unsigned order of the case's school with ``lines``; ASSIGN of the case without any."""
    lines = lines or (LineDraft(case.group, "ASSIGN"),)
    kind = "ASSIGN" if lines[0].action == "ASSIGN" else kind
    register = default_register(case.school)
    return draft_order(register, by=case.curator, on=on, kind=kind, lines=lines)


def sign_draft(order: Order, case: SimpleNamespace, *, on: dt.date, **fields) -> Order:
    """``order`` signed by the case's director with the next free number."""
    return sign_order(
        order,
        **{
            "by": case.director,
            "on": on,
            "number": f"{next(_orders)}-од",
            "signed_on": on,
            "signatory_position": "директор",
            "signatory_name": case.director.person.full_name,
            **fields,
        },
    )


def make_order(case: SimpleNamespace, *lines: LineDraft, on: dt.date, kind="CHANGE", **fields):
    """A signed order; see ``make_draft`` and ``sign_draft``."""
    return sign_draft(make_draft(case, *lines, on=on, kind=kind), case, on=on, **fields)


@computed_once
def make_ordered(
    school: School | None = None, mentees: int = 1, *, ordered_on: dt.date = ORDERED, **fields
) -> SimpleNamespace:
    """A case with every consent and a signed order; also has ``order``. See ``make_proposal``."""
    case = make_consented(school, mentees, **fields)
    signed = {}
    if case.mentor.person_id == case.director.person_id:
        signed = {"signatory_position": "и. о. директора", "signatory_name": "Замещалова А. Б."}
    order = make_order(case, on=ordered_on, **signed)
    return SimpleNamespace(**vars(again(case)), order=order)


SECONDMENT = {
    "basis": Basis.SECONDMENT,
    "home_order": "приказ от 20.08.2026 № 30",
    "home_agreement": "соглашение от 20.08.2026",
}


def make_guest(host: School, home: School | None = None) -> StaffMember:
    """A post of ``home`` (a new organisation by default), lent to ``host`` as a mentor."""
    return lend(make_post(home or make_school()), host)


def lend(post: StaffMember, host: School) -> StaffMember:
    """The home organisation of ``post`` offers its mentor to ``host``."""
    Secondment.objects.create(
        post=post, to_school=host, home_order=SECONDMENT["home_order"],
        home_agreement=SECONDMENT["home_agreement"], starts_on=PROPOSED, offered_on=PROPOSED,
    )  # fmt: skip
    return post
