"""Two people press at once, through HTTP: one wins, the other reads why not, nobody meets a 5xx."""

import threading
import uuid

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.urls import reverse

from mentorship.tests.access_world import NOW
from programs.models import Meeting, MentoringGroup, Order
from programs.tests.factories import make_consented, make_draft, make_ordered, make_proposal
from programs.tests.factories_programme import make_agreed, make_running
from schools.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
DAY = NOW.date()
TAKEN, REFUSED = 302, 422


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=True):
        yield


def press(*requests) -> list[int]:
    """Send (user, address, data) at once, each from a browser of its own; the statuses."""
    start, statuses = threading.Barrier(len(requests)), []

    def send(client, url, data):
        start.wait()
        try:
            statuses.append(client.post(url, data).status_code)
        finally:
            connections.close_all()

    threads = []
    for user, url, data in requests:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        threads.append(threading.Thread(target=send, args=[client, url, data]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def signature(number: str, **fields) -> dict:
    return {
        "number": number, "signed_on": DAY, "signatory_position": "директор",
        "signatory_name": "Орлова Вера Ивановна", **fields,
    }  # fmt: skip


def test_an_order_signed_twice_at_once_has_one_number():
    case = make_consented()
    url = reverse("order-sign", args=[make_draft(case, on=DAY).pk])
    statuses = press(
        (case.director, url, signature("1-од")), (case.curator, url, signature("2-од"))
    )
    assert statuses == [TAKEN, REFUSED]
    order = Order.objects.get()
    assert order.number in ("1-од", "2-од")
    assert Event.objects.filter(kind="order_signed").count() == 1
    assert case.group.appointments.ordered().count() == 1


def test_one_number_given_to_two_orders_at_once_stays_with_one():
    case = make_consented()
    other = make_consented(case.school)
    urls = [reverse("order-sign", args=[make_draft(c, on=DAY).pk]) for c in (case, other)]
    statuses = press(*((case.director, url, signature("7-од")) for url in urls))
    assert statuses == [TAKEN, REFUSED]
    assert Order.objects.signed().count() == 1


def test_a_meeting_sent_twice_at_once_is_one_record():
    program = make_running(make_ordered().group)
    mentor = program.group.appointments.get().post.person.user
    data = {
        "held_on": DAY, "minutes": "45", "format": "IN_PERSON", "topic": "Урок",
        "client_key": uuid.uuid4(),
    }  # fmt: skip
    url = reverse("meeting-log", args=[program.group_id])
    assert press(*[(mentor, url, data)] * 4) == [TAKEN] * 4
    assert Meeting.objects.count() == 1
    assert Event.objects.filter(kind="meeting_logged").count() == 1


def test_a_proposal_is_signed_or_withdrawn_never_both():
    case = make_consented()
    sign = reverse("order-sign", args=[make_draft(case, on=DAY).pk])
    withdraw = reverse("group-withdraw", args=[case.group.pk])
    statuses = press(
        (case.director, sign, signature("3-од")), (case.curator, withdraw, {"why": "Раздумали"})
    )
    assert statuses == [TAKEN, REFUSED]
    group = MentoringGroup.objects.get()
    assert (group.withdrawn_on is None) == bool(Order.objects.signed().exists())


def test_a_program_is_approved_or_returned_never_both():
    program = make_agreed(make_ordered().group)
    director = program.group.school.memberships.get(role="DIRECTOR").person.user
    curator = program.group.school.memberships.get(role="CURATOR").person.user
    approve = {"approved_on": DAY, "position": "директор", "name": "Орлова В. И."}
    at = [reverse(f"program-{verb}", args=[program.group_id]) for verb in ("approve", "return")]
    statuses = press((director, at[0], approve), (curator, at[1], {"reason": "Мало встреч"}))
    assert statuses[0] == TAKEN
    assert statuses[1] in (REFUSED, 404)  # nothing open is left to return
    program.refresh_from_db()
    assert bool(program.approved_on) != bool(program.returned_on)


def test_the_same_pair_proposed_twice_at_once_is_one_pair():
    case = make_proposal()
    MentoringGroup.objects.filter(pk=case.group.pk).update(withdrawn_on=DAY, withdrawn_why="иное")
    data = {
        "mentee": case.mentee_posts[0].pk, "mentor": case.mentor_post.pk,
        "category": "YOUNG_SPECIALIST", "form": "TEACHER_TEACHER", "kinds": ["TRADITIONAL"],
        "why": "Запрос", "starts_on": "2026-12-01", "ends_on": "2027-05-31",
        "curator": case.curator.person_id, "basis": "ADDENDUM",
    }  # fmt: skip
    url = reverse("group-propose", args=[case.school.pk])
    statuses = press((case.director, url, data), (case.curator, url, data))
    assert statuses == [TAKEN, REFUSED]
    assert MentoringGroup.objects.open().count() == 1
