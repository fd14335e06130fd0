"""The programme from draft to approval: what each step asks for, and that a refusal changes
nothing."""

import datetime as dt

import pytest

from programs.defaults import load_dictionaries
from programs.forms.programs import directions_of
from programs.forms.requests import needs_of
from programs.models import MentoringRequest, Need, Program, ProgramTemplate
from programs.prefill import prefill, templates_for
from programs.tests.factories_programme import (
    END,
    START,
    make_agreed,
    make_draft,
    make_ordered_case,
    make_proposed_case,
    make_running,
)
from programs.tests.refusals import refused
from programs.workflow.plan import apply_template
from programs.workflow.programs import (
    add_event,
    agree_program,
    approve_program,
    change_event,
    draft_program,
    remove_event,
    return_program,
    submission_warnings,
    submit_program,
)
from schools import history
from schools.models import Event

pytestmark = pytest.mark.django_db
LATER = START + dt.timedelta(days=5)
APPROVAL = {"approved_on": START, "position": "директор", "name": "Орлова Вера Ивановна"}


@pytest.mark.parametrize(
    ("start", "end", "lawful"),
    [
        ("2026-09-01", "2026-11-30", True),
        ("2026-09-01", "2026-11-29", False),
        ("2026-09-01", "2027-08-31", True),
        ("2026-09-01", "2027-09-01", False),
        ("2026-11-30", "2027-02-27", True),  # 30 February does not exist: the 28th, less a day
        ("2026-11-30", "2027-02-26", False),
    ],
)
def test_a_programme_lasts_three_to_twelve_calendar_months(start, end, lawful):
    group = make_proposed_case()
    term = {"starts_on": dt.date.fromisoformat(start), "ends_on": dt.date.fromisoformat(end)}
    if lawful:
        program = draft_program(group, by=None, on=START, **term)
        assert program.current_ends_on == term["ends_on"]
    else:
        with refused("term_unlawful", "ends_on"):
            draft_program(group, by=None, on=START, **term)
        assert not Program.objects.exists()


def test_drafting_again_changes_only_what_is_given():
    program = make_draft()
    again = draft_program(program.group, by=None, on=LATER, strengths="Любит детей", goal="Иная")

    assert again.pk == program.pk
    again.refresh_from_db()
    assert (again.goal, again.strengths) == ("Иная", "Любит детей")
    assert (again.tasks, again.ends_on) == ("Научиться планировать урок.", END)
    assert again.directions.count() == 1


def test_half_a_term_and_a_withdrawn_case_are_refused():
    group = make_proposed_case()
    with refused("term_incomplete", "ends_on"):
        draft_program(group, by=None, on=START, starts_on=START)
    group.withdrawn_on, group.withdrawn_why = START, "передумали"
    group.save()
    with refused("case_withdrawn"):
        draft_program(group, by=None, on=START, goal="Цель")
    assert not Program.objects.exists()


def test_a_template_fills_what_is_empty_and_never_plans_past_the_end():
    load_dictionaries()
    template = ProgramTemplate.objects.get(name="Первый год в школе")
    group = make_proposed_case(end=dt.date(2026, 12, 31))

    program = draft_program(group, by=None, on=START, goal="Своя цель", template=template)

    assert (program.goal, program.tasks) == ("Своя цель", template.tasks)
    days = list(program.events.values_list("due_on", flat=True))
    assert len(days) == len(template.events)
    assert (min(days), max(days)) == (START + dt.timedelta(days=7), dt.date(2026, 12, 31))
    assert program.directions.filter(name="Методика урока").exists()
    submit_program(program, by=None, on=START)  # a template alone is a whole programme


def test_a_template_taken_twice_adds_no_doubles():
    load_dictionaries()
    template = ProgramTemplate.objects.get(name="Первый год в школе")
    program = draft_program(make_proposed_case(), by=None, on=START, template=template)
    apply_template(program, template)
    assert program.events.count() == len(template.events)


def test_prefill_takes_needs_and_strengths_from_the_requests_and_keeps_the_term_lawful():
    load_dictionaries()
    group = make_proposed_case()
    group.planned_ends_on = START + dt.timedelta(days=40)
    group.save()
    need = Need.objects.get(name="Планирование урока")
    request = MentoringRequest.objects.create(
        post=group.members.get().post, asked_on=START, category="YOUNG_SPECIALIST",
        strengths="Ведёт кружок", outcome="PAIRED", settled_on=START, group=group,
    )  # fmt: skip
    request.needs.add(need)

    filled = prefill(group)

    assert (filled["needs"], filled["strengths"]) == ([need], "Ведёт кружок")
    assert filled["ends_on"] == dt.date(2026, 11, 30)
    assert filled["template"].kind == "SCHOOL"
    assert draft_program(group, by=None, on=START, **filled).needs.get() == need


