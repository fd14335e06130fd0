"""Who may not be named on the papers of a case: its own mentor (Положение, 3.2, 3.3, 7.1).

A mentor neither signs the order on his own work, nor approves the programme, nor evaluates it.
Papers carry names as text, so names are compared in the forms in which people write them.
"""

import re

from programs.errors import TransitionError
from programs.models import MentoringGroup
from schools.models import Person
from schools.text import key

# A commission is written as a list; each of its parts names one person.
_BETWEEN_PEOPLE = re.compile(r"[,;\n()/]| и ")
_WORD = re.compile(r"[\w-]+")
_POSITIONS = (
    "директор", "заведующ", "заместител", "зам", "куратор", "методист", "председател", "учител",
    "воспитател", "педагог", "руководител", "комисси", "совет", "член", "секретар", "завуч",
)  # fmt: skip


def is_mentor_name(group: MentoringGroup, name: str) -> bool:
    """Whether ``name`` names a mentor of the case: present, former, temporary or proposed.

    «Иванова Мария Петровна», «Иванова М. П.», «М.П. ИВАНОВА» and a bare «Иванова» are one
    person here; «Иванова Марина Павловна» is another. In doubt the answer is True: the person
    who records is asked for the full name.
    """
    mentors = Person.objects.filter(
        posts__appointments__group=group, posts__appointments__dropped_on=None
    )
    return any(names_person(mentor, name) for mentor in mentors)


def is_mentor(group: MentoringGroup, person: Person | None) -> bool:
    """Whether ``person`` is, was or is proposed as a mentor of the case."""
    if person is None:
        return False
    return group.appointments.filter(post__person=person, dropped_on=None).exists()


def _is_named(person: Person | None, name: str) -> bool:
    return person is not None and names_person(person, name)


def refuse_mentor_name(
    group: MentoringGroup, name: str, *, field: str, what: str, person: Person | None = None
) -> None:
    """Refuse a mentor of the case; ``what`` says the deed: «утвердить программу».

    ``person`` is who is named, where the form knows: it tells a namesake from the mentor.

    Raises:
        TransitionError: ``mentor_named``.
    """
    if is_mentor(group, person) or (not _is_named(person, name) and is_mentor_name(group, name)):
        raise TransitionError(
            "mentor_named",
            f"Наставник пары не может сам {what}: укажите другого человека (исполняющего"
            " обязанности, заместителя, учредителя). Если это однофамилец, напишите имя и"
            " отчество полностью.",
            field=field,
        )


def names_person(person: Person, text: str) -> bool:
    """Whether ``text`` (one name or a list of them) can mean ``person``."""
    surname = key(person.last_name)
    own = _words(f"{person.first_name} {person.patronymic}")
    for part in _BETWEEN_PEOPLE.split(_plain(text)):
        words = [word for word in _WORD.findall(part) if not word.startswith(_POSITIONS)]
        for place, word in enumerate(words):
            if word != surname:
                continue
            after, before = words[place + 1 :], words[:place]
            in_front = any(_same(before[-count:], own) for count in (1, 2, 3))
            if in_front or _same(after, own) or not (after or before):
                return True
    return False


def _plain(text: str) -> str:
    """Letter case, ё and kinds of dash do not matter: «Римская – Корсакова» is one surname."""
    return re.sub(r"\s*[-‐‑–—]\s*", "-", key(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _same(written: list[str], own: list[str]) -> bool:
    """Every written word is the name at its place, or its initial; at least one is written."""
    pairs = list(zip(written, own, strict=False))
    return bool(pairs) and all(
        word == name or len(word) == 1 and name.startswith(word) for word, name in pairs
    )
