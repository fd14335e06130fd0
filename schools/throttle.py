"""Slows down guessing of passwords and codes; nobody is ever locked out for good.

A failed try is counted for the account, for the address, for the pair of both, or — when the
browser signed in to this account before — for that browser alone. After some free failures
each further one closes the subject for a time that doubles up to a limit; the count melts with
time. So:

- one address guessing at one account slows only itself (the pair) for long;
- many addresses guessing at one account slow unknown browsers at unknown addresses a little;
  a known browser, or an address from which the owner signed in before, is not slowed at all;
- one address guessing at many accounts is slowed by minutes at most, and people who signed in
  from that address before (a whole school behind one address) are not.

A try is counted before the password is looked at and taken back when it was right: a hundred
tries at once are a hundred failures. Rows live in the database, so processes and machines
share them; subjects are keyed hashes.
"""

import datetime as dt
import math
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from schools.models import SignInAttempt


@dataclass(frozen=True)
class Limit:
    """``free`` failures cost nothing, then 2, 4, 8 … up to ``longest`` seconds; one failure is
    forgiven every ``forgive`` seconds without a new one."""

    free: int
    longest: int
    forgive: int


LIMITS = {
    "pair": Limit(free=3, longest=900, forgive=900),
    "account": Limit(free=20, longest=300, forgive=180),
    "address": Limit(free=40, longest=60, forgive=30),
    "device": Limit(free=5, longest=900, forgive=600),
    "code": Limit(free=20, longest=60, forgive=30),  # codes carry 59 bits: a formality
    "letter": Limit(free=3, longest=3600, forgive=1200),
}
KNOWN_PAIR = dt.timedelta(days=90)  # how long an address stays known after a sign-in
KEEP = dt.timedelta(days=120)  # rows without failures for so long say nothing any more


@dataclass(frozen=True)
class Subject:
    """What is counted: ``kind`` names its limit; ``account`` is the account it slows, or ''."""

    kind: str
    name: str
    account: str = ""

    @property
    def hash(self) -> str:
        return _hash(f"{self.kind}:{self.name}")

    @property
    def account_hash(self) -> str:
        return _hash(f"account:{self.account}") if self.account else ""


def sign_in_subjects(*, account: str, address: str, device_id: int | None) -> list[Subject]:
    """Whom a failed try counts against.

    Args:
        account: ``user:<pk>``, or the name as typed where there is no such account.
        device_id: a browser that signed in to this very account before, else None.
    """
    if device_id is not None:
        return [Subject("device", str(device_id), account)]
    return [
        Subject("pair", f"{account}|{address}", account),
        Subject("account", account, account),
        Subject("address", address),
    ]


@transaction.atomic
def begin(subjects: list[Subject]) -> int:
    """Count one try, or refuse it.

    Returns 0 when the try may go on (it is counted as failed until ``succeed``), else the
    whole seconds to wait; a refused try is not counted.
    """
    rows = _locked(subjects)
    now = timezone.now()  # after the locks: whoever waited for them is later than who held them
    counted = [(s, rows[s.hash]) for s in subjects]
    if any(_is_known_pair(s, row, now) for s, row in counted):
        counted = [(s, row) for s, row in counted if s.kind == "pair"]
    wait = max((_seconds_left(row, now) for _, row in counted), default=0)
    if wait:
        return wait
    for subject, row in counted:
        limit = LIMITS[subject.kind]
        forgiven = max(int((now - row.last_failed_at).total_seconds()) // limit.forgive, 0)
        row.failures = max(row.failures - forgiven, 0) + 1
        row.last_failed_at = now
        delay = _delay(limit, row.failures)
        row.blocked_until = now + dt.timedelta(seconds=delay) if delay else None
        row.save(update_fields=["failures", "last_failed_at", "blocked_until"])
    return 0


@transaction.atomic
def succeed(subjects: list[Subject]) -> None:
    """Take the counted try back: it was right. What strangers did elsewhere stays counted."""
    rows = _locked(subjects)
    now = timezone.now()
    known = any(_is_known_pair(s, rows[s.hash], now) for s in subjects)
    for subject in subjects:
        row = rows[subject.hash]
        if subject.kind in {"pair", "device"}:
            row.failures, row.succeeded_at, row.blocked_until = 0, now, None
        elif not known:  # or nothing was counted for the account and the address
            row.failures = max(row.failures - 1, 0)
            row.blocked_until = None
        row.save(update_fields=["failures", "succeeded_at", "blocked_until"])


def slowed(accounts: list[str]) -> set[str]:
    """Those of ``accounts`` (as in ``Subject.account``) that somebody has to wait for now."""
    hashes = {_hash(f"account:{account}"): account for account in accounts}
    blocked = SignInAttempt.objects.filter(account__in=hashes, blocked_until__gt=timezone.now())
    return {hashes[found] for found in blocked.values_list("account", flat=True)}


def unlock(account: str) -> int:
    """Forget all failures counted against ``account``; returns how many rows there were."""
    rows = SignInAttempt.objects.filter(account=_hash(f"account:{account}"))
    return rows.update(failures=0, blocked_until=None)


def _locked(subjects: list[Subject]) -> dict[str, SignInAttempt]:
    """Rows of ``subjects`` by hash, made where missing, locked in one order."""
    if secrets.randbelow(500) == 0:
        SignInAttempt.objects.filter(last_failed_at__lt=timezone.now() - KEEP).delete()
    SignInAttempt.objects.bulk_create(
        [SignInAttempt(subject=s.hash, account=s.account_hash) for s in subjects],
        ignore_conflicts=True,
    )
    rows = SignInAttempt.objects.select_for_update().filter(subject__in=[s.hash for s in subjects])
    return {row.subject: row for row in rows.order_by("subject")}


def _is_known_pair(subject: Subject, row: SignInAttempt, now: dt.datetime) -> bool:
    return (
        subject.kind == "pair"
        and row.succeeded_at is not None
        and row.succeeded_at > now - KNOWN_PAIR
    )


def _seconds_left(row: SignInAttempt, now: dt.datetime) -> int:
    if row.blocked_until is None or row.blocked_until <= now:
        return 0
    return math.ceil((row.blocked_until - now).total_seconds())


def _delay(limit: Limit, failures: int) -> int:
    over = failures - limit.free
    return min(2 ** min(over, 20), limit.longest) if over > 0 else 0


def _hash(text: str) -> str:
    return salted_hmac("schools.throttle", text, algorithm="sha256").hexdigest()
