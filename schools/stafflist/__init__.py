"""Reads the staff lists of schools as schools keep them: XLSX or CSV of any layout.

Pure Python: it knows nothing of the database. ``read`` gives a :class:`StaffList`; every row of
a list that may be a person ends in its ``rows``, in its ``problems``, or in both.
"""

from .grid import ListError
from .reader import read
from .result import FIELDS, ROW_FIELDS, Column, Problem, Sheet, StaffList, StaffRow

__all__ = [
    "FIELDS",
    "ROW_FIELDS",
    "Column",
    "ListError",
    "Problem",
    "Sheet",
    "StaffList",
    "StaffRow",
    "read",
]
