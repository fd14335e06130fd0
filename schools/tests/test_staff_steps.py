"""Posts: hiring, corrections, a new position, leaving."""

import datetime as dt

import pytest

from schools import history, registry
from schools.errors import TransitionError
from schools.models import Event, Person, PossibleDouble, Qualification, StaffMember, Unit
from schools.tests.factories import (
    make_curator,
    make_municipality,
    make_person,
    make_post,
    make_school,
)
from schools.workflow import absences, leaving, records, staff

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 12)
DAY = dt.timedelta(days=1)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def curator(school):
    return make_curator(school)


@pytest.fixture
def post(school):
    return make_post(school, person=make_person(last_name="Лебедь", birth_date=dt.date(1990, 1, 2)))


@pytest.fixture
def endings(monkeypatch):
    """What the hooks of ended posts were told."""
    told = []
    monkeypatch.setattr(
        registry, "post_endings", [lambda post, last_day, change: told.append((post.pk, last_day))]
    )
    return told


def refused(code, step, *args, **kwargs):
    events = Event.objects.count()
    with pytest.raises(TransitionError) as caught:
        step(*args, **kwargs)
    assert caught.value.code == code
    assert Event.objects.count() == events


def test_new_person_gets_a_post_and_a_line_of_history(school, curator):
    post = staff.add_post(
        school, by=curator, on=TODAY, last_name="Ким", first_name="Анна", position="учитель",
        subject="физика", teaching_years=1,
    )  # fmt: skip

    assert post.person.full_name == "Ким Анна"
    assert post.years_as_of == TODAY
    assert "добавлена должность «учитель (физика)»" in history.lines(post)[0].text


def test_person_of_another_organisation_cannot_be_taken_on_directly(school, curator):
    stranger = make_post(make_school(municipality=school.municipality)).person

    refused(
        "person_unknown", staff.add_post, school, by=curator, on=TODAY, person=stranger,
        position="учитель",
    )  # fmt: skip
    assert stranger.posts.count() == 1


def test_same_name_is_the_same_person_until_a_namesake_is_confirmed(school, curator, post):
    facts = {"last_name": "ЛЕБЕДЬ", "first_name": "Мария", "patronymic": "Петровна"}
    facts |= {"position": "педагог-психолог", "subject": ""}

    refused("person_known", staff.add_post, school, by=curator, on=TODAY, **facts)
    assert Person.objects.filter(name_key=post.person.name_key).count() == 1
    other = staff.add_post(school, by=curator, on=TODAY, namesake=True, **facts)
    assert other.person != post.person
    again = staff.add_post(
        school, by=curator, on=TODAY, person=post.person, position="методист"
    )  # fmt: skip
    assert again.person == post.person


def test_one_position_is_held_once(school, curator, post):
    refused(
        "constraint", staff.add_post, school, by=curator, on=TODAY, person=post.person,
        position="Учитель", subject="Математика",
    )  # fmt: skip


def test_branch_of_another_organisation_is_refused(school, curator, post):
    foreign = Unit.objects.create(school=make_school(), name="Филиал", kind="SCHOOL")

    refused("foreign_row", staff.change_post_details, post, by=curator, on=TODAY, unit=foreign)
    post.refresh_from_db()
    assert post.unit is None


def test_correction_keeps_what_was_in_history(curator, post):
    staff.change_post_details(post, by=curator, on=TODAY, last_name="Лебедева", teaching_years=2)

    post.refresh_from_db()
    assert post.person.name_key.startswith("лебедева")
    assert post.years_as_of == TODAY
    text = history.lines(post)[0].text
    assert "фамилия: Лебедь → Лебедева" in text
    assert "педагогический стаж, лет: — → 2" in text


def test_correction_that_changes_nothing_leaves_no_line(curator, post):
    staff.change_post_details(post, by=curator, on=TODAY, subject=post.subject)
    assert not history.lines(post)


def test_new_position_closes_the_old_one_the_day_before(curator, post, endings):
    Qualification.objects.create(post=post, category="FIRST", granted_on=dt.date(2024, 3, 1))
    away = absences.record_absence(post, by=curator, on=TODAY, kind="LONG", starts_on=TODAY)

    new = staff.new_post(
        post, by=curator, on=TODAY, position="заместитель директора", starts_on=TODAY + DAY
    )

    post.refresh_from_db()
    assert (post.left_on, new.follows, endings) == (TODAY, post, [(post.pk, TODAY)])
    assert new.qualifications.get().category == "FIRST"
    away.refresh_from_db()
    assert away.post == new


def test_same_position_is_no_change(curator, post, endings):
    refused(
        "same_position", staff.new_post, post, by=curator, on=TODAY, position=" Учитель ",
        subject="математика", starts_on=TODAY,
    )  # fmt: skip
    assert endings == []


