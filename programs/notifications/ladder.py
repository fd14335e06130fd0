"""The ladder of reminders: on which days a duty is spoken of, and when it is handed on. Pure.

A step is a distance from the due date in calendar days: -7, -1, 0, 1, 8, 15 … The one that
holds on a day is the largest already reached, so days that nobody swept make one reminder, not
three, and a duty that opens late begins with the step of its first day.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from schools.models import MunicipalityPolicy


class Manner(StrEnum):
    """How firmly a duty is spoken of: by its force, who named its date, and the organisation.

    FIRM: LAW or DISTRICT with a date that somebody named; goes on without end and upwards.
    SOFT: everything else. The quiet ones are those of an organisation that wants fewer letters:
    it hears about the law half as often, about other things on the day itself.
    """

    FIRM = "firm"
    SOFT = "soft"
    QUIET_FIRM = "quiet-firm"  # LAW with a named date
    QUIET_LAW = "quiet-law"  # LAW with a default date
    QUIET = "quiet"  # everything that the law does not ask for


@dataclass(frozen=True)
class Ladder:
    """The steps of one manner under one municipality's settings.

    Attributes:
        named: the steps up to the last that is not a repetition, ascending.
        every: days between the steps after the last of ``named``.
        limit: after how many steps the owner hears no more; None: never.
        to_curator, to_director: days overdue from which they hear too; None: never.
    """

    named: tuple[int, ...]
    every: int
    limit: int | None = None
    to_curator: int | None = None
    to_director: int | None = None

    @classmethod
    def of(cls, policy: MunicipalityPolicy, manner: Manner = Manner.FIRM) -> "Ladder":
        """The ladder of ``manner`` under ``policy``."""
        upwards = {"to_curator": policy.to_curator_after, "to_director": policy.to_director_after}
        the_day = [0] if policy.on_the_day else []
        loud = (-policy.first_before, -policy.second_before, *the_day, 1)
        seldom = (-policy.second_before, 1)
        every, limit = policy.repeat_every, policy.stop_after
        match manner:
            case Manner.FIRM:
                return cls(loud, every, **upwards)
            case Manner.SOFT:
                return cls(loud, every, limit)
            case Manner.QUIET_FIRM:
                return cls(seldom, 2 * every, **upwards)
            case Manner.QUIET_LAW:
                return cls(seldom, 2 * every, limit)
            case Manner.QUIET:
                return cls((0,), every, limit=1)

    def number(self, days: int) -> int:
        """Which step, counted from 0, holds ``days`` after the due date; -1: none yet."""
        last = len(self.named) - 1
        if days < self.named[last]:
            return bisect_right(self.named, days) - 1
        return last + (days - self.named[last]) // self.every

    def step(self, number: int) -> int:
        """The distance in days of the step with that ``number``."""
        last = len(self.named) - 1
        if number <= last:
            return self.named[number]
        return self.named[last] + (number - last) * self.every

    def step_on(self, due_on: dt.date, on: dt.date) -> int | None:
        """The largest step reached on ``on``, None before the first one."""
        number = self.number((on - due_on).days)
        return None if number < 0 else self.step(number)

    def spoken(self, opens_on: dt.date, due_on: dt.date, on: dt.date) -> int:
        """How many steps an open duty has had by ``on``; that of its first day is one."""
        first = max(self.number((opens_on - due_on).days), 0)
        return max(self.number((on - due_on).days) - first + 1, 0)

    def opened_since(self, due_on: dt.date, on: dt.date) -> dt.date:
        """A duty due on ``due_on`` is still spoken of on ``on`` if it opened on this day or
        later: ``spoken`` is at most ``limit``. The first of all days where all are."""
        if self.limit is None:
            return dt.date.min
        first = self.number((on - due_on).days) - self.limit + 1
        return dt.date.min if first <= 0 else due_on + dt.timedelta(days=self.step(first))

    def higher_step_on(self, due_on: dt.date, on: dt.date) -> int | None:
        """The step of those who hear of another's overdue duty: the day on which the curator
        first does, and every repetition after it; None before that day."""
        late = (on - due_on).days
        if self.to_curator is None or late < self.to_curator:
            return None
        return late - (late - self.to_curator) % self.every

    def reaches_director(self, due_on: dt.date, on: dt.date) -> bool:
        """Whether the director hears on ``on`` of another's duty due on ``due_on``."""
        return self.to_director is not None and (on - due_on).days >= self.to_director

    def last_due(self, on: dt.date) -> dt.date:
        """The latest due date that is spoken of on ``on``."""
        return on - dt.timedelta(days=self.named[0])

    def all_stopped(self, on: dt.date) -> dt.date | None:
        """Whatever is due on this day or before it is spoken of no more on ``on``, however
        late it opened (a duty opens on its due date at the latest); None without a limit."""
        if self.limit is None:
            return None
        beyond = self.number(0) + self.limit
        return on - dt.timedelta(days=self.step(beyond))
