"""What steps about people and places share."""

import datetime as dt
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from schools.errors import TransitionError


def not_in_future(day: dt.date | None, on: dt.date, *, field: str, what: str = "Дата") -> None:
    """A fact is recorded on its day or later.

    Raises:
        TransitionError: ``date_in_future``.
    """
    if day is not None and day > on:
        raise TransitionError(
            "date_in_future", f"{what} ещё не наступила: проверьте, что указано.", field=field
        )


@contextmanager
def refusing(code: str, message: str, *, field: str = ""):
    """A savepoint in which a promise of the database that breaks becomes a refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise TransitionError(code, message, field=field) from error


def write(row: Model, fields: list[str] | None = None) -> None:
    """Save ``row``; a constraint that it breaks refuses in its own words.

    Args:
        fields: columns to update; None inserts or writes all of them.

    Raises:
        TransitionError: ``constraint``, with the constraint's own message.
    """
    if hasattr(row, "fill_keys"):
        row.fill_keys()
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise TransitionError("constraint", " ".join(error.messages)) from error
    with refusing("constraint", "Такая запись уже есть: обновите страницу и проверьте."):
        row.save(update_fields=fields)


def apply(row: Model, changes: dict) -> list[str]:
    """Set ``changes`` on ``row`` and say in words what differs: «телефон: — → +7…».

    Returns an empty list when nothing differs. Does not save.
    """
    said = []
    for name, value in changes.items():
        field = row._meta.get_field(name)
        before = getattr(row, name)
        if before == value:
            continue
        was = words(row, name)
        setattr(row, name, value)
        said.append(f"{field.verbose_name}: {was} → {words(row, name)}")
    return said


def words(row: Model, name: str) -> str:
    """The value of a field as a person reads it."""
    value = getattr(row, name)
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)
