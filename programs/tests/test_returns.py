"""Signed sheets come back: codes on prints, photos and scans, places, dates, refusals."""

import datetime as dt
import io
import struct
import zlib
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from programs.models import Consent, Document, Order, ScanPage, ScanUpload, TerminationNotice
from programs.scans import codes, reader
from programs.tests import factories, snapshots
from programs.tests.factories_programme import make_running
from programs.tests.races import together
from programs.workflow import contract_papers, papers
from programs.workflow.consents import record_consent
from programs.workflow.filing import file_document
from programs.workflow.returning import (
    delete_forgotten,
    drop_page,
    place_page,
    upload_sheets,
)
from schools import jobs
from schools.errors import DomainError
from schools.models import Event, StoredFile

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 8, 25)
TODAY = dt.date(2026, 8, 31)


NOON = dt.datetime(2026, 8, 31, 6, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def case():
    return factories.make_proposal()


def printed(case, step=papers.print_mentor_consent, subject=None) -> Document:
    document = step(subject or case.group, by=case.curator, on=DAY)
    assert jobs.run(document.job_id) == "done"
    document.refresh_from_db()
    return document


def pdf_of(document) -> bytes:
    with document.file.file.open("rb") as stored:
        return stored.read()


def one_pdf(*parts: bytes) -> bytes:
    writer = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def returned(case, *contents: bytes, name="скан.pdf") -> list[ScanPage]:
    """Upload ``contents`` as the curator, let a worker read them."""
    uploads = [SimpleUploadedFile(name, content) for content in contents]
    batch = upload_sheets(case.school, by=case.curator, uploads=uploads)
    assert jobs.run(batch.job_id) == "done"
    return list(ScanPage.objects.filter(upload__batch=batch).order_by("pk"))


def problems(pages) -> list[str]:
    return [page.problem for page in pages]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- the code -----------------------------------------------------------------------------------


def test_a_code_is_read_back_with_its_page():
    code = "0ef96680dc027070247a"
    assert codes.read(codes.payload(code, 1295)) == (code, 1295)
    assert len(codes.modules(code, 7)) == 21  # the smallest square
    for foreign in ("https://example.org/", codes.payload(code, 1) + "0", "NV" + "A" * 16 + "00"):
        assert codes.read(foreign) is None


def test_photos_by_phone_find_their_print(case):
    document = printed(case)
    sheet = snapshots.sheets(pdf_of(document))[0]
    taken = [(2, 3), (2, 90), (2.5, -8), (3, 180), (3, 274), (2.5, 0)]
    photos = [
        snapshots.photo(sheet, seed=seed, megapixels=megapixels, turn=turn, noise=30)
        for seed, (megapixels, turn) in enumerate(taken)
    ]

    pages = returned(case, *photos, name="IMG_0001.jpg")

    assert [(p.document, p.sheet, p.problem) for p in pages] == [
        (document, 1, ""), *[(document, 1, "TWICE")] * 5
    ]  # fmt: skip
    for page in pages:
        with page.preview.file.open("rb") as file, Image.open(file) as picture:
            assert picture.height > picture.width  # set upright by the code


def test_sheets_of_one_scan_find_their_papers_in_any_order(case):
    mentor = printed(case)
    mentee = printed(case, papers.print_mentee_consent, case.members[0])

    pages = returned(case, one_pdf(pdf_of(mentee), pdf_of(mentor)))

    assert [(p.document, p.number, p.problem) for p in pages] == [(mentee, 1, ""), (mentor, 2, "")]


def test_the_upload_goes_and_what_is_kept_of_a_pdf_is_a_picture(case):
    writer = PdfWriter(io.BytesIO(pdf_of(printed(case))))
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x')")}
    action = DictionaryObject({NameObject(name): value for name, value in action.items()})
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    writer.add_attachment("secret.exe", b"MZ")
    hostile = io.BytesIO()
    writer.write(hostile)
    assert b"/JavaScript" in hostile.getvalue()

    (page,) = returned(case, hostile.getvalue())

    assert page.problem == ""
    kept = page.file.file.read()
    assert not any(word in kept for word in (b"JavaScript", b"/JS", b"EmbeddedFile", b"/AA"))
    upload = page.upload
    assert (upload.file, bool(upload.read_at)) == (None, True)
    names = set(StoredFile.objects.values_list("name", flat=True))
    assert "скан.pdf" not in names


def test_a_camera_leaves_no_place_and_no_model_in_the_file(case):
    sheet = snapshots.sheets(pdf_of(printed(case)))[0]
    exif = Image.Exif()
    exif[0x0110] = "CAMERA-MODEL"
    exif[0x0112] = 6  # turned
    photo = snapshots.saved(sheet.rotate(90, expand=True), exif=exif)
    assert b"CAMERA-MODEL" in photo

    (page,) = returned(case, photo, name="a.jpg")

    assert page.problem == ""
    assert b"CAMERA-MODEL" not in page.file.file.read() + page.preview.file.read()


# --- what is refused in words -------------------------------------------------------------------


def test_a_code_of_another_organisation_is_not_found(case):
    other = factories.make_proposal()
    (page,) = returned(case, pdf_of(printed(other)))
    assert (page.problem, page.document) == ("UNKNOWN", None)


def test_pages_without_a_code_twice_or_filed_say_why(case):
    document = printed(case)
    blank = snapshots.saved(Image.new("RGB", (1200, 1700), "white"))
    assert problems(returned(case, blank, name="a.jpg")) == ["UNREADABLE"]
    assert problems(returned(case, pdf_of(document), pdf_of(document))) == ["", "TWICE"]
    file_document(document, by=case.curator, on=TODAY, signed_on=DAY)
    assert problems(returned(case, pdf_of(document))) == ["FILED"]


def hostile_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(10, 10)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(io.BytesIO(hostile_pdf(1)))
    writer.encrypt("secret", algorithm="RC4-128")
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def inflating_pdf() -> bytes:
    """A few kilobytes whose page unpacks to 1.5 GB: more than the reader may take."""
    packing = zlib.compressobj(1)
    blank = b" " * (1 << 20)
    content = b"".join(packing.compress(blank) for _ in range(1536)) + packing.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = zlib.compress(content)
    filters = ArrayObject([NameObject("/FlateDecode")] * 2)
    stream[NameObject("/Filter")] = filters
    page[NameObject("/Contents")] = writer._add_object(stream)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (inflating_pdf(), "слишком сложный"),
        (hostile_pdf(201), "больше 200 страниц"),
        (locked_pdf(), "паролем"),
        (b"%PDF-1.7\n" + b"garbage " * 500 + b"\n%%EOF", "повреждён"),
    ],
    ids=["a bomb", "thousands of pages", "locked", "garbage"],
)
def test_a_file_that_cannot_be_read_is_parked_with_words(case, content, words):
    batch = upload_sheets(case.school, by=case.curator, uploads=[SimpleUploadedFile("a", content)])

    assert jobs.run(batch.job_id) == "done"

    upload = batch.uploads.get()
    assert words in upload.problem
    assert (upload.file, upload.pages.count()) == (None, 0)
    page = signed_in(case.curator).get(reverse("scan-return", args=[case.school.pk]))
    assert words in page.content.decode()


