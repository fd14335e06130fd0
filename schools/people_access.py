"""What the page «Доступ» of an organisation shows: people, their accounts, roles in force."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from schools import throttle
from schools.models import Membership, Person, School, SignInCode, StaffMember
from schools.permissions import can_deputise, can_end_role, people_for_codes, people_of


@dataclass(frozen=True)
class RoleRow:
    membership: Membership
    tense: str  # «», «с 01.09.2026» for what begins later
    may_end: bool
    may_deputise: bool


@dataclass(frozen=True)
class AccountRow:
    person: Person
    position: str
    login: str  # '' without an account
    state: str
    tone: str
    may_issue: bool
    slowed: bool


def role_rows(user, school: School) -> list[RoleRow]:
    """Roles of ``school`` in force or to come, directors first."""
    on = user.access.on
    roles = (
        Membership.objects.filter(school=school)
        .exclude(ends_on__lt=on)
        .select_related("person", "school", "deputises_for__person")
        .order_by("-role", "deputises_for", "starts_on", "pk")
    )
    return [
        RoleRow(
            m,
            f"с {m.starts_on:%d.%m.%Y}" if m.starts_on > on else "",
            can_end_role(user, m),
            can_deputise(user, m),
        )
        for m in roles
    ]


def account_rows(user, school: School) -> list[AccountRow]:
    """Everybody with a post or a role in ``school``, by name, with the state of the account."""
    on = user.access.on
    posts = StaffMember.objects.working(on).filter(school=school)
    positions: dict[int, list[str]] = {}
    for post in posts.order_by("pk"):
        positions.setdefault(post.person_id, []).append(post.title)
    people = people_of([school.pk], on).select_related("user").order_by("name_key", "pk")
    pks = [person.pk for person in people]
    issuable = set(people_for_codes(user, school).values_list("pk", flat=True))
    codes = SignInCode.objects.filter(user__person__in=pks, used_at=None)
    expiries = dict(codes.values_list("user__person", "expires_at"))
    accounts = [f"user:{person.user.pk}" for person in people if hasattr(person, "user")]
    slow = throttle.slowed(accounts)
    return [
        _account_row(
            person,
            ", ".join(positions.get(person.pk, [])),
            expiries.get(person.pk),
            person.pk in issuable,
            slow,
        )
        for person in people
    ]


def _account_row(person, position, code_until: dt.datetime | None, may_issue, slow) -> AccountRow:
    user = getattr(person, "user", None)
    if user is None:
        return AccountRow(person, position, "", "нет учётной записи", "neutral", may_issue, False)
    slowed = f"user:{user.pk}" in slow
    if not user.is_active:
        state, tone = "отключена", "neutral"
    elif slowed:
        state, tone = "вход замедлен: много неудачных попыток", "wait"
    elif code_until and code_until > timezone.now():
        state, tone = f"код выдан, до {timezone.localdate(code_until):%d.%m.%Y}", "info"
    elif user.last_login is None:
        state, tone = "ещё не входил(а)", "wait"
    else:
        state, tone = "входит", "good"
    return AccountRow(person, position, user.login, state, tone, may_issue, slowed)
