"""Everything long: rows that wait (``rows``), workers that do one (``runs``), in ``children``."""

from schools.jobs.rows import (
    HINT_AFTER,
    MAX_ATTEMPTS,
    cancel,
    expire_files,
    hint,
    is_expired,
    kind_title,
    retry,
    start,
    sweep,
    title_of,
)
from schools.jobs.runs import JobCancelled, run, run_in_child

__all__ = [
    "HINT_AFTER",
    "MAX_ATTEMPTS",
    "JobCancelled",
    "cancel",
    "expire_files",
    "hint",
    "is_expired",
    "kind_title",
    "retry",
    "run",
    "run_in_child",
    "start",
    "sweep",
    "title_of",
]