def test_a_batch_whose_reading_was_stopped_says_so(case):
    photo = SimpleUploadedFile("a.jpg", snapshots.saved(Image.new("RGB", (20, 20))))
    batch = upload_sheets(case.school, by=case.curator, uploads=[photo])
    client, url = signed_in(case.curator), reverse("scan-return", args=[case.school.pk])
    assert "Ещё читаем файлов: 1" in client.get(url).content.decode()
    assert jobs.cancel(batch.job)
    page = client.get(url).content.decode()
    assert "Ещё читаем" not in page
    assert "загрузите файл ещё раз" in page


def test_a_page_of_a_square_kilometre_is_drawn_small(case):
    writer = PdfWriter()
    writer.add_blank_page(14_000_000, 14_000_000)
    whole = io.BytesIO()
    writer.write(whole)
    (page,) = returned(case, whole.getvalue())
    assert page.problem == "UNREADABLE"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("бумага.pdf", b"PK\x03\x04 zip bomb", "file_type_refused"),
        ("бумага.jpg", b"<html><script>", "file_type_refused"),
        ("бумага.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "file_damaged"),
        ("пусто.pdf", b"", "file_empty"),
    ],
)
def test_the_content_decides_not_the_name(case, name, content, code):
    before = StoredFile.objects.count()
    good = snapshots.saved(Image.new("RGB", (20, 20)))
    uploads = [SimpleUploadedFile("a.jpg", good), SimpleUploadedFile(name, content)]

    with pytest.raises(DomainError) as refusal:
        upload_sheets(case.school, by=case.curator, uploads=uploads)

    assert refusal.value.code == code
    assert name in refusal.value.message
    assert StoredFile.objects.count() == before  # nothing of the others either


