"""Working days, notice, months: the production calendar of the school's own week."""

import datetime as dt

import pytest
from django.urls import reverse

from schools import calendar
from schools.models import CalendarDay, CalendarSource, Event, Recompute, User
from schools.workflow.calendar import correct_day, load_library

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 20)


def d(text: str) -> dt.date:
    """«30.12.2026» as a date."""
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 a day has no zone


@pytest.fixture
def loaded():
    load_library([2024, 2025, 2026, 2027], by=None, on=ON)


def test_the_published_years_have_the_known_number_of_working_days(loaded):
    found = calendar.Calendar.load()
    for year, expected in {2024: 248, 2025: 247, 2026: 247, 2027: 247}.items():
        days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
        assert sum(found.is_working_day(day, 5) for day in days if day.year == year) == expected


@pytest.mark.parametrize(
    "day",
    ["02.05.2025", "08.05.2025", "13.06.2025", "03.11.2025", "31.12.2025", "09.01.2026",
     "09.03.2026", "11.05.2026", "31.12.2026", "22.02.2027", "03.05.2027", "10.05.2027",
     "14.06.2027", "05.11.2027", "31.12.2027"],
)  # fmt: skip
def test_moved_days_off_do_not_work(loaded, day):
    assert not calendar.is_working_day(d(day), 5)


@pytest.mark.parametrize("day", ["01.11.2025", "20.02.2027"])
def test_working_saturdays_work_in_both_weeks(loaded, day):
    assert calendar.is_working_day(d(day), 5)
    assert calendar.is_working_day(d(day), 6)


def test_six_day_week_works_on_saturdays_that_are_no_holiday(loaded):
    assert calendar.is_working_day(d("14.11.2026"), 6)
    assert not calendar.is_working_day(d("14.11.2026"), 5)
    assert not calendar.is_working_day(d("09.05.2026"), 6)  # a holiday on Saturday
    assert not calendar.is_working_day(d("15.11.2026"), 6)  # Sunday


@pytest.mark.parametrize(
    ("day", "n", "week", "expected"),
    [
        ("30.04.2026", 3, 5, "06.05.2026"),
        ("30.12.2026", 3, 5, "13.01.2027"),
        ("30.12.2026", 1, 5, "11.01.2027"),
        ("30.12.2026", 1, 6, "09.01.2027"),
        ("30.10.2025", 1, 5, "31.10.2025"),
        ("31.10.2025", 1, 5, "01.11.2025"),  # the working Saturday
        ("16.11.2026", 0, 5, "16.11.2026"),
        ("04.09.2026", -3, 5, "01.09.2026"),
        ("11.01.2027", -1, 5, "30.12.2026"),
        ("28.02.2024", 1, 5, "29.02.2024"),
    ],
)
def test_the_day_of_the_event_is_not_counted(loaded, day, n, week, expected):
    assert calendar.add_working_days(d(day), n, week) == d(expected)


@pytest.mark.parametrize(
    ("given", "week", "effective"),
    [
        ("16.11.2026", 5, "20.11.2026"),  # Monday -> Friday
        ("16.11.2026", 6, "20.11.2026"),
        ("18.11.2026", 5, "24.11.2026"),  # Wednesday: Thursday, Friday, Monday
        ("18.11.2026", 6, "22.11.2026"),  # the Sunday after a working Saturday
        ("15.11.2026", 5, "19.11.2026"),  # given on a Sunday
        ("03.11.2026", 5, "10.11.2026"),  # 4 November is a holiday
        ("28.12.2026", 5, "12.01.2027"),  # over the New Year: 29, 30 December, 11 January
        ("28.12.2026", 6, "10.01.2027"),
        ("17.02.2027", 5, "21.02.2027"),  # Thursday, Friday and the working Saturday
        ("26.02.2024", 5, "01.03.2024"),  # 29 February counts
        ("29.10.2025", 5, "02.11.2025"),
    ],
)
def test_notice_takes_effect_after_three_full_working_days(loaded, given, week, effective):
    assert calendar.earliest_notice_effect(d(given), week) == d(effective)


