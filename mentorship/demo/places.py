"""The invented municipalities with their organisations, staff, roles and accounts."""

import datetime as dt
import random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from mentorship.demo.names import Names
from programs.models import OrderRegister
from schools.models import (
    LocalAct,
    Membership,
    Municipality,
    MunicipalityPolicy,
    OrganisationKind,
    Partner,
    Person,
    Qualification,
    Region,
    Role,
    School,
    SchoolBreak,
    SchoolPolicy,
    StaffMember,
    Unit,
    User,
)

YEAR = dt.timedelta(days=365)

# name, type, settlement, days in the working week, number of staff
DISTRICT = [
    ("Степновская СОШ № 1", "SCHOOL", "с. Степное", 5, 46),
    ("Степновская СОШ № 2", "SCHOOL", "с. Степное", 6, 38),
    ("Берёзовская СОШ", "SCHOOL", "с. Берёзовка", 5, 32),
    ("Озёрская СОШ", "SCHOOL", "с. Озёрное", 6, 30),
    ("Луговская СОШ", "SCHOOL", "с. Луговое", 5, 27),
    ("Новосельская ООШ", "SCHOOL", "с. Новосёлки", 5, 20),
    ("Ключевская ООШ", "SCHOOL", "с. Ключи", 5, 9),
    ("Ровненская СОШ", "SCHOOL", "с. Ровное", 5, 24),
    ("Детский сад „Колосок“", "KINDERGARTEN", "с. Степное", 5, 26),
    ("Детский сад „Берёзка“", "KINDERGARTEN", "с. Берёзовка", 5, 17),
    ("Детский сад „Родничок“", "KINDERGARTEN", "с. Озёрное", 5, 14),
    ("Степновский дом детского творчества", "ADDITIONAL", "с. Степное", 6, 19),
]
NEIGHBOUR = [
    ("Зареченская СОШ", "SCHOOL", "с. Заречье", 5, 18),
    ("Детский сад „Заря“", "KINDERGARTEN", "с. Заречье", 5, 10),
]

SHORT_FORM = {"SCHOOL": "МБОУ", "KINDERGARTEN": "МБДОУ", "ADDITIONAL": "МБУ ДО"}
LONG_WORDS = {
    "СОШ": "средняя общеобразовательная школа",
    "ООШ": "основная общеобразовательная школа",
}
FULL_FORM = {
    "SCHOOL": "Муниципальное бюджетное общеобразовательное учреждение",
    "KINDERGARTEN": "Муниципальное бюджетное дошкольное образовательное учреждение",
    "ADDITIONAL": "Муниципальное бюджетное учреждение дополнительного образования",
}
POSTS = {
    "SCHOOL": [
        ("учитель", "математика"),
        ("учитель", "русский язык и литература"),
        ("учитель", "физика"),
        ("учитель", "история и обществознание"),
        ("учитель", "биология"),
        ("учитель", "английский язык"),
        ("учитель", "информатика"),
        ("учитель", "физическая культура"),
        ("учитель", "география"),
        ("учитель начальных классов", ""),
        ("учитель начальных классов", ""),
        ("учитель начальных классов", ""),
        ("педагог-психолог", ""),
        ("социальный педагог", ""),
        ("педагог-библиотекарь", ""),
    ],
    "KINDERGARTEN": [
        ("воспитатель", ""),
        ("воспитатель", ""),
        ("воспитатель", ""),
        ("музыкальный руководитель", ""),
        ("инструктор по физической культуре", ""),
        ("учитель-логопед", ""),
        ("педагог-психолог", ""),
    ],
    "ADDITIONAL": [
        ("педагог дополнительного образования", "хореография"),
        ("педагог дополнительного образования", "изобразительное искусство"),
        ("педагог дополнительного образования", "робототехника"),
        ("методист", ""),
        ("педагог-организатор", ""),
    ],
}
EDUCATION = [
    "высшее, Степной педагогический университет",
    "высшее, Степной педагогический университет",
    "среднее профессиональное, Степной педагогический колледж",
]


