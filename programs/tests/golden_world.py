"""Scenes whose papers are compared with golden texts: every name and day in them is fixed."""

import datetime as dt
from decimal import Decimal

from programs.choices import Basis, Form, Kind, LineAction
from programs.documents.data import (
    acquaintance,
    certificate,
    consents,
    contract,
    orders,
    programme,
)
from programs.models import Direction, Incentive, Need, Order
from programs.tests import factories
from programs.tests.factories_programme import evenly, make_agreed, make_running, make_sheet
from programs.workflow.appointments import appoint_temporary, replace_mentor
from programs.workflow.evaluation import record_evaluation
from programs.workflow.meetings import log_meeting
from programs.workflow.orders import LineDraft
from programs.workflow.reports import write_report
from schools.models import LocalAct, Partner, Qualification, RoadmapItem, StaffMember, Study
from schools.tests.factories import (
    make_curator,
    make_director,
    make_municipality,
    make_person,
    make_post,
    make_school,
)

DAY = dt.date(2026, 9, 2)
ENDED = dt.date(2027, 5, 31)
TERMS = {
    "content": "помощь наставляемому в работе по персонализированной программе, встречи",
    "work_form": "очно, в рабочее время",
    "starts_on": dt.date(2026, 9, 1),
    "ends_on": ENDED,
    "pay_kind": "ROUBLES",
    "pay_amount": Decimal("3000"),
    "pay_basis": "Положение об оплате труда, пункт 4.7",
    "employer_position": "директор",
    "employer_name": "Орлова Вера Ивановна",
    "contract_on": dt.date(2015, 8, 25),
    "contract_number": "17",
    "number": "3",
}


def somebody(full_name: str, sex: str):
    last, first, patronymic = (*full_name.split(" ", 2), "", "")[:3]
    return make_person(last_name=last, first_name=first, patronymic=patronymic, sex=sex)


def place(short_name: str, full_name: str, kind: str = "SCHOOL", *, head: str = "директор"):
    """An organisation with a head, a curator and a local act; every name is fixed."""
    municipality = make_municipality(authority_name="Комитет по образованию Степного района")
    school = make_school(
        municipality=municipality,
        short_name=short_name,
        full_name=full_name,
        kind=kind,
        founder="Администрация Степного района",
        address="659000, с. Степное, ул. Школьная, 1",
        settlement="с. Степное",
    )
    make_director(school, person=somebody("Орлова Вера Ивановна", "F"))
    school.staff.update(position=head)
    make_curator(school, person=somebody("Кулик Павел Андреевич", "M"))
    LocalAct.objects.create(
        school=school, kind="REGULATION", title="Положение о наставничестве", number="12",
        adopted_on=dt.date(2026, 1, 9),
    )  # fmt: skip
    return school


def usual_school():
    return place(
        "МБОУ «Степновская СОШ № 1»",
        "Муниципальное бюджетное общеобразовательное учреждение «Степновская средняя"
        " общеобразовательная школа № 1»",
    )


def post(school, name: str, sex: str, position="учитель", subject="", **fields) -> StaffMember:
    person = somebody(name, sex)
    return make_post(school, person=person, position=position, subject=subject, **fields)


def _chain(case, members=None) -> dict:
    """Consents and the order of a case."""
    group = case.group
    found = {
        "согласие наставника": (
            "mentor_consent", consents.mentor_consent(group, case.mentor_post)
        ),
        "приказ о закреплении": ("order", orders.order(Order.objects.get(pk=case.order.pk))),
    }  # fmt: skip
    for number, member in enumerate(case.mentee_posts[:members], 1):
        name = "согласие наставляемого" + (f" {number}" if number > 1 else "")
        found[name] = ("mentee_consent", consents.mentee_consent(group, member))
    return found


def _addendum(case, **terms) -> dict:
    data = contract.addendum(case.appointment, {**TERMS, **terms})
    return {"дополнительное соглашение": ("addendum", data)}


