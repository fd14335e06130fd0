"""Names of people: is this a person at all, and which word is the surname."""

import re
from dataclasses import dataclass
from functools import lru_cache

import pymorphy3

from .namewords import NOT_NAME, POST_BEFORE, REMARK
from .text import clean, is_silent, key, to_cyrillic, to_cyrillic_whole

_PATRONYMIC = re.compile(
    r"(?:[вьа-яё](?:ович|евич|ович|ьевич|овна|евна|ёвна|ична)|инична"
    r"|^(?:ильич|кузьмич|лукич|фомич|никитич|саввич|силыч|ильинична|фокич|кириллович"
    r"|[а-яё]+(?:оглы|кызы|гызы|улы|уулу|қызы)))$",
    re.I,
)
# The second word of a Turkic patronymic, always written small.
_KIN = {"оглы", "оглу", "кызы", "гызы", "улы", "уулу", "қызы", "угли", "кизи"}
_PARTICLES = {"фон", "ван", "дер", "ден", "де", "ла", "да", "ди", "дю", "эль", "аль", "бен", "ибн"}
_INITIALS = re.compile(r"^[А-ЯЁA-Z](?:\.|\.-?[А-ЯЁA-Z]\.?)?$")
# «Иванова ИИ», but not «ЛЮ АННА»
_BARE_INITIALS = re.compile(r"^([А-ЯЁ][а-яё-]{2,}) ([А-ЯЁ])([А-ЯЁ])$")
_WORD = re.compile(r"^[^\W\d_]+(?:['’`ʼ][^\W\d_]+)*(?:-[^\W\d_]+(?:['’`][^\W\d_]+)*)*\.?$")
_CYRILLIC = re.compile(r"^[а-яё]{2,40}$")  # all that the dictionary knows
_NUMBER = re.compile(r"^\s*\d{1,4}\s*[.)]\s*(?=\D)|^\s*\d{1,4}\s+(?=[^\W\d])")
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]|\{[^}]*\}")
_POST_BESIDE = re.compile(
    r"учит|воспит|педагог|директор|зам|психол|логопед|социал|препод|тьютор", re.I
)
_LONGEST = 200  # characters of a name cell that are looked at, remarks included


@dataclass(frozen=True)
class Name:
    """Three parts in normal form; ``rest`` is the post written beside the name."""

    last: str = ""
    first: str = ""
    patronymic: str = ""
    rest: str = ""


@lru_cache(maxsize=1)
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()  # 0.2 s: only when a list is really read


@lru_cache(maxsize=20_000)
def is_first_name(word: str) -> bool:
    """Whether the dictionary knows ``word`` as a given name (in the nominative)."""
    head = word.casefold().split("-")[0]
    return bool(_CYRILLIC.match(head)) and any(
        "Name" in parse.tag and parse.tag.case == "nomn" and parse.is_known
        for parse in _analyzer().parse(head)
    )


@lru_cache(maxsize=20_000)
def is_surname(word: str) -> bool:
    """Whether ``word`` reads as a surname, known or by its ending."""
    tail = word.casefold().split("-")[-1]
    return bool(_CYRILLIC.match(tail)) and any(
        "Surn" in parse.tag and parse.tag.case == "nomn" and parse.score > 0.1
        for parse in _analyzer().parse(tail)
    )


def is_patronymic(word: str) -> bool:
    return len(word) > 4 and bool(_PATRONYMIC.search(word))


def has_stop_word(text: str) -> bool:
    """Whether the text holds a word that a person's name cannot hold."""
    return bool(NOT_NAME.search(key(to_cyrillic(text))))


def proper(word: str) -> str:
    """One part of a name in normal form: «ПЕТРОВА-ВОДКИНА» → «Петрова-Водкина»."""
    if key(word) in _KIN | _PARTICLES:
        return word.lower()
    parts = re.split(r"([-'’`ʼ])", word.strip())
    # Gasan-ogly: the kin word stays small after a hyphen as well
    return "".join(
        p.lower() if i and key(p) in _KIN else p.capitalize() for i, p in enumerate(parts)
    )


def proper_all(text: str) -> str:
    """A name cell of one column (surname, first name or patronymic) in normal form."""
    words = [proper(word) for word in _tokens(text)]
    if len(words) == 1:  # «Ван» alone is no particle; «И» is an initial
        words = [words[0][:1].upper() + words[0][1:] + ("." if len(words[0]) == 1 else "")]
    return " ".join(words)


