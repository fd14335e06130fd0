"""The worker's side of a paper: frozen data in, a stored PDF and DOCX with their hashes out."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from programs.models import Document, PaperKind
from schools.files import display_name
from schools.models import StoredFile

# Template in templates/documents/, and what a person sees in the downloads folder.
PAPERS = {
    PaperKind.MENTOR_CONSENT: ("mentor_consent", "Согласие наставника"),
    PaperKind.MENTEE_CONSENT: ("mentee_consent", "Согласие наставляемого"),
    PaperKind.DATA_CONSENT: ("data_consent", "Согласие на обработку данных"),
    PaperKind.ADDENDUM: ("addendum", "Дополнительное соглашение"),
    PaperKind.NOTICE: ("notice", "Уведомление"),
    PaperKind.ORDER: ("order", "Приказ"),
    PaperKind.PROGRAM: ("program", "Программа наставничества"),
    PaperKind.MEETINGS: ("meetings", "Записи о встречах"),
    PaperKind.REPORT: ("report", "Отчёт наставника"),
    PaperKind.EVALUATION: ("evaluation", "Лист оценки"),
    PaperKind.ACQUAINTANCE: ("acquaintance", "Лист ознакомления"),
    PaperKind.REGULATION_ORDER: ("regulation_order", "Приказ об утверждении положения"),
    PaperKind.CURATOR_ORDER: ("curator_order", "Приказ о кураторе"),
    PaperKind.INCENTIVE_ORDER: ("incentive_order", "Приказ о поощрении"),
    PaperKind.THANKS: ("thanks", "Благодарственное письмо"),
    PaperKind.CERTIFICATE: ("certificate", "Справка о наставничестве"),
}
TEMPLATES = {kind: template for kind, (template, _) in PAPERS.items()}
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_paper(job, report) -> dict:
    """Runner of jobs of the kind ``paper``: renders outside of any transaction, then stores.

    Running it again for a finished document changes nothing.
    """
    document = Document.objects.select_related("school").get(pk=job.params["document"])
    if document.file_id is None:
        # Only a worker draws: WeasyPrint costs every other process a second and 40 MB.
        from programs.documents import render  # noqa: PLC0415

        report(0, 2)
        data = {**document.data, "code": document.code}
        pdf, word = render.both(TEMPLATES[document.kind], data, made_on=document.printed_on)
        report(1)
        _store(document, pdf, word, job)
    return {"document": document.code}


def document_address(job) -> str:
    """Where the finished paper of ``job`` is downloaded."""
    return reverse("document-download", args=[job.result["document"]])


def word_address(job) -> tuple[str, str]:
    """The same paper for Word, beside the first address."""
    return "Скачать для Word", reverse("document-word", args=[job.result["document"]])


def _store(document: Document, pdf: bytes, word: bytes, job) -> None:
    with transaction.atomic():
        current = Document.objects.select_for_update().get(pk=document.pk)
        if current.file_id is not None:
            return
        current.file = _kept(document, pdf, PDF, "pdf", job)
        current.word_file = _kept(document, word, WORD, "docx", job)
        current.sha256 = current.file.sha256
        current.save(update_fields=["file", "word_file", "sha256"])


def _kept(document: Document, content: bytes, content_type: str, extension: str, job) -> StoredFile:
    stored = StoredFile(
        school=document.school,
        name=display_name(file_name(document), extension),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=job.owner,
    )
    stored.file.save(document.code, ContentFile(content), save=True)
    return stored


def file_name(document: Document) -> str:
    """What a person sees in the downloads folder: paper, whose, when; without an ending."""
    about = document.data.get("file_about", "")
    parts = [PAPERS[document.kind][1], about, f"{document.printed_on:%Y-%m-%d}"]
    return " ".join(part for part in parts if part)
