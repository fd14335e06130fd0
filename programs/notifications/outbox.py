"""The outbox: every letter leaves once, whatever dies on the way.

The row is the truth and the broker a hint. Whoever sends claims the row by a conditional update
that is committed before a byte leaves, with a lease and a fencing token; who lost the claim
writes nothing, and is asked once more just before the body leaves. A sending whose end nobody
knows is repeated once, with the same Message-ID, and then left to a person as «неизвестно».
"""

import datetime as dt
import logging
import secrets
import time

from django.db.models import F, Min, Q
from django.utils import timezone

from programs.models import Letter, LetterState, Notification
from programs.models.letters import MAX_ATTEMPTS
from programs.notifications import rendering
from programs.notifications.postman import Answer, Outcome, Postman
from programs.notifications.rendering import Message
from schools import pulse, stores

log = logging.getLogger(__name__)

# Longer than a sending may last: its task is ended before (``programs.tasks``).
LEASE = dt.timedelta(minutes=4)
AGAIN_AFTER = dt.timedelta(minutes=1)  # a sending of unknown end is repeated
# «Later»: the pause doubles from the first to the last; so many refusals fill a day. They are
# counted, not the hours: a letter that waited for a dead worker has been refused by nobody.
FIRST_PAUSE, LAST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(minutes=30)
MOST_REFUSALS = 50
BATCH = 50  # letters made at once; an item settled within these seconds may still be told
MISSED_AFTER = dt.timedelta(hours=1)  # beat asks for reminders every ten minutes
SWEEP_SECONDS = 10  # a sweep begins no more letters after this long: other tasks wait behind it
LATE_AFTER = dt.timedelta(minutes=15)  # `/healthz` tells of a letter that could have left
STANDS_AFTER, QUEUE_LASTS = dt.timedelta(minutes=1), dt.timedelta(hours=2)

NO_ADDRESS = "нет действующей учётной записи или адреса"
STOPPED = "отправка прервана, ответа сервера нет"


def hint(*letters: int) -> bool:
    """Tell the broker once that letters wait; False when it is away (the sweeper finds them)."""
    if len(letters) == 1:
        return stores.hint("programs.tasks.send_letter", *letters)
    return bool(letters) and stores.hint("programs.tasks.sweep_letters")


def send(pk: int) -> str:
    """Send one letter if its time has come and nobody else has it; safe to call many times.

    Returns:
        Its state afterwards, or «skipped».
    """
    with Postman() as postman:
        return _deliver(pk, postman)[0]


def sweep_letters() -> int:
    """Send what waits, what was not hinted at and what a dead sender held, urgent ones first.

    Begins no letter after ``SWEEP_SECONDS``; ends at once where no server answers.

    Returns:
        How many letters were taken in hand.
    """
    _park_unknown()
    ends_at, taken = time.monotonic() + SWEEP_SECONDS, 0
    pks = list(
        _ready(timezone.now())
        .annotate(daily=Q(urgent_key=""))
        .order_by("daily", "not_before", "pk")
        .values_list("pk", flat=True)[: 10 * BATCH]
    )
    with Postman() as postman:
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            made = _made(batch)
            for pk in batch:
                if time.monotonic() >= ends_at:
                    return taken
                state, reached = _deliver(pk, postman, made.get(pk))
                taken += state != "skipped"
                if not reached:
                    return taken
    return taken


def stood_still() -> bool:
    """Daily letters could leave, nobody has tried, and no reminders were written for an hour:
    they may be of an earlier day. While only the mail server is away reminders go on.
    """
    if pulse.ended_well_within("remind", MISSED_AFTER):
        return False
    return Letter.objects.filter(
        state=LetterState.WAITING,
        urgent_key="",
        attempts=0,
        refusals=0,
        not_before__lte=timezone.now(),
    ).exists()


def oldest_unsent() -> dt.datetime | None:
    """Since when the longest waiting letter could have left; None where none is late.

    A letter that a server put off waits anew from the day and hour of its next attempt.
    """
    now = timezone.now()
    waiting = Q(state=LetterState.WAITING, not_before__lte=now)
    return Letter.objects.filter(waiting).aggregate(since=Min("not_before"))["since"]


def flows() -> bool:
    """No letter that might leave has waited longer than ``LATE_AFTER``; a long queue of the
    morning may take ``QUEUE_LASTS`` as long as it moves."""
    since, now = oldest_unsent(), timezone.now()
    if since is None or now - since <= LATE_AFTER:
        return True
    moves = Letter.objects.filter(sent_at__gte=now - STANDS_AFTER).exists()
    return moves and now - since <= QUEUE_LASTS