def test_catalogues_offer_the_kind_of_organisation_and_the_schools_own_template_first():
    load_dictionaries()
    group = make_proposed_case()
    own = ProgramTemplate.objects.create(
        school=group.school, name="Наша программа", goal="Цель", tasks="Задачи"
    )
    assert templates_for(group).first() == own
    assert set(templates_for(group).values_list("kind", flat=True)) == {"SCHOOL", ""}
    assert set(needs_of(group.school).values_list("kind", flat=True)) == {"SCHOOL"}
    assert set(directions_of(group.school).values_list("kind", flat=True)) == {"SCHOOL", ""}


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda p: draft_program(p.group, by=None, on=START, goal=" "), "goal"),
        (lambda p: draft_program(p.group, by=None, on=START, tasks=""), "tasks"),
        (
            lambda p: draft_program(p.group, by=None, on=START, starts_on=None, ends_on=None),
            "starts_on",
        ),
        (lambda p: draft_program(p.group, by=None, on=START, directions=[]), "directions"),
        (lambda p: remove_event(p.events.get(), by=None, on=START), "events"),
    ],
    ids=["goal", "tasks", "term", "directions", "events"],
)
def test_an_incomplete_programme_is_not_submitted(spoil, field):
    program = make_draft()
    spoil(program)
    with refused("program_incomplete", field):
        submit_program(program, by=None, on=START)
    program.refresh_from_db()
    assert program.submitted_on is None


def test_an_event_outside_the_term_is_refused_when_added_and_when_submitted():
    program = make_draft()
    with refused("event_outside_term", "due_on"):
        change_event(program.events.get(), by=None, on=START, due_on=END + dt.timedelta(days=1))
    draft_program(
        program.group, by=None, on=START, starts_on=START + dt.timedelta(days=60), ends_on=END
    )
    with refused("event_outside_term", "events"):
        submit_program(program, by=None, on=START)


def test_a_need_without_an_event_only_warns():
    program = make_draft()
    need = Need.objects.create(name="Дисциплина на уроке")
    program.needs.add(need)
    assert submission_warnings(program) == [
        "В плане нет мероприятий по затруднениям: Дисциплина на уроке."
    ]
    change_event(program.events.get(), by=None, on=START, need=need)
    assert submission_warnings(program) == []


def test_a_submitted_programme_changes_only_after_a_return():
    program = make_agreed()
    event = program.events.get()
    for step in (
        lambda: draft_program(program.group, by=None, on=LATER, goal="Иная"),
        lambda: change_event(event, by=None, on=LATER, title="Иное"),
        lambda: remove_event(event, by=None, on=LATER),
        lambda: submit_program(program, by=None, on=LATER),
    ):
        with refused("program_submitted"):
            step()

    return_program(program, by=None, on=LATER, reason="Уточните сроки")
    program.refresh_from_db()
    assert (program.version, program.submitted_on, program.returned_on) == (2, None, LATER)
    draft_program(program.group, by=None, on=LATER, goal="Иная")
    submit_program(program, by=None, on=LATER)
    with refused("not_agreed"):  # the first version's agreement does not count
        approve_program(program, by=None, on=LATER, **{**APPROVAL, "approved_on": LATER})


def test_a_return_needs_a_reason_and_a_submitted_programme():
    program = make_draft()
    with refused("program_not_submitted"):
        return_program(program, by=None, on=START, reason="Нет")
    submit_program(program, by=None, on=START)
    with refused("text_missing", "reason"):
        return_program(program, by=None, on=START, reason=" ")


def test_every_mentee_agrees_once_to_the_current_version():
    program = make_draft(make_proposed_case(mentees=2))
    first, second = program.group.members.all()
    with refused("program_not_submitted"):
        agree_program(program, by=None, on=START, member=first)
    submit_program(program, by=None, on=START)
    one = agree_program(program, by=None, on=START, member=first)
    assert agree_program(program, by=None, on=LATER, member=first) == one
    with refused("not_agreed") as caught:
        approve_program(program, by=None, on=START, **APPROVAL)
    assert second.post.person.short_name in caught.value.message
    stranger = make_proposed_case().members.get()
    with refused("not_a_member"):
        agree_program(program, by=None, on=START, member=stranger)
    assert program.agreements.count() == 1


