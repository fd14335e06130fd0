"""Packs: what was signed, in order, the same again later; nothing else ever enters."""

import datetime as dt
import io
import subprocess
import time
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Document, Pack
from programs.tests import factories
from programs.tests.factories_programme import make_running
from programs.workflow import papers
from programs.workflow.consents import withdraw_consent
from programs.workflow.help import ask_help, write_note, write_remark
from programs.workflow.packs import hand_over
from programs.workflow.scans import attach_stored
from schools import files, jobs
from schools.errors import DomainError
from schools.models import Event, Job, Membership

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 25)
PLANTED = "ПОДЛОЖЕННОЕ"
WHOM = {"recipient": "Комитет по образованию", "basis": "Запрос от 20.11.2026 № 7"}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def case():
    return factories.make_ordered()


def scan(case, row, content=b"%PDF-1.4 signed %%EOF"):
    stored = files.keep_made(
        content, name="скан.pdf", content_type="application/pdf", by=case.curator,
        school=case.school,
    )  # fmt: skip
    return attach_stored(row, by=case.curator, on=TODAY, stored=stored)


def keys(case) -> list[str]:
    consents = [f"consent:{c.pk}" for c in case.group.consents.all()]
    return [*consents, f"order:{case.order.pk}"]


def members(stored) -> dict[str, bytes]:
    with stored.file.open("rb") as handle, zipfile.ZipFile(io.BytesIO(handle.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(pdf: bytes) -> str:
    result = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(result.stdout.decode().split())


def made(case, **fields) -> Pack:
    asked = {"by": case.curator, "on": TODAY, "as_of": TODAY, **WHOM, **fields}
    if "papers" not in asked:
        asked["papers"] = keys(case)
    pack = hand_over(case.group, **asked)
    assert jobs.run(pack.job_id) == "done"
    pack.refresh_from_db()
    return pack


def test_a_pack_holds_the_chosen_papers_in_order_with_their_list(case):
    consent = case.group.consents.get(role="MENTOR")
    scan(case, consent)

    held = members(made(case).file)

    names = list(held)
    assert [name[:2] for name in names] == ["00", "01", "02", "03"]
    assert "Опись" in names[0]
    assert "Согласие наставника" in names[1]
    assert held[names[1]] == b"%PDF-1.4 signed %%EOF"
    assert "ПРИКАЗЫВАЮ" in text_of(held[names[3]])  # no scan: the text as it was signed
    contents = text_of(held[names[0]])
    assert WHOM["recipient"] in contents
    assert "Запрос от 20.11.2026" in contents
    assert "текст без подписи" in contents


def test_the_same_request_later_gives_the_same_bytes(case, time_machine):
    consent = case.group.consents.get(role="MENTOR")
    scan(case, consent)
    first = made(case)
    time_machine.move_to(NOON + dt.timedelta(days=40), tick=False)
    scan(case, consent, b"%PDF-1.4 another scan %%EOF")
    again = made(case, on=TODAY + dt.timedelta(days=40))
    other = made(case, on=TODAY + dt.timedelta(days=40), recipient="Прокуратура")

    assert (first.pk != again.pk, again.file.sha256) == (True, first.file.sha256)
    assert other.file.sha256 != first.file.sha256


def test_a_pack_as_of_a_day_holds_what_was_signed_by_then(case):
    signed = case.order.signed_on
    with pytest.raises(DomainError) as refusal:
        made(case, as_of=signed - dt.timedelta(days=1))
    assert (refusal.value.code, refusal.value.field) == ("paper_not_of_the_day", "papers")
    assert not Pack.objects.exists()
    assert len(made(case, as_of=signed).papers) == 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"recipient": " "}, "recipient_missing"),
        ({"basis": ""}, "basis_missing"),
        ({"papers": []}, "nothing_chosen"),
        ({"as_of": dt.date(2027, 1, 1)}, "date_in_future"),
        ({"papers": ["consent:999999"]}, "paper_not_of_the_day"),
    ],
)
def test_a_pack_without_its_facts_is_refused(case, fields, code):
    with pytest.raises(DomainError) as refusal:
        made(case, **fields)
    assert refusal.value.code == code
    assert not Job.objects.filter(kind="pack").exists()


