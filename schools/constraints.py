"""Small builders of database constraints that read as sentences."""

from django.db.models import CheckConstraint, F, Q


def known(model: str, field: str, choices, *, blank: bool = False) -> CheckConstraint:
    """The column holds one of ``choices`` (a TextChoices), or '' where ``blank``."""
    values = [*choices.values, ""] if blank else list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"{model}_{field}_known")


def ends_not_before(
    model: str, start: str, end: str, *, message: str = "Дата окончания раньше даты начала."
) -> CheckConstraint:
    """``end`` is empty or not before ``start`` (both days belong to the period)."""
    return CheckConstraint(
        condition=Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        name=f"{model}_{end}_not_before_{start}",
        violation_error_message=message,
    )


def both_or_neither(name: str, left: Q, right: Q, message: str = "") -> CheckConstraint:
    """``left`` holds exactly when ``right`` does."""
    return CheckConstraint(
        condition=(left & right) | (~left & ~right),
        name=name,
        violation_error_message=message or None,
    )
