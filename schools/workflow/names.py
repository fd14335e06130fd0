"""Corrected grammatical cases of a person's name: remembered, and read by every paper."""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.grammar import CASE_NAMES, guessed_name
from schools.history import Scope
from schools.models import Person, StaffMember
from schools.text import clean

LONGEST = 310  # as the full name itself


def correct_cases(post: StaffMember, *, by, on: dt.date, **cases: str) -> Person:
    """Keep the cases that differ from what the rules guess; an empty one goes back to them.

    Papers already printed or signed keep their words.

    Args:
        cases: full names by the codes of ``schools.grammar.CASE_NAMES``.

    Raises:
        TransitionError: ``name_too_long``, ``words_missing`` (as many words as the name has).
    """
    scope = Scope.of(schools=[post.school_id], people=[post.person_id])
    with history.changing(scope, by=by, on=on) as change:
        person = Person.objects.select_for_update().get(pk=post.person_id)
        kept = {}
        for case in CASE_NAMES:
            text = clean(cases.get(case, ""))
            if len(text) > LONGEST:
                raise TransitionError("name_too_long", "Слишком длинно.", field=case)
            if text and len(text.split()) != len(person.full_name.split()):
                raise TransitionError(
                    "words_missing",
                    "Напишите полностью: столько же слов, сколько в имени.",
                    field=case,
                )
            if text and text != guessed_name(person, case):
                kept[case] = text
        if kept != person.cases:
            person.cases = kept
            person.save(update_fields=["cases"])
            change.record(
                "name_cases_corrected", post, person, school=post.school_id,
                person=person.short_name, cases="; ".join(kept.values()) or "по правилам",
            )  # fmt: skip
        return person
