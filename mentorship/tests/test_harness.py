"""The harness itself: guards in every test database, files out of the way."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from schools import guards
from schools.history import Scope, changing
from schools.models import Event, Region


def _one_event():
    with changing(Scope(), by=None, on=timezone.localdate()) as change:
        change.record("record_added", Region.objects.create(name="Край"), what="Регион")


@pytest.mark.django_db
def test_guards_stand_in_the_test_database():
    assert guards.missing("default") == []


@pytest.mark.parametrize("_twice", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_emptied_between_tests_and_guarded_again(_twice):
    assert not Event.objects.exists()
    assert guards.missing("default") == []
    _one_event()


@pytest.mark.needs("sqlite")
@pytest.mark.django_db
def test_sqlite_is_a_file_in_wal_mode():
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode == "wal"
    assert Path(settings.DATABASES["default"]["NAME"]).is_file()


def test_files_of_a_run_stay_in_its_own_folder():
    assert settings.FILES_ROOT.is_relative_to(settings.VAR_DIR / "test")


def test_every_pass_of_the_suite_was_run():
    """`make test` names here the servers that did not answer."""
    left_out = os.environ.get("TEST_PASSES_LEFT_OUT", "")
    if left_out and os.environ.get("REQUIRE_SERVICES") != "1":
        pytest.skip(left_out)
    assert left_out == ""