def test_leaving_is_recorded_on_its_day_or_later(curator, post, endings):
    refused(
        "date_in_future", leaving.record_leaving, post, by=curator, on=TODAY, left_on=TODAY + DAY
    )
    refused(
        "ends_before_start", leaving.record_leaving, post, by=curator, on=TODAY,
        left_on=post.hired_on - DAY,
    )  # fmt: skip
    leaving.record_leaving(post, by=curator, on=TODAY, left_on=TODAY - DAY)
    assert endings == [(post.pk, TODAY - DAY)]
    refused("post_ended", leaving.record_leaving, post, by=curator, on=TODAY, left_on=TODAY)


def test_announced_leaving_is_taken_back(curator, post):
    refused(
        "leaves_too_early", leaving.announce_leaving, post, by=curator, on=TODAY,
        leaving_on=TODAY - DAY,
    )  # fmt: skip
    leaving.announce_leaving(post, by=curator, on=TODAY, leaving_on=TODAY + 14 * DAY)
    leaving.withdraw_leaving(post, by=curator, on=TODAY)
    post.refresh_from_db()
    assert post.leaving_on is None


def test_mistaken_leaving_is_undone_unless_a_post_followed(curator, post):
    leaving.record_leaving(post, by=curator, on=TODAY, left_on=TODAY)
    post = leaving.undo_leaving(post, by=curator, on=TODAY)
    assert post.left_on is None
    staff.new_post(post, by=curator, on=TODAY, position="методист", starts_on=TODAY)
    refused("post_followed", leaving.undo_leaving, post, by=curator, on=TODAY)


def test_likely_double_in_the_municipality_is_queued_and_never_shown(school, curator, post):
    elsewhere = make_school(municipality=school.municipality)
    far = make_school(municipality=make_municipality())
    facts = {"last_name": "Лебедь", "first_name": "Мария", "patronymic": "Петровна"}
    facts |= {"birth_date": post.person.birth_date, "position": "учитель"}

    staff.add_post(far, by=None, on=TODAY, **facts)
    assert not PossibleDouble.objects.exists()
    new = staff.add_post(elsewhere, by=None, on=TODAY, **facts)

    double = PossibleDouble.objects.get()
    assert {double.first_id, double.second_id} == {post.person_id, new.person_id}


def test_one_absence_at_a_time(curator, post):
    first = absences.record_absence(
        post, by=curator, on=TODAY, kind="VACATION", starts_on=TODAY, expected_on=TODAY + 5 * DAY
    )
    refused(
        "absence_open", absences.record_absence, post, by=curator, on=TODAY, kind="OTHER",
        starts_on=TODAY + 9 * DAY,
    )  # fmt: skip
    absences.record_return(first, by=curator, on=TODAY + 5 * DAY, returned_on=TODAY + 5 * DAY)
    refused(
        "absence_overlaps", absences.record_absence, post, by=curator, on=TODAY, kind="OTHER",
        starts_on=TODAY + 3 * DAY,
    )  # fmt: skip
    absences.record_absence(
        post, by=curator, on=TODAY, kind="OTHER", starts_on=TODAY + 5 * DAY
    )  # fmt: skip


def test_return_before_the_start_is_refused(curator, post):
    absence = absences.record_absence(post, by=curator, on=TODAY, kind="OTHER", starts_on=TODAY)
    refused(
        "returns_before_start", absences.change_absence, absence, by=curator, on=TODAY,
        returned_on=TODAY - DAY,
    )  # fmt: skip


def test_removed_absence_leaves_a_line(curator, post):
    absence = absences.record_absence(post, by=curator, on=TODAY, kind="OTHER", starts_on=TODAY)
    absences.remove_absence(absence, by=curator, on=TODAY)
    assert not post.absences.exists()
    assert "удалена" in history.lines(post)[0].text


def test_newest_category_holds_and_an_undated_one_counts_from_its_recording(curator, post):
    old = dt.date(2023, 2, 1)
    records.add_qualification(post, by=curator, on=TODAY, category="HIGHEST")
    records.add_qualification(post, by=curator, on=TODAY, category="FIRST", granted_on=old)

    assert post.qualifications.first().category == "HIGHEST"


def test_bank_of_mentors_needs_a_consent_already_given(curator, post):
    refused(
        "date_in_future", records.list_in_bank, post, by=curator, on=TODAY, consent_on=TODAY + DAY
    )
    records.list_in_bank(post, by=curator, on=TODAY, consent_on=TODAY)
    records.leave_bank(post, by=curator, on=TODAY)
    post = StaffMember.objects.get(pk=post.pk)
    assert (post.in_mentor_bank, post.bank_consent_on) == (False, None)
