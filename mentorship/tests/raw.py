"""Raw SQL made from rows: no model code looks at the values."""

from django.db import connection


def _columns(row, values: dict) -> dict:
    """{column: value as the driver wants it}."""
    known = {field.attname: field for field in row._meta.concrete_fields}
    return {
        known[name].column: known[name].get_db_prep_save(value, connection)
        for name, value in values.items()
    }


def update(row, **values) -> tuple[str, list]:
    columns = _columns(row, values)
    sets = ", ".join(f'"{column}" = %s' for column in columns)
    return f'UPDATE "{row._meta.db_table}" SET {sets} WHERE id = %s', [*columns.values(), row.pk]


def copy(row, **values) -> tuple[str, list]:
    """INSERT of a row like ``row`` but for ``values``."""
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    del fields[row._meta.pk.attname]
    columns = _columns(row, fields | values)
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    return (
        f'INSERT INTO "{row._meta.db_table}" ({names}) VALUES ({marks})',
        list(columns.values()),
    )


def delete(row) -> tuple[str, list]:
    return f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk]


def run(statement: tuple[str, list]) -> None:
    """Execute, and have deferred foreign keys checked at once."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
    connection.check_constraints()