def a_pair() -> dict:
    """A usual school, a usual pair, and every paper of its whole life."""
    school = usual_school()
    mentor = post(school, "Иванова Мария Петровна", "F", subject="русский язык и литература",
                  education="высшее, педагогический университет", teaching_years=24)  # fmt: skip
    Qualification.objects.create(post=mentor, category="HIGHEST")
    mentee = post(school, "Шевченко Илья Сергеевич", "M", subject="история и обществознание",
                  teaching_years=0)  # fmt: skip
    case = factories.make_ordered(school, mentor=mentor, mentee_posts=[mentee])
    papers = {
        **_chain(case),
        **_addendum(case),
        **_notices(case),
        **_of_the_programme(case),
        **_of_the_school(school, case),
    }
    return papers | _endings(case)


def _notices(case) -> dict:
    told = {"given_on": dt.date(2026, 10, 5), "effective_on": dt.date(2026, 10, 9)}
    return {
        "уведомление наставника": (
            "notice", contract.notice(case.appointment, side="MENTOR", reason="", **told)
        ),
        "уведомление работодателя": (
            "notice",
            contract.notice(case.appointment, side="EMPLOYER", reason="сокращение программы",
                            **told),
        ),
    }  # fmt: skip


def _of_the_programme(case) -> dict:
    discipline = Need.objects.create(name="Дисциплина на уроке")
    program = make_running(
        case.group,
        tasks="- Научиться планировать урок.\n- Освоить приёмы работы с классом.",
        needs=[discipline],
        strengths="Хорошо знает предмет, увлекает учеников.",
        schedule="очно, раз в две недели",
        results="Уроки по плану без замечаний.\nУверенная работа с классом.",
        directions=[Direction.objects.create(name="Планирование и рабочая программа")],
    )
    program.events.update(
        need=discipline, outcome="DONE", settled_on=dt.date(2026, 10, 1),
        actual="Два урока проведены без замечаний", expected="Не больше двух замечаний за урок",
    )  # fmt: skip
    for held_on, topic in [(dt.date(2026, 9, 15), "План урока"), (dt.date(2026, 9, 29), "Урок")]:
        log_meeting(
            program, by=case.mentor, on=held_on, held_on=held_on, minutes=75,
            format="LESSON_VISIT", topic=topic, result="Разобрали начало урока",
            agreements="Приготовить план на неделю", present=case.members,
        )  # fmt: skip
    empty_sheet = make_sheet(case.school)
    unfilled = programme.evaluation(program)
    record_evaluation(
        program, by=None, on=ENDED, sheet=empty_sheet, evaluated_on=ENDED,
        evaluator="Комиссия: Орлова В. И., Кулик П. А.", conclusion="HIGH",
        scores=evenly(empty_sheet, case.members, 2), text="Цель достигнута.",
    )  # fmt: skip
    program.refresh_from_db()
    draft = programme.report_draft(program, case.appointment)
    report = write_report(
        program, by=case.mentor, on=ENDED, appointment=case.appointment,
        **{**draft, "proposals": "Провести открытый урок в новом году."},
    )  # fmt: skip
    return {
        "программа": ("program", programme.program(program)),
        "записи о встречах": ("meetings", programme.meetings(program)),
        "лист оценки": ("evaluation", programme.evaluation(program)),
        "лист оценки, пустой": ("evaluation", unfilled),
        "отчёт наставника": ("report", programme.report(program, report)),
    }


