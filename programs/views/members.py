"""Who belongs to a case: mentees, the mentor's successor and stand-in, notices."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs import initials, matching, queries
from programs.forms.members import (
    AddMemberForm,
    EndTemporaryForm,
    ReleaseMemberForm,
    ReplaceMentorForm,
    TemporaryMentorForm,
)
from programs.forms.papers import NoticeForm
from programs.models import GroupMember, MentorAppointment
from programs.permissions import (
    can_add_member,
    can_appoint_temporary,
    can_give_notice,
    can_release_member,
    can_replace_mentor,
)
from programs.views.files import kept
from programs.views.steps import ORDER_DRAFTED, case_or_404, posted, row_or_404, step_page
from programs.workflow.appointments import (
    appoint_temporary,
    drop_mentor,
    end_temporary,
    replace_mentor,
)
from programs.workflow.by_order import release_by_order
from programs.workflow.groups import add_member, drop_member, release_member
from programs.workflow.notices import give_notice
from schools.calendar import earliest_notice_effect
from schools.views.common import refusals_as_messages, require


@require_http_methods(["GET", "POST"])
def member_add(request, pk):
    group = case_or_404(request, pk)
    require(can_add_member(request.user, group))
    on = timezone.localdate()
    return step_page(
        request,
        AddMemberForm(*posted(request), group=group, on=on),
        partial(add_member, group, by=request.user, on=on),
        title="Добавить наставляемого",
        done="Наставляемый предложен: нужны согласия и пункт приказа.",
        back=group,
        lead=queries.title(group),
    )


def _member(request, pk) -> GroupMember:
    return row_or_404(request, GroupMember, pk, "post__person", "group__school")


@require_http_methods(["GET", "POST"])
def member_release(request, pk):
    member = _member(request, pk)
    require(can_release_member(request.user, member.group))
    on = timezone.localdate()
    made = []

    def step(*, by_order, **data):
        if by_order:
            made.append(release_by_order(member, by=request.user, on=on, **data))
        else:
            release_member(member, by=request.user, on=on, **data)

    return step_page(
        request,
        ReleaseMemberForm(*posted(request), initial={"left_on": on}),
        step,
        title=f"Выход из группы: {member.post.person.short_name}",
        done=lambda: ORDER_DRAFTED if made else "Выход отмечен.",
        back=lambda: made[0] if made else member.group,
        up=member.group.get_absolute_url(),
    )


@require_POST
def member_drop(request, pk):
    member = _member(request, pk)
    require(can_release_member(request.user, member.group))
    with refusals_as_messages(request):
        drop_member(member, by=request.user, on=timezone.localdate())
    return redirect(member.group)


def _candidates(group, on) -> list:
    mentees = [m.post for m in group.member_rows if m.left_on is None]
    taken = {m.person_id for m in mentees}
    found = matching.candidates(group.school, on, mentee=mentees[0] if mentees else None)
    return [c for c in found if c.post.person_id not in taken]


@require_http_methods(["GET", "POST"])
def mentor_replace(request, pk):
    group = case_or_404(request, pk)
    require(can_replace_mentor(request.user, group))
    on = timezone.localdate()
    form = ReplaceMentorForm(
        *posted(request),
        group=group,
        on=on,
        candidates=_candidates(group, on),
        initial={"starts_on": on},
    )
    return step_page(
        request,
        form,
        partial(replace_mentor, group, by=request.user, on=on),
        title="Заменить наставника",
        done="Новый наставник предложен: нужны его согласие и приказ.",
        back=group,
        lead="Программа, план и записи о встречах продолжаются с новым наставником.",
    )


@require_http_methods(["GET", "POST"])
def mentor_temporary(request, pk):
    group = case_or_404(request, pk)
    require(can_appoint_temporary(request.user, group))
    on = timezone.localdate()
    form = TemporaryMentorForm(
        *posted(request),
        group=group,
        on=on,
        candidates=_candidates(group, on),
        initial={"starts_on": on},
    )
    return step_page(
        request,
        form,
        partial(appoint_temporary, group, by=request.user, on=on),
        title="Временный наставник",
        done="Временный наставник предложен: нужны его согласие и приказ.",
        back=group,
        lead="На время длительного отсутствия: потом прежний наставник вернётся без новых бумаг.",
    )


def _appointment(request, pk) -> MentorAppointment:
    return row_or_404(request, MentorAppointment, pk, "post__person", "group__school")


@require_POST
def mentor_drop(request, pk):
    """Take back a successor or a stand-in who was proposed; the case goes on as it is."""
    appointment = _appointment(request, pk)
    require(can_replace_mentor(request.user, appointment.group))
    with refusals_as_messages(request):
        drop_mentor(appointment, by=request.user, on=timezone.localdate())
        messages.success(request, "Предложение снято.")
    return redirect(appointment.group)


@require_http_methods(["GET", "POST"])
def temporary_end(request, pk):
    appointment = _appointment(request, pk)
    require(can_appoint_temporary(request.user, appointment.group))
    on = timezone.localdate()
    return step_page(
        request,
        EndTemporaryForm(*posted(request), initial={"ends_on": on}),
        partial(end_temporary, appointment, by=request.user, on=on),
        title=f"Завершить временное назначение: {appointment.post.person.short_name}",
        done="Временное назначение завершено.",
        back=appointment.group,
    )


@require_http_methods(["GET", "POST"])
def notice_give(request, pk):
    """The mentor refuses or the employer cancels: three working days (ТК РФ, ст. 351.8)."""
    group = case_or_404(request, pk)
    require(can_give_notice(request.user, group))
    on = timezone.localdate()
    rows = group.appointments.ordered().filter(ends_on=None).select_related("post__person")
    appointment = get_object_or_404(rows.order_by("temporary", "-starts_on")[:1])
    earliest = earliest_notice_effect(on, group.school.week)
    initial = {"received_on": on, **initials.notice(appointment, on)}
    return step_page(
        request,
        NoticeForm(*posted(request), initial=initial),
        partial(_give, appointment, group.school, by=request.user, on=on),
        title=f"Отказ или отмена поручения: {appointment.post.person.short_name}",
        done="Уведомление записано: последний день наставника определён.",
        back=group,
        lead=f"При уведомлении сегодня самый ранний законный день — {earliest:%d.%m.%Y}:"
        " три полных рабочих дня, день уведомления не считается.",
        clause="ТК РФ, ст. 351.8",
    )


def _give(appointment, school, *, scan=None, by, on, **data):
    with kept(scan, school, by=by, field="scan") as stored:
        return give_notice(appointment, by=by, on=on, scan=stored, **data)
