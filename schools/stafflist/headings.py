"""Which field a heading names: a scored dictionary of normalised words."""

import re
from functools import lru_cache

from .text import words

# A heading that is understood but not needed («Образование», «№ п/п»): it still shows that
# its row is a header, and keeps the column from being guessed by its content.
OTHER = "other"

# (field, needed, forbidden, score). Patterns look at :func:`~.text.words`: small letters, no
# punctuation, ё as е. The highest score wins; a longer heading with the same words loses a little.
_RULES: list[tuple[str, str, str, float]] = [
    (OTHER, r"^(№|n|no|номер)( п ?п)?( строки)?$|^п ?п$|^№ |^порядков|^номер п", r"тел", 12),
    (
        OTHER,
        r"образован|оконч|диплом|вуз\b|учебное заведение|специальност|квалификация по|ученая|ученое"
        r"|степень|звание|наград|поощр|курс|повышени|переподг|кпк|снилс|инн\b|паспорт|пол$|возраст"
        r"|сколько лет|полных лет|адрес прож|прописк|место жит|место рожд|нагрузк|час(ы|ов)|ставк"
        r"|кабинет|класс(ы|е)?$|классное рук|в каком классе|примечан|увольн|семейн|дети$|гражданств"
        r"|националь|программ|модул$|разряд|оклад|подпись|согласи|комментар|статус|совмест|приказ"
        r"|табельн|срок действ|действ\w* до|дата (присвоен|аттест|последн|установл|окончан"
        r"|прохожд|выдач"
        r"|увольн|следующ|очередн)|год (присвоен|аттест|окончан|прохожд)|очередн|следующ|юбиле"
        r"|квалификация$|планиру|реквизит|основное место|условия|форма работы|вид занятост"
        r"|факультатив"
        r"|кружк|методическ\w* тема|тема самообр|в (данной|занимаемой|этой|настоящей) (должн|долж)"
        r"|стаж.*(в (данн|нашем|этом|этой|настоящ|школе|учрежд|организ|занимаем|должн|доу|оо\b"
        r"|оу\b)"
        r"|непрерыв|руковод|управлен|административ|льготн|северн)|родител|пед нагр|отпуск"
        r"|размер|город$|^адрес$|почтовый адрес|^класс|^группа$|стаж.*по должн",
        r"преподаваем|общ.*пед|дата приема|опыт|электр|эл адр|прием|телефон|имя отчество|^должност",
        9,
    ),
    (OTHER, r"родител|законн\w* представ|ребен", r"", 12),
    ("last_name", r"^фамилия$|^фамил\w*$", r"", 14),
    ("last_name", r"фамилия", r"имя|отч|и о|инициал|девич|добрач|прежн", 10),
    ("first_name", r"^имя$", r"", 14),
    ("first_name", r"^и$", r"", 8),
    ("patronymic", r"^о$", r"", 8),
    ("patronymic", r"^отчество\b|^отч$", r"", 14),
    ("first_patronymic", r"^имя (и )?отчество|^и о$|^имя отч|^инициалы$", r"фамил", 14),
    (
        "full_name",
        r"\bф ?и ?о\b|фамилия.*(имя|и о\b|инициал|отч)|имя отчество фамилия|ф и отчество|^фи$",
        r"родител|ребен|учени|обучающ|руковод|директор|куратор|наставник|супруг|закреп|законн",
        14,
    ),
    (
        "full_name",
        r"^(педагог|учитель|сотрудник|работник|преподаватель|воспитатель|кадры|персонал|специалист)"
        r"(и|я|а|ы|ов|ей)?$|^педагогическ\w+ (работник|состав|кадр)\w*$|^(данные"
        r"|сведения) о (сотр|пед|раб)"
        r"|^кто$|^человек$|^(молодой|начинающий) (специалист|педагог)$",
        r"",
        9,
    ),
    ("full_name", r"\bф ?и ?о\b", r"родител|ребен|учени|обучающ|супруг|законн", 6),
    (
        "birth_date",
        r"(дата|день|число|год|когда).*рожд|^рожден|^(дата |год )?(д р|г р|др|гр|дт рожд)\b"
        r"|рожд(ен)?$|родил"
        r"|^дата рож|день рожд",
        r"ребен|детей",
        14,
    ),
    (
        "position_subject",
        r"(должност|профессия).*(предмет|дисциплин|преподав)|(предмет|дисциплин).*должност",
        r"стаж|категор",
        15,
    ),
    (
        "position",
        r"^(занимаемая |основная |штатная |наименование |название )?должност|^роль$"
        r"|кем работает|^профессия"
        r"|^пост$|^кем$|^(занимаемая|выполняемая) (работа|функция)|^трудовая функция|должность$",
        r"стаж|соответств|категор|в должност|с какого|дата|аттест|руководител|наставник",
        12,
    ),
    ("position", r"^должност\w*( и)? (кв |квалификационн\w* )?категор", r"по должности", 14),
    (
        "subject",
        r"предмет|дисциплин|что (преподает|ведет)|преподава(ем|л)|^преподает|^ведет|^специализац"
        r"|^направление( деятельности)?$|учебный курс|^профиль$",
        r"стаж|час|нагрузк|курсы повыш|категор",
        12,
    ),
    (
        "is_teacher_mentor",
        r"^(категория |кв категория |статус |является )*(педагог(ом|а)? )?наставник(ом)?( да нет)?$"
        r"|категория.*педагог наставник$|педагог наставник.*(методист|да нет)",
        r"фио|молод|закреп",
        11,
    ),
    (
        "category",
        r"категор|\bкв ?кат\b|^к ?к$|^кат$|^кат ия|^кк$|^аттестац|результат\w* аттест"
        r"|уровень квалиф|квалификацион",
        r"персонал|работник|учащ|дет(и|ей)|присвоен|^дата|^год|^срок|^номер|^приказ|^№|граждан"
        r"|истек|окончан"
        r"|действ|планир|заявл|наставник$|льгот",
        12,
    ),
    ("category", r"^(квалификационная |кв )?категория", r"персонал|работник|наставник$", 10),
    ("category_sozd", r"^соответств\w* занимаем|^сзд$", r"дата|приказ", 12.5),
    ("both_years", r"стаж.*общ.*(пед|спец)|общ.*стаж.*(пед|спец)|общ\w* (и )?пед\w* стаж", r"", 15),
    (
        "both_years_reversed",
        r"стаж.*(пед|спец)\w*.*общ|(пед|спец)\w* .*общ\w* .*стаж|педстаж.*общ",
        r"",
        15,
    ),
    (
        "total_years",
        r"стаж.*(общ|всего|трудов)|(общ|всего|трудов)\w*.*стаж|^общ(ий|его)? тр",
        r"пед|спец",
        14,
    ),
    (
        "teaching_years",
        r"стаж.*(пед|спец|преподав|учител|профессион)|пед\w*.*стаж|педстаж|(спец"
        r"|профессион)\w*.*стаж"
        r"|начал\w* пед|лет в образовании|лет в школе|опыт\w*.*(професс|работы в сфере)",
        r"общ",
        14,
    ),
    ("total_years", r"^стаж( работы)?( лет)?( кол.*)?$|^стаж", r"", 8),
    (
        "hired_on",
        r"(дата|день|год|когда|время|месяц).*(прием|приня|поступл|трудоустр|зачислен|назнач)"
        r"|^прин(ят|ята|я|имался)?\b|^прием|^поступил|работает (в .*)?с$|^в (школе|оо|оу"
        r"|учреждении) с\b|с какого"
        r"|(начал|дата начал)\w* (работы|труд)|^трудоустр|работает в (школе|оо|оу|учрежд)\w* с"
        r"|с какой даты"
        r"|трудов\w* договор|дата\w* устр|^устроен|прием\w* на работу",
        r"увольн|стаж|курс|снил|конца|категор|аттест",
        13,
    ),
    (
        "contacts",
        r"(тел|моб|сот)\w*.*(почт|mail|майл)|(почт|mail)\w*.*(тел|моб)",
        r"родител",
        16,
    ),
    ("contacts", r"^контакт", r"родител|тел|почт|mail", 13),
    ("phone", r"моб|сотов|личный тел|тел\w* моб|тел\w* личн", r"родител|подпис", 14),
    ("phone", r"\bтел\b|телеф|номер для связи|whatsapp|ватсап", r"родител|раб|дом|факс|подпис", 12),
    ("phone", r"\bтел\b|телеф", r"родител", 8),
    (
        "email",
        r"e ?mail|е ?mail|и ?мейл|е ?мейл|имэйл|емайл|электр\w* (почт|адрес|п$)|эл ?(почт|адр)"
        r"|почта$|^почт\w* эл"
        r"|адрес эл|mail|^эл п$|^@$|\be m\b",
        r"индекс|почтовый адрес|родител|почтов\w* адрес",
        14,
    ),
]
_COMPILED = [
    (name, re.compile(needed), re.compile(forbidden) if forbidden else None, score)
    for name, needed, forbidden, score in _RULES
]
_MARKS = [
    ("category_highest", re.compile(r"^(высш|вкк$|в к$)")),
    ("category_first", re.compile(r"^(перв|1 ?к|i к|1$|i$|1 я)")),
    ("category_sozd", re.compile(r"^(сзд|соотв)")),
    ("category_none", re.compile(r"^(без кат|б к$|нет|не имеет|не аттест|без)")),
]
_STUDENTS = re.compile(
    r"учени(к|ц|ч)|обучающ|учащи|школьник|\bдет(и|ей)\b|родител|законн\w* представ|воспитанник"
    r"|выпускник"
)


