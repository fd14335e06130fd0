"""A school with a case in each stage that the pages differ by, and clients that look at it."""

import datetime as dt
from decimal import Decimal
from functools import cached_property

from django.test import Client

from programs.tests.factories import make_consented, make_ordered, make_proposal
from programs.tests.factories_programme import make_running, make_sheet
from programs.workflow.addenda import record_addendum
from programs.workflow.meetings import log_meeting
from schools.tests.factories import make_methodologist, make_post, make_school

TODAY = dt.date(2026, 10, 20)
NOON = dt.datetime(2026, 10, 20, 6, tzinfo=dt.UTC)  # 13:00 in Barnaul
STARTS, ENDS = dt.date(2026, 9, 1), dt.date(2027, 5, 31)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


class World:
    """Each case is made at its first mention: a test pays for what it names.

    ``running`` is at work, with a plan, an addendum and one record of a meeting.
    """

    def __init__(self):
        self.school = make_school()
        self.young = make_post(self.school, teaching_years=1, years_as_of=TODAY, subject="физика")
        self.running = make_ordered(self.school, starts_on=STARTS)
        self.director, self.curator = self.running.director, self.running.curator
        self.program = make_running(self.running.group)
        self.event = self.program.events.get()

    @cached_property
    def addendum(self):
        return record_addendum(
            self.running.appointment, by=self.curator, on=TODAY, signed_on=dt.date(2026, 8, 31),
            content="помощь", work_form="очно", starts_on=STARTS, ends_on=ENDS,
            pay_kind="ROUBLES", pay_amount=Decimal(17500), pay_basis="положение об оплате",
            employer_position="директор", employer_name=self.director.person.full_name,
        )  # fmt: skip

    @cached_property
    def meeting(self):
        return log_meeting(
            self.program, by=self.running.mentor, on=TODAY, held_on=TODAY, minutes=45,
            format="IN_PERSON", topic="Разбор урока", agreements="Составить план урока",
            present=self.running.members,
        )  # fmt: skip

    @cached_property
    def proposal(self):
        return make_proposal(self.school)

    @cached_property
    def consented(self):
        return make_consented(self.school)

    @cached_property
    def ordered(self):
        return make_ordered(self.school)

    @cached_property
    def methodologist(self):
        return make_methodologist(self.school.municipality)

    @cached_property
    def sheet(self):
        return make_sheet()
