"""Papers: what they say, that nothing hostile works in them, who gets them."""

import datetime as dt
import io
import socket
import subprocess

import docx
import pytest
from django.test import Client
from django.urls import reverse

from programs.documents import render, texts
from programs.documents.data import programme
from programs.documents.page import page
from programs.documents.word import to_docx
from programs.models import Document, GroupMember, Order
from programs.tests.factories import make_consented, make_ordered
from programs.tests.factories_programme import END, make_evaluated, make_running, make_sheet
from programs.workflow import papers
from programs.workflow.closing import close_program
from schools import jobs
from schools.grammar import GENITIVE, name_in, signature
from schools.models import Event, Job, JobState, Membership, User
from schools.tests.factories import (
    make_methodologist,
    make_person,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 9, 2)


def text_of(pdf: bytes) -> str:
    """Text of a PDF as its reader would search it, with single spaces."""
    result = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(result.stdout.decode().split())


def drawn(document: Document) -> str:
    """Let a worker draw ``document``; its text."""
    assert jobs.run(document.job_id) == "done"
    document.refresh_from_db()
    return text_of(document.file.file.read())


def test_a_consent_names_its_people_in_the_right_cases():
    mentor = make_person(last_name="Иванова", first_name="Мария", patronymic="Петровна", sex="F")
    school = make_school()
    post = make_post(school, person=mentor, position="учитель", subject="химия")
    case = make_consented(school, mentor=post)

    text = drawn(papers.print_mentor_consent(case.group, by=case.curator, on=DAY))

    assert "от учителя химии Ивановой Марии Петровны" in text
    assert "Я, Иванова Мария Петровна, учитель химии, даю согласие" in text
    assert name_in(case.mentee_posts[0].person, GENITIVE) in text
    assert "статья 351.8 Трудового кодекса" in text
    assert "персональн" not in text  # that consent is a sheet of its own (152-ФЗ, ст. 9)


def test_a_signed_order_is_printed_word_for_word_after_people_changed():
    case = make_ordered()
    order = Order.objects.get()
    case.mentor_post.person.last_name = "Переименованная"
    case.mentor_post.person.save()

    text = drawn(papers.print_order(order, by=case.director, on=DAY))

    assert f"№ {order.number}" in text
    assert "Переименованная" not in text
    printed = "".join(text.split())  # a narrow column may break a long word
    for line in order.text.splitlines():
        if "|" not in line:  # rows of a table come out of a PDF column by column
            assert "".join(line.split()) in printed


def test_a_programme_shows_plan_term_and_people():
    program = make_running()
    curator = Membership.objects.get(school=program.group.school, role="CURATOR").person.user

    text = drawn(papers.print_program(program, by=curator, on=program.starts_on))

    assert program.goal in text
    assert signature(curator.person).replace("\u00a0", " ") in text
    for event in program.events.all():
        assert event.title in text


def test_papers_of_an_ended_case_name_whom_it_ended_with():
    program = make_evaluated(make_running(mentees=2))
    group = program.group
    gone, stayed = group.members.order_by("pk")
    GroupMember.objects.filter(pk=gone.pk).update(left_on=DAY, left_ground="STATEMENT")
    close_program(program, by=None, on=END, ground="FULL", closed_on=END)
    program.refresh_from_db()

    for built in (programme.program(program), programme.meetings(program)):
        roles = [line["role"] for line in built["signatures"]]
        names = [line["signature"] for line in built["signatures"]]
        assert roles == ["Наставник", "Наставляемый", "Куратор"]
        assert names[1] == signature(stayed.post.person)
    assert [m["name"] for m in built["mentees"]] == [stayed.post.person.full_name]


@pytest.mark.parametrize("mentees", [1, 3, 5])
def test_names_above_the_columns_of_an_evaluation_do_not_overlap(mentees):
    program = make_running(mentees=mentees)
    make_sheet(program.group.school)

    built = programme.evaluation(program)
    html = page("evaluation", built)
    word = docx.Document(io.BytesIO(to_docx(html, title="Лист")))

    heads = [cell.text for cell in word.tables[0].rows[0].cells][3:]
    members = program.group.members.order_by("pk")
    names = [m.post.person.short_name.replace("\u00a0", " ") for m in members]
    if mentees > 3:
        assert heads == [str(number) for number in range(1, mentees + 1)]
        legend = next(p.text for p in word.paragraphs if p.text.startswith("Столбцы"))
        assert all(name in legend.replace("\u00a0", " ") for name in names)
    else:
        assert [" ".join(head.split()) for head in heads] == names
        assert all(("\n" in head) == (mentees > 1) for head in heads)


