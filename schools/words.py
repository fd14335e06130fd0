"""The words that differ by kind of organisation, in the grammatical cases that screens need.

    words_for(unit or school).head_dative    «директору», «заведующему»

Everything else on screen says «организация» where kinds mix.
"""

from dataclasses import dataclass

from schools.models import OrganisationKind


@dataclass(frozen=True)
class Words:
    """One kind's own words. Singular nouns first, then the learners, who are always many."""

    head: str  # кто
    head_genitive: str  # кого
    head_dative: str  # кому
    head_instrumental: str  # кем
    lesson: str  # что
    lesson_genitive: str  # чего
    lesson_prepositional: str  # о чём, на чём
    lessons: str  # что (много)
    lessons_genitive: str  # чего (много)
    learners: str  # кто
    learners_genitive: str  # кого
    learners_dative: str  # кому
    learners_instrumental: str  # кем
    organisation: str  # что
    organisation_prepositional: str  # где
    lesson_visit: str  # формат встречи


_LESSON = {
    "lesson": "занятие",
    "lesson_genitive": "занятия",
    "lesson_prepositional": "занятии",
    "lessons": "занятия",
    "lessons_genitive": "занятий",
    "lesson_visit": "посещение занятия",
}
_DIRECTOR = {
    "head": "директор",
    "head_genitive": "директора",
    "head_dative": "директору",
    "head_instrumental": "директором",
}
_LEARNERS = {
    "learners": "обучающиеся",
    "learners_genitive": "обучающихся",
    "learners_dative": "обучающимся",
    "learners_instrumental": "обучающимися",
}

WORDS = {
    OrganisationKind.SCHOOL: Words(
        **_DIRECTOR,
        lesson="урок",
        lesson_genitive="урока",
        lesson_prepositional="уроке",
        lessons="уроки",
        lessons_genitive="уроков",
        lesson_visit="посещение урока",
        learners="ученики",
        learners_genitive="учеников",
        learners_dative="ученикам",
        learners_instrumental="учениками",
        organisation="школа",
        organisation_prepositional="школе",
    ),
    OrganisationKind.KINDERGARTEN: Words(
        **_LESSON,
        head="заведующий",
        head_genitive="заведующего",
        head_dative="заведующему",
        head_instrumental="заведующим",
        learners="воспитанники",
        learners_genitive="воспитанников",
        learners_dative="воспитанникам",
        learners_instrumental="воспитанниками",
        organisation="детский сад",
        organisation_prepositional="детском саду",
    ),
    OrganisationKind.ADDITIONAL: Words(
        **_DIRECTOR,
        **_LESSON,
        **_LEARNERS,
        organisation="организация",
        organisation_prepositional="организации",
    ),
    OrganisationKind.OTHER: Words(
        **_LESSON,
        **_LEARNERS,
        head="руководитель",
        head_genitive="руководителя",
        head_dative="руководителю",
        head_instrumental="руководителем",
        organisation="организация",
        organisation_prepositional="организации",
    ),
}


def words_for(place) -> Words:
    """Words of a School, or of a Unit, whose own kind comes first."""
    return WORDS[OrganisationKind(place.kind)]
