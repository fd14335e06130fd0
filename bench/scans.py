"""Signed sheets come back, and packs go out.

Photos of a printed sheet as phones take them (2 to 3 megapixels, turned, askew, grainy): how many
find their print. A scan of many sheets: seconds a page against bare drawing of the same file. A
pack of nine scanned papers: seconds, against the bare zip of its files.
"""

import io
import os
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-scans-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'db.sqlite3'}"
os.environ["FILES_URL"] = f"file://{FOLDER / 'files'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django  # noqa: E402 the database is chosen above

django.setup()

import pypdfium2  # noqa: E402
from django.core.management import call_command  # noqa: E402
from PIL import Image  # noqa: E402

from bench.common import figure, finish  # noqa: E402
from programs.documents import render  # noqa: E402
from programs.scans import child, codes, reader  # noqa: E402
from programs.tests import factories, snapshots  # noqa: E402
from programs.workflow.packs import hand_over  # noqa: E402
from programs.workflow.scans import attach_stored  # noqa: E402
from schools import files, jobs  # noqa: E402

CODE = "0ef96680dc027070247a"
TURNS = (0, 3, -6, 90, 184, 271)
SHEETS = 20
TODAY = date(2026, 11, 25)


def sheet() -> bytes:
    lines = "".join("<p>Согласие на выполнение работы по наставничеству.</p>" for _ in range(20))
    return render.to_pdf(f'<html lang="ru"><title>Согласие</title>{lines}', CODE)


def photos(pdf: bytes) -> None:
    page = snapshots.sheets(pdf)[0]
    found = tried = 0
    for megapixels in (2, 2.5, 3):
        for seed, turn in enumerate(TURNS * 2):
            jpeg = snapshots.photo(
                page, seed=seed, megapixels=megapixels, turn=turn, askew=0.08, noise=35, quality=50
            )
            read = reader.codes_on(Image.open(io.BytesIO(jpeg)).convert("RGB"))
            tried += 1
            found += any(codes.read(text) == (CODE, 1) for text, _ in read)
    figure(f"photos of {tried} that find their print, %", 100 * found / tried, 95,
           more_is_better=True)  # fmt: skip


def many_sheets(pdf: bytes) -> None:
    scan = snapshots.sheets(pdf)[0]
    source = FOLDER / "scan.pdf"
    scan.save(source, "PDF", save_all=True, append_images=[scan] * (SHEETS - 1), resolution=200)
    began = time.perf_counter()
    document = pypdfium2.PdfDocument(source)
    for number in range(SHEETS):
        document[number].render(scale=200 / 72).to_pil()
    floor = time.perf_counter() - began
    began = time.perf_counter()
    said = list(child.read("pdf", source, FOLDER))
    ours = time.perf_counter() - began
    assert said[-1] == {"pages": SHEETS}
    figure("a page of a scan", ours / SHEETS, 2, floor=floor / SHEETS, unit=" s")


def pack() -> None:
    call_command("migrate", verbosity=0)
    case = factories.make_ordered(mentees=7)
    papers = [*case.group.consents.all(), case.order]
    data = io.BytesIO()
    Image.effect_noise((1654, 2339), 60).save(data, "PDF", resolution=200, quality=80)
    for row in papers:
        stored = files.keep_made(
            data.getvalue(), name="скан.pdf", content_type="application/pdf", by=case.curator,
            school=case.school,
        )  # fmt: skip
        attach_stored(row, by=case.curator, on=TODAY, stored=stored)
    began = time.perf_counter()
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as bare:
        for number in range(len(papers)):
            bare.writestr(f"{number}.pdf", data.getvalue())
    floor = time.perf_counter() - began
    keys = [f"consent:{row.pk}" for row in papers[:-1]] + [f"order:{case.order.pk}"]
    asked = hand_over(
        case.group, by=case.curator, on=TODAY, as_of=TODAY, recipient="Комитет", basis="Запрос",
        papers=keys,
    )  # fmt: skip
    began = time.perf_counter()
    assert jobs.run(asked.job_id) == "done"
    ours = time.perf_counter() - began
    figure(f"pack of {len(papers)} papers", ours, 5, floor=floor, unit=" s")


def main() -> None:
    pdf = sheet()
    photos(pdf)
    many_sheets(pdf)
    pack()
    finish()


if __name__ == "__main__":
    sys.exit(main())
