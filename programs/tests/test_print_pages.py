"""Pages from which papers are printed: what they ask, keep and refuse, and who may."""

import datetime as dt
import io

import docx
import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from programs.models import (
    Document,
    Incentive,
    MentorReport,
    PaperKind,
)
from programs.tests.factories import make_consented
from programs.tests.factories_programme import make_sheet
from programs.tests.page_world import NOON, TODAY, World, client_of
from programs.views.papers import PRINTED
from schools import jobs
from schools.models import DataConsent, Event, LocalAct

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    with time_machine.travel(NOON, tick=False):
        yield World()


def rows(w) -> dict:
    """For each word of the address the row that it prints."""
    group, program = w.running.group, w.program
    act = LocalAct.objects.create(
        school=w.school, kind="REGULATION", title="Положение", adopted_on=dt.date(2026, 1, 9)
    )
    reward = Incentive.objects.create(
        post=w.running.mentor_post, group=group, kind="RECOGNITION", measure="благодарность",
        basis="решение совета", granted_on=TODAY, recorded_on=TODAY,
    )  # fmt: skip
    report = MentorReport.objects.create(
        program=program, appointment=w.running.appointment, dynamics="Было трудно, стало легче.",
        conclusion="FINISH", written_on=TODAY,
    )  # fmt: skip
    w.meeting  # noqa: B018 one record of a meeting
    return {
        "consent": group,
        "mentee-consent": w.running.members[0],
        "program": program,
        "meetings": program,
        "evaluation": program,
        "report": report,
        "order": w.running.order,
        "acquaintance-order": w.running.order,
        "acquaintance-act": act,
        "regulation-order": w.school,
        "curator-order": w.school,
        "incentive-order": reward,
        "thanks": reward,
        "data-consent": w.running.mentor_post,
        "data-consent-site": w.running.mentor_post,
    }


def test_every_paper_is_printed_by_one_button_and_comes_as_pdf_and_word(w):
    make_sheet()
    client, found = client_of(w.curator), rows(w)
    assert set(found) == set(PRINTED)

    for paper, row in found.items():
        sent = client.post(reverse("paper-print", args=[paper, row.pk]))
        document = Document.objects.order_by("-pk").first()
        assert sent.url == reverse("job-detail", args=[document.job_id]), paper
        assert jobs.run(document.job_id) == "done", paper
        pdf = client.get(reverse("document-download", args=[document.code]))
        word = client.get(reverse("document-word", args=[document.code]))
        assert b"".join(pdf.streaming_content).startswith(b"%PDF"), paper
        opened = docx.Document(io.BytesIO(b"".join(word.streaming_content)))
        assert opened.core_properties.title == document.data["title"], paper
        assert opened.core_properties.language == "ru-RU"
        assert ".docx" in word.headers["Content-Disposition"]
    assert Document.objects.count() == len(PRINTED)


def test_who_prints_what(w):
    found = rows(w)
    stranger = make_consented().director
    for paper, row in found.items():
        url = reverse("paper-print", args=[paper, row.pk])
        own = {"meetings", "report"}
        assert client_of(stranger).post(url).status_code == 404 or paper in {
            "regulation-order", "curator-order"
        }  # fmt: skip
        mentor = client_of(w.running.mentor).post(url).status_code
        assert (mentor == 302) == (paper in own), paper
        assert client_of(w.running.mentee).post(url).status_code in (403, 404), paper
    assert Document.objects.count() == len(own)


def test_the_mentee_reads_the_print_of_meetings_but_no_pay(w):
    w.meeting  # noqa: B018
    client = client_of(w.curator)
    client.post(reverse("paper-print", args=["meetings", w.program.pk]))
    client.post(reverse("addendum-print", args=[w.running.group.pk]), addendum())
    kinds = Document.objects.visible_to(w.running.mentee).values_list("kind", flat=True)
    assert set(kinds) == {PaperKind.MEETINGS}
    kinds = Document.objects.visible_to(w.running.mentor).values_list("kind", flat=True)
    assert set(kinds) == {PaperKind.MEETINGS, PaperKind.ADDENDUM}