def _tokens(text: str) -> list[str]:
    text = to_cyrillic_whole(text) if re.search("[а-яё]", text, re.I) else to_cyrillic(text)
    # «3аяц», «П0пова»: a digit typed for the letter that looks like it
    text = re.sub(r"\b3(?=[а-яё])", "З", text)
    text = re.sub(r"(?<=[А-ЯЁ])0(?=[а-яёА-ЯЁ])|(?<=[а-яё])0(?=[а-яё])", "о", text)
    text = re.sub(r"\s*[-‐‑–—]\s*", "-", text.replace("_", " "))
    text = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", text)  # «И.И.» → «И. И.»
    text = _BARE_INITIALS.sub(r"\1 \2. \3.", text.strip())
    text = re.sub(r"[*\"«»“”„:;,?!]+", " ", text)
    return [word for word in text.split() if word.strip(".-'")]


def tidy(text: object) -> tuple[str, str]:
    """(the name alone, a post written beside it) of a name cell."""
    text = POST_BEFORE.sub("", _NUMBER.sub("", clean(text)[:_LONGEST]))
    found = " ".join(_BRACKETS.findall(text)).strip("()[]{} ")
    found = found if _POST_BESIDE.match(found) else ""
    text = re.sub(r"[^\S\n]+", " ", _BRACKETS.sub(" ", text))
    text = REMARK.split(text, maxsplit=1)[0]
    # «Иванова М.П., учитель» or «Иванова М.П. – учитель», but «Иванова, Мария Петровна»
    # and «Петрова - Водкина» are names throughout.
    for cut in (r"[,;]", r"\s[-–—]+\s", r"\n", r"\s[-–—]+(?=[а-яё])"):
        head, *tail = re.split(cut, text, maxsplit=1)
        if tail and (has_stop_word(tail[0]) or (len(head.split()) > 1 and cut != r"\n")):
            text, found = head, f"{tail[0]} {found}"
    # «… 0,5 ст.», and a footnote mark set right after the name
    text = re.sub(r"(?<=\S)\s+\d.*|(?<=[а-яё.])\d+$", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text).strip(" \n,;:*-–—/|")
    return text, " ".join(found.split()).strip(" ,;-–—")


def looks_like_person(text: object) -> bool:
    """Whether the text alone, without its row, is surely someone's name."""
    name, _ = tidy(text)
    tokens = _tokens(name)
    if not 2 <= len(tokens) <= 6 or not all(map(_WORD.match, tokens)):
        return False
    if has_stop_word(name):  # «Русских Иван Петрович»
        return 3 <= len(tokens) <= 4 and is_patronymic(tokens[-1]) and is_first_name(tokens[-2])
    if any(is_patronymic(token) or key(token) in _KIN for token in tokens[1:]):
        return True
    initials = [t for t in tokens if _INITIALS.match(t)]
    if initials and len(initials) < len(tokens) <= 3:
        return True
    return (
        len(tokens) <= 3 and any(map(is_first_name, tokens)) and all(t[0].isupper() for t in tokens)
    )


def may_be_person(text: object) -> bool:
    """Whether the text, standing in the name column of a filled row, is taken for a name."""
    name, _ = tidy(text)
    tokens = _tokens(name)
    if not tokens or len(tokens) > 6 or not all(map(_WORD.match, tokens)):
        return False
    if has_stop_word(name):
        if len(tokens) == 2 and is_first_name(tokens[1]):  # «Языков Пётр»
            return True
        return any(is_patronymic(token) for token in tokens[1:]) and len(tokens) <= 4
    # «см. приказ»: names begin with capitals, or are at least known as names
    small = [t for t in tokens if t[0].islower() and key(t) not in _KIN | _PARTICLES]
    if small and len(tokens) > 1 and not any(is_patronymic(t) or is_first_name(t) for t in tokens):
        return False
    return any(len(token.rstrip(".")) > 1 for token in tokens)


def may_be_parts(last: object, others: list[object]) -> bool:
    """Whether cells of a surname's and of other name columns may be somebody's name."""
    texts = [tidy(last)[0], *(part(value) for value in others)]
    tokens = [token for text in texts for token in _tokens(text)]
    if not all(_WORD.match(token) or _INITIALS.match(token) for token in tokens):
        return False
    # «Учитель | Анна | Ивановна» is a person, «Учитель | физики» is not.
    sure = [t for text in texts[1:] for t in _tokens(text)]
    known = any(is_first_name(t) or is_patronymic(t) or _INITIALS.match(t) for t in sure)
    return known or not any(map(has_stop_word, texts))


def suspicious(text: object) -> bool:
    """Whether a lone text, though surely no full name, might still stand for somebody."""
    name, _ = tidy(text)
    tokens = _tokens(name)
    if not 1 <= len(tokens) <= 4 or has_stop_word(name) or not all(map(_WORD.match, tokens)):
        return False
    if len(tokens) == 1:
        return is_surname(tokens[0]) or is_first_name(tokens[0])
    return all(token[0].isupper() for token in tokens) and not name.isupper()