# --- one letter -------------------------------------------------------------------------------


def _ready(now: dt.datetime):
    """Letters that anybody may claim now."""
    free = Q(state=LetterState.WAITING, not_before__lte=now)
    left = Q(state=LetterState.SENDING, lease_until__lt=now)
    return Letter.objects.filter(free | left, attempts__lt=MAX_ATTEMPTS)


def _claim(pk: int) -> Letter | None:
    token, now = secrets.token_hex(16), timezone.now()
    claimed = (
        _ready(now)
        .filter(pk=pk)
        .update(
            state=LetterState.SENDING,
            claim=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
    )
    # Somebody else may have taken it over again since: then this claim is lost already.
    return Letter.objects.filter(pk=pk, claim=token).first() if claimed else None


def _deliver(pk: int, postman: Postman, made: Message | None = None) -> tuple[str, bool]:
    """(state afterwards or «skipped», whether a server has answered at all)."""
    letter = _claim(pk)
    if letter is None:
        return "skipped", True
    unsent = letter.attempts - 1
    try:
        message = _up_to_date(letter, made)
    except Exception as error:  # one letter that cannot be made must not hold up the others
        log.exception("letter %s could not be made", pk)
        return _put_off(letter, f"{type(error).__name__}: {error}"[:300]), True
    if message is None:
        return _finish(letter, LetterState.EMPTY, attempts=unsent), True
    if not message.to:
        return _finish(letter, LetterState.FAILED, attempts=unsent, error=NO_ADDRESS), True
    answer = postman.post(message.as_email(), may_still=lambda: _renew(letter))
    return _note(letter, message, answer), answer.reached


def _made(batch: list[int]) -> dict[int, Message]:
    """Letters made together; where one of them breaks, each is made alone after its claim."""
    try:
        return rendering.messages(_ready(timezone.now()).filter(pk__in=batch))
    except Exception:
        log.exception("a batch of letters could not be made")
        return {}


def _up_to_date(letter: Letter, made: Message | None) -> Message | None:
    """``made`` before the claim, unless items have come or gone since then."""
    if made is not None:
        items = Notification.objects.filter(letter=letter.pk, settled_on=None)
        if made.items == frozenset(items.values_list("pk", flat=True)):
            return made
    return rendering.messages([letter]).get(letter.pk)


def _renew(letter: Letter) -> bool:
    """Still ours, with a whole lease from here; False when somebody has taken it over."""
    return bool(_held(letter).update(lease_until=timezone.now() + LEASE))


def _held(letter: Letter):
    return Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING, claim=letter.claim)


def _note(letter: Letter, message: Message, answer: Answer) -> str:
    """Write down what became of the sending; nothing where the claim is lost."""
    now = timezone.now()
    match answer.outcome:
        case Outcome.ACCEPTED:
            told = len(message.items)
            return _finish(letter, LetterState.SENT, sent_at=now, items_sent=told, error="")
        case Outcome.REFUSED:
            unsent = letter.attempts - 1
            return _finish(letter, LetterState.FAILED, attempts=unsent, error=answer.reason)
        case Outcome.LATER:
            return _put_off(letter, answer.reason)
        case Outcome.UNKNOWN if letter.attempts < MAX_ATTEMPTS:
            again = now + AGAIN_AFTER
            return _finish(letter, LetterState.WAITING, not_before=again, error=answer.reason)
        case Outcome.UNKNOWN:
            return _finish(letter, LetterState.UNCERTAIN, error=answer.reason)
    return "lost"


def _put_off(letter: Letter, reason: str) -> str:
    """Nothing was sent: the attempt is given back, and the next one waits longer each time."""
    refusals = letter.refusals + 1
    fields = {"attempts": letter.attempts - 1, "refusals": refusals, "error": reason}
    if refusals >= MOST_REFUSALS:
        return _finish(letter, LetterState.FAILED, **fields)
    pause = min(FIRST_PAUSE * 2 ** min(refusals - 1, 10), LAST_PAUSE)
    return _finish(letter, LetterState.WAITING, not_before=timezone.now() + pause, **fields)


def _finish(letter: Letter, state: LetterState, **fields) -> str:
    done = _held(letter).update(state=state, claim="", lease_until=None, **fields)
    return state if done else "lost"


def _park_unknown() -> None:
    """Whose last sender died in the middle: two sendings of unknown end are enough."""
    Letter.objects.filter(
        state=LetterState.SENDING, lease_until__lt=timezone.now(), attempts__gte=MAX_ATTEMPTS
    ).update(state=LetterState.UNCERTAIN, claim="", lease_until=None, error=STOPPED)
