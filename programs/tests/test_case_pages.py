"""The pages of one pair: what each person reads there, and above all what not."""

import datetime as dt

import pytest
from django.urls import reverse

from programs.models import MentorAppointment
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.workflow.help import ask_help, write_note, write_remark
from programs.workflow.members import release_member
from schools.models import Person
from schools.tests.factories import make_curator, make_methodologist, make_school

pytestmark = pytest.mark.django_db
TABS = ["group-detail", "group-work", "group-papers", "group-history"]


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    world = World()
    assert world.meeting
    assert world.addendum
    Person.objects.filter(posts=world.running.mentor_post).update(phone="+79001112233")
    return world


def pages(user, group, tabs=TABS) -> str:
    """Everything that ``user`` reads on the open pages of the case."""
    client, read = client_of(user), ""
    for tab in tabs:
        response = client.get(reverse(tab, args=[group.pk]))
        assert response.status_code in (200, 403), tab
        if response.status_code == 200:
            read += response.content.decode()
    return read


def test_staff_reads_the_whole_chain_with_pay_and_contacts(world):
    read = pages(world.curator, world.running.group)
    for words in ("17500 рублей в месяц", "+79001112233", "Разбор урока", "Приказ от 31.08.2026"):
        assert words in read


def test_mentor_reads_the_own_pay(world):
    assert "17500" in pages(world.running.mentor, world.running.group)


def test_mentee_reads_no_pay_and_no_contract_papers(world):
    read = pages(world.running.mentee, world.running.group)
    assert "Разбор урока" in read
    assert "17500" not in read
    assert "оглашение" not in read.replace("Соглашение сторон", "")


def test_methodologist_reads_no_pay_contacts_texts_of_meetings_or_addenda(world):
    write_note(world.running.group, by=world.running.mentor, on=TODAY, text="Наша тайна")
    read = pages(world.methodologist, world.running.group)
    assert "Приказ от 31.08.2026" in read
    for words in ("17500", "+79001112233", "Разбор урока", "Составить план", "Наша тайна",
                  "дополнительное соглашение", "Дополнительное соглашение"):  # fmt: skip
        assert words not in read, words


def test_nobody_but_the_pair_opens_its_notes(world):
    write_note(world.running.group, by=world.running.mentor, on=TODAY, text="Наша тайна")
    address = reverse("group-notes", args=[world.running.group.pk])
    assert "Наша тайна" in client_of(world.running.mentee).get(address).content.decode()
    for user in (world.director, world.curator, world.methodologist):
        assert client_of(user).get(address).status_code == 403
        assert "Наша тайна" not in pages(user, world.running.group)


def test_asking_for_another_mentor_stays_hidden_from_the_mentor(world):
    member = world.running.members[0]
    ask_help(member, by=world.running.mentee, on=TODAY, kind="OTHER_MENTOR", text="Не сошлись")
    assert "Не сошлись" in pages(world.curator, world.running.group)
    read = pages(world.running.mentor, world.running.group)
    assert "Не сошлись" not in read
    assert "другого наставника" not in read


def test_another_organisation_and_another_district_meet_a_404(world):
    for user in (make_curator(make_school()), make_methodologist(make_school().municipality)):
        for tab in TABS:
            address = reverse(tab, args=[world.running.group.pk])
            assert client_of(user).get(address).status_code == 404


def test_the_region_looks_at_figures_not_at_pairs(world):
    user = make_methodologist(world.school.municipality.region)
    address = reverse("group-detail", args=[world.running.group.pk])
    assert client_of(user).get(address).status_code == 404


def test_a_former_mentee_reads_what_was_before_the_last_day_and_presses_nothing(world):
    release_member(
        world.running.members[0], by=world.curator, on=TODAY, left_on=dt.date(2026, 9, 30),
        ground="STATEMENT", statement_on=dt.date(2026, 9, 28),
    )  # fmt: skip
    read = pages(world.running.mentee, world.running.group)
    assert "Вы участвовали в этой паре до 30.09.2026" in read
    assert "Приказ от 31.08.2026" in read
    assert "Разбор урока" not in read  # held on 20 October
    assert "btn-primary" not in read


def test_what_is_missing_names_who_owes_it_why_and_the_form(world):
    page = client_of(world.curator).get(reverse("group-detail", args=[world.proposal.group.pk]))
    due = {row.row.kind: row for row in page.context["due"]}
    consent = due["mentor_consent"]
    assert consent.owner.startswith("наставник ")
    assert consent.basis == "Положение, 3.3"
    assert consent.url == reverse("consent-record", args=[world.proposal.group.pk])


def test_only_one_button_of_the_chain_stands_out(world):
    for case in (world.proposal, world.consented, world.ordered, world.running):
        page = client_of(world.curator).get(reverse("group-detail", args=[case.group.pk]))
        primary = [a for link in page.context["chain"] for a in link.actions if a.primary]
        assert len(primary) <= 1


def test_chain_offers_the_order_only_when_every_consent_is_in(world):
    def order_button(case):
        page = client_of(world.curator).get(reverse("group-detail", args=[case.group.pk]))
        link = next(x for x in page.context["chain"] if x.title == "Приказ о закреплении")
        return [a.primary for a in link.actions]

    assert order_button(world.proposal) == [False]
    assert order_button(world.consented) == [True]
    assert order_button(world.ordered) == []


def test_remark_is_answered_by_the_organisation_not_by_the_mentor(world):
    remark = write_remark(
        world.running.group, by=world.methodologist, on=TODAY, text="Нет плана", due_on=TODAY
    )
    answer = reverse("remark-answer", args=[remark.pk])
    assert answer in pages(world.curator, world.running.group)
    assert answer not in pages(world.running.mentor, world.running.group)


def test_pages_of_a_case_stay_within_twenty_queries(world, django_assert_max_num_queries):
    assert MentorAppointment.objects.exists()
    for user in (world.curator, world.running.mentor, world.running.mentee, world.methodologist):
        client = client_of(user)
        client.get(reverse("group-list"))  # the session learns the time zone
        for tab in TABS:
            with django_assert_max_num_queries(20):
                client.get(reverse(tab, args=[world.running.group.pk]))


def test_a_consent_that_an_order_rests_on_is_not_taken_back_by_a_mark(world):
    client = client_of(world.curator)
    for case, offered in [(world.consented, True), (world.running, False)]:
        page = client.get(reverse("group-papers", args=[case.group.pk])).content.decode()
        assert ("Отметить отзыв" in page) == offered


def test_a_sentence_that_ends_with_initials_ends_with_one_full_stop(world):
    page = client_of(world.curator).get(reverse("group-history", args=[world.running.group.pk]))
    assert ".." not in page.content.decode()
