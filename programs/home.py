"""The home page of a person: blocks by what the person is; roles add up, nothing is switched."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from programs import first_steps, queries
from programs.casefile import cases
from programs.deadlines.owners import owed_by
from programs.due import PAPERS, Due, lines, merged, owed, unanswered, urgency, with_drafts
from programs.models import (
    Deadline,
    GroupMember,
    Meeting,
    MentorAppointment,
    MentoringGroup,
    PlannedEvent,
)
from programs.states import OVER, State
from schools.models import School

LOGGED = [State.RUNNING, State.EVALUATION]
FIRST = 8  # lines of «что сделать» before the link to all of them
UNANSWERED_FIRST = 5


@dataclass
class Part:
    """A pair on the home page of its mentor or mentee."""

    group: MentoringGroup
    title: str  # the other side: the mentees, or the mentor
    as_mentor: bool
    running: bool
    next_event: PlannedEvent | None = None
    last: Meeting | None = None

    @property
    def is_pair(self) -> bool:
        """One present mentee."""
        return sum(m.left_on is None for m in self.group.member_rows) == 1


@dataclass
class Home:
    """Blocks for ``user`` on the local day ``on``. Everything is read lazily, once."""

    user: object
    on: dt.date

    @cached_property
    def is_staff(self) -> bool:
        return bool(self.user.access.school_ids)

    @cached_property
    def _mine(self) -> Q:
        """What the person answers for, asked once for two lists."""
        return owed_by(self.user.person, self.on)

    @cached_property
    def _owed(self) -> list[Deadline]:
        if self.user.access.person_id is None:
            return []
        return list(owed(self.user, self.on, self._mine)[:200])

    @cached_property
    def _unanswered(self) -> list[Deadline]:
        if not self.is_staff:
            return []
        return list(unanswered(self.user, self.on, self._mine))

    @cached_property
    def _lines(self) -> dict[int, Due]:
        """Both lists read at once, by pk of the row."""
        names = {group.pk: group.name for group in self.groups}
        names |= {group.pk: queries.title(group) for group in self._elsewhere}
        rows = [*self._owed, *self._unanswered[:UNANSWERED_FIRST]]
        return {line.row.pk: line for line in lines(rows, self.user, self.on, names=names)}

    @cached_property
    def due(self) -> list[Due]:
        """Everything that the person answers for today, the most urgent first."""
        dues = with_drafts([self._lines[row.pk] for row in self._owed])
        return merged(sorted(dues, key=urgency))

    @property
    def next(self) -> Due | None:
        return self.due[0] if self.due else None

    @property
    def later(self) -> list[Due]:
        return self.due[1 : FIRST + 1]

    @property
    def more(self) -> int:
        """How many lines stand behind «все сроки»."""
        return max(len(self.due) - FIRST - 1, 0)

    # --- the organisation ---

    @cached_property
    def needing(self) -> list:
        if not self.is_staff:
            return []
        return list(queries.needing_mentor(self.user.access.school_ids, self.on))

    @property
    def needing_first(self) -> list:
        return self.needing[:5]

    @cached_property
    def _organisation_rows(self) -> list[Deadline]:
        """Papers and silence of the organisation's pairs: one query for two blocks."""
        if not self.is_staff:
            return []
        rows = Deadline.objects.open(self.on).filter(
            school__in=self.user.access.school_ids, kind__in=[*PAPERS, "no_meeting"]
        )
        return list(rows.select_related("school", "person").order_by("due_on", "pk"))

    @cached_property
    def missing_papers(self) -> int:
        return sum(1 for row in self._organisation_rows if row.kind in PAPERS)

    @property
    def unanswered(self) -> int:
        """How many duties of others reminders did not move."""
        return len(self._unanswered)

    @property
    def unanswered_first(self) -> list[Due]:
        """The latest of them."""
        return [self._lines[row.pk] for row in self._unanswered[:UNANSWERED_FIRST]]

    @cached_property
    def silent(self) -> list[Deadline]:
        """Pairs without a record for 30 days (breaks and pauses not counted)."""
        return [
            row
            for row in self._organisation_rows
            if row.kind == "no_meeting" and row.due_on < self.on
        ]

    @cached_property
    def groups(self) -> list:
        """The organisation's pairs at work, named."""
        if not self.is_staff:
            return []
        rows = cases(self.user, self.on).filter(school__in=self.user.access.school_ids)
        found = list(queries.with_people(rows.exclude(state__in=OVER)).order_by("-pk"))
        for group in found:
            group.name = queries.title(group)
        return found

    @cached_property
    def beginnings(self) -> list:
        """First steps of the organisations that never had a pair."""
        if not self.is_staff or self.groups:
            return []
        schools = School.objects.filter(pk__in=self.user.access.school_ids).order_by("short_name")
        return first_steps.beginnings(self.user, list(schools), self.on)

    # --- the person's own pairs ---

    @cached_property
    def _elsewhere(self) -> list:
        """Own cases outside the organisations that the person runs."""
        own = self.user.access.person_id
        mentored = MentorAppointment.objects.filter(post__person=own, ends_on=None, dropped_on=None)
        learned = GroupMember.objects.present().filter(post__person=own)
        if self.is_staff:
            # Most who run an organisation have none: a cheap question spares them the dear one.
            mine = (
                mentored.order_by()
                .values_list("group")
                .union(learned.order_by().values_list("group"))
            )
            if {pk for (pk,) in mine} <= {group.pk for group in self.groups}:
                return []
        known = cases(self.user, self.on).filter(
            Q(pk__in=mentored.values("group")) | Q(pk__in=learned.values("group"))
        )
        known = known.exclude(school__in=self.user.access.school_ids)
        return list(queries.with_people(known.exclude(state__in=OVER)))

    @cached_property
    def parts(self) -> list[Part]:
        """Own pairs at work; as a mentor first."""
        own = self.user.access.person_id
        if own is None:
            return []
        parts = []
        for group in [*self.groups, *self._elsewhere]:
            mentors = [a.post.person_id for a in group.mentor_rows if a.ends_on is None]
            mentees = [m.post.person_id for m in group.member_rows if m.left_on is None]
            if own in mentors or own in mentees:
                other = queries.mentee_names if own in mentors else queries.mentor_name
                parts.append(Part(group, other(group), own in mentors, group.state in LOGGED))
        self._fill(parts)
        return sorted(parts, key=lambda part: (not part.as_mentor, part.group.pk))

    def _fill(self, parts: list[Part]) -> None:
        """The next event and the last meeting of every running pair, in two queries."""
        running = [part.group.pk for part in parts if part.running]
        if not running:
            return
        events = PlannedEvent.objects.filter(
            program__group__in=running, program__closed_on=None, outcome=""
        ).select_related("program")
        coming = {}
        for event in events.order_by("-due_on", "-pk"):
            coming[event.program.group_id] = event
        meetings = Meeting.objects.visible_to(self.user).held().filter(program__group__in=running)
        last = {}
        for meeting in meetings.select_related("program").order_by("held_on", "pk"):
            last[meeting.program.group_id] = meeting
        for part in parts:
            part.next_event = coming.get(part.group.pk)
            part.last = last.get(part.group.pk)

    @property
    def mentored(self) -> list[Part]:
        return [part for part in self.parts if part.as_mentor]

    @property
    def learned(self) -> list[Part]:
        return [part for part in self.parts if not part.as_mentor]

    @cached_property
    def lonely(self) -> list:
        """Own posts of a person without any pair or office, each with ``asked``: the request
        for a mentor that waits, None where the person may still ask."""
        if self.is_staff or self.parts:
            return []
        return queries.own_posts_to_ask_for(self.user.access.person_id, self.on)

    @property
    def is_empty(self) -> bool:
        """Nothing to do and nobody to work with yet."""
        return not (self.is_staff or self.parts or self.due)
