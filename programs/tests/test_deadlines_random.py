"""Random sequences of steps, people, settings and calendar: the table never differs from the
facts, and a rebuild changes nothing."""

import datetime as dt
import random

import pytest

from programs import deadlines
from programs.choices import Ground, LeaveGround
from programs.deadlines import wide
from programs.errors import DomainError
from programs.models import (
    Consent,
    Deadline,
    GroupMember,
    HelpRequest,
    Meeting,
    MentorAppointment,
    MentoringGroup,
    MentoringRequest,
    Order,
    OrderLine,
    PlannedEvent,
    Program,
    Remark,
)
from programs.tests.factories import make_ordered, staff_of
from programs.tests.factories_programme import evenly, make_draft, make_running, make_sheet
from programs.workflow import (
    addenda,
    adopt,
    appointments,
    closing,
    consents,
    evaluation,
    events,
    groups,
    meetings,
    members,
    notices,
    orders,
    programs,
    proposal_changes,
    requests,
    term,
)
from programs.workflow import (
    help as asking,
)
from schools import history
from schools.calendar import add_months
from schools.history import Scope
from schools.models import (
    Absence,
    LocalAct,
    Membership,
    MunicipalityPolicy,
    Role,
    SchoolBreak,
    SchoolPolicy,
    StaffMember,
    Transfer,
)
from schools.tests.factories import make_methodologist, make_municipality, make_post, make_school
from schools.workflow import absences, acts, leaving, roles, staff, transfers
from schools.workflow.calendar import correct_day, load_library

pytestmark = pytest.mark.django_db
SWITCHES = ["mentee_consent_required", "closing_by_order", "acquaintance_tracked",
            "scans_tracked", "meetings_tracked", "site_tracked"]  # fmt: skip


