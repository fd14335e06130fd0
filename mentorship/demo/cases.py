"""The cases of the district: some in every stage, some late, some just closed."""

import datetime as dt

from mentorship.demo.life import Life
from programs.choices import Basis
from programs.workflow import adopt, help, portfolio, requests
from schools.calendar import earliest_notice_effect
from schools.models import Absence, AbsenceKind, Relation, StaffMember, Study


class Cases:
    """Deals mentors and mentees of each organisation out to cases, and leads the cases."""

    def __init__(self, places):
        self.places = places
        self.today = places.today
        self._pools: dict[int, list] = {}

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def people(self, school, mentees: int = 1):
        """The most experienced post and the ``mentees`` youngest that no case has used yet."""
        if school.pk not in self._pools:
            posts = school.staff.order_by("teaching_years", "pk").select_related("person")
            heads = school.staff.order_by("pk").values_list("pk", flat=True)[:2]
            self._pools[school.pk] = [p for p in posts if p.pk not in set(heads)]
        free = self._pools[school.pk]  # from the youngest to the most experienced
        chosen = [free.pop(0) for _ in range(mentees)]
        return free.pop(), chosen

    def life(self, school, *, start: int, mentees: int = 1, months: int = 9, people=None, **kw):
        """A case that starts (or started) ``start`` days ago (negative: in the future)."""
        mentor, chosen = people or self.people(school, mentees)
        return Life(self.places, school, mentor, chosen, start=self.ago(start), months=months, **kw)

    def running(self, school, *, start: int, every: int = 9, until: int = 2, **kw) -> Life:
        """A lawful running case with its journal."""
        life = self.life(school, start=start, **kw).order_chain().approved()
        if life.appointment().basis == Basis.ADDENDUM:
            life.addendum(life.day(-1))
        return life.meet(self.ago(until), every).tick_plan(self.ago(until))

    def finished(self, school, *, start: int, months: int = 9, high: bool = True, **kw) -> Life:
        """A case that ran its whole term and was completed in full."""
        life = self.running(
            school, start=start, months=months, every=21, until=start - months * 30, **kw
        )
        life.tick_plan(life.end)
        return life.evaluate(life.end, high=high).close(life.end + dt.timedelta(days=4))

    # --- beginnings ---

    def beginnings(self, schools) -> None:
        """Requests without a pair, proposals, consents, drafts of orders and programmes."""
        for school in schools[:3]:
            _, (young,) = self.people(school)
            requests.request_mentoring(
                young, by=self.places.curators[school.pk], on=self.ago(12),
                category="YOUNG_SPECIALIST", text="Нужна помощь в планировании и оценивании.",
            )  # fmt: skip
        self.life(schools[0], start=-10).propose(self.ago(3))
        self.life(schools[2], start=5).propose(self.ago(20))
        self.life(schools[4], start=-20).propose(self.ago(2))
        self.life(schools[1], start=-6).propose(self.ago(6)).mentor_agrees(self.ago(4))
        self.life(schools[3], start=-4, mentees=2).propose(self.ago(9)).mentor_agrees(
            self.ago(6)
        ).mentees_agree(self.ago(5), only=1)
        ready = self.life(schools[0], start=-5).propose(self.ago(8))
        ready.mentor_agrees(self.ago(5)).mentees_agree(self.ago(4))
        late = self.life(schools[8], start=9).propose(self.ago(20))
        late.mentor_agrees(self.ago(15)).mentees_agree(self.ago(14))
        drafted = self.life(schools[0], start=-4).propose(self.ago(9))
        drafted.mentor_agrees(self.ago(7)).mentees_agree(self.ago(6)).draft_order(self.ago(5))
        drafted = self.life(schools[1], start=-3).propose(self.ago(9))
        drafted.mentor_agrees(self.ago(7)).mentees_agree(self.ago(6)).draft_order(self.ago(2))
        self.life(schools[2], start=15).order_chain()
        self.life(schools[5], start=50).order_chain()  # the programme is late
        life = self.life(schools[11], start=18).order_chain()
        life.addendum(self.ago(15)).draft(self.ago(10))
        life = self.life(schools[3], start=20).order_chain()
        life.draft(self.ago(12)).submit(self.ago(8))
        life = self.life(schools[4], start=22).order_chain()
        life.draft(self.ago(14)).submit(self.ago(9)).agree(self.ago(3))

    # --- cases at work ---

    def at_work(self, schools) -> None:
        """Running cases: good ones, silent ones, groups, paused, replaced, extended, noticed."""
        self.running(schools[2], start=70)
        self.running(schools[4], start=65, mentees=2)
        self.running(schools[8], start=80)
        self.running(schools[9], start=75)
        self.running(schools[11], start=60)
        self.running(schools[10], start=55)
        self.running(schools[7], start=100, until=45)  # no records for 45 days
        self.running(schools[3], start=120, until=3, every=14)
        group = self.running(schools[0], start=85, mentees=3)
        (asker, *_) = group.group.members.present()
        help.ask_help(
            asker, by=None, on=self.ago(2), kind="HELP", text="Помогите подготовить открытый урок."
        )
        paused = self.running(schools[1], start=150, until=25)
        paused.pause(self.ago(20), self.today + dt.timedelta(days=12), "длительная командировка")
        replaced = self.running(schools[2], start=140, until=40)
        successor, _ = self.people(schools[2], 0)
        replaced.replace(self.ago(35), successor, "по просьбе наставника")
        noticed = self.running(schools[3], start=90, until=5)
        noticed.notice(self.ago(1), earliest_notice_effect(self.ago(1), schools[3].week))
        extended = self.running(schools[4], start=270, months=9, until=6, every=18)
        extended.extend(self.ago(3), 3)
        ending = self.running(schools[8], start=262, until=4, every=18)  # its evaluation is due
        ending.tick_plan(self.today)
        over = self.running(schools[1], start=290, until=20, every=20)  # ended, not evaluated
        over.tick_plan(over.end)
        evaluated = self.running(schools[5], start=278, until=6, every=20)
        evaluated.tick_plan(evaluated.end).evaluate(self.ago(4))

    # --- endings ---

    def endings(self, schools) -> None:
        """Two years of closed cases by different grounds, and a proposal taken back."""
        for school, start in (
            (0, 690),
            (2, 660),
            (3, 400),
            (8, 640),
            (4, 380),
            (11, 360),
            (9, 345),
        ):
            self.finished(schools[school], start=start, high=start % 20 != 0)
        for school, start, after, ground, text in (
            (1, 420, 150, "MENTEE_INITIATIVE", ""),
            (3, 300, 120, "MUTUAL", ""),
            (4, 500, 200, "PARTICIPANT_LEFT", ""),
            (7, 330, 130, "OTHER", "реорганизация филиала"),
        ):
            life = self.running(schools[school], start=start, until=start - after + 5, every=20)
            if ground == "PARTICIPANT_LEFT":
                Absence.objects.create(
                    post=life.mentees[0], kind=AbsenceKind.LONG, starts_on=life.day(after - 5)
                )
            life.close(life.day(after), ground, text)
        adopted = self.people(schools[6], 1)
        self.adopt(schools[6], *adopted)

    def adopt(self, school, mentor, mentees) -> None:
        """A pair that ran on paper before the organisation began to use the system."""
        ordered_on = self.ago(100)
        director = self.places.directors[school.pk]
        adopt.adopt_case(
            school,
            by=director,
            on=self.ago(20),
            mentor=mentor,
            mentees=[(post, "YOUNG_SPECIALIST") for post in mentees],
            form="TEACHER_TEACHER",
            kinds=["TRADITIONAL"],
            why="Пара работает с начала учебного года.",
            curator=director.person,
            consented_on=ordered_on - dt.timedelta(days=3),
            order_number="31-од",
            ordered_on=ordered_on,
            signatory_position="директор",
            signatory_name=str(director.person.full_name),
            starts_on=ordered_on,
            ends_on=ordered_on + dt.timedelta(days=270),
            mentee_consents={post.pk: ordered_on - dt.timedelta(days=2) for post in mentees},
            program={
                "goal": "Помочь педагогу освоить ведение малокомплектного класса.",
                "tasks": "Освоить совмещённое планирование.",
                "starts_on": ordered_on,
                "ends_on": ordered_on + dt.timedelta(days=270),
                "approved_on": ordered_on + dt.timedelta(days=5),
                "approved_position": "директор",
                "approved_name": str(director.person.full_name),
            },
        )

    # --- people from elsewhere ---

    def special(self, schools) -> None:
        """The other forms: a lecturer, a student, the director as mentor."""
        school = schools[0]
        partner = self.places.partner(school)
        lecturer = self.places.employ(
            school,
            position="доцент кафедры методики",
            years=22,
            hired_on=None,
            relation=Relation.PARTNER,
            partner=partner,
        )
        _, (young,) = self.people(school)
        self.running(
            school, start=58, people=(lecturer, [young]), form="LECTURER_YOUNG_TEACHER",
            basis=Basis.PARTNER_AGREEMENT, partner=partner,
        )  # fmt: skip
        student = self.places.employ(
            schools[1], position="студент-практикант", years=0, hired_on=None,
            relation=Relation.PRACTICE,
        )  # fmt: skip
        Study.objects.create(post=student, institution="Степной педагогический колледж", course=4)
        mentor, _ = self.people(schools[1], 0)
        self.running(
            schools[1], start=45, months=4, people=(mentor, [student]), form="EMPLOYER_STUDENT"
        )
        small = schools[6]
        head = StaffMember.objects.filter(school=small).order_by("pk").first()
        _, (young,) = self.people(small)
        self.running(small, start=50, people=(head, [young]), form="HEAD_TEACHER")
        portfolio.record_episode(
            mentor, by=None, on=self.ago(30), kind="CONTEST", whom="Учитель года района",
            starts_on=self.ago(60), ends_on=self.ago(40), hours=12,
            text="Помощь в подготовке открытого урока и визитки.",
        )  # fmt: skip
