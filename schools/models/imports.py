"""A staff list between its upload and its confirmation."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models.files import StoredFile
from schools.models.places import School
from schools.models.users import User

DRAFT_LIVES = dt.timedelta(days=7)


def draft_expiry() -> dt.datetime:
    return timezone.now() + DRAFT_LIVES


class ImportDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own lists that have not expired, while one still works for the organisation."""
        return self.filter(
            owner=user, school__in=user.access.staffed_schools(), expires_at__gt=timezone.now()
        )


class ImportDraft(models.Model):
    """An uploaded list as it was understood; it lives a week, then it is deleted.

    ``content`` is what the reader found (``schools.imports.content``), ``mapping`` the person's
    correction of columns, ``report`` what was written, empty until the list is confirmed.
    """

    school = models.ForeignKey(School, models.CASCADE, verbose_name="организация")
    owner = models.ForeignKey(User, models.CASCADE, related_name="import_drafts")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    as_of = models.DateField("стаж на дату")
    mapping = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=draft_expiry)
    written_at = models.DateTimeField(null=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "загруженный список"
        verbose_name_plural = "загруженные списки"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="importdraft_lives_some_time"
            ),
        ]
