"""Sheets that came back: uploads of scans and photos, and what was found on each page."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.models.papers import Document
from schools.constraints import known
from schools.models import Job, School, StoredFile, User


class PageProblem(models.TextChoices):
    """Why a page found no place by itself; a person may still place it by hand."""

    UNREADABLE = "UNREADABLE", "код не прочитан"
    UNKNOWN = "UNKNOWN", "бумага с таким кодом не найдена"  # also where it is another school's
    TWICE = "TWICE", "этот лист уже ждёт отметки"
    FILED = "FILED", "скан этой бумаги уже в деле"
    CANCELLED = "CANCELLED", "подписан другой экземпляр этой бумаги"


class OfTheSchool(models.QuerySet):
    def visible_to(self, user):
        """The organisation's staff: a sheet without a place may be anybody's."""
        return self.filter(school__in=user.access.staffed_schools())


class ScanBatch(models.Model):
    """What one person uploaded at once; a job reads it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="scan_batches")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="scan_batch")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfTheSchool.as_manager()

    class Meta:
        verbose_name = "загрузка листов"
        verbose_name_plural = "загрузки листов"


class ScanUpload(models.Model):
    """One uploaded file. The file itself goes once its pages are apart; the words stay."""

    batch = models.ForeignKey(ScanBatch, models.CASCADE, related_name="uploads")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("имя файла", max_length=255)
    read_at = models.DateTimeField("прочитан", null=True)
    problem = models.CharField("почему не прочитан", max_length=200, blank=True)

    class Meta:
        verbose_name = "загруженный файл"
        verbose_name_plural = "загруженные файлы"
        ordering = ["pk"]


class ScanPage(models.Model):
    """One page: a PDF of one picture, its preview, and the print that it belongs to.

    Lives until its sheet is in file or somebody throws it away.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="scan_pages")
    upload = models.ForeignKey(ScanUpload, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField("страница файла")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    preview = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="scan_pages")
    sheet = models.PositiveSmallIntegerField("лист бумаги", null=True)
    problem = models.CharField(max_length=12, choices=PageProblem, blank=True)

    objects = OfTheSchool.as_manager()

    class Meta:
        verbose_name = "лист"
        verbose_name_plural = "листы"
        ordering = ["pk"]
        constraints = [
            known("scanpage", "problem", PageProblem, blank=True),
            models.CheckConstraint(
                condition=~Q(problem="") | Q(document__isnull=False, sheet__isnull=False),
                name="scanpage_placed_or_says_why_not",
            ),
            models.UniqueConstraint(fields=["upload", "number"], name="scanpage_once_per_file"),
            models.UniqueConstraint(
                fields=["document", "sheet"],
                condition=Q(problem=""),
                name="scanpage_sheet_waits_once",
            ),
        ]
