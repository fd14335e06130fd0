"""What a paper becomes in Word: lists, tables, page numbers; and hostile words stay words."""

import datetime as dt
import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from programs.documents import render, word

HOSTILE = [
    "<img src=file:///etc/passwd>",
    '=HYPERLINK("http://x","y")',
    "я" * 500,
    "\nвторая\r\nтретья\tстрока",
    "нуль\x00звонок\x07конец\ufffe",
    "</w:t></w:r><w:p/>",
    "{{ 7|add:7 }}{% now 'Y' %}",
]
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "documents"


def opened(html: str):
    return docx.Document(io.BytesIO(word.to_docx(html, title="Проба", made_on=dt.date(2026, 9, 1))))


def test_lists_are_numbered_anew_and_tables_keep_their_widths():
    document = opened(
        "<h1>Заголовок</h1><ol><li>раз</li><li>два</li></ol><ol><li>снова</li></ol>"
        '<table><colgroup><col style="width:20%"><col></colgroup><thead><tr><th>а</th><th>б</th>'
        '</tr></thead><tr><td>1</td><td class="right">2</td></tr></table><p>конец <b>!</b></p>'
    )
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None]
    assert numbers[0] == numbers[1] != numbers[2]
    table = document.tables[0]
    assert table.style.name == "Table Grid"
    first, second = (cell.width for cell in table.rows[0].cells)
    assert abs(first - Mm(33)) < Mm(1)
    assert abs(second - Mm(132)) < Mm(1)
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml
    assert table.rows[1].cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert document.paragraphs[-1].runs[-1].bold


def test_the_page_is_that_of_the_standard():
    document = opened("<p>текст</p>")
    section = document.sections[0]
    margins = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [round(m.mm) for m in margins] == [30, 15, 20, 20]
    assert section.different_first_page_header_footer  # numbers from page 2
    assert "PAGE" in section.header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_text_in_both_formats(name):
    data = {
        "title": name,
        "mentee": {"who": name, "signature": name},
        "code": "0" * 20,
        "to": [name],
    }

    pdf, made = render.both("mentee_consent", data)

    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", name)
    document = docx.Document(io.BytesIO(made))
    told = "".join("".join(p.text.split()) for p in document.paragraphs)
    assert "".join(expected.split()).replace('"', "") in told.replace("«", "").replace("»", "")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not [n for n in parts.namelist() if "media" in n or "embeddings" in n]
        links = [n for n in parts.namelist() if n.endswith(".rels")]
        assert not [n for n in links if b'TargetMode="External"' in parts.read(n)]
    assert b"/EmbeddedFile" not in pdf
    assert b"/URI" not in pdf


def test_every_class_of_the_papers_is_known_to_pdf_and_word():
    """Or the two formats would drift apart unseen."""
    css = (TEMPLATES / "base.html").read_text()
    used = set()
    for path in TEMPLATES.glob("*.html"):
        for names in re.findall(r'class="([^"{]+)"', path.read_text()):
            used |= set(names.split())
    assert used <= word.KNOWN
    assert {name for name in used if f".{name}" not in css} == set()


def test_fonts_are_embedded_and_the_paper_is_tagged():
    data = {"title": "Согласие", "mentee": {"who": "Ёлкина Ё. — «№»", "signature": "Ё"}, "to": []}
    pdf = render.paper("mentee_consent", data)

    def told(tool):
        run = subprocess.run([tool, "-"], input=pdf, capture_output=True, check=True)
        return run.stdout.decode()

    fonts = told("pdffonts").splitlines()[2:]
    assert fonts
    assert all(" yes yes yes " in line and "Liberation" in line for line in fonts)
    assert "Tagged:          yes" in told("pdfinfo")
