"""The product stands up: settings that refuse in one line, health, pages without a database."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from schools import pulse
from schools.models import Heartbeat
from schools.tests.factories import make_director, make_school

PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "mentors.example"}


def _check(**environment):
    """`manage.py check` in a process of its own, with nothing else set."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PORT": "abc"}, "PORT='abc'"),
        ({"PORT": "70000"}, "PORT='70000'"),
        ({"DEBUG": "maybe"}, "DEBUG='maybe'"),
        ({"DEBUG": "0", "ALLOWED_HOSTS": "mentors.example"}, "SECRET_KEY is missing"),
        ({"DEBUG": "0", "SECRET_KEY": "k" * 60}, "ALLOWED_HOSTS is missing"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL:"),
        ({"DATABASE_URL": "postgres://user@host:port/x"}, "DATABASE_URL:"),
        ({"BROKER_URL": "amqp://localhost"}, "BROKER_URL:"),
        ({"EMAIL_URL": "carrier-pigeon"}, "EMAIL_URL:"),
        ({"FILES_URL": "/folder"}, "FILES_URL:"),
        ({"SITE_URL": "mentors.example"}, "SITE_URL"),
        ({**PRODUCTION, "DEMO_PASSWORD": ""}, ""),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_clear_line(environment, words):
    result = _check(**environment)
    lines = result.stderr.strip().splitlines()
    if not words:
        assert result.returncode == 0, result.stderr
        return
    assert result.returncode == 1
    assert len(lines) == 1, result.stderr
    assert words in lines[0]


def _alive(*names, ago=0):
    for name in names:
        Heartbeat.objects.update_or_create(
            name=name, defaults={"at": timezone.now() - timezone.timedelta(seconds=ago)}
        )


WORKERS = [pulse.worker_row(queue) for queue in settings.WORKER_QUEUES]


@pytest.fixture
def broker_folder(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_folder")
def test_health_is_public_and_green_when_every_part_lives(client):
    _alive(*WORKERS, pulse.BEAT, pulse.TICK)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    parts = ["database", "broker", "worker", "beat", "storage", "letters"]
    assert answer.json() == dict.fromkeys(parts, "ok")


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_folder")
@pytest.mark.parametrize(
    ("dead", "down"),
    [
        ([pulse.BEAT], "beat"),
        ([WORKERS[0]], "worker"),
        ([WORKERS[1]], "worker"),
    ],
)
def test_health_tells_a_dead_worker_from_a_dead_beat_within_a_minute(client, dead, down):
    _alive(*WORKERS, pulse.BEAT, pulse.TICK)
    _alive(*dead, ago=60)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert [name for name, state in answer.json().items() if state == "down"] == [down]


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_folder")
def test_health_sees_a_worker_that_lives_but_takes_no_work(client):
    _alive(*WORKERS, pulse.BEAT)
    _alive(pulse.TICK, ago=700)
    assert client.get("/healthz").json()["worker"] == "down"


@pytest.mark.django_db
def test_health_sees_a_broker_that_is_away(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert client.get("/healthz").json()["broker"] == "down"


@pytest.mark.django_db
def test_health_sees_a_folder_that_cannot_be_written(client, settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    (tmp_path / "file").write_text("")
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path / "file")}
    assert client.get("/healthz").json()["broker"] == "down"


def _away(execute, sql, params, many, context):
    raise OperationalError("unable to open database file")


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_folder")
def test_health_answers_json_while_the_database_is_away(client):
    with connection.execute_wrapper(_away):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "down"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/", "/accounts/login/"])
def test_a_page_is_503_with_retry_after_while_the_database_is_away(address):
    client = Client(raise_request_exception=False)
    client.force_login(make_director(make_school()))
    with connection.execute_wrapper(_away):
        answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "недоступ" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_query_is_not_taken_for_a_database_that_is_away():
    client = Client(raise_request_exception=False)
    client.force_login(make_director(make_school()))

    def wrong(*args):
        raise OperationalError("no such column: nothing")

    if connection.vendor == "sqlite":
        with connection.execute_wrapper(wrong):
            assert client.get("/admin/").status_code == 500


@pytest.mark.django_db
def test_no_check_warns_of_a_constraint_that_this_database_leaves_out():
    """W036 to W039, W044 and W047 among them; nothing of the kind is silenced."""
    call_command("check", fail_level="WARNING", databases=["default"])
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W005", "security.W021"]
