"""One case led through its life by the steps themselves, each on its own past day."""

import datetime as dt
import uuid

from programs.choices import ConsentRole, LineAction, MeetingFormat, OrderKind, Responsible
from programs.models import Direction, EvaluationSheet, MentorAppointment, Need
from programs.workflow import (
    addenda,
    appointments,
    closing,
    consents,
    evaluation,
    events,
    groups,
    meetings,
    orders,
    term,
)
from programs.workflow import programs as programmes
from schools.calendar import add_months

TOPICS = [
    ("Разбор конспекта урока", "Вместе составили план урока, выделили цель и способы проверки."),
    ("Посещение урока и его анализ", "Обсудили структуру урока, темп и работу с отстающими."),
    ("Работа с дневником и журналом", "Разобрали порядок ведения электронного журнала."),
    ("Критерии оценивания работ", "Составили критерии для проверочной работы."),
    ("Подготовка родительского собрания", "Продумали повестку и трудные вопросы."),
    ("Приёмы удержания внимания", "Подобрали три приёма, договорились попробовать на неделе."),
    ("Подготовка к открытому уроку", "Отработали начало урока и рефлексию."),
    ("Итоги месяца", "Сверили план, отметили выполненное."),
]
PLAN = [
    ("Знакомство с локальными актами и рабочей программой", "самостоятельно ведёт документы"),
    ("Совместное планирование раздела", "план раздела составлен самостоятельно"),
    ("Посещение уроков наставника с разбором", "выделяет приёмы и применяет их"),
    ("Урок с участием наставника и самоанализ", "проводит самоанализ по схеме"),
    ("Работа с родителями: собрание", "проводит собрание без помощи"),
    ("Оценивание: проверочные работы и критерии", "составляет критерии сам(а)"),
    ("Открытое занятие", "занятие проведено и обсуждено"),
    ("Самоанализ за год и план дальнейшей работы", "план на следующий год составлен"),
]