class District:
    """Two organisations in which anybody may do anything at any time, lawful or refused."""

    def __init__(self, seed: int):
        self.pick = random.Random(seed)
        self.on = dt.date(2026, 9, 20)
        load_library([2025, 2026, 2027], by=None, on=self.on)
        self.place = make_municipality(horizon_on=dt.date(2028, 8, 31))
        self.schools = [make_school(municipality=self.place, week=week) for week in (5, 6)]
        for school in self.schools:
            staff_of(school, Role.DIRECTOR), staff_of(school, Role.CURATOR)
            for _ in range(4):
                make_post(school)
            for mentees in (1, 2):  # two pairs at work, so that every step finds its row
                group = make_ordered(school, mentees).group
                make_running(group, on=dt.date(2026, 9, 1))
        self.methodologist = make_methodologist(self.place)
        self.sheet = make_sheet()
        self.numbers = iter(range(1, 10_000))
        self.done = []
        wide.run()

    def any(self, model, **filters):
        """A random row, or a refusal where there is none."""
        pks = list(model.objects.filter(**filters).order_by("pk").values_list("pk", flat=True))
        if not pks:
            raise DomainError("nothing", "")
        return model.objects.get(pk=self.pick.choice(pks))

    def day(self, back: int, ahead: int = 0) -> dt.date:
        return self.on + dt.timedelta(days=self.pick.randint(-back, ahead))

    def step(self):
        self.on += dt.timedelta(days=self.pick.choice([0, 0, 0, 1, 2, 9]))
        name = self.pick.choice(
            [*LIKELY, *LIKELY, *sorted(set(STEPS) - RARE), *self.pick.sample(sorted(RARE), 4)]
        )
        if name in WIDE:
            self.compare()  # what a wide change recomputes must have been right before it
        try:
            STEPS[name](self, by=None, on=self.on)
        except DomainError:
            return
        self.done.append((self.on, name))
        wide.run()

    def compare(self):
        assert deadlines.check([school.pk for school in self.schools]) == [], self.done[-8:]

    # --- steps of several calls ---------------------------------------------------------------

    def propose(self, *, by, on):
        school = self.pick.choice(self.schools)
        posts = list(StaffMember.objects.filter(school=school, left_on=None).order_by("pk"))
        chosen = self.pick.sample(posts, min(len(posts), self.pick.choice([2, 2, 3])))
        starts_on = self.day(0, 20)
        fields = {
            "form": "TEACHER_TEACHER",
            "kinds": self.pick.choice([["TRADITIONAL"], ["SITUATIONAL"], ["VIRTUAL"]])
            if len(chosen) < 3 else ["GROUP"],
            "why": "запрос",
            "curator": staff_of(school, Role.CURATOR).person,
            "mentor": chosen[0],
            "mentees": [(post, "YOUNG_SPECIALIST") for post in chosen[1:]],
            "starts_on": starts_on,
            "ends_on": add_months(starts_on, self.pick.choice([4, 9])),
        }  # fmt: skip
        if self.pick.random() < 0.3:
            earlier = on - dt.timedelta(days=40)
            fields |= {"starts_on": earlier, "ends_on": add_months(earlier, 9)}
            adopt.adopt_case(
                school, by=by, on=on, consented_on=earlier, ordered_on=earlier,
                order_number=f"{next(self.numbers)}-б", signatory_position="директор",
                signatory_name="Чужой Ч. Ч.", mentee_consents={chosen[1].pk: earlier}, **fields,
            )  # fmt: skip
        else:
            groups.propose_group(school, by=by, on=on, **fields)

    def consent(self, *, by, on):
        """Of everybody in a proposal who has not given it yet."""
        group = self.any(
            MentoringGroup, withdrawn_on=None, closed_on=None, appointments__ordered_on=None
        )
        sides = [("MENTOR", group.appointments.filter(ordered_on=None, dropped_on=None)),
                 ("MENTEE", group.members.filter(left_on=None))]  # fmt: skip
        for role, parts in sides:
            for part in parts:
                if not group.consents.filter(role=role, post=part.post, withdrawn_on=None):
                    consents.record_consent(
                        group, by=by, on=on, role=role, post=part.post, signed_on=on
                    )

    def withdraw(self, *, by, on):
        consents.withdraw_consent(self.any(Consent), by=by, on=on, withdrawn_on=on)

    def draft_order(self, *, by, on):
        group = self.any(MentoringGroup)
        action = self.pick.choice(
            ["ASSIGN", "ASSIGN", "REPLACE_MENTOR", "APPOINT_TEMPORARY", "ADD_MEMBER",
             "RELEASE_MEMBER", "END_APPOINTMENT", "EXTEND", "CLOSE"]
        )  # fmt: skip
        data = {
            "ADD_MEMBER": {"members": [m.pk for m in group.members.filter(joined_on=None)]},
            "RELEASE_MEMBER": {
                "members": [m.pk for m in group.members.exclude(joined_on=None)][:1],
                "left_on": on, "ground": LeaveGround.STATEMENT,
            },
            "END_APPOINTMENT": {"ends_on": self.day(0, 5)},
            "EXTEND": {"ends_on": self.day(0, 500), "agreed_on": on, "reason": "надо"},
            "CLOSE": {"ends_on": on, "ground": Ground.MUTUAL},
        }.get(action, {})  # fmt: skip
        data = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in data.items()}
        kind = {"ASSIGN": "ASSIGN", "REPLACE_MENTOR": "REPLACE", "EXTEND": "EXTEND",
                "CLOSE": "CLOSE"}.get(action, "CHANGE")  # fmt: skip
        lines = [orders.LineDraft(group, action, data)]
        if action == "ASSIGN" and self.pick.random() < 0.5:
            others = MentoringGroup.objects.filter(school=group.school).exclude(pk=group.pk)
            lines += [orders.LineDraft(other, action) for other in others[:1]]
        orders.draft_order(
            orders.default_register(group.school), by=by, on=on, kind=kind, lines=lines,
            program_due_on=self.pick.choice([None, self.day(0, 20)]),
        )  # fmt: skip

    def assign(self, *, by, on):
        group = self.any(
            MentoringGroup, appointments__ordered_on=None, withdrawn_on=None, order_lines=None
        )
        orders.draft_order(
            orders.default_register(group.school), by=by, on=on, kind="ASSIGN",
            lines=[orders.LineDraft(group, "ASSIGN")],
        )  # fmt: skip

    def sign_order(self, *, by, on):
        orders.sign_order(
            self.any(Order, signed_on=None, dropped_on=None), by=by, on=on,
            number=f"{next(self.numbers)}-од", signed_on=self.day(1),
            signatory_position="директор", signatory_name="Чужой Ч. Ч.",
        )  # fmt: skip

    def cancel_line(self, *, by, on):
        line = self.any(OrderLine, order__signed_on__isnull=False, action="ASSIGN")
        orders.amend_order(line.order, by=by, on=on, lines=[line])

    def addendum(self, *, by, on):
        addenda.record_addendum(
            self.any(MentorAppointment), by=by, on=on, signed_on=on, content="помощь",
            work_form="очно", starts_on=on, ends_on=add_months(on, 3), pay_kind="ROUBLES",
            pay_amount=100, pay_basis="акт", employer_position="директор",
            employer_name="Чужой Ч. Ч.",
        )  # fmt: skip

    def program(self, *, by, on):
        make_draft(self.any(MentoringGroup, programs=None), on=on)

    def agree(self, *, by, on):
        program = self.any(Program, submitted_on__isnull=False, approved_on=None)
        for member in program.group.members.filter(left_on=None):
            programs.agree_program(program, by=by, on=on, member=member)

    def approve(self, *, by, on):
        programs.approve_program(
            self.any(Program, submitted_on__isnull=False, approved_on=None),
            by=by, on=on, approved_on=on, position="директор", name="Чужой Ч. Ч.",
        )  # fmt: skip

    def meet(self, *, by, on):
        program = self.any(Program, approved_on__isnull=False)
        meetings.log_meeting(
            program, by=by, on=on, held_on=self.day(2), minutes=40, format="IN_PERSON",
            topic="урок", present=list(program.group.members.on(on)),
        )  # fmt: skip

    def evaluate(self, *, by, on):
        program = self.any(Program, approved_on__isnull=False)
        evaluation.record_evaluation(
            program, by=by, on=on, sheet=self.sheet, evaluated_on=on, evaluator="Чужой Ч. Ч.",
            scores=evenly(self.sheet, program.group.members.on(on), 2), conclusion="HIGH",
            text="хорошо",
        )  # fmt: skip

    def replace(self, *, by, on):
        group = self.any(MentoringGroup)
        post = self.any(StaffMember, school=group.school_id, left_on=None)
        if self.pick.random() < 0.5:
            appointments.replace_mentor(
                group, by=by, on=on, mentor=post, starts_on=self.day(0, 10), reason="так надо"
            )
        else:
            appointments.appoint_temporary(
                group, by=by, on=on, mentor=post, starts_on=self.day(0, 5),
                expected_ends_on=self.day(-6, 40),
            )  # fmt: skip

    def notice(self, *, by, on):
        notices.give_notice(
            self.any(MentorAppointment), by=by, on=on, side="MENTOR", given_on=on,
            effective_on=self.day(0, 12),
        )  # fmt: skip

    def extend(self, *, by, on):
        program = self.any(Program, approved_on__isnull=False)
        term.extend_program(
            program, by=by, on=on, new_ends_on=add_months(program.current_ends_on, 1),
            reason="цель", agreed_on=on,
        )  # fmt: skip

    def away(self, *, by, on):
        absences.record_absence(
            self.any(StaffMember), by=by, on=on, kind="OTHER", starts_on=self.day(3, 3),
            expected_on=self.pick.choice([None, self.day(-4, 20)]),
        )  # fmt: skip

    def transfer(self, *, by, on):
        post = self.any(StaffMember, left_on=None)
        (other,) = [school for school in self.schools if school.pk != post.school_id]
        transfers.ask_transfer(
            post, by=staff_of(post.school, Role.CURATOR), on=on, to_school=other,
            position="учитель", moves_on=self.day(0, 20),
        )  # fmt: skip

    def policy(self, *, by, on):
        school = self.pick.choice(self.schools)
        with history.changing(Scope.of(schools=[school.pk]), by=by, on=on):
            SchoolPolicy.objects.update_or_create(
                school=school,
                starts_on=self.day(20),
                defaults={self.pick.choice(SWITCHES): self.pick.random() < 0.5},
            )

    def district(self, *, by, on):
        with history.changing(Scope.of(wide=[f"municipality:{self.place.pk}"]), by=by, on=on):
            MunicipalityPolicy.objects.update_or_create(
                municipality=self.place,
                starts_on=self.day(20),
                defaults={"dates_confirmed": self.pick.random() < 0.5,
                          "days": {"no_meeting": self.pick.randint(10, 40)}},
            )  # fmt: skip

    def vacation(self, *, by, on):
        first = self.day(30, 30)
        with history.changing(Scope.of(wide=[f"municipality:{self.place.pk}"]), by=by, on=on):
            SchoolBreak.objects.update_or_create(
                municipality=self.place, kind="SCHOOL", starts_on=first,
                defaults={"name": "каникулы", "ends_on": first + dt.timedelta(days=7)},
            )  # fmt: skip

    def calendar(self, *, by, on):
        correct_day(
            self.day(10, 30), works_five=False, works_six=False, name="карантин", by=by, on=on
        )

    def act(self, *, by, on):
        acts.add_act(
            self.pick.choice(self.schools), by=by, on=on, kind="REGULATION", title="Положение",
            adopted_on=self.day(20), valid_until=self.pick.choice([None, self.day(0, 90)]),
        )  # fmt: skip

    def curator(self, *, by, on):
        school = self.pick.choice(self.schools)
        roles.give_role(
            school, by=by, on=on, person=self.any(StaffMember, school=school).person,
            starts_on=on, ends_on=self.day(0, 400),
        )  # fmt: skip


