"""What a person answers about a list, and what came of it."""

import datetime as dt
from dataclasses import dataclass, field

from schools.models import AbsenceKind

KEEP, LEFT, VACATION, AWAY = "KEEP", "LEFT", AbsenceKind.VACATION, AbsenceKind.LONG


@dataclass
class Answers:
    """What the person chose on the page of the list; what is not named goes as planned.

    Attributes:
        rows: {index of the row: one of its options, or ``SKIP``}.
        moves_on: {index of the row: first day on the new position}; today by default.
        absent: {pk of a post that the list does not name: LEFT, VACATION or AWAY}.
        absent_on: {pk of that post: last day worked, or first day away}; today by default.
    """

    rows: dict[int, str] = field(default_factory=dict)
    moves_on: dict[int, dt.date] = field(default_factory=dict)
    absent: dict[int, str] = field(default_factory=dict)
    absent_on: dict[int, dt.date] = field(default_factory=dict)


@dataclass
class Report:
    """What was written; lists hold primary keys of posts, never names.

    ``skipped`` holds the indexes of rows that stayed out because nobody answered for them.
    """

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    away: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    same: int = 0
    refused: int = 0
