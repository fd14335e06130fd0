"""A signed sheet goes into the file: the step of its paper is taken, with all its rules."""

import datetime as dt
import io

from django.db import transaction
from pypdf import PdfWriter

from programs.choices import ConsentRole
from programs.errors import TransitionError
from programs.models import (
    Consent,
    ContractAddendum,
    Document,
    MentorAppointment,
    MentoringGroup,
    Order,
    PageProblem,
    PaperKind,
    ScanPage,
    TerminationNotice,
)
from programs.workflow.base import not_in_future
from programs.workflow.consents import record_consent
from programs.workflow.contract_papers import record_printed_addendum, typed
from programs.workflow.notices import give_notice
from programs.workflow.returning import forget_pages
from programs.workflow.scans import attach_stored
from programs.workflow.signing import sign_order
from schools import files, history
from schools.history import Scope
from schools.models import StoredFile

CONSENT_ROLES = {
    PaperKind.MENTOR_CONSENT: ConsentRole.MENTOR,
    PaperKind.MENTEE_CONSENT: ConsentRole.MENTEE,
}
# A person may have several of these at once: only equal words are the same paper.
SEVERAL_OF_A_PERSON = [
    PaperKind.DATA_CONSENT,
    PaperKind.INCENTIVE_ORDER,
    PaperKind.THANKS,
    PaperKind.CERTIFICATE,
]


def file_document(document: Document, *, by, on: dt.date, signed_on: dt.date, **details) -> None:
    """The sheets of ``document`` that came back become its scan, and the paper is recorded.

    A consent or an order that is not recorded yet is recorded by its own step, with all its
    rules; one that is gets the scan. Other open prints of the same paper are cancelled.

    Args:
        signed_on: the date on the paper; on a notice that of its receipt.
        details: for an order, ``number``, ``signatory_position`` and ``signatory_name``.

    Raises:
        TransitionError: ``print_not_open``, ``sheet_missing``, ``date_in_future``,
            ``recorded_with_another_date``, ``scan_in_file``, ``people_changed``, and those of
            ``record_consent`` and ``sign_order``. Nothing is changed then.
    """
    pages = list(
        ScanPage.objects.filter(document=document, problem="").select_related("file", "preview")
        .order_by("sheet")
    )  # fmt: skip
    _require_whole(document, [page.sheet for page in pages])
    scan = _joined(document, pages, by)
    try:
        with transaction.atomic():
            # The paper's own step first: it locks the school before the cases.
            _record(document, by=by, on=on, signed_on=signed_on, scan=scan, **details)
            with history.changing(_scope(document), by=by, on=on) as change:
                _put_into_file(document, pages, signed_on, scan, change)
    except BaseException:
        files.discard(scan)
        raise


def _require_whole(document: Document, sheets: list[int]) -> None:
    missing = [str(n) for n in range(1, document.pages + 1) if n not in sheets]
    if not sheets:
        raise TransitionError("page_gone", "Этот лист уже отмечен или убран: обновите страницу.")
    if missing:
        raise TransitionError(
            "sheet_missing",
            f"Не хватает листов: {', '.join(missing)} из {document.pages}. Загрузите их тоже.",
        )


def _joined(document: Document, pages: list[ScanPage], by) -> StoredFile:
    """One PDF of the sheets in order. They were made by our own worker: safe to open here."""
    writer = PdfWriter()
    for page in pages:
        with page.file.file.open("rb") as sheet:
            writer.append(io.BytesIO(sheet.read()))
    whole = io.BytesIO()
    writer.write(whole)
    name = files.display_name(f"{document} (скан)", "pdf")
    return files.keep_made(
        whole.getvalue(), name=name, content_type="application/pdf", by=by, school=document.school
    )


def _scope(document: Document) -> Scope:
    if document.group_id:
        return Scope.of(cases=[document.group_id])
    if document.order_id:
        lines = document.order.lines.filter(dropped_on=None)
        return Scope.of(cases=sorted(lines.values_list("group", flat=True)))
    return Scope.of(schools=[document.school_id])


def _put_into_file(document, pages, signed_on, scan, change) -> None:
    filed = Document.objects.open().filter(pk=document.pk).update(
        signed_on=signed_on, recorded_on=change.on, scan=scan
    )  # fmt: skip
    present = ScanPage.objects.select_for_update().filter(pk__in=[page.pk for page in pages])
    if not filed or len(present.filter(document=document, problem="")) != len(pages):
        raise TransitionError("print_not_open", "Эту бумагу уже отметили: обновите страницу.")
    same = _same_print(document)
    others = list(same.values_list("pk", flat=True))
    same.update(cancelled_on=change.on)
    waiting = ScanPage.objects.filter(document__in=others, problem="")
    waiting.update(problem=PageProblem.CANCELLED)
    forget_pages(pages)
    # The paper alone: who may not see it does not meet it in the history of the case either.
    change.record(
        "paper_filed", document, document.program,
        school=document.school_id, paper=str(document), signed_on=signed_on,
    )  # fmt: skip


