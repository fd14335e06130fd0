"""Events of letters in Russian."""

LETTERS = {
    "letter_words_changed": "Изменены слова письма «{letter}», версия {version}.",
}