class Life:
    """A case and the people who act in it; every method is one thing that people did."""

    _numbers: dict[int, int] = {}

    def __init__(self, places, school, mentor, mentees, *, start: dt.date, months: int = 9, **kw):
        self.places, self.school = places, school
        self.mentor, self.mentees = mentor, mentees
        self.start = start
        self.end = add_months(start, months) - dt.timedelta(days=1)
        self.director = places.directors[school.pk]
        self.curator = places.curators[school.pk]
        self.options = kw
        self.group = self.program = None

    def day(self, offset: int) -> dt.date:
        """``offset`` days from the start of the case."""
        return self.start + dt.timedelta(days=offset)

    # --- the legal chain ---

    def propose(self, on: dt.date) -> "Life":
        several = len(self.mentees) > 1
        options = {
            "form": "TEACHER_TEACHER",
            "kinds": ["GROUP"] if several else ["TRADITIONAL"],
            "why": "Наставник работает по тому же направлению и готов помогать регулярно.",
            **self.options,
        }
        self.group = groups.propose_group(
            self.school,
            by=self.curator,
            on=on,
            mentor=self.mentor,
            mentees=[(post, self._category(post)) for post in self.mentees],
            curator=self.curator.person,
            starts_on=self.start,
            ends_on=self.end,
            **options,
        )
        return self

    def _category(self, post) -> str:
        if post.studies.exists():
            return "STUDENT"
        return "YOUNG_SPECIALIST" if (post.teaching_years or 0) <= 3 else "NEEDS_SUPPORT"

    def mentor_agrees(self, on: dt.date) -> "Life":
        consents.record_consent(
            self.group,
            by=self.curator,
            on=on,
            role=ConsentRole.MENTOR,
            post=self.mentor,
            signed_on=on,
            members=list(self.group.members.present()),
        )
        return self

    def mentees_agree(self, on: dt.date, only: int | None = None) -> "Life":
        for post in self.mentees[:only]:
            consents.record_consent(
                self.group, by=self.curator, on=on, role=ConsentRole.MENTEE, post=post, signed_on=on
            )
        return self

    def draft_order(self, on: dt.date):
        self.order = orders.draft_order(
            orders.default_register(self.school),
            by=self.curator,
            on=on,
            kind=OrderKind.ASSIGN,
            lines=[orders.LineDraft(self.group, LineAction.ASSIGN, {})],
        )
        return self

    def sign_order(self, on: dt.date) -> "Life":
        position, name = self.signatory()
        orders.sign_order(
            self.order,
            by=self.director,
            on=on,
            number=self.number(),
            signed_on=on,
            signatory_position=position,
            signatory_name=name,
        )
        return self

    def signatory(self) -> tuple[str, str]:
        """The director; where the director is the mentor, the authority's head signs."""
        if self.director.person_id == self.mentor.person_id:
            return "председатель комитета по образованию", "Н. В. Рогова"
        person = self.director.person
        position = "заведующий" if self.school.kind == "KINDERGARTEN" else "директор"
        return position, f"{person.first_name[0]}. {person.patronymic[0]}. {person.last_name}"

    def number(self) -> str:
        used = Life._numbers.get(self.school.pk, 40) + 1
        Life._numbers[self.school.pk] = used
        return f"{used}-од"

    def order_chain(self) -> "Life":
        """Request to signed order in the two weeks before the start."""
        self.propose(self.day(-14)).mentor_agrees(self.day(-11)).mentees_agree(self.day(-10))
        return self.draft_order(self.day(-8)).sign_order(self.day(-5))

    def addendum(self, on: dt.date) -> "Life":
        position, name = self.signatory()
        addenda.record_addendum(
            self.appointment(),
            by=self.director,
            on=on,
            signed_on=on,
            content="Помощь в планировании, посещение и разбор занятий, консультации.",
            work_form="очно, не реже одного раза в неделю",
            starts_on=self.start,
            ends_on=self.end,
            pay_kind="ROUBLES",
            pay_amount=2500 + 500 * len(self.mentees),
            pay_basis="Положение об оплате труда, раздел 5",
            employer_position=position,
            employer_name=name,
        )
        return self

    def appointment(self) -> MentorAppointment:
        return self.group.appointments.filter(temporary=False).order_by("-starts_on").first()

    # --- the programme ---

    def draft(self, on: dt.date) -> "Life":
        kind = self.school.kind
        needs = list(Need.objects.filter(kind__in=["", kind])[:2])
        directions = list(Direction.objects.filter(kind__in=["", kind])[:3])
        self.program = programmes.draft_program(
            self.group,
            by=self.curator,
            on=on,
            goal="Помочь педагогу уверенно планировать и проводить занятия.",
            tasks="Освоить планирование раздела.\nОвладеть приёмами оценивания.\n"
            "Научиться анализировать собственное занятие.",
            strengths="Владеет цифровыми инструментами, легко находит общий язык с детьми.",
            schedule="одна встреча в неделю",
            results="Педагог самостоятельно планирует занятия.\nПроведено открытое занятие.",
            directions=directions,
            needs=needs,
            starts_on=self.start,
            ends_on=self.end,
        )
        length = (self.end - self.start).days
        for n, (title, expected) in enumerate(PLAN):
            programmes.add_event(
                self.program,
                by=self.curator,
                on=on,
                title=title,
                expected=expected,
                due_on=self.start + dt.timedelta(days=(n + 1) * length // (len(PLAN) + 1)),
                responsible=Responsible.MENTEE if n % 2 else Responsible.MENTOR,
                direction=directions[n % len(directions)],
                need=needs[n % len(needs)],
            )
        return self

    def submit(self, on: dt.date) -> "Life":
        self.program = programmes.submit_program(self.program, by=self.curator, on=on)
        return self

    def agree(self, on: dt.date) -> "Life":
        for member in self.group.members.present():
            programmes.agree_program(self.program, by=self.curator, on=on, member=member)
        return self

    def approve(self, on: dt.date) -> "Life":
        position, name = self.signatory()
        self.program = programmes.approve_program(
            self.program, by=self.director, on=on, approved_on=on, position=position, name=name
        )
        return self

    def approved(self) -> "Life":
        """The programme from draft to approval in the first days."""
        return (
            self.draft(self.day(-4)).submit(self.day(-3)).agree(self.day(-2)).approve(self.day(-1))
        )

    def meet(self, until: dt.date, every: int = 9) -> "Life":
        """Meetings from the start to ``until``, one in ``every`` days; the plan is ticked off."""
        held, n = self.day(3), 0
        while held <= until:
            topic, result = TOPICS[n % len(TOPICS)]
            meetings.log_meeting(
                self.program,
                by=self.curator,
                on=min(held + dt.timedelta(days=1), self.places.today),
                held_on=held,
                minutes=30 + 15 * (n % 3),
                format=MeetingFormat.LESSON_VISIT if n % 3 == 1 else MeetingFormat.IN_PERSON,
                topic=topic,
                result=result,
                agreements="Попробовать приём и обсудить на следующей встрече.",
                present=list(self.group.members.on(held)),
                client_key=uuid.UUID(int=self.places.rng.getrandbits(128)),
            )
            held, n = held + dt.timedelta(days=every), n + 1
        return self

    def tick_plan(self, until: dt.date, *, leave: int = 0) -> "Life":
        """Settle what fell due before ``until``; the last ``leave`` stay open."""
        due = list(self.program.events.filter(due_on__lte=until, outcome="").order_by("due_on"))
        for n, event in enumerate(due[: len(due) - leave]):
            events.settle_event(
                event,
                by=self.curator,
                on=event.due_on,
                outcome="PARTIAL" if n % 5 == 4 else "DONE",
                settled_on=event.due_on,
                actual=event.expected,
            )
        return self

    def evaluate(self, on: dt.date, *, high: bool = True) -> "Life":
        sheet = EvaluationSheet.objects.filter(school=None, is_active=True).first()
        criteria = list(sheet.criteria.all())
        scores = {
            member.pk: {c.pk: 3 if high or n % 2 else 2 for n, c in enumerate(criteria)}
            for member in self.group.members.present()
        }
        evaluation.record_evaluation(
            self.program,
            by=self.curator,
            on=on,
            sheet=sheet,
            evaluated_on=on,
            evaluator="Комиссия: заместитель директора, руководитель методического объединения",
            scores=scores,
            conclusion="HIGH" if high else "SUFFICIENT",
            text="План выполнен, педагог работает самостоятельно.",
        )
        self.program.refresh_from_db()
        return self

    def close(self, on: dt.date, ground: str = "FULL", text: str = "") -> "Life":
        if self.school.policies.in_force(on).first().closing_by_order:
            data = {"ends_on": on.isoformat(), "ground": ground, "ground_text": text}
            self._order(OrderKind.CLOSE, LineAction.CLOSE, on, **data)  # signing it closes
        else:
            closing.close_program(
                self.program, by=self.director, on=on, ground=ground, closed_on=on, ground_text=text
            )
        return self

    def _order(self, kind, action, on, **data):
        """A signed order with one line for this case; returns the line."""
        order = orders.draft_order(
            orders.default_register(self.school),
            by=self.curator,
            on=on,
            kind=kind,
            lines=[orders.LineDraft(self.group, action, data)],
        )
        position, name = self.signatory()
        order = orders.sign_order(
            order, by=self.director, on=on, number=self.number(), signed_on=on,
            signatory_position=position, signatory_name=name,
        )  # fmt: skip
        return order.lines.get()

    # --- what happens on the way ---

    def pause(self, on: dt.date, until: dt.date, reason: str) -> "Life":
        term.pause_program(
            self.program, by=self.curator, on=on, starts_on=on, expected_on=until, reason=reason
        )
        return self

    def extend(self, on: dt.date, months: int) -> "Life":
        term.extend_program(
            self.program, by=self.curator, on=on,
            new_ends_on=add_months(self.program.current_ends_on, months),
            reason="Наставляемый длительно болел, часть плана перенесена.", agreed_on=on,
        )  # fmt: skip
        return self

    def replace(self, on: dt.date, mentor, reason: str) -> "Life":
        appointments.replace_mentor(
            self.group, by=self.curator, on=on, mentor=mentor,
            starts_on=on + dt.timedelta(days=3), reason=reason,
        )  # fmt: skip
        self.mentor = mentor
        self.mentor_agrees(on)
        self._order(OrderKind.REPLACE, LineAction.REPLACE_MENTOR, on)
        return self

    def notice(self, on: dt.date, effective: dt.date, side: str = "MENTOR") -> "Life":
        appointments.give_notice(
            self.appointment(), by=self.curator, on=on, side=side, given_on=on,
            received_on=on, effective_on=effective,
        )  # fmt: skip
        return self
