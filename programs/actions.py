"""Buttons of a case: what leads to a form, and the steps that no paper asks for now."""

from dataclasses import dataclass

from django.urls import reverse

from programs import permissions as may
from programs.casefile import CaseFile


@dataclass(frozen=True)
class Action:
    """A button that leads to the form which settles something."""

    label: str
    url: str
    primary: bool = False


def more_actions(case: CaseFile) -> list[Action]:
    """Steps that no paper asks for now, but that this person may take."""
    group, user, found = case.group, case.user, []

    def offer(allowed, label, name, row=group):
        if case.may_act(allowed):
            found.append(Action(label, reverse(name, args=[row.pk])))

    ordered = case.was_ordered
    working = case.program is not None and case.program.approved_on and not case.program.closed_on
    if not ordered:
        offer(may.can_change_proposal(user, group), "Изменить предложение", "group-change")
        offer(may.can_withdraw_proposal(user, group), "Снять предложение", "group-withdraw")
    offer(may.can_add_member(user, group), "Добавить наставляемого", "member-add")
    if ordered:
        offer(may.can_give_notice(user, group), "Отказ или отмена поручения", "notice-give")
        offer(may.can_replace_mentor(user, group), "Заменить наставника", "mentor-replace")
        offer(may.can_appoint_temporary(user, group), "Временный наставник", "mentor-temporary")
    if working:
        offer(may.can_amend_program(user, group), "Скорректировать программу", "program-amend")
        offer(may.can_extend_program(user, group), "Продлить программу", "program-extend")
        if case.pause is None:
            offer(may.can_pause_program(user, group), "Приостановить", "program-pause")
    elif ordered and case.program is not None:
        offer(may.can_close_program(user, group), "Завершить досрочно", "program-close")
    if case.mentor is not None:
        offer(may.can_grant_incentive(user, group), "Поощрить наставника", "incentive-grant")
    offer(may.can_write_remark(user, group), "Написать замечание", "remark-write")
    return found
