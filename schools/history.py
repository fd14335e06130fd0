"""The one way to change facts: lock, write, refresh what follows, record, then tell.

    with history.changing(Scope.of(cases=[group.pk]), by=user, on=day) as change:
        ...                                  # decide on freshly read rows, write
        change.record("consent_recorded", consent, group, school=group.school_id, mentor="…")

Everything happens in one transaction. The locks of the cases come first, the heads of the
event chains last, in every step, so that steps wait for each other and never deadlock.
"""

import datetime as dt
import hashlib
import json
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone

from schools import registry
from schools.models import Event, EventChain, EventSubject, EventValue

_bulk_loading = ContextVar("bulk_loading", default=False)

BATCH = 500  # rows of one INSERT


@dataclass(frozen=True)
class Scope:
    """What a change touches, as primary keys. ``wide`` names what is too wide to refresh now:
    ``municipality:<pk>`` or ``calendar``; a ``Recompute`` row is written for it."""

    schools: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()
    wide: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, schools=(), people=(), cases=(), wide=()) -> "Scope":
        return cls(frozenset(schools), frozenset(people), frozenset(cases), frozenset(wide))

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            self.schools | other.schools,
            self.people | other.people,
            self.cases | other.cases,
            self.wide | other.wide,
        )


@dataclass
class Change:
    """A change under way: what it touches and what it will say in the history."""

    scope: Scope
    by: object  # User, or None for the system itself
    on: dt.date
    _pending: list[tuple] = field(default_factory=list)

    def touch(self, **pks) -> None:
        """Widen the scope by rows that the change itself created."""
        self.scope |= Scope.of(**pks)

    def record(self, kind, /, *subjects, school=None, municipality=None, **values) -> None:
        """Queue one event. ``school`` or ``municipality`` (pk) names its chain, else system.

        ``subjects`` are saved model instances; ``values`` are words and dates for the reader.
        """
        if kind not in registry.sentences:
            raise ValueError(f"no sentence is registered for the event {kind!r}")
        chain = "system"
        if school is not None:
            chain = f"school:{school}"
        elif municipality is not None:
            chain = f"municipality:{municipality}"
        pairs = sorted({(s._meta.label, s.pk) for s in subjects if s is not None})
        self._pending.append((chain, kind, pairs, _plain(values)))

    def tell(self, function) -> None:
        """Call ``function`` after the commit; its failure never spoils the step."""
        transaction.on_commit(function, robust=True)

    def _write(self) -> None:
        for chain in sorted({pending[0] for pending in self._pending}):
            _append(chain, [p for p in self._pending if p[0] == chain], by=self.by, on=self.on)


@contextmanager
def changing(scope: Scope, *, by, on: dt.date):
    """One change of facts in one transaction; see the module's docstring.

    Args:
        by: the acting user, None when the system acts.
        on: the local day of recording.
    """
    with transaction.atomic():
        for lock in registry.lockers:
            lock(scope)
        change = Change(scope, by, on)
        yield change
        if not is_bulk_loading():
            for refresh in registry.refreshers:
                refresh(change.scope, on)
        change._write()


def is_bulk_loading() -> bool:
    return _bulk_loading.get()


@contextmanager
def bulk_loading():
    """While an empty database is filled, leave derived rows alone; rebuild them afterwards."""
    token = _bulk_loading.set(True)
    try:
        yield
    finally:
        _bulk_loading.reset(token)