def addendum(**changes) -> dict:
    return {
        "content": "помощь в работе по программе", "work_form": "очно", "starts_on": "2026-09-01",
        "ends_on": "2027-05-31", "pay_amount": "3000", "pay_kind": "ROUBLES",
        "pay_basis": "Положение об оплате труда", "employer_position": "директор",
        "employer_name": "Орлова Вера Ивановна", **changes,
    }  # fmt: skip


def test_an_addendum_is_printed_whole_and_not_typed_again_when_signed(w):
    client, url = client_of(w.curator), reverse("addendum-print", args=[w.running.group.pk])

    sent = client.post(url, addendum(content="помощь на уроках физики"))

    document = Document.objects.get()
    assert sent.url == reverse("job-detail", args=[document.job_id])
    assert document.data["pay"] == "3\u00a0000 (три тысячи) рублей 00\u00a0копеек"
    form = client.get(reverse("addendum-record", args=[w.running.group.pk])).content.decode()
    assert "помощь на уроках физики" in form
    assert "Орлова Вера Ивановна" in form


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pay_amount": "0"}, "больше нуля"),
        ({"pay_amount": ""}, "Обязательное поле"),
        ({"pay_basis": ""}, "Обязательное поле"),
        ({"ends_on": "2026-08-01"}, "Окончание раньше начала"),
        ({"employer_name": "наставник"}, "Наставник не подписывает"),
    ],
)
def test_an_addendum_without_what_the_law_wants_is_not_printed(w, change, words):
    if "employer_name" in change:
        change = {"employer_name": w.running.mentor_post.person.full_name}
    url = reverse("addendum-print", args=[w.running.group.pk])
    refused = client_of(w.curator).post(url, addendum(**change))
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert "помощь в работе по программе" in refused.content.decode()  # nothing typed is lost
    assert not Document.objects.exists()


def test_a_notice_keeps_the_three_working_days_and_is_not_typed_again(w):
    client, url = client_of(w.curator), reverse("notice-print", args=[w.running.group.pk])
    notice = {"side": "MENTOR", "given_on": "2026-10-19", "effective_on": "2026-10-21"}

    refused = client.post(url, notice)
    assert refused.status_code == 422
    assert "трёх" in refused.content.decode() or "три рабочих" in refused.content.decode()

    assert client.post(url, {**notice, "effective_on": "2026-10-23"}).status_code == 302
    document = Document.objects.get()
    assert document.data["last_day"].replace("\u00a0", " ") == "22 октября 2026 г."
    mentors = Document.objects.visible_to(w.running.mentor)
    assert not mentors.exists()  # a draft may be dropped: the person learns of a signed one
    Document.objects.update(signed_on=TODAY, recorded_on=TODAY)
    assert mentors.get() == document
    form = client.get(reverse("notice-give", args=[w.running.group.pk])).content.decode()
    assert "2026-10-23" in form


def test_the_report_is_drafted_from_facts_and_keeps_the_mentors_words(w):
    w.program.events.update(outcome="PARTIAL", settled_on=TODAY, actual="Половина класса")
    w.meeting  # noqa: B018
    client, url = client_of(w.running.mentor), reverse("report-write", args=[w.program.pk])
    drafted = client.get(url).content.decode()
    assert "Половина класса" in drafted
    assert "1, всего 45\u00a0мин" in drafted

    assert client.post(url, {"dynamics": "", "conclusion": "FINISH"}).status_code == 422
    words = {"dynamics": "Было трудно, стало легче.", "conclusion": "EXTEND"}
    assert client.post(url, words).status_code == 302

    report = MentorReport.objects.get()
    assert (report.conclusion, report.written_on) == ("EXTEND", TODAY)
    assert "стало легче" in client.get(url).content.decode()
    assert Document.objects.get().data["facts"]["meetings"] == 1
    assert Event.objects.filter(kind="report_written").count() == 1


