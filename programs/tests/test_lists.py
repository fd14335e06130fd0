"""Lists: filters, search in any letter case, constant queries, the spreadsheet."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programs.models import MentoringGroup
from programs.tests.factories import make_order, make_proposal
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.workflow.requests import request_mentoring
from schools.models import Person
from schools.tests.factories import make_curator, make_person, make_post, make_school

pytestmark = pytest.mark.django_db
LISTS = ["group-list", "request-list", "request-needed", "order-list", "deadline-list"]


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    return World()


def found(user, **query) -> list[MentoringGroup]:
    return list(client_of(user).get(reverse("group-list"), query).context["page"])


def test_search_finds_names_in_any_letter_case(world):
    Person.objects.get(pk=world.running.mentor_post.person_id)
    person = world.running.mentor.person
    person.last_name = "Ёлкина"
    person.save()
    assert world.proposal
    for text in ("ёлкина", "ЕЛКИНА", "Ёлк"):
        assert found(world.curator, q=text) == [world.running.group]
    assert found(world.curator, q="Никто") == []


def test_pairs_are_filtered_by_state_form_kind_and_curator(world):
    assert world.proposal
    assert found(world.curator, state="PROPOSED") == [world.proposal.group]
    assert found(world.curator, state="WORK") == [world.running.group]
    assert found(world.curator, kind="GROUP") == []
    assert len(found(world.curator, kind="TRADITIONAL", form="TEACHER_TEACHER")) == 2
    assert len(found(world.curator, curator=world.curator.person_id)) == 2


def test_what_is_over_is_listed_only_when_asked(world):
    MentoringGroup.objects.filter(pk=world.running.group.pk).update(closed_on=TODAY)
    assert found(world.curator) == []
    assert found(world.curator, state="ALL") == [world.running.group]


def test_nonsense_in_a_filter_filters_nothing_and_breaks_nothing(world):
    for query in ({"state": "x"}, {"curator": "999999999999999999999"}, {"page": "x"},
                  {"kind": "'"}, {"q": "%_\\"}):  # fmt: skip
        assert client_of(world.curator).get(reverse("group-list"), query).status_code == 200


def test_few_pairs_are_cards_and_many_a_table(world):
    page = client_of(world.curator).get(reverse("group-list")).content.decode()
    assert "<table" not in page
    for _ in range(3):
        make_proposal(world.school)
    assert "<table" in client_of(world.curator).get(reverse("group-list")).content.decode()


def test_lists_keep_their_queries_when_rows_grow_tenfold(world, django_assert_max_num_queries):
    client = client_of(world.curator)

    def measured() -> dict[str, int]:
        counts = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name), {"state": "ALL"}).status_code == 200
            counts[name] = len(queries)
        return counts

    request_mentoring(world.young, by=world.curator, on=TODAY, category="YOUNG_SPECIALIST")
    measured()  # the session learns the time zone
    few = measured()
    for _ in range(10):
        make_proposal(world.school)
        post = make_post(world.school)
        request_mentoring(post, by=world.curator, on=TODAY, category="NEEDS_SUPPORT")
    assert measured() == few
    assert max(few.values()) <= 20


def test_export_holds_what_the_filter_shows_and_no_live_formula(world):
    person = make_person(last_name="=HYPERLINK(1)", first_name="\x0bАнна")  # no cell takes \x0b
    make_proposal(world.school, mentor=make_post(world.school, person=person))
    answer = client_of(world.curator).get(reverse("group-export"), {"state": "PROPOSED"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 1
    assert rows[0][2].value.startswith("=HYPERLINK")
    assert rows[0][2].data_type == "s"
    assert rows[0][9].is_date
    assert sheet.freeze_panes == "A2"


def test_orders_are_found_by_number_year_and_state(world):
    number = world.running.order.number
    other = make_order(world.consented, on=TODAY, number="Особый-1")
    client = client_of(world.curator)

    def orders(**query):
        return list(client.get(reverse("order-list"), query).context["page"])

    assert orders(q="ОСОБЫЙ") == [other]
    assert orders(q=number) == [world.running.order]
    assert len(orders(year="2026", state="signed")) == 2
    assert orders(state="draft") == []


def test_nobody_lists_another_organisations_rows(world):
    assert world.proposal
    stranger = client_of(make_curator(make_school()))
    for name in LISTS:
        if name != "deadline-list":
            assert not stranger.get(reverse(name), {"state": "ALL"}).context["page"].object_list
    own = stranger.get(reverse("deadline-list")).context["page"]
    assert all(row.school_id != world.school.pk for row in own)
    answer = stranger.get(reverse("group-export"), {"state": "ALL"})
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 1
