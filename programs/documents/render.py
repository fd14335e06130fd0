"""HTML to PDF by WeasyPrint, without network and without files."""

from functools import lru_cache

import weasyprint
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

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


def to_pdf(html: str) -> bytes:
    """A tagged PDF (PDF/UA) with embedded fonts and searchable text."""
    document = weasyprint.HTML(string=html, url_fetcher=NothingFetched())
    return document.write_pdf(font_config=_fonts(), pdf_variant="pdf/ua-1")


def paper(template: str, data: dict) -> bytes:
    """One paper from ``templates/documents/<template>.html`` and frozen ``data``."""
    return to_pdf(render_to_string(f"documents/{template}.html", data))
