"""What the square in the corner of a printed page says, and its drawing.

ГОСТ Р 7.0.97-2025 allows such a code at the bottom right of the first page; ours stands on every
page, so that sheets of a batch find their paper and their place in it in any order.

The text is 20 signs of the alphanumeric mode: «NV», the code of the Document as base 32, the
number of the page as two signs of base 36. That fits the smallest QR (21 × 21 modules, a seventh
of them may be lost), whose modules stay large enough for a photo of a whole sheet by a phone.
"""

import base64
import re
import string

import pydyf
import qrcode

MARK = "NV"
SIDE_MM, RIGHT_MM, BOTTOM_MM = 13.5, 5, 4.5  # printers leave about 4 mm blank
MAX_PAGES = 36 * 36 - 1

_DIGITS = string.digits + string.ascii_uppercase
_WHOLE = re.compile(rf"{MARK}([A-Z2-7]{{16}})([0-9A-Z]{{2}})")
_POINTS_PER_MM = 72 / 25.4


def payload(code: str, page: int) -> str:
    """The text for page ``page`` (from 1) of the print ``code`` (20 hexadecimal digits).

    Raises:
        ValueError: no code of ours, or a page past ``MAX_PAGES``.
    """
    raw = bytes.fromhex(code)
    if len(raw) != 10 or not 1 <= page <= MAX_PAGES:
        raise ValueError(f"no code for page {page} of {code!r}")
    high, low = divmod(page, 36)
    return f"{MARK}{base64.b32encode(raw).decode()}{_DIGITS[high]}{_DIGITS[low]}"


def read(text: str) -> tuple[str, int] | None:
    """(code, page) of a text read off a sheet; None for a code that is not ours."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    page = int(found[2], 36)
    return (base64.b32decode(found[1]).hex(), page) if page else None


def modules(code: str, page: int) -> list[list[bool]]:
    """Rows of the square, True is black."""
    square = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    square.add_data(payload(code, page), optimize=0)
    square.make(fit=True)
    return square.modules


def stamp(code: str):
    """A finisher for WeasyPrint that draws the square in the corner of each page.

    Drawn into the page itself: nothing is fetched, no template takes part, and the number of
    pages need not be known beforehand. An artifact for tagged PDF: readers aloud pass it by.
    """

    def finish(document, pdf) -> None:
        pages = [one for one in pdf.objects if _is_page(one)]
        for number, page in enumerate(pages[:MAX_PAGES], start=1):
            left = page["MediaBox"][2] - (SIDE_MM + RIGHT_MM) * _POINTS_PER_MM
            before = pydyf.Stream(["q"])
            after = pydyf.Stream([f"Q {_drawn(modules(code, number), left)}"])
            pdf.add_object(before)
            pdf.add_object(after)
            page["Contents"] = pydyf.Array([before.reference, page["Contents"], after.reference])

    return finish


def _is_page(one) -> bool:
    return isinstance(one, pydyf.Dictionary) and one.get("Type") == "/Page"


def _drawn(rows: list[list[bool]], left: float) -> str:
    """PDF operators: one rectangle for each run of black modules of a row."""
    step = SIDE_MM * _POINTS_PER_MM / len(rows)
    top = BOTTOM_MM * _POINTS_PER_MM + SIDE_MM * _POINTS_PER_MM
    parts = ["/Artifact BMC 0 g"]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                parts.append(
                    f"{left + x * step:.3f} {top - (y + 1) * step:.3f}"
                    f" {run * step:.3f} {step:.3f} re"
                )
            x += run + 1
    return " ".join([*parts, "f EMC"])
