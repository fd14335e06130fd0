"""Addresses that one account has seen, opened by the others: nothing of theirs comes back.

Whatever a person of a place may not know is planted there as a canary; every answer — pages,
spreadsheets cell by cell, files, headers, messages — is searched for all of them.
"""

import logging
import re
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from mentorship.crawl import walk
from mentorship.tests.canaries import shown
from mentorship.tests.pages import forms, signed_in
from mentorship.tests.test_access_matrix import address, table

pytestmark = pytest.mark.django_db

PERSONAL = {"phone", "email"}
SECRET = {"pay", "addendum", "incentive"}
TEXTS = {"meeting", "later meeting", "help", "other mentor", "request", "episode", "result"}
OF_THE_PAIR = {"note"}
PUBLISHED = {"unit", "partner"}  # what a territory reads on the page of an organisation
HEADS = {"name of director", "name of curator"}
DISTANT = {"superuser", "region", "outsider"}  # the matrix shows that no row opens for them
OPTION = re.compile(r"<option.*?</option>", re.S)
LEFT_OUT = {"logout", "profile-sign-out-everywhere", "healthz"}


def leaks(role: str, canary) -> bool:
    """Whether ``role`` may never read ``canary``."""
    place, kind = canary.place, canary.kind
    own = {"neighbour": "Б", "outsider": "В", "home director": "Г", "guest mentor": "Г"}
    if kind in OF_THE_PAIR and role not in ("mentor", "mentee"):
        return True
    if role == "superuser":
        return True
    if role in ("region", "country"):
        return kind not in PUBLISHED
    if role == "methodologist":
        return place == "В" or kind in PERSONAL | SECRET | TEXTS | {"file"}
    if role == "home director" and place == "А":
        return kind != "name of later"  # whose move to Г he is asked about
    if role == "guest mentor" and place == "А":
        return kind not in {"why", "guest goal", "remark", "unit", *HEADS}
    if place != own.get(role, "А"):
        guest = {"name of mentor", "phone", "email"}  # he works for А now: А reaches him
        return not (place == "Г" and kind in guest and role in ("director", "curator"))
    return {
        "mentor": kind in {"other mentor", "request"},
        "mentee": kind in SECRET | {"file", "episode"},
        "former": kind in SECRET | {"file", "episode", "later meeting", "help", "other mentor",
                                    "remark", "name of spare", "name of later", "reason"},
    }.get(role, False)  # fmt: skip


@pytest.fixture(scope="module")
def site(world):
    logging.disable(logging.CRITICAL)
    clients = {role: signed_in(user) for role, user in world.users.items()}
    yield SimpleNamespace(world=world, clients=clients)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def seen(site) -> list[tuple[str, bool]]:
    """(address, by POST) of every page about А, its guest, and what the director is led to."""
    place, met = site.world.places["А"], {}
    for row in table():
        if row.name not in LEFT_OUT:
            for rows in (place.rows, place.guest_rows):
                met[address(row, rows), row.methods == ["post"]] = None
    for found, _, _ in walk(site.clients["director"], per_name=1):
        met[found, False] = None
    return list(met)


