"""One deadline as a value, and the ledger that a case's rules write into. Pure."""

import datetime as dt
from dataclasses import dataclass

from programs.choices import DateSource, Force
from programs.deadlines.kinds import ADOPTED_DAYS, KINDS, Unit
from programs.deadlines.rules import Rules

NAMED = (DateSource.ACT, DateSource.ORDER)


@dataclass(frozen=True)
class Row:
    """A live deadline; the fields are those of the model."""

    kind: str
    subject: str
    owner: str
    period: str
    school_id: int
    group_id: int | None
    person_id: int | None
    opens_on: dt.date
    due_on: dt.date
    done_on: dt.date | None
    hidden: bool
    provisional: bool
    basis: str
    force: str
    date_source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.kind, self.subject, self.owner, self.period)


def person(pk: int) -> str:
    return f"person:{pk}"


def director(school_id: int) -> str:
    return f"director:school:{school_id}"


def curator(school_id: int) -> str:
    return f"curator:school:{school_id}"


class Ledger:
    """Collects rows of one case, order, person or organisation under its ``rules``."""

    def __init__(self, rules: Rules, *, group_id=None, adopted_on=None, pauses=()):
        self.rules = rules
        self.rows: list[Row] = []
        self._group_id = group_id
        self._adopted_on = adopted_on
        self._paused = any(pause.resumed_on is None for pause in pauses)
        self._ended_pauses = sorted(
            (pause.starts_on, pause.resumed_on) for pause in pauses if pause.resumed_on
        )

    def owe(
        self,
        name: str,
        subject: str,
        owner: str,
        *,
        opens: dt.date,
        due: dt.date,
        source: DateSource | None = None,
        done: dt.date | None = None,
        alive: bool = True,
        period: str = "",
        about: int | None = None,
        force: Force | None = None,
    ) -> None:
        """Enter one duty.

        Args:
            source: who named the date; by default the district's setting or nobody.
            done: the day that settled it, from the facts.
            alive: an open duty that is not alive has lapsed: it is left out.
            about: pk of the person concerned, where the owner is a role.
        """
        kind, rules = KINDS[name], self.rules
        if done is None and not alive:
            return
        if kind.switch and not rules.wants(kind.switch, opens, done=done is not None):
            return
        entered = self._adopted_on
        if kind.adopted and entered and opens <= entered and (done is None or done >= entered):
            opens = entered
            due = max(due, entered + dt.timedelta(days=ADOPTED_DAYS))
            source = None
        source = source or rules.source(opens)
        force = force or kind.force
        due = max(opens, due)
        plain = due
        if kind.moves and force != Force.LAW:
            due = rules.past_break(self._prolonged(opens, due, done))
        counted = kind.unit == Unit.WORKING and source not in NAMED
        self.rows.append(
            Row(
                kind=name,
                subject=subject,
                owner=owner,
                period=period,
                school_id=rules.school_id,
                group_id=self._group_id,
                person_id=int(owner.split(":")[1]) if owner.startswith("person:") else about,
                opens_on=opens,
                due_on=due,
                done_on=done,
                hidden=self._paused and kind.pauses and force != Force.LAW and done is None,
                provisional=(counted or due != plain) and not rules.calendar.is_published(due),
                basis=kind.basis,
                force=str(force),
                date_source=str(source),
            )
        )

    def _prolonged(self, opens: dt.date, due: dt.date, done: dt.date | None) -> dt.date:
        """``due`` with the days of every ended pause that the open duty lived through.

        A duty settled before the pause, or due before it, gains nothing; one that opened
        during the pause gains the rest of it.
        """
        for starts_on, resumed_on in self._ended_pauses:
            first = max(starts_on, opens)
            if first < resumed_on and due >= first and (done is None or done >= starts_on):
                due += resumed_on - first
        return due
