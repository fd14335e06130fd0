"""The signed papers of a case in the order of the law: what a pack may hold, and nothing else.

Only what was signed enters: no drafts, no advice, no private notes, no answers of people.
"""

import datetime as dt
from dataclasses import dataclass

from programs.choices import ConsentMeans, ConsentRole
from programs.models import (
    Consent,
    ContractAddendum,
    Document,
    MentoringGroup,
    Order,
    PaperKind,
    TerminationNotice,
)
from schools.models import StoredFile

# Prints whose signing is recorded nowhere but on the print; the rest have rows of their own.
OWN_RECORD = [PaperKind.PROGRAM, PaperKind.MEETINGS, PaperKind.REPORT, PaperKind.EVALUATION]


@dataclass(frozen=True)
class CasePaper:
    """One signed paper. Its scan is given; without one its frozen text, where there is one."""

    key: str
    title: str
    signed_on: dt.date
    file: StoredFile | None
    text: str = ""
    note: str = ""

    @property
    def is_there(self) -> bool:
        return self.file is not None or bool(self.text)


def of_case(group: MentoringGroup, as_of: dt.date) -> list[CasePaper]:
    """Papers of ``group`` signed on ``as_of`` or before, withdrawn ones left out."""
    papers = [*_consents(group, as_of), *_addenda(group, as_of), *_orders(group, as_of)]
    return [*papers, *_prints(group, as_of), *_notices(group, as_of)]


def _consents(group, as_of):
    rows = Consent.objects.filter(group=group, signed_on__lte=as_of)
    rows = rows.exclude(withdrawn_on__lte=as_of).select_related("post__person", "scan")
    for row in sorted(rows, key=lambda c: (c.role != ConsentRole.MENTOR, c.signed_on, c.pk)):
        whose = "наставника" if row.role == ConsentRole.MENTOR else "наставляемого"
        note = "отметка в системе" if row.means == ConsentMeans.MARK else ""
        title = f"Согласие {whose}: {row.post.person.short_name}"
        yield CasePaper(f"consent:{row.pk}", title, row.signed_on, row.scan, row.text, note)


def _addenda(group, as_of):
    rows = ContractAddendum.objects.filter(appointment__group=group, signed_on__lte=as_of)
    for row in rows.select_related("appointment__post__person", "scan").order_by("signed_on", "pk"):
        number = f" № {row.number}" if row.number else ""
        title = f"Дополнительное соглашение{number}: {row.appointment.post.person.short_name}"
        yield CasePaper(f"addendum:{row.pk}", title, row.signed_on, row.scan)


def _orders(group, as_of):
    rows = Order.objects.signed().filter(
        lines__group=group, lines__dropped_on=None, signed_on__lte=as_of
    )
    for row in rows.distinct().select_related("scan").order_by("signed_on", "pk"):
        others = row.lines.filter(dropped_on=None).exclude(group=group).exists()
        note = "называет и другие пары" if others else ""
        title = f"Приказ № {row.number}: {row.title}"
        yield CasePaper(f"order:{row.pk}", title, row.signed_on, row.scan, row.text, note)


def _prints(group, as_of):
    rows = Document.objects.filter(group=group, kind__in=OWN_RECORD, signed_on__lte=as_of)
    rows = rows.select_related("scan", "post__person", "order")
    rank = {kind: number for number, kind in enumerate(OWN_RECORD)}
    for row in sorted(rows, key=lambda d: (rank[d.kind], d.signed_on, d.pk)):
        title = str(row)
        title = title[0].upper() + title[1:]
        yield CasePaper(f"print:{row.pk}", title, row.signed_on, row.scan, row.text)


def _notices(group, as_of):
    rows = TerminationNotice.objects.filter(appointment__group=group, given_on__lte=as_of)
    for row in rows.select_related("scan").order_by("given_on", "pk"):
        title = f"Уведомление: {row.get_by_display()}"
        yield CasePaper(f"notice:{row.pk}", title, row.given_on, row.scan)
