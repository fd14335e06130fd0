"""What higher apps hand down: the only way a lower app ever calls upwards.

``programs`` and ``monitoring`` register in ``AppConfig.ready()``; nothing here imports them.
"""

from collections.abc import Callable

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
# Where the result of a finished job is: {kind: function(job) -> address}.
job_results: dict[str, Callable] = {}
# The same result in another format, where there is one: {kind: function(job) -> (label, address)}.
job_formats: dict[str, Callable] = {}
# Called in the step that ends a post, with (post, last_day, change): what hangs on the post
# ends with it (appointments, memberships of cases).
post_endings: list[Callable] = []
# Runners of background jobs: {kind of job: function(job, report)}.
job_runners: dict[str, Callable] = {}


def register(*, locker=None, refresher=None, deadline_source=None) -> None:
    """Add what an app computes from facts; called once per app at start."""
    for function, known in (
        (locker, lockers),
        (refresher, refreshers),
        (deadline_source, deadline_sources),
    ):
        if function is not None and function not in known:
            known.append(function)