def _append(name: str, pending: list[tuple], *, by, on: dt.date) -> None:
    """Write the events of one chain: a list may bring thousands, so three inserts for all."""
    EventChain.objects.get_or_create(name=name)
    chain = EventChain.objects.select_for_update().get(name=name)
    events, subjects, words = [], [], []
    for _, kind, pairs, values in pending:
        salt = secrets.token_hex(16)
        event = Event(
            chain=chain,
            seq=chain.last_seq + 1,
            kind=kind,
            actor=by,
            on=on,
            at=timezone.now(),
            values_hash=_sha256(salt + _canonical(values)),
            previous_hash=chain.last_hash,
        )
        event.hash = event_hash(event, pairs)
        events.append(event)
        subjects += [(event, label, pk) for label, pk in pairs]
        words.append((event, salt, values))
        chain.last_seq, chain.last_hash = event.seq, event.hash
    Event.objects.bulk_create(events, BATCH)
    EventSubject.objects.bulk_create(
        (EventSubject(event=event, label=label, object_id=pk) for event, label, pk in subjects),
        BATCH,
    )
    EventValue.objects.bulk_create(
        (EventValue(event=event, salt=salt, values=values) for event, salt, values in words), BATCH
    )
    chain.save(update_fields=["last_seq", "last_hash"])


def event_hash(event: Event, pairs) -> str:
    """The hash that links ``event`` to the one before it; names and words are not in it."""
    parts = [
        event.previous_hash,
        event.seq,
        event.kind,
        event.actor_id,
        event.on.isoformat(),
        event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        [list(pair) for pair in pairs],
        event.values_hash,
    ]
    return _sha256(_canonical(parts))


def broken_links(chain: EventChain) -> list[int]:
    """Sequence numbers at which ``chain`` was changed, cut or reordered; empty when whole."""
    wrong, previous, seq = [], "0" * 64, 0
    events = chain.events.order_by("seq").prefetch_related("subjects").select_related("value")
    for event in events:
        seq += 1
        pairs = sorted((s.label, s.object_id) for s in event.subjects.all())
        value = getattr(event, "value", None)  # erased values leave the chain whole
        if (
            event.seq != seq
            or event.previous_hash != previous
            or event.hash != event_hash(event, pairs)
            or value is not None
            and event.values_hash != _sha256(value.salt + _canonical(value.values))
        ):
            wrong.append(event.seq)
        previous, seq = event.hash, event.seq
    if (chain.last_seq, chain.last_hash) != (seq, previous):
        wrong.append(seq + 1)
    return wrong


@dataclass(frozen=True)
class Line:
    """One event as a person reads it."""

    on: dt.date
    at: dt.datetime
    actor: str
    text: str
    kind: str


def lines(*subjects, limit: int = 200) -> list[Line]:
    """What happened to any of ``subjects`` (saved instances), newest first, in Russian.

    By the local day of recording, which the reader sees, then by the moment: events that were
    brought in together share the moment, not the day.

    The caller has fetched the subjects through ``visible_to``; events themselves have no
    visibility of their own.
    """
    about = models.Q(pk__in=[])
    for subject in subjects:
        about |= models.Q(label=subject._meta.label, object_id=subject.pk)
    events = (
        Event.objects.filter(pk__in=EventSubject.objects.filter(about).values("event"))
        .select_related("value", "actor__person")
        .order_by("-on", "-at", "-pk")[:limit]
    )
    return [line_of(event) for event in events]


def line_of(event: Event) -> Line:
    """``event`` as a person reads it; load ``value`` and ``actor__person`` beforehand."""
    value = getattr(event, "value", None)
    if value is None:
        text = "Сведения удалены по запросу."
    else:
        text = registry.sentences.get(event.kind, event.kind).format_map(_Words(value.values))
    if text.endswith("..") and not text.endswith("..."):
        text = text[:-1]  # a sentence that ends with initials: «Лазарева А. Ю.»
    actor = str(event.actor) if event.actor else "система"
    if event.actor and event.actor.person_id:
        actor = event.actor.person.short_name
    return Line(event.on, event.at, actor, text, event.kind)


class _Words(dict):
    """Values as words: ISO dates read «12.10.2026», what is missing reads «—»."""

    def __getitem__(self, name):
        value = self.get(name)
        if value in (None, "", []):
            return "—"
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        try:
            return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
        except (TypeError, ValueError):
            return str(value)


def _plain(values: dict) -> dict:
    def plain(value):
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, (list, tuple)):
            return [plain(item) for item in value]
        return value if isinstance(value, (int, str, bool, type(None))) else str(value)

    return {name: plain(value) for name, value in values.items()}


def _canonical(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
