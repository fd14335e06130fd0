"""Rules by which Russian surnames, first names and patronymics change: no dictionary.

Written down by ending and sex, because a dictionary guesses at surnames that it does not know.
A word that no rule knows stays as written rather than come out wrong. Every function takes one
word with its capital letter; cases are the four that papers ask for.
"""

GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL = "gent", "datv", "accs", "ablt"
CASES = (GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL)

VOWELS = "аеёиоуыэюя"
HISSING = "жчшщ"
BACK = "гкх"

# Endings in the order of CASES.
_POSSESSIVE_MAN = ("а", "у", "а", "ым")
_POSSESSIVE_WOMAN = ("ой", "ой", "у", "ой")
_HARD = ("а", "у", "а", "ом")
_HARD_SOFT_END = ("а", "у", "а", "ем")  # after ж, ч, ш, щ, ц without stress
_SOFT = ("я", "ю", "я", "ем")

# First parts of double surnames that never change.
FROZEN_PARTS = {"бонч", "тер", "шах", "кара", "мак", "сен", "сан", "ван", "дер", "де", "фон", "ибн",
                "эль", "аль", "ла", "ли", "о"}  # fmt: skip
# Second parts of eastern names: neither they nor the word before them change.
EASTERN = {"оглы", "оглу", "кызы", "гызы", "улы", "уулу", "кизи", "угли", "зода", "заде"}
# French surnames with the stress on the last letter stay.
_FRENCH = {"дюма", "золя", "петипа", "дега", "люка", "тома", "ферма", "труайя"}
# Surnames in -ина that are nouns and not the feminine of -ин.
_NOUNS_IN_INA = {"калина", "малина", "рябина", "щербина", "осина", "смородина", "былина", "перина",
                 "дубина", "скотина", "судьбина", "бузина", "крушина", "лучина"}  # fmt: skip
# Nouns that lose a vowel: what stands before the ending.
_FLEETING = {
    "лев": "льв", "заяц": "зайц", "орёл": "орл", "орел": "орл", "козёл": "козл", "козел": "козл",
    "осёл": "осл", "осел": "осл", "перец": "перц", "стрелец": "стрельц", "жнец": "жнец",
    "швец": "швец", "кравец": "кравц", "кузнец": "кузнец", "чернец": "чернец", "палец": "пальц",
    "швидлец": "швидлец", "боец": "бойц", "немец": "немц", "горец": "горц", "певец": "певц",
    "купец": "купц", "мудрец": "мудрец", "гребец": "гребц", "коваленец": "коваленц",
    "жилец": "жильц", "отец": "отц", "хлебец": "хлебц", "песок": "песк", "чеснок": "чеснок",
    "лоб": "лб", "лёд": "льд", "пёс": "пс", "ковёр": "ковр", "котёл": "котл", "корень": "корн",
    "пень": "пн", "день": "дн", "лань": "лан", "камень": "камн", "ремень": "ремн",
    "соловей": "соловь", "воробей": "воробь", "муравей": "муравь", "журавель": "журавл",
    "уголь": "угл", "кисель": "кисел", "бобок": "бобк", "дубок": "дубк", "грибок": "грибк",
    "сынок": "сынк", "волчок": "волчк", "снежок": "снежк", "щеголь": "щегол", "щёголь": "щёгол",
    "щегол": "щегл", "дятел": "дятл", "козлик": "козлик", "перепел": "перепел",
}  # fmt: skip
# Adjectives in -чий and -ший; the rest of these (Топчий, Бородачий) are nouns.
_SOFT_ADJECTIVES = {"рабочий", "зодчий", "певчий", "кормчий", "рыжий", "божий", "горячий",
                    "младший", "старший", "меньший", "хороший", "пригожий", "ловчий",
                    "стряпчий"}  # fmt: skip
_STRESSED_ADJECTIVES = {"большая", "чужая"}
# Adjectives in -ой of one syllable (Злой); other short ones (Цой, Ной) are nouns.
_SHORT_ADJECTIVES = {"злой", "мой", "твой"}
_STRESSED_INSTRUMENTAL = {"ильич", "лукич", "кузьмич", "фомич"}
_NAMES = {
    "лев": ("Льва", "Льву", "Льва", "Львом"),
    "павел": ("Павла", "Павлу", "Павла", "Павлом"),
    "пётр": ("Петра", "Петру", "Петра", "Петром"),
    "петр": ("Петра", "Петру", "Петра", "Петром"),
    "данило": ("Данилы", "Даниле", "Данилу", "Данилой"),
    "гаврило": ("Гаврилы", "Гавриле", "Гаврилу", "Гаврилой"),
    "михайло": ("Михайлы", "Михайле", "Михайлу", "Михайлой"),
    "любовь": ("Любови", "Любови", "Любовь", "Любовью"),
    "илья": ("Ильи", "Илье", "Илью", "Ильёй"),
}


def surname(word: str, sex: str, case: str) -> str:
    """One part of a surname of a man (``M``) or a woman (``F``); '' is read as a man's where
    both agree, and otherwise left alone."""
    low = word.lower()
    if low in FROZEN_PARTS or _is_short(low):
        return word
    if low[-1] in "оеэиыуюё" or low.endswith(("их", "ых")):
        return word  # Шевченко, Дурново, Гюго, Ли, Черных
    if low[-1] in "ая":
        return _surname_in_a(word, low, sex, case)
    if sex == "F":
        return word  # Мельник, Ким, Шмидт, Коваль: a woman's stays
    if sex == "M":
        return _mans_surname(word, low, case)
    return word


def _is_short(low: str) -> bool:
    return len(low) < 2 or not any(letter in VOWELS for letter in low)