def test_agreement_and_approval_are_not_dated_before_the_submission():
    early = START - dt.timedelta(days=1)
    program = submit_program(make_draft(), by=None, on=START)
    member = program.group.members.get()
    with refused("agreed_before_submitted", "agreed_on"):
        agree_program(program, by=None, on=START, member=member, agreed_on=early)
    agree_program(program, by=None, on=START, member=member)
    with refused("approved_before_submitted", "approved_on"):
        approve_program(program, by=None, on=START, **{**APPROVAL, "approved_on": early})
    with refused("date_in_future", "approved_on"):
        approve_program(program, by=None, on=START, **{**APPROVAL, "approved_on": LATER})


def test_what_was_submitted_and_approved_on_paper_is_recorded_with_its_own_days():
    program = submit_program(make_draft(), by=None, on=LATER, submitted_on=START)
    agree_program(program, by=None, on=LATER, member=program.group.members.get(), agreed_on=START)
    approve_program(program, by=None, on=LATER, **APPROVAL)
    program.refresh_from_db()
    assert (program.submitted_on, program.approved_on) == (START, START)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"position": " "}, "text_missing", "position"),
        ({"name": ""}, "text_missing", "name"),
        ({"name": "mentor"}, "mentor_named", "name"),
    ],
)
def test_the_head_who_approves_is_named_and_is_not_the_mentor(change, code, field):
    program = make_agreed()
    if change.get("name") == "mentor":
        change = {"name": program.group.appointments.get().post.person.short_name}
    with refused(code, field):
        approve_program(program, by=None, on=START, **{**APPROVAL, **change})
    program.refresh_from_db()
    assert program.approved_on is None


def test_approval_and_order_come_in_either_sequence():
    before_order = make_agreed(make_proposed_case())
    after_order = make_agreed(make_ordered_case())
    for program in (before_order, after_order):
        approve_program(program, by=None, on=START, **APPROVAL)
        program.refresh_from_db()
        assert program.approved_on == START


def test_somebody_proposed_for_a_running_group_has_no_say_yet():
    group = make_ordered_case()
    member = group.members.get()
    newcomer = make_proposed_case(school=group.school).members.get()
    newcomer.group = group
    newcomer.save()
    program = submit_program(make_draft(group), by=None, on=START)
    with refused("not_a_member"):
        agree_program(program, by=None, on=START, member=newcomer)
    agree_program(program, by=None, on=START, member=member)
    approve_program(program, by=None, on=START, **APPROVAL)


def test_an_approved_programme_is_neither_drafted_nor_returned_nor_approved_again():
    program = make_running()
    events = Event.objects.count()
    for step in (
        lambda: draft_program(program.group, by=None, on=LATER, goal="Иная"),
        lambda: add_event(
            program, by=None, on=LATER, title="Ещё", due_on=LATER, responsible="MENTOR"
        ),
        lambda: return_program(program, by=None, on=LATER, reason="Нет"),
        lambda: approve_program(program, by=None, on=LATER, **APPROVAL),
    ):
        with refused("program_approved"):
            step()
    assert Event.objects.count() == events


def test_every_step_is_told_in_the_history_of_the_case():
    program = make_running()
    told = [line.text for line in history.lines(program.group)]
    assert told[:5] == [
        "Программа утверждена 01.09.2026: Орлова Вера Ивановна.",
        f"Программа согласована 01.09.2026: {program.group.members.get().post.person.short_name}",
        "Программа передана на согласование 01.09.2026 (версия 1).",
        "В план добавлено мероприятие: Посещение урока, срок 01.10.2026.",
        "Начата подготовка программы.",
    ]


def test_an_event_needs_a_title_and_a_known_responsible():
    program = make_draft()
    common = {"by": None, "on": START, "due_on": START}
    with refused("text_missing", "title"):
        add_event(program, title=" ", responsible="MENTOR", **common)
    with refused("responsible_unknown", "responsible"):
        add_event(program, title="Беседа", responsible="NOBODY", **common)
    with refused("event_outside_term", "due_on"):
        add_event(program, title="Беседа", responsible="MENTOR", **{**common, "due_on": None})
    assert program.events.count() == 1
