"""A paper as HTML: the one source of its PDF, its DOCX and its frozen text."""

import re
from html import escape, unescape

from django.template.loader import render_to_string

from schools.typography import tidy

_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = re.compile(r"(?s)(<head>.*?</head>)")


def page(template: str, data: dict) -> str:
    """``templates/documents/<template>.html`` with ``data``, autoescaped, its text set as
    Russian typography asks: quotes, dashes, spaces that never break."""
    html = render_to_string(f"documents/{template}.html", data)
    return "".join(
        part if number % 2 else _set(part) for number, part in enumerate(_VERBATIM.split(html))
    )


def _set(html: str) -> str:
    # Every «<» of a text is escaped, so what stands between < and > is our own tag.
    parts = _TAG.split(html)
    return "".join(
        part if number % 2 or not part.strip() else escape(tidy(unescape(part)), quote=False)
        for number, part in enumerate(parts)
    )