def _surname_in_a(word: str, low: str, sex: str, case: str) -> str:
    if low.endswith(("ая", "яя")) and sex != "M" and len(low) > 3:
        return _adjective_of_woman(word, low, case)
    possessive = low.endswith(("ова", "ева", "ёва", "ина", "ына")) and low not in _NOUNS_IN_INA
    if sex == "F" and possessive:
        return _ended(word[:-1], _POSSESSIVE_WOMAN, case)
    if low.endswith("а") and low[-2] in VOWELS:
        return word  # Моруа, Гарсиа
    if low in _FRENCH or low.endswith("зода"):
        return word  # Дюма, Турсунзода
    return noun_in_a(word, case)


def _adjective_of_woman(word: str, low: str, case: str) -> str:
    stem = word[:-2]
    soft = low.endswith("яя") or (low[-3] in HISSING and low not in _STRESSED_ADJECTIVES)
    other = "ей" if soft else "ой"
    ending = "юю" if low.endswith("яя") else "ую"
    return _ended(stem, (other, other, ending, other), case)


def noun_in_a(word: str, case: str) -> str:
    """«Кваша», «Берия», «Анна», «Илья» as nouns in -а and -я."""
    stem, low = word[:-1], word.lower()
    if low.endswith("ия"):
        return _ended(stem, ("и", "и", "ю", "ей"), case)
    if low.endswith("я"):
        return _ended(stem, ("и", "е", "ю", "ей"), case)
    genitive = "и" if low[-2] in BACK + HISSING else "ы"
    instrumental = "ей" if low[-2] in HISSING + "ц" else "ой"
    return _ended(stem, (genitive, "е", "у", instrumental), case)


def _mans_surname(word: str, low: str, case: str) -> str:
    syllables = sum(letter in VOWELS for letter in low)
    if low in _FLEETING:
        return _with_fleeting_vowel(word, low, case)
    if low.endswith(("ов", "ев", "ёв")) or (low.endswith(("ин", "ын")) and syllables > 1):
        return _ended(word, _POSSESSIVE_MAN, case)
    if low.endswith("ый"):
        return _ended(word[:-2], ("ого", "ому", "ого", "ым"), case)
    if low.endswith("ий"):
        return _surname_in_iy(word, low, case)
    if low.endswith("ой") and (syllables > 1 or low in _SHORT_ADJECTIVES):
        instrumental = "им" if low[-3] in BACK + HISSING else "ым"
        return _ended(word[:-2], ("ого", "ому", "ого", instrumental), case)
    if low[-1] in "йь":
        return _ended(word[:-1], _SOFT, case)
    return _ended(word, _HARD_SOFT_END if _soft_end(low) else _HARD, case)


def _soft_end(low: str) -> bool:
    """Instrumental in -ем: Рабинович, Шульц; but Кулиш, Стриж, Плющ have a stressed ending."""
    short = sum(letter in VOWELS for letter in low) == 1 and low[-1] != "ц"
    return (
        low[-1] in "чщцшж"
        and not short
        and not low.endswith(("ач", "иш", "аш", "уш", "иж", "уж", "ёж"))
    )


def _surname_in_iy(word: str, low: str, case: str) -> str:
    stem = word[:-2]
    if low[-3] in BACK:
        return _ended(stem, ("ого", "ому", "ого", "им"), case)
    if low in _SOFT_ADJECTIVES or low.endswith("ний"):
        return _ended(stem, ("его", "ему", "его", "им"), case)
    return _ended(word[:-1], _SOFT, case)  # Палий, Топчий


def _with_fleeting_vowel(word: str, low: str, case: str) -> str:
    stem = _keep_capital(word, _FLEETING[low])
    if low[-1] == "й":
        return _ended(stem, ("я", "ю", "я", "ём"), case)
    if low[-1] == "ь":
        return _ended(stem, _SOFT, case)
    if low[-1] == "ц":
        stressed = low.endswith("ец") and low not in ("перец", "палец", "немец", "горец")
        return _ended(stem, _HARD if stressed else _HARD_SOFT_END, case)
    return _ended(stem, _HARD, case)


def first_name(word: str, sex: str, case: str) -> str:
    low = word.lower()
    if low in _NAMES and not (low == "илья" and sex == "F"):
        return _NAMES[low][CASES.index(case)]
    if _is_short(low) or low[-1] in "оеэиыуюё":
        return word
    if low[-1] in "ая":
        if low[-1] == "а" and low[-2] in VOWELS:
            return word
        return noun_in_a(word, case)
    if sex == "F":
        return _ended(word[:-1], ("и", "и", "ь", "ью"), case) if low[-1] == "ь" else word
    if sex == "M":
        if low[-1] in "йь":
            return _ended(word[:-1], _SOFT, case)
        return _ended(word, _HARD_SOFT_END if low[-1] in HISSING + "ц" else _HARD, case)
    return word


def patronymic(word: str, case: str) -> str:
    """«Петровна», «Ильич»; what is no Russian patronymic («Мамед оглы», «Ахмедзода») stays."""
    low = word.lower()
    if low.endswith(("вна", "чна", "шна")):
        return noun_in_a(word, case)
    if low.endswith("ич"):
        endings = ("а", "у", "а", "ом") if low in _STRESSED_INSTRUMENTAL else _HARD_SOFT_END
        return _ended(word, endings, case)
    return word


def sex_by_patronymic(word: str) -> str:
    """M, F, or '' where it cannot be told."""
    low = word.lower()
    if low.endswith(("вна", "чна", "шна", "кызы", "гызы", "кизи")):
        return "F"
    return "M" if low.endswith(("ич", "оглы", "оглу", "улы", "уулу", "угли")) else ""


def _ended(stem: str, endings: tuple, case: str) -> str:
    return stem + endings[CASES.index(case)]


def _keep_capital(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
