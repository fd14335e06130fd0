"""The words of a paper as plain text: what is frozen when it is signed.

The text comes out of the very template that is printed, so the two never disagree.
"""

from html.parser import HTMLParser

from programs.documents.data import consents, orders
from programs.documents.page import page

_BLOCKS = {"p", "li", "h1", "h2", "tr", "table", "br", "div", "ol", "ul"}


class _Plain(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent = [], 0
        self.counters = []  # of the open lists: the next number, None for a list of dashes

    def handle_starttag(self, tag, attrs):
        if tag in {"style", "title"}:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")
        if tag in {"ol", "ul"}:
            self.counters.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._mark()

    def _mark(self) -> None:
        number = self.counters[-1]
        self.parts.append("– " if number is None else f"{number}. ")
        if number is not None:
            self.counters[-1] += 1

    def handle_endtag(self, tag):
        if tag in {"style", "title"}:
            self.silent -= 1
        elif tag in {"ol", "ul"}:
            self.counters.pop()

    def handle_data(self, text):
        if not self.silent:
            self.parts.append(" ".join(text.split()) if text.strip() else " ")
            # Blanks at the ends part the text from what stands beside it.
            if text.strip() and text[-1:].isspace():
                self.parts.append(" ")


def plain(html: str) -> str:
    """``html`` of a paper as lines of text: points numbered, cells of a row joined by a bar."""
    parser = _Plain()
    parser.feed(html)
    lines = (
        " ".join(line.split()).removeprefix("| ") for line in "".join(parser.parts).split("\n")
    )
    return "\n".join(line for line in lines if line)


def order_text(order) -> str:
    """Text of ``order`` as its row stands; call it when number, date and signatory are set."""
    return plain(page("order", orders.order(order)))


def consent_text(group, post, role: str, *, members=None) -> str:
    """Text of the consent that ``post`` signs as MENTOR (naming ``members``) or MENTEE."""
    if role == "MENTOR":
        return plain(page("mentor_consent", consents.mentor_consent(group, post, members)))
    return plain(page("mentee_consent", consents.mentee_consent(group, post)))
