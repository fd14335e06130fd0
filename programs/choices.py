"""The lists of values that the regulation and the field fix, with their Russian words."""

from django.db.models import TextChoices


class Form(TextChoices):
    """Формы наставничества (Положение, 4.1)."""

    TEACHER_TEACHER = "TEACHER_TEACHER", "педагог – педагог"
    HEAD_TEACHER = "HEAD_TEACHER", "руководитель образовательной организации – педагог"
    EMPLOYER_STUDENT = "EMPLOYER_STUDENT", "работодатель – студент педагогического вуза/колледжа"
    LECTURER_YOUNG_TEACHER = (
        "LECTURER_YOUNG_TEACHER",
        "педагог вуза/колледжа – молодой педагог образовательной организации",
    )
    PARTNER_TEACHER = (
        "PARTNER_TEACHER",
        "социальный партнер – педагог образовательной организации",
    )


class Kind(TextChoices):
    """Виды наставничества (Положение, 4.1). The order is that of the regulation."""

    VIRTUAL = "VIRTUAL", "виртуальное (дистанционное) наставничество"
    GROUP = "GROUP", "наставничество в группе"
    SHORT_TERM = "SHORT_TERM", "краткосрочное или целеполагающее наставничество"
    REVERSE = "REVERSE", "реверсивное наставничество"
    SITUATIONAL = "SITUATIONAL", "ситуационное наставничество"
    SPEED = "SPEED", "скоростное консультационное наставничество"
    TRADITIONAL = "TRADITIONAL", "традиционное наставничество («один на один»)"


class MenteeCategory(TextChoices):
    YOUNG_SPECIALIST = "YOUNG_SPECIALIST", "молодой специалист (стаж до 3 лет)"
    NEW_IN_ORGANIZATION = "NEW_IN_ORGANIZATION", "педагог, принятый в организацию"
    CAREER_CHANGER = (
        "CAREER_CHANGER",
        "педагог без педагогического образования / после переподготовки",
    )
    RETURNING = "RETURNING", "педагог, вернувшийся после длительного перерыва"
    NEW_POSITION = "NEW_POSITION", "педагог на новой должности / предмете / классе"
    EXPERIENCED_NEW_TECH = "EXPERIENCED_NEW_TECH", "опытный педагог, осваивающий новые технологии"
    NEEDS_SUPPORT = "NEEDS_SUPPORT", "педагог, заинтересованный в профессиональной поддержке"
    STUDENT = "STUDENT", "студент педагогического вуза/колледжа"
    OTHER = "OTHER", "иное"


class Basis(TextChoices):
    """On what the mentor's work rests; it decides which papers a case needs."""

    ADDENDUM = "ADDENDUM", "дополнительное соглашение к трудовому договору"
    DUTY_OF_POST = "DUTY_OF_POST", "обязанность по должностной инструкции"
    SECONDMENT = "SECONDMENT", "направление из другой организации"
    PARTNER_AGREEMENT = "PARTNER_AGREEMENT", "договор с организацией-партнёром"


class Ground(TextChoices):
    """Основания завершения (Положение, 6.1; the last ones as «иные случаи»)."""

    FULL = "FULL", "реализована в полном объёме по результатам оценки эффективности"
    MENTOR_INITIATIVE = "MENTOR_INITIATIVE", "по инициативе наставника"
    MENTEE_INITIATIVE = "MENTEE_INITIATIVE", "по инициативе наставляемого"
    MUTUAL = "MUTUAL", "по инициативе наставника и наставляемого"
    CURATOR_INITIATIVE = "CURATOR_INITIATIVE", "по инициативе куратора"
    EMPLOYER_CANCEL = "EMPLOYER_CANCEL", "работодатель отменил поручение"
    PARTICIPANT_LEFT = "PARTICIPANT_LEFT", "увольнение, перевод или длительное отсутствие участника"
    OTHER = "OTHER", "иной случай"


