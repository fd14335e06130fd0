"""The methodologist's pages and their figures."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitoring import indicators
from monitoring.indicators import Share
from programs.models import Program
from programs.tests.page_world import NOON, TODAY, World, client_of
from schools.models import LocalAct, Region, School, StaffMember
from schools.tests.factories import make_methodologist, make_post, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    return World()


def schools(world):
    return School.objects.filter(municipality=world.school.municipality)


def test_a_share_of_nobody_is_not_zero_percent():
    assert Share(0, 0).words == "н/д"
    assert Share(1, 3).words == "33,3\u00a0%"
    assert Share(2, 2).words == "100\u00a0%"


def test_coverage_counts_people_once_and_only_with_a_signed_order(world):
    StaffMember.objects.filter(pk=world.running.mentee_posts[0].pk).update(
        teaching_years=0, years_as_of=TODAY
    )
    person = world.young.person
    make_post(world.school, person=person, position="педагог", teaching_years=1)
    assert world.proposal  # a proposed mentee has no mentor yet
    assert indicators.young_coverage(schools(world), TODAY) == (1, 2)


def test_years_of_service_go_on_after_the_list_was_read(world):
    StaffMember.objects.filter(pk=world.young.pk).update(
        teaching_years=3, years_as_of=dt.date(2024, 9, 1)
    )
    assert indicators.young_coverage(schools(world), TODAY).total == 0


def test_full_completion_counts_what_closed_in_the_period(world):
    assert indicators.full_completion(schools(world), TODAY, TODAY) == (0, 0)
    Program.objects.filter(pk=world.program.pk).update(
        closed_on=TODAY, ground="MUTUAL", current_ends_on=world.program.current_ends_on
    )
    assert indicators.full_completion(schools(world), TODAY, TODAY) == (0, 1)
    assert indicators.full_completion(schools(world), TODAY, TODAY).words == "0\u00a0%"


def test_trend_counts_programmes_at_work_on_the_first_of_each_month(world):
    trend = dict(indicators.running_by_month(schools(world), TODAY))
    assert trend[dt.date(2026, 8, 1)] == 0
    assert trend[dt.date(2026, 9, 1)] == trend[dt.date(2026, 10, 1)] == 1
    assert len(trend) == 12


def test_each_number_of_the_district_equals_its_list(world):
    Program.objects.filter(pk=world.program.pk).update(
        current_ends_on=dt.date(2027, 5, 31), starts_on=dt.date(2026, 9, 1)
    )
    assert world.proposal
    client = client_of(world.methodologist)
    home = client.get(reverse("district-home")).context
    without = client.get(reverse("district-schools"), {"only": "no_act"})
    young = client.get(reverse("district-young"))
    late = client.get(reverse("deadline-list"), {"when": "overdue"})
    assert home["acts"].missing == without.context["page"].paginator.count == 1
    assert home["young"].total == young.context["page"].paginator.count
    assert home["overdue_total"] == late.context["page"].paginator.count
    for state, _, number in home["states"]:
        listed = client.get(reverse("group-list"), {"state": state})
        assert listed.context["page"].paginator.count == number
    for what, number in (("silent", home["silent"]), ("not_evaluated", home["not_evaluated"])):
        listed = client.get(reverse("group-list"), {"attention": what})
        assert listed.context["page"].paginator.count == number


def test_local_act_is_counted_while_in_force(world):
    act = LocalAct.objects.create(
        school=world.school, kind="REGULATION", title="Положение", adopted_on=TODAY
    )
    assert indicators.org_with_local_act(schools(world), TODAY) == (1, 1)
    LocalAct.objects.filter(pk=act.pk).update(adopted_on=TODAY + dt.timedelta(days=1))
    assert indicators.org_with_local_act(schools(world), TODAY) == (0, 1)


def test_the_region_reads_figures_without_links_to_pairs(world):
    client = client_of(make_methodologist(Region.objects.get()))
    page = client.get(reverse("district-home"))
    read = page.content.decode()
    assert page.context["units"] == 1
    assert f'href="{reverse("group-list")}' not in read
    assert client.get(reverse("district-young")).status_code == 403
    assert not client.get(reverse("group-list")).context["page"].object_list


def test_another_district_is_not_counted(world):
    other = make_methodologist(make_school().municipality)
    assert client_of(other).get(reverse("district-home")).context["units"] == 0


def test_the_organisation_has_no_district_page(world):
    assert client_of(world.curator).get(reverse("district-home")).status_code == 403


def test_district_pages_keep_their_queries_when_schools_grow(world):
    client = client_of(world.methodologist)

    def measured():
        counts = []
        for name in ("district-home", "district-schools", "district-young"):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name))
            counts.append(len(queries))
        return counts

    measured()
    few = measured()
    for _ in range(10):
        school = make_school(municipality=world.school.municipality)
        make_post(school, teaching_years=1)
    assert measured() == few
    assert max(few) <= 20