def split_name(text: object, *, surname_last: bool = False) -> Name:
    """The parts of a full name in one cell.

    ``surname_last``: the order of this list's full names («Мария Ивановна Петрова»), used
    where the cell itself does not tell. A missing part comes as "".
    """
    name, rest = tidy(text)
    tokens = _tokens(name)
    initials = [i for i, token in enumerate(tokens) if _INITIALS.match(token)]
    if initials and len(initials) < len(tokens):
        full = [proper(t) for i, t in enumerate(tokens) if i not in initials]
        short = [letter for i in initials for letter in re.findall(r"[^\W\d_]", tokens[i].upper())]
        short = [f"{letter}." for letter in short] + ["", ""]
        if len(full) > 1 and initials[0] > 1:  # «Иванова Мария П.»
            return Name(" ".join(full[:-1]), full[-1], short[0], rest)
        return Name(" ".join(full), short[0], short[1], rest)
    parts = [proper(token.rstrip(".")) for token in tokens]
    if not parts:
        return Name(rest=rest)
    last, first, patronymic = _order(parts, surname_last)
    if len(last) == 1:  # the surname «Ван», not the particle
        last = [last[0][:1].upper() + last[0][1:]]
    return Name(" ".join(last), " ".join(first), " ".join(patronymic), rest)


def _order(parts: list[str], surname_last: bool) -> tuple[list[str], list[str], list[str]]:
    """Cut the words into surname, first name and patronymic."""
    count = len(parts)
    kin = next((i for i, part in enumerate(parts) if key(part) in _KIN and i >= 1), None)
    if kin is not None:  # the word before «оглы» belongs to the patronymic
        start, stop = max(kin - 1, 1), kin + 1
    else:
        found = [i for i, part in enumerate(parts) if i >= 1 and is_patronymic(part)]
        if not found:
            return _order_without_patronymic(parts, surname_last)
        start = found[-1]
        # «Анна Львовна Рабинович»: two words end like patronymics. No surname ends in «-вна»;
        # between two of «-вич» the first word or the habit of the list decides.
        if len(found) > 1 and not parts[start].endswith(("вна", "чна")):
            named = is_first_name(parts[0]) and not is_first_name(parts[1])
            if parts[found[0]].endswith(("вна", "чна")) or named or surname_last:
                start = found[0]
        # «Анна Петровна Абрамович», «Иван Иванович» with the surname missing
        stop = start + 1
    before, patronymic, after = parts[:start], parts[start:stop], parts[stop:]
    if after:  # «Мария Ивановна Петрова»
        return after, before, patronymic
    if len(before) == 1:
        # «Мария Ивановна»: no surname; «Рабинович Львович» does not exist in practice
        if is_first_name(before[0]) or not is_surname(before[0]):
            return [], before, patronymic
        return before, [], patronymic
    # «Иванова Анна Мария Петровна» against «Петрова Водкина Мария Ивановна»
    first = count - (len(patronymic) + 1)
    if key(before[0]) not in _PARTICLES:
        while first > 1 and is_first_name(before[first - 1]) and not is_surname(before[first - 1]):
            first -= 1
    return before[:first], before[first:], patronymic


def _order_without_patronymic(parts, surname_last):
    if len(parts) == 1:
        return parts, [], []
    particles = 0
    while particles < len(parts) - 2 and key(parts[particles]) in _PARTICLES:
        particles += 1
    head, tail = parts[: particles + 1], parts[particles + 1 :]
    if len(tail) == 1:
        swap = surname_last
        if is_first_name(head[-1]) and not is_first_name(tail[0]) and is_surname(tail[0]):
            swap = surname_last or not is_surname(head[-1])
        return (tail, head, []) if swap else (head, tail, [])
    if surname_last:
        return tail[-1:], head, tail[:-1]
    return head, tail[:1], tail[1:]


def surname_comes_last(texts: list[str]) -> bool:
    """Whether the full names of a column are written «Имя Отчество Фамилия»."""
    last = first = 0
    for text in texts:
        tokens = _tokens(tidy(text)[0])
        if len(tokens) == 3 and is_patronymic(tokens[1]) and not is_patronymic(tokens[2]):
            last += 1
        elif len(tokens) >= 3 and is_patronymic(tokens[-1]):
            first += 1
    return last > first


def part(value: object) -> str:
    """A surname, first name or patronymic that has a column of its own; dashes mean none."""
    text, _ = tidy(value)
    if is_silent(text) or key(text) in {"нет", "отсутствует", "без отчества", "б/о", "не имеет"}:
        return ""
    return proper_all(text)
