"""Text of a cell made comparable: blanks, dashes, look-alike letters."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula. Its stored result is never believed."""

    text: str

    def __str__(self) -> str:
        return self.text


MAX_TEXT = 500  # characters of a cell that are read; a longer cell is a note

# Latin letters that look the same as Cyrillic ones: people type them without noticing,
# and a program then sees another word.
_LATIN, _CYRILLIC = "ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_CYRILLIC_LETTER = re.compile("[а-яёА-ЯЁ]")
_LATIN_LETTER = re.compile("[a-zA-Z]")
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_BLANKS = re.compile(r"[^\S\n]+")
# A dash, several dashes, dots or a lone slash: the clerk's way to say "nothing here".
_SILENT = re.compile(r"^[\s\-‐‑‒–—―−_=.,/\\*]*$")


def clean(value: object) -> str:
    """The cell as one trimmed text; line breaks stay, other control characters go.
    What follows the first ``MAX_TEXT`` characters is not read.

    A whole float loses its «.0»: phone numbers are often kept as numbers.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = unicodedata.normalize("NFC", str(value)[:MAX_TEXT])
    if text.isprintable() and "  " not in text:  # most cells: nothing to mend
        return text.strip(" ")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A soft hyphen and the zero-width marks are no letters and no blanks: they vanish.
    text = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    text = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = _BLANKS.sub(" ", text)
    return re.sub(r" ?\n[ \n]*", "\n", text).strip(" \n")


def line(value: object) -> str:
    """The cell as one line with single blanks."""
    text = clean(value)
    return " ".join(text.split()) if "\n" in text else text


def is_silent(text: str) -> bool:
    """Whether the cell says nothing: empty, or only dashes and dots."""
    return bool(_SILENT.match(text))


def to_cyrillic(text: str) -> str:
    """Replace look-alike Latin letters inside words that also hold Cyrillic ones."""

    def fix(match: re.Match) -> str:
        word = match[0]
        mixed = _CYRILLIC_LETTER.search(word) and _LATIN_LETTER.search(word)
        return word.translate(_TO_CYRILLIC) if mixed else word

    return _WORD.sub(fix, text)


def to_cyrillic_whole(text: str) -> str:
    """Like :func:`to_cyrillic`, and also words that consist of look-alikes only."""

    def fix(match: re.Match) -> str:
        fixed = match[0].translate(_TO_CYRILLIC)
        return match[0] if _LATIN_LETTER.search(fixed) else fixed

    return _WORD.sub(fix, to_cyrillic(text))


def to_latin(text: str) -> str:
    """Replace look-alike Cyrillic letters by Latin ones (for e-mail addresses)."""
    return text.translate(_TO_LATIN)


def key(text: object) -> str:
    """``text`` for comparing: one line, case folded, ё as е."""
    return line(text).casefold().replace("ё", "е")


def words(text: object) -> str:
    """``text`` for dictionaries: :func:`key`, look-alikes mended, only letters and digits."""
    plain = clean(text)
    # «катего-\nрия»: a word broken between lines of a narrow heading
    plain = re.sub(r"(?<=[а-яё])-\n(?=[а-яё])", "", plain)
    plain = key(to_cyrillic(plain))
    return " ".join(re.sub(r"[^0-9a-zа-я№+@]+", " ", plain).split())
