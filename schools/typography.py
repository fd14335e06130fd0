"""Russian typography of papers, in one place: days, sums, quotes, spaces that never break."""

import datetime as dt
import re
from decimal import Decimal

from django.utils.formats import date_format

from schools.text import plural

NBSP = "\u00a0"
_SHORT_WORDS = (
    "в во к ко с со о об от до по за на из у и а не ни для при без под над или но".split()
)
_ABBREVIATIONS = ["ст.", "п.", "с."]  # never with a capital: that would be an initial
_AFTER_SHORT = re.compile(
    r"(?<![\w\-])({}) (?=\S)".format(
        "|".join(
            map(
                re.escape, [*_SHORT_WORDS, *map(str.capitalize, _SHORT_WORDS), *_ABBREVIATIONS, "№"]
            )
        )
    )
)
_INITIALS = re.compile(r"(?<!\w)([А-ЯЁ]\.) ?([А-ЯЁ]\.) ?(?=[А-ЯЁ][а-яё])")
_AFTER_INITIALS = re.compile(r"([а-яё]) ([А-ЯЁ]\.) ?([А-ЯЁ]\.)")

_UNITS = "ноль один два три четыре пять шесть семь восемь девять".split()
_TEENS = (
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать"
    " восемнадцать девятнадцать"
).split()
_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
_HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
_FEMININE = {"один": "одна", "два": "две"}


def day(value: dt.date | None) -> str:
    """«5 сентября 2026 г.», unbreakable; '' where there is no day."""
    return date_format(value, "j E Y").replace(" ", NBSP) + f"{NBSP}г." if value else ""


def short_day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def quoted(text: str) -> str:
    """«ёлочки» around ``text``, whose own quotes become „лапки“."""
    inner = text.strip().replace("«", "„").replace("»", "“")
    inner = re.sub(r'"([^"]*)"', r"„\1“", inner)
    return f"«{inner}»"


def tidy(text: str) -> str:
    """Straight quotes to «ёлочки», a hyphen between blanks to a dash, and no line that ends with
    a preposition, «№» or an initial."""
    text = re.sub(r'(^|[\s(\[])"', r"\1«", text).replace('"', "»")
    text = re.sub(r"(?<=\S) - (?=\S)", f"{NBSP}– ", text)
    text = _INITIALS.sub(rf"\1{NBSP}\2{NBSP}", text)
    text = _AFTER_INITIALS.sub(rf"\1{NBSP}\2{NBSP}\3", text)
    return _AFTER_SHORT.sub(rf"\1{NBSP}", text)


def roubles(amount: Decimal) -> str:
    """«3 000 (три тысячи) рублей 00 копеек»."""
    whole, kopecks = divmod(int((amount * 100).to_integral_value()), 100)
    figures = f"{whole:,}".replace(",", NBSP)
    return (
        f"{figures} ({in_words(whole)}) {plural(whole, 'рубль', 'рубля', 'рублей')}"
        f" {kopecks:02d}{NBSP}{plural(kopecks, 'копейка', 'копейки', 'копеек')}"
    )


def in_words(number: int) -> str:
    """A whole number from 0 to 999 999 999 in words, masculine."""
    if number == 0:
        return _UNITS[0]
    millions, rest = divmod(number, 1_000_000)
    thousands, rest = divmod(rest, 1000)
    words = []
    if millions:
        words += [*_hundreds(millions), plural(millions, "миллион", "миллиона", "миллионов")]
    if thousands:
        spelled = [_FEMININE.get(word, word) for word in _hundreds(thousands)]
        words += [*spelled, plural(thousands, "тысяча", "тысячи", "тысяч")]
    return " ".join(words + _hundreds(rest))


def _hundreds(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 <= rest < 20:
        return [*words, _TEENS[rest - 10]]
    tens, units = divmod(rest, 10)
    if tens:
        words.append(_TENS[tens - 2])
    return [*words, _UNITS[units]] if units else words
