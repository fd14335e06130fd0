"""Hands one message to the mail server and says what became of it.

The point of no return is the body: until it is handed over nothing has been sent, afterwards only
the server's answer tells. So the dialogue is led step by step here.
"""

import re
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTP, SMTPException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from schools.text import clean

_READY_FOR_BODY = 354
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Outcome(Enum):
    ACCEPTED = "accepted"
    LATER = "later"  # not sent: the server is away, busy or does not know us
    REFUSED = "refused"  # not sent, and will not be: this letter, this address
    UNKNOWN = "unknown"  # the body was on its way and no answer came
    LOST = "lost"  # not sent: somebody else has taken the letter over


@dataclass(frozen=True)
class Answer:
    """``reason`` is for the admin; ``reached``: a server has talked to us at all."""

    outcome: Outcome
    reason: str = ""
    reached: bool = True


class Postman:
    """One connection for several messages; opened at the first, opened anew after trouble."""

    def __init__(self):
        self.connection = get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.connection.close()

    def post(self, email: EmailMultiAlternatives, may_still) -> Answer:
        """Send ``email``; ``may_still()`` is asked just before its body leaves."""
        try:
            self.connection.open()
        except (OSError, SMTPException) as error:
            self._drop()
            return Answer(Outcome.LATER, _said(error), reached=False)
        if isinstance(self.connection, EmailBackend):
            return self._by_smtp(email, may_still)
        if not may_still():
            return Answer(Outcome.LOST)
        try:
            self.connection.send_messages([email])
        except OSError as error:
            return Answer(Outcome.LATER, _said(error), reached=False)
        return Answer(Outcome.ACCEPTED)

    def _by_smtp(self, email, may_still) -> Answer:
        smtp: SMTP = self.connection.connection
        try:
            encoding = email.encoding or "utf-8"
            sender = sanitize_address(email.from_email, encoding)
            recipient = sanitize_address(email.to[0], encoding)
            body = email.message().as_bytes(linesep="\r\n")
        except (ValueError, UnicodeError) as error:  # BadHeaderError is one
            return Answer(Outcome.REFUSED, _said(error))
        answer = self._envelope(smtp, sender, recipient, may_still)
        if answer is None:
            answer = self._body(smtp, body)
        if answer.outcome is not Outcome.ACCEPTED:
            self._drop()
        return answer

    def _envelope(self, smtp: SMTP, sender: str, recipient: str, may_still) -> Answer | None:
        """Everything before the body; None when the server waits for it."""
        try:
            smtp.ehlo_or_helo_if_needed()
            for say in (lambda: smtp.mail(sender), lambda: smtp.rcpt(recipient)):
                code, words = say()
                if code not in (250, 251):
                    return _answered(code, words)
            if not may_still():
                return Answer(Outcome.LOST)
            code, words = smtp.docmd("DATA")
        except (OSError, SMTPException) as error:
            return Answer(Outcome.LATER, _said(error), reached=False)
        return None if code == _READY_FOR_BODY else _answered(code, words)

    def _body(self, smtp: SMTP, body: bytes) -> Answer:
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        try:
            smtp.send(_LEADING_DOT.sub(b"..", body) + b".\r\n")
            code, words = smtp.getreply()
        except (OSError, SMTPException) as error:
            return Answer(Outcome.UNKNOWN, _said(error))
        return Answer(Outcome.ACCEPTED) if code == 250 else _answered(code, words)

    def _drop(self) -> None:
        """Close without ceremony; a server in trouble may not say goodbye."""
        smtp = getattr(self.connection, "connection", None)
        if smtp is not None:
            smtp.close()
            self.connection.connection = None


def _answered(code: int, words: bytes) -> Answer:
    """A refusal: 5xx for good, anything else for now."""
    outcome = Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER
    return Answer(outcome, clean(f"{code} {words.decode(errors='replace')}")[:300])


def _said(error: Exception) -> str:
    return clean(f"{type(error).__name__}: {error}")[:300]
