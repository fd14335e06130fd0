"""The first page: each role finds its own next thing; roles add up."""

import pytest
from django.urls import reverse

from programs.models import MentoringRequest, Need, Order
from programs.tests.factories import make_draft
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.workflow.requests import request_mentoring
from schools.history import Scope, changing
from schools.models import Membership, Region, Role
from schools.tests.factories import make_methodologist, make_person, make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    return World()


def home_of(user):
    return client_of(user).get(reverse("home"))


def test_director_finds_the_orders_and_addenda_that_wait(world):
    assert world.consented
    home = home_of(world.director).context["home"]
    waiting = {due.row.kind for due in home.due}
    assert {"order", "addendum", "local_act"} <= waiting
    assert "program_draft" not in waiting  # the mentor owes it
    assert home.next.late  # the order of a term already begun


def test_curator_sees_who_needs_a_mentor_and_comes_to_the_proposal_in_one_tap(world):
    page = home_of(world.curator)
    needed = page.context["home"].needing
    assert [post.subject for post in needed] == ["физика"]
    assert f"{reverse('group-propose', args=[world.school.pk])}?mentee={needed[0].pk}" in (
        page.content.decode()
    )


def test_each_number_of_the_organisation_equals_the_list_behind_it(world):
    assert world.proposal
    client = client_of(world.curator)
    home = client.get(reverse("home")).context["home"]
    papers = client.get(reverse("deadline-list"), {"kind": "papers"})
    silent = client.get(reverse("deadline-list"), {"kind": "no_meeting", "when": "past"})
    needed = client.get(reverse("request-needed"))
    groups = client.get(reverse("group-list"))
    assert home.missing_papers == papers.context["page"].paginator.count > 0
    assert len(home.silent) == silent.context["page"].paginator.count
    assert len(home.needing) == needed.context["page"].paginator.count == 1
    assert len(home.groups) == groups.context["page"].paginator.count == 2


def test_a_drafted_order_is_one_line_as_urgent_as_the_order_that_it_gives(world):
    make_draft(world.consented, on=TODAY)
    due = {d.row.group_id: d for d in home_of(world.director).context["home"].due}
    line = due.pop(world.consented.group.pk)
    kinds = [d.row.kind for d in due.values()]
    assert "order" not in kinds
    assert "order_signature" not in kinds
    order = Order.objects.get(signed_on=None)
    assert (line.title, line.url) == (
        "Отметить подписание подготовленного приказа", reverse("order-sign", args=[order.pk]),
    )  # fmt: skip
    assert (line.row.kind, line.basis) == ("order", "Положение, 3.3")  # its urgency, by law


def test_own_cards_name_the_other_side_alone(world):
    mentor, mentee = world.running.mentor_post.person, world.running.mentee_posts[0].person
    for user, heading, other in [
        (world.running.mentor, "Мой наставляемый", mentee),
        (world.running.mentee, "Мой наставник", mentor),
    ]:
        page = home_of(user)
        assert [part.title for part in page.context["home"].parts] == [other.short_name]
        assert heading in page.content.decode()


def test_mentor_records_a_meeting_in_one_tap(world):
    assert world.meeting
    page = home_of(world.running.mentor).content.decode()
    assert reverse("meeting-log", args=[world.running.group.pk]) in page
    assert "Составить план урока" in page


def test_mentee_reads_the_agreements_and_may_ask_for_help(world):
    assert world.meeting
    page = home_of(world.running.mentee).content.decode()
    assert "Составить план урока" in page
    assert reverse("help-ask", args=[world.running.group.pk]) in page
    assert reverse("meeting-log", args=[world.running.group.pk]) not in page


def test_a_mentors_paper_sends_him_to_the_curator_not_to_a_form_of_the_office(world):
    page = home_of(world.proposal.mentor)
    due = page.context["home"].next
    assert due.row.kind == "mentor_consent"
    assert due.url == reverse("group-detail", args=[world.proposal.group.pk])


def test_a_planned_event_is_named_and_leads_its_mentor_to_the_mark(world):
    assert world.event.responsible == "MENTOR"
    due = {d.row.kind: d for d in home_of(world.running.mentor).context["home"].due}
    assert due["planned_event"].title == "Посещение урока"
    assert due["planned_event"].url == reverse("event-settle", args=[world.event.pk])