def _of_the_school(school, case) -> dict:
    for stage, title in [(1, "Принять положение"), (5, "Сформировать пары"), (7, "Раздел сайта")]:
        RoadmapItem.objects.create(
            school=school, school_year=2026, stage=stage, title=title,
            due_on=dt.date(2026, 9, stage + 1),
        )  # fmt: skip
    thanked = Incentive.objects.create(
        post=case.mentor_post, group=case.group, kind="RECOGNITION", measure="благодарность",
        basis="решение педагогического совета", granted_on=ENDED, recorded_on=ENDED,
    )  # fmt: skip
    paid = Incentive.objects.create(
        post=case.mentor_post, group=case.group, kind="PAYMENT", measure="премия",
        amount=Decimal("12500.50"), basis="Положение о премировании", granted_on=ENDED,
        recorded_on=ENDED,
    )  # fmt: skip
    return {
        "справка для аттестации": (
            "certificate",
            certificate.certificate(case.mentor_post, case.mentor, ENDED, petition=True),
        ),
        "приказ об утверждении положения": (
            "regulation_order", orders.regulation_order(school, DAY)
        ),
        "приказ о кураторе": ("curator_order", orders.curator_order(school, DAY)),
        "приказ о поощрении": ("incentive_order", orders.incentive_order(thanked, ENDED)),
        "приказ о премии": ("incentive_order", orders.incentive_order(paid, ENDED)),
        "благодарственное письмо": ("thanks", orders.thanks(thanked, ENDED)),
        "лист ознакомления": (
            "acquaintance", acquaintance.acquaintance(Order.objects.get(pk=case.order.pk), DAY)
        ),
        "лист ознакомления с положением": (
            "acquaintance", acquaintance.acquaintance(school.acts.get(), DAY)
        ),
        "согласие на обработку данных": (
            "data_consent", consents.data_consent(case.mentor_post, "PROCESSING")
        ),
        "согласие на распространение": (
            "data_consent", consents.data_consent(case.mentor_post, "DISTRIBUTION")
        ),
    }  # fmt: skip


def _endings(case) -> dict:
    """Drafts of orders that change or end the work of the pair."""
    wanted = {
        "приказ о продлении": (
            LineAction.EXTEND,
            {"ends_on": "2027-06-30", "agreed_on": "2027-05-20", "reason": "Не закончен план"},
        ),
        "приказ о прекращении": (
            LineAction.END_APPOINTMENT,
            {"ends_on": "2026-10-08", "reason": "уведомление наставника от 05.10.2026"},
        ),
        "приказ о завершении": (
            LineAction.CLOSE, {"ends_on": "2027-05-31", "ground": "FULL", "ground_text": ""}
        ),
        "приказ о досрочном завершении": (
            LineAction.CLOSE,
            {"ends_on": "2027-02-01", "ground": "MUTUAL", "ground_text": "заявления сторон"},
        ),
    }  # fmt: skip
    kinds = {LineAction.EXTEND: "EXTEND", LineAction.CLOSE: "CLOSE"}
    found = {}
    for name, (action, data) in wanted.items():
        line = LineDraft(case.group, action, data)
        draft = factories.make_draft(case, line, on=DAY, kind=kinds.get(action, "CHANGE"))
        found[name] = ("order", orders.order(draft))
        draft.lines.update(dropped_on=DAY)
    return found


def a_group_of_three() -> dict:
    school = usual_school()
    mentor = post(school, "Коваль Андрей Львович", "M", subject="физика")
    mentees = [
        post(school, "Ким Светлана", "F", subject="физика"),
        post(school, "Черных Лев Ильич", "M", subject="химия"),
        post(school, "Мельник Любовь Никитична", "F", subject="математика"),
    ]
    case = factories.make_ordered(school, mentor=mentor, mentee_posts=mentees)
    second = factories.make_ordered(
        school, mentor=post(school, "Белый Пётр Кузьмич", "M", subject="химия"),
        mentee_posts=[post(school, "Дзюба Нинель Фоминична", "F", subject="химия")],
    )  # fmt: skip
    both = factories.make_consented(
        school, mentor=post(school, "Мамедов Рашид Ахмед оглы", "M", subject="биология"),
        mentee_posts=[post(school, "Гросс Эльвира Карловна", "F", subject="география")],
    )  # fmt: skip
    third = factories.make_consented(
        school, mentor=mentor, mentee_posts=[post(school, "Усик Данила Ильич", "M")]
    )
    draft = factories.make_draft(both, LineDraft(both.group, "ASSIGN"),
                                 LineDraft(third.group, "ASSIGN"), on=DAY)  # fmt: skip
    return {
        **_chain(case, members=2),
        **_addendum(case, pay_kind="PERCENT", pay_amount=Decimal("12.5")),
        "приказ обо всех парах": ("order", orders.order(draft)),
        **_changes(case, second),
    }


