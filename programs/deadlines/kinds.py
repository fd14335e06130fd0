"""The one table of what may be due: who owes it, how hard it binds, when, and where to do it.

A row of the table is data; the dates that depend on facts are worked out in ``derive``.
"""

from dataclasses import dataclass
from enum import StrEnum

from programs.choices import Force

LAW, SCHOOL, ADVICE = Force.LAW, Force.SCHOOL, Force.ADVICE

LABOUR_CODE = "ТК РФ, ст. 351.8"
LOCAL_RULES = "порядок организации"
RECOMMENDATIONS = "Методические рекомендации"


class Level(StrEnum):
    """Which facts a kind follows from, and so which change refreshes it."""

    CASE = "case"
    ORDER = "order"
    PERSON = "person"
    SCHOOL = "school"


class Unit(StrEnum):
    """What ``Kind.days`` counts. FIXED dates are named by the facts or by the school year."""

    WORKING = "working days"
    CALENDAR = "calendar days"
    FIXED = "fixed"


class Who(StrEnum):
    """The side that owes; a role is resolved to people in ``owners`` when it is read."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    RESPONSIBLE = "responsible"
    CURATOR = "curator"
    DIRECTOR = "director"


WHO_WORDS = {
    Who.MENTOR: "наставник",
    Who.MENTEE: "наставляемый",
    Who.RESPONSIBLE: "ответственный",
    Who.CURATOR: "куратор",
    Who.DIRECTOR: "руководитель",
}


@dataclass(frozen=True)
class Kind:
    """One kind of deadline.

    Attributes:
        title: the action in Russian, as a button says it.
        days: the default distance of the due date, in ``unit``; ``MunicipalityPolicy.days``
            may name another number for this kind.
        switch: the ``SchoolPolicy`` flag that turns the kind off, '' where nothing may.
        moves: the date goes past a break and is prolonged by a pause (never for LAW, and not
            for dates that people themselves or the programme's end have named).
        pauses: an open pause hides the row (never for LAW).
        adopted: a paper that only warns: an adopted case gets 30 days for it.
        url, argument: URL name of the form that settles it and what the name takes:
            ``subject``, ``group`` or ``school``.
    """

    name: str
    title: str
    who: Who
    force: Force
    basis: str
    url: str = ""
    argument: str = "group"
    days: int = 0
    unit: Unit = Unit.FIXED
    level: Level = Level.CASE
    switch: str = ""
    moves: bool = True
    pauses: bool = True
    adopted: bool = False

    @property
    def who_word(self) -> str:
        return WHO_WORDS[self.who]


_TABLE = [
    # --- before the order ---
    Kind("request_answer", "Ответить на запрос", Who.CURATOR, ADVICE, "Положение, 4.2",
         "request-detail", "subject", 10, Unit.WORKING, Level.PERSON),
    Kind("mentor_consent", "Получить письменное согласие наставника", Who.MENTOR, LAW,
         "Положение, 3.3", "consent-record", days=3, unit=Unit.WORKING),
    Kind("mentee_consent", "Получить согласие наставляемого", Who.MENTEE, SCHOOL,
         "Положение, 2.3", "consent-record", days=3, unit=Unit.WORKING,
         switch="mentee_consent_required", adopted=True),
    Kind("addendum", "Оформить дополнительное соглашение", Who.DIRECTOR, LAW, LABOUR_CODE,
         "addendum-record", adopted=True),
    Kind("order", "Отметить подписание приказа о закреплении", Who.DIRECTOR, LAW, "Положение, 3.3",
         "order-draft"),
    Kind("order_signature", "Отметить подписание подготовленного приказа", Who.DIRECTOR,
         SCHOOL, LOCAL_RULES,
         "order-sign", "subject", 3, Unit.WORKING, Level.ORDER),
    Kind("acquaintance", "Ознакомить с приказом", Who.CURATOR, SCHOOL, LOCAL_RULES,
         "acquaintance-record", "subject", 5, Unit.WORKING,
         switch="acquaintance_tracked", adopted=True),
    Kind("scan", "Приложить скан подписанной бумаги", Who.CURATOR, SCHOOL, LOCAL_RULES,
         "scan-attach", "group", 5, Unit.WORKING, switch="scans_tracked", adopted=True),
    Kind("order_scan", "Приложить скан приказа", Who.CURATOR, SCHOOL, LOCAL_RULES,
         "order-detail", "subject", 5, Unit.WORKING, Level.ORDER, switch="scans_tracked",
         adopted=True),
    # --- the programme ---
    Kind("program_draft", "Подготовить программу", Who.MENTOR, LAW, "Положение, 3.5",
         "program-edit", days=30, unit=Unit.CALENDAR, adopted=True),
    Kind("program_agree", "Согласовать программу", Who.MENTEE, SCHOOL, "Положение, 1.2.1",
         "program-agree", "subject", 5, Unit.WORKING, adopted=True),
    Kind("program_approve", "Утвердить программу", Who.DIRECTOR, SCHOOL, "Положение, 3.2",
         "program-approve", days=5, unit=Unit.WORKING, adopted=True),
    Kind("planned_event", "Провести мероприятие и отметить его", Who.RESPONSIBLE, SCHOOL,
         "программа", "event-settle", "subject", 14, Unit.FIXED, moves=False),
    Kind("no_meeting", "Записать встречу", Who.MENTOR, ADVICE, "Положение, 7.1",
         "meeting-log", days=30, unit=Unit.CALENDAR, switch="meetings_tracked", moves=False),
    # --- the end ---
    Kind("evaluation", "Оценить программу", Who.CURATOR, LAW, "Положение, 6.1, 7.1",
         "evaluation-record", days=10, unit=Unit.WORKING),
    Kind("extension_decision", "Решить, продлевать ли программу", Who.CURATOR, ADVICE,
         "Положение, 1.2.1", "program-extend", moves=False),
    Kind("closing", "Завершить программу", Who.DIRECTOR, LAW, "Положение, 6.1",
         "program-close", days=10, unit=Unit.WORKING),
    # --- changes on the way ---
    Kind("notice_effect", "Оформить прекращение поручения", Who.DIRECTOR, LAW, LABOUR_CODE,
         "order-draft"),
    Kind("successor", "Найти другого наставника или завершить программу", Who.CURATOR, LAW,
         LABOUR_CODE, "mentor-replace"),
    Kind("help_answer", "Ответить наставляемому", Who.MENTOR, ADVICE, RECOMMENDATIONS,
         "help-answer", "subject", 3, Unit.WORKING),
    Kind("mentor_change", "Решить о другом наставнике", Who.CURATOR, ADVICE, RECOMMENDATIONS,
         "help-answer", "subject", 3, Unit.WORKING),
    Kind("remark", "Ответить на замечание", Who.CURATOR, ADVICE, "Положение, 7.1",
         "remark-answer", "subject", moves=False, pauses=False),
    Kind("pause_end", "Возобновить или завершить программу", Who.CURATOR, ADVICE,
         RECOMMENDATIONS, "program-resume", moves=False, pauses=False),
    Kind("temporary_end", "Решить, кто наставник после временного", Who.CURATOR, ADVICE,
         RECOMMENDATIONS, "group-detail", moves=False, pauses=False),
    Kind("leaving", "Решить, как быть паре: участник уходит", Who.CURATOR, SCHOOL, LOCAL_RULES,
         "group-detail", moves=False, pauses=False),
    Kind("transfer", "Подтвердить переход или отказать", Who.CURATOR, ADVICE, LOCAL_RULES,
         "transfer-detail", "subject", 5, Unit.WORKING, Level.PERSON),
    # --- the organisation ---
    Kind("local_act", "Утвердить положение о наставничестве", Who.DIRECTOR, LAW,
         "Положение, 3.1", "act-add", "school", 30, Unit.CALENDAR, Level.SCHOOL),
    Kind("curator_named", "Назначить куратора", Who.DIRECTOR, ADVICE, RECOMMENDATIONS,
         "role-give", "school", level=Level.SCHOOL, moves=False),
    Kind("roadmap", "Составить дорожную карту", Who.DIRECTOR, ADVICE, RECOMMENDATIONS,
         "roadmap-add", "school", level=Level.SCHOOL, moves=False),
    Kind("roster_refresh", "Обновить список нуждающихся в наставнике", Who.CURATOR, ADVICE,
         RECOMMENDATIONS, "check-roster", "school", level=Level.SCHOOL, moves=False),
    Kind("site_section", "Проверить раздел «Наставничество» на сайте", Who.CURATOR, ADVICE,
         RECOMMENDATIONS, "check-site", "school", level=Level.SCHOOL, switch="site_tracked",
         moves=False),
]  # fmt: skip

KINDS: dict[str, Kind] = {kind.name: kind for kind in _TABLE}

RETURN_DAYS = 10  # working days to mend a returned programme; policy key program_return
LATE_MEMBER_DAYS = 5  # working days for the papers of a member who joins later; late_member
ADOPTED_DAYS = 30  # calendar days from the entry of a pair that already runs on paper
EXPIRY_NOTICE_DAYS = 60  # before a local act expires
END_NOTICE_DAYS = 30  # before the end: evaluation and the decision to extend
STOP_NOTICE_DAYS = 7  # before a pause or a temporary appointment should end


def register(kind: Kind) -> None:
    """Add a kind of a higher app; its rows come from ``registry.deadline_sources``."""
    KINDS[kind.name] = kind


def names_at(*levels: Level) -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.level in levels]
