"""Words follow the kind of the unit, else of the organisation."""

import dataclasses

from schools.models import OrganisationKind, School, Unit
from schools.words import WORDS, words_for


def test_every_kind_has_all_its_words():
    assert set(WORDS) == set(OrganisationKind)
    assert all(all(dataclasses.astuple(words)) for words in WORDS.values())


def test_a_kindergarten_group_of_a_school_speaks_its_own_words():
    school = School(kind="SCHOOL")
    group = Unit(school=school, kind="KINDERGARTEN")
    assert words_for(school).lesson == "урок"
    assert words_for(group).lesson_genitive == "занятия"
    assert words_for(group).head_dative == "заведующему"
