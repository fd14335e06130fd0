"""Consents to the processing of personal data, kept apart from every other paper (152-ФЗ)."""

import datetime as dt

from programs.documents.data.consents import data_consent
from programs.documents.page import page
from programs.documents.texts import plain
from programs.errors import TransitionError
from programs.workflow.base import not_in_future
from programs.workflow.running import fit
from schools import history
from schools.history import Scope
from schools.models import DataConsent, Person


def record_data_consent(
    post,
    *,
    by,
    on: dt.date,
    purpose: str,
    legal_basis: str = "",
    signed_on: dt.date | None = None,
    valid_until: dt.date | None = None,
    scan=None,
) -> DataConsent:
    """Record a signed sheet, or the basis in law that makes a sheet needless.

    Distribution (the site) always needs its own sheet (152-ФЗ, ст. 10.1).

    Raises:
        TransitionError: ``purpose_unknown``, ``basis_or_sheet``, ``site_needs_a_sheet``,
            ``date_in_future``, ``ends_before_start``, ``consent_recorded``, ``text_too_long``.
    """
    with history.changing(Scope.of(schools=[post.school_id]), by=by, on=on) as change:
        if purpose not in DataConsent.Purpose.values:
            raise TransitionError("purpose_unknown", "Выберите цель обработки.", field="purpose")
        legal_basis = legal_basis.strip()
        if bool(legal_basis) == (signed_on is not None):
            raise TransitionError(
                "basis_or_sheet",
                "Укажите либо дату подписанного согласия, либо основание без согласия.",
                field="legal_basis",
            )
        if legal_basis and purpose == DataConsent.Purpose.DISTRIBUTION:
            raise TransitionError(
                "site_needs_a_sheet",
                "Для размещения на сайте нужно отдельное согласие (152-ФЗ, ст. 10.1).",
                field="legal_basis",
            )
        if signed_on is not None:
            not_in_future(signed_on, on, field="signed_on", what="Дата подписания")
        if valid_until is not None and valid_until < (signed_on or on):
            raise TransitionError(
                "ends_before_start", "Окончание раньше подписания.", field="valid_until"
            )
        # Two people recording the same sheet wait for each other here.
        Person.objects.select_for_update().get(pk=post.person_id)
        same = DataConsent.objects.filter(
            person=post.person_id, school=post.school_id, purpose=purpose, withdrawn_on=None
        )
        if any(row.valid_until is None or row.valid_until >= on for row in same):
            raise TransitionError(
                "consent_recorded", "Действующая запись с этой целью уже есть.", field="purpose"
            )
        consent = DataConsent(
            person=post.person,
            school=post.school,
            purpose=purpose,
            legal_basis=legal_basis,
            text=plain(page("data_consent", data_consent(post, purpose))) if signed_on else "",
            signed_on=signed_on,
            valid_until=valid_until,
            scan=scan,
        )
        fit(consent)
        consent.save()
        change.record(
            "data_consent_recorded",
            consent,
            school=post.school_id,
            person=post.person.short_name,
            purpose=consent.get_purpose_display(),
        )
        return consent


def withdraw_data_consent(consent, *, by, on: dt.date, withdrawn_on: dt.date) -> DataConsent:
    """Record that the person took the consent back; what the law keeps stays.

    Raises:
        TransitionError: ``nothing_to_withdraw``, ``date_in_future``,
            ``withdrawn_before_signed``.
    """
    with history.changing(Scope.of(schools=[consent.school_id]), by=by, on=on) as change:
        consent = DataConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        if consent.signed_on is None or consent.withdrawn_on is not None:
            raise TransitionError("nothing_to_withdraw", "Отзывать нечего: согласие не действует.")
        not_in_future(withdrawn_on, on, field="withdrawn_on", what="Дата отзыва")
        if withdrawn_on < consent.signed_on:
            raise TransitionError(
                "withdrawn_before_signed", "Отозвано раньше, чем подписано.", field="withdrawn_on"
            )
        consent.withdrawn_on = withdrawn_on
        consent.save(update_fields=["withdrawn_on"])
        change.record(
            "data_consent_withdrawn",
            consent,
            school=consent.school_id,
            person=consent.person.short_name,
            purpose=consent.get_purpose_display(),
        )
        return consent
