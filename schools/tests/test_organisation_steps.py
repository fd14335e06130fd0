"""Partners, acts, roadmap, yearly checks, branches and dated settings."""

import datetime as dt

import pytest

from schools import history
from schools.errors import TransitionError
from schools.models import SchoolPolicy, SchoolYearCheck, Unit
from schools.tests.factories import make_curator, make_post, make_school
from schools.workflow import acts, places

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 12)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def who(school):
    return {"by": make_curator(school), "on": TODAY}


def refused(code, step, *args, **kwargs):
    with pytest.raises(TransitionError) as caught:
        step(*args, **kwargs)
    assert caught.value.code == code


def test_partner_is_named_once(school, who):
    acts.add_partner(school, **who, name="Педагогический колледж")
    refused("constraint", acts.add_partner, school, **who, name="Педагогический колледж")


def test_act_cannot_be_adopted_tomorrow(school, who):
    facts = {"kind": "REGULATION", "title": "Положение о наставничестве"}
    refused(
        "date_in_future", acts.add_act, school, **who, **facts, adopted_on=dt.date(2026, 10, 13)
    )
    act = acts.add_act(school, **who, **facts, adopted_on=TODAY)
    acts.change_act(act, **who, number="12-од")
    assert "номер: — → 12-од" in history.lines(act)[0].text


def test_roadmap_line_is_done_and_removed(school, who):
    item = acts.add_roadmap_item(
        school, **who, school_year=2026, stage=2, title="Собрать запросы", due_on=TODAY
    )
    acts.change_roadmap_item(item, **who, done_on=TODAY)
    refused("constraint", acts.change_roadmap_item, item, **who, stage=9)
    acts.remove_roadmap_item(item, **who)
    assert not school.roadmap.exists()


def test_yearly_check_is_marked_once_and_taken_back(school, who):
    facts = {"kind": "SITE", "school_year": 2026, "done_on": TODAY}
    refused("address_missing", acts.record_check, school, **who, **facts)
    check = acts.record_check(school, **who, **facts, url="https://school.example/nastavnik")
    refused("check_known", acts.record_check, school, **who, **facts, url="https://a.example")
    acts.remove_check(check, **who)
    assert not SchoolYearCheck.objects.exists()


def test_branch_with_staff_stays(school, who):
    unit = places.add_unit(school, **who, name="Филиал в с. Чернокурья", kind="SCHOOL")
    make_post(school, unit=unit)
    refused("unit_in_use", places.remove_unit, unit, **who)
    assert Unit.objects.filter(pk=unit.pk).exists()


def test_settings_are_a_new_dated_row_and_the_past_stays(school, who):
    refused("policy_in_past", places.set_policy, school, **who, starts_on=dt.date(2026, 10, 11))
    places.set_policy(school, **who, starts_on=TODAY, closing_by_order=False)
    places.set_policy(school, **who, starts_on=TODAY, warn_above_mentees=2)

    new = SchoolPolicy.objects.in_force(TODAY).get(school=school, starts_on=TODAY)
    assert (new.closing_by_order, new.warn_above_mentees) == (False, 2)
    old = SchoolPolicy.objects.in_force(TODAY - dt.timedelta(days=1)).filter(school=school)
    assert old.first().closing_by_order is True


def test_short_name_taken_in_the_municipality_is_refused(school, who):
    other = make_school(municipality=school.municipality)
    refused("constraint", places.change_school, school, **who, short_name=other.short_name)
