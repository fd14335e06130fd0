"""Signed sheets come back: uploads, and places of pages by hand.

A recognised code only finds the print. Nothing counts as signed before somebody has confirmed
the date on the paper (``filing``).
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from programs.errors import DomainError, TransitionError
from programs.models import (
    Document,
    ScanBatch,
    ScanPage,
    ScanUpload,
)
from programs.workflow.locking import refusing
from schools import files, jobs
from schools.models import School, StoredFile
from schools.text import clean

MAX_FILES = 30
FORGOTTEN_AFTER = dt.timedelta(days=60)


def upload_sheets(school: School, *, by, uploads) -> ScanBatch:
    """Keep scans and photos of signed sheets; a job reads them.

    Args:
        uploads: UploadedFile of a form, each a PDF, JPEG or PNG of at most 20 MB.

    Raises:
        DomainError: ``too_many_files`` and those of ``schools.files.store_upload``, naming the
            file, at the field ``uploads``. Nothing is kept then.
    """
    if len(uploads) > MAX_FILES:
        raise TransitionError(
            "too_many_files", f"Не больше {MAX_FILES} файлов за раз.", field="uploads"
        )
    kept: list[StoredFile] = []
    try:
        for upload in uploads:
            kept.append(_store(upload, school, by))
        with transaction.atomic():
            batch = ScanBatch.objects.create(school=school, by=by)
            ScanUpload.objects.bulk_create(
                ScanUpload(batch=batch, file=stored, name=stored.name) for stored in kept
            )
            batch.job = jobs.start(
                "scans", owner=by, school=school, params={"batch": batch.pk}, total=len(kept)
            )
            batch.save(update_fields=["job"])
    except BaseException:
        for stored in kept:
            files.discard(stored)
        raise
    return batch


def _store(upload, school, by) -> StoredFile:
    try:
        return files.store_upload(upload, by=by, school=school, field="uploads")
    except DomainError as error:
        message = f"«{clean(upload.name)}»: {error.message}"
        raise TransitionError(error.code, message, field="uploads") from error


def place_page(page: ScanPage, *, by, document: Document, sheet: int) -> ScanPage:
    """Say by hand which sheet of which print ``page`` is.

    Raises:
        TransitionError: ``page_gone``, ``print_of_another_school``, ``print_not_open``,
            ``no_such_sheet``, ``sheet_waits``.
    """
    with transaction.atomic():
        page = _locked(page)
        document = Document.objects.get(pk=document.pk)
        if document.school_id != page.school_id:
            raise TransitionError(
                "print_of_another_school", "Эта бумага другой организации.", field="document"
            )
        if document.scan_id is not None or document.cancelled_on is not None:
            raise TransitionError(
                "print_not_open", "Этой бумаги больше не ждут: скан уже в деле или печать"
                " отменена.", field="document",
            )  # fmt: skip
        if not 1 <= sheet <= document.pages:
            raise TransitionError(
                "no_such_sheet", f"В этой бумаге листов: {document.pages}.", field="sheet"
            )
        page.document, page.sheet, page.problem = document, sheet, ""
        with refusing("sheet_waits", "Такой лист уже ждёт отметки.", field="sheet"):
            page.save(update_fields=["document", "sheet", "problem"])
    return page


def drop_page(page: ScanPage, *, by) -> None:
    """Throw a page away with its picture: nothing rests on it.

    Raises:
        TransitionError: ``page_gone``.
    """
    with transaction.atomic():
        forget_pages([_locked(page)])


def delete_forgotten() -> int:
    """Delete pages that nobody placed or confirmed for two months, and what tells of old uploads:
    copies of personal data. Returns how many pages went."""
    old = timezone.now() - FORGOTTEN_AFTER
    uploads = ScanUpload.objects.filter(batch__created_at__lte=old)
    with transaction.atomic():
        pages = ScanPage.objects.select_for_update(of=("self",), skip_locked=True)
        pages = list(pages.filter(upload__in=uploads).select_related("file", "preview"))
        forget_pages(pages)
        for upload in uploads.filter(file__isnull=False).select_related("file"):
            stored = upload.file  # no worker ever managed to read it
            upload.delete()
            _remove([stored])
        uploads.filter(pages=None).delete()
        ScanBatch.objects.filter(created_at__lte=old, uploads=None).delete()
    return len(pages)


def _locked(page: ScanPage) -> ScanPage:
    found = ScanPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    if found is None:
        raise TransitionError("page_gone", "Этот лист уже отмечен или убран: обновите страницу.")
    return found


def forget_pages(pages: list[ScanPage]) -> None:
    """Rows and files of ``pages`` go, the files after the commit."""
    for page in pages:
        stored = [page.file, page.preview]
        page.delete()
        _remove(stored)


def _remove(stored: list[StoredFile]) -> None:
    for one in stored:
        one.delete()
        transaction.on_commit(lambda file=one.file: file.delete(save=False), robust=True)
