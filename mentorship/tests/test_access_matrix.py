"""Every role at every address, here and elsewhere: ``matrix.py`` says what must happen.

A page without a row fails, a row without a page fails. What is refused writes nothing, not even
with data that the organisation's own people could send; no GET writes anything.
"""

import logging
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from mentorship.tests.matrix import PROFILES, ROLES, ROWS
from mentorship.tests.pages import forms, signed_in, written

# Where the page's own first values change nothing or are not enough.
ALSO = {
    "absence-edit": {"expected_on": "2026-12-20"},
    "act-edit": {"title": "Новое положение"},
    "data-consent-add": {"purpose": "PROCESSING"},
    "event-move": {"due_on": "2026-12-20", "reason": "Болезнь"},
    "incentive-grant": {"amount": "3000"},
    "meeting-log": {"topic": "Урок"},
    "member-release": {"statement_on": "2026-11-24", "ground": "STATEMENT"},
    "mentor-temporary": {"expected_ends_on": "2026-12-20"},
    "order-correct": {"number": "77-к"},
    "name-cases": {"gent": "Испытательной Марии Петровны"},
    "notice-print": {"side": "MENTOR"},
    "pack-add": {"recipient": "Комитет", "basis": "Запрос № 1"},
    "partner-edit": {"name": "Колледж"},
    "program-approve": {"agreed_on_paper": "on"},
    "program-pause": {"expected_on": "2026-12-20"},
    "qualification-edit": {"category": "FIRST"},
    "roadmap-edit": {"title": "Другое"},
    "school-edit": {"founder": "Комитет"},
    "staff-edit": {"position": "педагог"},
    "study-edit": {"institution": "Институт"},
    "unit-edit": {"name": "Филиал"},
}
OUTCOMES = {404: "H", 403: "D", 200: "O", 302: "O", 422: "O"}
DOWN = 503  # what /healthz rightly answers where no worker runs
# Roles that stand somewhere, tried on the other organisations; the rest sees all alike.
FAR = ["superuser", "home director", "region", "country", "outsider"]
ELSEWHERE = {
    "Б": ["director", "curator", "mentor", "mentee", "former", "home director", "guest mentor"],
    "В": ["director", "mentor", "methodologist", "neighbour"],
}

pytestmark = pytest.mark.django_db


def table() -> list[SimpleNamespace]:
    found = []
    for line in ROWS.strip().splitlines():
        name, methods, of, who = line[:28], line[28:38], line[38:56], line[56:]
        may = dict(zip(ROLES, PROFILES[who].replace(" ", ""), strict=True))
        row = SimpleNamespace(name=name.strip(), methods=methods.split(), of=of.strip(), may=may)
        found.append(row)
    return found


def address(row, rows) -> str:
    """The address of ``row`` for the rows of one place."""
    if row.of == "-":
        return reverse(row.name)
    args = {
        "document": lambda: [rows.document.code],
        "print": lambda: ["consent", rows.group.pk],
        "addendum": lambda: ["addendum", rows.addendum.pk],
        "school+person": lambda: [rows.school.pk, rows.mentor_post.person_id],
        "code": lambda: ["AAAA-BBBB-CCCC"],
        "link": lambda: ["MQ", "set-password"],
    }
    made = args[row.of]() if row.of in args else [getattr(rows, row.of).pk]
    return reverse(row.name, args=made)


