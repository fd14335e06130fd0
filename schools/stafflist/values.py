"""One function a kind of value. Each gives (value, code); code "" means nothing to report."""

import re
from datetime import date, datetime

from .dates import YEARS, full_years, read_date
from .text import (
    MAX_TEXT,
    Formula,
    clean,
    is_silent,
    key,
    line,
    to_cyrillic,
    to_cyrillic_whole,
    to_latin,
    words,
)

MAX_YEARS = 80  # of service; more is no length of service

_UNIT = r"(?:лет|года?|годов|гг?\b|л\b)"
_YEARS = re.compile(rf"(?<!\d)(\d{{1,2}})(?:[.,](\d+))?\s*{_UNIT}", re.I)
_MONTHS_ONLY = re.compile(r"\b\d{1,2}(?:[.,]\d+)?\s*(?:мес|м\b|дн|нед|д\b)")
_LESS = re.compile(
    r"(?:менее|меньше|до|<|неполн\w*)\s*(?:1|одного)?\s*(?:-?го)?\s*год|<\s*1\b|полгода"
)
_SINCE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def read_years(value: object, *, as_of: date) -> tuple[int | None, str]:
    """Whole years of service as of ``as_of``: «2 года 3 мес.» is 2, «с 2015 г.» counts on."""
    if isinstance(value, Formula):
        return None, "value_unreadable"
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if day.year == 1900 and day.month <= 3:  # the number 25 in a cell formatted as a date
            return (day - date(1899, 12, 31)).days, ""
        return (full_years(day, as_of), "") if day <= as_of else (None, "value_unreadable")
    text = key(to_cyrillic(clean(value)))
    if is_silent(text):
        return None, ""
    number = re.fullmatch(r"(?:около|более|свыше|больше|>|~)?\s*(\d+)(?:[.,](\d+))?\s*\+?", text)
    if number:
        return _whole_number(int(number[1]), as_of)
    if re.search(r"без\s*стажа|^б\s?[/.]\s?с|^нет\b|нет стажа|не имеет|^отсутств", text):
        return 0, ""
    # «12-05-03»: years, months and days, as personnel programs print them
    parts = re.fullmatch(r"(\d{1,2})\s*-\s*(\d{1,2})\s*-\s*(\d{1,2})", text)
    if parts and int(parts[2]) < 12:
        return int(parts[1]), ""
    found = _YEARS.search(text)
    if found and int(found[1]) <= MAX_YEARS and not re.search(r"\bс\s*$", text[: found.start()]):
        return (0 if _LESS.search(text) else int(found[1])), ""
    if _LESS.search(text) or re.fullmatch(r"(?:1\s*)?первый год|год", text):
        return (1 if text == "год" else 0), ""
    leading = re.match(r"(\d{1,2})(?:[.,]\d+)?\s*(?:\(|и более|и выше)", text)
    if leading:
        return int(leading[1]), ""
    day, _ = read_date(text, as_of=as_of)
    if day:
        return (full_years(day, as_of), "") if day <= as_of else (None, "value_unreadable")
    since = _SINCE_YEAR.search(text)
    if since and int(since[1]) <= as_of.year:
        return as_of.year - int(since[1]), ""
    if _MONTHS_ONLY.search(text):
        return 0, ""
    return None, "value_unreadable"


def _whole_number(number: int, as_of: date) -> tuple[int | None, str]:
    if number <= MAX_YEARS:
        return number, ""
    if number in YEARS and number <= as_of.year:
        return as_of.year - number, ""
    day, _ = read_date(number, as_of=as_of)
    if day and day <= as_of and number > max(YEARS):
        return full_years(day, as_of), ""
    return None, "value_unreadable"


