"""HTML of a paper to PDF and DOCX, without network and without files; only a worker draws."""

from functools import lru_cache

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from programs.documents.page import page
from programs.documents.word import to_docx
from programs.scans import codes

LANGUAGE = "ru"


class NothingFetched(URLFetcher):
    """Refuses every address: a paper holds its own text and nothing else.

    WeasyPrint would otherwise read file:// addresses that a hostile name smuggled in.
    """

    def fetch(self, url, headers=None):
        raise ValueError("papers fetch nothing")


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()  # shared: building it anew costs a third of a short paper


def to_pdf(html: str, code: str = "") -> bytes:
    """A tagged PDF (PDF/UA) with embedded fonts and searchable text.

    With ``code`` each page carries the square by which its scan finds the print again.
    """
    document = weasyprint.HTML(string=html, url_fetcher=NothingFetched())
    finisher = codes.stamp(code) if code else None
    return document.write_pdf(font_config=_fonts(), pdf_variant="pdf/ua-1", finisher=finisher)


def paper(template: str, data: dict) -> bytes:
    """One paper from ``templates/documents/<template>.html`` and frozen ``data``, as PDF."""
    return to_pdf(page(template, data), data.get("code", ""))


def both(template: str, data: dict, *, made_on=None) -> tuple[bytes, bytes]:
    """The paper as PDF and as DOCX, out of the same page."""
    html = page(template, data)
    word = to_docx(html, title=data["title"], code=data.get("code", ""), made_on=made_on)
    return to_pdf(html, data.get("code", "")), word
