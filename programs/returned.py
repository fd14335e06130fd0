"""Sheets that came back and wait: those that found their paper, and those that did not."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from programs import initials, queries
from programs.models import Document, PaperKind, ScanPage, ScanUpload
from programs.workflow.filing import date_of, recorded
from programs.workflow.orders import suggest_number
from schools.models import JobState

TOLD_FOR = dt.timedelta(days=3)  # how long a file that could not be read is still told of
STOPPED = "Чтение остановлено и не закончено: загрузите файл ещё раз."
# A consent is recorded before the order that rests on it.
RANKS = {PaperKind.MENTOR_CONSENT: 0, PaperKind.MENTEE_CONSENT: 0, PaperKind.ADDENDUM: 1,
         PaperKind.ORDER: 3}  # fmt: skip


@dataclass
class Returned:
    """One print whose sheets came back."""

    document: Document
    pages: list[ScanPage]
    known_on: dt.date | None = None  # the date with which the paper is recorded already
    asks_number: bool = False  # an order that is not recorded yet
    signatory: dict = field(default_factory=dict)
    suggested: str = ""
    about: str = ""  # the pairs of an order
    fields: dict = field(default_factory=dict)  # filled by the form

    @property
    def missing(self) -> list[int]:
        present = {page.sheet for page in self.pages}
        return [n for n in range(1, self.document.pages + 1) if n not in present]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def is_notice(self) -> bool:
        """Its term runs from the day of receipt, so that day is asked for each notice."""
        return self.document.kind == PaperKind.NOTICE


def found(user, school, on: dt.date) -> list[Returned]:
    """Prints of ``school`` with sheets that wait for a date; consents before orders."""
    pages = (
        ScanPage.objects.visible_to(user).filter(school=school, problem="")
        .select_related("document__post__person", "document__order__register__school",
                        "document__program", "document__group")
        .order_by("document", "sheet")
    )  # fmt: skip
    rows: dict[int, Returned] = {}
    for page in pages:
        rows.setdefault(page.document_id, Returned(page.document, [])).pages.append(page)
    for row in rows.values():
        _tell_what_is_known(row, on)
    return sorted(rows.values(), key=lambda r: (RANKS.get(r.document.kind, 2), r.document.pk))


def _tell_what_is_known(row: Returned, on: dt.date) -> None:
    document = row.document
    known = recorded(document)
    if known is not None:
        row.known_on = date_of(known)
    elif document.kind == PaperKind.ORDER:
        _ask_number(row, on)


def _ask_number(row: Returned, on: dt.date) -> None:
    order = row.document.order
    row.asks_number = True
    row.suggested = suggest_number(order.register, on)
    names = queries.titles(order.lines.filter(dropped_on=None).values_list("group", flat=True))
    row.about = "; ".join(names.values())
    if order.register.school:
        groups = [g.group for g in order.lines.filter(dropped_on=None).select_related("group")]
        position, name = initials.signatory(order.register.school, on, groups)
        row.signatory = {"signatory_position": position, "signatory_name": name}


def unplaced(user, school) -> list[ScanPage]:
    """Pages that found no place, with why."""
    pages = ScanPage.objects.visible_to(user).filter(school=school).exclude(problem="")
    return list(pages.select_related("upload", "document__post__person", "document__order"))


def refused(school, now: dt.datetime) -> list[ScanUpload]:
    """Files that were not read, or not to the end, of the last days; each has ``problem``."""
    lately = ScanUpload.objects.filter(batch__school=school, batch__created_at__gte=now - TOLD_FOR)
    stopped = Q(read_at=None, batch__job__state__in=[JobState.FAILED, JobState.CANCELLED])
    found = list(lately.filter(stopped | ~Q(problem="")).order_by("-pk"))
    for upload in found:
        upload.problem = upload.problem or STOPPED
    return found


def being_read(school) -> int:
    """How many uploaded files wait for a worker or are in its hands."""
    unread = ScanUpload.objects.filter(batch__school=school, read_at=None)
    return unread.filter(batch__job__state__in=[JobState.WAITING, JobState.RUNNING]).count()
