"""Sentences about letters; without a name: the administrator reads them too."""

LETTERS = {
    "letter_resent": "Письмо № {number} от {day} поставлено на отправку ещё раз (было: «{was}»).",
    "letter_words_changed": "Изменены слова письма «{letter}», версия {version}.",
}
