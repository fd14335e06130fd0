"""Posts and subjects: what of «учитель русского языка (0,5 ст.)» is the post, what the subject."""

import re
from functools import lru_cache

from .text import clean, is_silent, key, line, to_cyrillic
from .vocabulary import ABBREVIATIONS, CAPITALS, GENITIVES

_NOMINATIVE = {key(genitive): nominative for nominative, genitive in GENITIVES.items()}
_SUBJECTS = {key(nominative): nominative for nominative in GENITIVES}
# Two words that are one subject of one teacher; other pairs with «и» are two subjects.
_UNITS = {"русский язык и литература", "история и обществознание", "вероятность и статистика"}

_SHORT = [(re.compile(pattern, re.I), full) for pattern, full in ABBREVIATIONS]
_CAPITALS = {key(word): word for word in CAPITALS.split()}
# How much of a post, on which footing: no part of its name.
_FOOTING = re.compile(
    r"\(?\b(?:на\s+)?\d(?:[.,]\d+)?\s*(?:ставк[аиу]?|ст\.?|шт\.?\s*ед\.?)(?!\w)\)?"
    r"|\(?(?:внешн\w*|внутр\w*|вн\.|вш\.)\s*совм(?:ест\w*|ещ\w*|\.)?\)?"
    r"|\(?(?:по\s+)?(?:внешнему\s+|внутреннему\s+)?совместительств\w*\)?|\(?\bсовместител\w*\b\)?"
    r"|\(\s*(?:осн\w*\.?|основное место работы|декрет\w*|д\s?/\s?о)\s*\)",
    re.I,
)
_GRADE = re.compile(
    r"[,(]?\s*\b(высш\w*|перв\w*|1|I)\s*(?:-?й\s+)?(?:квалификационн\w*\s+"
    r"|кв\.?\s*)?кат(?:егори\w*|\.)?\)?",
    re.I,
)
_BARE_GRADE = re.compile(r"^(?:высш|перв|сзд\b|соответств|б/к|без кат)", re.I)
_TEACHER = re.compile(r"^(?:старший\s+)?(?:учитель|преподаватель)(?:\s*-\s*предметник)?$", re.I)
# Posts whose own name holds a subject: the list repeats the subject beside them.
_NAMED_SUBJECT = {
    "учитель физической культуры": "физическая культура",
    "преподаватель-организатор обзр": "ОБЗР",
    "преподаватель-организатор обж": "ОБЖ",
}
_POST = re.compile(
    r"учител|педагог|воспитат|директор|завуч|заместит|психолог|логопед|дефектолог|библиотекар"
    r"|тьютор|организатор"
    r"|методист|руководител|вожат|преподават|инструктор|концертмейстер|мастер|тренер|заведующ"
    r"|советник|лаборант"
    r"|секретар|бухгалтер|ассистент|няня|медсест|делопроизвод|специалист|инженер|классн",
    re.I,
)


_LONGEST = 200  # characters of a post or of subjects; matching costs their square


def is_post(text: object) -> bool:
    return bool(_POST.search(key(to_cyrillic(line(text)))))


@lru_cache(maxsize=20_000)
def is_subject(text: str) -> bool:
    """Whether every part of ``text`` is the name of a school subject."""
    parts = [p for p in re.split(r"[,;/\n]", read_subject(text)) if p.strip()]
    return bool(parts) and all(_subject_of(part) for part in parts)


def _subject_of(text: str) -> str:
    """The nominative of one or several subjects in ``text``, or "" if they are not known."""
    text = key(text)[:_LONGEST].strip(" .,")
    if text in _SUBJECTS:
        return _SUBJECTS[text]
    if text in _NOMINATIVE:
        return _NOMINATIVE[text]
    whole = re.sub(r"\s*\(.*\)$", "", text)
    if whole != text and (_NOMINATIVE.get(whole) or _SUBJECTS.get(whole)):
        inner = text[len(whole) :].strip(" ()")
        head = _NOMINATIVE.get(whole) or _SUBJECTS[whole]
        if head.startswith("иностранн"):
            return _subject_of(inner) or _subject_of(f"{inner} язык") or f"{head} ({inner})"
        return f"{head} ({_subject_of(inner) or inner})"
    # «английского и немецкого языков»
    if text.endswith(" языков") and " и " in text:
        text = text[: -len(" языков")].replace(" и ", " языка и ") + " языка"
    pieces = [p for p in re.split(r"\s*[,;/]\s*|\s+и\s+", text) if p]
    if len(pieces) < 2:
        return ""
    found = []
    while pieces:
        pair = _subject_of(" и ".join(pieces[:2])) if " и ".join(pieces[:2]) in _PAIRS else ""
        name = pair or _NOMINATIVE.get(pieces[0]) or _SUBJECTS.get(pieces[0])
        if not name:
            return ""
        found.append(name)
        pieces = pieces[2 if pair else 1 :]
    return ", ".join(found)


