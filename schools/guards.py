"""Promises that no CHECK and no partial UNIQUE can keep: equal triggers on both databases.

A guard refuses an INSERT or UPDATE when its SQL condition holds. The condition is written
once, in the SQL that PostgreSQL and SQLite share. Django drops triggers when it rebuilds a
table on SQLite, so they are made anew after every migrate; a system check names missing ones.
"""

from dataclasses import dataclass

from django.core.checks import Error, Tags, register
from django.db import connections


@dataclass(frozen=True)
class Guard:
    """One refused situation.

    Attributes:
        name: reads as a sentence in the error.
        table: whose rows are guarded.
        event: ``INSERT``, ``DELETE``, ``UPDATE`` or ``UPDATE OF column, …``.
        when: SQL over NEW and OLD, true when the write is refused.
        lock: SELECT … FOR UPDATE that PostgreSQL runs first, where two transactions could
            each write half of the refused situation; SQLite has one writer.
    """

    name: str
    table: str
    event: str
    when: str = "TRUE"
    lock: str = ""


EVENT_GUARDS = [
    Guard(f"{table}_is_never_{verb}", f"schools_{table}", event)
    for table in ("event", "eventsubject")
    for verb, event in (("changed", "UPDATE"), ("deleted", "DELETE"))
] + [Guard("eventvalue_is_never_changed", "schools_eventvalue", "UPDATE")]

GUARDS = [
    *EVENT_GUARDS,
    Guard(
        "staffmember_never_changes_school_or_person",
        "schools_staffmember",
        "UPDATE OF school_id, person_id",
        "NEW.school_id <> OLD.school_id OR NEW.person_id <> OLD.person_id",
    ),
    *[
        Guard(
            f"membership_directors_never_overlap_{event.lower()}",
            "schools_membership",
            event,
            "NEW.role = 'DIRECTOR' AND NEW.deputises_for_id IS NULL AND EXISTS ("
            " SELECT 1 FROM schools_membership o WHERE o.school_id = NEW.school_id"
            " AND o.role = 'DIRECTOR' AND o.deputises_for_id IS NULL AND o.id <> NEW.id"
            " AND o.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')"
            " AND COALESCE(o.ends_on, '9999-12-31') >= NEW.starts_on)",
            lock="PERFORM 1 FROM schools_school WHERE id = NEW.school_id FOR UPDATE",
        )
        for event in ("INSERT", "UPDATE")
    ],
]

_registered: dict[str, list[Guard]] = {"schools": GUARDS}


def register_guards(app_label: str, guards: list[Guard]) -> None:
    _registered[app_label] = guards


def all_guards() -> list[Guard]:
    return [guard for guards in _registered.values() for guard in guards]


def install(using: str, app_label: str) -> None:
    """Make every guard of ``app_label`` anew in the database ``using``."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in _registered.get(app_label, []):
            if guard.table in tables:
                _drop(cursor, connection.vendor, guard)
                for statement in _create(connection.vendor, guard):
                    cursor.execute(statement)


def drop_all(using: str) -> None:
    """Take every guard away (tests empty append-only tables)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in all_guards():
            if guard.table in tables:
                _drop(cursor, connection.vendor, guard)


def missing(using: str) -> list[str]:
    """Names of guards that should be in the database and are not."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [g.name for g in all_guards() if g.table in tables and g.name not in present]


def _drop(cursor, vendor: str, guard: Guard) -> None:
    if vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")


def _create(vendor: str, guard: Guard) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"WHEN {guard.when} BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
        ]
    returned = "OLD" if guard.event == "DELETE" else "NEW"
    lock = f"{guard.lock};" if guard.lock else ""
    return [
        f"""
        CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            {lock}
            IF {guard.when} THEN
                RAISE EXCEPTION '{guard.name}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN {returned};
        END $guard$
        """,
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def after_migrate(sender, using, **kwargs) -> None:
    install(using, sender.label)


@register(Tags.database)
def guards_are_installed(app_configs, databases, **kwargs):
    """`manage.py check --database default` and every migrate name lost triggers."""
    return [
        Error(f"The trigger {name} is missing in “{using}”: run migrate.", id="schools.E001")
        for using in databases or []
        for name in missing(using)
    ]
