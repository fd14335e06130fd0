"""Scans of signed papers: kept beside the row of the paper, checked by their content."""

from programs.errors import TransitionError
from programs.models import Consent, ContractAddendum, Order, TerminationNotice
from schools import files, history
from schools.history import Scope


def attach_scan(obj, *, by, on, upload):
    """Attach the scan of a signed paper; a later one takes the place of an earlier one.

    The event's only subject is the paper: who may not see the paper does not meet its scan.

    Args:
        obj: a Consent, Order, ContractAddendum or TerminationNotice.
        upload: the UploadedFile of a form.

    Raises:
        TransitionError: ``order_not_signed``.
        DomainError: as ``schools.files.store_upload``, at the field ``upload``.
    """
    owner, _ = _place(obj)
    stored = files.store_upload(upload, by=by, **owner, field="upload")
    try:
        return attach_stored(obj, by=by, on=on, stored=stored)
    except BaseException:
        files.discard(stored)
        raise


def attach_stored(obj, *, by, on, stored):
    """``attach_scan`` with a StoredFile that is kept already.

    Raises:
        TransitionError: ``order_not_signed``.
    """
    _, cases = _place(obj)
    with history.changing(Scope.of(cases=cases), by=by, on=on) as change:
        obj = type(obj).objects.get(pk=obj.pk)
        if isinstance(obj, Order) and obj.signed_on is None:
            raise TransitionError("order_not_signed", "Скан прикладывают к подписанному приказу.")
        obj.scan = stored
        obj.save(update_fields=["scan"])
        chain = {"school": stored.school_id, "municipality": stored.municipality_id}
        change.record("scan_attached", obj, **chain, file=stored.name)
    return obj


def _place(obj) -> tuple[dict, list[int]]:
    """Whose paper it is, and the cases that it concerns."""
    if isinstance(obj, Order):
        cases = obj.lines.filter(dropped_on=None).values_list("group", flat=True)
        register = obj.register
        return {"school": register.school, "municipality": register.municipality}, sorted(cases)
    if isinstance(obj, Consent):
        return {"school": obj.group.school}, [obj.group_id]
    if isinstance(obj, (ContractAddendum, TerminationNotice)):
        group = obj.appointment.group
        return {"school": group.school}, [group.pk]
    raise TypeError(f"{type(obj).__name__} has no scan")