def test_a_picture_of_a_gigapixel_is_refused_unopened(case):
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    content = b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * 100
    with pytest.raises(DomainError) as refusal:
        upload_sheets(case.school, by=case.curator, uploads=[SimpleUploadedFile("a.png", content)])
    assert refusal.value.code in {"picture_too_big", "file_damaged"}


# --- filing -------------------------------------------------------------------------------------


def test_nothing_is_signed_before_a_person_confirms_the_date(case):
    document = printed(case)
    returned(case, pdf_of(document))
    assert not Consent.objects.exists()
    document.refresh_from_db()
    assert (document.state, document.signed_on) == ("PRINTED", None)

    file_document(document, by=case.curator, on=TODAY, signed_on=DAY)

    document.refresh_from_db()
    consent = Consent.objects.get()
    assert (document.state, document.signed_on, document.recorded_on) == ("IN_FILE", DAY, TODAY)
    assert (consent.signed_on, consent.scan, consent.text) == (DAY, document.scan, document.text)
    assert list(consent.members.all()) == case.members
    assert "даю согласие" in document.text
    assert not ScanPage.objects.exists()
    assert Event.objects.filter(kind="paper_filed", actor=case.curator).count() == 1


def test_a_consent_recorded_by_hand_only_gets_its_scan(case):
    document = printed(case)
    record_consent(case.group, by=case.curator, on=TODAY, role="MENTOR", post=case.mentor_post,
                   signed_on=DAY)  # fmt: skip
    returned(case, pdf_of(document))

    with pytest.raises(DomainError) as refusal:
        file_document(document, by=case.curator, on=TODAY, signed_on=TODAY)
    assert refusal.value.code == "recorded_with_another_date"
    assert Consent.objects.get().scan is None

    file_document(document, by=case.curator, on=TODAY, signed_on=DAY)
    assert Consent.objects.get().scan is not None


def test_the_signed_print_cancels_the_other_ones(case):
    first = printed(case)
    Document.objects.filter(pk=first.pk).update(job=None)  # as pressed again another day
    second = printed(case)
    assert first != second
    returned(case, pdf_of(second))
    returned(case, pdf_of(first))

    file_document(second, by=case.curator, on=TODAY, signed_on=DAY)

    first.refresh_from_db()
    assert (first.state, first.cancelled_on) == ("CANCELLED", TODAY)
    assert problems(ScanPage.objects.filter(document=first)) == ["CANCELLED"]
    with pytest.raises(DomainError):
        place_page(ScanPage.objects.get(), by=case.curator, document=first, sheet=1)


def test_a_signed_order_on_the_curator_leaves_other_organisations_alone(case):
    stranger = factories.make_proposal()
    mine = printed(case, papers.print_curator_order, case.school)
    older = printed(case, papers.print_regulation_order, case.school)
    theirs = printed(stranger, papers.print_curator_order, stranger.school)
    returned(case, pdf_of(mine))

    file_document(mine, by=case.curator, on=TODAY, signed_on=DAY)

    assert {d.pk for d in Document.objects.open()} == {older.pk, theirs.pk}


