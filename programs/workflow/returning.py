"""Signed sheets come back: uploads, their places, and the filing that a person confirms.

A recognised code only finds the print. Nothing counts as signed before somebody has confirmed
the date on the paper: then the paper's own step records it, and the print goes into the file.
"""

import datetime as dt
import io

from django.db import transaction
from pypdf import PdfWriter

from programs.choices import ConsentRole
from programs.errors import DomainError, TransitionError
from programs.models import (
    Consent,
    Document,
    MentoringGroup,
    Order,
    PageProblem,
    PaperKind,
    ScanBatch,
    ScanPage,
    ScanUpload,
)
from programs.workflow.base import not_in_future
from programs.workflow.consents import record_consent
from programs.workflow.locking import refusing
from programs.workflow.scans import attach_stored
from programs.workflow.signing import sign_order
from schools import files, history, jobs
from schools.history import Scope
from schools.models import School, StoredFile
from schools.text import clean

MAX_FILES = 30
CONSENT_ROLES = {
    PaperKind.MENTOR_CONSENT: ConsentRole.MENTOR,
    PaperKind.MENTEE_CONSENT: ConsentRole.MENTEE,
}


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
        _forget([_locked(page)])


def file_document(document: Document, *, by, on: dt.date, signed_on: dt.date, **details) -> None:
    """The sheets of ``document`` that came back become its scan, and the paper is recorded.

    A consent or an order that is not recorded yet is recorded by its own step, with all its
    rules; one that is gets the scan. Other open prints of the same paper are cancelled.

    Args:
        signed_on: the date on the paper.
        details: for an order, ``number``, ``signatory_position`` and ``signatory_name``.

    Raises:
        TransitionError: ``print_not_open``, ``sheet_missing``, ``date_in_future``,
            ``recorded_with_another_date``, ``scan_in_file``, and those of ``record_consent`` and
            ``sign_order``. Nothing is changed then.
    """
    pages = list(
        ScanPage.objects.filter(document=document, problem="").select_related("file", "preview")
        .order_by("sheet")
    )  # fmt: skip
    _require_whole(document, [page.sheet for page in pages])
    scan = _joined(document, pages, by)
    try:
        with transaction.atomic():
            # The paper's own step first: it locks the school before the cases.
            _record(document, by=by, on=on, signed_on=signed_on, scan=scan, **details)
            with history.changing(_scope(document), by=by, on=on) as change:
                _put_into_file(document, pages, signed_on, scan, change)
    except BaseException:
        files.discard(scan)
        raise


def _locked(page: ScanPage) -> ScanPage:
    found = ScanPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    if found is None:
        raise TransitionError("page_gone", "Этот лист уже отмечен или убран: обновите страницу.")
    return found


def _require_whole(document: Document, sheets: list[int]) -> None:
    missing = [str(n) for n in range(1, document.pages + 1) if n not in sheets]
    if not sheets:
        raise TransitionError("page_gone", "Этот лист уже отмечен или убран: обновите страницу.")
    if missing:
        raise TransitionError(
            "sheet_missing",
            f"Не хватает листов: {', '.join(missing)} из {document.pages}. Загрузите их тоже.",
        )


def _joined(document: Document, pages: list[ScanPage], by) -> StoredFile:
    """One PDF of the sheets in order. They were made by our own worker: safe to open here."""
    writer = PdfWriter()
    for page in pages:
        with page.file.file.open("rb") as sheet:
            writer.append(io.BytesIO(sheet.read()))
    whole = io.BytesIO()
    writer.write(whole)
    name = files.display_name(f"{document} (скан)", "pdf")
    return files.keep_made(
        whole.getvalue(), name=name, content_type="application/pdf", by=by, school=document.school
    )


def _scope(document: Document) -> Scope:
    if document.group_id:
        return Scope.of(cases=[document.group_id])
    if document.order_id:
        lines = document.order.lines.filter(dropped_on=None)
        return Scope.of(cases=sorted(lines.values_list("group", flat=True)))
    return Scope.of(schools=[document.school_id])


