"""Russian grammatical cases of names and posts, as official papers need them.

A guess by dictionary; a person's own corrections (``Person.cases``) always win.
"""

from functools import lru_cache

import pymorphy3

from schools.models import Person, Sex

GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL = "gent", "datv", "accs", "ablt"

_ADJECTIVES = {"ADJF", "PRTF"}
_PARTS = {"last_name": "Surn", "first_name": "Name", "patronymic": "Patr"}


@lru_cache(maxsize=1)
def _morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")  # loaded once per process: 0.3 s, 16 MB


def name_in(person: Person, case: str, *, short: bool = False) -> str:
    """«Ивановой Марии Петровне», or with initials «Ивановой М. П.» where ``short``.

    Args:
        case: one of GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL.
    """
    fixed = person.cases.get(case)
    if fixed and not short:
        return fixed
    sex = person.sex or _sex_by_patronymic(person.patronymic)
    if short:
        last = fixed.split()[0] if fixed else _name_part(person.last_name, "Surn", sex, case)
        initials = [f"{part[0]}." for part in (person.first_name, person.patronymic) if part]
        return "\u00a0".join([last, *initials])
    parts = [
        _name_part(getattr(person, field), tag, sex, case)
        for field, tag in _PARTS.items()
        if getattr(person, field)
    ]
    return " ".join(parts)


def signature(person: Person) -> str:
    """«М. П. Иванова», the way a signature is spelled out."""
    initials = [f"{part[0]}." for part in (person.first_name, person.patronymic) if part]
    return "\u00a0".join([*initials, person.last_name])


def post_in(position: str, case: str) -> str:
    """A position in ``case``: «учителя начальных классов», «старшего воспитателя».

    Adjectives before the first noun and that noun change; the rest stays as it is.
    """
    changed, before_noun = [], True
    for word in position.split():
        changed.append(_position_word(word, case) if before_noun else word)
        parses = _morph().parse(word.split("-")[-1].lower())
        before_noun = before_noun and any(p.tag.POS in _ADJECTIVES for p in parses)
    return " ".join(changed)


def _sex_by_patronymic(patronymic: str) -> str:
    lowered = patronymic.lower()
    if lowered.endswith(("вна", "чна", "кызы", "шна")):
        return Sex.FEMALE
    return Sex.MALE if lowered.endswith(("ич", "оглы")) else ""


def _name_part(word: str, tag: str, sex: str, case: str) -> str:
    return "-".join(_inflect_name(piece, tag, sex, case) for piece in word.split("-"))


def _inflect_name(word: str, tag: str, sex: str, case: str) -> str:
    gender = {"M": "masc", "F": "femn"}.get(sex)
    parses = [p for p in _morph().parse(word) if "nomn" in p.tag and "sing" in p.tag]
    if gender:
        parses = [p for p in parses if gender in p.tag or "GNdr" in p.tag or "ms-f" in p.tag]
    chosen = [p for p in parses if tag in p.tag] or _other_parses(parses, tag, sex)
    for parse in chosen:
        form = parse.inflect({case, "sing"})
        if form is not None:
            return form.word.capitalize() if word[:1].isupper() else form.word
    return word  # an unknown name stays as written rather than come out wrong


def _other_parses(parses: list, tag: str, sex: str) -> list:
    """Readings of a word that the dictionary does not know as a name of this kind.

    A man's surname declines like the noun or adjective it is («Мельника», «Белого»); a
    woman's only like an adjective («Белой»), else it stays («Заяц Ирины»).
    """
    if tag != "Surn":
        return parses
    kinds = {"NOUN", *_ADJECTIVES} if sex == Sex.MALE else _ADJECTIVES
    return [p for p in parses if p.tag.POS in kinds]


def _position_word(word: str, case: str) -> str:
    pieces = []
    for piece in word.split("-"):
        form = None
        for parse in _morph().parse(piece.lower()):
            if {"nomn", "sing"} <= parse.tag.grammemes and parse.tag.POS in {"NOUN", *_ADJECTIVES}:
                form = parse.inflect({case, "sing"})
                break
        pieces.append(piece if form is None else _keep_capital(piece, form.word))
    return "-".join(pieces)


def _keep_capital(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
