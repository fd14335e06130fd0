"""An upload that comes with a form: kept before the step, thrown away if the step refuses."""

from contextlib import contextmanager

from schools.files import discard, store_upload


@contextmanager
def kept(upload, school, *, by, field: str):
    """The stored file for the step inside the block, None where nothing was uploaded.

    Raises:
        DomainError: as ``schools.files.store_upload``, at ``field``.
    """
    stored = store_upload(upload, by=by, school=school, field=field) if upload else None
    try:
        yield stored
    except BaseException:
        if stored is not None:
            discard(stored)
        raise