@pytest.mark.parametrize(
    ("start", "earliest", "latest"),
    [
        ("01.09.2026", "30.11.2026", "31.08.2027"),
        ("31.08.2026", "29.11.2026", "30.08.2027"),  # 31 November does not exist
        ("30.11.2026", "27.02.2027", "29.11.2027"),
        ("29.02.2024", "28.05.2024", "27.02.2025"),
    ],
)
def test_programme_lasts_three_to_twelve_calendar_months(start, earliest, latest):
    assert calendar.programme_bounds(d(start)) == (d(earliest), d(latest))


def test_dates_past_the_published_years_fall_back_to_plain_weekends(loaded):
    assert calendar.is_published(d("31.12.2027"))
    assert not calendar.is_published(d("01.01.2028"))
    assert calendar.is_working_day(d("03.01.2028"), 5)


def test_a_correction_of_the_administrator_holds_at_once_and_outlives_the_library(loaded):
    day = d("16.11.2026")
    correct_day(day, works_five=False, works_six=False, name="Мороз", by=None, on=ON)
    assert not calendar.is_working_day(day, 5)
    correct_day(d("09.01.2026"), works_five=True, works_six=True, name="Рабочий", by=None, on=ON)

    assert load_library([2026], by=None, on=ON) == 0
    assert calendar.is_working_day(d("09.01.2026"), 5)
    assert not calendar.is_working_day(day, 5)


def test_the_admin_page_corrects_a_day_with_a_trace_and_asks_to_recompute(loaded, client):
    client.force_login(User.objects.create_superuser("root", "secret-password"))
    before = Event.objects.count()
    data = {"day": "16.11.2026", "name": "Мороз"}
    assert client.post(reverse("admin:schools_calendarday_add"), data).status_code == 302
    row = CalendarDay.objects.get(day=d("16.11.2026"))
    assert (row.works_five, row.source) == (False, CalendarSource.ADMIN)

    change = reverse("admin:schools_calendarday_change", args=[row.pk])
    data = {"day": "17.11.2026", "name": "Рабочий день", "works_five": "on", "works_six": "on"}
    assert client.post(change, data).status_code == 302
    row.refresh_from_db()
    assert (row.day, row.works_five) == (d("16.11.2026"), True)  # its own day, nothing else's
    assert Event.objects.count() == before + 2
    assert Event.objects.latest("pk").kind == "calendar_day_corrected"
    assert Recompute.objects.filter(scope="calendar").exists()


def test_one_corrected_day_does_not_publish_its_year():
    correct_day(d("01.01.2030"), works_five=False, works_six=False, name="", by=None, on=ON)
    assert not calendar.is_published(d("01.01.2030"))


def test_reading_twice_changes_nothing_and_repairs_what_is_wrong(loaded):
    assert Event.objects.count() == 1
    assert load_library([2024, 2025, 2026, 2027], by=None, on=ON) == 0
    assert Event.objects.count() == 1
    CalendarDay.objects.filter(day=d("09.01.2026")).update(works_five=True)
    CalendarDay.objects.create(
        day=d("05.03.2026"), works_five=False, works_six=False, source=CalendarSource.LIBRARY
    )
    assert load_library([2026], by=None, on=ON) == 2
    assert not calendar.is_working_day(d("09.01.2026"), 5)
    assert calendar.is_working_day(d("05.03.2026"), 5)


def test_a_year_that_is_not_published_is_refused():
    with pytest.raises(ValueError, match="not published"):
        load_library([2035], by=None, on=ON)
    assert not CalendarDay.objects.exists()


def test_a_change_of_the_calendar_asks_for_a_recompute():
    load_library([2026], by=None, on=ON)
    assert list(Recompute.objects.values_list("scope", "done_upto")) == [("calendar", 0)]
