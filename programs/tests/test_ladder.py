"""The ladder as arithmetic: which step holds on a day, when it ends, who hears above."""

import datetime as dt

import pytest

from programs.notifications.ladder import Ladder, Manner
from programs.tests.deadline_world import d
from schools.models import MunicipalityPolicy

DUE = d("10.11.2026")


def ladder(manner=Manner.FIRM, **settings):
    return Ladder.of(MunicipalityPolicy(**settings), manner)


def walked(one: Ladder, first: int, last: int) -> list[int]:
    """The steps that a daily look from ``first`` to ``last`` days after the due date finds."""
    found = [one.step_on(DUE, DUE + dt.timedelta(days=n)) for n in range(first, last + 1)]
    return list(dict.fromkeys(found))


def test_the_ladder_of_the_default_settings():
    assert walked(ladder(), -20, 23) == [None, -7, -1, 0, 1, 8, 15, 22]


def test_steps_follow_the_settings():
    changed = {"first_before": 10, "second_before": 3, "on_the_day": False, "repeat_every": 5}
    assert walked(ladder(**changed), -20, 12) == [None, -10, -3, 1, 6, 11]


def test_a_quiet_organisation_hears_half_as_often_about_the_law_and_once_about_the_rest():
    assert walked(ladder(Manner.QUIET_FIRM), -9, 30) == [None, -1, 1, 15, 29]
    quiet = ladder(Manner.QUIET)
    assert quiet.step_on(DUE, DUE - dt.timedelta(days=1)) is None
    assert quiet.spoken(d("01.11.2026"), DUE, DUE) == quiet.limit == 1


@pytest.mark.parametrize("manner", list(Manner))
@pytest.mark.parametrize("opened", range(16))
def test_it_stops_exactly_after_as_many_steps_as_allowed(manner, opened):
    """The day from which a duty must have opened says the same as counting its steps."""
    one, opens_on = ladder(manner), DUE - dt.timedelta(days=opened)
    told = []
    for day in (opens_on + dt.timedelta(days=n) for n in range(90)):
        step = one.step_on(DUE, day)
        heard = step is not None and opens_on >= one.opened_since(DUE, day)
        if step is not None and one.limit is not None:
            assert heard == (one.spoken(opens_on, DUE, day) <= one.limit)
        if one.limit is not None and one.all_stopped(day) >= DUE:
            assert not heard
        if heard and step not in told:
            told.append(step)
    assert told == sorted(told)
    if one.limit is None:
        assert told[-1] > 70
    else:
        assert len(told) == one.limit


def test_a_duty_that_opens_late_begins_with_the_step_of_its_first_day():
    soft = ladder(Manner.SOFT)
    opens_on = DUE - dt.timedelta(days=3)
    assert soft.step_on(DUE, opens_on) == -7
    assert soft.spoken(opens_on, DUE, opens_on) == 1
    assert soft.spoken(opens_on, DUE, DUE) == 3


@pytest.mark.parametrize(
    ("late", "step", "director"),
    [(6, None, False), (7, 7, False), (13, 7, False), (14, 14, True), (20, 14, True),
     (21, 21, True)],
)  # fmt: skip
def test_those_above_hear_from_their_own_day_on_and_then_weekly(late, step, director):
    on = DUE + dt.timedelta(days=late)
    assert ladder().higher_step_on(DUE, on) == step
    assert ladder().reaches_director(DUE, on) == director
    assert ladder(Manner.SOFT).higher_step_on(DUE, on) is None


def test_a_leap_day_is_a_day_like_another():
    due = d("29.02.2028")
    one = ladder()
    assert one.step_on(due, d("22.02.2028")) == -7
    assert one.step_on(due, d("28.02.2028")) == -1
    assert one.step_on(due, due) == 0
    assert one.step_on(due, d("01.03.2028")) == 1
    assert one.step_on(due, d("08.03.2028")) == 8
    assert one.step_on(d("01.03.2028"), due) == -1