def test_two_consents_to_data_of_one_person_are_two_papers(case):
    post = case.mentor_post
    first, second = (
        printed(case, partial(papers.print_data_consent, purpose=purpose), post)
        for purpose in ("PROCESSING", "DISTRIBUTION")
    )
    returned(case, pdf_of(first), pdf_of(second))

    for document in (first, second):
        file_document(document, by=case.curator, on=TODAY, signed_on=DAY)

    assert not Document.objects.filter(scan=None).exists()


def test_a_mentors_paper_is_no_consent_to_those_whom_it_does_not_name():
    case = factories.make_proposal(mentees=2)
    gone, came = case.members
    document = printed(case)
    Document.objects.filter(pk=document.pk).update(data={**document.data, "members": [gone.pk]})
    type(gone).objects.filter(pk=gone.pk).update(left_on=DAY, left_ground="STATEMENT")
    document.refresh_from_db()
    returned(case, pdf_of(document))

    with pytest.raises(DomainError) as refusal:
        file_document(document, by=case.curator, on=TODAY, signed_on=DAY)

    assert refusal.value.code == "people_changed"
    assert not Consent.objects.exists()


def test_a_notice_runs_from_the_day_on_which_it_was_received(time_machine):
    group = make_running().group
    case = factories.case_of(group, director=factories.staff_of(group.school, "DIRECTOR"),
                             curator=factories.staff_of(group.school, "CURATOR"))  # fmt: skip
    time_machine.move_to(dt.datetime(2026, 9, 16, 6, tzinfo=dt.UTC), tick=False)
    on, given_on = dt.date(2026, 9, 16), dt.date(2026, 9, 14)
    notice = partial(contract_papers.print_notice, side="MENTOR", given_on=given_on,
                     effective_on=dt.date(2026, 9, 18))  # fmt: skip
    document = printed(case, notice, group.appointments.get())
    returned(case, pdf_of(document))
    page = signed_in(case.curator).get(reverse("scan-return", args=[case.school.pk]))
    assert "Когда получено" in page.content.decode()

    with pytest.raises(DomainError) as refusal:
        file_document(document, by=case.curator, on=on, signed_on=on)  # handed over too late
    assert refusal.value.code == "notice_too_short"

    file_document(document, by=case.curator, on=on, signed_on=given_on)
    recorded = TerminationNotice.objects.get()
    assert (recorded.given_on, recorded.received_on) == (given_on, given_on)


def test_a_page_is_placed_by_hand_but_not_elsewhere(case):
    document, foreign = printed(case), printed(factories.make_proposal())
    blank = snapshots.saved(Image.new("RGB", (600, 850), "white"))
    (page,) = returned(case, blank, name="a.jpg")
    place = reverse("scan-place", args=[page.pk])
    client = signed_in(case.curator)

    assert client.post(place, {"document": foreign.pk, "sheet": 1}).status_code == 422
    assert client.post(place, {"document": document.pk, "sheet": 2}).status_code == 422
    assert client.post(place, {"document": document.pk, "sheet": 1}).status_code == 302

    page.refresh_from_db()
    assert (page.document, page.sheet, page.problem) == (document, 1, "")
    drop_page(page, by=case.curator)
    assert not ScanPage.objects.exists()


