"""What steps of a programme ask of the line of an order."""

import datetime as dt

from programs.choices import LineAction
from programs.errors import TransitionError
from programs.models import MentoringGroup, OrderLine, Program
from programs.workflow.order_lines import day_of


def require_signed_line(line: OrderLine, group: MentoringGroup, action: LineAction) -> OrderLine:
    """``line`` read anew: of this case, of this action, signed and still in force.

    Raises:
        TransitionError: ``line_of_another_case`` or ``line_not_signed``.
    """
    line = OrderLine.objects.select_related("order").get(pk=line.pk)
    if line.group_id != group.pk or line.action != action:
        raise TransitionError(
            "line_of_another_case", "Этот пункт приказа — о другом.", field="line"
        )
    if line.order.signed_on is None or line.dropped_on or line.cancelled_by_id:
        raise TransitionError(
            "line_not_signed", "Приказ не подписан или пункт отменён.", field="line"
        )
    return line


def line_day(line: OrderLine, name: str, message: str) -> dt.date:
    """A day that the line must name; refuses its absence as ``line_incomplete``."""
    day = day_of(line, name)
    if day is None:
        raise TransitionError("line_incomplete", message)
    return day


def line_program(line: OrderLine) -> Program:
    """The open programme of the line's case; refuses where there is none."""
    program = line.group.programs.filter(closed_on=None).first()
    if program is None:
        raise TransitionError("no_open_program", "У пары нет открытой программы.")
    program.group = line.group
    return program
