"""Everything that the page of one case shows to one person.

Rows are read once and lazily; who the person is in this case decides what is read at all.
"""

import datetime as dt
from functools import cached_property

from django.db.models import Prefetch

from programs import permissions as may
from programs import queries
from programs.choices import ConsentRole
from programs.models import (
    Attendance,
    Consent,
    ContractAddendum,
    Deadline,
    HelpRequest,
    Meeting,
    MentoringGroup,
    OrderLine,
    Program,
    TerminationNotice,
)
from programs.states import with_state
from schools.history import Line
from schools.models import SchoolPolicy

# Events of the mentor's own contract: the organisation's and the mentor's business.
CONTRACT_EVENTS = {"addendum_recorded", "notice_by_mentor", "notice_by_employer"}


class CaseFile:
    """One case as ``user`` may read it on the local day ``on``."""

    def __init__(self, group: MentoringGroup, user, on: dt.date):
        self.group, self.user, self.on = group, user, on

    # --- who is looking ---

    @cached_property
    def is_staff(self) -> bool:
        return may.is_staff_of(self.user, self.group.school)

    @cached_property
    def is_mentor(self) -> bool:
        return any(
            a.post.person_id == self.user.access.person_id for a in self.appointments_in_force
        )

    @cached_property
    def takes_part(self) -> bool:
        """Proposed or present in the case: sees its people and plan."""
        own = self.user.access.person_id
        present = [m for m in self.every_member if m.left_on is None or not self.runs]
        rows = [*present, *(a for a in self.every_appointment if self._open(a))]
        return any(row.post.person_id == own for row in rows)

    @cached_property
    def is_inspector_only(self) -> bool:
        return not self.is_staff and not self.own_rows

    @cached_property
    def own_rows(self) -> list:
        own = self.user.access.person_id
        rows = (*self.every_appointment, *self.every_member)
        return [r for r in rows if r.post.person_id == own]

    @cached_property
    def until(self) -> dt.date | None:
        """Last day of a former participant: later facts are not theirs. None: no limit."""
        if self.is_staff or self.takes_part or not self.own_rows:
            return None
        if self.user.access.municipality_ids and may.is_inspector_of(self.user, self.group.school):
            return None
        days = [getattr(r, "ends_on", None) or getattr(r, "left_on", None) for r in self.own_rows]
        return max((day for day in days if day), default=self.group.proposed_on)

    @cached_property
    def sees_contacts(self) -> bool:
        return self.is_staff or self.takes_part

    @cached_property
    def sees_pay(self) -> bool:
        return self.is_staff or self.is_mentor

    @cached_property
    def sees_meetings(self) -> bool:
        return not self.is_inspector_only

    @cached_property
    def runs(self) -> bool:
        """Neither withdrawn nor closed."""
        return self.group.withdrawn_on is None and self.group.closed_on is None

    def may_act(self, allowed: bool) -> bool:
        """A button is offered: the verb is allowed and the case is alive."""
        return allowed and self.runs and self.until is None

    # --- rows ---

    def _knows(self, came_on: dt.date) -> bool:
        """A former participant does not meet who came later."""
        return self.until is None or came_on <= self.until

    @cached_property
    def appointments(self) -> list:
        return [a for a in self.every_appointment if self._knows(a.starts_on)]

    @cached_property
    def every_appointment(self) -> list:
        return list(
            self.group.appointments.filter(dropped_on=None)
            .select_related("post__person", "post__school", "partner", "order_line__order")
            .order_by("starts_on", "pk")
        )

    @cached_property
    def title(self) -> str:
        """«Иванова М. П. → Петров А. С.», from the rows that the page has anyway."""
        self.group.mentor_rows = self.appointments[::-1]
        self.group.member_rows = self.known_members
        return queries.title(self.group)

    @staticmethod
    def _open(appointment) -> bool:
        return appointment.ends_on is None

    @cached_property
    def appointments_in_force(self) -> list:
        return [
            a
            for a in self.appointments
            if a.ordered_on
            and a.starts_on <= self.on
            and (a.ends_on is None or a.ends_on >= self.on)
        ]

    @property
    def shown_appointments(self) -> list:
        """Proposals are no matter of a former participant."""
        return [a for a in self.appointments if a.ordered_on or self.until is None]

    @cached_property
    def proposed(self):
        """The mentor proposed and not ordered yet: the first one, or who is to follow."""
        return next((a for a in self.appointments if a.ordered_on is None), None)

    @property
    def was_ordered(self) -> bool:
        """An order has once appointed a mentor: from then on changes are made by orders."""
        return any(a.ordered_on for a in self.appointments)

    @cached_property
    def mentor(self):
        """The appointment that the page speaks of: in force, else proposed, else the last."""
        ordered = [a for a in self.appointments if a.ordered_on]
        current = self.appointments_in_force or [a for a in ordered if self._open(a)]
        standing_in = [a for a in current if a.temporary]
        return (
            next(iter(standing_in or current), None)
            or self.proposed
            or (ordered[-1] if ordered else None)
        )

    @cached_property
    def every_member(self) -> list:
        return list(
            self.group.members.select_related("post__person", "post__school", "joined_line__order")
        )

    @cached_property
    def members(self) -> list:
        """Proposed and present."""
        if self.runs:
            return [m for m in self.known_members if m.left_on is None]
        return self.known_members

    @cached_property
    def known_members(self) -> list:
        return [m for m in self.every_member if self._knows(m.proposed_on)]

    @cached_property
    def is_pair(self) -> bool:
        return len(self.members) < 2

    @cached_property
    def consents(self) -> list:
        rows = Consent.objects.in_force().filter(group=self.group)
        return list(rows.order_by("signed_on", "pk"))

    def consent_of(self, row, role: str):
        """The consent in force of an appointment's or a member's post; None while missing."""
        found = (c for c in self.consents if c.post_id == row.post_id and c.role == role)
        return next(found, None)

    @cached_property
    def missing_consents(self) -> list[tuple[str, object]]:
        """[(role, post)] of consents that an order still needs."""
        missing = []
        target = self.proposed
        if target is not None and self.consent_of(target, ConsentRole.MENTOR) is None:
            missing.append((ConsentRole.MENTOR, target.post))
        missing += [
            (ConsentRole.MENTEE, m.post)
            for m in self.members
            if m.joined_on is None and self.consent_of(m, ConsentRole.MENTEE) is None
        ]
        missing += self._unnamed
        return missing

    @cached_property
    def _unnamed(self) -> list:
        """A member proposed later whom no consent of the working mentor names yet."""
        mentor = next((a for a in self.appointments if a.ordered_on and self._open(a)), None)
        waiting = [m for m in self.members if m.joined_on is None]
        if mentor is None or not waiting:
            return []
        named = set(
            Consent.objects.in_force()
            .filter(group=self.group, post=mentor.post_id, role=ConsentRole.MENTOR)
            .values_list("members", flat=True)
        )
        unnamed = [m for m in waiting if m.pk not in named]
        return [(ConsentRole.MENTOR, mentor.post)] if unnamed else []

    @cached_property
    def addenda(self) -> list:
        if not self.sees_pay:
            return []
        return list(
            ContractAddendum.objects.visible_to(self.user)
            .filter(appointment__group=self.group)
            .order_by("signed_on", "pk")
        )

    @cached_property
    def notices(self) -> list:
        if not self.sees_pay:
            return []
        return list(
            TerminationNotice.objects.visible_to(self.user).filter(appointment__group=self.group)
        )

    @cached_property
    def draft_lines(self) -> list:
        """Points about this case in orders that are not signed yet."""
        return list(
            OrderLine.objects.filter(
                group=self.group, dropped_on=None, order__signed_on=None, order__dropped_on=None
            ).select_related("order")
        )

    @cached_property
    def programs(self) -> list[Program]:
        return list(self.group.programs.order_by("-opened_on", "-pk"))

    @cached_property
    def program(self) -> Program | None:
        """The open programme, else the last one."""
        return next((p for p in self.programs if p.closed_on is None), None) or next(
            iter(self.programs), None
        )

    @cached_property
    def agreements(self) -> set[int]:
        """Members who agreed to the programme's present version."""
        if self.program is None or self.program.submitted_on is None:
            return set()
        rows = self.program.agreements.filter(version=self.program.version)
        return set(rows.values_list("member_id", flat=True))

    @cached_property
    def pause(self):
        """The open pause, None while at work."""
        if self.program is None:
            return None
        return self.program.pauses.filter(resumed_on=None).first()

    @cached_property
    def events(self) -> list:
        if self.program is None:
            return []
        events = self.program.events.select_related("need", "direction")
        return [e for e in events if self.until is None or e.due_on <= self.until]

    @cached_property
    def open_events(self) -> list:
        return [e for e in self.events if not e.outcome]

    def meetings(self):
        """Records that this person may read, newest first (queryset)."""
        return (
            Meeting.objects.visible_to(self.user)
            .filter(program__group=self.group)
            .select_related("event")
            .prefetch_related(
                Prefetch(
                    "attendance",
                    queryset=Attendance.objects.select_related(
                        "member__post__person", "member__post__unit"
                    ),
                )
            )
        )

    @cached_property
    def last_meetings(self) -> list:
        if not self.sees_meetings or self.program is None or self.program.approved_on is None:
            return []
        return list(self.meetings().held().prefetch_related(None)[:3])

    @cached_property
    def evaluation(self):
        """The summary of the programme's evaluation, None before it."""
        if self.program is None or self.program.evaluated_on is None:
            return None
        return self.program.evaluations.filter(member=None).first()

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """What is due in this case: all of it for the organisation, one's own for the pair."""
        if self.until is not None or not self.runs:
            return []
        return list(
            Deadline.objects.visible_to(self.user).open(self.on).filter(group=self.group)
            .select_related("person", "school", "group")
            .order_by("due_on", "pk")
        )  # fmt: skip

    @cached_property
    def help_requests(self) -> list:
        if self.is_inspector_only or self.until is not None:
            return []
        return list(
            HelpRequest.objects.visible_to(self.user)
            .filter(group=self.group)
            .select_related("member__post__person", "group__school")[:10]
        )

    @cached_property
    def remarks(self) -> list:
        if self.until is not None:
            return []
        return list(self.group.remarks.select_related("author__person", "group__school")[:10])

    def history(self) -> list[Line]:
        """What happened, newest first, without the papers that this person may not see."""
        hidden = set() if self.is_staff else {"paper_printed"}
        if not self.sees_pay:
            hidden |= CONTRACT_EVENTS
        return [
            line
            for line in queries.history_of(self.group, self.user)
            if line.kind not in hidden and (self.until is None or line.on <= self.until)
        ]

    @cached_property
    def requests(self) -> list:
        return list(self.group.requests.all())

    @cached_property
    def policy(self) -> SchoolPolicy:
        rows = SchoolPolicy.objects.in_force(self.on).filter(school=self.group.school_id)
        return rows.first() or SchoolPolicy(school=self.group.school, starts_on=self.on)


def cases(user, on: dt.date):
    """Cases that ``user`` sees, with their state and what every page about one needs."""
    groups = MentoringGroup.objects.visible_to(user)
    return with_state(groups, on).select_related("school__municipality", "curator")


def own_member(case: CaseFile):
    """The person's own row among the present mentees."""
    own = case.user.access.person_id
    return next((m for m in case.members if m.post.person_id == own and m.joined_on), None)
