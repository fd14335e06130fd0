"""The child that opens what somebody uploaded: run as a script, never imported by the product.

    python -I reader.py KIND SOURCE FOLDER

KIND is pdf or picture. For each page it writes ``<n>.pdf`` (one picture, nothing active survives
in it) and ``<n>.jpg`` (a preview) into FOLDER and says one JSON line on stdout; the last line
tells how many pages there were, or why the file was refused. Memory and processor time are
bounded by the kernel before the file is opened: whatever a hostile file does, it does here.
"""

import json
import math
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 240
WRITTEN_BYTES = 64 * 1024 * 1024  # of one file
MAX_PAGES = 200
DPI = 200
LONG_SIDE = 3508  # pixels; A4 at 300 dpi
PREVIEW_SIDE = 1200
CORNER = 0.4  # of each side, where the code is looked for again, enlarged


def bound() -> None:
    """From here on the kernel holds this process to its limits."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: WRITTEN_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for limit, wanted in limits.items():
        _, hard = resource.getrlimit(limit)  # the worker may be bounded more tightly itself
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(limit, (value, value))


def say(**line) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def pages_of_pdf(source: str):
    """(number, picture or None where the page cannot be drawn) of a PDF, from 1."""
    import pypdfium2  # noqa: PLC0415 loaded under the limits

    try:
        document = pypdfium2.PdfDocument(source)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        say(refused="locked" if locked else "damaged")
        return
    if count > MAX_PAGES:
        say(refused="too_many_pages", pages=count)
        return
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            long_side = max(page.get_size())  # points
            scale = min(DPI / 72, LONG_SIDE / max(long_side, 1))
            picture = page.render(scale=scale, may_draw_forms=False).to_pil()
            page.close()
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            yield number, None
        else:
            yield number, picture.convert("RGB")
    say(pages=count)


def pages_of_picture(source: str):
    """The one page of a photo, turned as the camera says."""
    from PIL import Image, ImageOps  # noqa: PLC0415 loaded under the limits

    Image.MAX_IMAGE_PIXELS = 60_000_000
    try:
        picture = Image.open(source, formats=["JPEG", "PNG"])
        picture.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is never unpacked larger than needed
        picture = ImageOps.exif_transpose(picture)
        if "A" in picture.getbands():
            paper = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(paper, picture.convert("RGBA"))
        picture = picture.convert("RGB")
    except Exception:  # a decoder fails on hostile bytes in many ways
        say(refused="damaged")
        return
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    yield 1, picture
    say(pages=1)


def codes_on(picture) -> list[tuple[str, int]]:
    """(text, quarter turns clockwise to set the page upright) of square codes on a page.

    The page as it is first; if it shows none, its corners enlarged, then in more contrast: a
    phone far from the sheet leaves three pixels for a module.
    """
    from PIL import Image, ImageFilter, ImageOps  # noqa: PLC0415 loaded under the limits

    grey = ImageOps.grayscale(picture)
    found = _read(grey)
    if found:
        return found
    width, height = (int(side * CORNER) for side in grey.size)
    for left in (grey.width - width, 0):
        for top in (grey.height - height, 0):
            corner = grey.crop((left, top, left + width, top + height))
            large = corner.resize((width * 2, height * 2), Image.Resampling.BICUBIC)
            for attempt in (
                large,
                ImageOps.autocontrast(large.filter(ImageFilter.MedianFilter(3)), cutoff=1),
                large.filter(ImageFilter.UnsharpMask(4, 180, 2)),
            ):
                found = _read(attempt)
                if found:
                    return found
    return []


def _read(grey) -> list[tuple[str, int]]:
    import zxingcpp  # noqa: PLC0415 loaded under the limits

    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return [(one.text, _turns(one.position)) for one in found if one.valid]


def _turns(position) -> int:
    start, end = position.top_left, position.top_right
    angle = math.degrees(math.atan2(end.y - start.y, end.x - start.x))
    return -round(angle / 90) % 4


def keep(picture, number: int, folder: Path) -> None:
    """The page as a PDF of one picture, and its preview."""
    picture.save(folder / f"{number}.pdf", "PDF", resolution=DPI, quality=80)
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    picture.save(folder / f"{number}.jpg", "JPEG", quality=70)


def main(kind: str, source: str, folder: str) -> None:
    bound()
    pages = pages_of_pdf if kind == "pdf" else pages_of_picture
    for number, picture in pages(source):
        if picture is None:
            say(page=number, codes=[], kept=False)
            continue
        found = codes_on(picture)
        if found and found[0][1]:
            picture = picture.rotate(-90 * found[0][1], expand=True)
        keep(picture, number, Path(folder))
        say(page=number, codes=[text for text, _ in found], kept=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