_PAIRS = {key(unit) for unit in _UNITS} | {key(GENITIVES[unit]) for unit in _UNITS}
_PAIRS |= {"информатики и икт", "информатика и икт"}


def _small(text: str) -> str:
    """Small letters, abbreviations in capitals: «Зам. директора по увр» → «… УВР»."""

    def fix(match: re.Match) -> str:
        word = match[0]
        return _CAPITALS.get(key(word)) or word.lower()

    return re.sub(r"[^\W\d_]+", fix, text)


def _plain(value: object) -> str:
    text = to_cyrillic(clean(value)[:_LONGEST])
    text = re.sub(r"(?<=[а-яё])-\n(?=[а-яё])", "", text)
    text = _FOOTING.sub(" ", text)
    text = re.sub(r"^учителя(?=\s)", "учитель", text, flags=re.I)
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    text = _join_lines(text)
    text = " ".join(text.split())
    text = re.sub(r"\s+([,;.)])", r"\1", text)
    text = re.sub(
        r"(?<=[а-яё])\s*[-‐‑–]\s*(?=(?:логопед|психолог|дефектолог|организатор|библиотекар"
        r"|предметник|методист|наставник|сурдо|тифло|олигофрено))",
        "-",
        text,
        flags=re.I,
    )
    return text.strip(" ,;.:-–—/")


def _join_lines(text: str) -> str:
    """Lines of one cell: a new post or subject follows a comma, anything else just goes on."""
    joined, *rest = text.split("\n")
    for piece in rest:
        own = is_post(piece) or key(piece).strip(" ,.;") in _SUBJECTS
        named = key(joined).endswith("организатор") or joined.endswith((",", ";", "/", "и"))
        joined += (", " if own and not named else " ") + piece
    return joined


def read_subject(value: object) -> str:
    """The subjects of a subject cell, several of them joined by commas; dashes mean none."""
    text = line(value)
    if is_silent(text) or key(text) in {"нет", "не ведет", "не преподает"}:
        return ""
    text = re.sub(r"\s*[/;\\|]\s*|\s*,\s*", ", ", _plain(value))
    return _small(text)


def read_position(value: object) -> str:
    """The post in small letters, without its share of a full-time post."""
    if is_silent(line(value)):
        return ""
    return _small(re.sub(r"\s*[;|]\s*|\s+/\s+|\s*,\s*", ", ", _plain(value)))


def split_grade(position: str) -> tuple[str, str]:
    """(the post alone, a category named in it): «учитель физики, первая категория»."""
    match = _GRADE.search(position)
    if match:
        left = (position[: match.start()] + position[match.end() :]).strip(" ,;")
        return left, "высшая" if match[1].casefold().startswith("высш") else "первая"
    pieces = re.split(r"\s*,\s*", position)
    grades = [p for p in pieces if _BARE_GRADE.match(p)]
    if not grades:
        return position, ""
    return ", ".join(p for p in pieces if p not in grades), " ".join(grades)


def split_position(value: object) -> tuple[str, str]:
    """(post, subject) of a cell that may hold both: «учитель (физика, химия)».

    Posts that name their subject («учитель физической культуры») keep their name.
    """
    text = read_position(value)
    posts, subjects = [], []
    for piece in _pieces(text):
        post, subject = _split_one(piece, bool(posts))
        if post and post not in posts:
            posts.append(post)
        if subject and subject not in subjects:
            subjects.append(subject)
    return ", ".join(posts), ", ".join(subjects)


def _pieces(text: str) -> list[str]:
    """Cut at commas outside brackets."""
    return [p.strip() for p in re.split(r",(?![^()]*\))", text) if p.strip()]


def _split_one(piece: str, after_post: bool) -> tuple[str, str]:
    named = _NAMED_SUBJECT.get(key(piece))
    if named:
        return piece, named
    bracket = re.fullmatch(r"(.*?)\s*\((.+)\)", piece)
    if bracket and is_post(bracket[1]) and (is_subject(bracket[2]) or _TEACHER.match(bracket[1])):
        post, subject = _split_one(bracket[1], False)
        inner = ", ".join(_subject_of(p) or p for p in _pieces(bracket[2].replace("/", ",")))
        if not subject:
            return post, inner
        if subject.startswith("иностранн"):
            return post, _subject_of(f"{subject} ({bracket[2]})")
        return post, subject if inner in subject else f"{subject} ({inner})"
    dash = re.fullmatch(r"(.+?)\s*(?::|\s[-–—])\s+(.+)", piece)
    if dash and is_post(dash[1]) and is_subject(dash[2]):
        return dash[1], read_subject(dash[2])
    head, _, tail = piece.partition(" ")
    if _TEACHER.match(head) and tail:
        subject = _subject_of(tail)
        if subject:
            kept = f"{head} {tail}"
            return (kept, subject) if subject == "физическая культура" else (head, subject)
        return piece, ""
    if after_post and not is_post(piece):
        return "", _subject_of(piece) or piece
    if not after_post and is_subject(piece):
        return "", read_subject(piece)
    return piece, ""
