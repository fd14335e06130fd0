"""The worker's side of a paper: frozen data in, a stored PDF and DOCX with their hashes out."""

import functools
import io

from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from programs.documents.page import page
from programs.documents.texts import plain
from programs.errors import TransitionError
from programs.models import Document, PaperKind
from schools.files import display_name, keep_made
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
    report(0, 2)
    draw(document, job)
    report(1)
    return {"document": document.code}


def require_still_staff(job) -> None:
    """A job may be tried again weeks later: who left the organisation makes nothing of its papers.

    Raises:
        TransitionError: ``no_longer_staff``.
    """
    if job.school_id not in job.owner.access.staffed_schools():
        raise TransitionError("no_longer_staff", "Вы больше не ведёте бумаги этой организации.")


def draw(document: Document, job) -> None:
    """Render ``document`` outside of any transaction and store it, unless that was done."""
    if document.file_id is not None:
        return
    # Only a worker draws: WeasyPrint costs every other process a second and 40 MB.
    from programs.documents import render  # noqa: PLC0415

    data = {**document.data, "code": document.code}
    pdf, word = render.both(TEMPLATES[document.kind], data, made_on=document.printed_on)
    _store(document, pdf, word, job)


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
        current.pages = len(PdfReader(io.BytesIO(pdf)).pages)
        current.text = plain(page(TEMPLATES[document.kind], document.data))
        current.save(update_fields=["file", "word_file", "sha256", "pages", "text"])


def _kept(document: Document, content: bytes, content_type: str, extension: str, job) -> StoredFile:
    name = display_name(file_name(document), extension)
    return keep_made(
        content, name=name, content_type=content_type, by=job.owner, school=document.school
    )


def file_name(document: Document) -> str:
    """What a person sees in the downloads folder: paper, whose, when; without an ending."""
    about = document.data.get("file_about", "")
    parts = [PAPERS[document.kind][1], about, f"{document.printed_on:%Y-%m-%d}"]
    return " ".join(part for part in parts if part)
