"""The page of a long task tells its progress by itself, with scripts and without, aloud once."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from schools import jobs, registry
from schools.registry import JobKind
from schools.tests.factories import make_director, make_school

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def job(monkeypatch):
    """A task of three steps that waits."""

    def work(job, report):
        for step in range(3):
            report(step, 3)
        return {}

    kind = JobKind(work, lambda job: reverse("profile"), "Проба")
    monkeypatch.setitem(registry.job_kinds, "test", kind)
    return jobs.start("test", owner=make_director(make_school()), params={}, title="Приказ № 5")


@pytest.fixture
def opened(live_server, open_page, job):
    """``opened(width, …)``: the page of the task, before its owner."""

    def of(width, **options):
        client = Client()
        client.force_login(job.owner)
        page = open_page(width=width, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(live_server.url + reverse("job-detail", args=[job.pk]))
        return page

    return of


def test_the_end_of_a_task_shows_and_is_said_without_a_reload(opened, job):
    page = opened(360)
    said = page.locator("#job-said")
    expect(said).to_be_empty()
    page.evaluate("window.stayed = true; document.getElementById('job-said').stayed = true")
    expect(page.get_by_text("В очереди")).to_be_visible()

    jobs.run(job.pk)
    expect(page.get_by_role("link", name="Скачать")).to_be_visible()
    expect(said).to_have_text("Готово.")
    assert page.evaluate("window.stayed && document.getElementById('job-said').stayed")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_page_asks_again_by_itself(opened, job):
    page = opened(360, java_script_enabled=False)
    expect(page.get_by_text("В очереди")).to_be_visible()
    jobs.run(job.pk)
    expect(page.get_by_role("link", name="Скачать")).to_be_visible()


def test_a_task_is_cancelled_by_its_button_and_repeated(opened, job):
    page = opened(1280)
    page.get_by_role("button", name="Отменить").click()
    expect(page.locator("#job").get_by_text("Подготовка отменена.")).to_be_visible()
    page.get_by_role("button", name="Повторить").click()
    expect(page.get_by_text("В очереди")).to_be_visible()
