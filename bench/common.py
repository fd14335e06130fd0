"""One line for each figure: ``figure | ours | floor | ratio | target | ok`` (or ``short``)."""

import sys

from django.db import connection

_short = False


def figure(name: str, ours: float, target: float, *, floor: float | None = None, unit: str = "",
           by_ratio: bool = False, more_is_better: bool = False) -> bool:  # fmt: skip
    """Print one figure and remember whether it is short of its target.

    Args:
        floor: the same work done in the plainest way, measured in the same run.
        by_ratio: ``target`` bounds ours ÷ floor instead of ours itself.
        more_is_better: ``target`` is the least allowed; otherwise it is the most allowed.
    """
    global _short
    ratio = ours / floor if floor else None
    measured = ratio if by_ratio else ours
    well = measured is not None and (measured >= target if more_is_better else measured <= target)
    _short = _short or not well
    bound = f"{'≥' if more_is_better else '≤'} {_number(target)}{' × floor' if by_ratio else unit}"
    columns = [
        name,
        _number(ours) + unit,
        "—" if floor is None else _number(floor) + unit,
        "—" if ratio is None else f"{ratio:.2f}",
        bound,
        "ok" if well else "short",
    ]
    print(" | ".join(columns), flush=True)
    return well


def missing(what: str) -> None:
    """Something that this benchmark needs is not here: say so; it counts as short."""
    global _short
    _short = True
    print(f"missing: {what}", flush=True)


def fill(model, source: str, **columns: str) -> None:
    """INSERT … SELECT ``columns`` (SQL by column) FROM ``source``; other columns of ``model``
    take the default of their field. PostgreSQL."""
    columns = {name: sql.replace("%", "%%") for name, sql in columns.items()}
    params = []
    for field in model._meta.concrete_fields:
        if field.column not in columns and not field.null and not field.primary_key:
            columns[field.column] = "%s"
            params.append(field.get_db_prep_save(field.get_default(), connection))
    table = connection.ops.quote_name(model._meta.db_table)
    names, values = ", ".join(columns), ", ".join(columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {source.replace('%', '%%')}",
            params,
        )


def finish() -> None:
    """Exit 1 where any figure was short; the last call of a benchmark."""
    sys.exit(1 if _short else 0)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"
