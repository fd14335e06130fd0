"""One-time codes, counted failures, known devices and asked-for password letters."""

import datetime as dt
import hashlib
import secrets

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from schools.models.users import User

models.CharField.register_lookup(Length)

CODE_LIVES = dt.timedelta(days=14)
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes 0 O 1 I L
CODE_LENGTH = 12  # 31**12: about 59 bits, guessed against a throttle


def hashed(model: str) -> models.CheckConstraint:
    """The secret itself is never stored: the column is as long as a SHA-256."""
    return models.CheckConstraint(
        condition=Q(token_hash__length=64), name=f"{model}_token_is_hashed"
    )


def code_hash(code: str) -> str:
    """SHA-256 of a code as typed: blanks, hyphens and letter case do not matter."""
    plain = "".join(c for c in code.upper() if c in CODE_ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


class SignInCode(models.Model):
    """A printed one-time code for a first sign-in without e-mail; only its hash is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="codes")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="issued_codes")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None), name="signincode_one_open_per_user"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="signincode_lives_some_time"
            ),
            hashed("signincode"),
        ]

    @staticmethod
    def new_code() -> str:
        """A fresh code as printed: three groups of four."""
        plain = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        return "-".join(plain[i : i + 4] for i in range(0, CODE_LENGTH, 4))


class SignInAttempt(models.Model):
    """Failed tries to sign in, counted per account, address, pair of both, and device.

    ``subject`` is a hash: a wrong login may be a password typed in the wrong field.
    ``account`` is the hash of the account that the row slows down, '' for a whole address.
    """

    subject = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField(default=timezone.now)
    blocked_until = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)


class TrustedDevice(models.Model):
    """A browser that signed in before: a stranger's failures never slow it down.

    One browser keeps one token, however many people use it, so that the computer of a
    teachers' room is known to each of them. ``session_key`` is its session while signed in.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    label = models.CharField("устройство", max_length=100, blank=True)
    session_key = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_used_at"]
        constraints = [
            hashed("trusteddevice"),
            models.UniqueConstraint(
                fields=["user", "token_hash"], name="trusteddevice_once_per_user"
            ),
        ]


class ResetRequest(models.Model):
    """Somebody asked for a letter to set a new password; a worker looks whether to send one.

    Known and unknown addresses leave the same row, so that the page takes the same time.
    ``email`` is emptied as soon as the request is handled.
    """

    email = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None) | Q(email=""),
                name="resetrequest_forgets_the_address",
            ),
        ]