def test_a_hostile_name_is_only_text(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET-CONTENT")
    name = f"<img src=file://{secret}><link rel=attachment href=file://{secret}>"

    pdf = render.paper(
        "mentee_consent",
        {
            "title": name,
            "mentee": {"who": name, "signature": name},
            "code": "0" * 20,
        },
    )

    assert b"SECRET-CONTENT" not in pdf
    assert "<img src=file" in text_of(pdf)
    assert b"EmbeddedFile" not in pdf


def test_markup_that_got_through_fetches_neither_files_nor_network(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-CONTENT")
    connected = []
    monkeypatch.setattr(socket.socket, "connect", lambda *a: connected.append(a))

    pdf = render.to_pdf(
        f'<html lang="ru"><title>t</title><link rel="attachment" href="file://{secret}">'
        f'<img src="http://127.0.0.1:9/x.png"><style>@import "file://{secret}";</style>текст'
    )

    assert b"EmbeddedFile" not in pdf
    assert b"SECRET" not in pdf
    assert connected == []
    assert "текст" in text_of(pdf)


def test_a_paper_is_tagged_and_carries_its_fonts():
    pdf = render.to_pdf('<html lang="ru"><title>Проба</title><p>Съешь ещё этих № «булок»</p>')

    fonts = subprocess.run(
        ["pdffonts", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    info = subprocess.run(
        ["pdfinfo", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()

    assert all(" yes yes yes " in line for line in fonts.splitlines()[2:])
    assert "Tagged:          yes" in info
    assert "Title:           Проба" in info


def test_pressing_print_twice_makes_one_paper():
    case = make_consented()
    first = papers.print_mentor_consent(case.group, by=case.curator, on=DAY)
    second = papers.print_mentor_consent(case.group, by=case.curator, on=DAY)

    assert (first, Document.objects.count(), Job.objects.count()) == (second, 1, 1)


def test_print_goes_through_the_browser_to_a_download():
    case = make_consented()
    client = Client()
    client.force_login(case.curator)

    job_page = client.post(reverse("paper-print", args=["consent", case.group.pk]))
    job = Job.objects.get()
    assert job_page.url == reverse("job-detail", args=[job.pk])
    assert "в очереди" in client.get(job_page.url).content.decode().lower()

    jobs.run(job.pk)
    page = client.get(job_page.url).content.decode()
    document = Document.objects.get()
    assert reverse("document-download", args=[document.code]) in page
    response = client.get(reverse("document-download", args=[document.code]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_only_those_of_the_case_download_a_paper():
    case = make_consented()
    document = papers.print_mentor_consent(case.group, by=case.curator, on=DAY)
    jobs.run(document.job_id)
    address = reverse("document-download", args=[document.code])
    strangers = {
        "director of another school": make_consented().director,
        "methodologist": make_methodologist(case.school.municipality),
        "mentee": case.mentee,
    }

    for user in strangers.values():
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == 404
    client = Client()
    client.force_login(case.mentor)
    assert client.get(address).status_code == 200


def test_an_account_without_a_person_sees_no_paper():
    case = make_ordered()
    document = papers.print_order(Order.objects.get(), by=case.curator, on=DAY)

    nobody = User.objects.create_superuser(login="technical", password="x")

    assert document in Document.objects.visible_to(case.curator)
    assert not Document.objects.visible_to(nobody).exists()


def test_a_curator_who_mentors_agrees_to_no_programme_of_the_own():
    program = make_running()
    assert programme.program(program)["curator"]
    group = program.group
    group.curator = group.appointments.get().post.person
    words = programme.program(program)
    assert words["curator"] == ""
    assert words["signatures"][-1] == {"role": "Куратор", "signature": ""}


def test_the_frozen_text_of_an_order_is_that_of_its_print():
    make_ordered()
    order = Order.objects.get()

    assert order.text == texts.order_text(order)
    assert "ПРИКАЗЫВАЮ" in order.text


def test_printing_is_told_in_the_history():
    case = make_consented()
    papers.print_mentor_consent(case.group, by=case.curator, on=DAY)

    assert Event.objects.filter(kind="paper_printed", actor=case.curator).count() == 1


def test_a_job_that_fails_three_times_is_parked_and_can_be_tried_again():
    case = make_consented()
    document = papers.print_mentor_consent(case.group, by=case.curator, on=DAY)
    Document.objects.filter(pk=document.pk).update(data={"mentees": 5})

    outcomes = [jobs.run(document.job_id) for _ in range(4)]

    job = Job.objects.get()
    assert outcomes == ["failed", "failed", "failed", "skipped"]
    assert job.state == JobState.FAILED
    assert "администратору" in job.error
    assert jobs.retry(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


def test_a_cancelled_job_stores_nothing():
    case = make_consented()
    document = papers.print_mentor_consent(case.group, by=case.curator, on=DAY)

    assert jobs.cancel(document.job)
    assert jobs.run(document.job_id) == "skipped"
    document.refresh_from_db()
    assert document.file is None
