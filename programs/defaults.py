"""Fills the dictionaries of a new installation; running again adds only what is missing."""

from django.db import transaction

from programs.catalogue import CRITERIA, DIRECTIONS, NEEDS, SHEET_NAME
from programs.models import (
    Criterion,
    Direction,
    EvaluationSheet,
    Need,
    ProgramTemplate,
)
from programs.starters import STARTERS


@transaction.atomic
def load_dictionaries() -> dict[str, int]:
    """Add difficulties, directions, the evaluation sheet and programme templates.

    A row that is there, changed or switched off, stays as it is: names are the keys.

    Returns:
        How many rows of each kind were added: ``needs``, ``directions``, ``sheets``, ``templates``.
    """
    return {
        "needs": _by_kind(Need, NEEDS),
        "directions": _by_kind(Direction, DIRECTIONS),
        "sheets": _sheet(),
        "templates": _templates(),
    }


def _by_kind(model, catalogue: dict[str, list[str]]) -> int:
    added = 0
    for kind, named in catalogue.items():
        for position, name in enumerate(named, start=1):
            _, created = model.objects.get_or_create(
                name=name, kind=kind, defaults={"position": position}
            )
            added += created
    return added


def _sheet() -> int:
    """The district's sheet, unless any version of it is there (school is NULL: no unique key)."""
    if EvaluationSheet.objects.filter(school=None, name=SHEET_NAME).exists():
        return 0
    sheet = EvaluationSheet.objects.create(name=SHEET_NAME)
    Criterion.objects.bulk_create(
        Criterion(
            sheet=sheet, block=block, text=text, weight=weight, level=level, position=position
        )
        for position, (block, text, weight, level) in enumerate(CRITERIA, start=1)
    )
    return 1


def _templates() -> int:
    added = 0
    for starter in STARTERS:
        if not ProgramTemplate.objects.filter(school=None, name=starter["name"]).exists():
            ProgramTemplate.objects.create(**starter)
            added += 1
    return added
