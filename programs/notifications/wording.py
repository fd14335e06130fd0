"""Words of letters: the first ones stand here, an admin's newer versions in ``LetterTemplate``.

Words name fields in braces, «{сколько}»; a letter knows no others. There are no names of
people among them: a letter carries counts, days and links, whoever reads the mailbox.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from programs.errors import TransitionError
from programs.models import LetterTemplate
from schools import history
from schools.history import Scope
from schools.text import clean

DAILY = "daily"
ORDER_SIGNED = "order_signed"
MENTOR_REPLACED = "mentor_replaced"
PROGRAM_RETURNED = "program_returned"
HELP_ASKED = "help_asked"

COUNT, LATE, DAY = "сколько", "просрочено", "день"
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    """Subject, opening and closing of a letter; paragraphs are parted by an empty line."""

    subject: str
    opening: str
    closing: str = ""

    @property
    def texts(self) -> dict[str, str]:
        return {"subject": self.subject, "opening": self.opening, "closing": self.closing}


@dataclass(frozen=True)
class Kind:
    """One kind of letter.

    Attributes:
        name: what the admin's list calls it.
        first: the words before anybody changed them.
        fields: {name: explanation} of what its words may name.
        line: what the letter of an event and the list on the site say about it.
    """

    code: str
    name: str
    first: Words
    fields: dict[str, str]
    line: str = ""


_EVENT_FIELDS = {DAY: "день, когда это отметили: «25 сентября»"}
_HELLO = "Здравствуйте!\n\n"

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in [
        Kind(
            DAILY,
            "Напоминания на день",
            Words(
                "Наставничество: {сколько}",
                _HELLO + "Вот что ждёт вас на {день}, самое срочное — сверху.",
                "Если что-то из этого уже сделано, откройте ссылку и проверьте, отмечено ли оно.",
            ),
            {
                COUNT: "сколько дел в письме: «3 напоминания»",
                LATE: "сколько из них просрочено, цифрой: «2»",
                DAY: "день письма: «25 сентября»",
            },
        ),
        Kind(
            ORDER_SIGNED,
            "Подписан приказ",
            Words(
                "Наставничество: подписан приказ о вашей паре",
                _HELLO + "{день} отмечено подписание приказа, который касается вашей пары"
                " или группы. Откройте её страницу: там дата и следующий шаг.",
            ),
            _EVENT_FIELDS,
            "Подписан приказ о вашей паре или группе",
        ),
        Kind(
            MENTOR_REPLACED,
            "Сменился наставник",
            Words(
                "Наставничество: в вашей паре меняется наставник",
                _HELLO + "{день} отмечено подписание приказа, по которому в вашей паре или"
                " группе меняется наставник. Кто и с какого дня — на её странице.",
            ),
            _EVENT_FIELDS,
            "В вашей паре или группе меняется наставник",
        ),
        Kind(
            PROGRAM_RETURNED,
            "Программа возвращена",
            Words(
                "Наставничество: программу вернули на доработку",
                _HELLO + "{день} вашу программу вернули на доработку. Что исправить,"
                " написано на её странице.",
            ),
            _EVENT_FIELDS,
            "Программу вернули на доработку",
        ),
        Kind(
            HELP_ASKED,
            "Наставляемый просит",
            Words(
                "Наставничество: просьба наставляемого",
                _HELLO + "{день} наставляемый оставил просьбу и ждёт ответа.",
            ),
            _EVENT_FIELDS,
            "Наставляемый просит и ждёт ответа",
        ),
    ]
}


def current(code: str) -> Words:
    """The words that hold now: the newest version, else the first words."""
    return current_all()[code]


def current_all() -> dict[str, Words]:
    """``current`` of every kind in one query."""
    words = {code: kind.first for code, kind in KINDS.items()}
    for row in LetterTemplate.objects.filter(code__in=KINDS).order_by("version"):
        words[row.code] = Words(row.subject, row.opening, row.closing)
    return words


def fill(text: str, fields: dict[str, str]) -> str:
    """``text`` with its fields; whatever names none stays as it is and never breaks a letter."""
    return _FIELD.sub(lambda found: fields.get(found[1].strip(), found[0]), text)


def wrong_fields(code: str, text: str) -> str:
    """Why ``text`` cannot be a letter's words, in Russian; '' when it can."""
    known = KINDS[code].fields
    unknown = [name for name in _FIELD.findall(text) if name.strip() not in known]
    listed = ", ".join(f"{{{name}}}" for name in known)
    if unknown:
        return f"Такого поля нет: {{{unknown[0]}}}. Можно: {listed}."
    if set("{}") & set(_FIELD.sub("", text)):
        return f"Фигурная скобка без пары. Поле пишут так: {listed}."
    return ""


def change_words(code: str, *, by, on: dt.date, based_on: int, **texts: str) -> LetterTemplate:
    """A new version of the words of one kind of letter.

    Args:
        based_on: number of the version that the admin saw, 0 for the first words.
        texts: ``subject``, ``opening``, ``closing``.

    Raises:
        TransitionError: ``words_broken`` or ``words_empty`` (with the field), ``words_changed``
            when somebody else was faster.
    """
    texts["subject"] = clean(texts["subject"])
    for field, text in texts.items():
        problem = wrong_fields(code, text)
        if problem:
            raise TransitionError("words_broken", problem, field=field)
        if not text.strip() and field != "closing":
            raise TransitionError("words_empty", "Без этих слов письмо не уйдёт.", field=field)
    with history.changing(Scope(), by=by, on=on) as change:
        if _newest(code) != based_on:
            raise _overtaken()
        try:
            with transaction.atomic():  # a savepoint: two admins at once meet here
                row = LetterTemplate.objects.create(
                    code=code, version=based_on + 1, changed_by=by, **texts
                )
        except IntegrityError as error:
            raise _overtaken() from error
        change.record("letter_words_changed", row, letter=KINDS[code].name, version=row.version)
    return row


def restore_words(code: str, *, by, on: dt.date, version: int) -> LetterTemplate:
    """The words of an older ``version`` (0: the first words) as a new version.

    Raises:
        TransitionError: ``no_such_version`` and the codes of ``change_words``.
    """
    words = KINDS[code].first
    if version:
        row = LetterTemplate.objects.filter(code=code, version=version).first()
        if row is None:
            raise TransitionError("no_such_version", "Такой версии слов нет.")
        words = Words(row.subject, row.opening, row.closing)
    return change_words(code, by=by, on=on, based_on=_newest(code), **words.texts)


def _newest(code: str) -> int:
    rows = LetterTemplate.objects.filter(code=code).order_by("-version")
    return rows.values_list("version", flat=True).first() or 0


def _overtaken() -> TransitionError:
    return TransitionError(
        "words_changed", "Эти слова только что изменил другой администратор: откройте их заново."
    )
