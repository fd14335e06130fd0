"""The worker's side of a paper: frozen data in, a stored PDF with its hash out."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from programs.documents.texts import plain
from programs.models import Document, PaperKind
from schools.models import StoredFile

TEMPLATES = {
    PaperKind.MENTOR_CONSENT: "mentor_consent",
    PaperKind.MENTEE_CONSENT: "mentee_consent",
    PaperKind.ORDER: "order",
    PaperKind.PROGRAM: "program",
}
FILE_NAMES = {
    PaperKind.MENTOR_CONSENT: "Согласие наставника",
    PaperKind.MENTEE_CONSENT: "Согласие наставляемого",
    PaperKind.ORDER: "Приказ",
    PaperKind.PROGRAM: "Программа наставничества",
}


def make_paper(job, report) -> dict:
    """Runner of jobs of the kind ``paper``: renders outside of any transaction, then stores.

    Running it again for a finished document changes nothing.
    """
    document = Document.objects.select_related("school").get(pk=job.params["document"])
    report(0, 2)
    draw(document, job)
    report(1)
    return {"document": document.code}


def draw(document: Document, job) -> None:
    """Render ``document`` outside of any transaction and store it, unless that was done."""
    if document.file_id is not None:
        return
    # Only a worker draws: WeasyPrint costs every other process a second and 40 MB.
    from programs.documents import render  # noqa: PLC0415

    pdf = render.paper(TEMPLATES[document.kind], {**document.data, "code": document.code})
    _store(document, pdf, job)


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
        current.pages = len(PdfReader(io.BytesIO(pdf)).pages)
        current.text = plain(
            render_to_string(f"documents/{TEMPLATES[document.kind]}.html", document.data)
        )
        current.save(update_fields=["file", "sha256", "pages", "text"])


def file_name(document: Document) -> str:
    """What a person sees in the downloads folder: paper, whose, when."""
    about = document.data.get("file_about", "")
    parts = [FILE_NAMES[document.kind], about, f"{document.printed_on:%d.%m.%Y}"]
    return " ".join(part for part in parts if part) + ".pdf"
