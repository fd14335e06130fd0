"""Illegal states cannot be stored, on either database: each row is one raw SQL statement.
The statements stand in ``mentorship.tests.illegal``.
"""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from mentorship.tests.illegal import ILLEGAL
from mentorship.tests.raw import delete, run, update
from mentorship.tests.world import HASH, day, lawful_world
from schools import guards

pytestmark = pytest.mark.django_db
OUR_APPS = ["schools", "programs", "monitoring"]


@pytest.fixture
def world():
    return lawful_world()


@pytest.mark.parametrize(
    ("name", "statement"), [i[1:] for i in ILLEGAL], ids=[i[0] for i in ILLEGAL]
)
def test_the_database_refuses(world, name, statement):
    statements = statement(world)
    *before, last = statements if isinstance(statements, list) else [statements]
    for lawful in before:
        run(lawful)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run(last)
    assert re.search(_said_as(name), str(refusal.value)), refusal.value


def _said_as(name: str) -> str:
    """How the database names ``name``: SQLite tells a UNIQUE by its columns."""
    if connection.vendor == "sqlite":
        for model in apps.get_models():
            for constraint in model._meta.constraints:
                if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                    columns = [model._meta.get_field(field).column for field in constraint.fields]
                    table = model._meta.db_table
                    return "UNIQUE .*" + ", ".join(f"{table}.{column}" for column in columns)
    return rf"\b{name}(_on_insert|_on_update)?\b"


def _rows_of(world):
    rows = {}
    for value in [*vars(world).values(), *vars(world.done).values()]:
        if isinstance(value, models.Model):
            rows.setdefault(type(value), value)
    return rows


def _our_models():
    return [m for m in apps.get_models() if m._meta.app_label in OUR_APPS]


def test_no_choice_column_holds_an_unknown_value(world):
    """S5, every column with choices of every model: tried by raw SQL."""
    rows, stored, untried = _rows_of(world), [], []
    for model in _our_models():
        for field in model._meta.concrete_fields:
            if not field.choices:
                continue
            row = rows.get(model) or model.objects.first()
            if row is None:
                untried.append(f"{model.__name__}.{field.name}")
                continue
            wrong = 99 if isinstance(field, models.IntegerField) else "ZZ"[: field.max_length]
            try:
                with transaction.atomic():
                    run(update(row, **{field.attname: wrong}))
            except IntegrityError:
                continue
            stored.append(f"{model.__name__}.{field.name}")
    assert (stored, untried) == ([], [])


def test_no_row_points_nowhere_and_none_is_pulled_from_under_another(world):
    """S22, every foreign key between the rows of the world."""
    stored = []
    for model, row in _rows_of(world).items():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and not _guarded(field):
                try:
                    with transaction.atomic():
                        run(update(row, **{field.attname: 10**9}))
                except IntegrityError:
                    continue
                stored.append(f"{model.__name__}.{field.name}")
    for row in (world.school, world.mentor, world.consent, world.order, world.line, world.group):
        try:
            with transaction.atomic():
                run(delete(row))
        except IntegrityError:
            continue
        stored.append(f"{row!r} deleted")
    assert stored == []


def _guarded(field) -> bool:
    """Its table refuses every change anyway."""
    return field.model._meta.db_table in {"schools_event", "schools_eventsubject"}


def test_no_constraint_needs_what_one_of_the_databases_lacks():
    """S23 and findings 6 and 8: nothing deferrable, no NULLS NOT DISTINCT, no date functions."""
    wrong = [
        constraint.name
        for model in _our_models()
        for constraint in model._meta.constraints
        if not isinstance(constraint, (models.UniqueConstraint, models.CheckConstraint))
        or getattr(constraint, "deferrable", None)
        or getattr(constraint, "nulls_distinct", None) is not None
        or re.search(r"__(year|month|day|date)\b", str(constraint))
    ]
    assert wrong == []


def test_every_guard_is_shown_to_refuse():
    shown = {name for _, name, _ in ILLEGAL}
    unshown = {
        guard.name
        for guard in guards.all_guards()
        if not {guard.name, re.sub(r"_on_(insert|update)$", "", guard.name)} & shown
    }
    assert unshown == set()


def test_lawful_changes_pass_the_guards(world):
    """The guards are not in the way of what steps do every day."""
    run(update(world.line, cancelled_by_id=world.done.order.pk))
    run(update(world.appointment, ends_on=day(12, 31), end_reason="замена"))
    run(update(world.member, left_on=day(12, 31), left_ground="OTHER"))
    run(delete(world.value))
    run(update(world.draft, dropped_on=day(10, 2)))
    run(update(world.device, token_hash=HASH))
