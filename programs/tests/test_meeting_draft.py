"""The record of a meeting on a phone: few taps, and nothing typed is lost."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.utils import timezone

from programs.models import Meeting
from programs.tests.factories import make_ordered
from programs.tests.factories_programme import make_running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def program():
    """A case at work today: the browser's clock is the real one."""
    today = timezone.localdate()
    start = today - dt.timedelta(days=40)
    case = make_ordered(
        on=start, consented_on=start, ordered_on=start, starts_on=start,
        ends_on=start + dt.timedelta(days=200),
    )  # fmt: skip
    program = make_running(case.group, on=start)
    return case, program


def sign_in(page, live_server, user):
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": user, "url": live_server.url}]
    )


def session_of(client, user) -> str:
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_draft_survives_a_reload_and_a_saved_record_leaves_none(
    live_server, open_page, client, program
):
    case, _ = program
    page = open_page(width=360)
    sign_in(page, live_server, session_of(client, case.mentor))
    address = f"{live_server.url}/pairs/{case.group.pk}/meetings/log/"
    page.goto(address)
    page.fill("[name=topic]", "Разбор урока математики")
    page.get_by_text("60", exact=True).click()
    note = page.locator("[data-draft-note]")
    note.filter(has_text=re.compile(r"сохранён в \d\d:\d\d")).wait_for()
    page.goto(address)
    assert page.input_value("[name=topic]") == "Разбор урока математики"
    assert page.is_checked("[name=minutes][value='60']")
    page.get_by_role("button", name="Сохранить запись").click()
    page.get_by_text("Запись сохранена").wait_for()
    page.goto(address)
    assert page.input_value("[name=topic]") == ""
    assert Meeting.objects.get().minutes == 60
