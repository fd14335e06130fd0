"""September in one table: one stack to print, one order, one page of dates."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from programs.models import Consent, ContractAddendum, Document, Order
from programs.scans import codes, reader
from programs.tests import factories, snapshots
from programs.workflow.consents import record_consent
from programs.workflow.contract_papers import print_addendum
from schools import jobs
from schools.models import Job

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 8, 31, 6, tzinfo=dt.UTC)
TODAY = dt.date(2026, 8, 31)
DAY = "2026-08-31"
TERMS = {
    "content": "Помощь молодому педагогу", "work_form": "очно", "starts_on": dt.date(2026, 9, 1),
    "ends_on": dt.date(2027, 5, 31), "pay_kind": "ROUBLES", "pay_amount": Decimal(3000),
    "pay_basis": "Положение об оплате труда", "employer_position": "директор",
    "employer_name": "Соколова Анна Викторовна",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stack(client, school, **data) -> Job:
    answer = client.post(reverse("september-print", args=[school.pk]), data)
    assert answer.status_code == 302, answer
    job = Job.objects.filter(kind="bundle").latest("pk")
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job


def kinds_in(job) -> list[str]:
    """Kinds of the prints in the PDF of ``job``, read off the codes of its pages."""
    with job.file.file.open("rb") as stored:
        pages = snapshots.sheets(stored.read(), dpi=120)
    read = [codes.read(reader.codes_on(page)[0][0]) for page in pages]
    by_code = {d.code: d.kind for d in Document.objects.all()}
    return [by_code[code] for code, page in read if page == 1]


def test_one_person_gets_consent_and_addendum_for_every_pair_as_one_pdf():
    first = factories.make_proposal()
    mentor = first.mentor_post
    second = factories.make_proposal(first.school, mentor=mentor)
    for case in (first, second):
        print_addendum(case.appointment, by=case.curator, on=TODAY, **TERMS)
    client = signed_in(first.curator)

    job = stack(client, first.school, person=mentor.person_id)

    assert kinds_in(job) == ["MENTOR_CONSENT", "ADDENDUM"] * 2
    assert {d.job for d in Document.objects.filter(kind="MENTOR_CONSENT")} == {job}
    with job.file.file.open("rb") as stored:
        assert len(PdfReader(io.BytesIO(stored.read())).pages) >= 4
    page = client.get(reverse("bundle-detail", args=[job.pk])).content.decode()
    assert "В стопке бумаг: 4" in page


def test_all_papers_of_all_pairs_and_what_could_not_be_printed():
    case = factories.make_proposal(mentees=2)
    factories.make_draft(case, on=TODAY)
    client = signed_in(case.curator)

    job = stack(client, case.school)

    assert sorted(kinds_in(job)) == ["MENTEE_CONSENT", "MENTEE_CONSENT", "MENTOR_CONSENT", "ORDER"]
    (refused,) = job.result["refused"]  # nobody has said yet what the mentor is paid
    assert "дополнительное соглашение" in refused
    assert jobs.run(job.pk) == "skipped"
    assert Document.objects.count() == 4


def test_a_mentee_whom_the_mentors_consent_does_not_name_brings_another_paper():
    case = factories.make_proposal(mentees=2)
    first, _ = case.members
    record_consent(case.group, by=case.curator, on=TODAY, role="MENTOR", post=case.mentor_post,
                   signed_on=TODAY, members=[first])  # fmt: skip

    job = stack(signed_in(case.curator), case.school, person=case.mentor_post.person_id)

    assert kinds_in(job) == ["MENTOR_CONSENT"]


def test_a_stack_is_not_printed_for_people_of_another_organisation():
    case, other = factories.make_proposal(), factories.make_proposal()
    client = signed_in(case.curator)
    url = reverse("september-print", args=[case.school.pk])
    assert client.post(url, {"person": other.mentor_post.person_id}).status_code == 404
    assert client.post(url, {"person": "x"}).status_code == 404
    assert not Job.objects.exists()


def test_everything_signed_on_one_page_with_the_addenda():
    case = factories.make_proposal()
    print_addendum(case.appointment, by=case.curator, on=TODAY, **TERMS)
    order = factories.make_draft(case, on=TODAY)
    client = signed_in(case.director)
    table = client.get(reverse("september", args=[case.school.pk])).content.decode()
    url = reverse("order-record-all", args=[order.pk])
    assert url in table

    data = {
        "consented_on": DAY, "number": "1-од", "signed_on": DAY, "signatory_position": "директор",
        "signatory_name": case.director.person.full_name,
    }  # fmt: skip
    late = client.post(url, {**data, f"addendum_{case.appointment.pk}": "2026-12-01"})
    assert late.status_code == 422
    assert (Consent.objects.count(), ContractAddendum.objects.count()) == (0, 0)
    done = client.post(url, {**data, f"addendum_{case.appointment.pk}": DAY})

    assert done.status_code == 302
    addendum = ContractAddendum.objects.get()
    assert (addendum.signed_on, addendum.pay_amount, addendum.content) == (
        TODAY, 3000, TERMS["content"],
    )  # fmt: skip
    assert Order.objects.get().signed_on == TODAY
    table = client.get(reverse("september", args=[case.school.pk])).content.decode()
    assert "ждёт" not in table


def test_the_table_asks_the_database_as_often_for_three_pairs_as_for_one(
    django_assert_max_num_queries,
):
    case = factories.make_proposal()
    client = signed_in(case.curator)
    url = reverse("september", args=[case.school.pk])
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for _ in range(2):
        factories.make_proposal(case.school)
    with django_assert_max_num_queries(40) as three:
        client.get(url)
    assert len(one.captured_queries) == len(three.captured_queries)
