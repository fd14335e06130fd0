"""Files that people upload and that workers make; served only behind ``visible_to``."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from schools.models.places import Municipality, School

models.CharField.register_lookup(Length)

MAX_FILE_BYTES = 20 * 1024 * 1024
ZIP = "application/zip"  # never uploaded: made by a worker out of files of that size
MAX_ZIP_BYTES = 30 * MAX_FILE_BYTES


def stored_name(instance, filename: str) -> str:
    """A random name: what a person called the file never reaches the disk."""
    return f"{timezone.now():%Y/%m}/{secrets.token_hex(16)}"


class StoredFile(models.Model):
    """Bytes with their hash, real type and the name to offer at download.

    It has no visibility of its own: a view reaches it through the row that it belongs to.
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="files")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True)
    file = models.FileField(upload_to=stored_name, max_length=200)
    name = models.CharField("имя файла", max_length=255)
    content_type = models.CharField("тип", max_length=100)
    size = models.PositiveIntegerField("размер, байт")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("schools.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MAX_FILE_BYTES)
                | Q(size__gte=1, size__lte=MAX_ZIP_BYTES, content_type=ZIP),
                name="storedfile_size_in_limits",
            ),
            models.CheckConstraint(condition=Q(sha256__length=64), name="storedfile_has_a_hash"),
        ]

    def __str__(self):
        return self.name
