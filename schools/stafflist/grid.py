"""What every format is turned into, the limits, and the refusal of a whole file."""

from dataclasses import dataclass, field

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000  # filled rows of one file, all sheets together
MAX_COLUMNS = 200

SAVE_AS = "Откройте файл в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)» или CSV."


class ListError(Exception):
    """The file as a whole cannot be read.

    ``code`` is for tests and logs (``too_big``, ``zip_bomb``, ``too_many_rows``, ``empty``,
    ``old_excel``, ``encrypted``, ``broken``, ``wrong_format``); ``message``
    tells the person in Russian what to do.
    """

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Grid:
    """The filled cells of one sheet.

    ``rows`` holds (number from 1, cells) of the rows that are not blank; a cell is None, text,
    number, date or :class:`~.text.Formula`. ``epoch_1904``: serial dates count from 1904.
    """

    name: str
    rows: list[tuple[int, list]] = field(default_factory=list)
    hidden: bool = False
    epoch_1904: bool = False


class RowBudget:
    """Counts filled rows over all sheets and stops at ``MAX_ROWS``."""

    def __init__(self) -> None:
        self.left = MAX_ROWS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise ListError(
                "too_many_rows",
                f"В файле больше {MAX_ROWS} заполненных строк. "
                "Разделите список на несколько файлов.",
            )