def test_a_consent_to_data_is_a_sheet_of_its_own_or_a_basis_never_both(w):
    post = w.running.mentor_post
    client, url = client_of(w.curator), reverse("data-consent-add", args=[post.pk])
    basis = {"purpose": "PROCESSING", "legal_basis": "трудовой договор"}

    for wrong in [{**basis, "signed_on": "2026-10-01"}, {"purpose": "PROCESSING"},
                  {**basis, "purpose": "DISTRIBUTION"}]:  # fmt: skip
        assert client.post(url, wrong).status_code == 422
    assert client.post(url, basis).status_code == 302
    assert client.post(url, basis).status_code == 422  # there is one in force

    signed = {"purpose": "DISTRIBUTION", "signed_on": "2026-10-01"}
    assert client.post(url, signed).status_code == 302
    sheet = DataConsent.objects.get(purpose="DISTRIBUTION")
    assert "для распространения" in sheet.text
    assert "наставничеству" not in sheet.text  # no other paper inside
    withdraw = reverse("data-consent-withdraw", args=[sheet.pk])
    assert client.post(withdraw, {"withdrawn_on": "2026-09-01"}).status_code == 422
    assert client.post(withdraw, {"withdrawn_on": "2026-10-20"}).status_code == 302
    page = client.get(reverse("staff-papers", args=[post.pk])).content.decode()
    assert "отозвано 20.10.2026" in page
    assert "без согласия: трудовой договор" in page


def test_what_cannot_be_printed_yet_is_said_where_the_button_is(w):
    client = client_of(w.curator)
    page = client.post(reverse("paper-print", args=["meetings", w.program.pk]), follow=True)
    assert "Записей о встречах ещё нет" in page.content.decode()
    assert client.post(reverse("paper-print", args=["nothing", 1])).status_code == 404
    assert not Document.objects.exists()


def test_the_pay_register_equals_the_addenda_and_holds_no_formula(w):
    appointment = w.addendum.appointment
    post = w.running.mentor_post
    type(post.person).objects.filter(pk=post.person_id).update(last_name='=HYPERLINK("http://x")')
    appointment.addenda.create(
        signed_on=TODAY, recorded_on=TODAY, content="помощь", work_form="очно",
        starts_on=dt.date(2026, 10, 20), ends_on=dt.date(2027, 5, 31), pay_kind="ROUBLES",
        pay_amount=20000, pay_basis="положение", employer_position="директор", employer_name="О.",
    )  # fmt: skip
    client, url = client_of(w.curator), reverse("pay-register", args=[w.school.pk])

    def register(month):
        answer = client.get(url, {"month": month})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert all(cell.data_type != "f" for row in sheet for cell in row)
        return [[cell.value for cell in row] for row in sheet][1:]

    october = register("2026-10")
    assert [(row[5].day, row[6].day, row[7]) for row in october[:-1]] == [
        (1, 19, 17500), (20, 31, 20000)
    ]  # fmt: skip
    assert october[-1][7] == 37500
    assert [row[7] for row in register("2026-09")] == [17500, 17500]
    assert [row[7] for row in register("2026-08")] == [0]
    assert client_of(w.running.mentor).get(url).status_code == 403


def test_a_certificate_names_papers_and_hours_and_stays_with_who_asked(w):
    w.meeting  # noqa: B018
    post = w.running.mentor_post
    url = reverse("certificate-print", args=[post.pk])
    client = client_of(w.running.mentor)

    assert client.post(url, {"as_of": "2026-08-01"}).status_code == 422  # nothing by then
    assert client.post(url, {"as_of": "2027-01-01"}).status_code == 422  # not yet
    assert client.post(url, {"as_of": "2026-10-20", "with_petition": "on"}).status_code == 302

    document = Document.objects.get()
    row = document.data["rows"][0]
    assert row["paper"].endswith(w.running.order.number)
    assert row["meetings"] == "1; 45\u00a0мин"
    assert document.data["petition"]
    assert jobs.run(document.job_id) == "done"
    assert not Document.objects.visible_to(w.director).exists()
    assert Document.objects.visible_to(w.running.mentor).exists()
    assert client_of(w.running.mentee).get(url).status_code == 403
