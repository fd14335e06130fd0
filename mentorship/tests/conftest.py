"""The world of access, built once for each module that asks for it."""

import pytest
import time_machine
from django.db import transaction

from mentorship.tests import access_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """``access_world.build()`` in a transaction that is never committed.

    Tests read it together; what a test changes is rolled back with the test.
    """
    with (
        django_db_blocker.unblock(),
        time_machine.travel(access_world.NOW, tick=True),
        transaction.atomic(),
    ):
        yield access_world.build()
        transaction.set_rollback(True)