def on_any(model, step, only=None, **arguments):
    """A step on a random row; arguments that are callables are asked with the district."""

    def run(district, *, by, on):
        given = {k: v(district) if callable(v) else v for k, v in arguments.items()}
        step(district.any(model, **(only or {})), by=by, on=on, **given)

    return run


def today(district):
    return district.on


def soon(district):
    return district.day(2, 20)


STEPS = {
    name: getattr(District, name)
    for name in [
        "propose", "consent", "withdraw", "draft_order", "assign", "sign_order", "cancel_line",
        "addendum", "program", "agree", "approve", "meet", "evaluate", "replace", "notice",
        "extend", "away", "transfer", "policy", "district", "vacation", "calendar", "act",
        "curator",
    ]
} | {
    "request": on_any(StaffMember, requests.request_mentoring, category="YOUNG_SPECIALIST"),
    "settle request": on_any(MentoringRequest, requests.settle_request, outcome="NOT_NEEDED"),
    "change proposal": on_any(
        MentoringGroup, proposal_changes.change_proposal,
        only={"appointments__ordered_on": None, "appointments__dropped_on": None},
        starts_on=soon
    ),
    "withdraw case": on_any(MentoringGroup, groups.withdraw_proposal, why="нет"),
    "submit": on_any(Program, programs.submit_program, only={"approved_on": None}),
    "return": on_any(
        Program, programs.return_program, only={"approved_on": None}, reason="исправить"
    ),
    "amend": on_any(Program, term.amend_program, summary="план", agreed_on=today),
    "pause": on_any(Program, term.pause_program, starts_on=today, expected_on=soon, reason="да"),
    "resume": on_any(Program, term.resume_program, resumed_on=today),
    "close": on_any(Program, closing.close_program, ground=Ground.MUTUAL, closed_on=today),
    "settle event": on_any(
        PlannedEvent, events.settle_event, outcome="DONE", settled_on=today, actual="да"
    ),
    "reopen event": on_any(PlannedEvent, events.reopen_event),
    "move event": on_any(PlannedEvent, events.move_event, due_on=soon, reason="болезнь"),
    "cancel meeting": on_any(Meeting, meetings.cancel_meeting, reason="ошибка"),
    "drop order": on_any(Order, orders.drop_order),
    "drop line": on_any(OrderLine, orders.drop_line),
    "end temporary": on_any(MentorAppointment, appointments.end_temporary, ends_on=soon),
    "drop mentor": on_any(MentorAppointment, appointments.drop_mentor),
    "add member": on_any(
        MentoringGroup, members.add_member, category="OTHER",
        post=lambda district: district.any(StaffMember, left_on=None),
    ),
    "drop member": on_any(GroupMember, members.drop_member),
    "release": on_any(
        GroupMember, members.release_member, left_on=soon, ground=LeaveGround.STATEMENT,
        statement_on=today,
    ),
    "help": on_any(GroupMember, asking.ask_help, kind="HELP", text="как?"),
    "other mentor": on_any(GroupMember, asking.ask_help, kind="OTHER_MENTOR"),
    "answer": on_any(HelpRequest, asking.answer_help, answer="так"),
    "answer remark": on_any(Remark, asking.answer_remark, answer="так"),
    "return to work": on_any(Absence, absences.record_return, returned_on=today),
    "remove absence": on_any(Absence, absences.remove_absence),
    "announce leaving": on_any(StaffMember, leaving.announce_leaving, leaving_on=soon),
    "withdraw leaving": on_any(StaffMember, leaving.withdraw_leaving),
    "leave": on_any(StaffMember, leaving.record_leaving, left_on=today),
    "undo leaving": on_any(StaffMember, leaving.undo_leaving),
    "new post": on_any(StaffMember, staff.new_post, position="методист", starts_on=today),
    "confirm transfer": on_any(Transfer, transfers.confirm_transfer),
    "end role": on_any(
        Membership, roles.end_role, only={"school__isnull": False}, ends_on=today
    ),
    "change act": on_any(LocalAct, acts.change_act, valid_until=soon),
}  # fmt: skip
STEPS["remark"] = lambda district, *, by, on: asking.write_remark(
    district.any(MentoringGroup), by=district.methodologist, on=on, text="?", due_on=soon(district)
)
LIKELY = ["propose", "consent", "consent", "assign", "sign_order", "sign_order", "program",
          "submit", "agree", "agree", "approve", "approve", "meet", "meet", "settle event",
          "move event", "resume"]  # fmt: skip
# What would otherwise empty both organisations, or touches everything.
RARE = {"policy", "leave", "announce leaving", "district", "vacation", "calendar", "act",
        "curator", "transfer", "confirm transfer", "new post", "withdraw case", "close",
        "draft_order", "away", "end role", "drop order", "drop line"}  # fmt: skip


# A step refreshes as much as it touched: compared often, lest the next one mends it unseen.
WIDE = {"district", "vacation", "calendar", "policy", "act", "curator", "leave", "new post"}


@pytest.mark.parametrize("seed", range(3))
def test_random_steps_leave_no_difference(seed):
    district = District(seed)
    for number in range(80):
        district.step()
        if number % 8 == 0:
            district.compare()
    district.compare()
    assert len({name for _, name in district.done}) > 15
    before = list(Deadline.objects.order_by("pk").values())
    deadlines.rebuild([school.pk for school in district.schools])
    assert list(Deadline.objects.order_by("pk").values()) == before
