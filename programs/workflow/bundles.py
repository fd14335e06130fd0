"""Everything that people have to sign, as one stack: asked for in one press, drawn by one job."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from programs import initials, queries
from programs.choices import Basis, ConsentRole
from programs.errors import DomainError, TransitionError
from programs.models import Consent, ContractAddendum, Document, MentoringGroup, Order, PaperKind
from programs.workflow import contract_papers, papers
from schools import jobs
from schools.models import Job, Person, School


@dataclass
class Sheet:
    """One paper that waits for a person's signature. ``subject`` is what its print is about."""

    person: Person
    kind: PaperKind
    group: MentoringGroup
    subject: object

    def print(self, *, by, on: dt.date) -> Document:
        """Freeze the paper; a worker draws it.

        Raises:
            TransitionError: those of the print's own step.
        """
        if self.kind == PaperKind.MENTOR_CONSENT:
            return papers.print_mentor_consent(self.group, by=by, on=on)
        if self.kind == PaperKind.MENTEE_CONSENT:
            return papers.print_mentee_consent(self.subject, by=by, on=on)
        terms = addendum_terms(self.subject, on)
        return contract_papers.print_addendum(self.subject, by=by, on=on, **terms)


def print_bundle(school: School, *, by, on: dt.date, groups, person: Person | None = None) -> Job:
    """Ask for one PDF of all papers of ``groups`` that wait for a signature.

    Args:
        person: only what this person signs.

    Raises:
        TransitionError: ``nothing_to_print``.
    """
    pks = [group.pk for group in groups]
    waiting = unsigned(school, pks, person)
    if not waiting:
        raise TransitionError("nothing_to_print", "Всё уже подписано, печатать нечего.")
    params = {"groups": pks, "person": person.pk if person else None}
    return jobs.start("bundle", owner=by, school=school, params=params, total=len(waiting) + 1)


def unsigned(school: School, groups, person: Person | None = None) -> list[Sheet]:
    """Consents and addenda that wait for a signature in ``groups`` (pks), a person's together."""
    cases = queries.with_people(
        MentoringGroup.objects.open().filter(school=school, pk__in=groups).order_by("pk")
    )
    cases = list(cases.select_related("school__municipality"))
    given, named = _given(groups), _named(groups)
    added = set(
        ContractAddendum.objects.filter(appointment__group__in=groups).values_list(
            "appointment", flat=True
        )
    )
    found = []
    for group in cases:
        group.school = school
        found += _of_the_mentor(group, given, named, added)
        found += [
            Sheet(m.post.person, PaperKind.MENTEE_CONSENT, group, m)
            for m in group.member_rows
            if m.left_on is None and (group.pk, m.post_id, ConsentRole.MENTEE) not in given
        ]
    if person is not None:
        found = [sheet for sheet in found if sheet.person.pk == person.pk]
    return sorted(found, key=lambda s: (s.person.name_key, s.person.pk, s.group.pk))


def _given(groups) -> set[tuple[int, int, str]]:
    rows = Consent.objects.in_force().filter(group__in=groups)
    return set(rows.values_list("group", "post", "role"))


def _named(groups) -> set[tuple[int, int]]:
    """(mentor's post, mentee) of each naming in a mentor's consent in force."""
    rows = Consent.objects.in_force().filter(group__in=groups, role=ConsentRole.MENTOR)
    return set(rows.values_list("post", "members"))


def _of_the_mentor(group, given, named, added) -> list[Sheet]:
    found = []
    coming = [m.pk for m in group.member_rows if m.left_on is None and m.joined_on is None]
    for row in group.mentor_rows:
        if row.ends_on is not None:
            continue
        row.group = group
        first = row.ordered_on is None and (group.pk, row.post_id, ConsentRole.MENTOR) not in given
        # A mentee who came after the consent needs a paper that names them (Положение, 3.3).
        if first or any((row.post_id, member) not in named for member in coming):
            found.append(Sheet(row.post.person, PaperKind.MENTOR_CONSENT, group, row))
        if row.basis == Basis.ADDENDUM and row.pk not in added:
            found.append(Sheet(row.post.person, PaperKind.ADDENDUM, group, row))
    return found


def addendum_terms(appointment, on: dt.date) -> dict:
    """What the addendum of ``appointment`` says: as printed last, else as the school's last one."""
    known = contract_papers.printed_terms(PaperKind.ADDENDUM, appointment)
    terms = known or initials.addendum(appointment.group, appointment, on)
    dates = ("starts_on", "ends_on", "contract_on")
    words = ("content", "work_form", "pay_kind", "pay_basis", "employer_position",
             "employer_name", "contract_number", "number")  # fmt: skip
    amount = terms.get("pay_amount")
    return {
        **{name: terms.get(name) for name in dates},
        **{name: terms.get(name) or "" for name in words},
        "pay_amount": Decimal(amount) if amount else None,
    }


def freeze(job: Job, on: dt.date) -> tuple[list[Document], list[str]]:
    """The prints of the stack that ``job`` asks for, and in words what could not be printed.

    A second run of the same job finds the prints of the first.
    """
    person = job.params["person"]
    person = Person.objects.get(pk=person) if person else None
    documents, refused = [], []
    with papers.drawn_by(job):
        for sheet in unsigned(job.school, job.params["groups"], person):
            try:
                documents.append(sheet.print(by=job.owner, on=on))
            except DomainError as error:
                what = PaperKind(sheet.kind).label
                refused.append(f"{sheet.person.short_name}, {what}: {error.message}")
        orders = [] if person else draft_orders(job.params["groups"])
        documents += [papers.print_order(order, by=job.owner, on=on) for order in orders]
    return documents, refused


def draft_orders(groups) -> list[Order]:
    """Unsigned orders that name one of ``groups`` (pks)."""
    named = Order.objects.filter(
        lines__group__in=groups, lines__dropped_on=None, signed_on=None, dropped_on=None
    )
    return list(named.select_related("register__school__municipality").distinct().order_by("pk"))