def _put_into_file(document, pages, signed_on, scan, change) -> None:
    filed = Document.objects.open().filter(pk=document.pk).update(
        signed_on=signed_on, recorded_on=change.on, scan=scan
    )  # fmt: skip
    present = ScanPage.objects.select_for_update().filter(pk__in=[page.pk for page in pages])
    if not filed or len(present.filter(document=document, problem="")) != len(pages):
        raise TransitionError("print_not_open", "Эту бумагу уже отметили: обновите страницу.")
    same = Document.objects.open().filter(
        kind=document.kind, group=document.group_id, post=document.post_id,
        order=document.order_id, program=document.program_id, signed_on=None,
    )  # fmt: skip
    others = list(same.values_list("pk", flat=True))
    same.update(cancelled_on=change.on)
    waiting = ScanPage.objects.filter(document__in=others, problem="")
    waiting.update(problem=PageProblem.CANCELLED)
    _forget(pages)
    # The paper alone: who may not see it does not meet it in the history of the case either.
    change.record(
        "paper_filed", document, document.program,
        school=document.school_id, paper=str(document), signed_on=signed_on,
    )  # fmt: skip


def _forget(pages: list[ScanPage]) -> None:
    """Rows and files of ``pages`` go, the files after the commit."""
    for page in pages:
        stored = [page.file, page.preview]
        page.delete()
        for one in stored:
            one.delete()
            transaction.on_commit(lambda file=one.file: file.delete(save=False), robust=True)


# --- what a paper records ---------------------------------------------------------------------


def _record(document: Document, *, by, on, signed_on, scan, **details) -> None:
    """The step of the paper; one that records nothing else is only checked for its date."""
    if document.kind in CONSENT_ROLES:
        _record_consent(document, by=by, on=on, signed_on=signed_on, scan=scan)
    elif document.kind == PaperKind.ORDER:
        _record_order(document, by=by, on=on, signed_on=signed_on, scan=scan, **details)
    else:
        not_in_future(signed_on, on, field="signed_on", what="Дата подписания")


def _record_consent(document: Document, *, by, on, signed_on, scan) -> None:
    role = CONSENT_ROLES[document.kind]
    known = recorded_consent(document)
    if known is not None:
        _same_paper(known, signed_on)
        attach_stored(known, by=by, on=on, stored=scan)
        return
    group = MentoringGroup.objects.select_related("school").get(pk=document.group_id)
    named = document.data.get("members")
    members = group.members.present().filter(pk__in=named) if named else ()
    record_consent(
        group, by=by, on=on, role=role, post=document.post, signed_on=signed_on,
        members=list(members), scan=scan, text=document.text,
    )  # fmt: skip


def recorded_consent(document: Document) -> Consent | None:
    """The consent in force that ``document`` is the paper of, if somebody recorded it already.

    A mentor's paper that names a mentee whom no recorded one names is another paper.
    """
    papers = Consent.objects.in_force().filter(
        group=document.group_id, post=document.post_id, role=CONSENT_ROLES[document.kind]
    )
    if document.kind == PaperKind.MENTOR_CONSENT:
        known = set(papers.values_list("members", flat=True))
        if set(document.data.get("members", [])) - known:
            return None
    return papers.order_by("-signed_on", "-pk").first()


def _record_order(document: Document, *, by, on, signed_on, scan, **details) -> None:
    order = Order.objects.select_related("register__school", "register__municipality").get(
        pk=document.order_id
    )
    if order.signed_on is None:
        sign_order(order, by=by, on=on, signed_on=signed_on, scan=scan, **details)
        return
    _same_paper(order, signed_on)
    attach_stored(order, by=by, on=on, stored=scan)


def _same_paper(row: Consent | Order, signed_on: dt.date) -> None:
    if row.scan_id is not None:
        raise TransitionError("scan_in_file", "Скан этой бумаги уже в деле.")
    if row.signed_on != signed_on:
        raise TransitionError(
            "recorded_with_another_date",
            f"Подписание уже отмечено с датой {row.signed_on:%d.%m.%Y}: здесь должна стоять она.",
            field="signed_on",
        )
