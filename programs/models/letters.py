"""What people are told: items of the ladder, the letters that carry them, and how to be told."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from programs.models.papers import Deadline
from schools.constraints import both_or_neither, known
from schools.models import Person, User

models.CharField.register_lookup(Length)

MAX_ATTEMPTS = 2  # sendings whose outcome may be unknown; the third would be a nuisance
EVENT_STEP = 0  # the step of an item that is told at once and never again


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own items only."""
        return self.filter(recipient=user.access.person_id)

    def unread(self):
        return self.filter(read_at=None)


class Notification(models.Model):
    """One item for one person: a deadline at a step of the ladder, or an event told at once.

    ``about`` is the deadline's natural key (kind|subject|owner|period) or that of the event:
    a rebuilt table of deadlines has the same keys, so it reminds nobody twice, and a moved date
    reminds again. ``step`` is the ladder's distance from ``due_on`` in calendar days: -7, -1,
    0, 1, 8, 15 … ``settled_on`` is set when the item dropped out because it was done, lapsed
    or hidden by the time its letter was written.
    """

    # Half a million rows a day at worst: no index but those below. The unique one and the inbox
    # begin with the recipient.
    recipient = models.ForeignKey(
        Person, models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=30)  # of the deadline, or of the event
    about = models.CharField(max_length=200)
    due_on = models.DateField()  # of the deadline; the local day of an event
    step = models.IntegerField()  # a year mistyped as 1926 is more days than a small one holds
    escalated = models.BooleanField(default=False)  # another's duty, overdue for long
    urgent = models.BooleanField(default=False)  # goes in a letter of its own, at once
    deadline = models.ForeignKey(
        Deadline, models.SET_NULL, null=True, related_name="notifications", db_index=False
    )
    # Where an event leads and what it says; a deadline knows both itself.
    path = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300, blank=True)
    told_on = models.DateField()  # the local day on which the sweep or the step wrote it
    letter = models.ForeignKey(
        "Letter", models.SET_NULL, null=True, related_name="items", db_index=False
    )
    read_at = models.DateTimeField(null=True)
    settled_on = models.DateField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "about", "due_on", "step"], name="notification_once"
            ),
            models.CheckConstraint(condition=~Q(about=""), name="notification_about_something"),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(letter=None), name="notification_unsent"
            ),
            models.Index(fields=["recipient", "-told_on"], name="notification_inbox"),
            models.Index(
                fields=["letter"], condition=~Q(letter=None), name="notification_by_letter"
            ),
            models.Index(fields=["deadline"], name="notification_by_deadline"),
        ]


class LetterState(models.TextChoices):
    WAITING = "WAITING", "ждёт отправки"
    SENDING = "SENDING", "отправляется"
    SENT = "SENT", "отправлено"
    FAILED = "FAILED", "не принято"
    UNCERTAIN = "UNCERTAIN", "неизвестно, дошло ли"
    EMPTY = "EMPTY", "не понадобилось"


def new_message_id() -> str:
    """The same on every sending of one letter: a second copy is recognised as such."""
    return f"<{secrets.token_hex(16)}@{settings.LETTER_DOMAIN}>"


class LetterQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(state__in=[LetterState.WAITING, LetterState.SENDING])


class Letter(models.Model):
    """One letter: a person's one of the day, or one for an urgent key.

    WAITING -> SENDING (committed before a byte is sent) -> SENT, FAILED or, after two sendings
    that nobody knows the end of, UNCERTAIN. ``claim`` is the fencing token of whoever sends:
    who lost it writes nothing. EMPTY: everything was settled before it left. The address is
    looked up when it is sent, the words are made then from what still holds.
    """

    recipient = models.ForeignKey(Person, models.CASCADE, related_name="letters")
    day = models.DateField()
    urgent_key = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    message_id = models.CharField(max_length=100, default=new_message_id, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # of unknown end, the current one too
    refusals = models.PositiveSmallIntegerField(default=0)  # the server said «later»
    not_before = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    items_sent = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, default="", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        constraints = [
            known("letter", "state", LetterState),
            models.UniqueConstraint(
                fields=["recipient", "day", "urgent_key"], name="letter_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_ATTEMPTS), name="letter_attempts_limited"
            ),
            both_or_neither(
                "letter_sent_is_dated", Q(state=LetterState.SENT), Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENDING, lease_until__isnull=False, attempts__gte=1)
                & ~Q(claim="")
                | ~Q(state=LetterState.SENDING) & Q(claim="", lease_until=None),
                name="letter_sending_has_a_claim",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=["WAITING", "SENDING"]),
                name="letter_unsent_by_time",
            ),
        ]


class LetterTemplate(models.Model):
    """Words of one kind of letter as an admin changed them; the newest version holds.

    No row: the words are those of ``programs.notifications.wording``. The way back is a new
    version with the words of an older one, or with the first ones.
    """

    code = models.CharField("письмо", max_length=40)
    version = models.PositiveIntegerField("версия")
    subject = models.CharField("тема", max_length=150)
    opening = models.TextField("начало письма", max_length=2000)
    closing = models.TextField("конец письма", max_length=2000, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменено", default=timezone.now)

    class Meta:
        verbose_name = "слова письма"
        verbose_name_plural = "слова писем"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="lettertemplate_version_once"),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(opening="") & Q(version__gte=1),
                name="lettertemplate_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.code}, версия {self.version}"


class Frequency(models.TextChoices):
    DAILY = "DAILY", "каждый день, когда есть о чём"
    WEEKLY = "WEEKLY", "по понедельникам"
    LAW_ONLY = "LAW_ONLY", "только то, что требует закон"


class ReminderSettings(models.Model):
    """How one person wants to be written to; without a row: daily and at once.

    A pause holds back the daily letter, not the items: they wait in the list on the site.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="reminder_settings")
    frequency = models.CharField(
        "письма с напоминаниями", max_length=10, choices=Frequency, default=Frequency.DAILY
    )
    at_once = models.BooleanField("сразу писать о важном", default=True)
    paused_until = models.DateField("не писать до", null=True, blank=True)  # first day of letters

    class Meta:
        verbose_name = "настройки напоминаний"
        verbose_name_plural = "настройки напоминаний"
        constraints = [known("remindersettings", "frequency", Frequency)]


class CalendarFeed(models.Model):
    """The secret address of a person's calendar; only the hash of its token is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ссылка на календарь"
        verbose_name_plural = "ссылки на календарь"
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__length=64), name="calendarfeed_hash_is_whole"
            )
        ]