def _changes(case, second) -> dict:
    """A new mentee, one who leaves, another mentor, one for a time."""
    added = {
        "приказ о выходе из группы": (
            LineAction.RELEASE_MEMBER,
            {"members": [case.members[1].pk], "starts_on": "2026-10-12",
             "reason": "по заявлению наставляемого", "statement_on": "2026-10-09"},
        ),
    }  # fmt: skip
    found = {}
    for name, (action, data) in added.items():
        draft = factories.make_draft(case, LineDraft(case.group, action), on=DAY)
        draft.lines.update(data=data)
        found[name] = ("order", orders.order(draft))
        draft.lines.update(dropped_on=DAY)
    new = post(case.school, "Стриж Ольга Юрьевна", "F", subject="физика")
    replace_mentor(
        case.group, by=case.curator, on=DAY, mentor=new, starts_on=dt.date(2026, 10, 12),
        reason="перевод прежнего наставника",
    )  # fmt: skip
    appoint_temporary(
        second.group, by=second.curator, on=DAY, mentor=new, starts_on=dt.date(2026, 10, 12),
        expected_ends_on=dt.date(2026, 12, 20), reason="длительное отсутствие наставника",
    )  # fmt: skip
    for name, owner, action, kind in [
        ("приказ о замене наставника", case, LineAction.REPLACE_MENTOR, "REPLACE"),
        ("приказ о временном наставнике", second, LineAction.APPOINT_TEMPORARY, "CHANGE"),
    ]:
        draft = factories.make_draft(owner, LineDraft(owner.group, action), on=DAY, kind=kind)
        found[name] = ("order", orders.order(draft))
    return found


def an_external_mentor() -> dict:
    school = usual_school()
    partner = Partner.objects.create(
        school=school, name="Степной педагогический колледж", agreement_number="7",
        agreement_on=dt.date(2025, 9, 1),
    )  # fmt: skip
    mentor = post(school, "Лаптев Олег Савич", "M", position="преподаватель", relation="PARTNER",
                  partner=partner)  # fmt: skip
    mentee = post(school, "Ахметова Айгуль Ринатовна", "F", subject="ОБЗР")
    case = factories.make_ordered(
        school, mentor=mentor, mentee_posts=[mentee], form=Form.LECTURER_YOUNG_TEACHER,
        basis=Basis.PARTNER_AGREEMENT, partner=partner,
    )  # fmt: skip
    return _chain(case)


def a_seconded_mentor() -> dict:
    home, school = usual_school(), place("МБОУ «Луговская СОШ»", "МБОУ «Луговская СОШ»")
    mentor = post(home, "Юн Евгений Вячеславович", "M", subject="информатика")
    mentee = post(school, "Толстая Дарья Глебовна", "F", subject="информатика")
    factories.lend(mentor, school)
    case = factories.make_ordered(
        school, mentor=mentor, mentee_posts=[mentee], **factories.SECONDMENT
    )
    return _chain(case)


def a_student() -> dict:
    school = usual_school()
    mentor = post(school, "Петрова Зоя Ильинична", "F", position="учитель начальных классов")
    student = post(school, "Цой Виктор Робертович", "M", position="студент", relation="PRACTICE")
    Study.objects.create(post=student, institution="Педагогический университет", course=3)
    case = factories.make_ordered(
        school, mentor=mentor, mentee_posts=[student], form=Form.EMPLOYER_STUDENT
    )
    return {**_chain(case), **_addendum(case)}


def a_director_as_mentor() -> dict:
    school = place("МБОУ «Ключевская ООШ»", "МБОУ «Ключевская основная школа»")
    mentor = school.staff.get(person__last_name="Орлова")
    mentee = post(school, "Заяц Степан Игоревич", "M", subject="физическая культура")
    case = factories.make_ordered(school, mentor=mentor, mentee_posts=[mentee],
                                  form=Form.HEAD_TEACHER)  # fmt: skip
    by_founder = {"employer_position": "Глава района", "employer_name": "Седых Игорь Лукич"}
    return {
        **_chain(case), **_addendum(case, **by_founder), **_notices(case),
        **_nobody_signs_for_himself(case),
    }  # fmt: skip


