"""What the rules ask of one case's facts: who mentors whom, since when, still alive or not."""

import datetime as dt
from functools import cached_property

from programs.choices import LineAction
from programs.deadlines.facts import CaseFacts
from programs.deadlines.rows import Ledger
from schools.calendar import ONE_DAY

FAR = dt.date.max


class Case:
    """One case's facts with the words of its rules. Pure."""

    def __init__(self, facts: CaseFacts):
        self.facts = facts
        self.row = facts.row
        self.rules = facts.rules
        pauses = [p for program in facts.programs if not program.row.closed_on
                  for p in program.pauses]  # fmt: skip
        self.ledger = Ledger(
            facts.rules, group_id=self.row.pk, adopted_on=self.row.adopted_on, pauses=pauses
        )

    @property
    def alive(self) -> bool:
        """Neither withdrawn nor closed: open duties stand."""
        return self.row.withdrawn_on is None and self.row.closed_on is None

    @cached_property
    def ordered(self) -> list:
        """Ordered appointments, oldest first."""
        return sorted(
            (a for a in self.facts.appointments if a.ordered_on),
            key=lambda a: (a.starts_on, a.pk),
        )

    @cached_property
    def main(self) -> list:
        """Ordered appointments that are not temporary, oldest first."""
        return [a for a in self.ordered if not a.temporary]

    @cached_property
    def mentor(self):
        """Whose duties the open ones are: the temporary mentor while there is one, else the
        main one, else the last; before any order the proposed one. None in an empty case."""
        open_ones = [a for a in self.ordered if a.ends_on is None]
        temporary = [a for a in open_ones if a.temporary]
        proposed = [a for a in self.facts.appointments if not a.ordered_on and not a.dropped_on]
        for candidates in (temporary, open_ones, self.ordered, proposed):
            if candidates:
                return candidates[-1]
        return None

    def mentor_on(self, day: dt.date):
        """The mentor in force on ``day``, a temporary one first; else the present one."""
        on_day = [a for a in self.ordered if a.starts_on <= day <= (a.ends_on or FAR)]
        temporary = [a for a in on_day if a.temporary]
        return (temporary or on_day or [self.mentor])[-1]

    def mentor_for(self, done: dt.date | None):
        """Whose a duty is: of the mentor of the day that settled it, or the present one's."""
        return self.mentor if done is None else self.mentor_on(done)

    @cached_property
    def present(self) -> list:
        """Members who have not left."""
        return [m for m in self.facts.members if m.left_on is None]

    def is_late(self, member) -> bool:
        """Whether the member comes into a case that already runs by an order."""
        line = self.facts.lines.get(member.joined_line_id)
        if line is not None:
            return line.action == LineAction.ADD_MEMBER
        return member.joined_on is None and bool(self.main)

    @cached_property
    def emptied_on(self) -> dt.date | None:
        """The last day of the last member, where none is left."""
        if not self.facts.members or self.present:
            return None
        return max(m.left_on for m in self.facts.members)

    @cached_property
    def in_force_from(self) -> dt.date | None:
        """The first day on which the order holds and the appointment has begun."""
        if not self.main:
            return None
        return max(self.main[0].ordered_on, self.main[0].starts_on)

    def away(self, post_id: int) -> list[tuple[dt.date, dt.date | None]]:
        """Absences of a post as periods of whole days, both ends inclusive."""
        periods = []
        for absence in self.facts.absences.get(post_id, []):
            back = absence.returned_on or absence.expected_on
            last = back and back - ONE_DAY
            if last is None or last >= absence.starts_on:
                periods.append((absence.starts_on, last))
        return periods
