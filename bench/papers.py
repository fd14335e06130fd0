"""Each paper of a pair against bare WeasyPrint on the same page; a batch of orders; nine papers.

Run: python -m bench.papers. The papers are those of the golden texts. The floor of a paper is
``HTML(...).write_pdf()``; the floor of the batch is that in two processes. The batch and the nine
are drawn in both formats, as a worker does.
"""

import multiprocessing
import os
import statistics
import tempfile
import time
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-papers-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'db.sqlite3'}"
os.environ["FILES_URL"] = f"file://{FOLDER / 'files'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django  # noqa: E402 the database is chosen above

django.setup()

import weasyprint  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from bench.common import figure, finish  # noqa: E402
from programs.documents import render  # noqa: E402
from programs.documents.page import page  # noqa: E402
from programs.tests import golden_world  # noqa: E402

REPEATS = 7
BATCH = 200
CODE = "0ef96680dc027070247a"
NINE = [
    "согласие наставника", "согласие наставляемого", "дополнительное соглашение",
    "приказ о закреплении", "программа", "записи о встречах", "отчёт наставника", "лист оценки",
    "лист ознакомления",
]  # fmt: skip


def bare(html: str) -> bytes:
    return weasyprint.HTML(string=html).write_pdf()


def seconds(draw) -> float:
    started = time.perf_counter()
    draw()
    return time.perf_counter() - started


def in_turn(first, second) -> tuple[float, float]:
    """Medians of two ways, drawn by turns: a busy moment of the machine hits both."""
    first(), second()
    times = [(seconds(first), seconds(second)) for _ in range(REPEATS)]
    return statistics.median(a for a, _ in times), statistics.median(b for _, b in times)


def _ours(job) -> int:
    template, data = job
    return sum(map(len, render.both(template, data)))


def _bare(html: str) -> int:
    return len(bare(html))


def batch(template: str, data: dict) -> None:
    """Orders a second in two processes, warmed up."""
    html = page(template, data)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_ours, [(template, data)] * 4)
        pool.map(_bare, [html] * 4)
        ours = seconds(lambda: pool.map(_ours, [(template, data)] * BATCH, chunksize=10))
        floor = seconds(lambda: pool.map(_bare, [html] * BATCH, chunksize=10))
    figure(f"{BATCH} orders in a batch, both formats, a second", BATCH / ours, 0.75,
           floor=BATCH / floor, by_ratio=True, more_is_better=True)  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    papers = {
        name: (template, {**data, "code": CODE})
        for name, (template, data) in golden_world.a_pair().items()
    }
    connections.close_all()
    for name, (template, data) in papers.items():
        html = page(template, data)
        ours, floor = in_turn(lambda t=template, d=data: render.paper(t, d), lambda h=html: bare(h))
        figure(f"{name}, PDF", ours, 1.3, floor=floor, unit=" s", by_ratio=True)
    batch(*papers["приказ о закреплении"])
    nine = seconds(lambda: [render.both(*papers[name]) for name in NINE])
    figure("nine papers of a pair, both formats", nine, 5, unit=" s")
    finish()


if __name__ == "__main__":
    main()
