"""What an administrator does with a letter that did not leave."""

import datetime as dt

from django.utils import timezone

from programs.errors import TransitionError
from programs.models import Letter, LetterState
from programs.notifications import outbox
from schools import history
from schools.history import Scope

STOPPED = [LetterState.FAILED, LetterState.UNCERTAIN]


def resend_letter(letter: Letter, *, by, on: dt.date) -> None:
    """Let a refused or uncertain letter wait to be sent again, with its attempts counted anew.

    It goes to the address of that moment and about what still holds then. The
    recipient of an uncertain letter may get it twice, with one Message-ID.

    Raises:
        TransitionError: ``letter_not_stopped``.
    """
    with history.changing(Scope(), by=by, on=on) as change:
        current = Letter.objects.select_for_update().get(pk=letter.pk)
        if current.state not in STOPPED:
            raise TransitionError(
                "letter_not_stopped", "Это письмо уже в очереди или отправлено: повторять нечего."
            )
        was = current.get_state_display()
        current.state = LetterState.WAITING
        current.attempts = current.refusals = 0
        current.not_before = timezone.now()
        current.error = ""
        current.save(update_fields=["state", "attempts", "refusals", "not_before", "error"])
        change.tell(lambda: outbox.hint(current.pk))
        change.record("letter_resent", current, number=current.pk, day=current.day, was=was)