def test_one_button_files_what_goes_and_says_what_does_not():
    case = factories.make_proposal(mentees=2)
    first, second = (printed(case, papers.print_mentee_consent, m) for m in case.members)
    mentor = printed(case)
    order_page = factories.make_draft(case, on=DAY)
    order = printed(case, papers.print_order, order_page)
    returned(case, one_pdf(pdf_of(order), pdf_of(first), pdf_of(second), pdf_of(mentor)))
    client = signed_in(case.director)
    page = client.get(reverse("scan-return", args=[case.school.pk]))
    assert page.content.decode().count("sheet-picture") == 4

    data = {f"take_{d.pk}": "on" for d in (first, second, mentor, order)}
    answer = client.post(
        reverse("scan-file", args=[case.school.pk]),
        {
            **data,
            "signed_all": DAY.isoformat(),
            f"signed_on_{second.pk}": "2026-12-01",  # not yet
            f"signed_on_{order.pk}": TODAY.isoformat(),
            f"number_{order.pk}": "45-од",
            f"signatory_position_{order.pk}": "директор",
            f"signatory_name_{order.pk}": case.director.person.full_name,
        },
    )

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "ещё не наступила" in said
    assert Consent.objects.count() == 2
    assert Order.objects.get().signed_on is None  # it needs the consent that was refused
    assert said.count("sheet-picture") == 2

    answer = client.post(
        reverse("scan-file", args=[case.school.pk]),
        {
            **data,
            "signed_all": DAY.isoformat(),
            f"signed_on_{order.pk}": TODAY.isoformat(),
            f"number_{order.pk}": "45-од",
            f"signatory_position_{order.pk}": "директор",
            f"signatory_name_{order.pk}": case.director.person.full_name,
        },
    )
    assert answer.status_code == 302
    signed = Order.objects.get()
    assert (signed.number, signed.signed_on, bool(signed.scan)) == ("45-од", TODAY, True)
    assert not ScanPage.objects.exists()


def test_a_paper_waits_for_all_its_sheets_and_joins_them_in_order():
    program = make_running()
    case = factories.case_of(
        program.group, director=factories.staff_of(program.group.school, "DIRECTOR"),
        curator=factories.staff_of(program.group.school, "CURATOR"),
    )  # fmt: skip
    document = printed(case, papers.print_program, program)
    drawn = snapshots.sheets(pdf_of(document), dpi=150)
    assert document.pages == len(drawn) > 1
    first, *others = (snapshots.saved(one) for one in drawn)
    returned(case, *reversed(others), name="a.jpg")
    with pytest.raises(DomainError) as refusal:
        file_document(document, by=case.curator, on=TODAY, signed_on=DAY)
    assert (refusal.value.code, "листов: 1 из" in refusal.value.message) == ("sheet_missing", True)
    returned(case, first, name="a.jpg")

    file_document(document, by=case.curator, on=TODAY, signed_on=DAY)

    document.refresh_from_db()
    with document.scan.file.open("rb") as scan:
        found = snapshots.sheets(scan.read(), dpi=150)
    read = [codes.read(reader.codes_on(one)[0][0]) for one in found]
    assert read == [(document.code, n) for n in range(1, document.pages + 1)]


def test_sheets_that_nobody_placed_go_after_two_months(case, time_machine):
    blank = snapshots.saved(Image.new("RGB", (300, 400), "white"))
    (page,) = returned(case, blank, name="a.jpg")
    stored = [page.file.file.name, page.preview.file.name]
    time_machine.move_to(NOON + dt.timedelta(days=59), tick=False)
    assert delete_forgotten() == 0
    time_machine.move_to(NOON + dt.timedelta(days=61), tick=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert delete_forgotten() == 1
    assert not ScanPage.objects.exists()
    assert not ScanUpload.objects.exists()
    assert not any(page.file.file.storage.exists(name) for name in stored)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_file_one_sheet_at_once_one_is_refused(case):
    document = printed(case)
    returned(case, pdf_of(document))

    def filing(by):
        return lambda: file_document(document, by=by, on=TODAY, signed_on=DAY)

    refused = together(filing(case.curator), filing(case.director))

    assert len(refused) == 1
    assert (Consent.objects.count(), Event.objects.filter(kind="paper_filed").count()) == (1, 1)
    scans = StoredFile.objects.filter(name__contains="(скан)")
    assert list(scans) == [Document.objects.get(pk=document.pk).scan]


def test_a_preview_is_a_picture_and_nothing_else(case):
    (page,) = returned(case, pdf_of(printed(case)))
    client = signed_in(case.curator)
    shown = client.get(reverse("scan-preview", args=[page.pk]))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    whole = client.get(reverse("scan-page", args=[page.pk]))
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert len(PdfReader(io.BytesIO(b"".join(whole.streaming_content))).pages) == 1