def _same_print(document: Document):
    """Open prints of the very paper that ``document`` is: what it is about must agree whole, for
    a print of an organisation names nothing else."""
    same = Document.objects.open().filter(
        kind=document.kind, school=document.school_id, group=document.group_id,
        post=document.post_id, order=document.order_id, program=document.program_id,
        act=document.act_id, signed_on=None,
    )  # fmt: skip
    return same.filter(data=document.data) if document.kind in SEVERAL_OF_A_PERSON else same


# --- what a paper records ---------------------------------------------------------------------


def _record(document: Document, *, by, on, signed_on, scan, **details) -> None:
    """The step of the paper, or its scan alone where the paper is recorded already.

    A kind that records nothing else is only checked for its date.
    """
    known = recorded(document)
    if known is not None:
        _same_paper(known, signed_on)
        attach_stored(known, by=by, on=on, stored=scan)
        return
    step = _STEPS.get(document.kind)
    if step is not None:
        step(document, by=by, on=on, signed_on=signed_on, scan=scan, **details)
    else:
        not_in_future(signed_on, on, field="signed_on", what="Дата подписания")


def recorded(document: Document):
    """The signed row that ``document`` is the paper of, if somebody recorded it already."""
    if document.kind in CONSENT_ROLES:
        return _recorded_consent(document)
    if document.kind == PaperKind.ORDER:
        order = Order.objects.select_related("register__school", "register__municipality").get(
            pk=document.order_id
        )
        return order if order.signed_on else None
    rows = {PaperKind.ADDENDUM: ContractAddendum, PaperKind.NOTICE: TerminationNotice}
    model = rows.get(document.kind)
    if model is None:
        return None
    found = model.objects.filter(
        appointment__group=document.group_id, appointment__post=document.post_id, scan=None
    )
    if document.kind == PaperKind.ADDENDUM:  # a later one is another paper
        found = found.filter(**typed(document.data["terms"], "starts_on", "ends_on"))
    return found.order_by("-pk").first()


def date_of(row) -> dt.date:
    """The date on the paper of a recorded ``row``; of a notice that of its receipt."""
    if isinstance(row, TerminationNotice):
        return row.received_on or row.given_on
    return row.signed_on


def _record_consent(document: Document, *, by, on, signed_on, scan) -> None:
    role = CONSENT_ROLES[document.kind]
    group = MentoringGroup.objects.select_related("school").get(pk=document.group_id)
    named = document.data.get("members", [])
    members = list(group.members.present().filter(pk__in=named))
    if role == ConsentRole.MENTOR and not members:
        # Nobody whom the paper names: it is no consent to those who came instead.
        raise TransitionError(
            "people_changed",
            "После печати наставляемые сменились: напечатайте и подпишите согласие заново.",
        )
    record_consent(
        group, by=by, on=on, role=role, post=document.post, signed_on=signed_on,
        members=members, scan=scan, text=document.text,
    )  # fmt: skip


def _recorded_consent(document: Document) -> Consent | None:
    """A mentor's paper that names a mentee whom no recorded one names is another paper."""
    papers = Consent.objects.in_force().filter(
        group=document.group_id, post=document.post_id, role=CONSENT_ROLES[document.kind]
    )
    if document.kind == PaperKind.MENTOR_CONSENT:
        known = set(papers.values_list("members", flat=True))
        if set(document.data.get("members", [])) - known:
            return None
    return papers.order_by("-signed_on", "-pk").first()


def _record_order(document: Document, *, by, on, signed_on, scan, **details) -> None:
    order = Order.objects.select_related("register__school", "register__municipality").get(
        pk=document.order_id
    )
    sign_order(order, by=by, on=on, signed_on=signed_on, scan=scan, **details)


def _record_addendum(document: Document, *, by, on, signed_on, scan) -> None:
    """With what was typed for the print: nothing is asked for twice."""
    record_printed_addendum(
        _appointment(document), document.data["terms"], by=by, on=on, signed_on=signed_on, scan=scan
    )


def _record_notice(document: Document, *, by, on, signed_on, scan) -> None:
    """``signed_on`` is when the other side signed for it: the three days run from there."""
    terms = document.data["terms"]
    give_notice(
        _appointment(document), by=by, on=on, side=terms["side"], received_on=signed_on,
        reason=terms["reason"], scan=scan, **typed(terms, "given_on", "effective_on"),
    )  # fmt: skip


def _appointment(document: Document) -> MentorAppointment:
    appointments = MentorAppointment.objects.select_related("group__school", "post__person")
    return appointments.filter(
        group=document.group_id, post=document.post_id, dropped_on=None
    ).latest("pk")


_STEPS = {
    PaperKind.MENTOR_CONSENT: _record_consent,
    PaperKind.MENTEE_CONSENT: _record_consent,
    PaperKind.ORDER: _record_order,
    PaperKind.ADDENDUM: _record_addendum,
    PaperKind.NOTICE: _record_notice,
}


def _same_paper(row, signed_on: dt.date) -> None:
    if row.scan_id is not None:
        raise TransitionError("scan_in_file", "Скан этой бумаги уже в деле.")
    if date_of(row) != signed_on:
        raise TransitionError(
            "recorded_with_another_date",
            f"Подписание уже отмечено с датой {date_of(row):%d.%m.%Y}: здесь должна стоять она.",
            field="signed_on",
        )
