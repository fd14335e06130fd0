"""Uploads, checked by their content, and the one way to hand a file out.

The browser's type and the file's name are claims: only PDF, JPEG and PNG are kept, recognised by
their first bytes and, for pictures, by a decoder that reads the heading, never the pixels.
"""

import hashlib
import re
import unicodedata
import warnings

from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from PIL import Image

from schools.errors import DomainError
from schools.models import MAX_FILE_BYTES, ZIP, Municipality, School, StoredFile
from schools.text import clean

__all__ = ["ENDINGS", "ZIP", "discard", "display_name", "keep_made", "serve", "store_upload"]

MAX_PIXELS = 60_000_000  # an A4 sheet at 600 dpi is 35 million
MAX_NAME = 120

_MAGIC = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}
_DECODERS = {"image/jpeg": "JPEG", "image/png": "PNG"}
ENDINGS = dict(_MAGIC.values())


def store_upload(
    upload,
    *,
    by,
    school: School | None,
    municipality: Municipality | None = None,
    max_bytes: int = MAX_FILE_BYTES,
    field: str = "file",
) -> StoredFile:
    """Check ``upload`` (an UploadedFile) and keep it under a random name.

    Writes the file and its row; call it before the transaction of a step, and ``discard`` what it
    returned if that step refuses.

    Args:
        school, municipality: whose paper it is.
        max_bytes: upper limit of the size, at most 20 MB.
        field: the form field that a refusal names.

    Raises:
        DomainError: ``file_empty``, ``file_too_big``, ``file_type_refused``,
            ``picture_too_big`` or ``file_damaged``. Nothing is kept then.
    """
    _check_size(upload, min(max_bytes, MAX_FILE_BYTES), field)
    content_type, extension = _recognise(upload, field)
    if content_type in _DECODERS:
        _check_picture(upload, _DECODERS[content_type], field)
    else:
        _check_pdf(upload, field)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    stored = StoredFile(
        school=school,
        municipality=municipality,
        name=display_name(upload.name, extension),
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=by,
    )
    stored.file.save("upload", upload, save=False)  # stored_name() makes the real name
    try:
        stored.save()
    except Exception:
        stored.file.delete(save=False)
        raise
    return stored


def keep_made(
    data: bytes, *, name: str, content_type: str, by, school: School | None
) -> StoredFile:
    """Keep bytes that a worker of ours made; ``name`` is what a person is offered."""
    stored = StoredFile(
        school=school,
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
    stored.file.save("made", ContentFile(data), save=False)
    try:
        stored.save()
    except Exception:
        stored.file.delete(save=False)
        raise
    return stored


def discard(stored: StoredFile) -> None:
    """Remove a file that no row came to point at."""
    stored.file.delete(save=False)
    stored.delete()


def serve(stored: StoredFile, *, shown: bool = False) -> FileResponse:
    """``stored`` as a download: never shown by the browser as a page of this site.

    The caller has found the row that the file belongs to through ``visible_to``.

    Args:
        shown: for a picture that a worker of ours encoded, to stand in a page of ours.
    """
    try:
        handle = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Файл не найден.") from error
    response = FileResponse(
        handle,
        as_attachment=not (shown and stored.content_type in _DECODERS),
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def display_name(name: str, extension: str) -> str:
    """A name to offer at download: no folders, no control signs, the ending of the real type."""
    base = clean(unicodedata.normalize("NFC", name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    base = re.sub(r'[<>:"|?*]', "", base)
    stem = re.sub(r"(\.[A-Za-z0-9]{1,5})+$", "", base).strip(" .")[:MAX_NAME]
    return f"{stem or 'файл'}.{extension}"


def _check_size(upload, limit: int, field: str) -> None:
    if not upload.size:
        raise DomainError("file_empty", "Файл пустой.", field=field)
    if upload.size > limit:
        raise DomainError(
            "file_too_big", f"Файл больше {limit // (1024 * 1024)} МБ: уменьшите его.", field=field
        )


def _recognise(upload, field: str) -> tuple[str, str]:
    upload.seek(0)
    head = upload.read(8)
    for magic, found in _MAGIC.items():
        if head.startswith(magic):
            return found
    raise DomainError(
        "file_type_refused", "Подойдёт скан или снимок: файл PDF, JPEG или PNG.", field=field
    )


def _check_pdf(upload, field: str) -> None:
    """A whole PDF says where it ends; half an upload does not."""
    upload.seek(max(0, upload.size - 4096))
    tail = upload.read(4096)
    if b"%%EOF" not in tail:
        raise DomainError("file_damaged", "Файл PDF повреждён: загрузите ещё раз.", field=field)


def _check_picture(upload, decoder: str, field: str) -> None:
    """The heading decides on the number of pixels before anything is unpacked."""
    upload.seek(0)
    too_big = DomainError(
        "picture_too_big",
        f"Снимок больше {MAX_PIXELS // 1_000_000} мегапикселей: уменьшите его.",
        field=field,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=[decoder]) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise too_big
                picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_big from error
    except DomainError:
        raise
    except Exception as error:  # a decoder fails on hostile bytes in many ways
        raise DomainError(
            "file_damaged", "Снимок не читается: загрузите другой.", field=field
        ) from error
    finally:
        if upload.closed:
            upload.open()
