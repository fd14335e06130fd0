"""The programme: draft with its plan on one page, agreement, approval, changes of term."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs import initials, queries
from programs.casefile import CaseFile, own_member
from programs.forms.programs import (
    AgreeForm,
    ApproveForm,
    PlanFormSet,
    ProgramForm,
    ReturnForm,
    TemplateForm,
    known_events,
    plan_initial,
    plan_rows,
)
from programs.forms.requests import needs_of
from programs.models import Program
from programs.permissions import (
    can_agree_program,
    can_approve_program,
    can_edit_program,
    can_return_program,
)
from programs.prefill import prefill
from programs.views.steps import case_or_404, posted, row_or_404, step_page
from programs.workflow.programs import (
    add_event,
    agree_program,
    approve_program,
    change_event,
    draft_program,
    remove_event,
    return_program,
    submission_warnings,
    submit_program,
)
from programs.workflow.running import deciding_members
from schools.errors import DomainError
from schools.views.common import refusals_as_messages, render_form, require

TEXTS = ("goal", "tasks", "strengths", "schedule", "results", "starts_on", "ends_on")


def open_program(group) -> Program:
    """The case's open programme; 404 where there is none."""
    program = get_object_or_404(group.programs.filter(closed_on=None))
    program.group = group
    return program


@require_http_methods(["GET", "POST"])
def program_edit(request, pk):
    """Text and plan in one form; without JavaScript each saving brings three empty rows more."""
    group = case_or_404(request, pk)
    require(can_edit_program(request.user, group))
    program = group.programs.filter(closed_on=None).first()
    if program is not None and (program.submitted_on or program.approved_on):
        return redirect(group)
    events = known_events(program)
    form = ProgramForm(*posted(request), school=group.school, initial=_initial(group, program))
    plan = PlanFormSet(
        request.POST or None,
        prefix="plan",
        initial=plan_initial(events.values()),
        form_kwargs={"needs": needs_of(group.school)},
    )
    if request.method == "POST" and _saved(request, group, form, plan, events):
        return redirect(group if "submit" in request.POST else "program-edit", *_at(request, pk))
    context = {
        "group": group,
        "name": queries.title(group),
        "program": program,
        "plan": plan,
        "templates": TemplateForm(school=group.school) if not events else None,
        "warnings": submission_warnings(program) if program and events else [],
    }
    if plan.is_bound and not plan.is_valid() and not form.errors:
        form.add_error(None, "Проверьте план: в нём есть незаполненные места.")
    return render_form(request, "programs/program_edit.html", context, form)


def _at(request, pk) -> list:
    return [] if "submit" in request.POST else [pk]


def _initial(group, program) -> dict:
    if program is None:
        return prefill(group)
    texts = {name: getattr(program, name) for name in TEXTS}
    return {**texts, "needs": program.needs.all(), "directions": program.directions.all()}


def _saved(request, group, form, plan, events) -> bool:
    """Save text and plan, and submit where the second button was pressed: all or nothing."""
    if not (form.is_valid() and plan.is_valid()):
        return False
    by, on = request.user, timezone.localdate()
    try:
        with transaction.atomic():
            program = draft_program(group, by=by, on=on, **form.cleaned_data)
            for action, pk, values in plan_rows(plan):
                if action == "add":
                    add_event(program, by=by, on=on, **values)
                elif action == "change":
                    change_event(events[pk], by=by, on=on, **values)
                else:
                    remove_event(events[pk], by=by, on=on)
            if "submit" in request.POST:
                submit_program(program, by=by, on=on)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(
        request,
        "Программа передана на согласование." if "submit" in request.POST else "Сохранено.",
    )
    return True


@require_POST
def program_template(request, pk):
    """Begin with a ready programme: its texts where there are none, and its events."""
    group = case_or_404(request, pk)
    require(can_edit_program(request.user, group))
    form = TemplateForm(request.POST, school=group.school)
    if form.is_valid():
        with refusals_as_messages(request):
            draft_program(
                group, by=request.user, on=timezone.localdate(),
                template=form.cleaned_data["template"], **_begun(group),
            )  # fmt: skip
            messages.success(request, "Готовая программа взята за основу: поправьте под себя.")
    else:
        messages.error(request, "Выберите готовую программу из списка.")
    return redirect("program-edit", pk=pk)


def _begun(group) -> dict:
    """A new draft keeps what the request says; texts are left to the chosen template."""
    if group.programs.filter(closed_on=None).exists():
        return {}
    known = prefill(group)
    return {name: known[name] for name in ("strengths", "needs", "starts_on", "ends_on")}


@require_http_methods(["GET", "POST"])
def program_return(request, pk):
    group = case_or_404(request, pk)
    require(can_return_program(request.user, group))
    return step_page(
        request,
        ReturnForm(*posted(request)),
        partial(return_program, open_program(group), by=request.user, on=timezone.localdate()),
        title="Вернуть программу на доработку",
        done="Программа возвращена наставнику.",
        back=group,
        lead=queries.title(group),
    )


@require_http_methods(["GET", "POST"])
def program_agree(request, pk):
    """A mentee agrees; the organisation records agreement given on paper, for all at once."""
    program = row_or_404(request, Program, pk, "group__school")
    on = timezone.localdate()
    case = CaseFile(case_or_404(request, program.group_id), request.user, on)
    mine = own_member(case)
    deciding = {m.pk: m for m in deciding_members(program.group, on)}
    own = [mine] if mine is not None and mine.pk in deciding else []
    members = own or [m for m in deciding.values() if m.pk not in case.agreements]
    if not members and not case.is_staff:
        require(False)
    for member in members:
        member.group = case.group
        require(can_agree_program(request.user, member))

    def step(*, agreed_on):
        for member in members:
            agree_program(program, by=request.user, on=on, member=member, agreed_on=agreed_on)

    return step_page(
        request,
        AgreeForm(*posted(request), initial={"agreed_on": on}),
        step,
        title="Согласовать программу",
        done="Согласие отмечено.",
        back=case.group,
        template="programs/program_agree.html",
        program=program,
        events=list(program.events.all()),
        members=members,
        own=bool(own),
    )


@require_http_methods(["GET", "POST"])
def program_approve(request, pk):
    """Missing agreements given on paper are recorded in the same step."""
    group = case_or_404(request, pk)
    require(can_approve_program(request.user, group))
    program = open_program(group)
    on = timezone.localdate()
    agreed = set(
        program.agreements.filter(version=program.version).values_list("member", flat=True)
    )
    waiting = [m for m in deciding_members(group, on) if m.pk not in agreed]
    position, name = initials.signatory(group.school, on, [group])
    form = ApproveForm(
        *posted(request),
        agree=bool(waiting),
        initial={"approved_on": on, "position": position, "name": name},
        name_help=""
        if name
        else "Руководитель — наставник этой пары: утверждает исполняющий"
        " обязанности, заместитель или учредитель.",
    )

    def step(*, approved_on, agreed_on_paper=False, **who):
        with transaction.atomic():
            for member in waiting:
                agree_program(program, by=request.user, on=on, member=member, agreed_on=approved_on)
            approve_program(program, by=request.user, on=on, approved_on=approved_on, **who)

    return step_page(
        request,
        form,
        step,
        title="Утвердить программу",
        done="Программа утверждена.",
        back=group,
        clause="Положение, 3.2 и 3.5",
        template="programs/program_approve.html",
        program=program,
        events=list(program.events.all()),
        waiting=waiting,
        name=queries.title(group),
    )
