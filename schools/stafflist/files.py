"""Opens an uploaded list: tells the format by its bytes and gives plain grids."""

from io import BytesIO
from pathlib import Path

from .csvfile import read_csv
from .grid import MAX_FILE_BYTES, SAVE_AS, Grid, ListError
from .workbook import read_workbook

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")


def load(source) -> bytes:
    """The bytes of a path or of a binary file object, at most ``MAX_FILE_BYTES``.

    Raises:
        ListError: ``too_big`` or ``empty``.
    """
    if isinstance(source, str | Path):
        with open(source, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    else:
        source.seek(0)
        data = source.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ListError(
            "too_big",
            f"Файл больше {MAX_FILE_BYTES // 1024 // 1024} МБ. Уберите из него рисунки и лишние "
            "листы или разделите список на части.",
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise ListError("empty", "Файл пустой. Проверьте, тот ли файл выбран.")
    return data


def open_grids(source, *, name: str) -> list[Grid]:
    """Every sheet of the list ``source`` (a path or a binary file object).

    The format is told by the content; ``name``, the file's name, only words the refusal.

    Raises:
        ListError: the file is too big, broken, protected or of a format that is not read.
    """
    data = load(source)
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED in data:
            raise ListError(
                "encrypted",
                "Файл защищён паролем. Откройте его в Excel, снимите пароль "
                "(Файл → Сведения → Защита книги) и сохраните заново.",
            )
        raise ListError(
            "old_excel", f"Это файл старого формата (Excel 97–2003, .xls или .doc). {SAVE_AS}"
        )
    if data.startswith(b"PK"):
        grids = read_workbook(BytesIO(data))
    elif data.startswith(_FOREIGN):
        raise ListError("wrong_format", f"Файл «{name}» не таблица. {SAVE_AS}")
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise ListError(
            "wrong_format", f"Это веб-страница или XML, а не таблица Excel или CSV. {SAVE_AS}"
        )
    else:
        grids = [read_csv(data)]
    if not any(grid.rows for grid in grids):
        raise ListError("empty", "В файле нет ни одной заполненной строки.")
    return grids
