"""Facts of one case, written as the steps write them, for tests of what is due."""

import datetime as dt
import itertools

from programs.models import (
    Consent,
    Deadline,
    GroupMember,
    Meeting,
    MentorAppointment,
    MentoringGroup,
    Order,
    OrderLine,
    OrderRegister,
    PlannedEvent,
    Program,
)
from schools import history
from schools.calendar import programme_bounds
from schools.history import Scope
from schools.models import MunicipalityPolicy, SchoolPolicy
from schools.tests.factories import make_curator, make_director, make_post, make_school
from schools.workflow.calendar import load_library

SEPTEMBER = dt.date(2026, 9, 1)  # a Tuesday
_numbers = itertools.count(1)


def d(text: str) -> dt.date:
    """«05.09.2026» as a date."""
    day, month, year = text.split(".")
    return dt.date(int(year), int(month), int(day))


class World:
    """One organisation with a director, a curator, a mentor and a mentee; the case stands
    at a proposal of 1 September 2026 that should start on 14 September. ``beside`` another
    one: a second pair of the same organisation."""

    def __init__(self, *, week=5, beside=None, confirmed=False, calendar=True, **group):
        if calendar and beside is None:
            load_library([2025, 2026, 2027], by=None, on=SEPTEMBER)
        self.school = beside.school if beside else make_school(week=week)
        if confirmed:
            self.district(dates_confirmed=True)
        self.director = beside.director if beside else make_director(self.school).person
        self.curator = beside.curator if beside else make_curator(self.school).person
        self.mentor = make_post(self.school)
        self.mentee = make_post(self.school)
        self.register = OrderRegister.objects.filter(school=self.school).first()
        self.register = self.register or OrderRegister.objects.create(
            school=self.school, name="основная деятельность"
        )
        self.group = MentoringGroup.objects.create(
            **{
                "school": self.school,
                "form": "TEACHER_TEACHER",
                "kinds": ("TRADITIONAL",),
                "why": "первый год работы",
                "curator": self.curator,
                "proposed_on": SEPTEMBER,
                "planned_starts_on": d("14.09.2026"),
                "planned_ends_on": d("31.05.2027"),
                **group,
            }
        )
        self.member = self.add_member(self.mentee)
        self.appointment = self.propose(self.mentor)

    # --- facts, as steps leave them -----------------------------------------------------------

    def district(self, **fields):
        row, _ = MunicipalityPolicy.objects.update_or_create(
            municipality=self.school.municipality, starts_on=d("01.09.2020"), defaults=fields
        )
        return row

    def policy(self, starts_on=None, **fields):
        row, _ = SchoolPolicy.objects.update_or_create(
            school=self.school, starts_on=starts_on or d("01.09.2020"), defaults=fields
        )
        return row

    def add_member(self, post, **fields):
        return GroupMember.objects.create(
            **{
                "group": self.group,
                "post": post,
                "category": "YOUNG_SPECIALIST",
                "proposed_on": self.group.proposed_on,
                **fields,
            }
        )

    def propose(self, post, **fields):
        return MentorAppointment.objects.create(
            **{
                "group": self.group,
                "post": post,
                "proposed_on": self.group.proposed_on,
                "starts_on": self.group.planned_starts_on,
                **fields,
            }
        )

    def consent(self, post, role, signed_on, **fields):
        members = fields.pop("members", [])
        consent = Consent.objects.create(
            group=self.group,
            post=post,
            role=role,
            signed_on=signed_on,
            recorded_on=fields.pop("recorded_on", signed_on),
            **fields,
        )
        consent.members.set(members)
        return consent

    def consents(self, signed_on=None):
        """Of the mentor and of every present mentee, on one day."""
        signed_on = signed_on or d("03.09.2026")
        for member in self.group.members.present():
            self.consent(member.post, "MENTEE", signed_on)
        self.consent(self.mentor, "MENTOR", signed_on, members=self.group.members.present())

    def signed_line(self, action, signed_on, **fields):
        """A line of a signed order about this case."""
        order = Order.objects.create(
            **{
                "register": self.register,
                "kind": "ASSIGN",
                "title": "О закреплении",
                "prepared_on": signed_on,
                "number": f"{next(_numbers)}-од",
                "number_key": f"{next(_numbers)}",
                "signed_on": signed_on,
                "recorded_on": signed_on,
                "year_starts_on": dt.date(signed_on.year, 1, 1),
                "year_ends_on": dt.date(signed_on.year, 12, 31),
                "signatory_position": "директор",
                "signatory_name": "Иванова И. И.",
                "text": "приказываю",
                **fields,
            }
        )
        return OrderLine.objects.create(order=order, group=self.group, action=action)

    def order(self, signed_on=None, appointment=None, **fields):
        """The order about the pair: the appointment is in force, the members have joined."""
        signed_on = signed_on or d("10.09.2026")
        appointment = appointment or self.appointment
        consent = Consent.objects.get(
            group=self.group, post=appointment.post, role="MENTOR", withdrawn_on=None,
            supplements=None,
        )  # fmt: skip
        line = self.signed_line("ASSIGN", signed_on, **fields)
        appointment.consent, appointment.consented_on = consent, consent.signed_on
        appointment.order_line, appointment.ordered_on = line, signed_on
        appointment.save()
        for member in self.group.members.filter(joined_on=None, left_on=None):
            member.joined_on, member.joined_line = appointment.starts_on, line
            member.save()
        return line

    def program(self, *, submitted=None, approved=None, starts="14.09.2026", ends="31.05.2027"):
        """A programme; submitted and approved on the days given, if at all."""
        earliest, latest = programme_bounds(d(starts))
        return Program.objects.create(
            group=self.group,
            goal="цель",
            tasks="задачи",
            opened_on=d("11.09.2026"),
            submitted_on=submitted or approved,
            starts_on=d(starts),
            ends_on=d(ends),
            current_ends_on=d(ends),
            min_ends_on=earliest,
            max_ends_on=latest,
            approved_on=approved,
            approved_position="директор" if approved else "",
            approved_name="Иванова И. И." if approved else "",
        )

    def running(self, **program):
        """Everything up to an approved programme."""
        self.consents()
        self.order()
        return self.program(approved=d("15.09.2026"), **program)

    def event(self, program, due_on, responsible="MENTOR", **fields):
        return PlannedEvent.objects.create(
            program=program, title="урок", due_on=due_on, first_due_on=due_on,
            responsible=responsible, **fields,
        )  # fmt: skip

    def meet(self, program, held_on, appointment=None):
        return Meeting.objects.create(
            program=program,
            appointment=appointment or self.appointment,
            held_on=held_on,
            recorded_on=held_on,
            minutes=45,
            format="IN_PERSON",
            topic="тема",
        )

    # --- what follows -------------------------------------------------------------------------

    def refresh(self, on=None, **scope):
        """What the end of a step does; the case by default."""
        scope = scope or {"cases": [self.group.pk]}
        with history.changing(Scope.of(**scope), by=None, on=on or d("20.11.2026")):
            pass

    def due(self, kind, **filters) -> list[Deadline]:
        """Live rows of ``kind`` after a refresh of the case, by natural key."""
        self.refresh()
        rows = Deadline.objects.live().filter(kind=kind, school=self.school, **filters)
        return list(rows.order_by("subject", "owner", "period"))

    def one(self, kind, **filters) -> Deadline:
        (row,) = self.due(kind, **filters)
        return row


def dates(row: Deadline) -> tuple:
    """(opens, due, done) as people write them."""
    return tuple(day and f"{day:%d.%m.%Y}" for day in (row.opens_on, row.due_on, row.done_on))
