"""Pages of accounts in a real browser: the way in, nothing that keeps somebody out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from schools.tests.factories import make_curator, make_director, make_post, make_school
from schools.workflow.accounts import issue_sign_in_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school():
    return make_school(short_name="МБОУ «Степновская СОШ имени Героя Советского Союза Петрова»")


def sign_in(page, live_server, user, follow):
    page.goto(live_server.url + reverse("login"))
    page.get_by_label("Почта или короткий логин").fill(user.login)
    page.get_by_label("Пароль").fill("secret-password")
    follow(page.get_by_role("button", name="Войти"))


def problems(page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    root = "document.documentElement"
    if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
        found.append("wider than the screen")
    return found


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_accounts_fit_and_read_well(open_page, live_server, school, follow, width):
    director = make_director(school)
    make_curator(school)
    page = open_page(width=width)
    for name in ("login", "code-enter", "password-reset", "password-reset-sent"):
        page.goto(live_server.url + reverse(name))
        assert problems(page) == [], name

    sign_in(page, live_server, director, follow)
    for name, args in (
        ("profile", []), ("profile-contacts", []), ("profile-email", []), ("password-change", []),
        ("access-school", [school.pk]), ("role-give", [school.pk]),
        ("access-hand-over", [school.pk]),
    ):  # fmt: skip
        page.goto(live_server.url + reverse(name, args=args))
        assert page.url == live_server.url + reverse(name, args=args)  # and not the login
        assert problems(page) == [], name


@pytest.mark.browser_core
def test_the_first_sign_in_from_the_printed_sheet_without_javascript(
    open_page, live_server, school, settings, follow
):
    settings.SITE_URL = live_server.url
    teacher = make_post(school).person
    code = issue_sign_in_code(teacher, by=make_curator(school), on=timezone.localdate()).code
    page = open_page(width=360, java_script_enabled=False)

    page.goto(live_server.url + reverse("login"))
    follow(page.get_by_role("link", name="Вхожу впервые"))
    page.get_by_label("Код с листка").fill(code.lower())
    follow(page.get_by_role("button", name="Дальше"))
    page.get_by_label("Новый пароль", exact=False).first.fill("tikhaya-reka-47")
    page.get_by_label("Новый пароль ещё раз").fill("tikhaya-reka-47")
    follow(page.get_by_role("button", name="Сохранить пароль и войти"))

    page.goto(live_server.url + reverse("profile"))
    assert page.get_by_role("heading", name=teacher.full_name).is_visible()
