"""«Стаж до 3 лет»: one rule for lists, one post and figures."""

import datetime as dt

import pytest

from schools.models import StaffMember
from schools.tests.factories import make_post, make_school

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 10, 20)


@pytest.mark.parametrize(
    ("years", "as_of", "novice"),
    [
        (3, ON, True),
        (4, ON, False),
        (3, dt.date(2025, 10, 21), True),  # not yet four whole years
        (3, dt.date(2025, 10, 20), False),
        (0, dt.date(2022, 10, 21), True),
        (0, dt.date(2022, 10, 20), False),
        (3, None, True),
        (None, ON, False),
    ],
)
def test_years_since_the_list_was_read_count_too(years, as_of, novice):
    post = make_post(make_school(), teaching_years=years, years_as_of=as_of)
    assert post.is_novice(ON) is novice
    assert StaffMember.objects.novices(ON).exists() is novice
