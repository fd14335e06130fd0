"""Pairs that already run on paper: past dates on one page.

History keeps the date of the paper (``signed_on``, ``approved_on``) and the date of entry
(``recorded_on``, ``adopted_on``, the event's day) apart.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from programs.choices import Basis, ConsentRole, LineAction, OrderKind
from programs.documents.data.orders import order_row
from programs.errors import TransitionError
from programs.models import MentoringGroup, Order, OrderLine, OrderRegister
from programs.models.orders import PAPER_TEXT
from programs.signatories import refuse_mentor_name
from programs.workflow import proposals
from programs.workflow.adopted_work import adopt_program, keep_earlier
from programs.workflow.base import names, not_in_future
from programs.workflow.consents import write_consent
from programs.workflow.groups import check_proposal, create_case
from programs.workflow.locking import issuer_step, refusing
from programs.workflow.order_lines import LINE_HANDLERS, LineDraft
from programs.workflow.orders import default_register, write_draft
from programs.workflow.policies import policy_on
from programs.workflow.proposals import MentorTerms
from programs.workflow.signing import register_year
from schools.calendar import programme_bounds
from schools.models import Partner, Person, School, StaffMember
from schools.text import clean, key


@dataclass(frozen=True)
class Papers:
    """What the pair has on paper: dates, number, who signed."""

    consented_on: dt.date | None
    order_number: str
    ordered_on: dt.date | None
    position: str
    name: str
    signatory: Person | None = None
    mentee_consents: dict[int, dt.date] = field(default_factory=dict)

    def are_lawful(self, school: School, mentees) -> bool:
        """An order, the mentor's consent not later, and the mentees' where they are asked for.

        Source: Положение, 3.3; ТК РФ, ст. 351.8.
        """
        if not (self.order_number and self.ordered_on and self.consented_on):
            return False
        if self.consented_on > self.ordered_on:
            return False
        if not policy_on(school.pk, self.ordered_on).mentee_consent_required:
            return True
        given = [self.mentee_consents.get(post.pk) for post, _ in mentees]
        return all(day is not None and day <= self.ordered_on for day in given)


@transaction.atomic
def adopt_case(
    school: School,
    *,
    by,
    on: dt.date,
    mentor: StaffMember,
    mentees: list[tuple[StaffMember, str]],
    form: str,
    kinds,
    why: str,
    curator: Person,
    consented_on: dt.date | None,
    order_number: str = "",
    ordered_on: dt.date | None = None,
    signatory_position: str = "",
    signatory_name: str = "",
    signatory: Person | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    basis: str = Basis.ADDENDUM,
    duty_clause: str = "",
    duty_dated: dt.date | None = None,
    home_order: str = "",
    home_agreement: str = "",
    partner: Partner | None = None,
    hours_per_month: int | None = None,
    mentee_consents: dict[int, dt.date] | None = None,
    program: dict | None = None,
    earlier: dict | None = None,
    register: OrderRegister | None = None,
) -> MentoringGroup:
    """Enter a pair that already works, with the dates of its papers.

    With lawful papers (see ``Papers.are_lawful``) the order is recorded as signed — a second
    pair of the same order becomes a line of it —, the mentor is appointed from ``starts_on``
    as the paper says, the mentees join, and an approved programme enters with its own dates.
    Otherwise the pair enters as a proposal, the consents that exist are kept, a new ASSIGN
    order is drafted and a programme becomes a draft without a term.

    Args:
        ends_on: planned last day; the programme's, else twelve months, where nothing is said.
        mentee_consents: {post pk: date on the paper}.
        program: dict(goal, tasks, starts_on, ends_on, approved_on, approved_position,
            approved_name), also results, strengths, schedule.
        earlier: meetings before the order, dict(starts_on, ends_on, hours, text): they stay
            as help outside the programme.

    Raises:
        TransitionError: ``date_in_future``, ``signatory_missing``, ``mentor_named``,
            ``number_taken``, ``term_over``, ``earlier_dates_wrong``, ``text_missing`` and the
            codes of ``propose_group``, ``write_consent``, ``sign_order`` and ``plan.set_term``.
            Nothing is changed then.
    """
    terms = MentorTerms(
        basis, duty_clause, duty_dated, home_order, home_agreement, partner, hours_per_month
    )
    papers = Papers(
        consented_on,
        clean(order_number),
        ordered_on,
        clean(signatory_position),
        clean(signatory_name),
        signatory,
        mentee_consents or {},
    )
    ends_on = ends_on or (program or {}).get("ends_on") or programme_bounds(starts_on)[1]
    _check_days(papers, on)
    register = register or default_register(school)
    with issuer_step(register, list, by=by, on=on) as (change, _):
        school = School.objects.select_related("municipality").get(pk=school.pk)
        check_proposal(school, mentor, mentees, form, kinds, why, curator, terms, on=on)
        proposals.check_term(starts_on, ends_on)
        lawful = papers.are_lawful(school, mentees)
        if not lawful and ends_on < on:
            raise TransitionError(
                "term_over",
                "Приказа с согласием наставника нет, а срок закончился: укажите новый срок.",
                field="ends_on",
            )
        group = create_case(
            change,
            school=school,
            mentor=mentor,
            mentees=mentees,
            terms=terms,
            starts_on=starts_on,
            form=form,
            kinds=kinds,
            why=why.strip(),
            curator=curator,
            proposed_on=min(on, papers.consented_on, starts_on) if lawful else on,
            planned_starts_on=starts_on,
            planned_ends_on=ends_on,
            adopted_on=on,
        )
        _record_consents(change, group, mentor, mentees, papers)
        told = {
            "school": school.pk,
            "mentor": mentor.person.short_name,
            "mentees": names(post.person for post, _ in mentees),
        }
        if lawful:
            change.record(
                "case_adopted",
                group,
                order=papers.order_number,
                ordered_on=ordered_on,
                consented_on=consented_on,
                **told,
            )
            _adopt_order(change, register, group, papers)
        else:
            change.record("case_adopted_as_proposal", group, **told)
            draft = [LineDraft(group, LineAction.ASSIGN)]
            write_draft(change, register, {group.pk: group}, kind=OrderKind.ASSIGN, lines=draft)
        if program:
            adopt_program(change, group, program, lawful=lawful)
        if earlier:
            keep_earlier(change, group, mentor, mentees, earlier, lawful=lawful)
        return group


def _check_days(papers: Papers, on: dt.date) -> None:
    if papers.consented_on is not None:
        not_in_future(papers.consented_on, on, field="consented_on", what="Дата согласия")
    if papers.ordered_on is not None:
        not_in_future(papers.ordered_on, on, field="ordered_on", what="Дата приказа")
    if bool(papers.order_number) != (papers.ordered_on is not None):
        raise TransitionError(
            "order_incomplete",
            "У приказа есть и номер, и дата.",
            field="ordered_on" if papers.order_number else "order_number",
        )
    if papers.ordered_on is not None and not (papers.position and papers.name):
        raise TransitionError(
            "signatory_missing",
            "Укажите, кто подписал приказ, и должность.",
            field="signatory_position" if papers.name else "signatory_name",
        )


def _record_consents(change, group, mentor, mentees, papers: Papers) -> None:
    if papers.consented_on is not None:
        write_consent(
            change, group, role=ConsentRole.MENTOR, post=mentor, signed_on=papers.consented_on
        )
    for post, _ in mentees:
        day = papers.mentee_consents.get(post.pk)
        if day is not None:
            write_consent(change, group, role=ConsentRole.MENTEE, post=post, signed_on=day)


def _adopt_order(change, register: OrderRegister, group, papers: Papers) -> None:
    refuse_mentor_name(
        group,
        papers.name,
        field="signatory_name",
        what="подписать приказ",
        person=papers.signatory,
    )
    order = _order_on_paper(change, register, group, papers)
    line = OrderLine(order=order, group=group, action=LineAction.ASSIGN, data={"as_on_paper": True})
    rule = LINE_HANDLERS[line.action]
    rule.prepare(line, order)
    line.data["row"] = order_row(line)
    line.save()
    rule.apply(line, order, change)


def _order_on_paper(change, register: OrderRegister, group, papers: Papers) -> Order:
    """The paper order, recorded now or with an earlier pair of it."""
    starts_on, ends_on = register_year(register, papers.ordered_on)
    known = Order.objects.filter(
        register=register, year_starts_on=starts_on, number_key=key(papers.order_number)
    ).first()
    if known is not None and known.signed_on == papers.ordered_on and known.is_from_paper:
        refuse_mentor_name(
            group, known.signatory_name, field="order_number", what="подписать приказ"
        )
        return known
    taken = f"Приказ №\u00a0{papers.order_number} в этой книге за этот год уже есть."
    if known is not None:
        raise TransitionError("number_taken", taken, field="order_number")
    with refusing("number_taken", taken, field="order_number"):
        order = Order.objects.create(
            register=register,
            kind=OrderKind.ASSIGN,
            title=OrderKind.ASSIGN.label.capitalize(),
            prepared_on=change.on,
            number=papers.order_number,
            number_key=key(papers.order_number),
            signed_on=papers.ordered_on,
            recorded_on=change.on,
            year_starts_on=starts_on,
            year_ends_on=ends_on,
            signatory_position=papers.position,
            signatory_name=papers.name,
            text=PAPER_TEXT,
        )
    change.record(
        "order_signed",
        order,
        school=register.school_id,
        municipality=register.municipality_id,
        number=order.number,
        signed_on=order.signed_on,
        title=order.title,
        signatory=order.signatory_name,
        cases=1,
    )
    return order
