"""Steps that an organisation takes by order: a draft whose signing does them.

What the signing would refuse is refused now, while the form is still open; the signing decides
anew, because the draft may wait.
"""

import datetime as dt

from programs.choices import LineAction, OrderKind
from programs.models import GroupMember, Order, Program
from programs.workflow.members import check_release
from programs.workflow.order_lines import LineDraft
from programs.workflow.orders import default_register, draft_order
from programs.workflow.term import check_extension


def extend_by_order(
    program: Program, *, by, on: dt.date, new_ends_on: dt.date, reason: str, agreed_on: dt.date
) -> Order:
    """Draft the order that extends the programme when it is signed.

    Raises:
        TransitionError: as ``extend_program`` and ``draft_order``.
    """
    check_extension(program, on=on, new_ends_on=new_ends_on, reason=reason, agreed_on=agreed_on)
    data = {
        "ends_on": new_ends_on.isoformat(),
        "agreed_on": agreed_on.isoformat(),
        "reason": reason.strip(),
    }
    return _draft(program.group, OrderKind.EXTEND, LineAction.EXTEND, data, by=by, on=on)


def release_by_order(
    member: GroupMember,
    *,
    by,
    on: dt.date,
    left_on: dt.date,
    ground: str,
    statement_on: dt.date | None = None,
    result: str = "",
) -> Order:
    """Draft the order that lets the mentee out of the group when it is signed.

    Raises:
        TransitionError: as ``release_member`` and ``draft_order``.
    """
    check_release(member, on=on, left_on=left_on, ground=ground, statement_on=statement_on)
    data = {
        "members": [member.pk],
        "left_on": left_on.isoformat(),
        "ground": ground,
        "statement_on": statement_on and statement_on.isoformat(),
        "result": result.strip(),
    }
    return _draft(member.group, OrderKind.CHANGE, LineAction.RELEASE_MEMBER, data, by=by, on=on)


def _draft(group, kind: str, action: str, data: dict, *, by, on: dt.date) -> Order:
    register = default_register(group.school)
    return draft_order(register, by=by, on=on, kind=kind, lines=[LineDraft(group, action, data)])
