"""The worker's side of packs: files in order and their list, always the same bytes."""

import datetime as dt
import hashlib
import io
import zipfile

from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from programs import casepapers, queries
from programs.documents.jobs import require_still_staff
from programs.documents.page import page
from programs.models import MentoringGroup, Pack
from programs.workflow.packs import frozen
from schools.files import ENDINGS, ZIP, discard, display_name, keep_made
from schools.models import StoredFile
from schools.typography import day, short_day

NEVER = (1980, 1, 1, 0, 0, 0)  # zip keeps a time for each file: one and the same here
LONGEST_NAME = 90


def make_archive(job, report) -> dict:
    """Runner of jobs of the kind ``archive``: every signed paper of one case."""
    require_still_staff(job)
    group = MentoringGroup.objects.select_related("school").get(pk=job.params["group"])
    as_of = dt.date.fromisoformat(job.params["as_of"])
    papers = [frozen(paper) for paper in casepapers.of_case(group, as_of)]
    data = packed(group, as_of, papers, report=report)
    name = f"Бумаги пары {group.pk} на {as_of:%Y-%m-%d}.zip"
    stored = keep_made(data, name=name, content_type=ZIP, by=job.owner, school=group.school)
    return {"group": group.pk, "file": stored}


def archive_address(job) -> str:
    return reverse("archive-download", args=[job.pk])


def make_pack(job, report) -> dict:
    """Runner of jobs of the kind ``pack``: what a handed-over set froze."""
    pack = Pack.objects.select_related("group__school").get(pk=job.params["pack"])
    if pack.file_id is None:
        data = packed(
            pack.group, pack.as_of, pack.papers,
            recipient=pack.recipient, basis=pack.basis, report=report,
        )  # fmt: skip
        name = f"Комплект для передачи {pack.as_of:%Y-%m-%d}.zip"
        stored = keep_made(data, name=name, content_type=ZIP, by=job.owner, school=pack.school)
        with transaction.atomic():
            won = Pack.objects.filter(pk=pack.pk, file=None).update(file=stored)
        if not won:
            discard(stored)
    return {"pack": pack.pk}


def pack_address(job) -> str:
    return reverse("pack-download", args=[job.result["pack"]])


def packed(
    group, as_of: dt.date, papers: list[dict], *, report, recipient: str = "", basis: str = ""
) -> bytes:
    """A zip of ``papers`` (``workflow.packs.frozen``) in order, its table of contents first.

    Raises:
        ValueError: a file is not the one that was frozen.
    """
    files = StoredFile.objects.in_bulk([paper["file"] for paper in papers if paper["file"]])
    rows, members = [], []
    for number, paper in enumerate(papers, start=1):
        report(number - 1, len(papers) + 1)
        content, ending = _content(paper, files)
        signed_on = dt.date.fromisoformat(paper["signed_on"])
        name = _name(number, paper["title"], signed_on, ending) if content else ""
        rows.append(
            {
                "title": paper["title"],
                "signed_on": short_day(signed_on),
                "sheets": _sheets(content, ending),
                "note": "; ".join(filter(None, [paper["note"], _missing(paper)])),
                "name": name,
            }
        )
        if content:
            members.append((name, content))
    report(len(papers))
    contents = {
        "title": "Опись документов",
        "school": group.school.full_name,
        "about": queries.titles([group.pk])[group.pk],
        "as_of": day(as_of),
        "recipient": recipient,
        "basis": basis,
        "rows": rows,
    }
    return _zip([("00 Опись.pdf", _pdf("pack_contents", contents)), *members])


def _content(paper: dict, files) -> tuple[bytes, str]:
    """(bytes, ending) of the scan, else the frozen text as a sheet, else nothing."""
    if paper["file"]:
        stored = files[paper["file"]]
        with stored.file.open("rb") as handle:
            content = handle.read()
        if hashlib.sha256(content).hexdigest() != paper["sha256"]:
            raise ValueError(f"file {stored.pk} is not what was frozen")
        return content, ENDINGS[stored.content_type]
    if paper["text"]:
        words = {"title": paper["title"], "lines": paper["text"].splitlines()}
        return _pdf("pack_text", words), "pdf"
    return b"", ""


def _missing(paper: dict) -> str:
    if paper["file"]:
        return ""
    return "текст без подписи" if paper["text"] else "скана нет"


def _sheets(content: bytes, ending: str) -> str:
    if ending != "pdf":
        return "1" if content else "—"
    try:
        return str(len(PdfReader(io.BytesIO(content)).pages))
    except Exception:  # somebody's old scan: it is handed over as it is
        return "—"


def _pdf(template: str, words: dict) -> bytes:
    # Only a worker draws: WeasyPrint costs every other process a second and 40 MB.
    from programs.documents import render  # noqa: PLC0415

    return render.to_pdf(page(template, words))


def _name(number: int, title: str, signed_on: dt.date, ending: str) -> str:
    short = display_name(title.replace("/", "-"), "")[:LONGEST_NAME].strip(" .")
    return f"{number:02} {short} {signed_on:%Y-%m-%d}.{ending}"


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, NEVER), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