def test_a_mentees_own_event_leads_to_the_plan_that_the_mentee_may_open(world):
    with changing(Scope.of(cases=[world.running.group.pk]), by=None, on=TODAY):
        world.program.events.update(responsible="MENTEE")
    page = home_of(world.running.mentee)
    due = {d.row.kind: d for d in page.context["home"].due}
    assert client_of(world.running.mentee).get(due["planned_event"].url).status_code == 200


def test_methodologist_comes_to_the_district(world):
    assert home_of(world.methodologist).url == reverse("district-home")


def test_navigation_names_each_first_page_once(world):
    district = reverse("district-home")
    only = client_of(world.methodologist).get(district).context["nav"].items
    assert [(i.label, i.current) for i in only if i.url in (district, reverse("home"))] == [
        ("Главная", True)
    ]
    make_post(world.school, person=world.methodologist.person)  # and teaches: has both pages
    both = client_of(world.methodologist).get(reverse("home")).context["nav"].items
    assert [i.label for i in both if i.url in (district, reverse("home"))] == ["Главная", "Район"]


def test_methodologist_of_the_region_comes_to_the_figures(world):
    user = make_methodologist(Region.objects.get())
    assert home_of(user).url == reverse("district-home")


def test_superuser_without_a_role_comes_to_the_admin(db):
    user = make_user(make_person(), is_staff=True, is_superuser=True)
    user.person = None
    user.save()
    assert home_of(user).url == reverse("admin:index")


def test_a_person_with_nothing_yet_reads_what_comes_next(world):
    page = home_of(make_user(make_post(world.school).person)).content.decode()
    assert "Пока ничего не нужно делать" in page


def test_a_teacher_without_a_pair_asks_for_a_mentor_once(world):
    teacher = make_user(world.young.person)
    ask, client = reverse("mentor-ask", args=[world.young.pk]), client_of(teacher)
    assert ask in home_of(teacher).content.decode()
    assert ask in client.get(reverse("profile")).content.decode()
    need = Need.objects.create(name="Дисциплина на уроке", kind="SCHOOL")
    form = client.get(ask).context["form"]
    assert form.initial["category"] == "YOUNG_SPECIALIST"
    data = {"category": "YOUNG_SPECIALIST", "needs": [need.pk], "text": "Шумно"}
    assert client.post(ask, data).url == reverse("home")
    asked = MentoringRequest.objects.get()
    assert (asked.post, list(asked.needs.all()), asked.text) == (world.young, [need], "Шумно")

    own = reverse("request-detail", args=[asked.pk])
    page = home_of(teacher).content.decode()
    assert own in page
    assert ask not in page
    assert client.get(ask).url == own
    again = client.post(ask, {**data, "text": "Ещё раз"})
    assert (again.status_code, MentoringRequest.objects.count()) == (422, 1)
    assert "Ещё раз" in again.content.decode()
    kinds = {due.row.kind for due in home_of(world.curator).context["home"].due}
    assert "request_answer" in kinds


def test_nobody_asks_for_another_teacher_and_a_pair_needs_no_button(world):
    ask = reverse("mentor-ask", args=[world.young.pk])
    for user, status in [(world.running.mentor, 404), (world.curator, 403)]:
        assert client_of(user).post(ask, {"category": "NEEDS_SUPPORT"}).status_code == status
    assert not MentoringRequest.objects.exists()
    for user in (world.running.mentee, world.running.mentor, world.curator):
        assert "Попросить наставника" not in home_of(user).content.decode()


def test_roles_add_up_on_one_page(world):
    """The mentor becomes curator too: the office and the own pair stand together."""
    person = world.running.mentor.person
    Membership.objects.create(
        person=person, role=Role.CURATOR, school=world.school, starts_on=TODAY
    )
    page = home_of(world.running.mentor)
    assert page.context["home"].mentored
    assert page.context["home"].needing
    assert "В организации" in page.content.decode()


def test_home_keeps_its_queries_when_rows_grow(world, django_assert_max_num_queries):
    for user in (world.director, world.curator, world.running.mentor, world.running.mentee):
        client = client_of(user)
        client.get(reverse("home"))  # the session learns the time zone
        with django_assert_max_num_queries(20):
            client.get(reverse("home"))
    for _ in range(10):
        post = make_post(world.school, teaching_years=1, years_as_of=TODAY)
        request_mentoring(post, by=world.curator, on=TODAY, category="YOUNG_SPECIALIST")
    client = client_of(world.curator)
    client.get(reverse("home"))
    with django_assert_max_num_queries(20):
        client.get(reverse("home"))
