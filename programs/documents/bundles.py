"""The worker's side of a stack: every paper drawn and stored, then all of them as one PDF."""

import io
import zoneinfo

from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from programs.documents.jobs import PDF, draw, require_still_staff
from programs.workflow import bundles
from schools.files import keep_made
from schools.models import StoredFile


def make_bundle(job, report) -> dict:
    """Runner of jobs of the kind ``bundle``; the file of the job is the stack."""
    with timezone.override(zoneinfo.ZoneInfo(job.school.municipality.time_zone)):
        require_still_staff(job)
        on = job.school.municipality.local_day()
        documents, refused = bundles.freeze(job, on)
        whole = PdfWriter()
        for done, document in enumerate(documents):
            report(done, len(documents) + 1)
            draw(document, job)
            document.refresh_from_db()
            with document.file.file.open("rb") as stored:
                whole.append(io.BytesIO(stored.read()))
        report(len(documents))
        found = {"codes": [document.code for document in documents], "refused": refused}
        if documents:
            found["file"] = _kept(job, whole, on)
    return found


def bundle_address(job) -> str:
    """Where the stack of ``job`` is."""
    return reverse("bundle-detail", args=[job.pk])


def _kept(job, whole: PdfWriter, on) -> StoredFile:
    whole.metadata = {"/Title": f"Бумаги на подпись, {on:%d.%m.%Y}"}
    data = io.BytesIO()
    whole.write(data)
    return keep_made(
        data.getvalue(), name=f"Бумаги на подпись {on:%Y-%m-%d}.pdf", content_type=PDF,
        by=job.owner, school=job.school,
    )  # fmt: skip
