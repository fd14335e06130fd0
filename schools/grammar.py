"""Russian grammatical cases of people's names and posts, as official papers need them.

Names follow the rules of ``schools.declension``; positions and subjects a dictionary. A
person's own corrections (``Person.cases``) always win.
"""

from functools import lru_cache

import pymorphy3

from schools import declension
from schools.declension import ACCUSATIVE, DATIVE, GENITIVE, INSTRUMENTAL
from schools.models import Person, Sex

__all__ = [
    "ACCUSATIVE",
    "CASE_NAMES",
    "DATIVE",
    "GENITIVE",
    "INSTRUMENTAL",
    "by_sex",
    "guessed_name",
    "name_in",
    "person_post",
    "place_in",
    "post_in",
    "post_title",
    "sex_of",
    "signature",
]

CASE_NAMES = {
    GENITIVE: "Родительный (кого?)",
    DATIVE: "Дательный (кому?)",
    ACCUSATIVE: "Винительный (кого назначить?)",
    INSTRUMENTAL: "Творительный (кем?)",
}
NOMINATIVE = "nomn"
_ADJECTIVES = {"ADJF", "PRTF"}
# Who teaches a subject: «учитель химии». Others keep it in brackets.
_TEACHES = ("учитель", "преподаватель")


@lru_cache(maxsize=1)
def _morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")  # loaded once per process: 0.3 s, 16 MB


# --- names ------------------------------------------------------------------------------------


def name_in(person: Person, case: str, *, short: bool = False) -> str:
    """«Ивановой Марии Петровне», or with initials «Ивановой М. П.» where ``short``.

    Args:
        case: one of GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL.
    """
    full = person.cases.get(case) or guessed_name(person, case)
    if not short:
        return full
    # As many words as the surname has: a corrected case may change only their endings.
    last = " ".join(full.split()[: len(person.last_name.split())])
    return "\u00a0".join([last, *_initials(person)])


def guessed_name(person: Person, case: str) -> str:
    """The full name in ``case`` by the rules alone, whatever was corrected by hand."""
    sex = sex_of(person)
    parts = [
        _words(person.last_name, lambda word: declension.surname(word, sex, case)),
        _words(person.first_name, lambda word: declension.first_name(word, sex, case)),
        _words(person.patronymic, lambda word: declension.patronymic(word, case)),
    ]
    return " ".join(part for part in parts if part)


def _words(text: str, change) -> str:
    """``change`` on every word and every part of a double one; eastern pairs stay whole, and
    so does what stands in the middle of three («Семёнова-Тян-Шанского»)."""
    words = text.split()
    if words and words[-1].lower() in declension.EASTERN:
        return text
    return " ".join(_joined(word.split("-"), change) for word in words)


def _joined(parts: list[str], change) -> str:
    last = len(parts) - 1
    return "-".join(
        change(part) if part and place in (0, last) else part for place, part in enumerate(parts)
    )


def sex_of(person: Person) -> str:
    """As recorded, else by the patronymic, else ''."""
    return person.sex or declension.sex_by_patronymic(person.patronymic)


def by_sex(person: Person, man: str, woman: str, unknown: str) -> str:
    """The word that goes with the person: «ознакомлен», «ознакомлена», «ознакомлен(а)»."""
    return {Sex.MALE: man, Sex.FEMALE: woman}.get(sex_of(person), unknown)


def signature(person: Person) -> str:
    """«М. П. Иванова», the way a signature is spelled out."""
    return "\u00a0".join([*_initials(person), person.last_name])


def _initials(person: Person) -> list[str]:
    return [f"{part[0]}." for part in (person.first_name, person.patronymic) if part]


# --- posts ------------------------------------------------------------------------------------


def post_in(position: str, case: str) -> str:
    """A position in ``case``: «учителя начальных классов», «старшего воспитателя».

    Adjectives before the first noun and that noun change; the rest stays as it is.
    """
    if case == NOMINATIVE:
        return position
    changed, before_noun = [], True
    for word in position.split():
        changed.append(_position_word(word, case) if before_noun else word)
        parses = _morph().parse(word.split("-")[-1].lower())
        before_noun = before_noun and any(p.tag.POS in _ADJECTIVES for p in parses)
    return " ".join(changed)


def post_title(post, case: str = NOMINATIVE) -> str:
    """Position with subject: «учителя математики», «педагога дополнительного образования
    (хореография)».

    Args:
        post: a StaffMember.
    """
    position = post_in(post.position, case)
    if not post.subject:
        return position
    if post.position.lower().strip() in _TEACHES:
        subject = _subject_in_genitive(post.subject)
        if subject:
            return f"{position} {subject}"
    return f"{position} ({post.subject})"


def person_post(post, case: str) -> str:
    """«Иванову Марию Петровну, учителя математики»."""
    return f"{name_in(post.person, case)}, {post_title(post, case)}"


def _subject_in_genitive(subject: str) -> str:
    """«русского языка и литературы»; '' where a word is not known well enough (ОБЗР, ИЗО)."""
    changed, gender = [], None
    for word in reversed(subject.split()):
        bare = word.strip(",")
        if bare.lower() == "и":
            changed.append(word)
            continue
        form, gender = _subject_word(bare, gender)
        if not form:
            return ""
        changed.append(form + word[len(bare) :])
    return " ".join(reversed(changed))


def _subject_word(word: str, gender):
    """(``word`` in the genitive, gender of the noun that its adjectives go with)."""
    if not word.replace("-", "").isalpha() or word.isupper():
        return "", gender
    for parse in _morph().parse(word.lower()):
        if not {NOMINATIVE, "sing"} <= parse.tag.grammemes or not parse.is_known:
            continue
        if parse.tag.POS == "NOUN":
            return parse.inflect({GENITIVE, "sing"}).word, parse.tag.gender
        if parse.tag.POS in _ADJECTIVES and gender == parse.tag.gender:
            return parse.inflect({GENITIVE, "sing"}).word, gender
    return "", gender


def _position_word(word: str, case: str) -> str:
    pieces = []
    for piece in word.split("-"):
        form = None
        for parse in _morph().parse(piece.lower()):
            if {NOMINATIVE, "sing"} <= parse.tag.grammemes and (
                parse.tag.POS in {"NOUN", *_ADJECTIVES}
            ):
                form = parse.inflect(_wanted(parse, case))
                break
        pieces.append(piece if form is None else _keep_capital(piece, form.word))
    return "-".join(pieces)


def _wanted(parse, case: str) -> set:
    """A man's adjective has two accusatives: of a person it is the genitive («старшего»)."""
    if case == ACCUSATIVE and parse.tag.gender == "masc":
        return {GENITIVE, "sing"}
    return {case, "sing"}


def place_in(name: str) -> str:
    """An office after «в» in the accusative: «Администрацию района», «Комитет по образованию»."""
    first, blank, rest = name.partition(" ")
    for parse in _morph().parse(first.lower()):
        if parse.tag.POS == "NOUN" and {NOMINATIVE, "sing"} <= parse.tag.grammemes:
            return _keep_capital(first, parse.inflect({ACCUSATIVE, "sing"}).word) + blank + rest
    return name


def _keep_capital(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
