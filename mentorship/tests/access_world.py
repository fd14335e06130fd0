"""One lawful world for the tests of access: four organisations, made by the steps themselves.

А and Б are neighbours in one municipality, В lies in another one of the same region, Г is the
home of a mentor who is seconded to А. Every text of theirs is a canary (``canaries.py``).
"""

import datetime as dt
from functools import partial
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from mentorship.tests.access_cases import add_cases, add_guest_case
from mentorship.tests.canaries import Canaries
from programs import deadlines
from schools import history
from schools.models import (
    Absence,
    LocalAct,
    Membership,
    Partner,
    Qualification,
    Region,
    RoadmapItem,
    Role,
    SchoolYearCheck,
    StoredFile,
    Study,
    Unit,
    User,
)
from schools.tests.factories import (
    make_curator,
    make_director,
    make_methodologist,
    make_municipality,
    make_person,
    make_post,
    make_school,
    make_user,
)
from schools.workflow import secondments, transfers
from schools.workflow.calendar import load_library

NOW = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)
LONG_AGO = dt.date(2020, 9, 1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def build(canaries: Canaries | None = None) -> SimpleNamespace:
    """The world on ``NOW``: places by letter, accounts by role, and the canaries.

    Only А has cases in every stage; Б and В have what others may try to reach.
    """
    w = SimpleNamespace(canaries=canaries or Canaries(), places={})
    load_library([2026, 2027], by=None, on=LONG_AGO)
    region = Region.objects.create(name="Край")
    near, far = (make_municipality(region=region, time_zone="Asia/Barnaul") for _ in range(2))
    with history.bulk_loading():
        for letter, municipality in [("А", near), ("Б", near), ("В", far), ("Г", near)]:
            w.places[letter] = _place(w.canaries, letter, municipality)
        _transfers(w)
        for letter in "АБВ":
            add_cases(w.places[letter], w.canaries, every_stage=letter == "А")
        add_guest_case(w.places["А"], w.places["Г"], w.canaries)
    deadlines.rebuild([place.school.pk for place in w.places.values()])
    w.users = _users(w, near, region)
    return w


def _users(w, municipality, region) -> dict[str, User]:
    a = w.places["А"]
    country = make_user()
    Membership.objects.create(
        person=country.person, role=Role.METHODOLOGIST, is_country=True, starts_on=LONG_AGO
    )
    return {
        "superuser": User.objects.create_superuser("root", "secret-password"),
        "director": a.director,
        "curator": a.curator,
        "mentor": a.mentor,
        "mentee": a.mentee,
        "former": a.former,
        "home director": w.places["Г"].director,
        "guest mentor": w.places["Г"].mentor,
        "methodologist": make_methodologist(municipality),
        "region": make_methodologist(region),
        "country": country,
        "neighbour": w.places["Б"].director,
        "outsider": w.places["В"].director,
    }


def _place(canaries: Canaries, letter: str, municipality) -> SimpleNamespace:
    """An organisation with its people, papers and records, without cases."""
    p = SimpleNamespace(letter=letter)
    p.school = make_school(
        municipality=municipality, short_name=f"Организация {letter}", site_url="https://a.example"
    )
    staff = dict.fromkeys(["director", "curator", "mentor", "mentee", "former", "later", "spare"])
    people = {role: _person(canaries, letter, role) for role in staff}
    p.director = make_director(p.school, person=people["director"])
    p.curator = make_curator(p.school, person=people["curator"])
    p.posts = {
        role: make_post(p.school, person=people[role], total_years=9, teaching_years=2)
        for role in ["mentor", "mentee", "former", "later", "spare"]
    }
    for role in ["mentor", "mentee", "former", "later"]:
        setattr(p, role, make_user(people[role]))
    p.rows = SimpleNamespace(
        school=p.school,
        director_role=Membership.objects.get(school=p.school, role=Role.DIRECTOR),
        curator_role=Membership.objects.get(school=p.school, role=Role.CURATOR),
        post=p.posts["spare"],
        mentor_post=p.posts["mentor"],
    )
    p.store = partial(_store, p)
    _papers(p, canaries)
    _records(p, canaries)
    return p


def _person(canaries: Canaries, letter: str, role: str):
    return make_person(
        last_name=canaries.word(letter, f"name of {role}"),
        phone=canaries.phone(letter),
        email=f"u{canaries.phone(letter, 'email')[5:]}@school.example",
        birth_date=dt.date(1981, 3, 4),
    )


def _store(place, name: str) -> StoredFile:
    """A kept PDF of ``place`` that is offered under ``name``."""
    stored = StoredFile(
        school=place.school, name=f"{name}.pdf", content_type="application/pdf",
        size=len(PDF), sha256="0" * 64,
    )  # fmt: skip
    stored.file.save("upload", ContentFile(PDF), save=True)
    return stored


def _papers(p, canaries: Canaries) -> None:
    word, rows = lambda kind: canaries.word(p.letter, kind), p.rows
    rows.unit = Unit.objects.create(school=p.school, name=word("unit"), kind="SCHOOL")
    rows.act = LocalAct.objects.create(
        school=p.school, kind="REGULATION", title="Положение", number="1",
        adopted_on=dt.date(2026, 1, 9), file=_store(p, word("file")),
    )  # fmt: skip
    rows.partner = Partner.objects.create(
        school=p.school, name=word("partner"), agreement_number="7",
        agreement_on=dt.date(2026, 1, 1), agreement_until=dt.date(2027, 12, 31),
    )  # fmt: skip
    rows.roadmap = RoadmapItem.objects.create(
        school=p.school, school_year=2026, stage=1, title="Приказ", due_on=dt.date(2026, 12, 1)
    )
    rows.check = SchoolYearCheck.objects.create(
        school=p.school, school_year=2026, kind="ROSTER", done_on=dt.date(2026, 9, 1)
    )


def _records(p, canaries: Canaries) -> None:
    post, rows = p.posts["spare"], p.rows
    rows.absence = Absence.objects.create(post=post, kind="LONG", starts_on=dt.date(2026, 11, 2))
    rows.qualification = Qualification.objects.create(post=post, category="HIGHEST")
    rows.study = Study.objects.create(post=post, institution=canaries.word(p.letter, "study"))
    rows.device = p.director.devices.create(token_hash=f"{p.school.pk:064d}")


def _transfers(w) -> None:
    """А asks Г, the others an organisation where nobody of this world works."""
    for letter in "АБВ":
        p = w.places[letter]
        to = w.places["Г"].school if letter == "А" else None
        to = to or make_school(municipality=p.school.municipality)
        p.rows.transfer = transfers.ask_transfer(
            p.posts["later"], by=p.curator, on=timezone.localdate(NOW), to_school=to,
            position="учитель", moves_on=dt.date(2027, 1, 11), keeps_post=True,
        )  # fmt: skip
        p.rows.secondment = secondments.second_mentor(
            p.posts["later"], by=p.curator, on=timezone.localdate(NOW), to_school=to,
            home_order="№ 7 от 20.11.2026", starts_on=dt.date(2026, 12, 1),
        )  # fmt: skip
