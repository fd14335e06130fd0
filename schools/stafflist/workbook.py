"""XLSX, opened so that a hostile file costs no more than the limits."""

import re
import zipfile
from io import BytesIO

import openpyxl
import openpyxl.xml
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .grid import MAX_COLUMNS, SAVE_AS, Grid, ListError, RowBudget
from .text import Formula

MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_MEMBERS = 1000
_LAST_ROW = 1_048_576  # of any Excel sheet; a higher number in a file is a lie
MAX_DRAWN_ROWS = 300_000  # rows written in one sheet, blank ones with borders included
MAX_ROW_CELLS = 16_384
_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s>/])")
_CHUNK = 256 * 1024

if not openpyxl.xml.DEFUSEDXML:  # otherwise entities in an uploaded file could eat all memory
    raise ImportError("openpyxl must run with defusedxml (see OPENPYXL_DEFUSEDXML)")


def read_workbook(stream: BytesIO) -> list[Grid]:
    """Every worksheet, hidden ones too. Formulas come as :class:`Formula`, never as results.

    Raises:
        ListError: ``zip_bomb``, ``too_many_rows``, ``wrong_format`` or ``broken``.
    """
    check_archive(stream)
    stream.seek(0)
    budget = RowBudget()
    try:
        # data_only=False: a stored result of a formula says whatever its maker wanted.
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        try:
            return [_grid(sheet, book, budget) for sheet in book.worksheets]
        finally:
            book.close()
    except ListError:
        raise
    except Exception as error:  # openpyxl fails in dozens of ways on files of other programs
        raise _broken() from error


def check_archive(stream: BytesIO) -> None:
    """Refuse an archive that unpacks to too much, before anything is parsed.

    The sizes in the directory are checked first, then every member is unpacked to nowhere
    and its bytes are counted: the directory may lie.

    Raises:
        ListError: ``zip_bomb``, ``wrong_format``, ``encrypted`` or ``broken``.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if (
                len(members) > MAX_MEMBERS
                or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES
            ):
                raise _bomb()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise ListError("wrong_format", _what_else(names))
            if any(member.flag_bits & 1 for member in members):
                raise ListError("encrypted", "Файл защищён паролем. Снимите пароль и сохраните.")
            unpacked = 0
            for member in members:
                count = _ElementCount()
                with archive.open(member) as content:
                    while chunk := content.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > MAX_UNPACKED_BYTES:
                            raise _bomb()
                        count.feed(chunk)
    except ListError:
        raise
    except Exception as error:  # BadZipFile, zlib.error, NotImplementedError, OSError…
        raise _broken() from error


class _ElementCount:
    """Counts rows and cells in the bytes of a sheet as they are unpacked.

    openpyxl keeps a whole row in memory: a row of a million cells, 100 KB when packed, would
    cost almost a gigabyte. Excel itself allows 16,384 cells in a row.
    """

    def __init__(self) -> None:
        self.rows = self.cells = 0
        self.rest = b""

    def feed(self, chunk: bytes) -> None:
        if not self.rows and chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            raise _broken()  # UTF-16: Excel never writes it, and the count would see nothing
        text = self.rest + chunk
        whole = text.rfind(b">") + 1
        self.rest = text[whole:][-_CHUNK:]
        for match in _ELEMENT.finditer(text, 0, whole):
            if match[1] == b"c":
                self.cells += 1
            else:
                self.rows, self.cells = self.rows + 1, 0
            if self.rows > MAX_DRAWN_ROWS or self.cells > MAX_ROW_CELLS:
                raise _bomb()


def _grid(sheet, book, budget: RowBudget) -> Grid:
    # The size written in the sheet may be wrong; trusting it would drop people.
    sheet.reset_dimensions()
    grid = Grid(
        name=sheet.title,
        hidden=sheet.sheet_state != "visible",
        epoch_1904=book.epoch == CALENDAR_MAC_1904,
    )
    blank = None
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > _LAST_ROW:
            break
        # Rows missing from the file come as one and the same object, up to a million times.
        if row is blank or not any(cell is not EMPTY_CELL for cell in row):
            blank = row
            continue
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            budget.spend()
            grid.rows.append((number, cells))
    return grid


def _cell(cell):
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f" or (isinstance(value, str) and value.lstrip().startswith("=")):
        return Formula(str(getattr(value, "text", value) or "=").strip())
    if isinstance(value, str) and not value.strip():
        return None
    return value


def _what_else(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        kind = "Это документ Word, а не таблица. Скопируйте таблицу в Excel."
    elif "content.xml" in names:
        kind = "Это таблица OpenDocument (.ods)."
    elif "xl/workbook.bin" in names:
        kind = "Это двоичная книга Excel (.xlsb)."
    else:
        kind = "Это архив, а не таблица Excel."
    return f"{kind} {SAVE_AS}"


def _bomb() -> ListError:
    return ListError(
        "zip_bomb",
        f"Файл в распакованном виде больше {MAX_UNPACKED_BYTES // 1024 // 1024} МБ или состоит из "
        "слишком многих частей. Скопируйте список в новую книгу Excel и загрузите её.",
    )


def _broken() -> ListError:
    return ListError("broken", f"Файл повреждён или записан не Excel. {SAVE_AS}")
