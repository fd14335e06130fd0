"""One reading of the facts of cases, people and organisations: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from programs.deadlines.facts import CaseFacts, Facts, OrderFacts, ProgramFacts, SchoolFacts
from programs.deadlines.rules import SWITCHES, Rules
from programs.models import (
    Acquaintance,
    Consent,
    ContractAddendum,
    GroupMember,
    HelpRequest,
    Meeting,
    MentorAppointment,
    MentoringGroup,
    MentoringRequest,
    Order,
    OrderLine,
    PlannedEvent,
    Program,
    ProgramAgreement,
    ProgramAmendment,
    ProgramExtension,
    ProgramPause,
    Remark,
    TerminationNotice,
)
from schools.calendar import Calendar
from schools.history import Scope
from schools.models import (
    Absence,
    ActKind,
    LocalAct,
    Membership,
    MunicipalityPolicy,
    RoadmapItem,
    Role,
    School,
    SchoolBreak,
    SchoolPolicy,
    SchoolYearCheck,
    Transfer,
)


def rows(queryset, *fields: str, **renamed: str) -> list:
    """``queryset`` as named tuples, ``renamed`` columns reached through a join."""
    annotated = queryset.order_by("pk").annotate(
        **{name: F(path) for name, path in renamed.items()}
    )
    return list(annotated.values_list("pk", *fields, *renamed, named=True))


def gathered(found: Iterable, key: str) -> dict[int, list]:
    groups = defaultdict(list)
    for row in found:
        groups[getattr(row, key)].append(row)
    return groups


def cases_in(scope: Scope) -> Q:
    """Cases that a change of ``scope`` concerns, as a filter on ``MentoringGroup``."""
    about = Q(pk__in=scope.cases)
    if scope.schools:
        about |= Q(school__in=scope.schools)
    if scope.people:
        mentored = MentorAppointment.objects.filter(post__person__in=scope.people)
        learned = GroupMember.objects.filter(post__person__in=scope.people)
        about |= Q(pk__in=mentored.values("group")) | Q(pk__in=learned.values("group"))
    return about


def load(scope: Scope) -> Facts:
    """Everything that the deadlines of ``scope`` follow from."""
    groups = rows(
        MentoringGroup.objects.filter(cases_in(scope)),
        "school_id", "kinds", "proposed_on", "planned_starts_on", "adopted_on",
        "withdrawn_on", "closed_on",
    )  # fmt: skip
    pks = [group.pk for group in groups]
    members = rows(
        GroupMember.objects.filter(group__in=pks),
        "group_id", "post_id", "proposed_on", "joined_on", "joined_line_id", "left_on",
        "left_line_id",
        person_id="post__person_id", relation="post__relation",
        leaving_on="post__leaving_on", post_left_on="post__left_on",
    )  # fmt: skip
    appointments = rows(
        MentorAppointment.objects.filter(group__in=pks),
        "group_id", "post_id", "basis", "home_order", "home_agreement", "temporary",
        "proposed_on", "dropped_on", "consented_on", "order_line_id", "ordered_on", "starts_on",
        "expected_ends_on", "ends_on", "end_line_id", "follows_id",
        person_id="post__person_id", leaving_on="post__leaving_on",
        post_left_on="post__left_on", partner_agreement_on="partner__agreement_on",
    )  # fmt: skip
    people = set(scope.people) | {row.person_id for row in [*members, *appointments]}
    requests, transfers = _of_people(people, scope.schools)
    act_schools = set(scope.schools) | {group.school_id for group in groups}
    lines = rows(
        OrderLine.objects.filter(group__in=pks),
        "group_id", "order_id", "action", "dropped_on", "cancelled_by_id",
        signed_on="order__signed_on", program_due_on="order__program_due_on",
        order_dropped_on="order__dropped_on",
    )  # fmt: skip
    orders, order_lines = _orders({line.order_id for line in lines}, scope.schools)
    rules = _rules(
        act_schools
        | {line.school_id for line in order_lines}
        | {order.school_id for order in orders if order.school_id}
        | {request.school_id for request in requests}
        | {t.school_id for t in transfers}
        | {t.to_school_id for t in transfers}
    )
    return Facts(
        cases=_cases(groups, members, appointments, lines, rules),
        orders=_order_facts(orders, order_lines, rules),
        requests=requests,
        transfers=transfers,
        places=_places(act_schools, scope.schools, rules),
        rules=rules,
        people=people,
        schools=set(scope.schools),
    )


def _cases(groups, members, appointments, lines, rules) -> list[CaseFacts]:
    pks = [group.pk for group in groups]
    posts = {row.post_id for row in [*members, *appointments]}
    orders = {line.order_id for line in lines}
    consents = rows(
        Consent.objects.filter(group__in=pks),
        "group_id", "post_id", "role", "means", "signed_on", "recorded_on", "withdrawn_on",
        "supplements_id", scanned_at="scan__created_at",
    )  # fmt: skip
    named = set(
        Consent.members.through.objects.filter(consent__group__in=pks).values_list(
            "consent_id", "groupmember_id"
        )
    )
    addenda = rows(
        ContractAddendum.objects.filter(appointment__group__in=pks),
        "appointment_id", "signed_on", "recorded_on", scanned_at="scan__created_at",
    )  # fmt: skip
    notices = rows(
        TerminationNotice.objects.filter(appointment__group__in=pks),
        "appointment_id", "given_on", "recorded_on", "effective_on",
        scanned_at="scan__created_at",
    )  # fmt: skip
    help_requests = rows(
        HelpRequest.objects.filter(group__in=pks),
        "group_id", "member_id", "kind", "asked_on", "answered_on",
    )  # fmt: skip
    remarks = rows(
        Remark.objects.filter(group__in=pks), "group_id", "written_on", "due_on", "answered_on"
    )
    acquainted = {
        (row.order_id, row.person_id): row.signed_on
        for row in rows(
            Acquaintance.objects.filter(order__in=orders), "order_id", "person_id", "signed_on"
        )
    }
    absences = gathered(
        rows(
            Absence.objects.filter(post__in=posts),
            "post_id", "starts_on", "expected_on", "returned_on",
        ),
        "post_id",
    )  # fmt: skip
    by_group = {
        name: gathered(found, "group_id")
        for name, found in [
            ("members", members),
            ("appointments", appointments),
            ("lines", lines),
            ("consents", consents),
            ("help", help_requests),
            ("remarks", remarks),
        ]
    }
    addenda, notices = gathered(addenda, "appointment_id"), gathered(notices, "appointment_id")
    programs = _programs(pks)
    return [
        CaseFacts(
            row=group,
            rules=rules[group.school_id],
            members=by_group["members"][group.pk],
            appointments=by_group["appointments"][group.pk],
            consents=by_group["consents"][group.pk],
            named=named,
            addenda=addenda,
            notices=notices,
            lines={line.pk: line for line in by_group["lines"][group.pk]},
            programs=programs[group.pk],
            help=by_group["help"][group.pk],
            remarks=by_group["remarks"][group.pk],
            acquainted=acquainted,
            absences=absences,
        )
        for group in groups
    ]


def _programs(groups: list[int]) -> dict[int, list[ProgramFacts]]:
    found = rows(
        Program.objects.filter(group__in=groups),
        "group_id", "version", "opened_on", "submitted_on", "returned_on", "starts_on",
        "ends_on", "current_ends_on", "approved_on", "evaluated_on", "closed_on",
        "closing_line_id",
    )  # fmt: skip
    pks = [program.pk for program in found]

    def of(model, *fields):
        return gathered(
            rows(model.objects.filter(program__in=pks), "program_id", *fields), "program_id"
        )

    agreements = of(ProgramAgreement, "member_id", "version", "agreed_on")
    amendments = of(ProgramAmendment)
    extensions = of(ProgramExtension, "old_ends_on", "new_ends_on", "agreed_on")
    pauses = of(ProgramPause, "starts_on", "expected_on", "resumed_on")
    events = of(PlannedEvent, "due_on", "responsible", "settled_on")
    meetings = gathered(
        rows(
            Meeting.objects.filter(program__in=pks, cancelled_on=None),
            "program_id", "held_on", person_id="appointment__post__person_id",
        ),
        "program_id",
    )  # fmt: skip
    grouped = defaultdict(list)
    for row in found:
        grouped[row.group_id].append(
            ProgramFacts(
                row,
                agreements[row.pk],
                len(amendments[row.pk]),
                extensions[row.pk],
                pauses[row.pk],
                events[row.pk],
                meetings[row.pk],
            )
        )
    return grouped


def _orders(pks: set[int], schools) -> tuple[list, list]:
    """Orders with a line of the cases or in a register of ``schools``, and all their lines."""
    orders = rows(
        Order.objects.filter(Q(pk__in=pks) | Q(register__school__in=schools)),
        "prepared_on", "dropped_on", "signed_on", "recorded_on",
        school_id="register__school_id", scanned_at="scan__created_at",
    )  # fmt: skip
    lines = rows(
        OrderLine.objects.filter(order__in=[order.pk for order in orders]),
        "order_id", "dropped_on",
        school_id="group__school_id", adopted_on="group__adopted_on",
        closed_on="group__closed_on", withdrawn_on="group__withdrawn_on",
    )  # fmt: skip
    return orders, lines


def _order_facts(orders, lines, rules) -> list[OrderFacts]:
    by_order = gathered(lines, "order_id")
    facts = []
    for order in orders:
        own = {order.school_id} if order.school_id else {x.school_id for x in by_order[order.pk]}
        facts.append(OrderFacts(order, by_order[order.pk], {pk: rules[pk] for pk in sorted(own)}))
    return facts


def _of_people(people: set[int], schools) -> tuple[list, list]:
    requests = rows(
        MentoringRequest.objects.filter(Q(post__person__in=people) | Q(post__school__in=schools)),
        "asked_on", "settled_on",
        person_id="post__person_id", school_id="post__school_id",
    )  # fmt: skip
    transfers = rows(
        Transfer.objects.filter(
            Q(post__person__in=people) | Q(post__school__in=schools) | Q(to_school__in=schools)
        ),
        "to_school_id", "asked_on", "home_confirmed_on", "host_confirmed_on", "refused_on",
        person_id="post__person_id", school_id="post__school_id",
    )  # fmt: skip
    return requests, transfers


def _rules(schools: set[int]) -> dict[int, Rules]:
    found = rows(
        School.objects.filter(pk__in=schools),
        "kind", "week", "closed_on", "municipality_id",
        zone="municipality__time_zone", horizon_on="municipality__horizon_on",
    )  # fmt: skip
    places = {school.municipality_id for school in found}
    policies = gathered(
        rows(SchoolPolicy.objects.filter(school__in=schools), "school_id", "starts_on", *SWITCHES),
        "school_id",
    )
    district = gathered(
        rows(
            MunicipalityPolicy.objects.filter(municipality__in=places),
            "municipality_id", "starts_on", "days", "dates_confirmed",
        ),
        "municipality_id",
    )  # fmt: skip
    breaks = gathered(
        rows(
            SchoolBreak.objects.filter(municipality__in=places),
            "municipality_id", "kind", "starts_on", "ends_on",
        ),
        "municipality_id",
    )  # fmt: skip
    calendar = Calendar.load()
    return {
        school.pk: Rules(
            school_id=school.pk,
            municipality_id=school.municipality_id,
            week=school.week,
            zone=school.zone,
            horizon_on=school.horizon_on,
            closed_on=school.closed_on,
            calendar=calendar,
            policies=sorted(
                (p.starts_on, {name: getattr(p, name) for name in SWITCHES})
                for p in policies[school.pk]
            ),
            district=sorted(
                (p.starts_on, p.days or {}, p.dates_confirmed)
                for p in district[school.municipality_id]
            ),
            breaks=sorted(
                (b.starts_on, b.ends_on)
                for b in breaks[school.municipality_id]
                if b.kind == school.kind
            ),
        )
        for school in found
    }


def _places(act_schools: set[int], yearly: Iterable[int], rules) -> list[SchoolFacts]:
    acts = gathered(
        rows(
            LocalAct.objects.filter(school__in=act_schools, kind=ActKind.REGULATION),
            "school_id", "adopted_on", "valid_until",
        ),
        "school_id",
    )  # fmt: skip
    proposals = defaultdict(list)
    proposed = (
        MentoringGroup.objects.filter(school__in=act_schools, withdrawn_on=None)
        .order_by("proposed_on")
        .values_list("school_id", "proposed_on")
        .distinct()
    )
    for school_id, day in proposed:
        proposals[school_id].append(day)

    def of(queryset, *fields):
        found = rows(queryset.filter(school__in=yearly), "school_id", *fields) if yearly else []
        return gathered(found, "school_id")

    checks = of(SchoolYearCheck.objects, "school_year", "kind", "done_on")
    roadmap = of(RoadmapItem.objects, "school_year")
    curators = of(Membership.objects.filter(role=Role.CURATOR), "starts_on", "ends_on")
    return [
        SchoolFacts(
            rules[pk], pk in yearly, acts[pk], proposals[pk], checks[pk], roadmap[pk], curators[pk]
        )
        for pk in sorted(act_schools)
    ]
