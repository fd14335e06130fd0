"""Work that takes longer than a page: one row each, the broker is only told about it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.constraints import known
from schools.models.files import StoredFile
from schools.models.places import School
from schools.models.users import User


class JobState(models.TextChoices):
    WAITING = "WAITING", "ждёт"
    RUNNING = "RUNNING", "выполняется"
    DONE = "DONE", "готово"
    FAILED = "FAILED", "не получилось"
    CANCELLED = "CANCELLED", "отменено"


OPEN_STATES = [JobState.WAITING, JobState.RUNNING]


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own jobs only."""
        return self.filter(owner=user)

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Job(models.Model):
    """One long task. ``claim`` is the fencing token of the worker that holds it.

    ``hint_at`` is when the sweeper tells the broker about a waiting row again. ``file`` is what
    the job made for its owner; after ``expires_at`` it is deleted and the job can be done anew.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)  # for the owner: may hold a name
    owner = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    school = models.ForeignKey(School, models.PROTECT, null=True)
    params = models.JSONField(default=dict)  # ids only: no personal data in a queue
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known yet
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)  # later than created_at after a retry
    hint_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ["-created_at"]
        constraints = [
            known("job", "state", JobState),
            models.CheckConstraint(
                condition=Q(state="RUNNING", lease_until__isnull=False) & ~Q(claim="")
                | ~Q(state="RUNNING") & Q(claim="", lease_until=None),
                name="job_running_has_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["WAITING", "RUNNING"], finished_at=None)
                | Q(state__in=["DONE", "FAILED", "CANCELLED"], finished_at__isnull=False),
                name="job_finished_is_dated",
            ),
            models.CheckConstraint(condition=Q(attempts__lte=3), name="job_attempts_limited"),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(state="DONE"), name="job_expires_when_done"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["WAITING", "RUNNING"]),
                name="job_open_by_age",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(file__isnull=False, expires_at__isnull=False),
                name="job_file_by_expiry",
            ),
        ]


class Recompute(models.Model):
    """A change wider than one school whose derived rows wait for a worker.

    ``scope`` is municipality:<pk> or calendar; ``done_upto`` the last school finished.
    """

    scope = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    done_upto = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "пересчёт"
        verbose_name_plural = "пересчёты"


class Heartbeat(models.Model):
    """When a worker last proved that beat's tick reaches it."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
