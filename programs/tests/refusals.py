"""A refusal is part of a rule: the code, and that nothing has changed."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection

from programs.errors import DomainError


def facts() -> dict:
    """Every row of cases and of their history, as plain values."""
    models = [*apps.get_app_config("programs").get_models(include_auto_created=True)]
    models.append(apps.get_model("schools", "Event"))
    found = {}
    with connection.cursor() as cursor:  # past the models: this is read before and after each step
        for model in models:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")
            found[model._meta.label] = cursor.fetchall()
    return found


@contextmanager
def refused(code: str, field: str | None = None):
    """The step inside raises a refusal with ``code`` (at ``field``) and changes nothing."""
    before = facts()
    with pytest.raises(DomainError) as caught:
        yield caught
    assert caught.value.code == code, caught.value.message
    if field is not None:
        assert caught.value.field == field
    assert facts() == before