@lru_cache(maxsize=5_000)
def recognise(heading: str) -> tuple[str | None, float]:
    """(field, score) of one heading text; (None, 0) if nothing fits, OTHER if not needed."""
    text = words(heading)
    if not text or len(text) > 160 or re.fullmatch(r"[\d ]+", text):
        return None, 0
    best: tuple[str | None, float] = (None, 0)
    for name, needed, forbidden, score in _COMPILED:
        match = needed.search(text)
        if match and not (forbidden and forbidden.search(text)):
            # The further into a long text the word stands, the less it is what the column holds.
            worth = score - min(match.start(), 60) / 20 - min(len(text), 100) / 50
            if worth > best[1]:
                best = (name, worth)
    return best


def recognise_under(parents: list[tuple[str, bool]], child: str) -> tuple[str | None, float]:
    """The field of a column under headings of several lines, the lowest one being ``child``.

    ``parents``: the texts above, each with whether it spreads over several columns.
    """
    context = " ".join(text for text, _ in parents)
    above, below = words(context), words(child)
    if not parents:
        return recognise(child)
    if "стаж" in above and below:
        general, teaching = re.search(r"общ|всего|трудов", below), re.search(r"пед|спец", below)
        if bool(general) != bool(teaching) and recognise(f"стаж {child}")[0] != OTHER:
            return ("total_years" if general else "teaching_years"), 15
    if re.search(r"категор|аттест", above) and below:
        for name, pattern in _MARKS:
            if pattern.search(below):
                return name, 13
    alone, together = recognise(child), recognise(f"{context} {child}")
    if not any(wide for _, wide in parents):
        # «Фамилия,» over «имя, отчество»: one heading written in two cells
        return together if together[1] >= alone[1] - 2 else alone
    if alone[0] and alone[0] != OTHER and alone[1] >= 9:
        return alone
    if alone[0] == OTHER and together[0] not in {"hired_on", "birth_date"}:
        return alone
    # «Категория» over «приказ»: the lower word narrows the upper one, it does not repeat it.
    return together


def speaks_of_students(text: str) -> bool:
    return bool(_STUDENTS.search(words(text)))
