"""September in one table: the pairs of the year with what is signed and what still waits."""

import datetime as dt
from dataclasses import dataclass, field

from programs import queries
from programs.casefile import cases
from programs.choices import Basis, ConsentRole
from programs.models import Consent, ContractAddendum, MentoringGroup, Order, PaperKind
from programs.workflow import bundles
from schools.calendar import school_year
from schools.models import Person


@dataclass
class Cell:
    """One paper of a pair: whose, and its day or None while it waits."""

    who: str
    on: dt.date | None


@dataclass
class Row:
    group: MentoringGroup
    title: str
    mentor: list[Cell] = field(default_factory=list)
    mentees: list[Cell] = field(default_factory=list)
    addenda: list[Cell] = field(default_factory=list)
    no_addendum: str = ""  # on what else the work rests
    ordered_on: dt.date | None = None
    draft: Order | None = None


@dataclass
class Stack:
    """What one person has to sign."""

    person: Person
    papers: list[str]


class September:
    """The table of ``school`` as ``user`` reads it on the local day ``on``."""

    def __init__(self, user, school, on: dt.date):
        self.school, self.on = school, on
        first = dt.date(school_year(on), 9, 1)
        rows = cases(user, on).filter(school=school, withdrawn_on=None, closed_on=None)
        found = queries.with_people(rows.select_related("school__municipality").order_by("pk"))
        # A pair of an earlier year has its papers; what came since last summer is of this one.
        since = first - dt.timedelta(days=92)
        self.groups = [g for g in found if g.proposed_on >= since or _is_proposed(g)]
        self.pks = [group.pk for group in self.groups]
        self.drafts = bundles.draft_orders(self.pks)
        self.rows = self._rows()
        self.stacks = _stacks(bundles.unsigned(school, self.pks))

    @property
    def unordered(self) -> list[Row]:
        """Pairs that no order names yet."""
        return [row for row in self.rows if row.ordered_on is None and row.draft is None]

    def _rows(self) -> list[Row]:
        consents = {
            (c.group_id, c.post_id, c.role): c.signed_on
            for c in Consent.objects.in_force().filter(group__in=self.pks)
        }
        addenda = {
            a.appointment_id: a.signed_on
            for a in ContractAddendum.objects.filter(appointment__group__in=self.pks)
        }
        drafts = {}
        for order in self.drafts:
            named = list(order.lines.filter(dropped_on=None).values_list("group", flat=True))
            order.pairs = len(named)
            drafts |= dict.fromkeys(named, order)
        return [self._row(group, consents, addenda, drafts) for group in self.groups]

    def _row(self, group, consents, addenda, drafts) -> Row:
        row = Row(group, queries.title(group), draft=drafts.get(group.pk))
        for mentor in (m for m in group.mentor_rows if m.ends_on is None):
            name = mentor.post.person.short_name
            day = consents.get((group.pk, mentor.post_id, ConsentRole.MENTOR))
            row.mentor.append(Cell(name, mentor.consented_on or day))
            row.ordered_on = row.ordered_on or mentor.ordered_on
            if mentor.basis == Basis.ADDENDUM:
                row.addenda.append(Cell(name, addenda.get(mentor.pk)))
            else:
                row.no_addendum = mentor.get_basis_display()
        for member in (m for m in group.member_rows if m.left_on is None):
            day = consents.get((group.pk, member.post_id, ConsentRole.MENTEE))
            row.mentees.append(Cell(member.post.person.short_name, day))
        return row


def _is_proposed(group) -> bool:
    return any(row.ordered_on is None for row in group.mentor_rows)


def _stacks(sheets) -> list[Stack]:
    found: dict[int, Stack] = {}
    for sheet in sheets:
        stack = found.setdefault(sheet.person.pk, Stack(sheet.person, []))
        stack.papers.append(PaperKind(sheet.kind).label)
    for stack in found.values():
        kinds = dict.fromkeys(stack.papers)
        stack.papers = [
            f"{kind} × {stack.papers.count(kind)}" if stack.papers.count(kind) > 1 else kind
            for kind in kinds
        ]
    return list(found.values())
