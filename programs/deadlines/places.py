"""Orders, requests, transfers and the yearly duties of an organisation."""

import datetime as dt

from programs.choices import DateSource
from programs.deadlines.facts import OrderFacts, SchoolFacts
from programs.deadlines.kinds import EXPIRY_NOTICE_DAYS
from programs.deadlines.rows import Ledger, Row, curator, director
from programs.deadlines.rules import Rules
from schools.calendar import school_year
from schools.models import CheckKind


def of_order(order: OrderFacts) -> list[Row]:
    """Signature and scan, once an order however many pairs it covers."""
    row, found = order.row, []
    adopted = max((case.adopted_on for case in order.cases if case.adopted_on), default=None)
    lasting = [c for c in order.cases if not c.dropped_on]
    for school_id, rules in order.schools.items():
        ledger = Ledger(rules, adopted_on=adopted)
        ledger.owe(
            "order_signature",
            f"order:{row.pk}",
            director(school_id),
            opens=row.prepared_on,
            due=rules.after("order_signature", row.prepared_on),
            done=row.signed_on,
            alive=row.dropped_on is None and bool(lasting),
        )
        if row.signed_on:
            ledger.owe(
                "order_scan",
                f"order:{row.pk}",
                curator(school_id),
                opens=row.recorded_on,
                due=rules.after("order_scan", row.recorded_on),
                done=rules.local_date(row.scanned_at),
                alive=any(not c.closed_on and not c.withdrawn_on for c in lasting),
            )
        found += ledger.rows
    return found


def of_request(request, rules: Rules) -> list[Row]:
    ledger = Ledger(rules)
    ledger.owe(
        "request_answer",
        f"request:{request.pk}",
        curator(rules.school_id),
        opens=request.asked_on,
        due=rules.after("request_answer", request.asked_on),
        done=request.settled_on,
        about=request.person_id,
    )
    return ledger.rows


def of_transfer(transfer, rules: dict[int, Rules]) -> list[Row]:
    """Each side answers for itself; a refusal settles both."""
    found = []
    for school_id, confirmed in [
        (transfer.school_id, transfer.home_confirmed_on),
        (transfer.to_school_id, transfer.host_confirmed_on),
    ]:
        ledger = Ledger(rules[school_id])
        ledger.owe(
            "transfer",
            f"transfer:{transfer.pk}",
            curator(school_id),
            opens=transfer.asked_on,
            due=rules[school_id].after("transfer", transfer.asked_on),
            done=confirmed or transfer.refused_on,
            about=transfer.person_id,
        )
        found += ledger.rows
    return found


def of_school(school: SchoolFacts) -> list[Row]:
    ledger = Ledger(school.rules)
    _local_act(ledger, school)
    if school.yearly:
        _yearly(ledger, school)
    return ledger.rows


def _local_act(ledger: Ledger, school: SchoolFacts) -> None:
    """30 days after the first proposal made without an act; later, before the act expires."""
    rules, closed = school.rules, school.rules.closed_on
    bare = [
        day
        for day in school.proposals
        if not any(act.adopted_on <= day <= (act.valid_until or dt.date.max) for act in school.acts)
    ]
    if bare:
        first = min(bare)
        adopted = [act.adopted_on for act in school.acts if act.adopted_on > first]
        ledger.owe(
            "local_act",
            f"school:{rules.school_id}",
            director(rules.school_id),
            opens=first,
            due=rules.after("local_act", first),
            done=min(adopted, default=None),
            alive=closed is None,
        )
    for act in school.acts:
        if act.valid_until is None:
            continue
        next_ones = [
            other.adopted_on
            for other in school.acts
            if other.pk != act.pk
            and (other.valid_until is None or other.valid_until > act.valid_until)
        ]
        ledger.owe(
            "local_act",
            f"school:{rules.school_id}",
            director(rules.school_id),
            opens=max(act.adopted_on, act.valid_until - dt.timedelta(days=EXPIRY_NOTICE_DAYS)),
            due=act.valid_until,
            source=DateSource.ACT,
            done=min(next_ones, default=None),
            alive=closed is None or closed > act.valid_until,
            period=f"act:{act.pk}",
        )


def _yearly(ledger: Ledger, school: SchoolFacts) -> None:
    """The two school years before the horizon; earlier ones only where they were done."""
    rules = school.rules
    last = school_year(rules.horizon_on)
    known = {last - 1, last}
    known |= {check.school_year for check in school.checks}
    known |= {item.school_year for item in school.roadmap}
    for year in sorted(known):
        begins, ends = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
        checks = {c.kind: c.done_on for c in school.checks if c.school_year == year}
        planned = any(item.school_year == year for item in school.roadmap)
        named = [
            m.starts_on
            for m in school.curators
            if m.starts_on <= ends and (m.ends_on is None or m.ends_on >= ends)
        ]
        for kind, owner, done in [
            ("curator_named", director(rules.school_id), min(named, default=None)),
            # A plan has no day of its own making: it answers for its year from the first day.
            ("roadmap", director(rules.school_id), begins if planned else None),
            ("roster_refresh", curator(rules.school_id), checks.get(CheckKind.ROSTER)),
            ("site_section", curator(rules.school_id), checks.get(CheckKind.SITE)),
        ]:
            ledger.owe(
                kind,
                f"school:{rules.school_id}",
                owner,
                opens=begins,
                due=dt.date(year, 9, 15),
                done=done,
                alive=last - 1 <= year <= last
                and (rules.closed_on is None or rules.closed_on > begins),
                period=f"{year}/{(year + 1) % 100:02d}",
            )
