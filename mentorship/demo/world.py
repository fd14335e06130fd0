"""Puts the district together and names its accounts (README, “Demo accounts”)."""

import datetime as dt
import random

from django.core.management import call_command

from mentorship.demo.cases import Cases
from mentorship.demo.places import DISTRICT, NEIGHBOUR, Places
from programs import deadlines
from programs.choices import Basis
from programs.defaults import load_dictionaries
from schools import history
from schools.models import Role, School
from schools.workflow.secondments import second_mentor


def build(today: dt.date, seed: int, say=lambda text: None) -> None:
    """The whole invented world, alive relative to ``today``; an empty database is expected."""
    with history.bulk_loading():
        _build(today, seed, say)
    deadlines.rebuild(School.objects.values_list("pk", flat=True))
    say("what is due to whom")


def _build(today: dt.date, seed: int, say) -> None:
    call_command("load_calendar", verbosity=0)
    load_dictionaries()
    places = Places(random.Random(seed), today)
    region = places.region("Степной край")
    schools = places.municipality(region, "Степной район", DISTRICT, confirmed=True)
    others = places.municipality(region, "Заречный район", NEIGHBOUR, confirmed=False)
    say(f"{len(schools) + len(others)} organisations with their staff")
    _staff(places, schools, others)
    _accounts(places, region, schools)
    cases = Cases(places)
    _named_cases(places, cases, schools)
    cases.special(schools)
    cases.beginnings(schools)
    cases.at_work(schools)
    say("cases in every stage")
    cases.endings(schools)
    cases.running(others[0], start=75)
    cases.running(others[1], start=60)
    cases.life(others[0], start=-7).propose(cases.ago(3))
    say("two years of history")


def _staff(places, schools, others) -> None:
    for n, school in enumerate([*schools, *others]):
        if n == 6:  # the village school: one person is director and curator at once
            head = school.staff.order_by("pk").select_related("person").first()
            user = places.role(head.person, Role.DIRECTOR, "small@demo.example", school=school)
            places.role(head.person, Role.CURATOR, school=school)
            places.directors[school.pk] = places.curators[school.pk] = user
        else:
            logins = {
                0: ("director@demo.example", "curator@demo.example"),
                1: ("director2@demo.example", "curator2@demo.example"),
                len(schools): ("director3@demo.example", ""),
            }.get(n, ("", ""))
            places.staffed(school, *logins)
        if n != 5:  # one organisation has not adopted its act yet
            places.acts(school, number=f"{10 + n}-лна")
    places.branch(schools[0])


def _accounts(places, region, schools) -> None:
    municipality = schools[0].municipality
    neighbour = region.municipality_set.exclude(pk=municipality.pk).get()
    places.superuser("admin@demo.example")
    for login, scope in (
        ("country@demo.example", {"is_country": True}),
        ("region@demo.example", {"region": region}),
        ("methodologist@demo.example", {"municipality": municipality}),
        ("methodologist2@demo.example", {"municipality": neighbour}),
    ):
        places.role(places.stranger(), Role.METHODOLOGIST, login, **scope)


def _named_cases(places, cases, schools) -> None:
    """Running cases of mentor@, mentee@, their colleagues of school 2, and guest-mentor@."""
    for school, suffix in ((schools[0], ""), (schools[1], "2")):
        life = cases.running(school, start=78, until=4)
        places.account(life.mentor.person, f"mentor{suffix}@demo.example")
        places.account(life.mentees[0].person, f"mentee{suffix}@demo.example")
    guest, _ = cases.people(schools[1], 0)
    _, (young,) = cases.people(schools[0])
    lent_on = cases.ago(75)
    papers = {
        "home_order": f"приказ от {lent_on:%d.%m.%Y} № 15-к",
        "home_agreement": f"соглашение от {lent_on:%d.%m.%Y} № 2",
    }
    second_mentor(
        guest, by=None, on=lent_on, to_school=schools[0], starts_on=cases.ago(62), **papers
    )
    cases.running(schools[0], start=62, people=(guest, [young]), basis=Basis.SECONDMENT, **papers)
    places.account(guest.person, "guest-mentor@demo.example")
