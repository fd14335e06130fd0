"""The words of a paper as plain text: what is frozen when it is signed.

The text comes out of the very template that is printed, so the two never disagree.
"""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from programs.documents import data

_BLOCKS = {"p", "li", "h1", "h2", "tr", "table", "br", "div", "ol", "ul"}


class _Plain(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in {"style", "title"}:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")

    def handle_endtag(self, tag):
        if tag in {"style", "title"}:
            self.silent -= 1

    def handle_data(self, text):
        if not self.silent:
            self.parts.append(" ".join(text.split()) if text.strip() else " ")


def plain(html: str) -> str:
    """``html`` of a paper as lines of text, cells of a row joined by a bar."""
    parser = _Plain()
    parser.feed(html)
    lines = (
        " ".join(line.split()).removeprefix("| ") for line in "".join(parser.parts).split("\n")
    )
    return "\n".join(line for line in lines if line)


def order_text(order) -> str:
    """Text of ``order`` as its row stands; call it when number, date and signatory are set."""
    return plain(render_to_string("documents/order.html", data.order(order)))


def consent_text(group, post, role: str, *, members=None) -> str:
    """Text of the consent that ``post`` signs as MENTOR (naming ``members``) or MENTEE."""
    if role == "MENTOR":
        words = data.mentor_consent(group, post, members)
        return plain(render_to_string("documents/mentor_consent.html", words))
    return plain(
        render_to_string("documents/mentee_consent.html", data.mentee_consent(group, post))
    )
