"""Django admin of the case: dictionaries are edited, the process is only looked at.

Private notes, texts of meetings, requests for help and sizes of pay are not here at all.
"""

from programs.admin import dictionaries, letters, process

__all__ = ["dictionaries", "letters", "process"]
