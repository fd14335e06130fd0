"""How many of 300 varied names come out right in all four cases that papers ask for.

Run: python -m bench.grammar [-v]. The expected forms stand in bench/data/names.txt, declined by
hand. A name is right when every one of its four forms is.
"""

import os
import re
import sys
from pathlib import Path

import django

from bench.common import figure, finish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
django.setup()

from schools.declension import CASES  # noqa: E402 needs loaded models
from schools.grammar import guessed_name  # noqa: E402
from schools.models import Person  # noqa: E402

NAMES = Path(__file__).parent / "data" / "names.txt"
LEAST = 0.99
KINDS = {
    "А": "ой ой у ой", "АЯ": "ой ой ую ой", "ЕЯ": "ей ей юю ей", "ЕУ": "ей ей ую ей",
    "О": "а у а ым", "М": "а у а ом", "Ч": "а у а ем", "Ь": "я ю я ем", "Й": "ого ому ого ым",
    "К": "ого ому ого им", "Х": "его ему его им", "Ы": "ы е у ой", "И": "и е у ой",
    "Ш": "и е у ей", "Ц": "ы е у ей", "Я": "и е ю ей", "ИЯ": "и и ю ей", "Р": "и и ь ью",
}  # fmt: skip


def read(line: str) -> tuple[str, list[str], list[list[str]]]:
    """(sex, words as in the passport, words of each case)."""
    sex, rest = line.split(" ", 1)
    rest = rest.replace(" - ", "\u2010")  # the parts of a double surname are one word
    words, forms = [], [[], [], [], []]
    for token in re.findall(r"\S+?:\([^)]*\)(?:\u2010\S+)?|\S+", rest):
        parts = [_word(part) for part in token.split("\u2010")]
        words.append("-".join(nominative for nominative, _ in parts))
        for place, found in enumerate(forms):
            found.append("-".join(cases[place] for _, cases in parts))
    return sex, words, forms


def _word(token: str) -> tuple[str, list[str]]:
    text, kind = token.split(":", 1)
    nominative = text.replace("-", "")
    if kind == "0":
        return nominative, [nominative] * 4
    if kind.startswith("("):
        return nominative, kind.strip("()").split()
    return nominative, [text.split("-")[0] + ending for ending in KINDS[kind].split()]


def main() -> None:
    lines = [x for x in NAMES.read_text().splitlines() if x and not x.startswith("#")]
    right = 0
    for line in lines:
        sex, words, forms = read(line)
        person = Person(
            sex=sex,
            last_name=words[0],
            first_name=words[1],
            patronymic=" ".join(words[2:]),
        )
        told = [guessed_name(person, case) for case in CASES]
        wanted = [" ".join(form) for form in forms]
        right += told == wanted
        if told != wanted and "-v" in sys.argv:
            print(f"{person.full_name}: {told} instead of {wanted}")
    figure(f"names of {len(lines)} right in every case, share", right / len(lines), LEAST,
           more_is_better=True)  # fmt: skip
    finish()


if __name__ == "__main__":
    main()
