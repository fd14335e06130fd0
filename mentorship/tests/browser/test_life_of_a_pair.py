"""The whole lawful life of one pair, driven by five people: from a staff list to the closing."""

from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from mentorship.tests.browser.hands import PASSWORD
from mentorship.tests.browser.life import PAY, Life, noon
from programs.defaults import load_dictionaries
from schools.calendar import horizon
from schools.tests.factories import (
    make_director,
    make_methodologist,
    make_municipality,
    make_person,
    make_school,
)
from schools.workflow.calendar import load_library

DESK, PHONE = 1280, 360


@pytest.fixture
def clock():
    """The server's clock; browsers keep their own."""
    with time_machine.travel(noon(2026, 9, 7), tick=True) as traveller:
        yield traveller


@pytest.fixture
def place(transactional_db, clock):
    """A municipality with its methodologist and a school where nobody but the director is."""
    load_dictionaries()
    load_library([2026, 2027], by=None)
    municipality = make_municipality(horizon_on=horizon(timezone.localdate()))
    school = make_school(
        municipality=municipality,
        full_name="Муниципальное казённое общеобразовательное учреждение «Озёрская СОШ»",
        short_name="Озёрская СОШ",
    )
    names = {"last_name": "Орлова", "first_name": "Вера", "patronymic": "Ивановна"}
    director = make_director(school, person=make_person(**names))
    return SimpleNamespace(
        school=school, director=director, methodologist=make_methodologist(municipality)
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    "desk", [pytest.param(DESK, marks=pytest.mark.browser_core), pytest.param(PHONE)]
)
def test_a_pair_lives_from_the_staff_list_to_its_closing(
    live_server, open_page, clock, place, tmp_path, desk
):
    life = Life(open_page, live_server.url, desk, clock, tmp_path)
    life.director.account = (place.director.login, PASSWORD)
    life.methodologist.account = (place.methodologist.login, PASSWORD)

    life.director.sign_in(*life.director.account)
    life.import_staff()
    life.hand_out_codes()
    life.ask_and_propose()
    printed = life.print_consents()
    life.record_consents()
    life.record_addendum()
    life.order()
    life.write_program()
    life.agree_and_approve()

    life.come_back(2026, 9, 24)
    taps = life.log_meeting()
    life.confirm_meeting()
    life.settle_event()

    life.come_back(2027, 6, 1)
    life.evaluate()
    life.close()
    life.watch()

    assert "Дьячкова Алёна Петровна" in printed
    assert taps <= 8
    for person in (life.director, life.mentor, life.mentee):
        assert "завершена" in life.open_pair(person).words()
    seen = life.methodologist.words()
    assert "завершена" in seen
    assert "Дополнительное соглашение" not in seen
    assert PAY not in seen.replace("\xa0", "")
    assert PAY in life.open_pair(life.curator).words()
    call_command("rebuild", "deadlines", "--check")
