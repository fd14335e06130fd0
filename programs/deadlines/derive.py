"""Facts to rows: pure, without a query and without a clock."""

from programs.deadlines import changes, course, papers, places
from programs.deadlines.case import Case
from programs.deadlines.facts import CaseFacts, Facts
from programs.deadlines.rows import Row


def of_case(facts: CaseFacts) -> list[Row]:
    """Every deadline that hangs on one case."""
    case = Case(facts)
    papers.derive(case)
    course.derive(case)
    changes.derive(case)
    return case.ledger.rows


def derive(facts: Facts) -> list[Row]:
    """Every live deadline that ``facts`` answer for, each key once."""
    found = [row for case in facts.cases for row in of_case(case)]
    for order in facts.orders:
        found += places.of_order(order)
    for request in facts.requests:
        found += places.of_request(request, facts.rules[request.school_id])
    for transfer in facts.transfers:
        # The other side's row belongs to another organisation: it may be outside the scope.
        found += [
            row
            for row in places.of_transfer(transfer, facts.rules)
            if transfer.person_id in facts.people or row.school_id in facts.schools
        ]
    for place in facts.places:
        found += places.of_school(place)
    # A mentee who left and came back is two members and one owner: the later part counts.
    return list({row.key: row for row in found}.values())
