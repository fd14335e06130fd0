"""A new password by e-mail. The page only writes a row; a worker decides whether to write.

So the page answers alike, and as fast, for addresses that we know and that we do not.
"""

import datetime as dt
import logging

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from schools import stores, throttle
from schools.models import ResetRequest, User
from schools.text import key

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
OUTDATED = dt.timedelta(hours=6)  # a letter that could not leave for so long surprises


def ask(email: str) -> None:
    """Note that somebody wants a letter to ``email``, and hint at it after the commit."""
    with transaction.atomic():
        ResetRequest.objects.create(email=key(email)[:254])
        transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    stores.hint("schools.tasks.send_password_letters")


def send_letters() -> int:
    """Handle every waiting request; returns how many letters left. May run twice or late."""
    now = timezone.now()
    old = ResetRequest.objects.filter(handled_at=None, asked_at__lt=now - OUTDATED)
    old.update(handled_at=now, email="")
    ResetRequest.objects.filter(handled_at__lt=now - dt.timedelta(days=7)).delete()
    sent = 0
    for pk in ResetRequest.objects.filter(handled_at=None).values_list("pk", flat=True)[:200]:
        sent += _handle(pk)
    return sent


def _handle(pk: int) -> int:
    row = ResetRequest.objects.filter(pk=pk, handled_at=None).first()
    if row is None:
        return 0
    # The claim: whoever empties the row sends, and nobody else.
    claimed = ResetRequest.objects.filter(pk=pk, handled_at=None, attempts=row.attempts).update(
        handled_at=timezone.now(), email="", attempts=F("attempts") + 1
    )
    if not claimed:
        return 0
    user = User.objects.filter(email_key=row.email, is_active=True).first() if row.email else None
    if user is None or throttle.begin([throttle.Subject("letter", f"user:{user.pk}")]):
        return 0
    try:
        _letter(user).send()
    except Exception:
        log.exception("a letter for a new password did not leave")
        if row.attempts + 1 < MAX_ATTEMPTS:
            ResetRequest.objects.filter(pk=pk).update(handled_at=None, email=row.email)
        return 0
    return 1


def _letter(user: User) -> EmailMessage:
    context = {"user": user, "url": link(user), "site": settings.SITE_URL}
    body = render_to_string("mail/password_reset.txt", context)
    return EmailMessage("Новый пароль: «Наставничество»", body, to=[user.email])


def link(user: User) -> str:
    """A link that sets a new password once, within PASSWORD_RESET_TIMEOUT."""
    uid = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    # SITE_URL, never the Host header: a forged Host would send the token to a stranger.
    return settings.SITE_URL + reverse("password-reset-confirm", args=[uid, token])


def user_of(uid: str, token: str, *, lock: bool = False) -> User | None:
    """The account that the link opens, None when it is wrong, used or too old.

    With ``lock`` (inside a transaction) nobody else can use the same link meanwhile.
    """
    try:
        pk = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    users = User.objects.select_for_update() if lock else User.objects
    user = users.filter(pk=pk, is_active=True).first() if abs(pk) < 2**63 else None
    return user if user and default_token_generator.check_token(user, token) else None
