"""A school with one case in each stage that the pages differ by, and clients that look at it."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from django.test import Client

from programs.models import Need
from programs.tests.factories import (
    make_consented,
    make_ordered,
    make_proposal,
)
from programs.tests.factories_programme import make_running, make_sheet
from programs.workflow.addenda import record_addendum
from programs.workflow.meetings import log_meeting
from schools.tests.factories import make_methodologist, make_post, make_school

TODAY = dt.date(2026, 10, 20)
NOON = dt.datetime(2026, 10, 20, 6, tzinfo=dt.UTC)  # 13:00 in Barnaul
PAY = Decimal(17500)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_world() -> SimpleNamespace:
    """``proposal``, ``consented``, ``ordered`` and ``running`` cases of one school."""
    school = make_school()
    need = Need.objects.create(name="Дисциплина на уроке")
    running = make_ordered(school, starts_on=dt.date(2026, 9, 1))
    director, curator = running.director, running.curator
    make_post(school, teaching_years=1, years_as_of=TODAY, subject="физика")
    sheet = make_sheet()
    program = make_running(running.group)
    record_addendum(
        running.appointment, by=curator, on=TODAY, signed_on=dt.date(2026, 8, 31),
        content="помощь", work_form="очно", starts_on=dt.date(2026, 9, 1),
        ends_on=dt.date(2027, 5, 31), pay_kind="ROUBLES", pay_amount=PAY,
        pay_basis="положение об оплате", employer_position="директор",
        employer_name=director.person.full_name,
    )  # fmt: skip
    meeting = log_meeting(
        program, by=running.mentor, on=TODAY, held_on=TODAY, minutes=45, format="IN_PERSON",
        topic="Разбор урока", agreements="Составить план урока", present=running.members,
    )  # fmt: skip
    return SimpleNamespace(
        school=school,
        need=need,
        sheet=sheet,
        director=director,
        curator=curator,
        methodologist=make_methodologist(school.municipality),
        running=running,
        program=program,
        event=program.events.get(),
        meeting=meeting,
        proposal=make_proposal(school),
        consented=make_consented(school),
        ordered=make_ordered(school),
    )
