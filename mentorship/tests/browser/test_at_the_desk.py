"""A pair that already runs on paper is entered at once; what matters works without scripts and
from the keyboard."""

import datetime as dt

import pytest
import time_machine

from mentorship.tests.browser.hands import Hands
from programs.models import MentoringGroup
from programs.tests.factories import make_proposal
from programs.tests.page_world import NOON, World
from schools.tests.factories import make_curator, make_director, make_person, make_post, make_school

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("today", "transactional_db")]
PLAIN = {"java_script_enabled": False}
SECRET = "secret-password"  # of every account that factories make


@pytest.fixture
def today():
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def hands(live_server, open_page):
    """``hands(user, width=…)``: that person, signed in by the door."""

    def of(user, width=1280, **options):
        page = open_page(width=width, **options)
        return Hands(page, live_server.url).sign_in(user.login, SECRET)

    return of


def _named(last_name):
    return make_person(last_name=last_name, first_name="Анна", patronymic="Петровна")


def test_a_pair_that_runs_on_paper_is_entered_in_three_minutes(hands):
    school = make_school()
    make_director(school)
    curator = make_curator(school)
    make_post(school, person=_named("Старова"), teaching_years=20)
    make_post(school, person=_named("Юнова"), teaching_years=1)
    me = hands(curator)

    with me.counted() as taps:
        me.press("Внести действующую пару")
        me.choose("Наставник", "Старова")
        me.choose("Наставляемый", "Юнова")
        me.type_in("Согласие наставника подписано", "2026-08-28")
        me.type_in("Согласие наставляемого подписано", "2026-08-28")
        me.type_in("Номер приказа", "12-од").type_in("Дата приказа", "2026-08-31")
        me.type_in("Программа утверждена", "2026-09-04")
        me.type_in("Цель программы", "Уверенно вести уроки")
        me.type_in("Задачи программы", "Планирование, дисциплина, оценивание")
        me.press("Внести пару")
    me.sees("Путь пары")

    assert taps() <= 25
    assert "реализуется" in me.words()
    group = MentoringGroup.objects.get()
    assert group.appointments.get().ordered_on == dt.date(2026, 8, 31)


def test_a_meeting_is_recorded_without_scripts(hands):
    world = World()
    me = hands(world.running.mentor, 360, **PLAIN)

    me.press("Записать встречу").type_in("Тема", "Разбор урока").press("Сохранить запись")

    me.sees("Запись сохранена.")
    assert world.program.meetings.filter(topic="Разбор урока").count() == 1


def test_consents_and_the_order_are_recorded_without_scripts(hands):
    case = make_proposal()
    me = hands(case.curator, **PLAIN)

    def open_pair():
        me.go("Пары")
        pair = me.page.locator("main").get_by_role("link").filter(has_text="→").first
        me.follow(pair, "→")

    for link in ("Письменное согласие наставника", "Согласие наставляемого"):
        open_pair()
        me.press("Отметить подписание", within=link)
        me.follow(me.page.get_by_role("button", name="Отметить подписание"), "Отметить подписание")
    me.press("Подготовить приказ", within="Приказ о закреплении").press("Подготовить приказ")
    me.press("Отметить подписание").type_in("Номер приказа", "1-од")
    me.press("Отметить подписание").sees("Приказ подписан")

    assert case.group.appointments.get().ordered_on == dt.date(2026, 10, 20)


def _focused(page) -> str:
    return page.evaluate("(document.activeElement.innerText || document.activeElement.name).trim()")


def _has_outline(page) -> bool:
    """The focused thing looks different from the same thing without focus."""
    look = """() => {
        const e = document.activeElement
        const all = () => { const s = getComputedStyle(e); return s.outline + s.boxShadow }
        const focused = all()
        e.blur()
        const plain = all()
        e.focus()
        return focused !== plain
    }"""
    return page.evaluate(look)


def test_a_meeting_is_recorded_from_the_keyboard_alone(hands):
    world = World()
    me = hands(world.running.mentor)
    page = me.sees("Что сделать").page

    page.keyboard.press("Tab")
    assert _focused(page) == "К содержанию"
    page.keyboard.press("Enter")
    page.wait_for_url("**/#content")
    page.keyboard.press("Tab")
    assert _focused(page) == "Перейти"  # the next step is the first thing of the page

    me.press("Записать встречу")
    page.get_by_label("Когда").focus()
    unseen, met = [], [_focused(page)]
    while "Сохранить запись" not in met and len(met) < 60:
        page.keyboard.press("Tab")
        now = _focused(page)
        if now not in met and not _has_outline(page):  # a day has several stops of its own
            unseen.append(now)
        if now == "topic" and now not in met:
            page.keyboard.type("Разбор урока")
        met.append(now)
    page.keyboard.press("Enter")

    me.sees("Запись сохранена.")
    assert unseen == []