def read_both_years(
    value: object, *, as_of: date, reverse: bool = False
) -> tuple[int | None, int | None, str]:
    """(total, teaching, code) of a cell like «12/10», «общ. 12 л., пед. 10 л.», «12 лет (10)».

    ``reverse``: the heading names the teaching years first; words in the cell still win.
    """
    if isinstance(value, Formula):
        return None, None, "value_unreadable"
    if isinstance(value, date):  # Excel takes «12/10» for the 12th of October
        return None, None, "value_unreadable"
    text = clean(value)
    if is_silent(text):
        return None, None, ""
    if read_years(text, as_of=as_of)[0] == 0:  # «б/с», «менее года»: neither can be more
        return 0, 0, ""
    label = re.compile(
        r"(общ\w*|всего|трудов\w*|пед\w*|по спец\w*)[^\d]{0,25}?(?=\d|б\s?/\s?с|менее|нет)", re.I
    )
    named: dict[str, object] = {}
    marks = list(label.finditer(text))
    for mark, following in zip(marks, [*marks, None][1:], strict=True):
        piece = text[mark.end() : following.start() if following else None].strip(" ,;/\n().")
        kind = "teaching" if mark[1].lower().startswith(("пед", "по")) else "total"
        named.setdefault(kind, piece)
    if len(named) == 2:
        pieces = [named["total"], named["teaching"]]
    else:
        pieces = [p for p in re.split(r"[/;|\\\n(]|,\s+|\s+[-–—]\s+", text) if p.strip(" ).")]
        if len(pieces) == 1:
            pieces = re.findall(rf"\d+(?:[.,]\d+)?\s*{_UNIT}(?:\s*\d+\s*мес\w*\.?)?", text, re.I)
        if len(pieces) == 3 and text.count("/") == 2:  # the third: service at this very school
            pieces.pop()
        if len(pieces) != 2:
            plain = re.fullmatch(r"\s*(\d{1,2})\s*[-–,\s]\s*(\d{1,2})\s*", text)
            pieces = list(plain.groups()) if plain else []
        if reverse:
            pieces.reverse()
    if len(pieces) != 2:
        return None, None, "value_unreadable"
    total, bad = read_years(pieces[0].strip(" )."), as_of=as_of)
    teaching, worse = read_years(pieces[1].strip(" )."), as_of=as_of)
    return total, teaching, bad or worse


_HIGHEST = re.compile(r"высш|^в\s?[/.]\s?к|^вкк?\b|^выс\b|\bвыс\.|\bв\.?\s?кв\.?\s?к")
_FIRST = re.compile(
    r"\bперв|^(?:1|i|l|і)(?:\s*-?\s*(?:я|ая))?(?=$|\s*(?:[,;(]|кв|кат|к\b|к\.|кк))|^пкк?\b"
    r"|\bпер\.|^п\s?/\s?к"
    r"|\b(?:1|i)\s*-?(?:я|ая|й)?\s*(?:кв|кат)"
)
_SOZD = re.compile(r"сзд|соотв|с\.\s?з\.\s?д|соотвест|с\s?/\s?з\s?/?\s?д")
_NONE = re.compile(
    r"^б\s?[/.\\]?\s?к\b|^б\s?[/.]\s?кат|без\s+(?:кв\w*\.?\s+)?кат|^нет\b|не\s+имее"
    r"|не\s+аттест|отсутств|без\s+аттест"
    r"|не\s+подлежит|не\s+присво|нет\s+категор|^без$|не\s+проход|^бк$"
)
_MENTOR = re.compile(r"педагог\w*\s?[-–—]?\s?наставник|^наставник|уч(?:итель)?\s?-\s?наставник")
_METHODIST = re.compile(r"педагог\w*\s?[-–—]?\s?методист")


def read_category(value: object) -> tuple[str, bool, str]:
    """(category or "", whether «педагог-наставник», code) of a category cell."""
    if isinstance(value, Formula):
        return "", False, "value_unreadable"
    text = key(
        to_cyrillic_whole(clean(value)) if not re.fullmatch(r"\s*[I1lі]\W*", str(value)) else value
    )
    if is_silent(text):
        return "", False, ""
    mentor = bool(_MENTOR.search(text))
    negated = re.search(r"не\s+имеет\s+(?:высш|перв)", text)
    grades = [
        (m.start(), grade)
        for grade, m in (("HIGHEST", _HIGHEST.search(text)), ("FIRST", _FIRST.search(text)))
        if m
    ]
    if grades and not negated:
        return min(grades)[1], mentor, ""
    if _SOZD.search(text):
        return "SOZD", mentor, ""
    if _NONE.search(text):
        return "NONE", mentor, ""
    if mentor or _METHODIST.search(text):
        return "", mentor, ""
    return "", False, "value_unreadable"


