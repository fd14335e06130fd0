"""One lawful world of plain rows: no step and no form takes part, only the database's own rules."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from programs.models import (
    Acquaintance,
    Attendance,
    CalendarFeed,
    Consent,
    ContractAddendum,
    Criterion,
    Deadline,
    Direction,
    Document,
    Evaluation,
    EvaluationSheet,
    GroupMember,
    HelpRequest,
    Incentive,
    Letter,
    Meeting,
    MentorAppointment,
    MentoringEpisode,
    MentoringGroup,
    MentoringRequest,
    MentorReport,
    Need,
    Order,
    OrderLine,
    OrderRegister,
    Pack,
    PlannedEvent,
    PrivateNote,
    Program,
    ProgramAgreement,
    ProgramExtension,
    ProgramPause,
    ProgramTemplate,
    Remark,
    ReminderSettings,
    ScanBatch,
    ScanPage,
    ScanUpload,
    Score,
    TerminationNotice,
)
from schools.history import Scope, changing
from schools.models import (
    Absence,
    CalendarDay,
    DataConsent,
    Event,
    EventSubject,
    EventValue,
    Job,
    LocalAct,
    Membership,
    Partner,
    Qualification,
    RoadmapItem,
    SchoolBreak,
    SchoolYearCheck,
    SignInCode,
    StoredFile,
    TrustedDevice,
    Unit,
)
from schools.tests.factories import (
    make_curator,
    make_director,
    make_methodologist,
    make_municipality,
    make_person,
    make_post,
    make_school,
)

HASH = "0" * 64


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def lawful_world() -> SimpleNamespace:
    w = SimpleNamespace()
    w.municipality = make_municipality()
    w.school, w.other = (make_school(municipality=w.municipality) for _ in range(2))
    w.director, w.curator = make_director(w.school), make_curator(w.school)
    w.methodologist = make_methodologist(w.municipality)
    w.directorship = Membership.objects.get(person=w.director.person)
    w.watch = Membership.objects.get(person=w.methodologist.person)
    w.mentor, w.mentee, w.second = (make_post(w.school) for _ in range(3))
    w.mentors_other_post = make_post(w.school, person=w.mentor.person, subject="физика")
    w.stranger = make_post(w.other)
    w.nobody = make_person()
    _papers_of_the_school(w)
    _chain(w)
    _programme(w)
    _finished_case(w)
    with changing(Scope(), by=w.director, on=day(9, 1)) as change:
        for _ in range(2):
            change.record("record_added", w.school, school=w.school.pk, what="Организация")
    w.event = Event.objects.order_by("seq").first()
    w.subject = EventSubject.objects.get(event=w.event)
    w.value = EventValue.objects.get(event=w.event)
    return w


def _papers_of_the_school(w) -> None:
    w.file = StoredFile.objects.create(
        school=w.school, file="x", name="скан.pdf", content_type="application/pdf", size=10,
        sha256=HASH,
    )  # fmt: skip
    w.partner = Partner.objects.create(
        school=w.school, name="Колледж", agreement_on=day(1, 1), agreement_until=day(12, 31)
    )
    w.unit = Unit.objects.create(school=w.school, name="Филиал", kind="SCHOOL")
    w.act = LocalAct.objects.create(
        school=w.school, kind="REGULATION", title="Положение", adopted_on=day(1, 9)
    )
    w.item = RoadmapItem.objects.create(
        school=w.school, school_year=2026, stage=1, title="Приказ", due_on=day(9, 1)
    )
    w.year_check = SchoolYearCheck.objects.create(
        school=w.school, school_year=2026, kind="ROSTER", done_on=day(9, 1)
    )
    w.data_consent = DataConsent.objects.create(
        person=w.mentor.person, school=w.school, purpose="PROCESSING", signed_on=day(9, 1)
    )
    w.school_break = SchoolBreak.objects.create(
        municipality=w.municipality, kind="SCHOOL", name="Осенние", starts_on=day(10, 26),
        ends_on=day(11, 2),
    )  # fmt: skip
    w.calendar = CalendarDay.objects.create(
        day=day(11, 4), works_five=False, works_six=False, source="LIBRARY"
    )
    w.qualification = Qualification.objects.create(post=w.mentor, category="HIGHEST")
    w.absence = Absence.objects.create(post=w.second, kind="LONG", starts_on=day(10, 1))
    soon = timezone.now() + dt.timedelta(days=1)
    w.code = SignInCode.objects.create(
        user=w.director, token_hash=HASH, issued_by=w.curator, expires_at=soon
    )
    w.device = TrustedDevice.objects.create(user=w.director, token_hash=HASH)
    w.job = Job.objects.create(kind="paper", owner=w.director)
    w.letter = Letter.objects.create(recipient=w.mentor.person, day=day(9, 1))
    w.letters = ReminderSettings.objects.create(person=w.mentor.person)
    w.feed = CalendarFeed.objects.create(user=w.director, token_hash=HASH)
    w.register = OrderRegister.objects.create(school=w.school, name="Приказы")
    w.other_register = OrderRegister.objects.create(school=w.other, name="Приказы")
    w.need = Need.objects.create(name="Дисциплина")
    w.direction = Direction.objects.create(name="Урок")
    w.template = ProgramTemplate.objects.create(name="Шаблон", goal="Цель", tasks="Задачи")
    w.sheet = EvaluationSheet.objects.create(name="Лист")
    w.criterion = Criterion.objects.create(sheet=w.sheet, block="Урок", text="Ведёт урок")


def _case(w, **fields) -> MentoringGroup:
    return MentoringGroup.objects.create(
        **{
            "school": w.school,
            "form": "TEACHER_TEACHER",
            "kinds": ("TRADITIONAL",),
            "why": "Запрос молодого педагога",
            "curator": w.curator.person,
            "proposed_on": day(8, 20),
            "planned_starts_on": day(9, 1),
            "planned_ends_on": day(5, 31, 2027),
            **fields,
        }
    )


def _ordered_case(w, number: str, mentor, mentee) -> SimpleNamespace:
    """A case with consent, signed order, appointment and member."""
    case = SimpleNamespace(group=_case(w))
    case.consent = Consent.objects.create(
        group=case.group, post=mentor, role="MENTOR", signed_on=day(8, 25), recorded_on=day(8, 25)
    )
    case.order = Order.objects.create(
        register=w.register, kind="ASSIGN", title="О закреплении", prepared_on=day(8, 26)
    )
    case.line = OrderLine.objects.create(
        order=case.order, group=case.group, action="ASSIGN", data={"mentor": "Иванова"}
    )
    Order.objects.filter(pk=case.order.pk).update(
        number=number, number_key=number, signed_on=day(8, 31), recorded_on=day(8, 31),
        year_starts_on=day(1, 1), year_ends_on=day(12, 31), signatory_position="директор",
        signatory_name="Петров П. П.", text="Приказываю",
    )  # fmt: skip
    case.order.refresh_from_db()
    case.appointment = MentorAppointment.objects.create(
        group=case.group, post=mentor, proposed_on=day(8, 20), consent=case.consent,
        consented_on=day(8, 25), order_line=case.line, ordered_on=day(8, 31),
        starts_on=day(9, 1),
    )  # fmt: skip
    case.member = GroupMember.objects.create(
        group=case.group, post=mentee, category="YOUNG_SPECIALIST", proposed_on=day(8, 20),
        joined_on=day(9, 1), joined_line=case.line,
    )  # fmt: skip
    return case


def _chain(w) -> None:
    vars(w).update(vars(_ordered_case(w, "1-од", w.mentor, w.mentee)))
    w.mentee_consent = Consent.objects.create(
        group=w.group, post=w.mentee, role="MENTEE", signed_on=day(8, 25), recorded_on=day(8, 25)
    )
    w.draft = Order.objects.create(
        register=w.register, kind="CHANGE", title="Об изменении", prepared_on=day(10, 1)
    )
    w.draft_line = OrderLine.objects.create(order=w.draft, group=w.group, action="ADD_MEMBER")
    w.addendum = ContractAddendum.objects.create(
        appointment=w.appointment, signed_on=day(9, 1), recorded_on=day(9, 1), content="Помощь",
        work_form="очно", starts_on=day(9, 1), ends_on=day(5, 31, 2027), pay_kind="ROUBLES",
        pay_amount=3000, pay_basis="Положение об оплате труда", employer_position="директор",
        employer_name="Петров П. П.",
    )  # fmt: skip
    w.request = MentoringRequest.objects.create(
        post=w.mentee, asked_on=day(8, 1), category="YOUNG_SPECIALIST", outcome="PAIRED",
        settled_on=day(8, 20), group=w.group,
    )  # fmt: skip
    w.remark = Remark.objects.create(
        group=w.group, author=w.methodologist, text="Где план?", written_on=day(10, 1),
        due_on=day(10, 10),
    )  # fmt: skip
    w.help = HelpRequest.objects.create(
        group=w.group, member=w.member, kind="HELP", asked_on=day(10, 1)
    )
    w.note = PrivateNote.objects.create(
        group=w.group, author=w.mentor.person, text="Заметка", written_on=day(10, 1)
    )
    w.episode = MentoringEpisode.objects.create(
        mentor=w.mentor, kind="CONSULTATION", whom="Коллега", starts_on=day(9, 1),
        ends_on=day(9, 2), text="Показала урок", recorded_on=day(9, 3),
    )  # fmt: skip
    w.incentive = Incentive.objects.create(
        post=w.mentor, kind="RECOGNITION", measure="Благодарность", basis="Приказ",
        granted_on=day(10, 1), recorded_on=day(10, 1),
    )  # fmt: skip
    w.acquaintance = Acquaintance.objects.create(
        person=w.mentee.person, order=w.order, signed_on=day(9, 2)
    )
    w.document = Document.objects.create(
        kind="ORDER", school=w.school, order=w.order, printed_on=day(8, 31)
    )
    w.pack = Pack.objects.create(
        school=w.school, group=w.group, as_of=day(10, 1), recipient="Комитет", basis="Запрос",
        made_on=day(10, 1), by=w.curator,
    )  # fmt: skip
    batch = ScanBatch.objects.create(school=w.school, by=w.curator)
    upload = ScanUpload.objects.create(batch=batch, name="скан.pdf")
    w.scan_page = ScanPage.objects.create(
        school=w.school, upload=upload, number=1, file=w.file, preview=w.file,
        document=w.document, sheet=1,
    )  # fmt: skip
    w.deadline = Deadline.objects.create(
        kind="order", subject=f"group:{w.group.pk}", owner=f"director:school:{w.school.pk}",
        school=w.school, opens_on=day(8, 25), due_on=day(9, 1), basis="3.3", force="LAW",
        date_source="ACT",
    )  # fmt: skip


def _program(group, **fields) -> Program:
    return Program.objects.create(
        **{
            "group": group,
            "goal": "Цель",
            "tasks": "Задачи",
            "opened_on": day(8, 31),
            "submitted_on": day(9, 5),
            "starts_on": day(9, 1),
            "ends_on": day(5, 31, 2027),
            "min_ends_on": day(11, 30),
            "max_ends_on": day(8, 31, 2027),
            "current_ends_on": day(5, 31, 2027),
            "approved_on": day(9, 10),
            "approved_position": "директор",
            "approved_name": "Петров П. П.",
            **fields,
        }
    )


def _programme(w) -> None:
    w.program = _program(w.group)
    w.agreement = ProgramAgreement.objects.create(
        program=w.program, member=w.member, version=1, agreed_on=day(9, 8)
    )
    w.planned = PlannedEvent.objects.create(
        program=w.program, title="Урок", due_on=day(10, 1), first_due_on=day(10, 1),
        responsible="MENTOR",
    )  # fmt: skip
    w.pause = ProgramPause.objects.create(
        program=w.program, starts_on=day(10, 1), expected_on=day(10, 10), reason="Отпуск"
    )
    w.meeting = Meeting.objects.create(
        program=w.program, appointment=w.appointment, held_on=day(9, 15), recorded_on=day(9, 16),
        minutes=45, format="IN_PERSON", topic="Урок",
    )  # fmt: skip
    w.attendance = Attendance.objects.create(meeting=w.meeting, member=w.member)


def _finished_case(w) -> None:
    """A second case: extended, evaluated, completed in full, and its mentor gave notice."""
    w.done = _ordered_case(w, "2-од", w.second, w.mentee)
    program = _program(w.done.group)
    w.extension = ProgramExtension.objects.create(
        program=program, old_ends_on=day(5, 31, 2027), new_ends_on=day(6, 30, 2027),
        reason="Не успели", agreed_on=day(5, 1, 2027), recorded_on=day(5, 1, 2027),
    )  # fmt: skip
    w.summary = Evaluation.objects.create(
        program=program, sheet=w.sheet, evaluated_on=day(6, 25, 2027),
        recorded_on=day(6, 25, 2027), evaluator="Комиссия", percent=90, conclusion="HIGH",
        text="Хорошо",
    )  # fmt: skip
    w.score = Score.objects.create(evaluation=w.summary, criterion=w.criterion, value=3)
    w.report = MentorReport.objects.create(
        program=program, appointment=w.done.appointment, dynamics="Меньше затруднений",
        conclusion="FINISH", written_on=day(6, 26, 2027),
    )  # fmt: skip
    Program.objects.filter(pk=program.pk).update(
        current_ends_on=day(6, 30, 2027), evaluated_on=day(6, 25, 2027),
        closed_on=day(6, 30, 2027), ground="FULL",
    )  # fmt: skip
    program.refresh_from_db()
    w.done.program = program
    w.notice = TerminationNotice.objects.create(
        appointment=w.done.appointment, by="MENTOR", given_on=day(6, 1, 2027),
        recorded_on=day(6, 1, 2027), earliest_on=day(6, 5, 2027), effective_on=day(6, 7, 2027),
    )  # fmt: skip
