"""What higher apps hand down: the only way a lower app ever calls upwards.

``programs`` and ``monitoring`` register in ``AppConfig.ready()``; nothing here imports them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

# Queues: what somebody sits and waits for, and what takes minutes and must not stand before it.
SHORT_WORK, LONG_WORK = "papers", "long"
LONGEST_WORK = 30 * 60  # seconds: no job may ask for more


@dataclass(frozen=True)
class JobKind:
    """How background jobs of one kind are done.

    Attributes:
        run: ``function(job, report)`` does the work and returns the result, a dict of plain
            values; ``{"file": StoredFile}`` in it becomes the job's file. ``report(step, total)``
            tells the progress. It may run again from the start.
        address: ``function(job)``, where the result of a finished job is.
        title: what a person reads when the job itself has no title.
        other_format: ``function(job)``, (label, address) of the same result in another format.
        seconds: a longer run is stopped and counts as an attempt.
        megabytes: of memory that the work may take on top of an idle worker.
        keeps: how long the job's file lives; None for ever (papers that belong to a case).
        prepare: called in the worker before its child is made: what each child would otherwise
            load anew (seconds, for a renderer with its fonts). Cheap when called again.
    """

    run: Callable
    address: Callable
    title: str
    other_format: Callable | None = None
    queue: str = SHORT_WORK
    seconds: int = 120
    megabytes: int = 700
    keeps: dt.timedelta | None = None
    prepare: Callable = lambda: None

    def __post_init__(self):
        if not 0 < self.seconds <= LONGEST_WORK:
            raise ValueError(f"a job of {self.seconds} s: at most {LONGEST_WORK} s are allowed")


# Each locks, in order of pk, the rows of its app that a change of ``scope`` concerns.
lockers: list[Callable] = []
# Each recomputes its derived rows for ``scope`` on the local day ``on``.
refreshers: list[Callable] = []
# Pure functions: facts of a school or a case -> the deadlines that follow from them.
deadline_sources: list[Callable] = []
# {kind of event: sentence with named fields}, in Russian, without an actor.
sentences: dict[str, str] = {}
# Kinds of events that only those read who see the row itself; the admin does not list them.
confidential_kinds: set[str] = set()
# Posts that a person meets in own cases: person id -> queryset of StaffMember pks.
case_posts: list[Callable] = []
# How many things wait to be read by somebody who is signed in: function(user) -> number.
unread_counters: list[Callable] = []
# Called in the step that ends a post, with (post, last_day, change): what hangs on the post
# ends with it (appointments, memberships of cases).
post_endings: list[Callable] = []
# Kinds of background jobs, by the word in ``Job.kind``.
job_kinds: dict[str, JobKind] = {}
# Further keys of `/healthz`: {key: function() -> whether all is well there}; may ask the database.
health_checks: dict[str, Callable[[], bool]] = {}


def register(*, locker=None, refresher=None, deadline_source=None) -> None:
    """Add what an app computes from facts; called once per app at start."""
    for function, known in (
        (locker, lockers),
        (refresher, refreshers),
        (deadline_source, deadline_sources),
    ):
        if function is not None and function not in known:
            known.append(function)