def named_patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name != "admin":
                yield from named_patterns(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_page_has_a_row_and_every_row_a_page():
    names = [row.name for row in table()]
    assert sorted(names) == sorted(set(named_patterns(get_resolver().url_patterns)))


@pytest.fixture(scope="module")
def site(world):
    """Clients by role, and for each address the data that its own people would send."""
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its traceback
    clients = {role: signed_in(user) for role, user in world.users.items()}
    clients["anonymous"] = Client(raise_request_exception=False)
    rows = world.places["А"].rows
    data = {}
    with transaction.atomic():
        for row in table():
            first = next((role for role in ROLES[2:] if row.may[role] == "O"), None)
            if row.methods == ["get", "post"] and first and row.of != "-":
                found = forms(clients[first].get(address(row, rows)))
                sent = next((d for _, d in reversed(found) if d), {})
                data[row.name] = {**sent, **ALSO.get(row.name, {})}
        transaction.set_rollback(True)
    yield SimpleNamespace(world=world, clients=clients, data=data)
    logging.disable(logging.NOTSET)


def ask(site, role, row, method, url):
    """(outcome, what was written), and all of it taken back."""
    client, cookies = site.clients[role], site.clients[role].cookies.copy()
    with transaction.atomic(), written() as changes:
        response = getattr(client, method)(url, site.data.get(row.name, {}))
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code == 302 and response.url.startswith("/accounts/login/?next="):
        return "L", changes
    if row.name == "healthz" and response.status_code == DOWN:
        return "O", changes
    return OUTCOMES.get(response.status_code, str(response.status_code)), changes


def wrong(site, role, row, method, url, expected) -> list[str]:
    outcome, changes = ask(site, role, row, method, url)
    about = f"{row.name} {method} as {role}"
    if outcome != expected:
        return [f"{about}: {outcome}, not {expected}"]
    if changes and (method == "get" or expected != "O"):
        return [f"{about}: {outcome} wrote {changes[0]}"]
    return []


def methods_for(role, row) -> list[str]:
    """Both where somebody may come near; whoever is far away from everything only posts."""
    return row.methods[-1:] if role in FAR else row.methods


@pytest.mark.parametrize("role", ROLES)
def test_role_at_every_page_of_the_own_place(site, role, settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    place = site.world.places["А"]
    rows = place.guest_rows if role in ("home director", "guest mentor") else place.rows
    found = []
    for row in table():
        for method in methods_for(role, row):
            found += wrong(site, role, row, method, address(row, rows), row.may[role])
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("letter", "role"), [(x, r) for x in ELSEWHERE for r in ELSEWHERE[x]])
def test_role_at_every_page_of_another_place(site, letter, role):
    """Whoever has no part there meets what the neighbour meets here."""
    rows, found = site.world.places[letter].rows, []
    for row in table():
        if row.of not in ("-", "code", "link"):
            method, url = row.methods[-1], address(row, rows)
            found += wrong(site, role, row, method, url, row.may["neighbour"])
    assert not found, "\n".join(found)


def test_a_stranger_to_one_case_is_not_let_in_by_another_of_the_same_organisation(site):
    """The seconded mentor and his director at the main case, the main pair at his."""
    place, found = site.world.places["А"], []
    tries = [("home director", place.rows), ("guest mentor", place.rows)]
    tries += [(role, place.guest_rows) for role in ("mentor", "mentee", "former")]
    for role, rows in tries:
        for row in table():
            if row.of in ("group", "program", "member", "event", "line", "meeting", "proposed"):
                if row.of == "meeting" and rows is place.guest_rows:
                    continue
                method, url = row.methods[-1], address(row, rows)
                found += wrong(site, role, row, method, url, "H")
    assert not found, "\n".join(found)


def test_what_is_refused_is_data_that_the_organisation_may_send(site):
    """Or “nothing was written” would prove nothing. Files and ticks are other tests' matter."""
    rows, taken, refused = site.world.places["А"].rows, [], []
    for row in table():
        first = next((role for role in ROLES[2:] if row.may[role] == "O"), None)
        if row.name in site.data and first:
            _, changes = ask(site, first, row, "post", address(row, rows))
            (taken if changes else refused).append(row.name)
    assert set(refused) <= {
        "absence-add", "acquaintance-act", "acquaintance-order", "consent-mark", "group-adopt",
        "order-line-add", "scan-return", "scan-upload",
    }  # fmt: skip
    assert len(taken) > 60
