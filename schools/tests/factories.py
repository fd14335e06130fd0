"""Lawful rows for tests, without hidden behaviour: what a test needs to say, it says."""

import datetime as dt
import itertools

from schools.models import (
    Membership,
    Municipality,
    Person,
    Region,
    Role,
    School,
    SchoolPolicy,
    StaffMember,
    User,
)

LONG_AGO = dt.date(2020, 9, 1)
_numbers = itertools.count(1)


def make_municipality(**fields) -> Municipality:
    n = next(_numbers)
    region = fields.pop("region", None) or Region.objects.create(name=f"Край {n}")
    return Municipality.objects.create(
        **{
            "region": region,
            "name": f"Район {n}",
            "authority_name": f"Комитет по образованию района {n}",
            "time_zone": "Asia/Barnaul",
            "horizon_on": dt.date(2027, 8, 31),
            **fields,
        }
    )


def make_school(**fields) -> School:
    n = next(_numbers)
    municipality = fields.pop("municipality", None) or make_municipality()
    school = School.objects.create(
        **{
            "municipality": municipality,
            "full_name": f"Муниципальное бюджетное общеобразовательное учреждение «Школа № {n}»",
            "short_name": f"Школа № {n}",
            "kind": "SCHOOL",
            "settlement": "с. Степное",
            **fields,
        }
    )
    SchoolPolicy.objects.create(school=school, starts_on=LONG_AGO)
    return school


def make_person(**fields) -> Person:
    n = next(_numbers)
    return Person.objects.create(
        **{
            "last_name": f"Фамилия{n}",
            "first_name": "Мария",
            "patronymic": "Петровна",
            "sex": "F",
            **fields,
        }
    )


def make_post(school: School, **fields) -> StaffMember:
    """A post; ``person`` fields may be given as ``person=Person`` only."""
    return StaffMember.objects.create(
        **{
            "school": school,
            "person": fields.pop("person", None) or make_person(),
            "position": "учитель",
            "subject": "математика",
            "hired_on": LONG_AGO,
            **fields,
        }
    )


def make_user(person: Person | None = None, **fields) -> User:
    n = next(_numbers)
    person = person or make_person()
    return User.objects.create_user(
        fields.pop("login", f"user{n}"), fields.pop("password", "secret-password"),
        person=person, **fields,
    )  # fmt: skip


def make_member(role: Role, scope, *, person: Person | None = None, **fields) -> User:
    """An account whose person holds ``role`` in ``scope`` (School, Municipality or Region)."""
    field = {School: "school", Municipality: "municipality", Region: "region"}[type(scope)]
    person = person or make_person()
    Membership.objects.create(
        person=person, role=role, starts_on=LONG_AGO, **{field: scope}, **fields
    )
    existing = User.objects.filter(person=person).first()
    return existing or make_user(person)


def make_director(school: School, **fields) -> User:
    """A director with an account and a post in the school."""
    user = make_member(Role.DIRECTOR, school, **fields)
    make_post(school, person=user.person, position="директор", subject="")
    return user


def make_curator(school: School, **fields) -> User:
    user = make_member(Role.CURATOR, school, **fields)
    make_post(school, person=user.person, position="заместитель директора", subject="")
    return user


def make_methodologist(scope) -> User:
    return make_member(Role.METHODOLOGIST, scope)
