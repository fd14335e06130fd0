"""What no browser sends: wrong types, huge and hostile strings, foreign methods. Never a 5xx.

Every form of every page is filled lawfully first, then spoiled one place at a time, so that the
rest of the data carries the request as deep as it goes.
"""

import logging
import random
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from mentorship.tests.pages import forms, signed_in
from mentorship.tests.test_access_matrix import address, table

pytestmark = pytest.mark.django_db

VALUES = [
    "", " ", "\x00", "Имя\x00", "a" * 70_000, "-1", "0", str(10**30), "9" * 5000, "1e400", "NaN",
    "Infinity", "-0", "1.5", "٣", "²", "ⅷ", "None", "true", "[]", "{}", "0000-00-00",
    "9999-12-31", "1900-01-01", "0001-01-01", "2026-02-30", "10000-01-01", "31.12.9999",
    "<img src=x onerror=alert(1)>", "'; DROP TABLE x; --", "{{ 7*7 }}", "%s%n%00", "ё" * 300,
    "\u202e\u200b\ufeff", "😀", "\r\n\r\nSet-Cookie: a=b", "../../etc/passwd", "=HYPERLINK(1)",
    "00000000-0000-0000-0000-000000000000", "MENTOR:abc", "MENTOR:", ":", "MENTEE:" + "9" * 24,
    "-9223372036854775809", "９",
]  # fmt: skip
FILES = [
    SimpleUploadedFile("a.pdf", b""),
    SimpleUploadedFile("a.pdf", b"%PDF-1.4 nothing more"),
    SimpleUploadedFile("x" * 400 + ".png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    SimpleUploadedFile("../../a.jpg", b"\xff\xd8\xff\xe0broken"),
    SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"),
    SimpleUploadedFile("a.csv", "Фамилия;Имя\n\x00;".encode()),
    SimpleUploadedFile("a.html", b"<script>alert(1)</script>", content_type="text/html"),
]
FIELDS = ["scan", "upload", "file"]
FAR_DAYS = ["9999-12-31", "0001-01-01", "31.12.9999"]
SOME = 0.2
FORMSET = ["plan-TOTAL_FORMS", "plan-INITIAL_FORMS", "plan-0-pk", "plan-0-due_on", "plan-0-need"]
QUERY = ["page", "q", "state", "form", "kind", "curator", "school", "person", "year", "register",
         "when", "owner", "shown", "unit", "position", "mentee", "mentor", "post", "event", "only",
         "next", "closed", "novice"]  # fmt: skip
LEFT_OUT = {"logout", "profile-sign-out-everywhere", "healthz"}
OURS = "<!doctype html>"


@pytest.fixture(scope="module")
def site(world):
    logging.disable(logging.CRITICAL)
    roles = ["director", "curator", "mentor", "methodologist"]
    clients = {role: signed_in(world.users[role]) for role in roles}
    yield SimpleNamespace(clients=clients, rows=world.places["А"].rows, count=0)
    logging.disable(logging.NOTSET)


def send(site, role, method, url, data=None, **extra) -> list[str]:
    """What was wrong with the answer: a 5xx, or a page that is not one of ours."""
    client, cookies = site.clients[role], site.clients[role].cookies.copy()
    site.count += 1
    with transaction.atomic():
        response = getattr(client, method)(url, data, **extra)
        transaction.set_rollback(True)
    client.cookies = cookies
    status, kind = response.status_code, response.headers.get("Content-Type", "")
    wrong = status >= 500
    if not wrong and status in (400, 403, 404, 422) and kind.startswith("text/html"):
        wrong = OURS not in response.content[:200].decode("utf-8", "replace").lower()
    return [f"{role} {method} {url[:120]} {str(data)[:300]}: {status}"] if wrong else []


def pages(site, role):
    """(row, address, data) of the forms of the case that ``role`` may send."""
    for row in table():
        if row.may[role] == "O" and "post" in row.methods and row.name not in LEFT_OUT:
            url = address(row, site.rows)
            found = []
            if "get" in row.methods:
                found = forms(site.clients[role].get(url))
            yield row, url, next((d for _, d in reversed(found) if d), {})


def test_a_form_spoiled_in_one_place_is_refused_by_a_page_of_ours(site):
    chance, found, before = random.Random(1), [], site.count
    for _, url, data in pages(site, "director"):
        for name in [*data, *FORMSET[:1]]:
            values = [chance.choice(VALUES)]
            if name.endswith("_on"):
                values.append(chance.choice(FAR_DAYS))
            if chance.random() < SOME:
                values.append(["1", "1", "x"])
            for value in values:
                found += send(site, "director", "post", url, {**data, name: value})
    assert not found, "\n".join(found)
    assert site.count - before > 500


@pytest.mark.parametrize("role", ["curator", "mentor", "methodologist"])
def test_a_form_of_rubbish_and_a_form_of_nothing(site, role):
    chance, found = random.Random(2), []
    for _, url, data in pages(site, role):
        found += send(site, role, "post", url, {n: chance.choice(VALUES) for n in data})
        found += send(site, role, "post", url, {})
    assert not found, "\n".join(found)


def test_every_value_goes_into_every_kind_of_place(site):
    """The whole list on two pages with most kinds of fields."""
    found = []
    for row, url, data in pages(site, "curator"):
        if row.name in ("meeting-log", "program-edit"):
            for value in VALUES:
                sent = {n: v if n.startswith("plan-") else value for n, v in data.items()}
                found += send(site, "curator", "post", url, sent)
    assert not found, "\n".join(found)


def test_files_that_are_not_what_they_say(site):
    found = []
    for name in ["scan-upload", "act-add", "import-add", "consent-record", "order-sign"]:
        row = next(row for row in table() if row.name == name)
        url = address(row, site.rows)
        data = next((d for _, d in reversed(forms(site.clients["curator"].get(url))) if d), {})
        for file in FILES:
            file.seek(0)
            found += send(site, "curator", "post", url, {**data, **dict.fromkeys(FIELDS, file)})
    assert not found, "\n".join(found)


def test_forms_with_impossible_counts(site):
    chance, found = random.Random(4), []
    for name in ["program-edit", "program-amend"]:
        row = next(row for row in table() if row.name == name)
        url = address(row, site.rows)
        data = next((d for _, d in reversed(forms(site.clients["curator"].get(url))) if d), {})
        for total in ["-1", "0", "1001", "99999999", "x", ""]:
            sent = {**data, "plan-TOTAL_FORMS": total}
            found += send(site, "curator", "post", url, sent)
        for field in FORMSET[2:]:
            for value in chance.sample(VALUES, 8):
                found += send(site, "curator", "post", url, {**data, field: value})
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", ["director", "methodologist"])
def test_addresses_with_broken_queries(site, role):
    chance, found = random.Random(2), []
    for row in table():
        if row.may[role] == "O" and "get" in row.methods and row.name not in LEFT_OUT:
            url = address(row, site.rows)
            everything = {name: chance.choice(VALUES) for name in QUERY}
            found += send(site, role, "get", url, everything)
            if row.of == "-" or "school" in row.of:
                for value in [*chance.sample(VALUES, 2), "9" * 5000]:
                    found += send(site, role, "get", url, dict.fromkeys(QUERY, value))
            for raw in ["?%00", "?q=%ff%fe", "?page=%F0%28%8C%28&page=2", "?" + "a=1&" * 300]:
                found += send(site, role, "get", url + raw) if row.of == "-" else []
    assert not found, "\n".join(found)


def test_other_methods_are_refused_or_harmless(site):
    found = []
    for row in table():
        if row.name not in LEFT_OUT:
            url = address(row, site.rows)
            for method in ["put", "delete", "options"]:
                found += send(site, "director", method, url)
    assert not found, "\n".join(found)


def test_keys_that_no_row_has(site):
    chance, found = random.Random(5), []
    for row in table():
        if row.of in ("-", "code", "link") or row.name in LEFT_OUT:
            continue
        url = address(row, site.rows)
        for key in chance.sample(["0", "9" * 12, "9" * 25, "9" * 5000, "-1", "%00", "١"], 2):
            parts = url.strip("/").split("/")
            spoiled = "/".join(key if part.isdigit() else part for part in parts)
            found += send(site, "director", row.methods[0], f"/{spoiled}/")
    assert not found, "\n".join(found)


def test_codes_and_links_of_every_sort(site):
    found = []
    for value in ["x", "a" * 3000, "%00", "ЩЪ", "..%2f..", "٣", "9" * 30]:
        for url in [
            f"/accounts/code/{value}/", f"/accounts/reset/{value}/{value}/", f"/documents/{value}/",
            f"/scans/{value}/1/", f"/scans/order/{value}/", reverse("login") + f"?next={value}",
            f"/reminders/pause/{value}/", f"/calendar/{value}.ics",
        ]:  # fmt: skip
            found += send(site, "curator", "get", url) + send(site, "curator", "post", url, {})
    assert not found, "\n".join(found)
