"""Text as people type it: one normal form for comparing and searching."""

import unicodedata

LONGEST_KEY = 18  # digits that a 64-bit key always holds


def key(text: str) -> str:
    """``text`` for comparing: NFKC, case folded, ё as е, single spaces.

    Done in Python because SQLite lower-cases only Latin letters: «ИВАНОВ» and
    «иванов» must meet in both databases.
    """
    folded = unicodedata.normalize("NFKC", text or "").casefold().replace("ё", "е")
    return " ".join(folded.split())


def row_key(text: str) -> int | None:
    """The primary key that ``text`` of an address or a form names, None where it can be none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def clean(text: str) -> str:
    """One line without control characters and doubled spaces (safe in a mail header)."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text or "")
    return " ".join(visible.split())


def plural(number: int, one: str, few: str, many: str) -> str:
    """The word that goes with ``number``: «1 год», «3 года», «11 лет»."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14:
        return few
    return many
