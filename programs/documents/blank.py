"""The empty Word document that every paper is written into: page, styles, numbering, footers.

Layout by ГОСТ Р 7.0.97-2025, the same as ``templates/documents/base.html`` gives the PDF.
"""

import io
from copy import deepcopy
from functools import lru_cache

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

# The metric twin of the PDF's Liberation Serif, which every office has.
FONT = "Times New Roman"
LANGUAGE = "ru-RU"
BODY, IN_TABLE, SMALL, TINY = Pt(14), Pt(11), Pt(11), Pt(8)
MARGINS = {"left": Mm(30), "right": Mm(15), "top": Mm(20), "bottom": Mm(20)}
TEXT_WIDTH = Mm(210) - MARGINS["left"] - MARGINS["right"]
FIRST_LINE = Mm(12.5)
AFTER = Mm(2)
BULLETS, NUMBERS = 91, 92  # the ids of our two kinds of lists

_STYLES = {"Normal", "heading 1", "heading 2", "Table Grid", "Normal Table", "header", "footer",
           "Default Paragraph Font"}  # fmt: skip
_NEEDLESS = ("/thumbnail", "/theme", "/customXml", "/stylesWithEffects", "/webSettings")
_LEVEL = """<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="space"/>
<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>"""


def blank() -> Document:
    """A fresh document; the expensive part of it is built once per process."""
    return docx.Document(io.BytesIO(_template()))


@lru_cache(maxsize=1)
def _template() -> bytes:
    document = docx.Document()
    _strip(document)
    _page(document)
    _styles(document)
    _lists(document)
    _page_numbers(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _strip(document) -> None:
    """The library's own template brings a picture, a theme and 160 styles: ours needs seven, and
    each paper would read and pack them all again."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_NEEDLESS)]:
            del rels[key]
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in _STYLES:
            styles.remove(style)
        elif (link := style.find(qn("w:link"))) is not None:
            style.remove(link)  # to a style of characters that is gone
    styles.remove(styles.find(qn("w:latentStyles")))


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.header_distance = section.footer_distance = Mm(10)


def _styles(document) -> None:
    normal = document.styles["Normal"]
    _font(normal, BODY)
    layout = normal.paragraph_format
    layout.space_after, layout.space_before = AFTER, Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.1
    layout.widow_control = True
    for name, before, align in [
        ("Heading 1", Mm(5), WD_ALIGN_PARAGRAPH.CENTER),
        ("Heading 2", Mm(4), WD_ALIGN_PARAGRAPH.LEFT),
    ]:
        heading = document.styles[name]
        _font(heading, BODY)
        heading.font.bold, heading.font.color.rgb = True, RGBColor(0, 0, 0)
        layout = heading.paragraph_format
        layout.space_before, layout.space_after = before, Mm(3)
        layout.alignment, layout.keep_with_next = align, True
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    language = defaults.find(qn("w:rPr")).find(qn("w:lang"))
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), LANGUAGE)


def _font(style, size) -> None:
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):  # a theme's font would win over ours
            del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)


def _lists(document) -> None:
    """Definitions of our lists stand before the first use of any, as the format demands."""
    numbering = document.part.numbering_part.element
    kinds = [(BULLETS, "bullet", "–"), (NUMBERS, "decimal", "%1.")]
    for place, (key, form, text) in enumerate(kinds):
        level = _LEVEL.format(ns=nsdecls("w"), id=key, format=form, text=text)
        numbering.insert(place, parse_xml(level))


def new_list(document, kind: int) -> int:
    """The number of a list that begins anew; ``kind`` is BULLETS or NUMBERS."""
    numbering = document.part.numbering_part.element
    num = numbering.add_num(kind)
    if kind == NUMBERS:
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return num.numId


def _page_numbers(document) -> None:
    """From the second page on, at the top centre (ГОСТ Р 7.0.97-2025)."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = SMALL
    parts = [
        '<w:fldChar {ns} w:fldCharType="begin"/>',
        '<w:instrText {ns} xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar {ns} w:fldCharType="end"/>',
    ]
    for part in parts:
        run._r.append(parse_xml(part.format(ns=nsdecls("w"))))


def sign_footers(document, code: str) -> None:
    """The code of the print in the corner of every sheet."""
    section = document.sections[0]
    first = section.footer.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first.add_run(code).font.size = TINY
    section.first_page_footer.paragraphs[0]._p.addnext(deepcopy(first._p))