def told(site, role, url, data=None) -> list[str]:
    """What ``role`` should not have read at ``address``; the answer after a redirect counts."""
    client, cookies = site.clients[role], site.clients[role].cookies.copy()
    with transaction.atomic():
        if data is None:
            response = client.get(url, follow=True)
        else:
            response = client.post(url, data, follow=True)
        text = shown(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    found = site.world.canaries.found(text)
    wrong = [] if response.status_code < 500 else [f"{role} {url}: {response.status_code}"]
    if role == "mentor" and "другого наставника" in OPTION.sub("", text):
        wrong.append(f"{url} tells the mentor that another one is wished for")
    method = "GET" if data is None else "POST"
    return wrong + [
        f"{role} {method} {url}: {c.kind} of {c.place}"
        for c in sorted(found, key=str)
        if leaks(role, c)
    ]


def test_what_is_planted_is_met_by_those_who_may(site, seen):
    """Otherwise silence would prove nothing."""
    kinds = set()
    for found, by_post in seen:
        if not by_post:
            response = site.clients["director"].get(found)
            kinds |= {c.kind for c in site.world.canaries.in_response(response)}
    assert {"pay", "meeting", "later meeting", "phone", "email", "file", "remark"} <= kinds
    assert {"order title", "order number", "partner", "name of former", "request"} <= kinds
    notes = site.clients["mentee"].get(
        reverse("group-notes", args=[site.world.places["А"].main.group.pk])
    )
    assert {c.kind for c in site.world.canaries.in_response(notes)} >= {"note"}


@pytest.mark.parametrize("role", [
    "superuser", "director", "mentor", "mentee", "former", "home director", "guest mentor",
    "methodologist", "region", "neighbour", "outsider",
])  # fmt: skip
def test_nothing_that_is_not_theirs_reaches(role, site, seen):
    found = []
    for url, by_post in seen:
        if role not in DISTANT or not any(map(str.isdigit, url)):
            found += told(site, role, url, {} if by_post else None)
    found += [line for url in asked(site.world) for line in told(site, role, url)]
    assert not found, "\n".join(dict.fromkeys(found))


def asked(world) -> list[str]:
    """Searches and filters: half a canary brings up all of them, a foreign key its row."""
    a = world.places["А"]
    mentee, mentor = a.posts["mentee"], a.posts["mentor"]
    keys = {
        "school": a.school.pk, "curator": a.curator.person_id, "person": mentee.person_id,
        "post": mentee.pk, "mentee": mentee.pk, "mentor": mentor.pk, "kind": "ROSTER",
        "register": a.rows.order.register_id, "unit": a.rows.unit.pk, "event": a.rows.event.pk,
    }  # fmt: skip
    query = "&".join(f"{name}={value}" for name, value in keys.items())
    lists = ["search", "group-list", "group-export", "staff-list", "staff-export", "order-list",
             "request-list", "request-needed", "deadline-list", "school-list", "district-home",
             "district-schools", "district-young", "transfer-list", "access-list"]  # fmt: skip
    found = [f"{reverse(name)}?{q}" for name in lists for q in ("q=ЩЪ&state=ALL&shown=all", query)]
    for letter in "АБВГ":
        pk = world.places[letter].school.pk
        forms_of_a_school = ["group-propose", "group-adopt", "request-add", "staff-add"]
        found += [f"{reverse(name, args=[pk])}?{query}" for name in forms_of_a_school]
    return found


def test_foreign_keys_posted_by_hand_bring_nothing_back(site):
    """The neighbour sends his own forms with the rows of А in every place that takes a row."""
    a, b = (site.world.places[letter] for letter in "АБ")
    mine = {
        "group-propose": b.school, "group-adopt": b.school, "request-add": b.school,
        "order-new": b.school, "staff-add": b.school, "role-give": b.school,
        "access-hand-over": b.school, "member-add": b.rows.group, "mentor-replace": b.rows.group,
        "mentor-temporary": b.rows.group, "meeting-log": b.rows.group,
        "evaluation-record": b.rows.group, "group-change": b.rows.group,
        "transfer-add": b.rows.post, "staff-edit": b.rows.post, "staff-position": b.rows.post,
        "order-line-add": b.rows.order, "acquaintance-order": b.rows.order,
    }  # fmt: skip
    foreign = [a.posts["later"], a.posts["later"].person, a.rows.member, a.rows.group]
    found, tried = [], 0
    for name, row in mine.items():
        url = reverse(name, args=[row.pk])
        page = site.clients["neighbour"].get(url)
        data = next((d for _, d in reversed(forms(page)) if d), {})
        places = [n for n, values in data.items() if all(v.isdecimal() for v in values if v)]
        places += ["people", "also", "present", "lines", "members"]
        for other in foreign:
            tried += 1
            sent = {**data, **dict.fromkeys(places, other.pk)}
            found += told(site, "neighbour", url, sent)
    assert tried > 60
    assert not found, "\n".join(dict.fromkeys(found))


def test_a_name_known_elsewhere_says_nothing_of_elsewhere(site):
    """The neighbour enters a person of А again: no message may tell that А knows the person."""
    a, b = (site.world.places[letter] for letter in "АБ")
    person = a.posts["mentee"].person
    url = reverse("staff-add", args=[b.school.pk])
    data = {
        "last_name": person.last_name, "first_name": person.first_name, "sex": "F",
        "patronymic": person.patronymic, "birth_date": "1981-03-04", "phone": person.phone,
        "position": "учитель", "relation": "EMPLOYEE",
    }  # fmt: skip
    first = site.clients["neighbour"].post(url, data, follow=True)
    known = {**data, "last_name": "Неизвестная", "phone": "+79990000000"}
    second = site.clients["neighbour"].post(url, known, follow=True)
    assert first.status_code == second.status_code == 200
    said = [str(m) for m in first.context["messages"]]
    assert said == [str(m) for m in second.context["messages"]]