def _nobody_signs_for_himself(case) -> dict:
    """Papers about the work of the head as a mentor: whose hand stands below is left open."""
    thanked = Incentive.objects.create(
        post=case.mentor_post, group=case.group, kind="RECOGNITION", measure="благодарность",
        basis="решение педагогического совета", granted_on=ENDED, recorded_on=ENDED,
    )  # fmt: skip
    later = factories.make_draft(
        case, LineDraft(case.group, LineAction.CLOSE, {"ends_on": "2027-05-31", "ground": "FULL"}),
        on=DAY, kind="CLOSE",
    )  # fmt: skip
    program = make_agreed(case.group)
    return {
        "приказ о поощрении": ("incentive_order", orders.incentive_order(thanked, ENDED)),
        "благодарственное письмо": ("thanks", orders.thanks(thanked, ENDED)),
        "справка для аттестации": (
            "certificate",
            certificate.certificate(case.mentor_post, case.mentor, ENDED, petition=False),
        ),
        "проект приказа о завершении": ("order", orders.order(later)),
        "программа": ("program", programme.program(program)),
    }


def a_kindergarten() -> dict:
    school = place(
        "МБДОУ «Детский сад „Колосок“»",
        "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад „Колосок“»",
        "KINDERGARTEN",
        head="заведующий",
    )
    mentor = post(school, "Гончар Лидия Марковна", "F", position="старший воспитатель")
    mentee = post(school, "Лось Елена Петровна", "F", position="воспитатель")
    case = factories.make_ordered(school, mentor=mentor, mentee_posts=[mentee])
    papers = _of_the_programme(case)
    return {
        **_chain(case),
        "записи о встречах": papers["записи о встречах"],
        "программа": papers["программа"],
    }


def a_house_of_creativity() -> dict:
    school = place(
        "МБУ ДО «Степновский ДДТ»",
        "Муниципальное бюджетное учреждение дополнительного образования «Степновский дом"
        " детского творчества»",
        "ADDITIONAL",
    )
    position = "педагог дополнительного образования"
    mentor = post(school, "Берия Нана Шалвовна", "F", position=position, subject="хореография")
    mentee = post(school, "Гюго Жанна Олеговна", "F", position=position, subject="робототехника")
    case = factories.make_ordered(
        school, mentor=mentor, mentee_posts=[mentee], kinds=[Kind.VIRTUAL, Kind.REVERSE]
    )
    return {**_chain(case), **_addendum(case, pay_kind="POINTS", pay_amount=Decimal("5"))}


def long_names() -> dict:
    school = place(
        "МБОУ «Верхнеозёрно-Степновская СОШ имени Героя Советского Союза А. Б. Константинова»",
        "Муниципальное бюджетное общеобразовательное учреждение «Верхнеозёрно-Степновская"
        " средняя общеобразовательная школа с углублённым изучением отдельных предметов имени"
        " Героя Советского Союза Александра Борисовича Константинова» муниципального"
        " образования «Верхнеозёрно-Степновский муниципальный округ»",
    )
    mentor = post(
        school, "Воскресенская-Рождественская Александра-Виктория Константиновна", "F",
        position="преподаватель-организатор основ безопасности и защиты Родины",
    )  # fmt: skip
    mentee = post(
        school, "Абдурахмангаджиев Мухаммадсаид Абдулмуталимович", "M",
        subject="родной (русский) язык и родная литература",
    )  # fmt: skip
    case = factories.make_ordered(school, mentor=mentor, mentee_posts=[mentee])
    papers = _of_the_programme(case)
    return {**_chain(case), **_addendum(case), "программа": papers["программа"]}


SCENES = {
    "пара": a_pair,
    "группа из трёх": a_group_of_three,
    "наставник от партнёра": an_external_mentor,
    "наставник по направлению": a_seconded_mentor,
    "студент": a_student,
    "директор-наставник": a_director_as_mentor,
    "детский сад": a_kindergarten,
    "дом творчества": a_house_of_creativity,
    "длинные имена": long_names,
}
