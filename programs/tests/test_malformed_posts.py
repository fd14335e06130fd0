"""Whatever is posted to a page of a case, the answer is a page, never a crash."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from programs.tests.page_world import NOON, World, client_of

pytestmark = pytest.mark.django_db

FIELDS = (
    "mentee mentor post kinds kind ground title number topic text client_key scan minutes"
    " template event present pay_amount hours line order member curator partner lines who"
).split()
DATES = (
    "starts_on ends_on signed_on held_on left_on closed_on effective_on given_on due_on"
    " new_ends_on expected_on agreed_on approved_on"
).split()
JUNK = [
    {},
    {"plan-TOTAL_FORMS": "9999999", "plan-INITIAL_FORMS": "-1", "lines": "x", "who": "MENTOR:"},
    dict.fromkeys(FIELDS + DATES, "\x00’;--<script>" + "я" * 400),
    dict.fromkeys(FIELDS, "99999999999999999999"),
    dict.fromkeys(DATES, "0001-01-01"),
    dict.fromkeys(DATES, "9999-12-31"),
]


def addresses(world) -> list[str]:
    """Every address of this app that takes one number, with the rows of the world."""
    rows = {
        "schools": world.school.pk, "pairs": world.running.group.pk, "orders": world.order.pk,
        "programs": world.program.pk, "events": world.event.pk, "meetings": world.meeting.pk,
        "members": world.running.members[0].pk, "appointments": world.running.appointment.pk,
        "points": world.order.lines.get().pk, "consents": world.consent.pk,
        "staff": world.young.pk,
    }  # fmt: skip
    found = []
    for name in get_resolver().reverse_dict:
        if not isinstance(name, str):
            continue
        for first, pk in rows.items():
            try:
                address = reverse(name, args=[pk])
            except NoReverseMatch:  # another number of arguments
                break
            if address.startswith(f"/{first}/"):
                found.append(address)
    return sorted(set(found))


def test_malformed_posts_never_crash(time_machine):
    time_machine.move_to(NOON, tick=False)
    world = World()
    world.order = world.running.order
    world.consent = world.running.group.consents.first()
    client = client_of(world.director)
    pages = addresses(world)
    assert len(pages) > 30
    for address in pages:
        for junk in JUNK:
            answer = client.post(address, junk)
            assert answer.status_code < 500, (address, junk)