def read_mark(value: object) -> bool:
    """Whether a cell of a yes/no column is ticked: «+», «да», «V», a date — but not «нет», «-»."""
    text = key(value)
    return not (is_silent(text) or text in {"0", "нет", "не", "no", "false", "ложь"})


_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+\s*7|7|8)[\s\-(.–—]*)?\(?\s*(\d{3,5})[\s\-).–—]*"
    r"(\d{1,3})[\s\-.–—]*(\d{2})[\s\-.–—]*(\d{2})(?!\d)"
)


def read_phone(value: object) -> tuple[str, str]:
    """(«+7XXXXXXXXXX» or "", code). Of several numbers the first mobile one is taken."""
    if isinstance(value, Formula):
        return "", "value_unreadable"
    text = clean(value)
    if is_silent(text):
        return "", ""
    found = []
    for piece in re.split(r"[,;/\n]|\s{2,}|\bи\b|доб\.?\s*\d*|[А-Яа-яЁёA-Za-z:]+", text):
        digits = re.sub(r"\D", "", piece)
        if len(digits) == 11 and digits[0] in "78" and not re.match(r"\s*\+\s*8", piece):
            found.append(digits[1:])
        elif re.fullmatch(r"(?:[349]\d|8[0-8])\d{8}", digits) and "+" not in piece:
            found.append(digits)
        elif len(digits) > 11:  # two numbers with nothing between them
            found += ["".join(m) for m in _PHONE.findall(piece) if len("".join(m)) == 10]
    if not found:
        return "", "value_unreadable"
    return "+7" + next((digits for digits in found if digits[0] == "9"), found[0]), ""


_EMAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9-]{1,60}\.)+[A-Za-z]{2,}"
    r"|[A-Za-zа-яё0-9._%+-]{1,64}@(?:[а-яё0-9-]{1,60}\.)+рф\b",
    re.I,
)


def find_email(text: str) -> str:
    """The first e-mail address in ``text``, in small letters, or ""."""
    text = text[:MAX_TEXT]
    if not re.search("@|собака|\\bat\\b", text, re.I):
        return ""
    text = re.sub(r"mailto:|\be-?mail\s*:|\b(?:эл\.?\s*)?почта\s*:", " ", clean(text), flags=re.I)
    text = re.sub(r"\s*[\[(]?\s*\b(?:собака|at)\b\s*[\])]?\s*", "@", text, flags=re.I)
    text = re.sub(r"\s*@\s*", "@", text)
    text = re.sub(r"(?<=\w)\s*\.\s+(?=(?:ru|com|org|net|рф)\b)|(?<=@\w{2})\s+\.", ".", text)
    # «@mail,ru»: the comma sits beside the dot
    text = re.sub(r"(@[\w-]+),(?=(?:ru|com|org|net|su)\b)", r"\1.", text)
    # An address with a few look-alike letters; an address in Cyrillic stays as it is.
    text = re.sub(
        r"\S{1,64}@\S{1,100}",
        lambda m: to_latin(m[0]) if re.search("[a-z]", m[0], re.I) else m[0],
        text,
    )
    if text.count("@") == 1 and " " in text:
        joined = text.replace(" ", "")
        if _EMAIL.fullmatch(joined) and not re.search("[;,\n]", text):
            return joined.lower()
    match = _EMAIL.search(text)
    return match[0].lower() if match else ""


def read_email(value: object) -> tuple[str, str]:
    """(address in small letters or "", code); of two addresses the first."""
    if isinstance(value, Formula):
        return "", "email_unreadable"
    text = line(value)
    if is_silent(text):
        return "", ""
    address = find_email(clean(value))
    return (address, "") if address else ("", "email_unreadable")


def is_vacancy(text: object) -> bool:
    """Whether the cell says that nobody holds the post."""
    return bool(re.search(r"\bваканс|\bвакант|\bвак\b", words(text)))


def names_mentor(text: object) -> bool:
    """Whether the text names the category «педагог-наставник»."""
    return bool(_MENTOR.search(key(text)))
