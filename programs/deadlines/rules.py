"""What an organisation and its district have set, and the arithmetic of dates under it. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from programs.choices import DateSource
from programs.deadlines.kinds import KINDS, Unit
from schools.calendar import ONE_DAY, Calendar

SWITCHES = (
    "mentee_consent_required",
    "closing_by_order",
    "acquaintance_tracked",
    "scans_tracked",
    "meetings_tracked",
    "site_tracked",
)


@dataclass(frozen=True)
class Rules:
    """Settings of one organisation as facts.

    ``policies`` are (starts_on, {switch: bool}) and ``district`` (starts_on, days,
    dates_confirmed), both oldest first; ``breaks`` are (first day, last day).
    """

    school_id: int
    municipality_id: int
    week: int
    zone: str
    horizon_on: dt.date
    closed_on: dt.date | None
    calendar: Calendar
    policies: list[tuple] = field(default_factory=list)
    district: list[tuple] = field(default_factory=list)
    breaks: list[tuple[dt.date, dt.date]] = field(default_factory=list)

    def asks(self, switch: str, on: dt.date) -> bool:
        """What the policy in force on ``on`` says; every switch is on by default."""
        state = True
        for starts_on, switches in self.policies:
            if starts_on <= on:
                state = switches[switch]
        return state

    def wants(self, switch: str, opens_on: dt.date, *, done: bool) -> bool:
        """Whether a duty that opened on ``opens_on`` stands.

        The policy of that day decides; a duty still open lapses when any later row of the
        policy switches its kind off.
        """
        later = [s[switch] for starts_on, s in self.policies if starts_on > opens_on]
        return self.asks(switch, opens_on) and (done or all(later))

    def days(self, name: str, on: dt.date, default: int) -> int:
        """The district's number of days for ``name`` in force on ``on``, else ``default``."""
        number = default
        for starts_on, days, _ in self.district:
            if starts_on <= on:
                number = days.get(name, default)
        return number

    def source(self, on: dt.date) -> DateSource:
        """Whose a default date is on ``on``: the district's own once it confirmed its dates."""
        confirmed = False
        for starts_on, _, dates_confirmed in self.district:
            if starts_on <= on:
                confirmed = dates_confirmed
        return DateSource.DISTRICT if confirmed else DateSource.DEFAULT

    def after(self, name: str, day: dt.date, *, on: dt.date | None = None, sign: int = 1):
        """The due day of kind ``name``: its days after ``day`` (before it: ``sign`` -1).

        The district's setting in force on ``on`` (by default on ``day``) is taken.
        """
        kind = KINDS[name]
        number = sign * self.days(name, on or day, kind.days)
        if kind.unit == Unit.WORKING:
            return self.working(day, number)
        return day + dt.timedelta(days=number)

    def working(self, day: dt.date, number: int) -> dt.date:
        return self.calendar.add_working_days(day, number, self.week)

    def past_break(self, day: dt.date) -> dt.date:
        """``day``, or the first working day after the break that holds it."""
        for first, last in self.breaks:
            if first <= day <= last:
                return self.past_break(self.calendar.next_working_day(last + ONE_DAY, self.week))
        return day

    def local_date(self, moment: dt.datetime | None) -> dt.date | None:
        return moment and moment.astimezone(ZoneInfo(self.zone)).date()


def skip_quiet(
    start: dt.date, days: int, quiet: Iterable[tuple[dt.date, dt.date | None]]
) -> dt.date | None:
    """The day ``days`` after ``start``, days inside ``quiet`` not counted.

    ``quiet`` are periods (first, last), both inclusive, in any order and overlapping; an
    endless one (last is None) that comes first gives None.
    """
    due, counted_from = start + dt.timedelta(days=days), start + ONE_DAY
    for first, last in sorted(quiet, key=lambda period: period[0]):
        if first > due:
            break
        if last is None:
            return None
        first = max(first, counted_from)
        if last >= first:
            due += last - first + ONE_DAY
            counted_from = last + ONE_DAY
    return due
