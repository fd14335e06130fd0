"""A staff list from upload to report, through the pages."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from schools.models import ImportDraft, Person, StaffMember, StoredFile
from schools.tests.factories import make_curator, make_methodologist, make_post, make_school
from schools.workflow import drafts

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
HEAD = ["ФИО", "Дата рождения", "Должность", "Предмет", "Категория"]
BORN = dt.date(1990, 1, 2)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def curator(school, client):
    user = make_curator(school)
    client.force_login(user)
    return user


def book(*rows, head=HEAD) -> bytes:
    workbook = openpyxl.Workbook()
    for row in [head, *rows]:
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def upload(client, school, data: bytes, name="список.xlsx"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("import-add"), {"school": school.pk, "file": file})


def open_draft(client, school, data: bytes, name="список.xlsx"):
    response = upload(client, school, data, name)
    assert response.status_code == 302, response.context["form"].errors
    return ImportDraft.objects.latest("pk"), client.get(response.url)


def confirm(client, draft, page, **answers):
    fields = {"fingerprint": page.context["plan"].fingerprint, **answers}
    return client.post(reverse("import-detail", args=[draft.pk]), fields)


@pytest.mark.parametrize("name", ["staff-a.xlsx", "staff-b.xlsx", "staff-c.csv"])
def test_example_list_goes_in_whole_and_only_once(client, school, curator, name):
    truth = json.loads((DATA / f"{name.split('.')[0]}.truth.json").read_text())
    data = (DATA / name).read_bytes()
    draft, page = open_draft(client, school, data, name)
    assert len(page.context["plan"].rows) == len(truth["rows"])

    report = client.get(confirm(client, draft, page).url)

    assert report.status_code == 200
    added = StaffMember.objects.filter(school=school).exclude(person=curator.person)
    asked = len(ImportDraft.objects.get().report["skipped"])
    assert added.count() == len(truth["rows"]) - asked
    before = list(added.values())
    draft, page = open_draft(client, school, data, name)
    assert page.context["new"] == page.context["changed"] == []
    confirm(client, draft, page)
    assert list(added.all().values()) == before


def test_columns_are_corrected_by_hand(client, school, curator):
    data = book(["Ким Анна", "учитель", "физика"], head=["Кто", "Работа", "Ведёт уроки по"])
    draft, page = open_draft(client, school, data)
    sheet = draft.content["sheets"][0]
    fields = {f"column-0-{c['index']}": c["field"] for c in sheet["columns"]}
    fields |= {"column-0-0": "full_name", "column-0-1": "position", "column-0-2": "subject"}

    response = client.post(reverse("import-mapping", args=[draft.pk]), fields)

    page = client.get(response.url)
    [row] = page.context["plan"].rows
    assert (row.full_name, row.title) == ("Ким Анна", "учитель (физика)")
    client.post(reverse("import-mapping", args=[draft.pk]), {**fields, "column-0-2": "oops"})
    draft.refresh_from_db()
    assert draft.content["rows"][0]["fields"]["subject"] == "физика"


def test_nothing_is_written_before_the_confirmation(client, school, curator):
    open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    assert not Person.objects.filter(last_name="Ким").exists()


def test_confirmed_twice_is_written_once(client, school, curator):
    draft, page = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    confirm(client, draft, page)
    assert confirm(client, draft, page).status_code == 302
    assert Person.objects.filter(last_name="Ким").count() == 1


def test_unwanted_rows_are_left_out_and_absent_people_answered_for(client, school, curator):
    gone = make_post(school)
    draft, page = open_draft(
        client,
        school,
        book(["Ким Анна", BORN, "учитель", "", ""], ["Юн Ия", BORN, "завуч", "", ""]),
    )
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    confirm(
        client, draft, page,
        **{"keep": ["1"], f"absent-{gone.pk}": "LEFT", f"gone-{gone.pk}": yesterday},
    )  # fmt: skip

    gone.refresh_from_db()
    assert gone.left_on == yesterday
    assert not Person.objects.filter(last_name="Юн").exists()
    curator_post = StaffMember.objects.get(person=curator.person)
    assert curator_post.left_on is None  # not named by the list, not dismissed


def test_plan_that_changed_meanwhile_is_shown_again_with_what_was_chosen(client, school, curator):
    draft, page = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    make_post(school)

    response = confirm(client, draft, page, keep=["0"])

    assert response.status_code == 422
    assert "Просмотрите его ещё раз" in response.content.decode()
    assert 'value="0" id="keep-0" checked' in response.content.decode()
    assert not Person.objects.filter(last_name="Ким").exists()


def test_impossible_answer_is_refused_with_422(client, school, curator):
    stranger = make_post(make_school())
    make_post(school)
    draft, page = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    mine = page.context["plan"].absent[0]
    for wrong in (
        {f"absent-{mine.pk}": "FIRED"},
        {f"absent-{mine.pk}": "LEFT", f"gone-{mine.pk}": "31.31.2026"},
        {"keep": ["999"]},
        {"keep": ["нет"]},
        {"fingerprint": ""},
    ):
        assert confirm(client, draft, page, **wrong).status_code == 422
    confirm(client, draft, page, **{f"absent-{stranger.pk}": "LEFT"})
    stranger.refresh_from_db()
    assert stranger.left_on is None


def test_draft_is_its_owners_alone(client, school, curator):
    draft, _ = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    colleague = make_curator(school)
    for user in (colleague, make_curator(make_school()), make_methodologist(school.municipality)):
        client.force_login(user)
        for name in ("import-detail", "import-refused", "import-plan", "import-report"):
            assert client.get(reverse(name, args=[draft.pk])).status_code == 404
        for name in ("import-detail", "import-mapping", "import-drop"):
            assert client.post(reverse(name, args=[draft.pk])).status_code == 404
    assert ImportDraft.objects.filter(pk=draft.pk, written_at=None).exists()


def test_foreign_organisation_cannot_be_chosen(client, school, curator):
    response = upload(client, make_school(), book(["Ким Анна", BORN, "учитель", "", ""]))
    assert response.status_code == 422
    assert not ImportDraft.objects.exists()


def test_methodologist_and_mentor_do_not_load_lists(client, school):
    for user in (make_methodologist(school.municipality), make_curator(school)):
        client.force_login(user)
        wanted = 200 if user.access.school_ids else 403
        assert client.get(reverse("import-add")).status_code == wanted


def test_refused_rows_are_downloaded_with_the_reason_and_never_as_formulas(client, school, curator):
    rows = [["=1+1 Анна", BORN, "учитель", "", ""], ["Ким Анна", BORN, "учитель", "", ""]]
    rows.append(["Юн Ия", dt.date(2090, 1, 1), "учитель", "", ""])
    draft, _ = open_draft(client, school, book(*rows))

    response = client.get(reverse("import-refused", args=[draft.pk]))

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    said = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert any("Юн" in row[0] and "будущем" in row[1] for row in said)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_dropped_and_expired_lists_leave_no_file(
    client, school, curator, django_capture_on_commit_callbacks
):
    draft, _ = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    storage, name = draft.file.file.storage, draft.file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import-drop", args=[draft.pk]))
    assert not storage.exists(name)

    draft, _ = open_draft(client, school, book(["Ким Анна", BORN, "учитель", "", ""]))
    past = timezone.now() - dt.timedelta(days=1)
    ImportDraft.objects.update(created_at=past - dt.timedelta(days=7), expires_at=past)
    assert client.get(reverse("import-detail", args=[draft.pk])).status_code == 404
    assert drafts.delete_expired() == 1
    assert not StoredFile.objects.exists()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return stream.getvalue()


GOOD = book(["Ким Анна", BORN, "учитель", "", ""])
MALFORMED = {
    "empty": b"",
    "spaces": b"  \n\n ",
    "zeros": b"\x00" * 4000,
    "half": GOOD[: len(GOOD) // 2],
    "tail": GOOD[-300:],
    "zip without a book": b"PK\x05\x06" + b"\x00" * 18,
    "bad zip": b"PK\x03\x04garbage",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "pdf": b"%PDF-1.7\n%%EOF",
    "png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\x00" * 50,
    "html": b"<html><table><tr><td>x</td></tr></table></html>",
    "xml": b"<?xml version='1.0'?><Workbook/>",
    "rtf": b"{\\rtf1 hello}",
    "rar": b"Rar!\x1a\x07\x00" + b"\x00" * 40,
    "utf-16 noise": "привет".encode("utf-16") * 3,
    "random": bytes(range(256)) * 40,
    "one long line": b"a" * 300_000,
    "bomb": bomb(),
    "too big": b"a" * (10 * 1024 * 1024 + 1),
    "nobody": book(head=["Класс", "Ученик"]),
    "nested quotes": b'"' * 5000,
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_upload_is_told_never_a_server_error(client, school, curator, name):
    response = upload(client, school, MALFORMED[name], "файл\x00../\u202e.xlsx")

    if response.status_code == 302:  # readable, though nobody is in it
        page = client.get(response.url)
        assert page.status_code == 200
        assert page.context["plan"].rows == []
    else:
        assert response.status_code == 422
        assert response.context["form"].errors["file"]


def test_command_prints_only_json_and_writes_like_the_page(school, capsys):
    path = DATA / "staff-b.xlsx"
    truth = json.loads((DATA / "staff-b.truth.json").read_text())
    call_command("import_staff", path, school=school.pk, dry_run=True, json=True)
    found = json.loads(capsys.readouterr().out)
    assert len(found["rows"]) == len(truth["rows"])
    assert set(found["rows"][0]) == set(truth["rows"][0])
    assert not school.staff.exists()

    call_command("import_staff", path, school=school.pk, json=True)
    assert json.loads(capsys.readouterr().out) == found
    count = school.staff.count()
    call_command("import_staff", path, school=school.pk)
    assert "Новых: 0" in capsys.readouterr().out
    assert school.staff.count() == count


def test_command_says_what_is_wrong(school, tmp_path):
    for path, pk in ((tmp_path / "no.xlsx", school.pk), (DATA / "staff-b.xlsx", 10**9)):
        with pytest.raises(CommandError):
            call_command("import_staff", path, school=pk)
