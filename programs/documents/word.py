"""HTML of a paper to DOCX: the closed vocabulary of templates/documents, nothing else.

Written by hand on python-docx rather than by a general converter: the vocabulary is ours and
small, and tables, lists, page breaks and signature blocks must come out as the PDF has them.
No address is ever followed: there are no pictures and no links in it.
"""

import datetime as dt
import io
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from programs.documents import blank

_VOID = {"br", "col", "meta"}
_SILENT = {"head", "style", "title", "svg", "script"}
_BLOCKS = {"p", "h1", "h2", "ul", "ol", "li", "table", "div", "section", "body", "html"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML holds these


class Node:
    """An element: its children are elements and strings."""

    def __init__(self, tag: str, attributes=()):
        self.tag, self.children = tag, []
        self.attributes = {name: value or "" for name, value in attributes}
        self.classes = set(self.attributes.get("class", "").split())

    def all(self, *tags: str):
        """Elements of ``tags`` inside, in order, not looking into found ones."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.all(*tags)


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("html")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        places = [place for place, node in enumerate(self.open) if node.tag == tag]
        if places and places[-1] > 0:
            del self.open[places[-1] :]

    def handle_data(self, data):
        self.open[-1].children.append(data)


@dataclass(frozen=True)
class Look:
    """How the text of a block is laid out; the counterpart of the classes in base.html."""

    align: object = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: Length = blank.FIRST_LINE
    left: Length = Mm(0)
    size: Length | None = None
    before: Length | None = None
    after: Length | None = None
    keep: bool = False  # on one page with what follows

    def of(self, node: Node) -> "Look":
        """The look of ``node`` inside this one."""
        look = self
        for name in node.classes:
            look = replace(look, **_CLASSES.get(name, {}))
        return look


_FLUSH = {"indent": Mm(0)}
_CLASSES = {
    "centre": {"align": WD_ALIGN_PARAGRAPH.CENTER, **_FLUSH},
    "left": {"align": WD_ALIGN_PARAGRAPH.LEFT, **_FLUSH},
    "right": {"align": WD_ALIGN_PARAGRAPH.RIGHT, **_FLUSH},
    "to": {"align": WD_ALIGN_PARAGRAPH.LEFT, **_FLUSH, "left": Mm(80)},
    "annex": {"align": WD_ALIGN_PARAGRAPH.LEFT, **_FLUSH, "left": Mm(95)},
    "small": {"size": blank.SMALL},
    "keep": {"keep": True},
}
_CELL = Look(align=WD_ALIGN_PARAGRAPH.LEFT, indent=Mm(0), after=Mm(0))
TABLE_SIZES = {"plain": blank.BODY, "dense": Pt(10)}
UNRULED = {"plain"}
TOGETHER = {"sign", "together"}  # tables whose rows stay on one page
KNOWN = {*_CLASSES, *TABLE_SIZES, *TOGETHER, "sheet", "nowrap"}


def to_docx(html: str, *, title: str, code: str = "", made_on: dt.date | None = None) -> bytes:
    """A Word document with the text, tables and lists of ``html``.

    Args:
        code: printed in the corner of every sheet.
        made_on: the day of the print, for the properties of the file.
    """
    tree = _Tree()
    tree.feed(_FORBIDDEN.sub("", html))
    document = blank.blank()
    document._body.clear_content()
    _Writer(document).block(tree.root, document, Look())
    _properties(document, title, made_on)
    if code:
        blank.sign_footers(document, code)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _properties(document, title: str, made_on) -> None:
    core = document.core_properties
    core.title, core.language = _FORBIDDEN.sub("", title)[:255], blank.LANGUAGE
    core.author = core.last_modified_by = core.comments = ""
    if made_on is not None:
        core.created = core.modified = dt.datetime.combine(made_on, dt.time())


class _Writer:
    """Writes blocks one after another; remembers what the next paragraph must do."""

    def __init__(self, document):
        self.document = document
        self.new_page = False
        self.last = None  # the last paragraph outside of tables
        self._first = None  # the paragraph of a cell in which nothing is written yet

    def block(self, node: Node, place, look: Look) -> None:
        """The children of ``node`` as blocks; loose text between them is a paragraph."""
        loose = []
        for child in node.children:
            if isinstance(child, Node) and child.tag in _SILENT:
                continue
            if not isinstance(child, Node) or child.tag not in _BLOCKS:
                loose.append(child)
                continue
            self._loose(loose, place, look)
            self._one(child, place, look.of(child))
        self._loose(loose, place, look)

    def _loose(self, pieces: list, place, look: Look) -> None:
        holder = Node("p")
        holder.children, pieces[:] = list(pieces), []
        if _pieces(holder):
            self.paragraph(holder, place, look)

    def _one(self, node: Node, place, look: Look) -> None:
        if "sheet" in node.classes:
            self.new_page = True
        if node.tag == "p":
            self.paragraph(node, place, look)
        elif node.tag in ("h1", "h2"):
            self._heading(node, place)
        elif node.tag in ("ul", "ol"):
            self._list(node, place, look)
        elif node.tag == "table":
            self._table(node, place)
        else:
            self.block(node, place, look)

    def paragraph(self, node: Node, place, look: Look, style=None):
        paragraph = self._fresh(place, style)
        layout = paragraph.paragraph_format
        if style is None:
            paragraph.alignment = look.align
            layout.first_line_indent = look.indent or None
            layout.left_indent = look.left or None
        if look.before is not None:
            layout.space_before = look.before
        if look.after is not None:
            layout.space_after = look.after
        if look.keep:
            layout.keep_with_next = True
        if self.new_page and place is self.document:
            layout.page_break_before, self.new_page = True, False
        _write(paragraph, _pieces(node), look.size)
        if place is self.document:
            self.last = paragraph
        return paragraph

    def _fresh(self, place, style):
        """A new paragraph; in a cell that is still empty, the one that it must have."""
        if place is not self.document and self._first is not None:
            first, self._first = self._first, None
            return first
        return place.add_paragraph(style=style)

    def _heading(self, node: Node, place) -> None:
        style = self.document.styles["Heading 1" if node.tag == "h1" else "Heading 2"]
        paragraph = self.paragraph(node, place, Look(), style)
        if "centre" in node.classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _list(self, node: Node, place, look: Look) -> None:
        kind = blank.NUMBERS if node.tag == "ol" else blank.BULLETS
        number = blank.new_list(self.document, kind)
        inside = replace(look, indent=blank.FIRST_LINE, after=Mm(1))
        for item in node.all("li"):
            paragraph = self.paragraph(item, place, inside)
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number

    # --- tables ---

    def _table(self, node: Node, place) -> None:
        rows = list(node.all("tr"))
        if not rows:
            return
        spans = [[int(c.attributes.get("colspan") or 1) for c in r.all("td", "th")] for r in rows]
        widths = _widths(node, max(map(sum, spans)))
        table = self.document.add_table(rows=len(rows), cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        table.style = "Normal Table" if node.classes & UNRULED else "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        heads = {id(row) for head in node.all("thead") for row in head.all("tr")}
        together, signed = node.classes & TOGETHER, "sign" in node.classes
        if signed and self.last is not None:
            self.last.paragraph_format.keep_with_next = True
        size = next((TABLE_SIZES[c] for c in node.classes if c in TABLE_SIZES), blank.IN_TABLE)
        for number, (row, drawn) in enumerate(zip(rows, list(table.rows), strict=True)):
            _row_rules(drawn, head=id(row) in heads)
            keep = bool(together) and number + 1 < len(rows)
            look = replace(_CELL, size=size, keep=keep, before=Mm(4) if signed else None)
            self._cells(row, drawn.cells, spans[number], widths, look)
        self.new_page = False
        # Two tables that touch become one: a thin paragraph stands between.
        gap = self.document.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(6)
        self.last = None

    def _cells(self, row: Node, cells, spans: list[int], widths: list[int], look: Look) -> None:
        column = 0
        for node, span in zip(row.all("td", "th"), spans, strict=True):
            cell = cells[column]
            if span > 1:
                cell = cell.merge(cells[column + span - 1])
            cell.width = sum(widths[column : column + span])
            own = look if node.tag == "td" else replace(look, align=WD_ALIGN_PARAGRAPH.CENTER)
            self._first = cell.paragraphs[0]  # a cell must have one: the first text goes there
            self._first.paragraph_format.space_after = Pt(0)
            self.block(node, cell, own.of(node))
            column += span


def _pieces(node: Node, bold: bool = False) -> list[tuple[str, bool]]:
    """Text of an inline run with its weight, blanks folded as a browser folds them; «\\n» is br."""
    found: list[tuple[str, bool]] = []
    for text, heavy in _inline(node, bold):
        if text != "\n":
            text = _SPACES.sub(" ", text)
            before = found[-1][0][-1:] if found else "\n"
            if before in (" ", "\n"):
                text = text.lstrip(" ")
        if text:
            found.append((text, heavy))
    while found and not found[-1][0].strip(" \n"):
        found.pop()
    return found


def _inline(node: Node, bold: bool):
    for child in node.children:
        if isinstance(child, str):
            yield child, bold
        elif child.tag == "br":
            yield "\n", bold
        elif child.tag not in _SILENT:
            yield from _inline(child, bold or child.tag in ("strong", "b"))


def _write(paragraph, pieces, size) -> None:
    for text, bold in pieces:
        run = paragraph.add_run()
        if size is not None:
            run.font.size = size
        if bold:
            run.bold = True
        if text == "\n":
            run.add_break()
        else:
            run.text = text


def _widths(node: Node, columns: int) -> list[int]:
    """Widths in EMU: as the cols say in per cent, the rest shared evenly."""
    told = [
        float(found[1]) if (found := re.search(r"width:\s*([\d.]+)%", col.attributes["style"]))
        else None
        for col in node.all("col")
        if "style" in col.attributes
    ]  # fmt: skip
    told += [None] * (columns - len(told))
    left = max(100 - sum(width or 0 for width in told), 0)
    even = left / max(told.count(None), 1)
    return [round(blank.TEXT_WIDTH * (width or even) / 100) for width in told]


def _row_rules(row, *, head: bool) -> None:
    """No row is cut by the end of a page; headings repeat on the next one."""
    properties = row._tr.get_or_add_trPr()
    for name in ["w:cantSplit", *(["w:tblHeader"] if head else [])]:
        element = OxmlElement(name)
        element.set(qn("w:val"), "true")
        properties.append(element)