class LeaveGround(TextChoices):
    """Why one mentee leaves a case that may go on with the others."""

    STATEMENT = "STATEMENT", "по заявлению наставляемого"
    LEFT_SCHOOL = "LEFT_SCHOOL", "увольнение или перевод"
    LONG_ABSENCE = "LONG_ABSENCE", "длительное отсутствие"
    FINISHED = "FINISHED", "задачи выполнены"
    CLOSED = "CLOSED", "программа завершена"
    OTHER = "OTHER", "иное"


class ConsentRole(TextChoices):
    MENTOR = "MENTOR", "наставник"
    MENTEE = "MENTEE", "наставляемый"


class ConsentMeans(TextChoices):
    PAPER = "PAPER", "на бумаге"
    QUALIFIED_FILE = "QUALIFIED_FILE", "файл с квалифицированной подписью"
    MARK = "MARK", "отметка в системе"


class OrderKind(TextChoices):
    ASSIGN = "ASSIGN", "о закреплении наставнических пар (групп)"
    CHANGE = "CHANGE", "об изменении в наставнических парах (группах)"
    REPLACE = "REPLACE", "о замене наставника"
    EXTEND = "EXTEND", "о продлении программы наставничества"
    CLOSE = "CLOSE", "о завершении программы наставничества"
    AMEND = "AMEND", "о внесении изменений в приказ"


class LineAction(TextChoices):
    """What one line of an order does to one case."""

    ASSIGN = "ASSIGN", "закрепить наставника и наставляемых"
    ADD_MEMBER = "ADD_MEMBER", "включить наставляемого в группу"
    RELEASE_MEMBER = "RELEASE_MEMBER", "вывести наставляемого из группы"
    REPLACE_MENTOR = "REPLACE_MENTOR", "заменить наставника"
    APPOINT_TEMPORARY = "APPOINT_TEMPORARY", "назначить временного наставника"
    END_APPOINTMENT = "END_APPOINTMENT", "прекратить поручение наставнику"
    EXTEND = "EXTEND", "продлить программу"
    CLOSE = "CLOSE", "завершить программу"
    CANCEL = "CANCEL", "отменить пункт прежнего приказа"


class MeetingFormat(TextChoices):
    IN_PERSON = "IN_PERSON", "очно"
    ONLINE = "ONLINE", "дистанционно"
    LESSON_VISIT = "LESSON_VISIT", "посещение урока (занятия)"
    CONSULTATION = "CONSULTATION", "консультация"


class EventOutcome(TextChoices):
    DONE = "DONE", "выполнено"
    PARTIAL = "PARTIAL", "выполнено частично"
    NOT_DONE = "NOT_DONE", "не выполнено"
    CANCELLED = "CANCELLED", "отменено"


class Responsible(TextChoices):
    MENTOR = "MENTOR", "наставник"
    MENTEE = "MENTEE", "наставляемый"
    CURATOR = "CURATOR", "куратор"


class PayKind(TextChoices):
    ROUBLES = "ROUBLES", "рублей в месяц"
    PERCENT = "PERCENT", "% оклада"
    POINTS = "POINTS", "баллов"


class Conclusion(TextChoices):
    HIGH = "HIGH", "высокая эффективность"
    SUFFICIENT = "SUFFICIENT", "достаточная эффективность"
    PARTIAL = "PARTIAL", "частичная эффективность"
    LOW = "LOW", "низкая эффективность"


class Force(TextChoices):
    """How hard a deadline binds: only the first two may ever be red."""

    LAW = "LAW", "закон"
    DISTRICT = "DISTRICT", "район"
    SCHOOL = "SCHOOL", "организация"
    ADVICE = "ADVICE", "рекомендуется"


class DateSource(TextChoices):
    ACT = "ACT", "акт"
    ORDER = "ORDER", "приказ"
    DISTRICT = "DISTRICT", "район"
    DEFAULT = "DEFAULT", "по умолчанию"
