"""Every paper in words, in both formats, against texts that a person has read.

Renew them, then read the difference: RENEW_GOLDEN=1 python -m pytest <this file>
"""

import io
import itertools
import os
import re
import subprocess
from pathlib import Path

import docx
import pytest
import time_machine
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from programs.documents import blank, render, texts
from programs.documents.page import page
from programs.tests import factories
from programs.tests.golden_world import DAY, SCENES

# The words do not depend on the database: one pass reads them.
pytestmark = [pytest.mark.django_db, pytest.mark.needs("sqlite")]

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("RENEW_GOLDEN") == "1"
SHEETS = os.environ.get("PAPERS_TO")  # a folder to put every paper into, to be looked at


def letters(text: str) -> str:
    """Without blanks and bars: how a line breaks is not compared."""
    return re.sub(r"[\s|]", "", text)


def text_of_pdf(pdf: bytes, html: str) -> str:
    """Letters in the order in which a reader hears them, without the numbers of pages and the
    headings of tables that a new page repeats."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True,
                          check=True)  # fmt: skip
    heads = [letters(texts.plain(h)) for h in re.findall("(?s)<thead>.*?</thead>", html)]
    found = ""
    for number, sheet in enumerate(done.stdout.decode().rstrip("\f").split("\f"), 1):
        text = letters(sheet)
        if number > 1:
            text = text.removesuffix(str(number))
            again = [head for head in heads if text.startswith(head) and head in found]
            text = text.removeprefix(again[0]) if again else text
        found += text
    return found


def text_of_docx(data: bytes) -> str:
    """Text with the numbers and dashes that Word puts before the points of lists."""
    document = docx.Document(io.BytesIO(data))
    numbering = document.part.numbering_part.element
    kinds = {num.numId: num.abstractNumId.val for num in numbering.num_lst}
    counted, found = {}, []
    for element in document.element.body.iter(qn("w:p")):
        text = Paragraph(element, document).text
        properties = element.pPr.numPr if element.pPr is not None else None
        if properties is not None:
            key = properties.numId.val
            counted[key] = counted.get(key, 0) + 1
            text = (f"{counted[key]}. " if kinds[key] == blank.NUMBERS else "– ") + text
        found.append(text)
    return "\n".join(found)


@pytest.mark.parametrize("scene", SCENES)
@time_machine.travel(f"{DAY} 05:00", tick=False)
def test_papers_say_what_a_person_has_read(scene, monkeypatch):
    monkeypatch.setattr(factories, "_orders", itertools.count(45))  # numbers of orders
    for name, (template, data) in SCENES[scene]().items():
        html = page(template, data)
        told = texts.plain(html) + "\n"
        golden = GOLDEN / scene / f"{name}.txt"
        if RENEW:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(told)
        pdf, word = render.both(template, {**data, "code": ""}, made_on=DAY)
        if SHEETS:
            Path(SHEETS, f"{scene} - {name}.pdf").write_bytes(pdf)
            Path(SHEETS, f"{scene} - {name}.docx").write_bytes(word)
        assert told == golden.read_text(), f"{scene}/{name}"
        assert text_of_pdf(pdf, html) == letters(told), f"{scene}/{name}.pdf"
        assert letters(text_of_docx(word)) == letters(told), f"{scene}/{name}.docx"


def test_no_golden_text_is_left_over():
    assert {folder.name for folder in GOLDEN.iterdir()} == set(SCENES)
