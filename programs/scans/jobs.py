"""The worker's side of uploads: files to pages, pages to the prints whose codes they show."""

import tempfile
import zoneinfo
from pathlib import Path

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from programs.models import Document, PageProblem, ScanBatch, ScanPage, ScanUpload
from programs.scans import child, codes
from schools import files

REFUSALS = {
    "damaged": "Файл повреждён и не открывается: отсканируйте ещё раз.",
    "locked": "Файл защищён паролем: сохраните его без пароля и загрузите снова.",
    "too_many_pages": "В файле больше 200 страниц: разделите его.",
    "died": "Файл слишком сложный и прочитан не целиком: разделите его или сфотографируйте листы.",
}


def read_batch(job, report) -> dict:
    """Runner of jobs of the kind ``scans``. A second run goes on where the first one ended."""
    batch = ScanBatch.objects.select_related("school__municipality", "by").get(
        pk=job.params["batch"]
    )
    uploads = list(batch.uploads.select_related("file"))
    zone = zoneinfo.ZoneInfo(batch.school.municipality.time_zone)
    with timezone.override(zone):  # roles of the reader are those of the local day
        for done, upload in enumerate(uploads):
            report(done, len(uploads))
            if upload.read_at is None:
                _read_upload(batch, upload, lambda step=done: report(step))
        report(len(uploads))
    return {"school": batch.school_id}


def result_address(job) -> str:
    """Where the sheets of a finished ``job`` wait for their dates."""
    return reverse("scan-return", args=[job.result["school"]])


def _read_upload(batch: ScanBatch, upload: ScanUpload, alive) -> None:
    known = set(upload.pages.values_list("number", flat=True))
    refused = ""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        source = folder / "source"
        with upload.file.file.open("rb") as stored:
            source.write_bytes(stored.read())
        kind = "pdf" if upload.file.content_type == "application/pdf" else "picture"
        for line in child.read(kind, source, folder):
            alive()  # a long file must not lose its lease
            if "page" in line and line["page"] not in known and line["kept"]:
                _keep_page(batch, upload, line, folder)
            elif "page" in line and not line["kept"]:
                refused = f"Страница {line['page']} не открывается."
            if line.get("refused"):
                refused = REFUSALS[line["refused"]]
    _finish(upload, refused)


def _finish(upload: ScanUpload, problem: str) -> None:
    """The pages stand apart now: the file is only a second copy of personal data."""
    stored = upload.file
    with transaction.atomic():
        upload.file, upload.read_at, upload.problem = None, timezone.now(), problem
        upload.save(update_fields=["file", "read_at", "problem"])
        stored.delete()
        transaction.on_commit(lambda: stored.file.delete(save=False))


def _keep_page(batch: ScanBatch, upload: ScanUpload, line: dict, folder: Path) -> None:
    number = line["page"]
    kept = []
    try:
        for ending, content_type in (("pdf", "application/pdf"), ("jpg", "image/jpeg")):
            made = folder / f"{number}.{ending}"
            kept.append(
                files.keep_made(
                    made.read_bytes(),
                    name=f"Лист {number}.{ending}",
                    content_type=content_type,
                    by=batch.by,
                    school=batch.school,
                )  # fmt: skip
            )
            made.unlink()
        _place(batch, upload, number, line["codes"], *kept)
    except BaseException:
        for stored in kept:
            files.discard(stored)
        raise


def _place(batch, upload, number: int, texts: list[str], file, preview) -> None:
    document, sheet, problem = found(batch, texts)
    page = ScanPage(
        school=batch.school, upload=upload, number=number, file=file, preview=preview,
        document=document, sheet=sheet, problem=problem,
    )  # fmt: skip
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError:  # the same sheet waits already: here or from another upload
        page.problem = PageProblem.TWICE
        page.save()


def found(batch: ScanBatch, texts: list[str]) -> tuple[Document | None, int | None, str]:
    """(print, number of its sheet, problem) for what was read off a page.

    Only prints that the uploader sees and that are this organisation's: a code of another one
    is not found.
    """
    read = next((one for one in map(codes.read, texts) if one), None)
    if read is None:
        return None, None, PageProblem.UNREADABLE
    documents = Document.objects.visible_to(batch.by).filter(school=batch.school)
    document = documents.filter(code=read[0]).first()
    if document is None or not 1 <= read[1] <= document.pages:
        return None, None, PageProblem.UNKNOWN
    if document.scan_id is not None:
        return document, read[1], PageProblem.FILED
    if document.cancelled_on is not None:
        return document, read[1], PageProblem.CANCELLED
    return document, read[1], ""
