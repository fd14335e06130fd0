"""An uploaded list between its upload and its confirmation; drafts are not history."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from schools import stafflist
from schools.errors import TransitionError
from schools.imports import content
from schools.models import ImportDraft, School, StoredFile
from schools.stafflist import ListError
from schools.stafflist.grid import MAX_FILE_BYTES
from schools.text import clean

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_PER_OWNER = 5  # older lists that were not confirmed make room for new ones


def upload_list(school: School, upload, *, by, on: dt.date) -> ImportDraft:
    """Read an uploaded list and keep it for its owner ``by`` for a week.

    Nothing of the organisation changes. Lists that have expired are deleted on the way.

    Args:
        upload: the uploaded file (``name``, ``size``, binary).

    Raises:
        TransitionError: the code of the reader's ``ListError``, ``too_big`` or ``empty``.
    """
    if upload.size > MAX_FILE_BYTES:
        raise TransitionError("too_big", "Файл больше 10 МБ.", field="file")
    name = clean(upload.name)[-200:] or "список"
    upload.seek(0)
    data = upload.read()
    found = _read(data, name=name, as_of=on, mapping={})
    delete_expired()
    with transaction.atomic():
        for old in ImportDraft.objects.filter(owner=by, written_at=None)[OPEN_PER_OWNER - 1 :]:
            _delete(old)
        stored = StoredFile(
            school=school, name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest(),
            content_type=XLSX if data.startswith(b"PK") else "text/csv", uploaded_by=by,
        )  # fmt: skip
        stored.file.save(name, ContentFile(data), save=False)
        stored.save()
        return ImportDraft.objects.create(
            school=school, owner=by, file=stored, as_of=on, content=content.to_json(found)
        )


def remap_list(draft: ImportDraft, *, mapping: dict) -> ImportDraft:
    """Read the list again with the person's columns: {sheet: {column from 0: field or ""}}.

    Raises:
        TransitionError: ``already_written``, or the code of the reader's ``ListError``.
    """
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
        _require_open(draft)
        with draft.file.file.open("rb") as stream:
            data = stream.read()
        found = _read(data, name=draft.file.name, as_of=draft.as_of, mapping=mapping)
        # JSON knows only text keys; they become numbers again where the list is read.
        draft.mapping = mapping
        draft.content = content.to_json(found)
        draft.save(update_fields=["mapping", "content"])
        return draft


def drop_list(draft: ImportDraft) -> None:
    """Delete a list that was not confirmed, with its file.

    Raises:
        TransitionError: ``already_written``.
    """
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
        _require_open(draft)
        _delete(draft)


def delete_expired() -> int:
    """Delete lists older than a week: they are copies of personal data. Returns how many."""
    old = list(ImportDraft.objects.filter(expires_at__lte=timezone.now()))
    with transaction.atomic():
        for draft in old:
            _delete(draft)
    return len(old)


def _read(data: bytes, *, name: str, as_of: dt.date, mapping: dict):
    chosen = {sheet: {int(c): f for c, f in of.items()} for sheet, of in mapping.items()}
    try:
        return stafflist.read(ContentFile(data), name=name, as_of=as_of, mapping=chosen)
    except ListError as error:
        raise TransitionError(error.code, error.message, field="file") from error


def _require_open(draft: ImportDraft) -> None:
    if draft.written_at is not None:
        raise TransitionError("already_written", "Этот список уже загружен.")


def _delete(draft: ImportDraft) -> None:
    stored = draft.file
    draft.delete()
    stored.delete()
    transaction.on_commit(lambda: stored.file.delete(save=False), robust=True)
