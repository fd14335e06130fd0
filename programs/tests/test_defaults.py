"""Dictionaries load once, keep what people changed, and fit together."""

import pytest
from django.core.management import call_command

from programs.defaults import load_dictionaries
from programs.models import Criterion, Direction, EvaluationSheet, Need, ProgramTemplate
from schools.models import OrganisationKind

pytestmark = pytest.mark.django_db


def counts():
    models = (Need, Direction, EvaluationSheet, Criterion, ProgramTemplate)
    return [model.objects.count() for model in models]


def test_loading_twice_adds_nothing_and_keeps_changes(capsys):
    load_dictionaries()
    before = counts()
    Need.objects.filter(name="Планирование урока").update(is_active=False)
    ProgramTemplate.objects.filter(name="Первый год в школе").update(goal="Своя цель")

    call_command("load_dictionaries")

    assert counts() == before
    assert "needs 0" in capsys.readouterr().out
    assert not Need.objects.get(name="Планирование урока").is_active
    assert ProgramTemplate.objects.get(name="Первый год в школе").goal == "Своя цель"


def test_every_kind_has_needs_and_directions_and_the_sheet_its_four_parts():
    load_dictionaries()
    for kind in OrganisationKind:
        assert Need.objects.filter(kind=kind).count() >= 7
        assert Direction.objects.filter(kind=kind).exists()
    assert set(Criterion.objects.values_list("block", flat=True)) == {
        "Процесс", "Наставляемый", "Наставник", "Результат",
    }  # fmt: skip
    assert set(Criterion.objects.values_list("level", flat=True)) == {1, 2, 3, 4}


def test_every_event_of_a_template_names_a_direction_of_its_kind_within_its_term():
    load_dictionaries()
    for template in ProgramTemplate.objects.all():
        known = set(
            Direction.objects.filter(kind__in=[template.kind, ""]).values_list("name", flat=True)
        )
        assert {event["direction"] for event in template.events} <= known
        days = [event["day"] for event in template.events]
        assert days == sorted(days)
        assert days[-1] < template.months * 30
