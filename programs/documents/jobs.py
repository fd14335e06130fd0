"""The worker's side of a paper: frozen data in, a stored PDF with its hash out."""

import functools
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from programs.models import Document, PaperKind
from schools.models import StoredFile

TEMPLATES = {
    PaperKind.MENTOR_CONSENT: "mentor_consent",
    PaperKind.ORDER: "order",
    PaperKind.PROGRAM: "program",
}
FILE_NAMES = {
    PaperKind.MENTOR_CONSENT: "Согласие наставника",
    PaperKind.ORDER: "Приказ",
    PaperKind.PROGRAM: "Программа наставничества",
}


@functools.cache
def warm_up() -> None:
    """Load the renderer and its fonts into a worker once: its children draw without a pause."""
    from programs.documents import render  # noqa: PLC0415 as below

    render.to_pdf('<html lang="ru"><title>Проба</title><p>Проба</p></html>')


def make_paper(job, report) -> dict:
    """Runner of jobs of the kind ``paper``: renders outside of any transaction, then stores.

    Running it again for a finished document changes nothing.
    """
    document = Document.objects.select_related("school").get(pk=job.params["document"])
    if document.file_id is None:
        # Only a worker draws: WeasyPrint costs every other process a second and 40 MB.
        from programs.documents import render  # noqa: PLC0415

        report(0, 2)
        pdf = render.paper(TEMPLATES[document.kind], {**document.data, "code": document.code})
        report(1)
        _store(document, pdf, job)
    return {"document": document.code}


def document_address(job) -> str:
    """Where the finished paper of ``job`` is downloaded."""
    return reverse("document-download", args=[job.result["document"]])


def _store(document: Document, pdf: bytes, job) -> None:
    sha256 = hashlib.sha256(pdf).hexdigest()
    with transaction.atomic():
        current = Document.objects.select_for_update().get(pk=document.pk)
        if current.file_id is not None:
            return
        stored = StoredFile(
            school=document.school,
            name=file_name(document),
            content_type="application/pdf",
            size=len(pdf),
            sha256=sha256,
            uploaded_by=job.owner,
        )
        stored.file.save(document.code, ContentFile(pdf), save=True)
        current.file, current.sha256 = stored, sha256
        current.save(update_fields=["file", "sha256"])


def file_name(document: Document) -> str:
    """What a person sees in the downloads folder: paper, whose, when."""
    about = document.data.get("file_about", "")
    parts = [FILE_NAMES[document.kind], about, f"{document.printed_on:%d.%m.%Y}"]
    return " ".join(part for part in parts if part) + ".pdf"
