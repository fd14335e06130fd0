"""QR pictures as inline SVG: no file, no request, nothing for the page's policy to refuse."""

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def svg(text: str) -> SafeString:
    """``text`` as a square SVG of one path."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    picture = code.make_image(image_factory=SvgPathImage)
    return mark_safe(picture.to_string(encoding="unicode"))  # written by the library from modules