def test_a_paper_of_another_case_cannot_be_chosen(case):
    other = factories.make_ordered(case.school)
    with pytest.raises(DomainError):
        made(case, papers=[f"consent:{other.group.consents.first().pk}"])


def test_notes_questions_remarks_and_drafts_never_enter(case):
    program = make_running(case.group)
    mentor, mentee = case.mentor, case.mentee
    write_note(case.group, by=mentor, on=TODAY, text=f"{PLANTED} заметка")
    ask_help(case.members[0], by=mentee, on=TODAY, kind="HELP", text=f"{PLANTED} просьба")
    write_remark(case.group, by=case.curator, on=TODAY, text=f"{PLANTED} замечание",
                 due_on=TODAY)  # fmt: skip
    draft = papers.print_program(program, by=case.curator, on=TODAY)
    Document.objects.filter(pk=draft.pk).update(data={**draft.data, "goal": f"{PLANTED} черновик"})
    jobs.run(draft.job_id)

    client = Client()
    client.force_login(case.curator)
    client.post(reverse("archive-make", args=[case.group.pk]))
    job = Job.objects.get(kind="archive")
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()

    held = members(job.file)
    everything = " ".join([*held, *(text_of(content) for content in held.values())])
    assert "Согласие наставника" in everything
    assert PLANTED not in everything
    assert "Рекомендуется" not in everything


def test_a_withdrawn_consent_is_no_paper_of_a_later_day():
    case = factories.make_consented()
    consent = case.group.consents.get(role="MENTEE")
    withdraw_consent(consent, by=case.curator, on=TODAY, withdrawn_on=dt.date(2026, 11, 20))
    key = [f"consent:{consent.pk}"]

    assert len(made(case, as_of=dt.date(2026, 11, 19), papers=key).papers) == 1
    with pytest.raises(DomainError):
        made(case, papers=key)


def test_to_whom_papers_went_is_recorded_for_the_organisation_alone(case):
    pack = made(case)
    event = Event.objects.get(kind="pack_handed_over")
    assert event.actor == case.curator
    client = Client()
    client.force_login(case.curator)
    page = client.get(reverse("pack-list", args=[case.group.pk])).content.decode()
    assert page.count(WHOM["recipient"]) == 2  # the row and the history
    client.force_login(case.mentor)
    history = client.get(reverse("group-history", args=[case.group.pk])).content.decode()
    assert WHOM["recipient"] not in history
    assert client.get(reverse("pack-download", args=[pack.pk])).status_code == 404


def test_gaps_are_read_from_what_is_due(case):
    client = Client()
    client.force_login(case.curator)
    page = client.get(reverse("pack-list", args=[case.group.pk])).content.decode()
    assert "Проверить себя" in page
    assert "ополнительное соглашение" in page


def test_a_pack_of_nine_papers_is_made_within_five_seconds():
    case = factories.make_ordered(mentees=7)
    for consent in case.group.consents.all():
        scan(case, consent)
    asked = keys(case)
    assert len(asked) == 9
    pack = hand_over(case.group, by=case.curator, on=TODAY, as_of=TODAY, papers=asked, **WHOM)
    started = time.process_time()
    assert jobs.run(pack.job_id) == "done"
    assert time.process_time() - started < 5


def test_who_runs_the_organisation_no_more_gets_its_papers_no_more(case):
    client = Client()
    client.force_login(case.curator)
    client.post(reverse("archive-make", args=[case.group.pk]))
    job = Job.objects.get(kind="archive")
    assert jobs.run(job.pk) == "done"
    address = reverse("archive-download", args=[job.pk])
    assert client.get(address).status_code == 200

    Membership.objects.filter(person=case.curator.person).update(
        ends_on=TODAY - dt.timedelta(days=1)
    )

    assert client.get(address).status_code == 404
    Job.objects.filter(pk=job.pk).update(
        state="WAITING", finished_at=None, expires_at=None, file=None, attempts=0
    )
    assert jobs.run(job.pk) == "failed"
