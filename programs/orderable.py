"""What an organisation's next order could say: one point for each case that waits for it."""

from django.db.models import Exists, OuterRef

from programs import queries
from programs.choices import Basis, ConsentRole, LineAction, OrderKind
from programs.models import (
    Consent,
    Document,
    MentorAppointment,
    MentoringGroup,
    Order,
    OrderLine,
    PaperKind,
    TerminationNotice,
)
from programs.workflow.order_lines import LineDraft

KIND_OF = {
    LineAction.ASSIGN: OrderKind.ASSIGN,
    LineAction.REPLACE_MENTOR: OrderKind.REPLACE,
    LineAction.APPOINT_TEMPORARY: OrderKind.REPLACE,
    LineAction.ADD_MEMBER: OrderKind.CHANGE,
    LineAction.END_APPOINTMENT: OrderKind.CHANGE,
    LineAction.CLOSE: OrderKind.CLOSE,
    LineAction.EXTEND: OrderKind.EXTEND,
}


def points(school) -> dict[str, tuple[str, LineDraft]]:
    """{value: (words, line)}: value is «pk of the case:action». Five queries at most.

    Cases already named in an unsigned order are left out.
    """
    drafted = set(
        OrderLine.objects.filter(
            group__school=school, dropped_on=None, order__signed_on=None, order__dropped_on=None
        ).values_list("group", "action")
    )
    groups = queries.with_people(
        MentoringGroup.objects.open().filter(school=school).order_by("proposed_on", "pk")
    )
    noticed = set(
        TerminationNotice.objects.filter(
            appointment__group__school=school, appointment__end_line=None
        ).values_list("appointment", flat=True)
    )
    found = {}
    for group in groups:
        for action, note, data in _wanted(group, noticed):
            if (group.pk, action) not in drafted:
                label = f"{queries.title(group)}: {LineAction(action).label}{note}"
                found[f"{group.pk}:{action}"] = (label, LineDraft(group, action, data))
    return found


def _wanted(group, noticed: set[int]):
    """(action, note, data) for what the case waits for."""
    main = [a for a in group.mentor_rows if not a.temporary]
    ordered = [a for a in main if a.ordered_on]
    for appointment in group.mentor_rows:
        if appointment.ordered_on is None:
            action = LineAction.APPOINT_TEMPORARY
            if not appointment.temporary:
                action = LineAction.REPLACE_MENTOR if ordered else LineAction.ASSIGN
            new = f" — {appointment.post.person.short_name}"
            yield action, new if ordered else "", {}
        elif appointment.pk in noticed:
            day = f" с {appointment.ends_on:%d.%m.%Y}" if appointment.ends_on else ""
            yield LineAction.END_APPOINTMENT, day, {"appointment": appointment.pk}
    joining = [m for m in group.member_rows if m.joined_on is None and m.left_on is None]
    if ordered and joining:
        names = ", ".join(m.post.person.short_name for m in joining)
        yield LineAction.ADD_MEMBER, f" — {names}", {"members": [m.pk for m in joining]}


def missing_consents(order: Order) -> list[tuple[MentoringGroup, object, str]]:
    """(case, post, role in words) of consents that the points of a draft still need."""
    lines = order.lines.filter(dropped_on=None, cancelled_by=None)
    wanted = {LineAction.ASSIGN, LineAction.REPLACE_MENTOR, LineAction.APPOINT_TEMPORARY,
              LineAction.ADD_MEMBER}  # fmt: skip
    pks = [line.group_id for line in lines if line.action in wanted]
    groups = queries.with_people(MentoringGroup.objects.filter(pk__in=pks))
    given = set(
        Consent.objects.in_force().filter(group__in=pks).values_list("group", "post", "role")
    )
    missing = []
    for group in groups:
        for row in group.mentor_rows:
            if row.ordered_on is None and (group.pk, row.post_id, ConsentRole.MENTOR) not in given:
                missing.append((group, row.post, ConsentRole.MENTOR.label))
        for row in group.member_rows:
            waiting = row.joined_on is None and row.left_on is None
            if waiting and (group.pk, row.post_id, ConsentRole.MENTEE) not in given:
                missing.append((group, row.post, ConsentRole.MENTEE.label))
    return missing


def printed_addenda(order: Order) -> list[MentorAppointment]:
    """Mentors of a draft whose addendum is printed and not recorded: its date is enough."""
    lines = order.lines.filter(dropped_on=None, cancelled_by=None)
    prints = Document.objects.filter(
        kind=PaperKind.ADDENDUM, cancelled_on=None, group=OuterRef("group"), post=OuterRef("post")
    )
    rows = MentorAppointment.objects.filter(
        Exists(prints), group__in=lines.values("group"), basis=Basis.ADDENDUM, addenda=None,
        dropped_on=None, ends_on=None,
    )  # fmt: skip
    return list(rows.select_related("post__person", "group").order_by("post__person__name_key"))


def cancelling(line: OrderLine) -> LineDraft:
    """The point of an amending order that takes ``line`` back."""
    return LineDraft(line.group, LineAction.CANCEL, {"line": line.pk})
