"""The facts that deadlines follow from, as values. Rows are named tuples: nothing in them can
reach the database again, so what is derived from them is pure by construction.
"""

import datetime as dt
from dataclasses import dataclass, field

from programs.deadlines.rules import Rules


@dataclass
class ProgramFacts:
    """One programme with its rows."""

    row: tuple
    agreements: list = field(default_factory=list)
    amendments: int = 0
    extensions: list = field(default_factory=list)
    pauses: list = field(default_factory=list)
    events: list = field(default_factory=list)
    meetings: list = field(default_factory=list)


@dataclass
class CaseFacts:
    """One case with everything that its deadlines follow from."""

    row: tuple
    rules: Rules
    members: list
    appointments: list
    consents: list
    named: set[tuple[int, int]]  # (consent, member that it names)
    addenda: dict[int, list]
    notices: dict[int, list]
    lines: dict[int, tuple]
    programs: list[ProgramFacts]
    help: list
    remarks: list
    acquainted: dict[tuple[int, int], dt.date]  # (order, person) -> day
    absences: dict[int, list]  # post -> its absences


@dataclass
class OrderFacts:
    """One order; ``cases`` are its lines' cases, ``schools`` the organisations it concerns."""

    row: tuple
    cases: list
    schools: dict[int, Rules]


@dataclass
class SchoolFacts:
    """One organisation; ``yearly`` is False where only its local act is asked about."""

    rules: Rules
    yearly: bool
    acts: list
    proposals: list
    checks: list = field(default_factory=list)
    roadmap: list = field(default_factory=list)
    curators: list = field(default_factory=list)


@dataclass
class Facts:
    """What one reading found; ``people`` and ``schools`` bound the rows it answers for."""

    cases: list[CaseFacts] = field(default_factory=list)
    orders: list[OrderFacts] = field(default_factory=list)
    requests: list = field(default_factory=list)
    transfers: list = field(default_factory=list)
    places: list[SchoolFacts] = field(default_factory=list)
    rules: dict[int, Rules] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    schools: set[int] = field(default_factory=set)
