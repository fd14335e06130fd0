"""The first administrator and municipality of an empty installation."""

import pytest
from django.core.management import CommandError, call_command

from schools.models import Event, Municipality, Region, User

pytestmark = pytest.mark.django_db
ANSWERS = {
    "login": "admin@edu.example",
    "region": "Алтайский край",
    "municipality": "Степной район",
    "authority": "Комитет по образованию Степного района",
    "time_zone": "Asia/Barnaul",
}


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("SETUP_PASSWORD", "длинный-пароль-7")


def test_one_command_makes_the_administrator_and_the_municipality(client):
    call_command("setup_district", **ANSWERS)
    district = Municipality.objects.get()
    assert (district.name, district.region.name) == ("Степной район", "Алтайский край")
    assert district.horizon_on > district.local_day()
    assert Event.objects.get().chain.name == f"municipality:{district.pk}"
    assert client.login(username="ADMIN@edu.example", password="длинный-пароль-7")
    assert User.objects.get().is_superuser


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"time_zone": "Барнаул"}, "часового пояса"),
        ({"municipality": None}, "--municipality"),
        ({"login": "admin@edu"}, "почт"),
    ],
)
def test_a_wrong_answer_leaves_nothing_behind(wrong, words):
    with pytest.raises(CommandError, match=words):
        call_command("setup_district", **(ANSWERS | wrong))
    assert not User.objects.exists()
    assert not Region.objects.exists()


def test_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setenv("SETUP_PASSWORD", "12345")
    with pytest.raises(CommandError, match="парол"):
        call_command("setup_district", **ANSWERS)
    assert not User.objects.exists()
