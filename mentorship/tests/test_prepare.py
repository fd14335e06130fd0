"""An installation without the demo district can do everything from its first day."""

import pytest
from django.core.management import call_command

from programs.models import EvaluationSheet, Need, ProgramTemplate
from schools.models import CalendarDay, Recompute

pytestmark = pytest.mark.django_db


def test_an_empty_installation_gets_its_calendar_and_dictionaries_once():
    def counted():
        models = (EvaluationSheet, Need, ProgramTemplate, CalendarDay)
        return [model.objects.count() for model in models]

    call_command("prepare", verbosity=0)
    first = counted()
    assert all(first)
    assert not Recompute.objects.exists()
    call_command("prepare", verbosity=0)
    assert counted() == first
