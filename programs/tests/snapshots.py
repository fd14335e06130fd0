"""Photos and scans of a sheet as people take them: turned, askew, dim, grainy, saved as JPEG."""

import io
import random
import subprocess

from PIL import Image, ImageChops, ImageEnhance, ImageFilter


def sheets(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    """Pages of ``pdf`` as a printer would lay them on paper."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    pages, rest = [], drawn
    while rest:
        end = rest.index(b"IEND") + 8
        pages.append(Image.open(io.BytesIO(rest[:end])).convert("RGB"))
        rest = rest[end:]
    return pages


def photo(
    sheet: Image.Image,
    *,
    seed: int,
    megapixels: float = 2.5,
    turn: float = 0,
    askew: float = 0.05,
    noise: int = 25,
    quality: int = 60,
    blur: float = 0.7,
) -> bytes:
    """A JPEG of ``sheet`` lying on a desk.

    Args:
        turn: degrees anticlockwise.
        askew: how far a corner of the sheet may stray, as a share of the side.
        noise: spread of the grain, of 255.
    """
    chance = random.Random(seed)
    desk = Image.new("RGB", (int(sheet.width * 1.12), int(sheet.height * 1.1)), (112, 96, 80))
    left, top = (desk.width - sheet.width) // 2, (desk.height - sheet.height) // 2
    desk.paste(sheet, (left, top))
    if turn:
        desk = desk.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(112, 96, 80))
    share = (megapixels * 1e6 / (desk.width * desk.height)) ** 0.5
    small = desk.resize((int(desk.width * share), int(desk.height * share)), Image.Resampling.BOX)
    small = _askew(small, askew, chance)
    shade = Image.linear_gradient("L").resize(small.size).point(lambda v: 150 + v * 105 // 255)
    if chance.random() < 0.5:
        shade = shade.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    small = ImageChops.multiply(small, Image.merge("RGB", [shade] * 3))
    grain = Image.effect_noise(small.size, noise).convert("L")
    small = ImageChops.add(small, Image.merge("RGB", [grain] * 3), scale=1, offset=-128)
    small = ImageEnhance.Contrast(small.filter(ImageFilter.GaussianBlur(blur))).enhance(0.85)
    return saved(small, quality=quality)


def saved(picture: Image.Image, *, quality: int = 75, **how) -> bytes:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality, **how)
    return data.getvalue()


def _askew(picture: Image.Image, share: float, chance) -> Image.Image:
    """Seen from aside: each corner strays inwards by up to ``share`` of the side."""
    width, height = picture.size

    def off(side):
        return chance.random() * share * side

    corners = [
        (off(width), off(height)), (width - off(width), off(height)),
        (width - off(width), height - off(height)), (off(width), height - off(height)),
    ]  # fmt: skip
    whole = [(0, 0), (width, 0), (width, height), (0, height)]
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, _coefficients(corners, whole),
        Image.Resampling.BICUBIC, fillcolor=(112, 96, 80),
    )  # fmt: skip


def _coefficients(seen, whole) -> list[float]:
    """Eight numbers of the projection that takes ``seen`` to ``whole`` (Gauss, 8 × 8)."""
    rows = []
    for (x, y), (u, v) in zip(seen, whole, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda i: abs(rows[i][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for i in range(8):
            if i != column:
                factor = rows[i][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[column], strict=True)]
    return [row[8] for row in rows]
