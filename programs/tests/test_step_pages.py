"""Forms of steps: the happy path, a refusal that keeps what was typed, foreign rows refused."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import (
    Consent,
    ContractAddendum,
    Direction,
    Meeting,
    MentoringGroup,
    MentoringRequest,
    Order,
    Program,
    TerminationNotice,
)
from programs.tests.page_world import ENDS, NOON, STARTS, TODAY, World, client_of
from programs.workflow.orders import LineDraft, default_register, draft_order
from programs.workflow.programs import submit_program
from schools.tests.factories import make_post, make_school

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOON, tick=False)
    return World()


def post(user, name, row, /, **data):
    pk = getattr(row, "pk", row)
    return client_of(user).post(reverse(name, args=[pk]), data)


def proposal_data(world, **changes) -> dict:
    return {
        "mentee": world.young.pk,
        "category": "YOUNG_SPECIALIST",
        "mentor": world.running.mentor_post.pk,
        "form": "TEACHER_TEACHER",
        "kinds": ["TRADITIONAL"],
        "why": "Тот же предмет",
        "curator": world.curator.person_id,
        "starts_on": "2026-11-02",
        "ends_on": "2027-05-31",
        "basis": "ADDENDUM",
        **changes,
    }


def draft_of(world, case) -> Order:
    return draft_order(
        default_register(world.school), by=world.curator, on=TODAY, kind="ASSIGN",
        lines=[LineDraft(case.group, "ASSIGN")],
    )  # fmt: skip


# --- request and proposal ---


def test_request_is_written_once(world):
    data = {"post": world.young.pk, "category": "YOUNG_SPECIALIST"}
    assert post(world.curator, "request-add", world.school, **data).status_code == 302
    again = post(world.curator, "request-add", world.school, **data, strengths="поёт")
    assert again.status_code == 422
    assert "Открытый запрос этого педагога уже есть" in again.content.decode()
    assert "поёт" in again.content.decode()
    assert MentoringRequest.objects.count() == 1


def test_pair_is_proposed_from_one_page(world):
    response = post(world.curator, "group-propose", world.school, **proposal_data(world))
    group = MentoringGroup.objects.latest("pk")
    assert response.url == reverse("group-detail", args=[group.pk])
    assert group.members.get().post == world.young


def test_unlawful_term_is_refused_at_its_field_and_the_rest_is_kept(world):
    data = proposal_data(world, ends_on="2026-12-31", why="Слова куратора")
    before = MentoringGroup.objects.count()
    response = post(world.curator, "group-propose", world.school, **data)
    assert response.status_code == 422
    assert response.context["form"].errors["ends_on"]
    assert "Слова куратора" in response.content.decode()
    assert MentoringGroup.objects.count() == before


def test_people_of_another_organisation_are_no_choice(world):
    stranger = make_post(make_school())
    for field in ("mentee", "mentor", "also"):
        data = proposal_data(world, **{field: stranger.pk})
        response = post(world.curator, "group-propose", world.school, **data)
        assert response.status_code == 422, field
        assert field in response.context["form"].errors
    foreign = make_school()
    assert post(world.curator, "group-propose", foreign, **proposal_data(world)).status_code == 404


def test_a_working_pair_is_entered_from_paper_on_one_page(world):
    response = post(
        world.curator, "group-adopt", world.school,
        **proposal_data(world, starts_on="2026-09-01", ends_on="2027-05-31"),
        consented_on="2026-08-25", mentees_consented_on="2026-08-25", order_number="12-од",
        ordered_on="2026-08-31", signatory_position="Директор",
        signatory_name=world.director.person.full_name,
        approved_on="2026-09-05", goal="Цель", tasks="Задачи",
    )  # fmt: skip
    group = MentoringGroup.objects.latest("pk")
    assert response.url == reverse("group-detail", args=[group.pk])
    assert group.adopted_on == TODAY
    assert group.appointments.get().ordered_on == dt.date(2026, 8, 31)
    assert group.programs.get().approved_on == dt.date(2026, 9, 5)


# --- consents, addendum, notice ---


def test_consent_comes_back_with_its_scan(world):
    post_pk = world.proposal.mentor_post.pk
    response = post(
        world.curator, "consent-record", world.proposal.group, who=f"MENTOR:{post_pk}",
        signed_on="2026-10-19", means="PAPER",
        scan=SimpleUploadedFile("согласие.pdf", PDF, "application/pdf"),
    )  # fmt: skip
    assert response.status_code == 302
    consent = Consent.objects.get(group=world.proposal.group)
    address = reverse("scan-download", args=["consent", consent.pk])
    assert b"".join(client_of(world.curator).get(address).streaming_content) == PDF
    assert client_of(world.methodologist).get(address).status_code == 404


def test_a_wrong_scan_records_nothing(world):
    response = post(
        world.curator, "consent-record", world.proposal.group,
        who=f"MENTOR:{world.proposal.mentor_post.pk}", signed_on="2026-10-19", means="PAPER",
        scan=SimpleUploadedFile("x.pdf", b"<html>", "application/pdf"),
    )  # fmt: skip
    assert response.status_code == 422
    assert response.context["form"].errors["scan"]
    assert not Consent.objects.filter(group=world.proposal.group).exists()


def test_nobody_outside_the_case_can_be_named_as_consenting(world):
    stranger = make_post(world.school)
    response = post(
        world.curator, "consent-record", world.proposal.group, who=f"MENTOR:{stranger.pk}",
        signed_on="2026-10-19", means="PAPER",
    )  # fmt: skip
    assert response.status_code == 422
    assert not Consent.objects.filter(group=world.proposal.group).exists()


def test_mentor_has_no_consent_button(world):
    response = post(world.proposal.mentor, "consent-record", world.proposal.group)
    assert response.status_code == 403


def addendum_data(**changes) -> dict:
    return {
        "signed_on": "2026-10-19", "content": "Помощь", "work_form": "очно",
        "starts_on": "2026-09-01", "ends_on": "2027-05-31", "pay_amount": "3000",
        "pay_kind": "ROUBLES", "pay_basis": "Положение об оплате",
        "employer_position": "Директор", "employer_name": "Орлова Вера Ивановна", **changes,
    }  # fmt: skip


def test_addendum_needs_its_pay(world):
    refused = post(
        world.curator, "addendum-record", world.running.group, **addendum_data(pay_amount="0")
    )
    assert refused.status_code == 422
    assert not ContractAddendum.objects.exists()
    done = post(world.curator, "addendum-record", world.running.group, **addendum_data())
    assert done.status_code == 302
    assert ContractAddendum.objects.get().pay_amount == 3000


def test_notice_shows_and_keeps_the_earliest_lawful_day(world):
    page = client_of(world.curator).get(reverse("notice-give", args=[world.running.group.pk]))
    earliest = page.context["form"].initial["effective_on"]
    assert earliest == dt.date(2026, 10, 24)  # after Wednesday, Thursday, Friday
    data = {"side": "MENTOR", "given_on": "2026-10-20", "received_on": "2026-10-20"}
    refused = post(
        world.curator, "notice-give", world.running.group, **data, effective_on="2026-10-23"
    )
    assert refused.status_code == 422
    assert not TerminationNotice.objects.exists()
    done = post(
        world.curator, "notice-give", world.running.group, **data, effective_on="2026-10-24"
    )
    assert done.status_code == 302


# --- orders ---


def test_order_for_several_pairs_is_prepared_by_ticks(world):
    value = f"{world.consented.group.pk}:ASSIGN"
    response = post(
        world.curator, "order-draft", world.consented.group, kind="ASSIGN", lines=[value]
    )
    order = Order.objects.latest("pk")
    assert response.url == reverse("order-detail", args=[order.pk])
    assert order.lines.get().group == world.consented.group
    foreign = post(world.curator, "order-new", world.school, kind="ASSIGN", lines=["999:ASSIGN"])
    assert foreign.status_code == 422


def signing(world, **changes) -> dict:
    return {
        "number": "77-од", "signed_on": "2026-10-20", "signatory_position": "Директор",
        "signatory_name": world.director.person.full_name, **changes,
    }  # fmt: skip


def test_signing_appoints_the_mentor_and_a_taken_number_is_refused(world):
    order = draft_of(world, world.consented)
    taken = post(
        world.director, "order-sign", order, **signing(world, number=world.running.order.number)
    )
    assert taken.status_code == 422
    assert taken.context["form"].errors["number"]
    assert post(world.director, "order-sign", order, **signing(world)).status_code == 302
    assert world.consented.group.appointments.get().ordered_on == TODAY


def test_all_signed_records_consents_and_order_together(world):
    order = draft_of(world, world.proposal)
    opened = client_of(world.curator).get(reverse("order-sign", args=[order.pk]))
    assert opened.url == reverse("order-record-all", args=[order.pk])
    missing = f"consent_{world.proposal.group.pk}_{world.proposal.mentor_post.pk}"
    late = post(
        world.curator, "order-record-all", order, **signing(world), consented_on="2026-10-19",
        **{missing: "2026-10-21"},
    )  # fmt: skip
    assert late.status_code == 422
    assert not Consent.objects.filter(group=world.proposal.group).exists()
    done = post(
        world.curator, "order-record-all", order, **signing(world), consented_on="2026-10-19"
    )
    assert done.status_code == 302
    assert Consent.objects.filter(group=world.proposal.group).count() == 2
    assert world.proposal.group.appointments.get().ordered_on == TODAY


def test_another_organisations_order_is_not_there(world):
    other = World()
    order = draft_of(other, other.consented)
    for name in ("order-sign", "order-record-all", "order-drop", "order-line-add"):
        assert post(world.director, name, order).status_code == 404
    order.refresh_from_db()
    assert order.dropped_on is None


# --- programme ---


def plan(*rows, initial=0) -> dict:
    data = {"plan-TOTAL_FORMS": len(rows), "plan-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"plan-{number}-{name}": value for name, value in row.items()}
    return data


def text(**changes) -> dict:
    direction, _ = Direction.objects.get_or_create(name="Методика урока", kind="")
    return {
        "goal": "Войти в профессию", "tasks": "Уроки", "directions": [direction.pk],
        "starts_on": STARTS.isoformat(), "ends_on": ENDS.isoformat(), **changes,
    }  # fmt: skip


ROW = {"title": "Посещение урока", "due_on": "2026-11-10", "responsible": "MENTOR"}


def test_programme_and_plan_are_saved_together_and_handed_over(world):
    case = world.ordered
    response = post(case.mentor, "program-edit", case.group, **text(), **plan(ROW, {}), submit="1")
    assert response.url == reverse("group-detail", args=[case.group.pk])
    program = Program.objects.get(group=case.group)
    assert program.submitted_on == TODAY
    assert program.events.get().title == "Посещение урока"


def test_a_refused_hand_over_keeps_text_and_plan_on_the_page_and_saves_nothing(world):
    case = world.ordered
    response = post(
        case.mentor, "program-edit", case.group, **text(tasks="", goal="Моя цель"), **plan(ROW),
        submit="1",
    )  # fmt: skip
    assert response.status_code == 422
    read = response.content.decode()
    assert "Моя цель" in read
    assert "Посещение урока" in read
    assert not Program.objects.filter(group=case.group).exists()


def test_rows_of_the_plan_are_changed_and_removed(world):
    case = world.ordered
    post(case.mentor, "program-edit", case.group, **text(), **plan(ROW, {**ROW, "title": "Два"}))
    first, second = Program.objects.get(group=case.group).events.order_by("pk")
    rows = [
        {**ROW, "pk": first.pk, "title": "Новое название"},
        {**ROW, "pk": second.pk, "title": "Два", "remove": "on"},
    ]
    post(case.mentor, "program-edit", case.group, **text(), **plan(*rows, initial=2))
    assert [e.title for e in first.program.events.all()] == ["Новое название"]


def test_a_row_of_another_programme_is_refused(world):
    case = world.ordered
    rows = [{**ROW, "pk": world.event.pk, "title": "Чужое"}]
    response = post(case.mentor, "program-edit", case.group, **text(), **plan(*rows))
    assert response.status_code == 422
    world.event.refresh_from_db()
    assert world.event.title == "Посещение урока"


def test_agreed_on_paper_and_approved_is_one_form_for_the_head(world):
    case = world.ordered
    post(case.mentor, "program-edit", case.group, **text(), **plan(ROW), submit="1")
    data = {"approved_on": TODAY.isoformat(), "position": "Директор"}
    name = world.director.person.full_name
    refused = post(world.director, "program-approve", case.group, **data, name=name)
    assert refused.status_code == 422  # nobody said that the mentees agreed
    done = post(
        world.director, "program-approve", case.group, **data, name=name, agreed_on_paper="on"
    )
    assert done.status_code == 302
    assert Program.objects.get(group=case.group).approved_on == TODAY


def test_mentee_agrees_and_curator_returns(world):
    case = world.ordered
    post(case.mentor, "program-edit", case.group, **text(), **plan(ROW), submit="1")
    program = Program.objects.get(group=case.group)
    agreed = post(case.mentee, "program-agree", program, agreed_on=TODAY.isoformat())
    assert agreed.status_code == 302
    assert program.agreements.get().member.post == case.mentee_posts[0]
    post(world.curator, "program-return", case.group, reason="Добавьте сроки")
    program.refresh_from_db()
    assert (program.submitted_on, program.return_reason) == (None, "Добавьте сроки")
    assert submit_program(program, by=None, on=TODAY).version == 2


def test_pause_resume_extend_and_amend(world):
    group = world.running.group
    post(
        world.curator, "program-pause", group, starts_on="2026-10-10", expected_on="2026-11-10",
        reason="Отпуск",
    )  # fmt: skip
    assert world.program.pauses.get().resumed_on is None
    post(world.curator, "program-resume", group, resumed_on="2026-10-20")
    assert world.program.pauses.get().resumed_on == TODAY
    extension = {"reason": "Не успели", "agreed_on": "2026-10-20"}
    early = post(world.curator, "program-extend", group, new_ends_on="2027-01-01", **extension)
    assert early.status_code == 422
    post(world.curator, "program-extend", group, new_ends_on="2027-08-31", **extension)
    row = {**ROW, "pk": world.event.pk, "title": "Два урока", "due_on": world.event.due_on}
    amended = post(
        world.curator, "program-amend", group, summary="Больше уроков", agreed_on="2026-10-20",
        goal="Новая цель", tasks="Задачи", **plan(row, initial=1),
    )  # fmt: skip
    assert amended.status_code == 302
    program = Program.objects.get(pk=world.program.pk)
    assert (program.current_ends_on, program.version, program.goal) == (
        dt.date(2027, 8, 31), 2, "Новая цель",
    )  # fmt: skip


# --- meetings and plan ---


def meeting_data(**changes) -> dict:
    return {
        "held_on": "2026-10-20", "minutes": "45", "format": "IN_PERSON", "topic": "Урок",
        "client_key": str(uuid.uuid4()), **changes,
    }  # fmt: skip


def test_the_same_record_sent_twice_is_one_meeting(world):
    data = meeting_data()
    for _ in range(2):
        sent = post(world.running.mentor, "meeting-log", world.running.group, **data)
        assert sent.status_code == 302
    assert Meeting.objects.count() == 1


def test_a_tick_settles_the_event_and_names_the_topic(world):
    data = meeting_data(topic="", event=world.event.pk, event_done="on")
    post(world.running.mentor, "meeting-log", world.running.group, **data)
    world.event.refresh_from_db()
    assert world.event.outcome == "DONE"
    assert Meeting.objects.get().topic == "Посещение урока"


def test_a_meeting_of_tomorrow_is_refused_and_kept_on_the_page(world):
    data = meeting_data(held_on="2026-10-21", result="Долгий рассказ")
    response = post(world.running.mentor, "meeting-log", world.running.group, **data)
    assert response.status_code == 422
    assert response.context["form"].errors["held_on"]
    assert "Долгий рассказ" in response.content.decode()
    assert not Meeting.objects.exists()


def test_an_event_of_another_pair_is_no_choice(world):
    other = World()
    data = meeting_data(event=other.event.pk)
    response = post(world.running.mentor, "meeting-log", world.running.group, **data)
    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_mentee_confirms_and_the_mentor_corrects_or_cancels(world):
    meeting = world.meeting
    post(world.running.mentee, "meeting-confirm", meeting)
    assert meeting.attendance.get().confirmed_on == TODAY
    assert post(world.running.mentee, "meeting-correct", meeting).status_code == 403
    data = meeting_data(topic="Точнее", minutes="50")
    post(world.running.mentor, "meeting-correct", meeting, **data)
    meeting.refresh_from_db()
    assert (meeting.topic, meeting.minutes) == ("Точнее", 50)
    post(world.running.mentor, "meeting-cancel", meeting, reason="Ошибка")
    meeting.refresh_from_db()
    assert meeting.cancelled_on == TODAY


def test_event_is_moved_within_the_programme_only(world):
    outside = post(world.running.mentor, "event-move", world.event, due_on="2028-01-01")
    assert outside.status_code == 422
    post(world.running.mentor, "event-move", world.event, due_on="2026-12-01")
    world.event.refresh_from_db()
    assert world.event.due_on == dt.date(2026, 12, 1)


# --- the end ---


def score_data(world, value="3") -> dict:
    member = world.running.members[0]
    return {f"score_{member.pk}_{c.pk}": value for c in world.sheet.criteria.all()}


def test_evaluation_needs_every_score_and_suggests_the_conclusion(world):
    data = {"evaluated_on": "2026-10-20", "evaluator": "Комиссия", "text": "Цель достигнута"}
    scores = score_data(world)
    unfinished = dict(list(scores.items())[1:])
    refused = post(world.curator, "evaluation-record", world.running.group, **data, **unfinished)
    assert refused.status_code == 422
    assert not world.program.evaluations.exists()
    done = post(world.curator, "evaluation-record", world.running.group, **data, **scores)
    assert done.status_code == 302
    assert world.program.evaluations.get(member=None).conclusion == "HIGH"


def test_only_lawful_grounds_are_offered_and_the_others_say_why_not(world):
    page = client_of(world.curator).get(reverse("program-close", args=[world.running.group.pk]))
    offered = [value for value, _ in page.context["form"].fields["ground"].choices]
    assert "FULL" not in offered
    assert any("только после оценки" in reason for _, reason in page.context["refused"])
    full = post(
        world.curator, "program-close", world.running.group, ground="FULL", closed_on="2026-10-20"
    )
    assert full.status_code == 422
    done = post(
        world.curator, "program-close", world.running.group, ground="MENTEE_INITIATIVE",
        closed_on="2026-10-20",
    )  # fmt: skip
    assert done.status_code == 302
    assert MentoringGroup.objects.get(pk=world.running.group.pk).closed_on == TODAY


def test_where_an_order_closes_the_form_prepares_it(world):
    world.school.policies.update(closing_by_order=True)
    response = post(
        world.curator, "program-close", world.running.group, ground="MENTEE_INITIATIVE",
        closed_on="2026-10-20",
    )  # fmt: skip
    order = Order.objects.latest("pk")
    assert response.url == reverse("order-detail", args=[order.pk])
    assert MentoringGroup.objects.get(pk=world.running.group.pk).closed_on is None
    post(world.director, "order-sign", order, **signing(world))
    assert MentoringGroup.objects.get(pk=world.running.group.pk).closed_on == TODAY


def test_help_is_asked_and_answered(world):
    post(world.running.mentee, "help-ask", world.running.group, kind="HELP", text="Как быть?")
    asked = world.running.group.help_requests.get()
    empty = post(world.running.mentor, "help-answer", asked, answer="")
    assert empty.status_code == 422
    post(world.running.mentor, "help-answer", asked, answer="Зайду завтра")
    asked.refresh_from_db()
    assert asked.answer == "Зайду завтра"


def test_successor_is_proposed_and_the_stand_in_too(world):
    new = make_post(world.school)
    data = {"mentor": new.pk, "starts_on": "2026-11-02", "basis": "ADDENDUM"}
    refused = post(world.curator, "mentor-replace", world.running.group, **data, reason="")
    assert refused.status_code == 422
    post(world.curator, "mentor-replace", world.running.group, **data, reason="Переезд")
    assert world.running.group.appointments.filter(ordered_on=None).get().post == new


def test_member_is_added_with_the_kind_of_a_group(world):
    new = make_post(world.school)
    post(
        world.curator, "member-add", world.running.group, post=new.pk, category="NEEDS_SUPPORT",
        kinds=["GROUP"],
    )  # fmt: skip
    assert world.running.group.members.filter(post=new, joined_on=None).exists()


def test_notes_are_written_by_the_pair(world):
    post(world.running.mentee, "group-notes", world.running.group, text="Наше")
    assert world.running.group.private_notes.get().text == "Наше"
    assert post(world.curator, "group-notes", world.running.group, text="x").status_code == 403


def test_recognition_has_no_sum_and_a_bonus_has_one(world):
    data = {"measure": "Грамота", "basis": "Приказ № 5", "granted_on": "2026-10-20"}
    for wrong in ({"kind": "PAYMENT"}, {"kind": "RECOGNITION", "amount": "100"}):
        refused = post(world.curator, "incentive-grant", world.running.group, **data, **wrong)
        assert refused.status_code == 422
    done = post(world.curator, "incentive-grant", world.running.group, **data, kind="RECOGNITION")
    assert done.status_code == 302


# --- by order ---


def test_an_extension_by_order_waits_for_the_signature(world):
    data = {"new_ends_on": "2027-08-31", "reason": "Не успели", "agreed_on": "2026-10-20"}
    short = {**data, "new_ends_on": "2027-05-30", "by_order": "on"}
    refused = post(world.curator, "program-extend", world.running.group, **short)
    assert refused.status_code == 422
    assert not Order.objects.filter(kind="EXTEND").exists()
    done = post(world.curator, "program-extend", world.running.group, **data, by_order="on")
    order = Order.objects.get(kind="EXTEND")
    assert done.url == reverse("order-detail", args=[order.pk])
    world.program.refresh_from_db()
    assert world.program.current_ends_on == ENDS
    post(world.director, "order-sign", order, **signing(world))
    world.program.refresh_from_db()
    assert world.program.current_ends_on == dt.date(2027, 8, 31)
    assert world.program.extensions.get().line.order == order


def test_a_mentee_leaves_by_an_order_when_it_is_signed(world):
    member = world.running.members[0]
    data = {"left_on": "2026-10-20", "ground": "STATEMENT", "by_order": "on"}
    refused = post(world.curator, "member-release", member, **data)
    assert refused.context["form"].errors["statement_on"]
    done = post(
        world.curator, "member-release", member, **data, statement_on="2026-10-19", result="Освоено"
    )
    order = Order.objects.latest("pk")
    assert done.url == reverse("order-detail", args=[order.pk])
    member.refresh_from_db()
    assert member.left_on is None
    post(world.director, "order-sign", order, **signing(world))
    member.refresh_from_db()
    assert (member.left_on, member.left_line.order, member.result) == (TODAY, order, "Освоено")


def test_a_proposed_successor_is_taken_back_with_the_point_of_the_draft(world):
    group = world.running.group
    data = {"mentor": make_post(world.school).pk, "starts_on": "2026-11-02", "basis": "ADDENDUM"}
    post(world.curator, "mentor-replace", group, **data, reason="Переезд")
    new = group.appointments.get(ordered_on=None)
    lines = [LineDraft(group, "REPLACE_MENTOR")]
    draft = draft_order(
        default_register(world.school), by=world.curator, on=TODAY, kind="REPLACE", lines=lines
    )
    url = reverse("mentor-drop", args=[new.pk])
    assert url in client_of(world.curator).get(group.get_absolute_url()).content.decode()
    assert client_of(world.running.mentor).post(url).status_code in (403, 404)
    assert client_of(world.curator).post(url).status_code == 302
    new.refresh_from_db()
    draft.refresh_from_db()
    assert (new.dropped_on, draft.dropped_on) == (TODAY, TODAY)
    assert url not in client_of(world.curator).get(group.get_absolute_url()).content.decode()
