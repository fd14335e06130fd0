"""The list of pairs and groups with its export, and the pages of one case."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs import actions, casefile, papertrail, printable, queries, sheets
from programs.casefile import CaseFile
from programs.choices import ConsentRole
from programs.due import lines, merged, urgency
from programs.fields import KindSetField
from programs.formats import format_word, place_of
from programs.forms.filters import GroupFilter
from programs.models import Deadline, Document, MentoringGroup
from programs.permissions import (
    can_answer_help,
    can_answer_remark,
    can_ask_help,
    can_log_meeting,
    can_print_paper,
    can_settle_event,
    can_write_note,
    is_mentee_of,
)
from programs.states import AT_WORK, OVER
from schools import xlsx
from schools.calendar import add_months
from schools.models import Person, School
from schools.views.common import paginate, require

FEW = 3  # up to so many pairs are shown as plain cards, without filters


def _listed(request):
    """Cases that the filter leaves, and the filter itself."""
    on = timezone.localdate()
    groups = casefile.cases(request.user, on)
    own = MentoringGroup.objects.visible_to(request.user)
    schools = None
    if request.user.access.municipality_ids or len(request.user.access.school_ids) > 1:
        schools = School.objects.filter(pk__in=own.values("school"))
    filters = GroupFilter(
        request.GET or None,
        curators=Person.objects.filter(pk__in=own.values("curator")),
        schools=schools,
    )
    return _filtered(groups, filters, on), filters


def _filtered(groups, filters, on):
    state = filters.value("state")
    if state is None and filters.value("attention") != "closed_year":
        groups = groups.exclude(state__in=OVER)
    elif state == "WORK":
        groups = groups.filter(state__in=AT_WORK)
    elif state not in (None, "ALL"):
        groups = groups.filter(state=state)
    if filters.value("q"):
        groups = groups.search(filters.value("q"))
    if filters.value("form"):
        groups = groups.filter(form=filters.value("form"))
    if filters.value("kind"):
        groups = groups.filter(kinds__in=_masks(filters.value("kind")))
    if filters.value("attention"):
        groups = groups.filter(pk__in=_attention(filters.value("attention"), on))
    for name in ("curator", "school"):
        if name in filters.fields and filters.value(name):
            groups = groups.filter(**{name: filters.value(name)})
    return groups


def _attention(what: str, on):
    """Cases (pks) that ask for a look; the same rules as the figures above the list."""
    if what == "silent":
        return queries.silent_cases(on)
    if what == "closed_year":
        return MentoringGroup.objects.filter(closed_on__gte=add_months(on, -12)).values("pk")
    if what == "not_evaluated":
        return queries.cases_not_evaluated(on)
    return Deadline.objects.overdue(on).filter(group__isnull=False).values("group")


def _masks(kind: str) -> list[int]:
    """Every set of kinds that holds ``kind``: no database function is needed."""
    bit = KindSetField.to_mask([kind])
    return [mask for mask in range(1, KindSetField.EVERY + 1) if mask & bit]


@require_safe
def group_list(request):
    groups, filters = _listed(request)
    page = paginate(request, queries.with_people(groups, request.user), per_page=30)
    _name(page)
    few = page.paginator.count <= FEW and not filters.has_changed()
    context = {
        "page": page,
        "filters": filters,
        "few": few,
        "many_schools": "school" in filters.fields,
        "schools": School.objects.filter(pk__in=request.user.access.school_ids),
    }
    return render(request, "programs/group_list.html", context)


def _name(groups) -> None:
    for group in groups:
        group.name = queries.title(group)


@require_safe
def group_export(request):
    """What the filter shows, as a spreadsheet."""
    groups, _ = _listed(request)
    data = sheets.of_groups(queries.with_people(groups, request.user))
    return xlsx.download(f"Пары {timezone.localdate():%d.%m.%Y}.xlsx", data)


def _case(request, pk) -> CaseFile:
    on = timezone.localdate()
    group = get_object_or_404(casefile.cases(request.user, on), pk=pk)
    return CaseFile(group, request.user, on)


def _frame(case: CaseFile, tab: str) -> dict:
    """What every page of the case shows: name, state, tabs."""
    return {
        "case": case,
        "group": case.group,
        "name": case.title,
        "tab": tab,
        "may_note": may_note(case),
        "may_log": case.may_act(can_log_meeting(case.user, case.group)) and _running(case),
        "may_help": case.may_act(can_ask_help(case.user, case.group)),
    }


def may_note(case: CaseFile) -> bool:
    return case.runs and can_write_note(case.user, case.group)


def _running(case: CaseFile) -> bool:
    program = case.program
    return bool(program and program.approved_on and not program.closed_on and (
        program.starts_on <= case.on
    ))  # fmt: skip


@require_safe
def group_detail(request, pk):
    case = _case(request, pk)
    for row in case.help_requests:
        row.may_answer = row.answered_on is None and can_answer_help(request.user, row)
    for row in case.remarks:
        row.may_answer = row.answered_on is None and can_answer_remark(request.user, row)
    context = {
        **_frame(case, "main"),
        "chain": papertrail.chain(case),
        "due": _due(case),
        "more": actions.more_actions(case),
    }
    return render(request, "programs/group_detail.html", context)


def _due(case: CaseFile) -> list:
    """What the case waits for, the most urgent first."""
    names = {case.group.pk: case.title}
    events = {f"event:{event.pk}": event.title for event in case.events}
    dues = lines(case.deadlines, case.user, case.on, names=names, events=events)
    return merged(sorted(dues, key=urgency))


@require_safe
def group_work(request, pk):
    """The plan and the records of meetings."""
    case = _case(request, pk)
    own = request.user.access.person_id
    present = is_mentee_of(request.user, case.group)
    meetings = paginate(request, case.meetings(), per_page=20) if case.sees_meetings else None
    for meeting in meetings or []:
        rows = meeting.attendance.all()
        mine = (a for a in rows if a.member.post.person_id == own)
        meeting.mine = next((a for a in mine if present or a.confirmed_on), None)
        meeting.people = [a.member.post.person.short_name for a in rows if a.present]
        place = place_of([a.member for a in rows], case.group.school)
        meeting.how = format_word(meeting.format, place)
    context = {
        **_frame(case, "work"),
        "meetings": meetings,
        "may_settle": case.may_act(can_settle_event(request.user, case.group)) and _running(case),
    }
    return render(request, "programs/group_work.html", context)


@require_safe
def group_papers(request, pk):
    case = _case(request, pk)
    require(not case.is_inspector_only)
    documents = Document.objects.visible_to(request.user).filter(group=case.group)
    context = {
        **_frame(case, "papers"),
        "documents": documents.select_related("job", "post__person"),
        "printable": printable.of_case(case),
        "may_print": can_print_paper(request.user, case.group) and case.until is None,
        "consents": _consents(case),
        "orders": _orders(case),
    }
    return render(request, "programs/group_papers.html", context)


def _consents(case: CaseFile) -> list:
    """Papers as signed; what an order rests on is not taken back by a mark (ТК РФ, ст. 351.8)."""
    rows = case.group.consents.model.objects.visible_to(case.user).filter(group=case.group)
    ordered = {a.consent_id for a in case.every_appointment if a.ordered_on}
    joined = {m.post_id for m in case.every_member if m.joined_on and m.left_on is None}
    found = list(rows.select_related("post__person", "scan"))
    for row in found:
        kept = row.post_id in joined if row.role == ConsentRole.MENTEE else row.pk in ordered
        row.may_withdraw = case.runs and not row.withdrawn_on and not kept
    return found


def _orders(case: CaseFile) -> list:
    """Signed points about the case, with their orders."""
    lines = case.group.order_lines.filter(dropped_on=None, order__signed_on__isnull=False)
    found = list(lines.select_related("order__scan", "cancelled_by").order_by("order__signed_on"))
    return [x for x in found if case.until is None or x.order.signed_on <= case.until]


@require_safe
def group_history(request, pk):
    case = _case(request, pk)
    return render(request, "programs/group_history.html", {**_frame(case, "history"),
                                                           "lines": case.history()})  # fmt: skip
