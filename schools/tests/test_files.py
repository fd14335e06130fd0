"""Uploads are judged by their bytes, kept under a name of ours, handed out as downloads only."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from schools.errors import DomainError
from schools.files import MAX_PIXELS, discard, display_name, serve, store_upload
from schools.models import StoredFile
from schools.tests.factories import make_school, make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"


def picture(kind="PNG", size=(20, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def huge_png(width=200_000, height=200_000) -> bytes:
    """A PNG of a few hundred bytes whose heading promises forty thousand million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def keep(db, settings, tmp_path):
    """Store a file of the given bytes and name; files go to a folder of the test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    school, user = make_school(), make_user()

    def keep(body: bytes, name="scan.pdf", **options) -> StoredFile:
        upload = SimpleUploadedFile(name, body, content_type="application/pdf")
        return store_upload(upload, by=user, school=school, **options)

    keep.folder = tmp_path
    return keep


@pytest.mark.parametrize(
    ("body", "name", "content_type", "kept_as"),
    [
        (PDF, "Приказ 45-од.pdf", "application/pdf", "Приказ 45-од.pdf"),
        (picture("PNG"), "фото.jpeg", "image/png", "фото.png"),
        (picture("JPEG"), "IMG_1.JPG", "image/jpeg", "IMG_1.jpg"),
    ],
    ids=["pdf", "png called jpeg", "jpeg"],
)
def test_a_scan_is_kept_with_its_real_type_and_hash(keep, body, name, content_type, kept_as):
    stored = keep(body, name)

    assert (stored.name, stored.content_type, stored.size) == (kept_as, content_type, len(body))
    assert stored.file.open().read() == body
    assert len(stored.sha256) == 64
    assert "од" not in stored.file.name  # nobody's words on the disk


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"", "scan.pdf", "file_empty"),
        (b"<html><script>alert(1)</script></html>", "scan.pdf", "file_type_refused"),
        (b"<html>%PDF-1.7 %%EOF", "scan.pdf", "file_type_refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "p.png", "file_type_refused"),
        (b"MZ\x90\x00", "scan.pdf.exe", "file_type_refused"),
        (b"PK\x03\x04", "scan.docx", "file_type_refused"),
        (PDF[:20], "scan.pdf", "file_damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"garbage" * 9, "p.png", "file_damaged"),
        (picture("PNG")[:40], "p.png", "file_damaged"),
        (b"\xff\xd8\xff\xe0 not a picture", "p.jpg", "file_damaged"),
        (huge_png(), "p.png", "picture_too_big"),
        (huge_png(10_000, MAX_PIXELS // 10_000 + 1), "p.png", "picture_too_big"),
    ],
    ids=[
        "empty", "html named pdf", "html with a pdf inside", "svg", "exe", "docx", "half a pdf",
        "garbage png", "half a png", "garbage jpeg", "bomb", "too many pixels",
    ],
)  # fmt: skip
def test_everything_else_is_refused_and_nothing_is_kept(keep, body, name, code):
    with pytest.raises(DomainError) as caught:
        keep(body, name, field="scan")

    assert (caught.value.code, caught.value.field) == (code, "scan")
    assert not StoredFile.objects.exists()
    assert not [path for path in keep.folder.rglob("*") if path.is_file()]


def test_a_file_above_the_limit_is_refused(keep):
    with pytest.raises(DomainError) as caught:
        keep(PDF + b" " * 2048, max_bytes=2048)
    assert caught.value.code == "file_too_big"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\boot.ini", "boot.pdf"),
        ("приказ.pdf.html", "приказ.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("\u202egnp.exe", "gnp.pdf"),
        ("/", "файл.pdf"),
        ("....", "файл.pdf"),
        ("я" * 300, "я" * 120 + ".pdf"),
    ],
)
def test_a_name_loses_folders_control_signs_and_false_endings(name, shown):
    assert display_name(name, "pdf") == shown


def test_a_file_is_handed_out_as_a_download_that_runs_nothing(keep):
    response = serve(keep(PDF, "Приказ № 45.pdf"))

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == PDF


def test_a_lost_file_is_a_404_and_a_discarded_one_leaves_nothing(keep):
    stored = keep(PDF)
    (keep.folder / stored.file.name).unlink()
    with pytest.raises(Http404):
        serve(stored)
    discard(stored)
    assert not StoredFile.objects.exists()
