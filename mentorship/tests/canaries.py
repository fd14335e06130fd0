"""Unmistakable words and numbers planted in a world, to be looked for in what people receive."""

import io
import itertools
import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from openpyxl import load_workbook

WORD = re.compile(r"ЩЪ[А-Я]\d{3}")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\u00a0\u202f()\-.,]+(?=\d)")


@dataclass(frozen=True)
class Canary:
    """``place`` is the letter of an organisation, ``kind`` what the text is («pay», «note»)."""

    place: str
    kind: str
    text: str


class Canaries:
    """Makes texts that occur nowhere else, and finds them again however they are printed."""

    def __init__(self):
        self._numbers = itertools.count(1)
        self._words: dict[str, Canary] = {}
        self._digits: dict[str, Canary] = {}

    def word(self, place: str, kind: str) -> str:
        """A word for a name or a text."""
        text = f"ЩЪ{place}{next(self._numbers):03d}"
        self._words[text] = Canary(place, kind, text)
        return text

    def phone(self, place: str, kind: str = "phone") -> str:
        digits = f"7351{next(self._numbers):03d}"
        self._digits[digits] = Canary(place, kind, digits)
        return f"+7900{digits}"

    def amount(self, place: str, kind: str = "pay") -> Decimal:
        """A sum with kopecks: found as 61234,56 and as 61 234.56."""
        digits = f"61{next(self._numbers):03d}57"
        self._digits[digits] = Canary(place, kind, digits)
        return Decimal(digits) / 100

    def found(self, text: str) -> set[Canary]:
        """Every planted text that ``text`` shows."""
        text = unescape(text).upper()
        words = {self._words[word] for word in WORD.findall(text) if word in self._words}
        joined = BETWEEN_DIGITS.sub("", text)
        return words | {c for digits, c in self._digits.items() if digits in joined}

    def in_response(self, response) -> set[Canary]:
        """The same of a response: page, headers, cells of a spreadsheet."""
        return self.found(shown(response))


def shown(response) -> str:
    """Everything that a response tells, as one text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{k}: {v}" for k, v in response.headers.items())
    if content[:2] == b"PK":
        book = load_workbook(io.BytesIO(content))
        cells = [str(c.value) for sheet in book for row in sheet for c in row if c.value]
        return headers + "\n" + "\n".join([*book.sheetnames, *cells])
    return headers + "\n" + content.decode("utf-8", "replace")