class Places:
    """Builds places and keeps what the cases need: schools, staff lists, accounts."""

    def __init__(self, rng: random.Random, today: dt.date):
        self.rng = rng
        self.today = today
        self.names = Names(rng)
        self.began = today - 3 * YEAR
        self.password = make_password(settings.DEMO_PASSWORD)  # hashed once: it is slow
        self.directors: dict[int, User] = {}
        self.curators: dict[int, User] = {}

    def region(self, name: str) -> Region:
        return Region.objects.create(name=name)

    def municipality(self, region: Region, name: str, rows, *, confirmed: bool) -> list[School]:
        """A municipality with its policy, holidays and organisations."""
        municipality = Municipality.objects.create(
            region=region,
            name=name,
            authority_name=f"Комитет по образованию администрации {_genitive(name)}",
            time_zone="Asia/Barnaul",
            horizon_on=_horizon(self.today),
        )
        MunicipalityPolicy.objects.create(
            municipality=municipality, starts_on=self.began, dates_confirmed=confirmed
        )
        self._breaks(municipality)
        return [self._school(municipality, *row) for row in rows]

    def _breaks(self, municipality: Municipality) -> None:
        first = self.today.year - 3
        for year in range(first, first + 6):
            for name, start, end in (
                ("осенние каникулы", (10, 26), (11, 4)),
                ("зимние каникулы", (12, 29), (12, 31)),
                ("летние каникулы", (6, 1), (8, 31)),
            ):
                for kind in (OrganisationKind.SCHOOL, OrganisationKind.ADDITIONAL):
                    SchoolBreak.objects.create(
                        municipality=municipality,
                        kind=kind,
                        name=name,
                        starts_on=dt.date(year, *start),
                        ends_on=dt.date(year, *end),
                    )

    def _school(self, municipality, name, kind, settlement, week, size) -> School:
        full = " ".join(LONG_WORDS.get(word, word) for word in name.split())
        school = School.objects.create(
            municipality=municipality,
            short_name=f"{SHORT_FORM[kind]} «{name}»",
            full_name=f"{FULL_FORM[kind]} «{full}»",
            kind=kind,
            founder=municipality.authority_name,
            week=week,
            settlement=settlement,
            address=f"{settlement}, ул. Школьная, {self.rng.randint(1, 60)}",
        )
        SchoolPolicy.objects.create(school=school, starts_on=self.began, closing_by_order=size > 20)
        OrderRegister.objects.create(school=school, name="по основной деятельности")
        for n in range(size):
            self._employee(school, n)
        return school

    def _employee(self, school: School, n: int) -> StaffMember:
        """The n-th employee: 0 heads the organisation, 1 is the deputy, every sixth is new."""
        head = "заведующий" if school.kind == "KINDERGARTEN" else "директор"
        deputy = (
            "старший воспитатель"
            if school.kind == "KINDERGARTEN"
            else "заместитель директора по УВР"
        )
        if school.kind == "ADDITIONAL":
            deputy = "заместитель директора по методической работе"
        position, subject = [(head, ""), (deputy, "")][n] if n < 2 else self._post(school.kind, n)
        young = n >= 2 and n % 6 == 5
        years = self.rng.randint(0, 2) if young else self.rng.randint(6, 36)
        born = self.today - (22 + years + self.rng.randint(0, 4)) * YEAR
        return self.employ(
            school,
            position=position,
            subject=subject,
            years=years,
            birth_date=born,
            hired_on=self.today - dt.timedelta(days=self.rng.randint(20, 80))
            if young and years == 0
            else self.today - self.rng.randint(1, max(1, min(years, 15))) * YEAR,
        )

    def employ(
        self,
        school,
        *,
        position,
        subject="",
        years,
        birth_date=None,
        hired_on,
        person=None,
        **fields,
    ):
        """A post with the person, a category and the years of service as a list would say."""
        person = person or Person.objects.create(**self.names.next(), birth_date=birth_date)
        post = StaffMember.objects.create(
            school=school,
            person=person,
            position=position,
            subject=subject,
            education=self.rng.choice(EDUCATION),
            hired_on=hired_on,
            total_years=years,
            teaching_years=years,
            years_as_of=self.today.replace(month=9, day=1)
            if self.today.month >= 9
            else self.today.replace(year=self.today.year - 1, month=9, day=1),
            **fields,
        )
        if years >= 5:
            category = "HIGHEST" if years > 14 and self.rng.random() < 0.6 else "FIRST"
            Qualification.objects.create(
                post=post,
                category=category,
                is_teacher_mentor=category == "HIGHEST" and self.rng.random() < 0.15,
                granted_on=self.today - self.rng.randint(1, 5) * YEAR,
            )
        return post

    def _post(self, kind: str, n: int) -> tuple[str, str]:
        posts = POSTS[kind]
        return posts[(n - 2) % len(posts)]

    def acts(self, school: School, *, number: str = "12-лна") -> None:
        """Положение of the organisation and the partner that a few programmes rest on."""
        LocalAct.objects.create(
            school=school,
            kind="REGULATION",
            title="Положение о наставничестве педагогических работников",
            number=number,
            adopted_on=self.began + dt.timedelta(days=30),
            union_opinion="протокол № 3",
        )

    def partner(self, school: School) -> Partner:
        return Partner.objects.create(
            school=school,
            name="Степной педагогический университет",
            agreement_number="18/н",
            agreement_on=self.today - YEAR,
            agreement_until=self.today + 2 * YEAR,
        )

    def branch(self, school: School) -> Unit:
        return Unit.objects.create(
            school=school, name="Сосновский филиал", kind="SCHOOL", settlement="с. Сосновка"
        )

    def account(self, person: Person, login: str = "") -> User:
        login = login or f"user{person.pk}"
        user, _ = User.objects.get_or_create(
            person=person, defaults={"login": login, "password": self.password}
        )
        return user

    def superuser(self, login: str) -> User:
        return User.objects.create(
            login=login, password=self.password, is_staff=True, is_superuser=True
        )

    def role(self, person: Person, role: str, login: str = "", **scope) -> User:
        Membership.objects.create(person=person, role=role, starts_on=self.began, **scope)
        return self.account(person, login)

    def stranger(self, **fields) -> Person:
        return Person.objects.create(**{**self.names.next(), **fields})

    def staffed(self, school: School, director: str = "", curator: str = "") -> None:
        """Give the organisation its director and its curator, with accounts."""
        head, deputy = school.staff.order_by("pk").select_related("person")[:2]
        self.directors[school.pk] = self.role(head.person, Role.DIRECTOR, director, school=school)
        self.curators[school.pk] = self.role(deputy.person, Role.CURATOR, curator, school=school)


def _genitive(name: str) -> str:
    """«Степной район» → «Степного района»."""
    adjective, noun = name.split()
    return f"{adjective[:-2]}ого {noun}а"


def _horizon(today: dt.date) -> dt.date:
    """End of the next school year."""
    year = today.year + (2 if today.month >= 9 else 1)
    return dt.date(year, 8, 31)
